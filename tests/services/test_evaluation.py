"""The evaluation through its services: started, filled, frozen, started again, with a prévenu and a short one."""

import dataclasses
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import definition, journal
from spip_desktop.db import evaluation as rows
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import (
    EvaluationKind,
    Evolution,
    FieldState,
    FindingKind,
    MarkKind,
    NoteMark,
)
from spip_desktop.domain.evaluation_states import EvaluationState, EventCode
from spip_desktop.domain.measure import PenalCategory
from spip_desktop.domain.officer import Role
from spip_desktop.services.access import AccessService
from spip_desktop.services.catalogue import Catalogue
from spip_desktop.services.context import Context
from spip_desktop.services.desk import DeskService
from spip_desktop.services.evaluation import EvaluationService
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.evaluation_findings import Words
from spip_desktop.services.evaluation_forms import FRAME
from spip_desktop.services.person import PersonService, QuickStart
from spip_desktop.services.situation import SituationService
from spip_desktop.wording import known_codes, sentence
from spip_desktop.wording.evaluation import REFUSALS
from tests.store_fixtures import MovableClock, make_officer

NOTE = "Dit qu’il n’a jamais aimé l’école.\nChez Bruno j’ai tenu huit mois à la plonge."
BRUNO = NOTE.index("Chez Bruno")
STEP = "formation_emploi"
FIELDS = ("formation_emploi", "entourage", "loisirs")


@pytest.fixture
def loic(context: Context) -> UUID:
    start = QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="12345")
    persons = PersonService(context, AccessService(context))
    id_ = persons.quick_start(start)
    set_category(context, id_, PenalCategory.CONVICTED)
    return id_


@pytest.fixture
def evaluations(context: Context) -> EvaluationService:
    return EvaluationService(context, AccessService(context))


@pytest.fixture
def draft(evaluations: EvaluationService, loic: UUID) -> UUID:
    return evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL, interview_on=date(2026, 11, 20)))


def set_category(context: Context, person_id: UUID, category: PenalCategory) -> None:
    situation = SituationService(context, AccessService(context), Catalogue())
    (custody,) = situation.penal(person_id).custodies
    situation.custodies.save_fields(custody.value.id, {"penal_category": category.value, "starts": date(2026, 4, 22)})


def save(evaluations: EvaluationService, id_: UUID, step: str, **changes: object) -> None:
    field = evaluations.reading.view(id_).fields[step]
    saved = evaluations.draft.save_step(field.value.id, changes, field.lock)
    assert not saved.refused


def complete(evaluations: EvaluationService, id_: UUID) -> None:
    """Say of every step where one is, with the least that freezing asks for."""
    view = evaluations.reading.view(id_)
    for step in view.session.steps():
        state = FieldState.EXPLORED if step.needs_state else view.session.state(step)
        answers = {one.code: "oui" for one in step.questions if one.code in FRAME}
        save(evaluations, id_, step.code, state=state, **answers)
    save(evaluations, id_, "analyse", note="Cherche un métier.")
    if view.evaluation.kind is not EvaluationKind.SHORT and not view.evaluation.presumed_innocent:
        evaluations.findings.add(id_, "formation_emploi", FindingKind.NEED)


def codes(evaluations: EvaluationService, id_: UUID) -> set[str]:
    return {one.problem.code for one in evaluations.reading.blocking(id_)}


def test_a_new_evaluation_has_every_step_and_reads_its_own_copy_of_the_form(
    evaluations: EvaluationService, draft: UUID, loic: UUID, context: Context
) -> None:
    view = evaluations.reading.view(draft)
    assert view.evaluation.number == 1
    assert view.evaluation.milieu == "MF"
    assert not view.evaluation.presumed_innocent
    assert len(view.session.form.fields()) == 8
    assert set(view.fields) == {step.code for step in view.session.form.steps}
    assert view.version.state is EvaluationState.DRAFT
    with context.store.reading() as tx:
        kept = definition.content(tx, "form", view.evaluation.form_code, view.evaluation.form_version)
    assert kept == view.session.form.definition.content
    assert evaluations.reading.current(loic) == draft


def test_typing_saves_the_note_dates_it_and_begins_the_field(evaluations: EvaluationService, draft: UUID) -> None:
    save(evaluations, draft, STEP, note=NOTE + "\x07<b>non</b>", marks=(NoteMark(MarkKind.WORDS, BRUNO),))
    field = evaluations.reading.view(draft).fields[STEP].value
    assert field.note == NOTE + "<b>non</b>"
    assert field.marks == (NoteMark(MarkKind.WORDS, BRUNO),)
    assert field.state is FieldState.PARTIAL
    assert field.noted_on == date(2026, 11, 20)
    save(evaluations, draft, STEP, note="Avant.\n" + NOTE)
    field = evaluations.reading.view(draft).fields[STEP].value
    assert field.marks == (NoteMark(MarkKind.WORDS, BRUNO + len("Avant.\n")),)


def test_an_autosave_is_one_line_in_the_journal_for_fifteen_minutes(
    evaluations: EvaluationService, draft: UUID, context: Context, moving: MovableClock
) -> None:
    for text in ("a", "ab", "abc"):
        save(evaluations, draft, STEP, note=text)
        moving.move(seconds=2)
    with context.store.reading() as tx:
        lines = [line.act for line in journal.lines_about(tx.connection, draft)]
        assert journal.first_break(tx.connection, tx.identity.journal_key) is None
    assert lines == ["start_evaluation", "modification"]


def test_a_change_made_elsewhere_is_not_overwritten(evaluations: EvaluationService, draft: UUID) -> None:
    field = evaluations.reading.view(draft).fields[STEP]
    evaluations.draft.save_step(field.value.id, {"note": "mine"}, field.lock)
    with pytest.raises(Refusal, match="changed_elsewhere"):
        evaluations.draft.save_step(field.value.id, {"note": "theirs"}, field.lock)


def test_what_the_form_cannot_take_comes_back_and_the_rest_is_saved(
    evaluations: EvaluationService, draft: UUID
) -> None:
    field = evaluations.reading.view(draft).fields[STEP]
    changes = {f"{STEP}_importance": 11, f"{STEP}_confiance": 0, "again_on": date(2020, 1, 1)}
    saved = evaluations.draft.save_step(field.value.id, changes, field.lock)
    assert {one.field for one in saved.refused} == {f"{STEP}_importance", "again_on"}
    kept = evaluations.reading.view(draft).fields[STEP].value
    assert kept.answers == {f"{STEP}_confiance": 0}
    assert kept.state is FieldState.PARTIAL


def test_a_note_too_long_is_refused_and_its_marks_with_it(evaluations: EvaluationService, draft: UUID) -> None:
    save(evaluations, draft, STEP, note=NOTE, marks=(NoteMark(MarkKind.WORDS, BRUNO),))
    field = evaluations.reading.view(draft).fields[STEP]
    changes = {"note": "x" * 20_001, "marks": (NoteMark(MarkKind.AGAIN, 0),)}
    saved = evaluations.draft.save_step(field.value.id, changes, field.lock)
    assert [one.code for one in saved.refused] == ["too_long"]
    assert evaluations.reading.view(draft).fields[STEP].value == field.value


def test_a_finding_keeps_the_words_it_was_made_from(evaluations: EvaluationService, draft: UUID) -> None:
    save(evaluations, draft, STEP, note=NOTE)
    id_ = evaluations.findings.add(draft, STEP, FindingKind.PROTECTION, Words(BRUNO - 1, BRUNO + 34))
    (stored,) = evaluations.reading.view(draft).findings
    assert stored.value.evidence == "Chez Bruno j’ai tenu huit mois à l"
    assert (stored.value.start, stored.value.source, stored.value.source_on) == (
        BRUNO,
        "entretien",
        date(2026, 11, 20),
    )
    evaluations.findings.save(id_, {"wording": "A tenu huit mois."}, stored.lock)
    save(evaluations, draft, STEP, note="Autre chose.")
    (stored,) = evaluations.reading.view(draft).findings
    assert stored.value.evidence == "Chez Bruno j’ai tenu huit mois à l"
    assert stored.value.words == "A tenu huit mois."


def test_words_said_twice_are_told_apart_by_their_place(evaluations: EvaluationService, draft: UUID) -> None:
    save(evaluations, draft, STEP, note="oui, oui")
    evaluations.findings.add(draft, STEP, FindingKind.FACT, Words(5, 8))
    save(evaluations, draft, STEP, note="Il dit oui, oui")
    (stored,) = evaluations.reading.view(draft).findings
    assert stored.value.start == 12


def test_a_finding_needs_words_or_comes_from_the_papers(evaluations: EvaluationService, draft: UUID) -> None:
    save(evaluations, draft, STEP, note=NOTE)
    with pytest.raises(Refusal, match="evaluation_words_missing"):
        evaluations.findings.add(draft, STEP, FindingKind.FACT, Words(3, 3))
    evaluations.findings.add(draft, "antecedents", FindingKind.STATIC_RISK)
    (stored,) = evaluations.reading.view(draft).findings
    assert (stored.value.source, stored.value.source_on, stored.value.evidence) == ("pieces", None, "")


def test_a_finding_goes_to_the_bin_and_comes_back(evaluations: EvaluationService, draft: UUID) -> None:
    id_ = evaluations.findings.add(draft, STEP, FindingKind.FACT)
    evaluations.findings.bin(id_)
    assert not evaluations.reading.view(draft).findings
    evaluations.findings.restore(id_)
    assert [one.value.id for one in evaluations.reading.view(draft).findings] == [id_]


def test_nothing_about_the_facts_is_written_of_a_prevenu(
    evaluations: EvaluationService, loic: UUID, context: Context
) -> None:
    set_category(context, loic, PenalCategory.REMAND)
    id_ = evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    view = evaluations.reading.view(id_)
    assert view.evaluation.presumed_innocent
    assert view.session.banners() == ("Personne présumée innocente\u00a0: les faits ne sont pas abordés.",)
    for kind in (FindingKind.STATIC_RISK, FindingKind.DYNAMIC_RISK, FindingKind.NEED):
        with pytest.raises(Refusal, match="evaluation_presumed_innocent"):
            evaluations.findings.add(id_, "antecedents", kind)
    evaluations.findings.add(id_, "loisirs", FindingKind.PROTECTION)
    assert "evaluation_no_need" not in codes(evaluations, id_)
    complete(evaluations, id_)
    evaluations.course.freeze(id_)


def test_a_draft_follows_a_judgement_when_the_officer_says_so(
    evaluations: EvaluationService, loic: UUID, context: Context
) -> None:
    set_category(context, loic, PenalCategory.REMAND)
    id_ = evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    set_category(context, loic, PenalCategory.CONVICTED)
    assert evaluations.reading.view(id_).presumption_changed
    evaluations.draft.adapt_to_situation(id_)
    view = evaluations.reading.view(id_)
    assert not view.presumption_changed
    assert not view.session.banners()


def test_what_was_written_before_presumption_blocks_freezing(
    evaluations: EvaluationService, draft: UUID, loic: UUID, context: Context
) -> None:
    complete(evaluations, draft)
    set_category(context, loic, PenalCategory.REMAND)
    evaluations.draft.adapt_to_situation(draft)
    assert "evaluation_presumed_finding" in codes(evaluations, draft)


def test_freezing_says_everything_that_blocks_one_place_each(
    evaluations: EvaluationService, draft: UUID, loic: UUID
) -> None:
    blocking = evaluations.reading.blocking(draft)
    assert {one.place.kind for one in blocking} == {"person.evaluation"}
    assert {one.place.id for one in blocking} == {loic}
    places = [one.place.field for one in blocking]
    assert "antecedents" in places
    assert "analyse/no_need_reason" in places
    assert "analyse/analyse_note" in places
    assert all(sentence(one.problem) for one in blocking)
    with pytest.raises(Refusal) as refused:
        evaluations.course.freeze(draft)
    assert len(refused.value.problems) == len(blocking)
    assert not evaluations.reading.view(draft).evaluation.is_frozen


def test_missing_information_needs_a_date_and_no_need_needs_a_reason(
    evaluations: EvaluationService, draft: UUID
) -> None:
    complete(evaluations, draft)
    save(evaluations, draft, STEP, state=FieldState.INSUFFICIENT)
    assert codes(evaluations, draft) == {"evaluation_again_missing"}
    save(evaluations, draft, STEP, again_on=date(2026, 12, 4))
    (need,) = evaluations.reading.view(draft).findings
    evaluations.findings.bin(need.value.id)
    assert codes(evaluations, draft) == {"evaluation_no_need"}
    evaluations.draft.save(draft, {"no_need_reason": "Rien de plus que l’emploi."})
    assert not codes(evaluations, draft)


def test_a_person_who_was_not_met_is_not_asked_to_have_heard_the_frame(
    evaluations: EvaluationService, draft: UUID
) -> None:
    complete(evaluations, draft)
    save(evaluations, draft, "accueil", accueil_role="")
    assert codes(evaluations, draft) == {"form_answer_required"}
    save(evaluations, draft, "accueil", state=FieldState.NOT_MET)
    assert not codes(evaluations, draft)


def test_a_frozen_version_is_never_changed(evaluations: EvaluationService, draft: UUID, loic: UUID) -> None:
    complete(evaluations, draft)
    evaluations.course.freeze(draft)
    view = evaluations.reading.view(draft)
    assert view.version.state is EvaluationState.FROZEN
    assert view.evaluation.frozen_on == date(2026, 11, 22)
    finding = view.findings[0].value
    field = view.fields[STEP].value
    for act in (
        lambda: evaluations.draft.save_step(field.id, {"note": "x"}),
        lambda: evaluations.draft.save(draft, {"no_need_reason": "x"}),
        lambda: evaluations.draft.bin(draft),
        lambda: evaluations.draft.review(field.id),
        lambda: evaluations.findings.add(draft, STEP, FindingKind.FACT),
        lambda: evaluations.findings.save(finding.id, {"wording": "x"}),
        lambda: evaluations.findings.bin(finding.id),
        lambda: evaluations.findings.prioritise(finding.id, True),
        lambda: evaluations.course.freeze(draft),
    ):
        with pytest.raises(Refusal, match="frozen"):
            act()
    assert evaluations.reading.view(draft).fields == view.fields


def test_a_new_version_starts_from_the_old_with_lineage_kept(
    evaluations: EvaluationService, draft: UUID, loic: UUID
) -> None:
    save(evaluations, draft, STEP, note=NOTE)
    save(evaluations, draft, "restitution", note="Ses mots d’alors.")
    protection = evaluations.findings.add(draft, STEP, FindingKind.PROTECTION, Words(BRUNO, BRUNO + 10))
    lifted = evaluations.findings.add(draft, STEP, FindingKind.DYNAMIC_RISK)
    evaluations.findings.save(lifted, {"evolution": Evolution.LIFTED})
    complete(evaluations, draft)
    evaluations.course.freeze(draft)
    second = evaluations.draft.start(loic, Start(kind=EvaluationKind.INTERMEDIATE))
    view = evaluations.reading.view(second)
    assert (view.evaluation.number, view.evaluation.from_version) == (2, draft)
    assert view.evaluation.lineage == draft
    assert view.fields[STEP].value.note == NOTE
    assert not view.fields[STEP].value.reviewed
    assert view.fields["restitution"].value.note == ""
    assert view.fields["restitution"].value.reviewed
    lineages = {one.value.lineage for one in view.findings}
    assert protection in lineages
    assert lifted not in lineages
    assert not {one.value.id for one in view.findings} & {protection}
    assert {one.value.evolution for one in view.findings} == {Evolution.TO_SAY}
    save(evaluations, second, STEP, note=NOTE + " Bien.")
    assert evaluations.reading.view(second).fields[STEP].value.reviewed
    assert evaluations.reading.view(draft).fields[STEP].value.note == NOTE
    evaluations.draft.review(view.fields["loisirs"].value.id)
    assert evaluations.reading.view(second).fields["loisirs"].value.reviewed


def test_one_draft_at_a_time_and_a_binned_one_comes_back(
    evaluations: EvaluationService, draft: UUID, loic: UUID
) -> None:
    with pytest.raises(Refusal, match="evaluation_draft_exists"):
        evaluations.draft.start(loic, Start(kind=EvaluationKind.ANNUAL))
    evaluations.draft.bin(draft)
    assert evaluations.reading.current(loic) is None
    other = evaluations.draft.start(loic, Start(kind=EvaluationKind.ANNUAL))
    with pytest.raises(Refusal, match="evaluation_draft_exists"):
        evaluations.draft.restore(draft)
    complete(evaluations, other)
    evaluations.course.freeze(other)
    evaluations.draft.restore(draft)
    assert evaluations.reading.view(draft).evaluation.number == 2


def test_nothing_is_written_in_an_evaluation_that_is_in_the_bin(
    evaluations: EvaluationService, draft: UUID, loic: UUID
) -> None:
    before = evaluations.reading.view(draft)
    field = before.fields[STEP].value
    evaluations.draft.bin(draft)
    for act in (
        lambda: evaluations.draft.save_step(field.id, {"note": "Écrit trop tard."}),
        lambda: evaluations.draft.save(draft, {"no_need_reason": "x"}),
        lambda: evaluations.draft.review(field.id),
        lambda: evaluations.draft.bin(draft),
        lambda: evaluations.findings.add(draft, STEP, FindingKind.FACT),
        lambda: evaluations.course.freeze(draft),
    ):
        with pytest.raises(Refusal, match="not_found"):
            act()
    assert evaluations.reading.current(loic) is None
    evaluations.draft.restore(draft)
    assert evaluations.reading.current(loic) == draft
    assert evaluations.reading.view(draft).fields[STEP].value == field
    save(evaluations, draft, STEP, note="Écrit à temps.")
    assert evaluations.reading.view(draft).fields[STEP].value.note == "Écrit à temps."


def test_a_short_evaluation_explores_three_fields_and_asks_less(evaluations: EvaluationService, loic: UUID) -> None:
    with pytest.raises(Refusal, match="evaluation_choose_fields"):
        evaluations.draft.start(loic, Start(kind=EvaluationKind.SHORT, short_fields=FIELDS[:2]))
    with pytest.raises(Refusal, match="evaluation_choose_fields"):
        evaluations.draft.start(loic, Start(kind=EvaluationKind.SHORT, short_fields=("a", "b", "c")))
    id_ = evaluations.draft.start(loic, Start(kind=EvaluationKind.SHORT, short_fields=FIELDS))
    steps = [step.code for step in evaluations.reading.view(id_).session.steps()]
    assert steps == [
        "accueil",
        "entourage",
        "formation_emploi",
        "loisirs",
        "situation_concrete",
        "analyse",
        "restitution",
    ]
    complete(evaluations, id_)
    assert not codes(evaluations, id_)
    evaluations.course.freeze(id_)


def test_what_would_stay_as_it_is_for_ever_is_told(
    evaluations: EvaluationService, loic: UUID, context: Context
) -> None:
    id_ = evaluations.draft.start(loic, Start(kind=EvaluationKind.SHORT, short_fields=FIELDS))
    complete(evaluations, id_)
    need = evaluations.findings.add(id_, "analyse", FindingKind.NEED)
    field = evaluations.reading.view(id_).fields["loisirs"].value.id
    DeskService(context).keep([Draft("explored_field", field, "again_on", "29/02/27")])
    assert not codes(evaluations, id_)  # nothing of it blocks
    told = [(one.problem.code, one.place.field) for one in evaluations.reading.left_as_is(id_)]
    assert ("evaluation_left_draft", "loisirs/again_on") in told
    assert ("evaluation_left_unworded", f"analyse/finding.{need}") in told
    assert ("evaluation_left_unexplored", "restitution") in told
    evaluations.findings.save(need, {"wording": "se qualifier"})
    codes_left = {one.problem.code for one in evaluations.reading.left_as_is(id_)}
    assert "evaluation_left_unworded" not in codes_left
    evaluations.course.freeze(id_)
    assert not evaluations.reading.left_as_is(id_)


def test_a_fact_has_its_source_and_its_date_before_a_version_is_frozen(
    evaluations: EvaluationService, draft: UUID
) -> None:
    """What is made from words of the note has both; what comes from elsewhere waits for its date."""
    complete(evaluations, draft)
    save(evaluations, draft, STEP, note=NOTE)
    evaluations.findings.add(draft, STEP, FindingKind.FACT, Words(BRUNO, BRUNO + 10))
    assert not codes(evaluations, draft)
    fact = evaluations.findings.add(draft, STEP, FindingKind.FACT)
    evaluations.findings.save(fact, {"wording": "Contrat signé en mars"})
    (blocking,) = evaluations.reading.blocking(draft)
    assert (blocking.problem.code, blocking.place.field) == ("evaluation_fact_unsourced", f"{STEP}/finding.{fact}")
    assert "Contrat signé en mars" in sentence(blocking.problem)
    evaluations.findings.save(fact, {"source_on": date(2026, 11, 18)})
    assert not codes(evaluations, draft)
    evaluations.findings.save(fact, {"source": ""})
    assert codes(evaluations, draft) == {"evaluation_fact_unsourced"}
    # An appraisal is the officer's own: it asks for neither.
    evaluations.findings.save(fact, {"kind": FindingKind.PROTECTION})
    assert not codes(evaluations, draft)


def test_needs_are_ordered_by_hand_and_a_priority_has_its_reason(evaluations: EvaluationService, draft: UUID) -> None:
    complete(evaluations, draft)
    first = evaluations.reading.view(draft).findings[0].value.id
    second = evaluations.findings.add(draft, "loisirs", FindingKind.NEED)
    fact = evaluations.findings.add(draft, "loisirs", FindingKind.FACT)
    evaluations.findings.save(fact, {"source_on": date(2026, 11, 18)})
    assert {one.value.priority for one in evaluations.reading.view(draft).findings} == {None}
    evaluations.findings.prioritise(first, True)
    evaluations.findings.prioritise(second, True)
    assert places(evaluations, draft) == {first: 1, second: 2, fact: None}
    evaluations.findings.move(second, -1)
    assert places(evaluations, draft) == {first: 2, second: 1, fact: None}
    assert codes(evaluations, draft) == {"evaluation_priority_reason"}
    evaluations.findings.prioritise(second, False)
    assert places(evaluations, draft) == {first: 1, second: None, fact: None}
    evaluations.findings.save(first, {"priority_reason": "Il le demande."})
    assert not codes(evaluations, draft)
    with pytest.raises(Refusal, match="not_found"):
        evaluations.findings.prioritise(fact, True)


def places(evaluations: EvaluationService, id_: UUID) -> dict[UUID, int | None]:
    return {one.value.id: one.value.priority for one in evaluations.reading.view(id_).findings}


def test_one_resumes_at_the_first_incomplete_question(evaluations: EvaluationService, draft: UUID) -> None:
    save(evaluations, draft, "accueil", state=FieldState.EXPLORED)
    position = evaluations.reading.view(draft).session.first_incomplete()
    assert position is not None
    assert (position.step, position.question) == ("antecedents", "antecedents_note")


def test_what_follows_is_dated_and_the_dpip_alone_stamps(
    evaluations: EvaluationService, draft: UUID, dpip_context: Context, context: Context, moving: MovableClock
) -> None:
    with pytest.raises(Refusal, match="evaluation_freeze_first"):
        evaluations.course.record(draft, EventCode.SHARED, date(2026, 11, 22))
    complete(evaluations, draft)
    evaluations.course.freeze(draft)
    with pytest.raises(Refusal, match="date_in_future"):
        evaluations.course.record(draft, EventCode.SHARED, date(2026, 11, 23))
    with pytest.raises(Refusal, match="evaluation_before_frozen"):
        evaluations.course.record(draft, EventCode.SHARED, date(2026, 11, 1))
    evaluations.course.record(draft, EventCode.SHARED, date(2026, 11, 22))
    assert evaluations.reading.view(draft).version.state is EvaluationState.SHARED
    officer = make_officer(context.ids, Role.CPIP, identifier="valbrune-09")
    plain = Context(context.store, dataclasses.replace(dpip_context.actor, officer=officer))
    with pytest.raises(Refusal, match="not_allowed"):
        EvaluationService(plain, AccessService(plain)).course.record(draft, EventCode.SEEN, date(2026, 11, 22))
    dpip = EvaluationService(dpip_context, AccessService(dpip_context))
    with pytest.raises(Refusal, match="reason_needed"):
        dpip.course.record(draft, EventCode.RETURNED, date(2026, 11, 22))
    moving.move(minutes=1)
    dpip.course.record(draft, EventCode.SEEN, date(2026, 11, 22))
    assert dpip.reading.view(draft).version.state is EvaluationState.SEEN


def test_a_secretariat_never_opens_an_evaluation(context: Context, draft: UUID, loic: UUID) -> None:
    officer = make_officer(context.ids, Role.SECRETARIAT, identifier="valbrune-12")
    plain = Context(context.store, dataclasses.replace(context.actor, officer=officer))
    closed = EvaluationService(plain, AccessService(plain))
    for act in (
        lambda: closed.reading.view(draft),
        lambda: closed.reading.versions(loic),
        lambda: closed.draft.start(loic, Start(kind=EvaluationKind.INITIAL)),
    ):
        with pytest.raises(Refusal, match="not_allowed"):
            act()


def test_no_mandate_no_new_evaluation(evaluations: EvaluationService, loic: UUID, context: Context) -> None:
    situation = SituationService(context, AccessService(context), Catalogue())
    (custody,) = situation.penal(loic).custodies
    situation.custodies.save_fields(custody.value.id, {"ends": date(2026, 11, 1)})
    with pytest.raises(Refusal, match="no_active_basis"):
        evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))


def test_nothing_counts_or_weighs(evaluations: EvaluationService, draft: UUID, context: Context) -> None:
    """Loi 78-17 art. 95: the only numbers kept are the person's own rulers and the officer's own order."""
    with context.store.reading():
        numbers = {
            column.name
            for records in (rows.EVALUATIONS, rows.FIELDS, rows.FINDINGS)
            for column in records.table.columns
            if str(column.type) in ("INTEGER", "FLOAT")
        }
    assert numbers == {"number", "form_version", "start", "priority", "lock"}


def test_every_refusal_has_its_sentence() -> None:
    assert set(REFUSALS) <= known_codes()
