"""Free text is found inside its own dossier, by who may read it, and nowhere else (R. 113-51)."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from spip_desktop.db import appointment as appointments
from spip_desktop.db import erasure, situation
from spip_desktop.db import evaluation as evaluations
from spip_desktop.db import person as persons
from spip_desktop.db.board_review import REVIEWS
from spip_desktop.db.contribution import CONTRIBUTIONS
from spip_desktop.db.event import EVENTS
from spip_desktop.db.interview import INTERVIEWS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.records import Records
from spip_desktop.db.store import Transaction
from spip_desktop.domain.appointment import Appointment
from spip_desktop.domain.appointment_states import Stand, Standing
from spip_desktop.domain.board_review import Board, BoardDecision, BoardMember, BoardReview
from spip_desktop.domain.breach import Breach
from spip_desktop.domain.contribution import Contribution
from spip_desktop.domain.dossier_search import passages
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import Evaluation, EvaluationKind, Finding, FindingKind
from spip_desktop.domain.event import Event
from spip_desktop.domain.handover import Handover, SealedPaper
from spip_desktop.domain.incident import Incident
from spip_desktop.domain.interview import Interview
from spip_desktop.domain.measure import Basis, BasisKind, Custody, Measure, Obligation, SentenceLine, Suspension
from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep import Action, ActionMode, Axis, Objective, Pacep
from spip_desktop.domain.person import Address, Contact, IdentityDocument, Person
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.request import Request
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording import dossier_search as words
from tests.services.test_journal import as_role, follow


class Canaries:
    """One word of its own for each text, and which text it is."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        return self.of.setdefault(name, f"canari{len(self.of):03d}x")

    def each(self, of: str, names: Iterable[str]) -> dict[str, Any]:
        return {name: self(f"{of}.{name}") for name in names}


def fill(tx: Transaction, records: Records[Any], person: UUID, names: tuple[str, ...], word: Canaries) -> None:
    """Put a canary in these fields of the first record of a person."""
    one = records.find(tx, person_id=person)[0]
    records.save(tx, replace(one, **word.each(records.name, names)))


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def whole(services: Services, loic: UUID) -> UUID:
    """A dossier with a record of every kind."""
    new, draft = services.context.ids.new, services.pacep.draft
    services.persons.contacts.add(Contact(id=new(), person_id=loic, kind="famille", name="Sa mère"))
    services.situation.bases.add(Basis(id=new(), person_id=loic, kind=BasisKind.REFERRAL))
    measure = Measure(id=new(), person_id=loic, kind="sursis_probatoire")
    services.situation.measures.add(measure)
    code = services.catalogue.obligations(services.clock.today(), "sursis_probatoire")[0][0]
    services.situation.obligations.add(Obligation(id=new(), person_id=loic, measure_id=measure.id, code=code))
    evaluation = services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    services.evaluations.findings.add(evaluation, "analyse", FindingKind.NEED)
    plan = draft.start(loic)
    axis = draft.add_axis(plan)
    draft.add_objective(plan, axis)
    services.prescriptions.draft.start(loic)
    services.contributions.start(loic)
    services.commissions.draft.start(loic, Board.CPI)
    services.interviews.writing.begin(loic)
    services.appointments.draft.start(loic, "entretien_mf", date(2026, 11, 24), (10, 0))
    return loic


@pytest.fixture
def canaries(services: Services, whole: UUID) -> Canaries:
    """Every text of that dossier is a word found nowhere else."""
    word, context = Canaries(), services.context
    with context.store.transaction(context.actor, "test") as tx:
        several = {"aliases", "nationalities", "experience"}
        content = word.each("person", words.PERSON)
        content.update({name: (content[name],) for name in several})
        persons.PERSONS.save(
            tx,
            replace(persons.PERSONS.get(tx, whole), **content),
            also={"sort_key": "x", "birth_key": "x", "usual_key": "x"},
        )
        for records, names in (
            (persons.ADDRESSES, words.ADDRESS), (persons.DOCUMENTS, words.DOCUMENT),
            (persons.PREPARATIONS, words.PREPARATION),
            (persons.CONTACTS, words.CONTACT), (situation.CUSTODIES, words.CUSTODY),
            (situation.BASES, words.BASIS), (situation.MEASURES, words.MEASURE),
            (situation.OBLIGATIONS, words.OBLIGATION), (evaluations.EVALUATIONS, tuple(words.EVALUATION)),
            (evaluations.FINDINGS, words.FINDING), (PRESCRIPTIONS, tuple(words.PRESCRIPTION)),
            (CONTRIBUTIONS, words.CONTRIBUTION), (REVIEWS, tuple(words.BOARD_REVIEW)),
            (INTERVIEWS, tuple(words.INTERVIEW)),
        ):  # fmt: skip
            fill(tx, records, whole, names, word)
        _fill_inside(tx, context, whole, word)
        tx.note("person", whole)
    return word


def _fill_inside(tx: Transaction, context: Context, person: UUID, word: Canaries) -> None:
    new = context.ids.new
    sheet = situation.SHEETS.find(tx, person_id=person)[0]
    line = SentenceLine(id=new(), **word.each("line", words.SENTENCE_LINE))
    situation.SHEETS.save(tx, replace(sheet, lines=(line,)))
    measure = situation.MEASURES.find(tx, person_id=person)[0]
    stop = Suspension(id=new(), starts=context.clock.today(), reason=word("suspension.reason"))
    situation.MEASURES.save(tx, replace(measure, suspensions=(stop,)))
    evaluation = evaluations.EVALUATIONS.find(tx, person_id=person)[0]
    for step in Ground(context, make_services(context).access).session(tx, evaluation).steps():
        stored = evaluations.fields_of(tx, evaluation.id).get(step.code)
        typed = {one.code: word(f"answer.{one.code}") for one in step.questions if one.kind == "text"}
        if stored:
            note = word(f"note.{step.code}")
            evaluations.FIELDS.save(tx, replace(stored.value, note=note, answers=typed))
    plan = PACEPS.find(tx, person_id=person)[0]
    texts = word.each("pacep", [name for name in words.PACEP if name != "what_matters"])
    action = replace(
        Action(id=new(), lineage=new(), mode=ActionMode.INTERNAL),
        **word.each("action", words.ACTION),
    )
    objective = replace(
        Objective(id=new(), lineage=new(), actions=(action,)),
        **word.each("objective", words.OBJECTIVE),
    )
    axis = replace(Axis(id=new(), lineage=new(), objectives=(objective,)), **word.each("axis", words.AXIS))
    PACEPS.save(
        tx,
        replace(
            plan, axes=(axis,), what_matters=(word("pacep.what_matters"),),
            needs_without_axis={str(new()): word("pacep.needs_without_axis")},
            gaps={str(new()): word("pacep.gaps")}, **texts,
        ),
    )  # fmt: skip
    one = replace(appointments.of_person(tx, person)[0], **word.each("appointment", words.APPOINTMENT))
    appointments.save(tx, one, Stand(Standing.PLANNED))
    review = REVIEWS.find(tx, person_id=person)[0]
    decision = BoardDecision(id=new(), lineage=new(), **word.each("board_decision", words.BOARD_DECISION))
    member = BoardMember(id=new(), **word.each("board_member", words.BOARD_MEMBER))
    REVIEWS.save(tx, replace(review, decisions=(decision,), members=(member,)))
    sheet_ = PRESCRIPTIONS.find(tx, person_id=person)[0]
    PRESCRIPTIONS.save(tx, replace(sheet_, values={"availability": word("prescription.values")}))
    event = Event(
        id=new(), kind="pacep", object_id=plan.id, person_id=person, code="visa", happened_on=context.clock.today(),
        entered_at=tx.now, entered_by=tx.actor_id, comment=word("event.comment"),
    )  # fmt: skip
    EVENTS.save(tx, event)


def test_every_text_of_a_dossier_is_found_in_it(services: Services, whole: UUID, canaries: Canaries) -> None:
    texts = services.dossier_search.texts(whole)
    missed = {name for name, word in canaries.of.items() if not passages(texts, word)}
    assert missed == set()
    assert len(canaries.of) > 80


def test_each_leads_to_a_page_of_that_dossier(services: Services, whole: UUID, canaries: Canaries) -> None:
    pages = {"person.situation", "person.evaluation", "person.pacep", "person.prescriptions", "prescription"}
    pages |= {"person.commissions", "commission", "person.interviews", "interview"}
    pages |= {"person.appointments"}
    for text in services.dossier_search.texts(whole):
        assert text.place.kind in pages
        if text.place.kind not in ("prescription", "commission", "interview"):
            assert text.place.id == whole
    (found,) = passages(services.dossier_search.texts(whole), canaries.of["person.resources"])
    assert (found.where, found.place) == ("Ressources et charges", Place("person.situation", whole, "resources"))


def test_nothing_of_it_but_identity_is_found_across_dossiers(
    services: Services, whole: UUID, canaries: Canaries
) -> None:
    found = {name for name, word in canaries.of.items() if services.persons.search(word)}
    identity = {f"person.{name}" for name in ("birth_name", "usual_name", "first_names", "aliases", "appi_number")}
    # These were written past the index, which keeps what it had: the control writes one through it.
    assert found <= identity | {"custody.ecrou_number"}
    services.persons.save_fields(whole, {"usual_name": canaries.of["person.usual_name"]})
    services.persons.save_fields(whole, {"usual_name": "Témoin"})
    assert [one.id for one in services.persons.search("temoin")] == [whole], "the control"


#: Texts that are codes of lists, or numbers of the program: nobody looks for them by words.
_CODES = {
    Person: {
        "title", "sex", "marital_status", "phone_state", "contact_preference", "legal_protection", "literacy",
        "education_level", "job_status", "bank_account", "france_travail", "allowed_to_work", "known_mission_locale",
        "rqth_status",
    },
    Address: {"kind", "insee_code"}, IdentityDocument: {"kind", "state"}, Contact: {"kind"},
    Custody: {"penal_category", "title_type", "end_reason"}, Basis: {"kind", "authority", "title_type"},
    Measure: {"kind", "milieu", "end_reason", "recidivism", "stage_kind", "status"}, Obligation: {"code", "status"},
    SentenceLine: {"state"}, Suspension: set(), Evaluation: {"kind", "form_code", "milieu", "short_fields"},
    Contribution: {"how", "profession", "activity", "opinion"},
    Interview: {"starts_at", "kind", "place", "means", "fields", "objectives"},
    Appointment: {"kind", "milieu", "where", "accepted"},
    BoardReview: {"board"}, BoardMember: {"profession"}, BoardDecision: set(),
    Incident: {"kind", "hour"}, Breach: set(),
    Request: {"asker", "channel", "answer_how", "unknown"},
    Handover: {"reason"}, SealedPaper: set(),
    Finding: {"step", "kind", "source", "evolution"}, Pacep: {"level"}, Axis: set(),
    Objective: {"state", "family"},
    Action: {"mode", "kind", "state"},
    Prescription: {
        "sheet_code", "letterhead", "channel", "meeting_hour", "asks", "ticked", "near_employment", "read_words",
        "answer_code", "sheet", "amendment_reason",
    },
}  # fmt: skip
_SEARCHED = {
    Person: words.PERSON, Address: words.ADDRESS, IdentityDocument: words.DOCUMENT, Contact: words.CONTACT,
    Custody: words.CUSTODY, Basis: words.BASIS, Measure: words.MEASURE, Obligation: words.OBLIGATION,
    SentenceLine: words.SENTENCE_LINE, Suspension: ("reason",), Evaluation: words.EVALUATION,
    Contribution: words.CONTRIBUTION, Interview: words.INTERVIEW,
    BoardReview: words.BOARD_REVIEW, BoardMember: words.BOARD_MEMBER,
    BoardDecision: words.BOARD_DECISION,
    Incident: words.INCIDENT, Breach: words.BREACH, Request: words.REQUEST,
    Appointment: words.APPOINTMENT, Handover: words.HANDOVER, SealedPaper: words.SEALED_PAPER,
    Finding: words.FINDING, Pacep: words.PACEP, Axis: words.AXIS, Objective: words.OBJECTIVE, Action: words.ACTION,
    Prescription: words.PRESCRIPTION,
}  # fmt: skip


#: Tables of a person that hold no word of their dossier, or whose words are tried elsewhere.
_ELSEWHERE = {
    "known_word": "the officer's own words of the spelling, which say nothing of the dossier",
    "access_answer": "an authority and a reference: its own page tells of it",
    "assignment": "who follows the person, with coded reasons",
    "retention_hold": "why nothing is erased: of the store, not of the dossier",
    "issued_document": "papers as they were issued: their words are those of the records",
    "explored_field": "its note and its answers: the canaries of this file",
    "sentence_sheet": "its lines: SentenceLine",
    "event": "test_what_was_typed_in_a_dated_fact_is_found",
    "todo_outcome": "tests/services/test_todo.py",
    "carried": "tests/services/test_carrying.py: why a block was set aside or taken back; its words are the dossier's",
    "confidence": "tests/services/test_confidence.py: found by its author only",
    "person_duplicate": "which two dossiers resemble each other, and how: codes",
    "transfer_waiting": "lines that are not records yet",
    "transfer_dispute": "what two stations wrote: settled on its own page, found once it is the record",
    **dict.fromkeys(words.REGISTERS, "tests/services/test_obligation.py: every word of every register"),
}


def test_a_new_table_of_the_dossier_is_searched_or_says_why_not() -> None:
    searched = {
        "obligation", "finding", "prescription", "pacep", "measure", "identity_document", "evaluation", "custody",
        "contribution", "contact", "board_review", "basis", "address", "interview", "incident", "breach", "request",
        "appointment", "preparation", "handover",
    }  # fmt: skip
    tables = {table.name for table in erasure.tables_of_persons()}
    assert tables - searched == set(_ELSEWHERE)
    assert searched <= tables


@pytest.mark.parametrize("kind", list(words.EVENTS))
def test_what_was_typed_in_a_dated_fact_is_found(services: Services, whole: UUID, kind: str) -> None:
    context, word = services.context, Canaries()
    typed = word.each("event", (*words.EVENT_WORDS, "comment"))
    with context.store.transaction(context.actor, "test") as tx:
        EVENTS.save(
            tx,
            Event(
                id=tx.ids.new(), person_id=whole, kind=kind, object_id=whole, code="x", happened_on=date(2026, 11, 22),
                entered_at=tx.now, entered_by=tx.actor_id, comment=typed.pop("comment"), detail=typed,
            ),
        )  # fmt: skip
        tx.note("person", whole)
    texts = services.dossier_search.texts(whole)
    for name, one in word.of.items():
        assert any(one in text.text for text in texts), name


@pytest.mark.parametrize("kind", list(_SEARCHED))
def test_a_new_text_is_searched_or_said_to_be_a_code(kind: type) -> None:
    typed = ("str", "tuple[str", "PhoneState", "PenalCategory", "Milieu", "Recidivism", "BasisKind", "LineState")
    several = {"EvaluationKind", "FindingKind", "Evolution", "ActionMode", "ActionState", "ObjectiveState", "Level"}
    texts = {
        one.name
        for one in fields(kind)
        if _type_name(one.type).startswith(typed) or _type_name(one.type).split(" ")[0] in several
    }
    known = set(_SEARCHED[kind]) | _CODES[kind]
    assert texts - known == set(), "say in wording/dossier_search.py what it is, or here that it is a code"
    assert known - {one.name for one in fields(kind)} == set(), "gone"


def _type_name(kind: object) -> str:
    return kind.__name__ if isinstance(kind, type) and not str(kind).startswith("tuple") else str(kind)


def test_what_a_role_may_not_read_is_not_searched(
    services: Services, dpip_context: Context, whole: UUID, canaries: Canaries
) -> None:
    secretariat = make_services(as_role(dpip_context, Role.SECRETARIAT, "valbrune-12"))
    kinds = {one.place.kind for one in secretariat.dossier_search.texts(whole)}
    assert kinds == {"person.situation", "person.appointments"}
    mine = {one.place.kind for one in services.dossier_search.texts(whole)}
    assert {"person.situation", "person.pacep"} <= mine, "the control"


def test_a_dossier_of_someone_else_asks_why_first(dpip_context: Context, whole: UUID) -> None:
    follow(dpip_context, whole)
    colleague = make_services(as_role(dpip_context, Role.CPIP, "valbrune-08"))
    with pytest.raises(Refusal, match="access_reason_needed"):
        colleague.dossier_search.texts(whole)
