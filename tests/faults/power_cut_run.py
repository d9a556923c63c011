"""Plays a day under strace, cuts the power at many instants, and looks at what is left."""

import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from spip_desktop.db import backup as copies
from spip_desktop.db import draft as drafts
from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db.connection import Connector
from spip_desktop.db.store import Store, open_store
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import Ids
from spip_desktop.security import anchor
from spip_desktop.security.files import digest
from spip_desktop.services import backup_files, losses
from spip_desktop.services.context import Context
from spip_desktop.wiring import make_services
from tests.faults import day, powercut, trace
from tests.store_fixtures import KEY, MovableClock

ROOT = Path(__file__).parent.parent.parent


@dataclass(slots=True)
class Outcome:
    """What was found in the states: acknowledged words lost, stores that do not open whole, and why."""

    states: int = 0
    lost: int = 0
    broken: int = 0
    accused: int = 0  # the anchor says lines are missing
    why: Counter[str] = field(default_factory=Counter)

    def add(self, said: list[str]) -> None:
        self.states += 1
        self.why.update(said)
        self.lost += any(one.startswith("lost") for one in said)
        self.broken += any(one.startswith("broken") for one in said)
        self.accused += any(one.startswith("accused") for one in said)


def run(template: Path, folder: Path, *, acts: int, count: int, seed: int, waits: bool = True) -> Outcome:
    """`count` power cuts in a day of `acts` acts; `waits` false takes the engine's waiting away."""
    person = _prepare(template, folder / "day")
    reader = trace.Reader(str(folder / "day"))
    contents = reader.start_with([path for path in (folder / "day").iterdir() if path.is_file()])
    start = powercut.Disk.at_start(reader.names, contents, [str(folder / "day")])
    words = [str(folder / "day"), str(person), str(acts), *([] if waits else ["off"])]
    trace.run("tests.faults.day", words, ROOT, folder / "trace")
    steps = list(reader.steps(folder / "trace"))
    (folder / "trace").unlink()
    outcome = Outcome()
    for _, disk in powercut.states(steps, start, count, seed):
        place = folder / "after"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        disk.write_to(place, str(folder / "day"))
        outcome.add(look(place, person, disk.said))
    return outcome


def look(folder: Path, person: UUID, said: list[tuple[str, ...]]) -> list[str]:
    """What is wrong in a folder after a cut, by what had been acknowledged before."""
    moving = MovableClock()
    try:
        store = open_store(folder / "store.db", KEY, moving.clock, Ids(moving.clock))
    except Refusal as refusal:
        return [f"broken {refusal.code}", "lost everything"]
    try:
        return [*_whole(store), *_all_there(store, person, said), *_backups(folder, said)]
    except Exception as error:
        return [f"broken {type(error).__name__}"]
    finally:
        store.close()


def _whole(store: Store) -> list[str]:
    found = []
    loss = losses.found(store)
    if loss is not None and loss.code != f"anchor_{anchor.AnchorState.ABSENT}":
        found.append(f"accused {loss.code}")
    store.checkpoint()
    if not copies.check_file(store.connect, store.path).whole:
        found.append("broken pages")
    with copies.frozen(store.connect, store.path) as connection:
        if copies.chain_break(connection, store.identity.journal_key):
            found.append("broken journal")
    return found


def _all_there(store: Store, person: UUID, said: list[tuple[str, ...]]) -> list[str]:
    last = {kind: max((int(words[1]) for words in said if words[0] == kind), default=0) for kind in ("field", "draft")}
    with store.reading() as tx:
        officer = officers.by_identifier(tx, "valbrune-07")
        field = persons.PERSONS.get(tx, person).availability
        kept = drafts.of(tx, officer.id, day.DRAFT, person)
        names = {one.birth_name for one in persons.PERSONS.find(tx)}
    found = []
    if _number(field) < last["field"]:
        found.append(f"lost field {last['field'] - _number(field)}")
    if (_number(kept[0].text) if kept else 0) < last["draft"]:
        found.append("lost draft")
    if not {day.new_person(int(words[1])).birth_name for words in said if words[0] == "dossier"} <= names:
        found.append("lost dossier")
    return found


def _backups(folder: Path, said: list[tuple[str, ...]]) -> list[str]:
    """A folder that bears the name of a backup is a whole one; one that was told is there."""
    listed = backup_files.every(folder / backup_files.FOLDER)
    whole = [one for one in listed if digest(one.store) == one.sha256]
    whole = [one for one in whole if copies.check_file(Connector(KEY), one.store).whole]
    found = ["broken backup"] if len(whole) < len(listed) else []
    told = {int(words[1]) for words in said if words[0] == "backup"}
    return [*found, *(["lost backup"] if not told <= {one.number for one in whole} else [])]


def _number(text: str) -> int:
    return int(text.split()[0]) if text else 0


def _prepare(template: Path, folder: Path) -> UUID:
    """A store of one dossier, as it stands when the day begins."""
    folder.mkdir(parents=True)
    shutil.copy(template, folder / "store.db")
    moving = MovableClock()
    store = open_store(folder / "store.db", KEY, moving.clock, Ids(moving.clock))
    with store.reading() as tx:
        context = Context(store, officers.actor(tx, officers.by_identifier(tx, "valbrune-07")))
    person = make_services(context).persons.quick_start(day.new_person(0))
    store.checkpoint()
    losses.anchor_store(store)
    store.close()
    return person
