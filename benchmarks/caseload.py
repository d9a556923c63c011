"""Stores of 250 and 2,500 invented dossiers with five years of history, all of one officer; made once and kept."""

import json
import random
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from benchmarks.identity import KEY, OFFICER, STORE_ID
from benchmarks.population import folder
from spip_desktop.db import (
    deadline,  # noqa: F401  its tables
    situation,
)
from spip_desktop.db import evaluation as evaluations
from spip_desktop.db import officer as officers
from spip_desktop.db import person as persons
from spip_desktop.db.event import EVENTS
from spip_desktop.db.migrate import HEAD
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Store, Transaction, create_store, open_store
from spip_desktop.db.todo import OUTCOMES
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.dates import add_months
from spip_desktop.domain.evaluation import Evaluation, EvaluationKind
from spip_desktop.domain.event import Event
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.measure import Custody, Measure, Milieu, PenalCategory, SentenceLine, SentenceSheet
from spip_desktop.domain.officer import Actor, Officer, Role, Service
from spip_desktop.domain.pacep import Action, ActionMode, Axis, Level, Objective, Pacep
from spip_desktop.domain.partner import Partner, PartnerService
from spip_desktop.domain.person import Assignment, IdentityDocument, Person
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.todo import Answer, Outcome
from spip_desktop.services.context import Context

SMALL, LARGE = 250, 2_500
YEARS = 5
_MARK = {"schema": HEAD, "caseload": 3}
_TODAY = date(2026, 11, 22)


def clock_of(day: date) -> Clock:
    return Clock(lambda: datetime(day.year, day.month, day.day, 13, 0, tzinfo=UTC))


def caseload(size: int) -> Context:
    """The store of that many dossiers, made when it is not there, on day J."""
    place, clock = folder() / f"caseload-{size}", clock_of(_TODAY)
    mark = place / "whole.json"
    if not (mark.exists() and json.loads(mark.read_text()) == _MARK):
        _make(place, size)
    store = open_store(place / "store.db", KEY, clock, Ids(clock))
    with store.reading() as tx:
        return Context(store, officers.actor(tx, officers.by_identifier(tx, OFFICER)))


def _make(place: Path, size: int) -> None:
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    clock = clock_of(add_months(_TODAY, -12 * YEARS))
    ids = Ids(clock)
    store = create_store(place / "store.db", KEY, STORE_ID, clock, ids)
    officer = Officer(
        id=ids.new(), identifier=OFFICER, family_name="Vasseur", first_name="Claire", function="cpip",
        roles=(Role.CPIP, Role.ADMIN_TECHNIQUE),
    )  # fmt: skip
    actor, partner = Actor(officer), _partner(ids)
    with store.transaction(actor, "first_start") as tx:
        officers.OFFICERS.save(tx, officer)
        officers.SERVICES.save(tx, Service(id=ids.new(), name="SPIP", branch="antenne de Valbrune"))
        PARTNERS.save(tx, partner)
    _fill(store, actor, partner, size)
    store.checkpoint()
    store.close()
    (place / "whole.json").write_text(json.dumps(_MARK))


def _partner(ids: Ids) -> Partner:
    service = PartnerService(id=ids.new(), name="Insertion", kind="mission_locale")
    return Partner(id=ids.new(), name="Mission locale du Pays de Valbrune", services=(service,))


def _fill(store: Store, actor: Actor, partner: Partner, size: int) -> None:
    draw = random.Random(20261122)
    for start in range(0, size, 50):
        with store.transaction(actor, "benchmark") as tx:
            for number in range(start, min(size, start + 50)):
                _Dossier(tx, draw, number, partner).write()


class _Dossier:
    """One person with what five years leave in a dossier."""

    def __init__(self, tx: Transaction, draw: random.Random, number: int, partner: Partner) -> None:
        self._tx, self._draw, self._number, self._partner = tx, draw, number, partner
        self._id, self._held = tx.ids.new(), number % 3 == 0
        self._entered = 0
        self._begun = add_months(_TODAY, -12 * YEARS) + timedelta(days=draw.randrange(30))

    def write(self) -> None:
        self._identity()
        self._custody() if self._held else self._measures()
        for year in range(YEARS):
            self._year(year)

    def _identity(self) -> None:
        tx, id_ = self._tx, self._id
        born = date(1970, 1, 1) + timedelta(days=self._draw.randrange(12_000))
        person = Person(id=id_, birth_name=f"Dossier {self._number:04d}", first_names="Jean", birth_date=born)
        persons.save(tx, person, [f"{20_000 + self._number}"])
        assigned = Assignment(
            id=tx.ids.new(), person_id=id_, officer_id=tx.actor_id, starts=self._begun, assigned_by=tx.actor_id
        )
        persons.ASSIGNMENTS.save(tx, assigned)
        ends = _TODAY + timedelta(days=self._draw.randrange(1_500))
        persons.DOCUMENTS.save(tx, IdentityDocument(id=tx.ids.new(), person_id=id_, expires=ends))

    def _custody(self) -> None:
        tx, ends = self._tx, add_months(_TODAY, self._draw.randrange(1, 40))
        situation.CUSTODIES.save(
            tx,
            Custody(
                id=tx.ids.new(), person_id=self._id, establishment="CD de Haute-Orsanne", starts=self._begun,
                penal_category=PenalCategory.CONVICTED,
            ),
        )  # fmt: skip
        for edition in range(6):
            sheet = SentenceSheet(
                id=tx.ids.new(), person_id=self._id, as_of=add_months(self._begun, 10 * edition),
                sentence_start=self._begun, end_official=ends,
                lines=(SentenceLine(id=tx.ids.new(), label="TC Valbrune", quantum_years=6),),
            )  # fmt: skip
            situation.SHEETS.save(tx, sheet)

    def _measures(self) -> None:
        tx, draw = self._tx, self._draw
        ended = add_months(self._begun, 20)
        for kind, start, over in (("TIG", self._begun, ended), ("SP", ended, None), ("SSJ", self._begun, None)):
            measure = Measure(
                id=tx.ids.new(), person_id=self._id, kind=kind, milieu=Milieu.OPEN, referral_on=start, starts=start,
                decision_on=start, ends_planned=add_months(start, 84), ended_on=over,
            )  # fmt: skip
            situation.MEASURES.save(tx, measure)
            if over is None and draw.random() < 0.9:  # one in ten was never seen to
                self._answered("E01", measure.id, 1)
                self._answered("E32", measure.id, 1)
                for number in range(1, YEARS + 2):
                    self._answered("E03", measure.id, number)

    def _answered(self, rule: str, about: UUID, number: int) -> None:
        outcome = Outcome(
            id=self._tx.ids.new(), person_id=self._id, line=f"{rule}:{about}:{number}", what="Rapport", due=self._begun,
            answer=Answer.DONE, done_on=self._begun, decided_by=self._tx.actor_id, decided_at=self._tx.now,
        )  # fmt: skip
        OUTCOMES.save(self._tx, outcome)

    # -- the work of a year ----------------------------------------------------------------------------------

    def _year(self, year: int) -> None:
        day, last = add_months(self._begun, 12 * year + 2), year == YEARS - 1
        self._evaluation(year, day)
        self._plan(year, day + timedelta(days=20), last)
        for number in range(2):
            self._sheet(day + timedelta(days=40 + 60 * number), over=not last or number == 0 or self._number % 10 != 0)

    def _evaluation(self, year: int, day: date) -> None:
        one = Evaluation(
            id=self._tx.ids.new(), lineage=self._id, person_id=self._id, number=year + 1, kind=EvaluationKind.ANNUAL,
            started_on=day, form_code="evaluation", form_version=1, interview_on=day, frozen_on=day,
        )  # fmt: skip
        evaluations.EVALUATIONS.save(self._tx, one)
        for code in ("partagee", "visee"):
            self._event("evaluation", one.id, code, day)

    def _plan(self, year: int, day: date, last: bool) -> None:
        new = self._tx.ids.new
        action = Action(id=new(), lineage=new(), mode=ActionMode.INTERNAL, label="Entretien", who="C. Vasseur", due=day)
        objective = Objective(id=new(), lineage=new(), wording="Tenir un emploi", actions=(action,))
        axis = Axis(id=new(), lineage=new(), title="Travailler", objectives=(objective,))
        plan = Pacep(
            id=new(), lineage=self._id, person_id=self._id, number=year + 1, started_on=day, submitted_on=day,
            level=Level.SPACED, axes=(axis,),
        )  # fmt: skip
        PACEPS.save(self._tx, plan)
        self._event("pacep", plan.id, "soumis", day)
        self._event("pacep", plan.id, "accord_recueilli", day, answer="yes")
        for code in ("vise", "en_vigueur", *(() if last else ("remplace",))):
            self._event("pacep", plan.id, code, day)

    def _sheet(self, day: date, *, over: bool) -> None:
        sheet = Prescription(
            id=self._tx.ids.new(), person_id=self._id, partner_id=self._partner.id, drafted_on=day, ready_on=day,
            service_id=self._partner.services[0].id, objective_words="Travailler", sheet="{}",
        )  # fmt: skip
        PRESCRIPTIONS.save(self._tx, sheet)
        self._event("prescription", sheet.id, "accord", day, answer="yes")
        steps = ("remise", "recue", "acceptee", "bilan_recu", "close") if over else ("remise",)
        for code in steps:
            self._event("prescription", sheet.id, code, day)

    def _event(self, kind: str, about: UUID, code: str, day: date, **detail: str) -> None:
        tx, self._entered = self._tx, self._entered + 1
        entered = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=self._entered)
        event = Event(
            id=tx.ids.new(), kind=kind, object_id=about, person_id=self._id, code=code, happened_on=day,
            entered_at=entered, entered_by=tx.actor_id, detail=detail,
        )  # fmt: skip
        EVENTS.save(tx, event)
