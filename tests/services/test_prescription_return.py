"""What comes back: the sheet found by its code, the bilan by its paper, and what it may change in the plan."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from spip_desktop.domain.dossier_search import passages
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep import ActionState
from spip_desktop.domain.pacep_review import ReviewCause
from spip_desktop.domain.prescription_states import Agreement, SheetState
from spip_desktop.services.context import Context
from spip_desktop.services.prescription import PrescriptionService, Told
from spip_desktop.services.prescription_return import FoundSheet
from spip_desktop.wiring import Services, make_services
from tests.pacep_fixtures import Written, evaluate, write
from tests.prescription_fixtures import MissionsLocales, complete
from tests.services.test_pacep import carry_through
from tests.store_fixtures import MovableClock, make_officer

TODAY = date(2026, 11, 22)
BILAN = {"r2_1": "1", "r3_1_3": "6", "r3_1_4": "5", "r1_1_2": "12/11/26", "r6_1": "CAP de cuisine à l’automne."}


def hand_over(prescriptions: PrescriptionService, id_: UUID) -> UUID:
    prescriptions.course.make_ready(id_)
    prescriptions.course.note_agreement(id_, Agreement.YES, TODAY)
    prescriptions.course.hand_over(id_, TODAY, "permanence", "Hugo Marchetti")
    return id_


@pytest.fixture
def given(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    return hand_over(prescriptions, complete(prescriptions, loic))


def test_the_code_and_the_number_of_the_paper_lead_to_the_sheet(
    prescriptions: PrescriptionService, given: UUID, loic: UUID
) -> None:
    sheet = prescriptions.view(given).prescription
    wanted = FoundSheet(
        prescription_id=given,
        person_id=loic,
        name="Loïc PERRIN",
        partner="Mission locale du Pays de Valbrune",
        state=SheetState.HANDED_OVER,
    )
    for typed in (sheet.answer_code, sheet.answer_code.lower(), sheet.sheet_number, f" {sheet.answer_code[:3]} "):
        expected = (wanted,) if len(typed.strip()) > 3 else ()
        assert prescriptions.returns.find(typed) == expected


def test_the_code_of_a_dossier_that_is_not_open_to_me_leads_nowhere(
    context: Context, services: Services, given: UUID, loic: UUID
) -> None:
    code = services.prescriptions.view(given).prescription.answer_code
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    officer = make_officer(context.ids, Role.CPIP, identifier="valbrune-12")
    colleague = make_services(Context(context.store, replace(context.actor, officer=officer)))
    assert colleague.prescriptions.returns.find(code) == ()
    assert services.prescriptions.returns.find(code), "the control: who follows the person finds it"


def test_a_call_is_one_fact_with_who_said_it(prescriptions: PrescriptionService, given: UUID) -> None:
    told = Told(known_by="telephone", said_by="Hugo Marchetti", detail={"meeting": "08/12/2026"})
    prescriptions.returns.note(given, SheetState.MEETING_FIXED, TODAY, told)
    view = prescriptions.view(given)
    assert view.state is SheetState.MEETING_FIXED
    assert view.events[-1].detail == {
        "meeting": "08/12/2026", "known_by": "telephone", "said_by": "Hugo Marchetti",
    }  # fmt: skip


def test_the_bilan_holds_what_the_paper_asked_and_nothing_else(prescriptions: PrescriptionService, given: UUID) -> None:
    told = Told(known_by="papier", said_by="Hugo Marchetti", result="en_partie", answers={**BILAN, "r99_1": "perdu"})
    prescriptions.returns.note(given, SheetState.REPORTED, TODAY, told)
    detail = prescriptions.view(given).events[-1].detail
    assert detail["result"] == "en_partie"
    assert detail["r1_1_2"] == "2026-11-12"
    assert "r99_1" not in detail
    assert {code for code in detail if code.startswith("r")} == {*BILAN, "result"}


def test_an_answer_that_cannot_be_kept_is_named_and_nothing_is_noted(
    prescriptions: PrescriptionService, given: UUID
) -> None:
    told = Told(known_by="papier", result="atteint", answers={**BILAN, "r3_1_3": "six", "r1_1_2": "bientôt"})
    with pytest.raises(Refusal) as found:
        prescriptions.returns.note(given, SheetState.REPORTED, TODAY, told)
    assert [(one.field, one.code) for one in found.value.problems] == [
        ("r1_1_2", "answer_date"), ("r3_1_3", "answer_number"),
    ]  # fmt: skip
    assert prescriptions.view(given).state is SheetState.HANDED_OVER


# -- the plan ------------------------------------------------------------------------------------------------


@pytest.fixture
def plan(services: Services, context: Context, loic: UUID) -> Written:
    """A plan in force with an action entrusted to a partner."""
    made = write(services.pacep, loic, evaluate(context, loic).need)
    carry_through(services.pacep, made.plan)
    return made


@pytest.fixture
def serving(prescriptions: PrescriptionService, plan: Written, loic: UUID, missions: MissionsLocales) -> UUID:
    """A sheet handed over that serves that action."""
    id_ = complete(prescriptions, loic, serves=(plan.plan, plan.external))
    return hand_over(prescriptions, id_)


def actions(services: Services, person: UUID) -> dict[UUID, ActionState]:
    version = services.pacep.current(person)
    assert version is not None
    return {action.lineage: action.state for _, _, action in version.plan.live_actions()}


def test_a_refused_sheet_leaves_its_action_to_redirect(
    services: Services, prescriptions: PrescriptionService, serving: UUID, plan: Written, loic: UUID
) -> None:
    assert actions(services, loic)[plan.external] is ActionState.TO_START
    why = Told(known_by="telephone", detail={"reason": "complet", "tells": "cpip"})
    prescriptions.returns.note(serving, SheetState.REFUSED, TODAY, why)
    assert actions(services, loic) == {plan.external: ActionState.TO_REDIRECT, plan.internal: ActionState.TO_START}
    waiting = {one.action.lineage: one.action.result for one in services.pacep.open_actions(loic)}
    assert waiting[plan.external] == "Refus de Mission locale du Pays de Valbrune\u00a0: plus de place"


def test_a_refusal_says_nothing_of_an_action_already_done(
    services: Services, prescriptions: PrescriptionService, serving: UUID, plan: Written, loic: UUID
) -> None:
    services.pacep.course.note_progress(plan.plan, plan.external, ActionState.DONE, TODAY)
    why = Told(detail={"reason": "complet", "tells": "cpip"})
    prescriptions.returns.note(serving, SheetState.REFUSED, TODAY, why)
    assert actions(services, loic)[plan.external] is ActionState.DONE


def test_a_bilan_lets_a_review_be_proposed_and_proposes_none(
    services: Services,
    prescriptions: PrescriptionService,
    serving: UUID,
    plan: Written,
    loic: UUID,
    moving: MovableClock,
) -> None:
    returns, review = prescriptions.returns, services.pacep.review
    moving.move(days=30)
    day = TODAY + timedelta(days=30)
    before = services.pacep.view(loic).review
    assert returns.plan_to_review(serving) is None, "nothing came back yet"
    returns.note(serving, SheetState.REPORTED, day, Told(known_by="papier", result="atteint", answers=BILAN))
    assert returns.plan_to_review(serving) == plan.plan
    assert services.pacep.view(loic).review == before, "the bilan alone moves nothing"
    cause, reason = returns.review_reason(serving)
    assert reason == "Bilan du 22/12/2026\u00a0: Mission locale du Pays de Valbrune"
    review.advance(plan.plan, cause, day, reason)
    after = services.pacep.view(loic).review
    assert after is not None
    assert after.cause is ReviewCause.REPORT
    assert returns.plan_to_review(serving) is None, "proposed once"
    returns.note(serving, SheetState.REPORTED, day, Told(known_by="papier", result="atteint"))
    assert returns.plan_to_review(serving) == plan.plan, "a second bilan may ask for it again"


def test_the_bilan_of_an_objective_says_what_came_of_it(prescriptions: PrescriptionService, serving: UUID) -> None:
    with pytest.raises(Refusal) as found:
        prescriptions.returns.note(serving, SheetState.REPORTED, TODAY, Told(known_by="papier", answers=BILAN))
    assert [(one.field, one.code) for one in found.value.problems] == [("result", "choose_one")]
    assert prescriptions.view(serving).state is SheetState.HANDED_OVER


def test_a_sheet_that_serves_no_plan_proposes_nothing(prescriptions: PrescriptionService, given: UUID) -> None:
    prescriptions.returns.note(given, SheetState.REPORTED, TODAY, Told(known_by="papier", answers=BILAN))
    assert prescriptions.returns.plan_to_review(given) is None


def test_the_words_of_a_bilan_are_found_inside_its_dossier(
    services: Services, prescriptions: PrescriptionService, given: UUID, loic: UUID
) -> None:
    prescriptions.returns.note(given, SheetState.REPORTED, TODAY, Told(known_by="papier", answers=BILAN))
    hits = passages(services.dossier_search.texts(loic), "CAP de cuisine à l’automne")
    assert [(one.where, one.place.id) for one in hits] == [("Fiche, bilan du partenaire", given)]
