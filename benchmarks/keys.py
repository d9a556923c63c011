"""Figures of the keys: the whole unlocking beside the bare Argon2id of the same parameters, in the same run."""

import secrets
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.clockwork import Figure, median, times
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Officer, Service
from spip_desktop.security.derivation import FLOOR, SHIPPED, Argon2
from spip_desktop.services.unlock import Entrance, Entry, FirstStart, lock

REPEATS = 9
BOUND = 1.2
_IDENTIFIER, _PASSPHRASE = "valbrune-07", "quatre girafes boivent du thé tiède"


def figures() -> Iterator[Figure]:
    yield _unlock("unlocking, shipped cost (256 MiB, t=3, p=2)", SHIPPED)
    yield _unlock("unlocking, lowest cost (64 MiB, t=3, p=4)", FLOOR, informative=True)


def _unlock(name: str, cost: Argon2, *, informative: bool = False) -> Figure:
    """The ratio is the median of the turns', whose two halves shared the same load; the first turn is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        entrance = Entrance(Path(folder) / "magasin", clock, Ids(clock), cost=lambda: cost)
        entry = entrance.first_start(_first(Ids(clock)))
        entrance.confirm_paper(entry)
        lock(entry.context)
        whole: list[float] = []
        bare: list[float] = []
        for _ in range(REPEATS + 1):
            bare += times(partial(_argon2id, cost), 1)
            entries: list[Entry] = []
            whole += times(partial(_come_in, entrance, entries), 1)
            lock(entries[0].context)
    ratio = median([one / other for one, other in zip(whole[1:], bare[1:], strict=True)])
    value = f"{median(whole[1:]):.0f} ms / {median(bare[1:]):.0f}, ratio {ratio:.2f}"
    return Figure(name, value, "for information" if informative else f"<= {BOUND}", informative or ratio <= BOUND)


def _come_in(entrance: Entrance, entries: list[Entry]) -> None:
    entries.append(entrance.unlock(_IDENTIFIER, _PASSPHRASE))


def _argon2id(cost: Argon2) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        _PASSPHRASE.encode(), secrets.token_bytes(16), time_cost=cost.t, memory_cost=cost.m, parallelism=cost.p,
        hash_len=32, type=Type.ID,
    )  # fmt: skip


def _first(ids: Ids) -> FirstStart:
    officer = Officer(
        id=ids.new(), identifier=_IDENTIFIER, family_name="Vasseur", first_name="Claire", function="cpip", roles=()
    )
    service = Service(id=ids.new(), name="SPIP", branch="antenne de Valbrune")
    return FirstStart(service=service, officer=officer, passphrase=_PASSPHRASE, notice_read=True)
