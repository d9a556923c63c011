"""Every method that a page can reach asks for a right before the store is touched, and for the dossier it is about.

The services are walked, not listed by hand: a method that the table does not know fails the test.
"""

import dataclasses
import enum
import inspect
import types
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from spip_desktop.db import evaluation as evaluations
from spip_desktop.db.person import ASSIGNMENTS, PERSONS
from spip_desktop.db.todo import OUTCOMES
from spip_desktop.domain.access import AccessReason
from spip_desktop.domain.board_review import Board
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind, FindingKind
from spip_desktop.domain.held import Authority
from spip_desktop.domain.measure import Basis, BasisKind, Measure, Obligation
from spip_desktop.domain.officer import KEPT_FOR_DPIP, MATRIX, Actor, Right, Role
from spip_desktop.domain.pacep import ActionMode
from spip_desktop.domain.person import Contact
from spip_desktop.domain.todo import Answer, Outcome
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.handover import Proposal
from spip_desktop.services.lines import Lines
from spip_desktop.services.registers import Register
from spip_desktop.services.request import NewRequest
from spip_desktop.wiring import Services
from tests.obligation_fixtures import SAMPLES, sample
from tests.services.rights import INSIDE, NOT_OF_A_DOSSIER, OPEN, RIGHTS, WITHOUT_REASON
from tests.store_fixtures import make_officer

Method = Callable[..., object]
_WHERE = ("spip_desktop.services", __name__)


# -- the walk ------------------------------------------------------------------------------------------------


def walk(root: object, path: str = "", seen: set[int] | None = None) -> dict[str, Method]:
    """Every public method by its path from the services; the context is what they are given, not one of them."""
    seen = set() if seen is None else seen
    found: dict[str, Method] = {}
    for name in (one for one in dir(root) if not one.startswith("_")):
        if isinstance(inspect.getattr_static(root, name), property):
            if path:
                found[f"{path}{name}"] = lambda of=root, what=name: getattr(of, what)
            continue
        part = getattr(root, name)
        if inspect.ismethod(part) or inspect.isfunction(part):
            found[f"{path}{name}"] = part
        elif type(part).__module__.startswith(_WHERE) and not isinstance(part, Context) and id(part) not in seen:
            seen.add(id(part))
            found |= walk(part, f"{path}{name}.", seen)
    return found


def parameters(method: Method) -> Iterator[tuple[str, Any]]:
    """The parameters that have to be given, with their types; a line's own type where it is a variable."""
    hints = typing.get_type_hints(method)
    for one in inspect.signature(method).parameters.values():
        hint = hints[one.name]
        if isinstance(hint, typing.TypeVar):
            lines = getattr(method, "__self__", None)
            assert isinstance(lines, Lines | Register)
            hint = (lines._kind if isinstance(lines, Lines) else lines._register).records.kind
        if one.default is one.empty:
            yield one.name, hint


def ids_asked(method: Method) -> set[str]:
    """The names of the ids in what a method takes, values of several fields included."""
    return {name for given, hint in parameters(method) for name in _ids_in(given, hint)}


def _ids_in(name: str, hint: Any) -> Iterator[str]:
    if hint is UUID:
        yield name
    elif dataclasses.is_dataclass(hint):
        yield from (field.name for field in _required(hint) if field.type in (UUID, "UUID") and field.name != "id")


def _required(kind: Any) -> list[dataclasses.Field[Any]]:
    missing = dataclasses.MISSING
    return [one for one in dataclasses.fields(kind) if one.default is missing and one.default_factory is missing]


def value(name: str, hint: Any, known: Mapping[str, UUID], word: str) -> Any:
    """Something of that type: the id known by that name, the given word, else nothing much."""
    kind = typing.get_origin(hint) or hint
    if kind in (types.UnionType, typing.Union):
        return value(name, next(one for one in typing.get_args(hint) if one is not type(None)), known, word)
    if kind is UUID:
        return known.get(name, UUID(int=1))
    simple: dict[Any, Any] = {str: word, int: 0, bool: False, bytes: b"", date: date(2026, 11, 22), float: 0.0}
    if kind in simple:
        return simple[kind]
    if inspect.isclass(kind) and issubclass(kind, enum.Enum):
        return list(kind)[-1]
    if dataclasses.is_dataclass(kind) and inspect.isclass(kind):
        if kind.__name__ == "DrawnPaper":  # its fields are keys: nothing is to be made of them here
            return hint(None, None, None)
        hints = typing.get_type_hints(kind)
        given = {one.name: value(one.name, hints[one.name], known, word) for one in _required(kind)}
        given |= {one.name: word for one in dataclasses.fields(kind) if word and hints[one.name] is str}
        make: Any = kind
        return make(**given)
    return {} if inspect.isclass(kind) and issubclass(kind, Mapping) else ()


def attempt(method: Method, known: Mapping[str, UUID], word: str = "") -> str:
    """Call it with something of each type: the code of its refusal, or what else came of it."""
    given = {name: value(name, hint, known, word) for name, hint in parameters(method)}
    given |= {name: word for name, hint in typing.get_type_hints(method).items() if word and hint is str}
    given.pop("return", None)
    try:
        method(**given)
    except Refusal as refusal:
        return refusal.code
    except Exception as error:  # what such values lead to is another test's affair: only who may is asked here
        return type(error).__name__
    return "done"


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement sent to any store meanwhile, the beginning of a transaction included."""
    sent: list[str] = []

    def note(*event: Any) -> None:
        sent.append(event[2])

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


# -- the rights ----------------------------------------------------------------------------------------------


def as_role(context: Context, *roles: Role, dpip: bool = True) -> None:
    officer = make_officer(context.ids, *roles, identifier="valbrune-99")
    context.actor = Actor(replace(officer, first_name="Ali"), store_has_dpip=dpip)


def not_listed(services: object, rights: Mapping[str, Right]) -> set[str]:
    return set(walk(services)) - rights.keys() - OPEN.keys() - INSIDE


def too_open(services: object, context: Context, rights: Mapping[str, Right]) -> list[str]:
    """The methods that a role without the right gets an answer from, or that touch the store before they refuse."""
    found = []
    every = {path: method for path, method in walk(services).items() if path in rights}
    for role in Role:
        as_role(context, role)
        for path, method in every.items():
            if context.actor.may(rights[path]):
                continue
            with statements() as sent:
                code = attempt(method, {})
            if code != "not_allowed" or sent:
                found.append(f"{role}: {path}: {code}, {len(sent)} statements")
    return found


def test_every_method_is_in_the_table(services: Services) -> None:
    assert not_listed(services, RIGHTS) == set(), "say which right it asks for, or why it asks for none"
    known = {*RIGHTS, *OPEN, *INSIDE}
    assert known - set(walk(services)) == set(), "gone from the services: take it out of the table"
    assert all(len(why) > 10 for why in OPEN.values())


def test_without_the_right_every_method_refuses_before_the_store_is_touched(services: Services) -> None:
    assert too_open(services, services.context, RIGHTS) == []


def test_with_the_right_alone_no_method_refuses_it(services: Services) -> None:
    """The table asks for no less and no more than the code."""
    context = services.context
    for path, method in walk(services).items():
        if path in RIGHTS:
            holders = [role for role in Role if RIGHTS[path] in MATRIX[role]]
            assert holders, path
            as_role(context, *holders)
            assert attempt(method, {}) != "not_allowed", path


@pytest.mark.parametrize("role", list(Role))
def test_what_is_kept_for_a_dpip_is_done_with_a_reason_by_a_cpip_where_there_is_none(
    services: Services, role: Role
) -> None:
    every = walk(services)
    kept = {path: every[path] for path in every if RIGHTS.get(path) in KEPT_FOR_DPIP and path not in WITHOUT_REASON}
    assert kept
    for path, method in kept.items():
        as_role(services.context, role, dpip=False)
        silent, told = attempt(method, {}), attempt(method, {}, "congés")
        stands_in = bool(MATRIX[role] & KEPT_FOR_DPIP[RIGHTS[path]]) and role is not Role.DPIP
        if stands_in:
            assert silent == "reason_needed_without_dpip", path
        assert ("not_allowed" not in (silent, told)) is (stands_in or role is Role.DPIP), path


@dataclass(frozen=True)
class _Planted:
    """A service as one would forget to guard it."""

    _context: Context

    def everybody(self) -> list[str]:
        with self._context.store.reading() as tx:
            return [one.birth_name for one in PERSONS.find(tx)]

    def late(self, person_id: UUID) -> str:
        with self._context.store.reading() as tx:
            found = PERSONS.find(tx)
            self._context.actor.require(Right.READ_EVALUATION)
        return found[0].birth_name if person_id else ""


@dataclass(frozen=True)
class _WithPlanted:
    planted: _Planted


def test_the_control_an_unguarded_method_is_reported(services: Services, loic: UUID) -> None:
    context = services.context
    planted = _WithPlanted(_Planted(context))
    assert not_listed(planted, RIGHTS) == {"planted.everybody", "planted.late"}
    rights = {"planted.everybody": Right.READ_PERSON, "planted.late": Right.READ_EVALUATION}
    reported = " ".join(too_open(planted, context, rights))
    assert "audit: planted.everybody: done" in reported
    assert "secretariat: planted.late: not_allowed, 2 statements" in reported


# -- the dossier ---------------------------------------------------------------------------------------------


@pytest.fixture
def whole(services: Services, loic: UUID) -> dict[str, UUID]:
    """A dossier in which every kind of record is, with the ids under the names that methods give them."""
    context, new, person = services.context, services.context.ids.new, loic
    persons, situation = services.persons, services.situation
    contact, basis = new(), new()
    persons.contacts.add(Contact(id=contact, person_id=person, kind="famille", name="Sa mère"))
    situation.bases.add(Basis(id=basis, person_id=person, kind=BasisKind.REFERRAL, received_on=date(2026, 8, 16)))
    measure, obligation = new(), new()
    situation.measures.add(Measure(id=measure, person_id=person, kind="sursis_probatoire", starts=date(2026, 1, 5)))
    code = services.catalogue.obligations(date(2026, 11, 22), "sursis_probatoire")[0][0]
    situation.obligations.add(Obligation(id=obligation, person_id=person, measure_id=measure, code=code))
    penal, civil = situation.penal(person), persons.civil(person)
    evaluation = services.evaluations.draft.start(person, Start(kind=EvaluationKind.INITIAL))
    with context.store.reading() as tx:
        field = evaluations.fields_of(tx, evaluation)["analyse"].value.id
    finding = services.evaluations.findings.add(evaluation, "analyse", FindingKind.NEED)
    draft = services.pacep.draft
    plan = draft.start(person)
    axis = draft.add_axis(plan)
    objective = draft.add_objective(plan, axis)
    action = draft.add_action(plan, objective, ActionMode.EXTERNAL)
    sheet = services.prescriptions.draft.start(person, plan, action)
    contribution = services.contributions.start(person)
    board = services.commissions.draft.start(person, Board.CPI)
    interview = services.interviews.writing.begin(person)
    incident = services.incidents.note(person, "suicide", "Il dit vouloir en finir")
    breach = services.breaches.note(person, "N’a pas remis le justificatif", date(2026, 11, 20))
    request = services.requests.add(
        NewRequest(person_id=person, asker="famille", channel="telephone", subject="Demande un parloir")
    )
    appointment = services.appointments.draft.start(person, "entretien_mf", date(2026, 11, 24), (10, 0))
    assignment = persons.assign(person, context.officer_id, reason="nouveau")
    outcome = new()
    with context.store.transaction(context.actor, "test") as tx:
        written = Outcome(
            id=outcome, person_id=person, line="E01:x:1", what="Rapport", due=tx.clock.today(), answer=Answer.DONE,
            decided_by=context.officer_id, decided_at=tx.now,
        )  # fmt: skip
        OUTCOMES.save(tx, written)
    block = services.carrying.of_person(person).blocks[0]
    return {
        "person_id": person, "evaluation_id": evaluation, "other_id": evaluation,
        "field_id": field, "finding_id": finding,
        "pacep_id": plan, "axis_id": axis, "objective_id": objective, "part_id": axis, "lineage": action,
        "confidence_id": services.confidences.add(person, date(2026, 11, 22)),
        "contribution_id": contribution, "interview_id": interview,
        "incident_id": incident, "breach_id": breach, "request_id": request,
        "review_id": board, "member_id": board, "decision_id": board,
        "appointment_id": appointment, "carried_id": services.carrying.carry(block),
        "answer_id": services.access_answers.start(person, Authority.PROSECUTOR, date(2026, 11, 20)),
        "handover_id": services.handovers.propose(person, Proposal(reason="domicile", to_service="SPIP de Falaise")),
        "finding_lineage": finding, "action_lineage": action, "prescription_id": sheet, "measure_id": measure,
        "sheet_id": penal.sheets[0].value.id, "outcome_id": outcome, "line_id": penal.sheets[0].value.lines[0].id,
        "assignment_id": assignment, "persons.addresses": civil.addresses[0].value.id,
        "persons.documents": civil.documents[0].value.id,
        "persons.preparations": civil.preparations[0].value.id, "persons.contacts": contact,
        "situation.custodies": penal.custodies[0].value.id, "situation.sheets": penal.sheets[0].value.id,
        "obligation_id": obligation, **_registers(services, person, measure, obligation),
        "situation.bases": basis, "situation.measures": measure, "situation.obligations": obligation,
    }  # fmt: skip


def _registers(services: Services, person: UUID, measure: UUID, obligation: UUID) -> dict[str, UUID]:
    """One line in each register of the obligations."""
    found = {}
    for name in SAMPLES:
        line = sample(name, services.context.ids.new(), person, measure=measure, obligation=obligation)
        getattr(services.obligations, name).note(line)
        found[f"obligations.{name}"] = line.id
    return found


def of_a_dossier(services: Services) -> dict[str, Method]:
    """The methods that take the id of a dossier, or of something in one."""
    return {
        path: method
        for path, method in walk(services).items()
        if path in RIGHTS and path not in NOT_OF_A_DOSSIER and ids_asked(method) - NOT_OF_A_DOSSIER.keys()
    }


def _answers(services: Services, known: Mapping[str, UUID]) -> dict[str, str]:
    found = {}
    for path, method in of_a_dossier(services).items():
        mine = {**known, "id_": known.get(path.rpartition(".")[0], UUID(int=2))}
        unknown = ids_asked(method) - mine.keys() - NOT_OF_A_DOSSIER.keys()
        assert not unknown, f"{path}: whose are {unknown}?"
        found[path] = attempt(method, mine, "motif")
    return found


def test_a_dossier_that_is_not_mine_is_refused_by_every_method_and_nothing_is_written(
    services: Services, whole: dict[str, UUID]
) -> None:
    context = services.context
    as_role(context, Role.CPIP, dpip=False)
    before = context.store.commits
    answers = _answers(services, whole)
    assert len(answers) > 80
    assert {path: code for path, code in answers.items() if code != "access_reason_needed"} == {}
    assert context.store.commits == before
    # The control: once a reason was given, the same calls are let in.
    services.access.open(whole["person_id"], AccessReason.DUTY)
    assert "access_reason_needed" not in _answers(services, whole).values()


def test_a_dossier_once_followed_is_refused_like_any_other(services: Services, whole: dict[str, UUID]) -> None:
    context = services.context
    with context.store.transaction(context.actor, "test") as tx:
        ASSIGNMENTS.save(
            tx, replace(ASSIGNMENTS.get(tx, whole["assignment_id"]), starts=date(2026, 1, 1), ends=date(2026, 11, 1))
        )
    as_role(context, Role.CPIP, dpip=False)
    assert set(_answers(services, whole).values()) == {"access_reason_needed"}
