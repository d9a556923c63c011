"""« À traiter » over a real store: whose lines, why they are there, what takes them away."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from spip_desktop.db import journal
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.todo import OUTCOMES
from spip_desktop.domain.access import Interim
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep import ActionMode, ActionState
from spip_desktop.domain.pacep_coverage import gap_field
from spip_desktop.domain.pacep_states import Agreement, VisaWay
from spip_desktop.domain.partner import PartnerConvention
from spip_desktop.domain.person import IdentityDocument
from spip_desktop.domain.place import Place
from spip_desktop.domain.todo import Answer, TodoLine, When
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.pacep import Answer as Said
from spip_desktop.services.pacep import Visa
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.documents.reading import one_line
from tests.pacep_fixtures import TODAY, Written
from tests.store_fixtures import MovableClock, make_officer

BORN = date(1968, 2, 2)
REASON = "Vu avec elle au téléphone."


def lines(services: Services) -> dict[str, TodoLine]:
    """The lines by the code of their rule."""
    return {line.key.partition(":")[0]: line for group in services.todo.groups() for line in group.lines}


@pytest.fixture
def martine(services: Services, moving: MovableClock) -> UUID:
    """A sursis probatoire referred on 16/08/2026, in the dossier since; day J is 22/11/2026."""
    today = moving.today
    moving.set_day(date(2026, 8, 17))
    id_ = services.persons.quick_start(
        QuickStart(
            birth_name="Bréaud", first_names="Martine", birth_date=date(1968, 2, 2), referral_on=date(2026, 8, 16)
        )
    )
    services.situation.measures.add(
        Measure(id=services.context.ids.new(), person_id=id_, kind="SP", referral_on=date(2026, 8, 16))
    )
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    moving.set_day(today)
    return id_


def test_a_late_report_says_why_it_is_there(services: Services, martine: UUID) -> None:
    line = lines(services)["E01"]
    assert line.due == date(2026, 11, 16)
    assert line.when(date(2026, 11, 22)) is When.LATE
    assert line.why == "Mesure confiée le 16/08/2026 + 3\u00a0mois (art.\u00a0D.\u00a0113-44)."
    assert line.legal
    assert services.todo.counts(martine).late == 2, "with the first interview, which nobody noted"


def test_a_note_opened_by_mistake_is_no_first_interview(services: Services, martine: UUID) -> None:
    line = lines(services)["E32"]
    note = services.interviews.writing.begin(martine)
    assert lines(services)["E32"] == line
    services.interviews.writing.save_fields(note, {"today": "Se présente à l’heure."})
    assert "E32" not in lines(services)


def test_an_interview_noted_is_the_outcome_of_the_first_one(services: Services, martine: UUID) -> None:
    assert "E32" in lines(services)
    services.evaluations.draft.start(martine, Start(kind=EvaluationKind.INITIAL, interview_on=date(2026, 11, 20)))
    assert "E32" not in lines(services)


def test_done_takes_the_line_away_and_is_taken_back(services: Services, martine: UUID) -> None:
    line = lines(services)["E01"]
    written = services.todo.answer(martine, line.key, Answer.DONE, done_on=date(2026, 11, 13), recipient="jap")
    assert "E01" not in lines(services)
    (kept,) = services.todo.outcomes(martine)
    assert (kept.what, kept.due, kept.done_on) == (line.what, line.due, date(2026, 11, 13))
    services.todo.take_back(written)
    assert lines(services)["E01"] == line
    with services.context.store.reading() as tx:
        acts = [one.act for one in journal.lines_about(tx.connection, written)]
    assert acts == ["answer_todo", "take_back_todo"]


def test_a_decision_not_to_act_comes_back_and_says_so(services: Services, martine: UUID, moving: MovableClock) -> None:
    key, until = lines(services)["E01"].key, date(2026, 12, 1)
    services.todo.answer(martine, key, Answer.NOT_ACTING, until=until, reason=REASON)
    assert "E01" not in lines(services)
    moving.set_day(until)
    back = lines(services)["E01"]
    assert back.due == date(2026, 11, 16), "as late as it is"
    assert back.why.endswith("Décision du 22/11/2026 de ne pas agir, à réexaminer.")


def test_no_officer_puts_off_what_a_text_sets(services: Services, martine: UUID) -> None:
    key = lines(services)["E01"].key
    with pytest.raises(Refusal) as refused:
        services.todo.answer(martine, key, Answer.PUT_OFF, until=date(2026, 12, 1), reason=REASON)
    assert refused.value.code == "todo_legal_day"
    practice = lines(services)["E32"].key
    services.todo.answer(martine, practice, Answer.PUT_OFF, until=date(2026, 12, 1), reason=REASON)
    assert "E32" not in lines(services)


def test_of_two_delays_the_last_written_holds_even_on_a_clock_put_back(
    services: Services, martine: UUID, moving: MovableClock
) -> None:
    """To a holiday, on which it comes back; the clock of the workstation was put back between the two."""
    key = lines(services)["E32"].key
    services.todo.answer(martine, key, Answer.PUT_OFF, until=date(2026, 11, 25), reason=REASON)
    first = services.todo.outcomes(martine)[0]
    moving.set_day(date(2026, 11, 25))
    services.todo.take_back(first.id)
    services.todo.answer(martine, key, Answer.PUT_OFF, until=date(2026, 11, 26), reason=REASON)
    moving.set_day(date(2026, 11, 26))
    moving.move(hours=-14)
    last = services.todo.answer(martine, key, Answer.PUT_OFF, until=date(2026, 12, 25), reason=REASON)
    moving.set_day(date(2026, 12, 24))
    assert "E32" not in lines(services)
    moving.set_day(date(2026, 12, 25))
    assert "E32" in lines(services)
    services.todo.take_back(last)
    moving.set_day(date(2026, 11, 26))
    assert "E32" in lines(services), "the delay before it holds again"


def test_a_line_that_is_gone_is_refused(services: Services, martine: UUID) -> None:
    with pytest.raises(Refusal) as refused:
        services.todo.answer(martine, "E99:x:1", Answer.DONE, done_on=date(2026, 11, 20))
    assert refused.value.code == "todo_gone"


def test_what_fell_due_before_the_dossier_came_is_one_line_to_check(services: Services) -> None:
    id_ = services.persons.quick_start(
        QuickStart(birth_name="Petit", first_names="Jean", birth_date=date(1970, 1, 1), referral_on=date(2020, 1, 1))
    )
    measure = Measure(
        id=services.context.ids.new(), person_id=id_, kind="SSJ", referral_on=date(2020, 1, 1),
        ends_planned=date(2029, 1, 1),
    )  # fmt: skip
    services.situation.measures.add(measure)
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    found = lines(services)
    assert found.keys() == {"avant"}
    assert found["avant"].due == date(2026, 12, 6)
    assert "Rapport annuel (01/01/2026)" in found["avant"].why
    services.todo.answer(id_, found["avant"].key, Answer.DONE, done_on=date(2026, 11, 22))
    assert lines(services) == {}


def test_a_document_about_to_end_is_told_by_its_kind(services: Services, martine: UUID) -> None:
    document = IdentityDocument(
        id=services.context.ids.new(), person_id=martine, kind="cni", expires=date(2026, 12, 31)
    )
    services.persons.documents.add(document)
    assert lines(services)["E35"].why == "Carte nationale d’identité valable jusqu’au 31/12/2026."


# -- whose ---------------------------------------------------------------------------------------------------


@pytest.fixture
def aline(dpip_context: Context) -> Services:
    """Another CPIP of the service, at work in the same store."""
    officer = replace(make_officer(dpip_context.ids, Role.CPIP, identifier="valbrune-12"), first_name="Aline")
    with dpip_context.store.transaction(dpip_context.actor, "add_officer") as tx:
        OFFICERS.save(tx, officer)
        tx.note("officer", officer.id)
    actor = replace(dpip_context.actor, officer=officer, store_has_dpip=True)
    return make_services(Context(dpip_context.store, actor))


def test_a_colleague_sees_nothing_of_it(aline: Services, martine: UUID) -> None:
    assert aline.todo.groups() == ()
    with pytest.raises(Refusal):
        aline.todo.of_person(martine)


def test_under_an_interim_only_what_is_urgent_and_it_says_so(
    services: Services, aline: Services, dpip_context: Context, martine: UUID
) -> None:
    document = IdentityDocument(id=services.context.ids.new(), person_id=martine, kind="cni", expires=date(2027, 3, 1))
    services.persons.documents.add(document)
    assert lines(services).keys() == {"E01", "E32", "E35"}
    today = services.clock.today()
    interim = Interim(
        id=services.context.ids.new(), absent_id=services.context.officer_id, replacement_id=aline.context.officer_id,
        starts=today, ends=today + timedelta(days=7), reason="congés",
    )  # fmt: skip
    make_services(dpip_context).access.add_interim(interim)
    (group,) = aline.todo.groups()
    assert [line.key.partition(":")[0] for line in group.lines] == ["E32", "E01"]
    assert group.person.interim_of == "Claire Vasseur"


def test_a_dossier_that_nobody_follows_waits_for_who_assigns(dpip_context: Context, aline: Services) -> None:
    directing = make_services(dpip_context)
    directing.persons.quick_start(
        QuickStart(birth_name="Noël", first_names="Ève", birth_date=date(1990, 1, 1), referral_on=date(2026, 11, 20))
    )
    assert lines(directing).keys() == {"P09"}
    assert aline.todo.groups() == (), "a CPIP does not assign where there is a DPIP"


def test_without_a_dpip_who_follows_persons_sees_it_by_its_name_only(services: Services) -> None:
    services.persons.quick_start(
        QuickStart(birth_name="Noël", first_names="Ève", birth_date=date(1990, 1, 1), referral_on=date(2026, 11, 20))
    )
    (group,) = services.todo.groups()
    assert [line.key.partition(":")[0] for line in group.lines] == ["P09"]
    assert (group.person.name, group.person.place, group.person.title) == ("Ève NOËL", "", "")


def test_the_secretariat_has_no_line_of_what_it_may_not_read(
    services: Services, martine: UUID, dpip_context: Context
) -> None:
    services.evaluations.draft.start(martine, Start(kind=EvaluationKind.INITIAL))
    officer = replace(services.context.actor.officer, roles=(Role.SECRETARIAT,))
    services.context.actor = replace(services.context.actor, officer=officer, store_has_dpip=True)
    assert {line.place.kind for group in services.todo.groups() for line in group.lines} == {"person.situation"}


def test_the_secretariat_neither_decides_nor_undoes(services: Services, martine: UUID, dpip_context: Context) -> None:
    key = lines(services)["E32"].key
    made = services.todo.answer(martine, key, Answer.PUT_OFF, until=date(2026, 12, 1), reason=REASON)
    officer = replace(services.context.actor.officer, roles=(Role.SECRETARIAT,))
    mine, services.context.actor = services.context.actor, replace(services.context.actor, officer=officer)
    for act in (
        lambda: services.todo.take_back(made),
        lambda: services.todo.answer(martine, key, Answer.NOT_ACTING, until=date(2026, 12, 1), reason=REASON),
    ):
        with pytest.raises(Refusal, match="not_allowed"):
            act()
    services.context.actor = mine
    services.todo.take_back(made)  # the control


def test_why_a_line_was_left_is_found_in_its_dossier_by_who_may_read_it(
    services: Services, martine: UUID, dpip_context: Context
) -> None:
    services.todo.answer(martine, lines(services)["E32"].key, Answer.PUT_OFF, until=date(2026, 12, 1), reason=REASON)

    def found() -> list[str]:
        return [one.where for one in services.dossier_search.texts(martine) if one.text == REASON]

    assert found() == ["À traiter, suite, Premier entretien\u00a0: aucun noté"]
    with services.context.store.transaction(services.context.actor, "test") as tx:
        (written,) = OUTCOMES.find(tx, person_id=martine)
        OUTCOMES.save(tx, replace(written, line=f"E28:{martine}:1"))
    assert found(), "the control: who reads the plan finds it"
    officer = replace(services.context.actor.officer, roles=(Role.SECRETARIAT,))
    services.context.actor = replace(services.context.actor, officer=officer, store_has_dpip=True)
    assert found() == []
    assert services.todo.outcomes(martine) == []


def test_a_convention_that_ends_is_told_under_its_partner_to_who_sets_the_service(
    services: Services, missions: object, dpip_context: Context
) -> None:
    with services.context.store.transaction(services.context.actor, "test") as tx:
        partner = PARTNERS.find(tx)[0]
        held = PartnerConvention(id=tx.ids.new(), ends=date(2027, 2, 1))
        PARTNERS.save(tx, replace(partner, conventions=(held,)))
    (group,) = make_services(dpip_context).todo.groups()
    assert (group.person.name, group.lines[0].why) == (partner.name, "Convention valable jusqu’au 01/02/2027.")
    assert group.lines[0].due == date(2026, 11, 1)
    assert not group.lines[0].answerable
    with services.context.store.transaction(services.context.actor, "test") as tx:
        longer = PartnerConvention(id=tx.ids.new(), ends=date(2029, 2, 1))
        PARTNERS.save(tx, replace(partner, conventions=(held, longer)))
    assert make_services(dpip_context).todo.groups() == ()


# -- paper ---------------------------------------------------------------------------------------------------


def test_the_list_is_printed_as_it_is(services: Services, martine: UUID) -> None:
    paper = services.todo.paper()
    said = one_line(paper.content)
    assert "Martine BRÉAUD" in said
    assert "milieu ouvert Sursis probatoire" in said, "what the screen says of the person"
    assert "Liste de Claire Vasseur." in said
    assert "Rapport d’évaluation au magistrat" in said
    assert "(art. D. 113-44)" in said.replace("\u00a0", " ")
    assert paper.title == "À traiter", "the title names nobody"
    assert "Aucune ligne" in one_line(services.todo.paper(When.SOON).content)


# -- actions of a plan that say not by whom, or not when -----------------------------------------------------


@pytest.fixture
def whole(services: Services, perrin: UUID, written: Written) -> Written:
    """A plan whose two actions say by whom, and how often."""
    services.persons.assign(perrin, services.context.officer_id, reason="nouveau")
    every_month = {f"{one}.frequency": "chaque mois" for one in (written.external, written.internal)}
    services.pacep.draft.save_fields(written.plan, every_month)
    return written


def test_actions_without_who_or_when_are_one_line_a_person(
    services: Services, perrin: UUID, whole: Written, moving: MovableClock
) -> None:
    draft, plan = services.pacep.draft, whole.plan
    moving.move(days=20)
    assert "P14" not in lines(services), "the control: every action says both"
    first, second = (draft.add_action(plan, whole.objective, ActionMode.INTERNAL) for _ in range(2))
    draft.save_fields(plan, {f"{first}.label": "Appeler l’employeur", f"{first}.who": "C. Vasseur"})
    draft.save_fields(plan, {f"{second}.label": "Voir l’atelier", f"{second}.due": moving.today})
    line = lines(services)["P14"]
    assert (line.place, line.due) == (Place("person.pacep_chain", perrin), TODAY + timedelta(days=30))
    assert line.why == "Version 1, 2 actions, dont «\u00a0Appeler l’employeur\u00a0»."
    of_person = [one.key for one in services.todo.of_person(perrin)]
    assert len([key for key in of_person if key.startswith("P14")]) == 1
    version = services.pacep.view(perrin).version
    assert version is not None
    lineage = next(one.lineage for _, _, one in version.plan.live_actions() if one.id == second)
    draft.save_fields(plan, {gap_field(lineage): "L’atelier choisit son agent."})
    assert lines(services)["P14"].why == "Version 1, «\u00a0Appeler l’employeur\u00a0» sans date ni rythme."
    draft.save_fields(plan, {f"{first}.frequency": "chaque lundi"})
    assert "P14" not in lines(services), "a rhythm, and a written reason: nothing lacks any more"


def test_a_plan_of_today_is_still_being_written(services: Services, whole: Written, moving: MovableClock) -> None:
    services.pacep.draft.save_fields(whole.plan, {f"{whole.internal}.frequency": ""})
    assert "P14" not in lines(services)
    moving.move(days=16)
    assert "P14" in lines(services), "the control"


def test_what_was_noted_of_an_action_counts(
    services: Services, perrin: UUID, whole: Written, moving: MovableClock
) -> None:
    pacep, plan = services.pacep, whole.plan
    pacep.draft.save_fields(plan, {f"{whole.internal}.frequency": ""})
    pacep.course.submit(plan)
    moving.move(days=20)
    assert "P14" in lines(services)
    pacep.course.note_agreement(plan, Said(agreement=Agreement.YES, happened_on=moving.today))
    visa = Visa(way=VisaWay.PAPER, happened_on=moving.today, signed_by="H. Marchand")
    pacep.course.note_visa(plan, visa)
    pacep.course.put_in_force(plan, moving.today)
    assert "P14" in lines(services)
    version = pacep.view(perrin, plan).version
    assert version is not None
    lineage = next(one.lineage for _, _, one in version.plan.live_actions() if one.id == whole.internal)
    pacep.course.note_progress(plan, lineage, ActionState.DONE, moving.today)
    assert "P14" not in lines(services)
