"""keys.json and the generation before it: one of them is whole at every instant, and none is lost."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.security import keyfile
from spip_desktop.security.files import KEYS, PREVIOUS_KEYS, replace_file
from spip_desktop.security.keyfile import Damaged, KeyFile, Newer


@dataclass(frozen=True, slots=True)
class Found:
    """The newest whole key file, and what was wrong on disk (`keys_previous_used`)."""

    keys: KeyFile
    notices: tuple[Problem, ...] = ()


class Generations:
    """The two key files of a store folder; whoever writes holds the single-instance lock."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._clock = clock
        self._current = folder / KEYS
        self._previous = folder / PREVIOUS_KEYS

    def exists(self) -> bool:
        return self._current.exists() or self._previous.exists()

    def read(self) -> Found:
        """Refusals: `keys_missing`, `keys_damaged`, `keys_newer`, `keys_unreadable`."""
        if not self.exists():
            raise Refusal("keys_missing")
        current = _whole(self._current)
        if current:
            return Found(current)
        previous = _whole(self._previous)
        if previous:
            return Found(previous, (Problem("keys_previous_used"),))
        raise Refusal("keys_damaged")

    def previous(self) -> KeyFile | None:
        return _whole(self._previous)

    def write(self, keys: KeyFile) -> None:
        """Make `keys` current and the former current the previous one. Refusal `keys_not_saved`, nothing changed."""
        data = keys.to_bytes()
        if keyfile.read(data) != keys:
            raise AssertionError("a key file must be read back as it was written")
        try:
            self._set_damaged_aside()
            if self._current.exists():
                replace_file(self._previous, self._current.read_bytes())
            replace_file(self._current, data)
        except OSError as error:
            raise Refusal("keys_not_saved", errno=error.errno) from None

    def settle(self, keys: KeyFile) -> None:
        """Bring both files to `keys`, which a key has just proved.

        A former generation is kept only until then: it still opens with the former passphrase. Done
        when possible: a full or read-only disk must not prevent work.
        """
        data = keys.to_bytes()
        with suppress(OSError):
            self._set_damaged_aside()
            for path in (self._current, self._previous):
                if not path.exists() or path.read_bytes() != data:
                    replace_file(path, data)

    def _set_damaged_aside(self) -> None:
        """A damaged file is renamed, never overwritten: someone may still read something in it."""
        stamp = self._clock.now().strftime("%Y%m%dT%H%M%S%f")
        for path in (self._current, self._previous):
            if path.exists() and _whole(path) is None:
                path.rename(path.with_name(f"{path.name}.damaged-{stamp}"))


def _whole(path: Path) -> KeyFile | None:
    """The key file under this path, None when absent or damaged."""
    try:
        return keyfile.read(path.read_bytes())
    except (FileNotFoundError, Damaged):
        return None
    except Newer:
        raise Refusal("keys_newer") from None
    except OSError as error:
        raise Refusal("keys_unreadable", errno=error.errno) from None
