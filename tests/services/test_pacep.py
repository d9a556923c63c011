"""The plan from its first word to its replacement, in a real encrypted store."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import journal
from spip_desktop.db.pacep import PACEPS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Actor, Role
from spip_desktop.domain.pacep import ActionMode, Level
from spip_desktop.domain.pacep_review import Review, ReviewCause
from spip_desktop.domain.pacep_rules import codes
from spip_desktop.domain.pacep_states import Agreement, EventCode, PlanState, VisaWay
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.catalogue import Catalogue
from spip_desktop.services.context import Context
from spip_desktop.services.pacep import Answer, PacepService, Visa
from spip_desktop.services.situation import SituationService
from spip_desktop.services.synthesis import SynthesisService
from spip_desktop.wording.pacep import FAMILIES
from tests.documents.reading import one_line
from tests.pacep_fixtures import TODAY, Written, evaluate, make_pacep, write
from tests.store_fixtures import MovableClock, make_officer


def yes(day: date = TODAY) -> Answer:
    return Answer(agreement=Agreement.YES, happened_on=day)


def on_paper(day: date = TODAY) -> Visa:
    return Visa(way=VisaWay.PAPER, happened_on=day, signed_by="Mme Roche")


def carry_through(pacep: PacepService, plan: UUID, day: date = TODAY) -> None:
    pacep.course.submit(plan)
    pacep.course.note_agreement(plan, yes(day))
    pacep.course.note_visa(plan, on_paper(day))
    pacep.course.put_in_force(plan, day)


# -- started, written ----------------------------------------------------------------------------------------


def test_a_plan_starts_from_an_evaluation_with_nothing_chosen(
    pacep: PacepService, context: Context, perrin: UUID
) -> None:
    found = evaluate(context, perrin)
    pacep.draft.start(perrin)
    view = pacep.view(perrin)
    assert view.version is not None
    plan = view.version.plan
    assert (plan.level, plan.level_reason, plan.axes, plan.what_matters, plan.strengths) == (None, "", (), (), "")
    assert plan.evaluation_id == found.evaluation_id
    assert view.sources.words == ("Je veux un métier, et qu’on me laisse ma chance.",)
    assert view.sources.strengths == ("huit mois dans un emploi",)
    assert [need.lineage for need in view.sources.needs()] == [found.need]


def test_a_plan_starts_without_evaluation_and_is_attached_later(
    pacep: PacepService, context: Context, perrin: UUID
) -> None:
    assert pacep.view(perrin).version is None
    plan = pacep.draft.start(perrin)
    assert "pacep_no_evaluation" in codes(pacep.reading.missing(plan))
    found = evaluate(context, perrin)
    newer = pacep.view(perrin).newer_evaluation
    assert newer is not None
    assert newer.evaluation_id == found.evaluation_id
    pacep.draft.attach_evaluation(plan, found.evaluation_id)
    assert "pacep_need_untied" in codes(pacep.reading.missing(plan))
    assert pacep.view(perrin).newer_evaluation is None


def test_no_mandate_no_new_plan_and_none_submitted(pacep: PacepService, context: Context, perrin: UUID) -> None:
    written = write(pacep, perrin, evaluate(context, perrin).need)
    situation = SituationService(context, AccessService(context), Catalogue())
    (basis,) = situation.penal(perrin).bases
    situation.bases.save_fields(basis.value.id, {"ends": date(2026, 11, 1)})
    with pytest.raises(Refusal, match="no_active_basis"):
        pacep.course.submit(written.plan)
    pacep.draft.bin(written.plan)
    with pytest.raises(Refusal, match="no_active_basis"):
        pacep.draft.start(perrin)
    situation.bases.save_fields(basis.value.id, {"ends": None})  # the positive control
    pacep.draft.restore(written.plan)
    pacep.course.submit(written.plan)
    situation.bases.save_fields(basis.value.id, {"ends": date(2026, 11, 1)})
    with pytest.raises(Refusal, match="no_active_basis"):
        pacep.draft.new_version(written.plan)


def test_one_draft_at_a_time_and_a_binned_one_comes_back(pacep: PacepService, perrin: UUID) -> None:
    plan = pacep.draft.start(perrin)
    with pytest.raises(Refusal) as caught:
        pacep.draft.start(perrin)
    assert caught.value.code == "pacep_draft_exists"
    pacep.draft.bin(plan)
    assert pacep.view(perrin).version is None
    pacep.draft.restore(plan)
    assert pacep.view(perrin).version is not None


def test_autosave_is_one_journal_line_a_quarter_of_an_hour(
    pacep: PacepService, context: Context, perrin: UUID, moving: MovableClock
) -> None:
    plan = pacep.draft.start(perrin)
    lock = pacep.view(perrin).lock
    for number, text in enumerate(("P", "Pr", "Projet")):
        saved = pacep.draft.save_fields(plan, {"level_reason": text}, lock + number)
        assert saved.lock == lock + number + 1
        moving.move(seconds=2)
    with context.store.reading() as tx:
        acts = [line.act for line in journal.lines_about(tx.connection, plan)]
    assert acts == ["start_pacep", "modification"]


def test_what_cannot_be_kept_comes_back_and_the_rest_is_saved(pacep: PacepService, perrin: UUID) -> None:
    plan = pacep.draft.start(perrin)
    axis = pacep.draft.add_axis(plan)
    saved = pacep.draft.save_fields(plan, {f"{axis}.title": "a" * 121, "strategy": "Un toit\x00\nd’abord"})
    assert [(one.code, one.field) for one in saved.refused] == [("too_long", f"{axis}.title")]
    version = pacep.view(perrin).version
    assert version is not None
    assert (version.plan.strategy, version.plan.axes[0].title) == ("Un toit\nd’abord", "")


def test_two_hands_on_one_draft(pacep: PacepService, perrin: UUID) -> None:
    plan = pacep.draft.start(perrin)
    lock = pacep.view(perrin).lock
    pacep.draft.save_fields(plan, {"strategy": "Un toit d’abord"}, lock)
    with pytest.raises(Refusal) as caught:
        pacep.draft.save_fields(plan, {"strategy": "Un métier d’abord"}, lock)
    assert caught.value.code == "changed_elsewhere"


def test_a_level_off_the_list_is_refused_and_none_is_allowed(pacep: PacepService, perrin: UUID) -> None:
    plan = pacep.draft.start(perrin)
    pacep.draft.save_fields(plan, {"level": "espace"})
    with pytest.raises(Refusal):
        pacep.draft.save_fields(plan, {"level": "maximal"})
    pacep.draft.save_fields(plan, {"level": ""})
    version = pacep.view(perrin).version
    assert version is not None
    assert version.plan.level is None


def test_parts_are_moved_binned_and_taken_back(pacep: PacepService, perrin: UUID, written: Written) -> None:
    pacep.draft.move(written.plan, written.internal, -1)
    pacep.draft.bin_part(written.plan, written.external)
    version = pacep.view(perrin).version
    assert version is not None
    assert [action.id for _, _, action in version.plan.live_actions()] == [written.internal]
    pacep.draft.restore_part(written.plan, written.external)
    version = pacep.view(perrin).version
    assert version is not None
    assert [action.id for _, _, action in version.plan.live_actions()] == [written.internal, written.external]


# -- put to the person, answered, stamped, in force --------------------------------------------------------------


def test_the_whole_sequence(pacep: PacepService, perrin: UUID, written: Written) -> None:
    assert pacep.view(perrin).missing == ()
    carry_through(pacep, written.plan)
    version = pacep.current(perrin)
    assert version is not None
    assert version.state is PlanState.IN_FORCE
    assert [event.code for event in version.events] == ["soumis", "accord_recueilli", "vise", "en_vigueur"]
    assert version.plan.level is Level.REGULAR
    assert version.plan.submitted_on == TODAY


def test_submitting_says_everything_that_is_missing(pacep: PacepService, perrin: UUID) -> None:
    plan = pacep.draft.start(perrin)
    with pytest.raises(Refusal) as caught:
        pacep.course.submit(plan)
    assert caught.value.problems == pacep.reading.missing(plan)
    assert len(caught.value.problems) == 5


FROZEN: list[Callable[[PacepService, Written], object]] = [
    lambda pacep, written: pacep.draft.save_fields(written.plan, {"strategy": "Autre"}),
    lambda pacep, written: pacep.draft.add_axis(written.plan),
    lambda pacep, written: pacep.draft.bin_part(written.plan, written.axis),
    lambda pacep, written: pacep.draft.bin(written.plan),
    lambda pacep, written: pacep.draft.move(written.plan, written.internal, -1),
    lambda pacep, written: pacep.course.submit(written.plan),
]


@pytest.mark.parametrize("act", FROZEN)
def test_what_was_put_to_the_person_no_longer_changes(
    pacep: PacepService, context: Context, written: Written, act: Callable[[PacepService, Written], object]
) -> None:
    pacep.course.submit(written.plan)
    with context.store.reading() as tx:
        before = PACEPS.stored(tx, written.plan)
    with pytest.raises(Refusal) as caught:
        act(pacep, written)
    assert caught.value.code == "frozen"
    with context.store.reading() as tx:
        assert PACEPS.stored(tx, written.plan) == before


def test_a_partial_agreement_says_which_objectives_in_the_persons_words(
    pacep: PacepService, perrin: UUID, written: Written
) -> None:
    pacep.course.submit(written.plan)
    partial = Answer(agreement=Agreement.PARTIAL, happened_on=TODAY, comment="Les cours, pas tout de suite.")
    with pytest.raises(Refusal) as caught:
        pacep.course.note_agreement(written.plan, partial)
    assert (caught.value.code, caught.value.problems[0].field) == ("pacep_which_objectives", "objectives")
    answer = Answer(
        agreement=Agreement.PARTIAL, happened_on=TODAY, comment=partial.comment, objectives=(written.objective,)
    )
    pacep.course.note_agreement(written.plan, answer)
    version = pacep.view(perrin).version
    assert version is not None
    assert version.events[-1].comment == "Les cours, pas tout de suite."
    assert version.events[-1].detail["objectives"] == str(written.objective)


def test_a_correction_is_a_second_line_that_cites_the_first(
    pacep: PacepService, perrin: UUID, written: Written
) -> None:
    pacep.course.submit(written.plan)
    pacep.course.note_agreement(written.plan, yes())
    refusing = Answer(agreement=Agreement.NO, happened_on=TODAY)
    with pytest.raises(Refusal) as caught:
        pacep.course.note_agreement(written.plan, refusing)
    assert caught.value.code == "pacep_already"
    right = Answer(agreement=Agreement.NO, happened_on=TODAY, correction="Erreur de saisie.")
    pacep.course.note_agreement(written.plan, right)
    version = pacep.view(perrin).version
    assert version is not None
    first, second = version.events[1:]
    assert (first.detail["answer"], second.detail["answer"]) == ("yes", "no")
    assert second.detail["corrects"] == str(first.id)


def test_an_answer_that_was_to_be_collected_needs_no_correction(pacep: PacepService, written: Written) -> None:
    pacep.course.submit(written.plan)
    pacep.course.note_agreement(written.plan, Answer(agreement=Agreement.TO_COLLECT, happened_on=TODAY))
    pacep.course.note_agreement(written.plan, yes())


def test_no_step_is_jumped_nor_dated_ahead(pacep: PacepService, written: Written) -> None:
    jumps: list[tuple[Callable[[], None], str]] = [
        (lambda: pacep.course.note_agreement(written.plan, yes()), "pacep_submit_first"),
        (lambda: pacep.course.note_visa(written.plan, on_paper()), "pacep_agreement_first"),
        (lambda: pacep.course.put_in_force(written.plan, TODAY), "pacep_visa_first"),
    ]
    for act, code in jumps:
        with pytest.raises(Refusal) as caught:
            act()
        assert caught.value.code == code
    pacep.course.submit(written.plan)
    with pytest.raises(Refusal) as caught:
        pacep.course.note_agreement(written.plan, yes(date(2026, 11, 23)))
    assert caught.value.code == "date_in_future"


def test_the_visa_on_screen_is_the_dpips(pacep: PacepService, written: Written, dpip_context: Context) -> None:
    pacep.course.submit(written.plan)
    pacep.course.note_agreement(written.plan, yes())
    with pytest.raises(Refusal) as caught:
        pacep.course.note_visa(written.plan, Visa(way=VisaWay.SCREEN, happened_on=TODAY))
    assert caught.value.code == "reason_needed_without_dpip"
    directing = make_pacep(dpip_context)
    directing.course.send_back(written.plan, "Préciser l’objectif.")
    directing.course.note_visa(written.plan, Visa(way=VisaWay.SCREEN, happened_on=TODAY))


def test_without_a_dpip_a_written_reason_stands_in(pacep: PacepService, context: Context, written: Written) -> None:
    pacep.course.submit(written.plan)
    pacep.course.note_agreement(written.plan, yes())
    reason = "Antenne sans DPIP jusqu’au 01/12."
    pacep.course.note_visa(written.plan, Visa(way=VisaWay.SCREEN, happened_on=TODAY, reason=reason))
    with context.store.reading() as tx:
        assert journal.lines_about(tx.connection, written.plan)[-1].reason == reason


def test_a_paper_visa_says_who_signed(pacep: PacepService, written: Written) -> None:
    pacep.course.submit(written.plan)
    pacep.course.note_agreement(written.plan, yes())
    with pytest.raises(Refusal) as caught:
        pacep.course.note_visa(written.plan, Visa(way=VisaWay.PAPER, happened_on=TODAY))
    assert (caught.value.code, caught.value.problems[0].field) == ("pacep_who_stamped", "signed_by")


# -- the next version, the actions -------------------------------------------------------------------------------


def test_a_new_version_in_force_replaces_the_one_before(
    pacep: PacepService, perrin: UUID, written: Written, moving: MovableClock
) -> None:
    carry_through(pacep, written.plan)
    moving.move(days=60)
    second = pacep.draft.new_version(written.plan)
    view = pacep.view(perrin)
    assert view.version is not None
    assert view.in_force is not None
    assert (view.version.plan.number, view.in_force.plan.number) == (2, 1)
    assert view.version.plan.level is None
    assert view.version.plan.axes[0].lineage == written.axis
    later = date(2027, 1, 21)
    pacep.draft.save_fields(second, {"level": "espace", "level_reason": "Tout tient.", "next_review": date(2027, 7, 1)})
    carry_through(pacep, second, later)
    first, new = pacep.view(perrin).versions
    assert (first.state, new.state) == (PlanState.REPLACED, PlanState.IN_FORCE)
    assert first.events[-1].code == EventCode.REPLACED
    assert first.events[-1].detail["by"] == str(second)
    with pytest.raises(Refusal) as caught:
        pacep.course.note_agreement(written.plan, yes(later))
    assert caught.value.code == "pacep_replaced"


def test_open_actions_are_those_in_force_then_those_only_written(
    pacep: PacepService, perrin: UUID, written: Written
) -> None:
    assert [one.action.id for one in pacep.open_actions(perrin)] == [written.external, written.internal]
    carry_through(pacep, written.plan)
    second = pacep.draft.new_version(written.plan)
    version = pacep.view(perrin).version
    assert version is not None
    added = pacep.draft.add_action(second, version.plan.axes[0].objectives[0].id, ActionMode.EXTERNAL)
    pacep.course.note_progress(written.plan, written.internal, "faite", TODAY, "Quatre entretiens tenus.")
    found = pacep.open_actions(perrin)
    assert [(one.action.lineage, one.state) for one in found] == [
        (written.external, PlanState.IN_FORCE),
        (added, PlanState.DRAFT),
    ]
    assert [one.external for one in found] == [True, True]
    one = pacep.reading.action(written.plan, written.external)
    assert one is not None
    assert one.objective_wording == "Reprendre en cuisine et passer un CAP avec un patron"


def test_progress_is_checked_against_the_plan_and_the_list(pacep: PacepService, written: Written) -> None:
    carry_through(pacep, written.plan)
    for lineage, state, code in (
        (written.plan, "faite", "not_found"),
        (written.external, "atteint", "choose_one"),
        (written.objective, "faite", "choose_one"),
    ):
        with pytest.raises(Refusal) as caught:
            pacep.course.note_progress(written.plan, lineage, state, TODAY)
        assert caught.value.code == code
    pacep.course.note_progress(written.plan, written.objective, "atteint", TODAY)


def test_a_secretary_reads_no_plan(context: Context, perrin: UUID, written: Written) -> None:
    secretary = make_pacep(Context(context.store, Actor(make_officer(context.ids, Role.SECRETARIAT))))
    acts: list[Callable[[], object]] = [lambda: secretary.view(perrin), lambda: secretary.draft.start(perrin)]
    for act in acts:
        with pytest.raises(Refusal) as caught:
            act()
        assert caught.value.code == "not_allowed"


# -- followed ------------------------------------------------------------------------------------------------------


def refused(do: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as caught:
        do()
    return caught.value.code


def test_a_line_leaves_the_plan_with_a_reason_and_comes_back_with_one(
    pacep: PacepService, perrin: UUID, written: Written
) -> None:
    course, plan, line = pacep.course, written.plan, written.internal
    assert refused(lambda: course.remove_part(plan, line, TODAY, "Doublon")) == "pacep_submit_first"
    carry_through(pacep, plan)
    assert refused(lambda: course.remove_part(plan, line, TODAY, "  ")) == "reason_needed"
    assert refused(lambda: course.take_part_back(plan, line, TODAY, "Repris")) == "pacep_not_removed"
    course.note_progress(plan, line, "en_cours", TODAY, "Deux entretiens tenus.")
    course.remove_part(plan, line, TODAY, "Suivi par le pôle IPRO.")
    assert refused(lambda: course.remove_part(plan, line, TODAY, "Encore")) == "pacep_removed"
    assert [one.action.id for one in pacep.open_actions(perrin)] == [written.external]
    assert refused(lambda: course.take_part_back(plan, line, date(2026, 11, 20), "Avant")) == "pacep_before_removal"
    course.take_part_back(plan, line, TODAY, "Le pôle est fermé.")
    assert [one.action.state.value for one in pacep.open_actions(perrin)] == ["a_engager", "en_cours"]
    told = [(one.event.code, one.event.comment) for one in pacep.view(perrin).moments(line)]
    assert told == [
        ("reprise", "Le pôle est fermé."),
        ("retrait", "Suivi par le pôle IPRO."),
        ("avancement", "Deux entretiens tenus."),
    ]


def test_what_left_the_plan_is_not_in_the_next_version(pacep: PacepService, perrin: UUID, written: Written) -> None:
    carry_through(pacep, written.plan)
    pacep.course.remove_part(written.plan, written.internal, TODAY, "Sans suite.")
    pacep.draft.new_version(written.plan)
    version = pacep.view(perrin).version
    assert version is not None
    assert [one.lineage for *_, one in version.plan.live_actions()] == [written.external]


def test_what_is_noted_while_the_next_version_is_written_holds_for_it_too(
    pacep: PacepService, perrin: UUID, written: Written, moving: MovableClock
) -> None:
    carry_through(pacep, written.plan)
    moving.move(days=60)
    second, day = pacep.draft.new_version(written.plan), date(2027, 1, 21)
    pacep.course.note_progress(written.plan, written.internal, "faite", day, "Six entretiens tenus.")
    pacep.draft.save_fields(second, {"level": "espace", "level_reason": "Tout tient.", "next_review": date(2027, 7, 1)})
    carry_through(pacep, second, day)
    first, new = pacep.view(perrin).versions
    assert [one.state.value for *_, one in new.plan.live_actions()] == ["a_engager", "faite"]
    assert [one.state.value for *_, one in first.plan.live_actions()] == ["a_engager", "faite"]
    assert (
        refused(lambda: pacep.course.note_progress(written.plan, written.internal, "en_cours", day)) == "pacep_replaced"
    )
    assert [one.version for one in pacep.view(perrin).moments(written.internal)] == [1]


def test_a_day_already_past_is_refused_and_taking_back_is_not(
    pacep: PacepService, perrin: UUID, written: Written, moving: MovableClock
) -> None:
    draft, code = pacep.draft, f"{written.external}.due"
    for day, said in ((date(2026, 11, 21), ("pacep_date_past",)), (TODAY, ())):
        assert codes(draft.save_fields(written.plan, {code: day}).refused) == said
    moving.move(days=10)
    draft.save_fields(written.plan, {code: date(2026, 12, 24)})
    assert draft.take_fields_back(written.plan, {code: TODAY}).refused == ()
    assert due_days(pacep, perrin) == [TODAY, None]


def due_days(pacep: PacepService, perrin: UUID) -> list[date | None]:
    version = pacep.view(perrin).version
    assert version is not None
    return [one.due for *_, one in version.plan.live_actions()]


def test_a_line_at_the_end_does_not_move_and_says_so(pacep: PacepService, written: Written) -> None:
    assert pacep.draft.move(written.plan, written.internal, 1) == 0
    assert pacep.draft.move(written.plan, written.internal, -5) == -1


def test_an_objective_for_later_and_its_family_pass_to_paper_and_to_the_next_version(
    pacep: PacepService, perrin: UUID, written: Written
) -> None:
    later = pacep.draft.add_objective(written.plan, written.axis)
    fields = {f"{later}.wording": "Passer le permis", f"{later}.later": True, f"{later}.family": "capacites"}
    assert pacep.draft.save_fields(written.plan, fields).refused == ()
    carry_through(pacep, written.plan)
    assert "plus tard" in one_line(pacep.papers.to_sign(written.plan).content)
    pacep.draft.new_version(written.plan)
    version = pacep.view(perrin).version
    assert version is not None
    objective = version.plan.axes[0].objectives[1]
    assert (objective.lineage, objective.later, objective.family) == (later, True, "capacites")


# -- sent, looked at again -----------------------------------------------------------------------------------------


def test_the_plan_goes_to_the_magistrate_once_stamped_and_each_sending_is_told(
    pacep: PacepService, perrin: UUID, written: Written, context: Context
) -> None:
    course, plan = pacep.course, written.plan
    course.submit(plan)
    assert refused(lambda: course.note_sent(plan, "Juge de l’application des peines", TODAY)) == "pacep_visa_first"
    course.note_agreement(plan, yes())
    course.note_visa(plan, on_paper())
    assert refused(lambda: course.note_sent(plan, " ", TODAY)) == "required"
    course.note_sent(plan, "Juge de l’application des peines", TODAY)
    course.put_in_force(plan, TODAY)
    course.note_sent(plan, "Juge d’instruction", TODAY)
    version = pacep.view(perrin).version
    assert version is not None
    sent = [event.detail["to"] for event in version.events if event.code == EventCode.SENT]
    assert sent == ["Juge de l’application des peines", "Juge d’instruction"]
    assert version.state is PlanState.IN_FORCE
    with context.store.reading() as tx:
        assert "Juge d’instruction" in {line.recipient for line in journal.lines_about(tx.connection, plan)}


def review(pacep: PacepService, perrin: UUID) -> Review:
    found = pacep.view(perrin).review
    assert found is not None
    return found


def test_the_review_follows_the_level_until_it_is_put_off_or_something_happens(
    pacep: PacepService, perrin: UUID, written: Written, moving: MovableClock
) -> None:
    """« Régulier »: six months; the officer chose the same day; an incident brings it to one month."""
    reviews, plan = pacep.review, written.plan
    assert refused(lambda: reviews.put_off(plan, date(2027, 6, 1), "Hospitalisé")) == "pacep_not_in_force"
    carry_through(pacep, plan)
    assert review(pacep, perrin).closes == date(2027, 5, 22)
    moving.move(days=30)
    reviews.advance(plan, ReviewCause.INCIDENT, date(2026, 12, 20), "Altercation en promenade.")
    assert (review(pacep, perrin).closes, review(pacep, perrin).cause) == (date(2027, 1, 20), ReviewCause.INCIDENT)
    assert refused(lambda: reviews.put_off(plan, date(2027, 3, 1), "")) == "reason_needed"
    assert refused(lambda: reviews.put_off(plan, date(2026, 12, 1), "Hospitalisé")) == "pacep_date_past"
    reviews.put_off(plan, date(2027, 3, 1), "Hospitalisé.")
    assert (review(pacep, perrin).closes, review(pacep, perrin).cause) == (date(2027, 3, 1), ReviewCause.POSTPONED)
    assert refused(lambda: reviews.advance(plan, ReviewCause.LEVEL, TODAY)) == "choose_one"
    assert refused(lambda: reviews.advance(plan, ReviewCause.OTHER, date(2027, 12, 1))) == "date_in_future"


def test_what_is_awaited_of_a_plan_stays_on_the_synthese_until_it_is_done(
    pacep: PacepService, perrin: UUID, written: Written, context: Context, moving: MovableClock
) -> None:
    def signs() -> list[str]:
        access = AccessService(context)
        found = SynthesisService(context, access, Catalogue()).synthesis(perrin).missing
        return [one.code for one in found if one.code.startswith("pacep")]

    plan = written.plan
    pacep.course.submit(plan)
    pacep.course.note_agreement(plan, Answer(agreement=Agreement.TO_COLLECT, happened_on=TODAY))
    assert signs() == ["pacep_agreement"]
    pacep.course.note_agreement(plan, yes())
    assert signs() == []
    pacep.course.note_visa(plan, on_paper())
    pacep.course.put_in_force(plan, TODAY)
    moving.move(days=150)
    assert signs() == ["pacep_review_due"]
    moving.move(days=60)
    assert signs() == ["pacep_review_late"]
    pacep.review.put_off(plan, date(2027, 12, 1), "Transfert en cours.")
    assert signs() == []


def test_the_actions_of_the_synthese_are_those_still_to_be_done(
    pacep: PacepService, perrin: UUID, written: Written, context: Context
) -> None:
    carry_through(pacep, written.plan)
    pacep.course.note_progress(written.plan, written.external, "faite", TODAY)
    found = SynthesisService(context, AccessService(context), Catalogue()).synthesis(perrin).actions
    assert [one.id for one in found] == [written.internal]


def test_the_families_are_those_of_the_list() -> None:
    assert {one.code: one.label for one in load("need_families").entries} == FAMILIES
