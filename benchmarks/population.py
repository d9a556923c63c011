"""A store of 31,000 invented persons with measures and evaluations, in a file on disk, made once and kept."""

import json
import random
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from benchmarks.identity import KEY, OFFICER, STORE_ID
from spip_desktop.db import evaluation as evaluations
from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db import situation
from spip_desktop.db.migrate import HEAD
from spip_desktop.db.store import Store, Transaction, create_store, open_store
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.evaluation import Evaluation, EvaluationKind, ExploredField, FieldState
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.measure import Custody, Measure, Milieu, PenalCategory
from spip_desktop.domain.officer import Actor, Officer, Role, Service
from spip_desktop.domain.person import Assignment, Person
from spip_desktop.services.context import Context

FULL, FEW = 31_000, 100
MINE = 80
_MARK = {"schema": HEAD, "population": 2}
STEPS = ("antecedents", "attitudes", "entourage", "formation_emploi", "situation_concrete")
_FAMILY = "Martin Bernard Dubois Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia N’Diaye Nguyễn Da-Silva"
_FIRST = "Loïc Aurélie Ibrahima Sophie Enzo Martine Raymond Jordan Antonio Hélène Jean-Luc Chloé Maël Inès Théo Anaïs"
_NOTE = "Dit qu’il n’a jamais aimé l’école, sauf l’atelier. A tenu huit mois à la plonge sans manquer un service. " * 6


def folder() -> Path:
    """Where the stores are kept between two runs: the machine's own temporary folder."""
    return Path(tempfile.gettempdir()) / "spip-desktop-benchmarks"


def store_of(size: int) -> Context:
    """The store of that many persons, made when it is not there; the officer follows 80 of them."""
    place = folder() / str(size)
    clock = Clock()
    ids = Ids(clock)
    if not _is_current(place):
        _make(place, size, clock, ids)
    store = open_store(place / "store.db", KEY, clock, ids)
    with store.reading() as tx:
        return Context(store, officers.actor(tx, officers.by_identifier(tx, OFFICER)))


def _is_current(place: Path) -> bool:
    """Whether the store is whole and has the tables of this program."""
    mark = place / "whole.json"
    return mark.exists() and json.loads(mark.read_text()) == _MARK


def _make(place: Path, size: int, clock: Clock, ids: Ids) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    store = create_store(place / "store.db", KEY, STORE_ID, clock, ids)
    officer = _officer(ids, OFFICER, "Vasseur", "Claire")
    other = _officer(ids, "mesure-02", "Lemoine", "Paul")
    actor = Actor(officer)
    with store.transaction(actor, "first_start") as tx:
        officers.OFFICERS.save(tx, officer)
        officers.OFFICERS.save(tx, other)
        officers.SERVICES.save(tx, Service(id=ids.new(), name="SPIP", branch="antenne de Valbrune"))
    _fill(store, actor, other.id, size)
    store.checkpoint()
    store.close()
    (place / "whole.json").write_text(json.dumps(_MARK))


def _officer(ids: Ids, identifier: str, family_name: str, first_name: str) -> Officer:
    return Officer(
        id=ids.new(), identifier=identifier, family_name=family_name, first_name=first_name, function="cpip",
        roles=(Role.CPIP, Role.ADMIN_TECHNIQUE),
    )  # fmt: skip


def _fill(store: Store, actor: Actor, other: UUID, size: int) -> None:
    draw = random.Random(20261122)
    for start in range(0, size, 500):
        with store.transaction(actor, "benchmark") as tx:
            for number in range(start, min(size, start + 500)):
                _one(tx, draw, number, actor.id if number < MINE else other)


def _one(tx: Transaction, draw: random.Random, number: int, officer_id: UUID) -> None:
    person = Person(
        id=tx.ids.new(),
        birth_name=f"{draw.choice(_FAMILY.split())}{draw.choice(('', 'eau', 'ot', 'ier'))}",
        first_names=draw.choice(_FIRST.split()),
        birth_date=date(1960, 1, 1) + timedelta(days=draw.randrange(17_000)),
        appi_number=f"{draw.randrange(2008, 2027)}{number:08d}",
        sex=draw.choice("MF"),
    )
    ecrou = f"{10_000 + number}"
    persons.save(tx, person, [ecrou])
    situation.CUSTODIES.save(
        tx,
        Custody(
            id=tx.ids.new(), person_id=person.id, establishment="MA de Valbrune", ecrou_number=ecrou,
            starts=date(2026, 1, 5), penal_category=PenalCategory.CONVICTED,
        ),
    )  # fmt: skip
    situation.MEASURES.save(
        tx, Measure(id=tx.ids.new(), person_id=person.id, kind="det_c", milieu=Milieu.CUSTODY, starts=date(2026, 1, 5))
    )
    _evaluate(tx, person.id)
    if number % 100 != 99:  # one in a hundred waits for its officer
        assigned = Assignment(
            id=tx.ids.new(),
            person_id=person.id,
            officer_id=officer_id,
            starts=date(2026, 1, 6),
            assigned_by=tx.actor_id,
        )
        persons.ASSIGNMENTS.save(tx, assigned)


def _evaluate(tx: Transaction, person_id: UUID) -> None:
    id_ = tx.ids.new()
    evaluations.EVALUATIONS.save(
        tx,
        Evaluation(
            id=id_, lineage=id_, person_id=person_id, number=1, kind=EvaluationKind.INITIAL,
            started_on=date(2026, 2, 1), form_code="evaluation", form_version=1,
        ),
    )  # fmt: skip
    for step in STEPS:
        field = ExploredField(
            id=tx.ids.new(), evaluation_id=id_, person_id=person_id, step=step, state=FieldState.PARTIAL, note=_NOTE
        )
        evaluations.FIELDS.save(tx, field)
