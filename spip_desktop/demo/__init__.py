"""The demonstration store: invented persons, built by the services themselves along a dated script.

Nothing heavy is imported here: the unlock page shows the published words before the first paint.
"""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spip_desktop.security.derivation import Argon2

#: Published on purpose: the store holds invented persons only.
IDENTIFIER, PASSPHRASE = "valbrune-07", "sept loutres nagent vers Orsanne"
DPIP_IDENTIFIER, DPIP_PASSPHRASE = "valbrune-01", "trois hérons guettent le moulin"
SECRETARIAT_IDENTIFIER, SECRETARIAT_PASSPHRASE = "valbrune-12", "la péniche bleue descend vers Orsanne"

#: Told how many steps are done, out of how many; may raise to stop the building.
Progress = Callable[[int, int], None]


def build(
    folder: Path,
    today: date,
    *,
    now: datetime | None = None,
    cost: "Callable[[], Argon2] | None" = None,
    progress: Progress | None = None,
) -> None:
    """Make the demonstration store in a folder without one; every date is relative to `today`.

    `now` (aware, of that day; two in the afternoon when not given) is when the story stops. Runs for some ten
    seconds, in a worker. Killed or stopped at any instant, the folder is as before or finished. Refusal
    `store_exists`.
    """
    from spip_desktop.demo import building

    building.build(folder, today, now=now, cost=cost, progress=progress)


def is_demonstration(folder: Path) -> bool:
    """Whether the folder's store opens with the published passphrase and says of itself that it is invented.

    Opens it for a moment, as an unlocking would (one key derivation): the instance lock must be held.
    """
    from spip_desktop.demo import building

    return building.is_demonstration(folder)


def reset(
    folder: Path,
    today: date,
    *,
    now: datetime | None = None,
    cost: "Callable[[], Argon2] | None" = None,
    progress: Progress | None = None,
) -> None:
    """Throw the demonstration store away and build it again. Refusal `not_demonstration` for any other store.

    The new one is whole before the old one is taken away.
    """
    from spip_desktop.demo import building

    building.reset(folder, today, now=now, cost=cost, progress=progress)
