"""The texts of one open dossier, read once and searched in memory (« Chercher dans ce dossier », Ctrl+F)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from spip_desktop.db import appointment as appointments
from spip_desktop.db import board_review as boards
from spip_desktop.db import breach as breaches
from spip_desktop.db import contribution as contributions
from spip_desktop.db import evaluation as evaluations
from spip_desktop.db import incident as incidents
from spip_desktop.db import interview as interviews
from spip_desktop.db import obligation as obligations
from spip_desktop.db import pacep as plans
from spip_desktop.db import person as persons
from spip_desktop.db import request as requests
from spip_desktop.db import situation
from spip_desktop.db.carrying import CARRIED
from spip_desktop.db.confidence import of_author
from spip_desktop.db.event import EVENTS
from spip_desktop.db.handover import HANDOVERS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.db.todo import OUTCOMES
from spip_desktop.domain import dates
from spip_desktop.domain.dossier_search import DossierText
from spip_desktop.domain.evaluation import Evaluation
from spip_desktop.domain.event import Event
from spip_desktop.domain.officer import Actor, Right
from spip_desktop.domain.pacep import Pacep, live
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription_states import SheetState
from spip_desktop.forms.schema import Kind, Question
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.todo import readable
from spip_desktop.wording import dossier_search as words
from spip_desktop.wording.commission import BOARDS
from spip_desktop.wording.obligation import REGISTERS

_SITUATION = "person.situation"
_LINES: tuple[tuple[str, Records[Any], tuple[str, ...]], ...] = (
    ("addresses", persons.ADDRESSES, words.ADDRESS),
    ("documents", persons.DOCUMENTS, words.DOCUMENT),
    ("preparations", persons.PREPARATIONS, words.PREPARATION),
    ("contacts", persons.CONTACTS, words.CONTACT),
    ("custodies", situation.CUSTODIES, words.CUSTODY),
    ("bases", situation.BASES, words.BASIS),
    ("measures", situation.MEASURES, words.MEASURE),
    ("obligations", situation.OBLIGATIONS, words.OBLIGATION),
)
#: What a bilan holds as codes of lists.
_CODED = frozenset({"known_by", "result"})
_TYPED = frozenset({Kind.NOTE, Kind.TEXT})


class DossierSearch:
    """What the officer may not read is not among the texts; of evaluations and plans, the version that is open."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access
        self._ground = Ground(context, access)

    def texts(self, person_id: UUID) -> tuple[DossierText, ...]:
        """Every text of a dossier, in the order of its pages. Refusal `access_reason_needed`."""
        self._context.actor.require(Right.READ_PERSON)
        may = self._context.actor.may
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            found = [*_person(tx, person_id), *_lines(tx, person_id), *_penal(tx, person_id)]
            found += _appointments(tx, person_id)
            found += _registers(tx, person_id)
            found += _handovers(tx, person_id)
            if may(Right.READ_EVALUATION):
                found += self._evaluation(tx, person_id)
                found += _boards(tx, person_id)
            if may(Right.READ_EVALUATION) or may(Right.CONTRIBUTE):
                found += self._contributions(tx, person_id)
                found += _confidences(tx, person_id, self._context.officer_id)
            if may(Right.READ_INTERVIEW):
                found += _interviews(tx, person_id)
            if may(Right.READ_PACEP):
                found += _plan(tx, person_id)
            if may(Right.READ_PRESCRIPTION):
                found += _sheets(tx, person_id)
            if may(Right.READ_INCIDENT):
                found += _incidents(tx, person_id)
            if may(Right.TAKE_REQUEST):
                found += _requests(tx, person_id)
            found += _outcomes(tx, person_id, self._context.actor)
            if may(Right.READ_INTERVIEW):
                found += _set_aside(tx, person_id)
            found += [one for one in _events(tx, person_id) if may(_RIGHT_OF[one.place.kind])]
        return tuple(one for one in found if one.text.strip())

    def _evaluation(self, tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
        every = [one.value for one in evaluations.of_person(tx, person_id)]
        if not every:
            return
        shown = next((one for one in every if not one.is_frozen), every[-1])
        steps = {step.code: step for step in self._ground.session(tx, shown).steps()}
        for code, stored in evaluations.fields_of(tx, shown.id).items():
            step = steps.get(code)
            if step is not None:
                yield from _step(person_id, step.label, code, stored.value.note, stored.value.answers, step.questions)
        yield from _findings(tx, person_id, shown, {code: step.label for code, step in steps.items()})
        for name, said in words.EVALUATION.items():
            yield DossierText(f"Évaluation, {said}", getattr(shown, name), Place("person.evaluation", person_id))

    def _contributions(self, tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
        """As services/contribution.py lets them be read: a draft by its author only."""
        reads, me = self._context.actor.may(Right.READ_EVALUATION), self._context.officer_id
        for stored in contributions.of_person(tx, person_id):
            one = stored.value
            if one.entered_by == me or (one.is_settled and reads):
                yield _text("Contribution", one, words.CONTRIBUTION, Place("person.commissions", person_id))


_RIGHT_OF = {
    "person.appointments": Right.READ_PERSON,
    "person.commissions": Right.READ_EVALUATION,
    "person.handover": Right.READ_PERSON,
    "person.incidents": Right.READ_INCIDENT,
    "person.evaluation": Right.READ_EVALUATION,
    "person.interviews": Right.READ_INTERVIEW,
    "person.pacep": Right.READ_PACEP,
    "person.prescriptions": Right.READ_PRESCRIPTION,
    "prescription": Right.READ_PRESCRIPTION,
}


def _appointments(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    for one in appointments.of_person(tx, person_id):
        place = Place("person.appointments", person_id, str(one.id))
        for name, said in words.APPOINTMENT.items():
            yield DossierText(f"Rendez-vous du {dates.short(one.day)}, {said}", getattr(one, name), place)


def _boards(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    for review in boards.of_person(tx, person_id):
        said, place = BOARDS[review.board], Place("commission", review.id)
        for name, label in words.BOARD_REVIEW.items():
            yield DossierText(f"{said}, {label}", getattr(review, name), replace(place, field=name))
        for decision in review.decisions:
            yield _text(f"{said}, décision", decision, words.BOARD_DECISION, replace(place, field="decisions"))
        for member in review.members:
            yield _text(f"{said}, membre", member, words.BOARD_MEMBER, replace(place, field="members"))


def _interviews(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    for one in interviews.of_person(tx, person_id):
        for name, label in words.INTERVIEW.items():
            where = f"Entretien du {dates.short(one.held_on)}, {label}"
            yield DossierText(where, getattr(one, name), Place("interview", one.id, name))


def _person(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    person = persons.PERSONS.get(tx, person_id)
    for name, said in words.PERSON.items():
        yield DossierText(said, _joined([getattr(person, name)]), Place(_SITUATION, person_id, name))


def _lines(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    for section, records, names in _LINES:
        for one in records.find(tx, person_id=person_id):
            yield _text(words.SECTIONS[section], one, names, Place(_SITUATION, person_id, section))


def _penal(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    """What stands inside a fiche pénale and a measure."""
    for sheet in situation.SHEETS.find(tx, person_id=person_id):
        for line in sheet.lines:
            yield _text(words.SECTIONS["sheets"], line, words.SENTENCE_LINE, Place(_SITUATION, person_id, "sheets"))
    for measure in situation.MEASURES.find(tx, person_id=person_id):
        for one in measure.suspensions:
            place = Place(_SITUATION, person_id, "measures")
            yield _text(words.SECTIONS["suspensions"], one, ("reason",), place)


def _registers(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    """What was noted of the obligations, the lines that were corrected included."""
    for records in obligations.EVERY:
        for one in records.find(tx, person_id=person_id):
            said = f"Obligations, {REGISTERS[records.name].lower()}"
            yield _text(said, one, words.REGISTERS[records.name], Place("person.obligations", person_id, f"{one.id}"))


def _handovers(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    place = Place("person.handover", person_id)
    for one in HANDOVERS.find(tx, person_id=person_id):
        yield _text("Dessaisissement", one, words.HANDOVER, place)
        for paper in one.sealed:
            yield _text("Dessaisissement, sous pli fermé", paper, words.SEALED_PAPER, place)


def _step(
    person_id: UUID, label: str, code: str, note: str, answers: Mapping[str, object], questions: Iterable[Question]
) -> Iterator[DossierText]:
    yield DossierText(f"Évaluation, {label}", note, Place("person.evaluation", person_id, code))
    for question in questions:
        answer = answers.get(question.code)
        if question.kind in _TYPED and isinstance(answer, str):
            place = Place("person.evaluation", person_id, f"{code}/{question.code}")
            yield DossierText(f"Évaluation, {label}, {question.label}", answer, place)


def _findings(
    tx: Transaction, person_id: UUID, evaluation: Evaluation, labels: Mapping[str, str]
) -> Iterator[DossierText]:
    for stored in evaluations.findings_of(tx, evaluation.id):
        one, place = stored.value, Place("person.evaluation", person_id, stored.value.step)
        yield _text(f"Évaluation, constat, {labels.get(one.step, '')}".rstrip(", "), one, words.FINDING, place)


def _confidences(tx: Transaction, person_id: UUID, officer_id: UUID) -> Iterator[DossierText]:
    """Those of the officer who looks: another's are found by nobody else."""
    for stored in of_author(tx, person_id, officer_id):
        yield DossierText(words.CONFIDENCE, stored.value.text, Place("person.evaluation", person_id, "confidences"))


def _plan(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    every = plans.of_person(tx, person_id)
    if not every:
        return
    plan = next((one for one in every if not one.is_frozen), every[-1])
    for name, said in words.PACEP.items():
        yield DossierText(f"PACEP, {said}", _joined([getattr(plan, name)]), Place("person.pacep", person_id, name))
    for lineage, reason in plan.needs_without_axis.items():
        yield DossierText("PACEP, besoin sans axe", reason, Place("person.pacep", person_id, f"need.{lineage}.why"))
    for lineage, reason in plan.gaps.items():
        yield DossierText("PACEP, ligne laissée ainsi", reason, Place("person.pacep", person_id, f"gap.{lineage}.why"))
    yield from _parts(person_id, plan)


def _parts(person_id: UUID, plan: Pacep) -> Iterator[DossierText]:
    def place(part: Any, name: str) -> Place:
        return Place("person.pacep", person_id, f"{part.id}.{name}")

    for axis in plan.live_axes():
        yield _text("PACEP, axe", axis, words.AXIS, place(axis, "title"))
        for objective in live(axis.objectives):
            yield _text("PACEP, objectif", objective, words.OBJECTIVE, place(objective, "wording"))
            for action in live(objective.actions):
                yield _text("PACEP, action", action, words.ACTION, place(action, "label"))


def _sheets(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    for sheet in PRESCRIPTIONS.find(tx, person_id=person_id):
        for name, said in words.PRESCRIPTION.items():
            yield DossierText(f"Fiche, {said}", getattr(sheet, name), Place("prescription", sheet.id, name))
        for code, typed in sheet.values.items():
            yield DossierText("Fiche, champ écrit", typed, Place("prescription", sheet.id, f"values.{code}"))
        for override in sheet.overrides:
            yield DossierText("Fiche, condition passée outre", override.reason, Place("prescription", sheet.id))


def _incidents(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    """The first words of each; the lines added to them are dated facts."""
    place = Place("person.incidents", person_id)
    for one in incidents.of_person(tx, person_id):
        yield _text("Incident", one.incident, words.INCIDENT, replace(place, field=f"incident.{one.incident.id}"))
    for found in breaches.of_person(tx, person_id):
        yield _text("Manquement", found.breach, words.BREACH, replace(place, field=f"breach.{found.breach.id}"))


def _requests(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    for one in requests.of_person(tx, person_id):
        yield _text("Demande reçue", one, words.REQUEST, Place("requests", field=str(one.id)))


def _outcomes(tx: Transaction, person_id: UUID, actor: Actor) -> Iterator[DossierText]:
    """Why a line of « À traiter » was put off or left; the reference of a report that left."""
    for one in readable(actor, OUTCOMES.find(tx, person_id=person_id)):
        said = _joined((one.reason, one.reference))
        yield DossierText(f"{words.OUTCOME}, {one.what}", said, Place("person.synthese", person_id))


def _set_aside(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    """Why a block was not to be reported, or its report taken back; its words are those of the dossier."""
    for one in CARRIED.find(tx, person_id=person_id):
        yield DossierText(f"{words.CARRIED}, {one.title}", one.reason, Place("person.carrying", person_id))


def _events(tx: Transaction, person_id: UUID) -> Iterator[DossierText]:
    for event in EVENTS.find(tx, person_id=person_id):
        if event.kind in words.EVENTS:
            said, kind = words.EVENTS[event.kind]
            typed = (event.comment, *(event.detail.get(name, "") for name in words.EVENT_WORDS))
            yield DossierText(said, _joined(typed), Place(kind, person_id))
            if event.code == SheetState.REPORTED:
                yield from _bilan(event)


def _bilan(event: Event) -> Iterator[DossierText]:
    """What the partner wrote, field by field; the boxes and the days of it are no words."""
    place = Place("prescription", event.object_id)
    for code, text in event.detail.items():
        if any(sign.isalpha() for sign in text) and code not in _CODED:
            yield DossierText("Fiche, bilan du partenaire", text, place)


def _text(where: str, record: Any, names: Iterable[str], place: Place) -> DossierText:
    return DossierText(where, _joined(getattr(record, name) for name in names), place)


def _joined(values: Iterable[object]) -> str:
    """Every text among these, tuples of texts included."""
    parts = (one for value in values for one in (value if isinstance(value, tuple) else (value,)))
    return ", ".join(part for part in parts if isinstance(part, str) and part.strip())
