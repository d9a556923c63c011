"""Builds the demonstration store beside its place, then puts it there whole."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from spip_desktop import demo
from spip_desktop.demo import (
    appointment,
    carrying,
    commission,
    dossier,
    evaluation,
    follow_up,
    handover,
    interview,
    obligation,
    partner,
    plan,
    prescription,
    script,
    station,
    todo,
    transfer,
)
from spip_desktop.demo.clock import MovedClock, paris
from spip_desktop.demo.days import Days, ScriptError
from spip_desktop.demo.play import Desk, Play, Scene, make_desk
from spip_desktop.demo.script import Step
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Officer, Role, Service
from spip_desktop.security.derivation import Argon2
from spip_desktop.security.vault import Vault
from spip_desktop.services.account import AccountService
from spip_desktop.services.backup import BackupService
from spip_desktop.services.keys import KeyService
from spip_desktop.services.unlock import STORE_FILE, Entrance, Entry, FirstStart, lock

_SEED = "SPIP Desktop, démonstration"
_PART = "demonstration.part"
#: The entrance's own mark of a first start that is not finished (services/unlock.py).
_UNDER_WAY = "first-start"
_FILES = (STORE_FILE, f"{STORE_FILE}-wal", f"{STORE_FILE}-shm", "anchor.json", "keys.json", "keys.json.1")
_LAST_HOUR = time(14, 0)
_ACTS: dict[str, Callable[[Scene], None]] = {
    **dossier.ACTS,
    **evaluation.ACTS,
    **plan.ACTS,
    **partner.ACTS,
    **prescription.ACTS,
    **todo.ACTS,
    **carrying.ACTS,
    **commission.ACTS,
    **appointment.ACTS,
    **follow_up.ACTS,
    **obligation.ACTS,
    **interview.ACTS,
    **transfer.ACTS,
    **handover.ACTS,
    **station.ACTS,
}
_PASSPHRASES = {"dpip": demo.DPIP_PASSPHRASE, "secretariat": demo.SECRETARIAT_PASSPHRASE}
#: Opening the dossier again within this time writes no second line in the journal.
_OPENED = timedelta(minutes=15)


def build(
    folder: Path,
    today: date,
    *,
    now: datetime | None,
    cost: Callable[[], Argon2] | None,
    progress: demo.Progress | None,
) -> None:
    if not _is_new(folder):
        raise Refusal("store_exists", path=folder / STORE_FILE)
    _play_and_place(folder, today, now, cost, progress)


def reset(
    folder: Path,
    today: date,
    *,
    now: datetime | None,
    cost: Callable[[], Argon2] | None,
    progress: demo.Progress | None,
) -> None:
    if not _is_new(folder) and not is_demonstration(folder):
        raise Refusal("not_demonstration", path=folder)
    _play_and_place(folder, today, now, cost, progress)


def is_demonstration(folder: Path) -> bool:
    clock = Clock()
    try:
        entry = Entrance(folder, clock, Ids(clock)).unlock(demo.IDENTIFIER, demo.PASSPHRASE)
    except Refusal:
        return False
    marked = entry.context.demonstration
    lock(entry.context)
    return marked


def _play_and_place(
    folder: Path,
    today: date,
    now: datetime | None,
    cost: Callable[[], Argon2] | None,
    progress: demo.Progress | None,
) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _aside(folder) as part:
        _Builder(part, today, now or paris(today, _LAST_HOUR), cost).run(progress)
        _take_away(folder)
        _put_in_place(part, folder)


# -- the folder ----------------------------------------------------------------------------------------------


def _is_new(folder: Path) -> bool:
    clock = Clock()
    return Entrance(folder, clock, Ids(clock)).is_new()


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A place inside the folder, so that the finished files are only renamed; what a killed building left goes."""
    part = folder / _PART
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    try:
        yield part
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _take_away(folder: Path) -> None:
    """The former demonstration, or what a killed building left of one: marked as under way before anything goes."""
    (folder / _UNDER_WAY).touch()
    for name in _FILES:
        (folder / name).unlink(missing_ok=True)


def _put_in_place(part: Path, folder: Path) -> None:
    """The store last: while it is missing and a first start is under way, the folder counts as new."""
    for path in sorted(part.iterdir(), key=lambda one: one.name == STORE_FILE):
        path.rename(folder / path.name)
    (folder / _UNDER_WAY).unlink()


# -- the story -----------------------------------------------------------------------------------------------


class _Builder:
    """Plays the whole script once.

    Randomness is seeded, so that the same day gives the same numbers and the same papers: a store under a
    published passphrase keeps no secret. Its data key stays random (security/vault.py).
    """

    def __init__(self, folder: Path, today: date, end: datetime, cost: Callable[[], Argon2] | None) -> None:
        self._folder, self._today, self._end, self._cost = folder, today, end, cost
        self._service: dict[str, Any] = script.service(today)
        self._moved = MovedClock(paris(self._service["made_on"], time(9, 0)))
        self._ids = Ids(self._moved.clock, random.Random(_SEED).randbytes)

    def run(self, progress: demo.Progress | None) -> None:
        every = script.steps(self._today, self._end)
        desks = self._desks()
        try:
            play = Play(self._moved, Days(self._today, {}), desks)
            opened: dict[tuple[str, str], datetime] = {}
            for done, step in enumerate(every):
                if progress:
                    progress(done, len(every))
                _perform(play, step, opened)
            self._moved.move_to(self._end)
            for desk in desks.values():
                lock(desk.entry.context)
            if progress:
                progress(len(every), len(every))
        finally:
            for desk in desks.values():
                desk.entry.context.store.close()

    def _desks(self) -> dict[str, Desk]:
        """The store with its three officers, each let in through the door."""
        entry = self._first_start()
        vault = Vault(self._folder, self._moved.clock, self._cost) if self._cost else None
        account = AccountService(entry.context)
        keys = KeyService(entry.context, account, BackupService(entry.context), vault)
        for code in ("secretariat", "dpip"):  # once there is a DPIP, nobody else gives a role
            keys.add_officer(self._officer(code), _PASSPHRASES[code], demo.PASSPHRASE)
        desks = {"claire": make_desk(entry)}
        for code, identifier in (("dpip", demo.DPIP_IDENTIFIER), ("secretariat", demo.SECRETARIAT_IDENTIFIER)):
            desks[code] = make_desk(self._entrance().unlock(identifier, _PASSPHRASES[code]))
        return desks

    def _first_start(self) -> Entry:
        first = FirstStart(
            service=Service(id=self._ids.new(), **self._service["service"]),
            officer=self._officer("claire"),
            passphrase=demo.PASSPHRASE,
            notice_read=True,
        )
        entrance = self._entrance()
        entry = entrance.first_start(first)
        entrance.confirm_paper(entry)  # the demonstration has no paper: its passphrase is published
        return entry

    def _officer(self, code: str) -> Officer:
        written = dict(self._service["officers"][code])
        roles = tuple(Role(role) for role in written.pop("roles"))
        return Officer(id=self._ids.new(), roles=roles, **written)

    def _entrance(self) -> Entrance:
        return Entrance(self._folder, self._moved.clock, self._ids, demonstration=True, cost=self._cost)


def _perform(play: Play, step: Step, opened: dict[tuple[str, str], datetime]) -> None:
    """One step at the desk of its officer, who opens the dossier first."""
    play.clock.move_to(step.at)
    by = step.by or ("secretariat" if step.act == "start" else "claire")
    desk, key = play.desks[by], (by, step.who)
    if step.who in play.known and step.at - opened.get(key, step.at - _OPENED) >= _OPENED:
        desk.services.access.open(play.known[step.who])
        opened[key] = step.at
    scene = Scene(play, desk, step.who, dict(step.values))
    try:
        _ACTS[step.act](scene)
    except Refusal as refusal:
        said = ", ".join(f"{one.code} {one.field} {dict(one.data)}" for one in refusal.problems)
        raise ScriptError(f"{step.who}, {step.at:%d/%m/%Y}, {step.act}: {said}") from refusal
    if scene.values:
        raise ScriptError(f"{step.who}, {step.act}: nobody reads {sorted(scene.values)}")
