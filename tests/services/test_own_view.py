"""The person's own view through its service: what is asked, what is kept, what the officer wrote stays unseen."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind, Evolution, ExploredField, Finding, FindingKind, SaidHow
from spip_desktop.domain.evaluation_looks import TO_WORK_ON, Own, gap_between
from spip_desktop.domain.measure import PenalCategory
from spip_desktop.domain.text import fold
from spip_desktop.forms.loader import shipped
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation import EvaluationService
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.evaluation_own import OwnField
from spip_desktop.wording import sentence
from tests.older_form import as_first_edition
from tests.services.test_evaluation import complete, draft, evaluations, loic, save, set_category

__all__ = ["draft", "evaluations", "loic"]  # fixtures
STEP = "loisirs"
#: Nothing of these is said to the person, whoever they are (practice.md, « Never on the shared view »).
NEVER = (
    "risque",
    "besoin",
    "criminogene",
    "facteur",
    "faits",
    "infraction",
    "victime",
    "judiciaire",
    "delinqu",
    "peine",
)


def asked(evaluations: EvaluationService, id_: UUID, step: str = STEP) -> OwnField:
    return next(one for one in evaluations.own.share(id_).fields if one.step == step)


def stored(evaluations: EvaluationService, id_: UUID, step: str = STEP) -> ExploredField:
    return evaluations.reading.view(id_).fields[step].value


def test_eight_subjects_are_asked_in_words_that_suit_everybody(
    evaluations: EvaluationService, draft: UUID, context: Context
) -> None:
    shared = evaluations.own.share(draft)
    assert [one.step for one in shared.fields] == list(evaluations.own.steps(draft))
    assert len(shared.fields) == 8
    said = [
        words
        for one in shared.fields
        for words in (
            one.asked.title,
            one.asked.statement,
            *(question.label for question in one.asked.questions),
            *(option.label for question in one.asked.questions for option in question.options),
        )
    ]
    assert all(one.asked.statement for one in shared.fields)
    assert [words for words in said if any(never in fold(words) for never in NEVER)] == []
    with context.store.reading() as tx:
        assert [line.act for line in journal.lines_about(tx.connection, draft)][-1] == "share_own_view"


def test_what_the_person_types_is_theirs_and_shown_again(evaluations: EvaluationService, draft: UUID) -> None:
    field = asked(evaluations, draft)
    assert field.answers == {}
    said = evaluations.own.say(
        field.id, {f"{STEP}_vecu": "changer", f"{STEP}_pour": " Le foot. ", f"{STEP}_confiance": 4}
    )
    assert not said.refused
    kept = stored(evaluations, draft)
    assert kept.answers == {f"{STEP}_vecu": "changer", f"{STEP}_pour": "Le foot.", f"{STEP}_confiance": 4}
    assert (kept.said_how, kept.said_on, kept.rulers) == (SaidHow.SCREEN, date(2026, 11, 22), True)
    assert asked(evaluations, draft).answers == kept.answers
    evaluations.own.say(field.id, {f"{STEP}_pour": ""})
    assert f"{STEP}_pour" not in stored(evaluations, draft).answers


def test_what_the_officer_wrote_down_is_not_shown_before_the_person_speaks(
    evaluations: EvaluationService, draft: UUID
) -> None:
    save(evaluations, draft, STEP, **{f"{STEP}_pour": "Noté par le CPIP"})
    assert stored(evaluations, draft).said_how is SaidHow.ALOUD
    assert asked(evaluations, draft).answers == {}


def test_what_the_officer_changes_is_no_longer_as_the_person_typed_it(
    evaluations: EvaluationService, draft: UUID
) -> None:
    evaluations.own.say(asked(evaluations, draft).id, {f"{STEP}_vecu": "ca_va"})
    save(evaluations, draft, STEP, **{f"{STEP}_vecu": "changer"})
    assert stored(evaluations, draft).said_how is SaidHow.ALOUD
    save(evaluations, draft, STEP, said_how="papier", said_on=date(2026, 11, 20))
    save(evaluations, draft, STEP, **{f"{STEP}_vecu": "appui"})
    kept = stored(evaluations, draft)
    assert (kept.said_how, kept.said_on) == (SaidHow.PAPER, date(2026, 11, 20))


def test_only_the_questions_of_the_person_are_written_and_only_in_a_draft(
    evaluations: EvaluationService, draft: UUID
) -> None:
    field = asked(evaluations, draft)
    for code in (f"{STEP}_echange", f"{STEP}_note", "state", "analyse_note"):
        with pytest.raises(KeyError):
            evaluations.own.say(field.id, {code: "x"})
    said = evaluations.own.say(field.id, {f"{STEP}_pour": "x" * 501, f"{STEP}_vecu": "autre", f"{STEP}_confiance": 11})
    assert {one.code for one in said.refused} == {"too_long", "not_an_option", "ruler_out_of_range"}
    assert stored(evaluations, draft).answers == {}
    complete(evaluations, draft)
    evaluations.course.freeze(draft)
    assert evaluations.own.steps(draft) == ()
    for act in (lambda: evaluations.own.share(draft), lambda: evaluations.own.say(field.id, {f"{STEP}_vecu": "ca_va"})):
        with pytest.raises(Refusal, match="frozen"):
            act()


def test_a_short_evaluation_asks_its_three_fields_and_a_prevenu_the_same_words(
    evaluations: EvaluationService, loic: UUID, context: Context, draft: UUID
) -> None:
    everybody = [one.asked for one in evaluations.own.share(draft).fields]
    evaluations.draft.bin(draft)
    set_category(context, loic, PenalCategory.REMAND)
    chosen = ("formation_emploi", "entourage", "loisirs")
    short = evaluations.draft.start(loic, Start(kind=EvaluationKind.SHORT, short_fields=chosen))
    assert set(evaluations.own.steps(short)) == set(chosen)
    shared = evaluations.own.share(short)
    assert all(one.asked in everybody for one in shared.fields)


def _finding(kind: FindingKind, evolution: Evolution = Evolution.NEW) -> Finding:
    nobody = UUID(int=1)
    return Finding(
        id=nobody, lineage=nobody, evaluation_id=nobody, person_id=nobody, step=STEP, kind=kind, wording="x",
        evolution=evolution,
    )  # fmt: skip


@given(st.sampled_from(["", *Own, "__refus__"]), st.lists(st.sampled_from(list(FindingKind)), max_size=6))
def test_a_gap_is_two_words_that_do_not_meet_and_no_figure(own: str, kinds: list[FindingKind]) -> None:
    """However many findings there are, and in whatever order: none weighs more than another."""
    gap = gap_between(own, [_finding(kind) for kind in kinds])
    noted = bool(set(kinds) & TO_WORK_ON)
    expected = (own == Own.CHANGE and not noted) or (own in (Own.STRENGTH, Own.FINE) and noted)
    assert (gap is not None) is expected
    assert gap is gap_between(own, [_finding(kind) for kind in [*reversed(kinds), *kinds]])
    assert gap_between(own, [_finding(kind, Evolution.LIFTED) for kind in kinds]) is gap_between(own, [])


# -- a draft begun with an older form ------------------------------------------------------------------------


def test_a_draft_of_an_older_form_goes_on_with_the_present_one_and_keeps_every_word(
    evaluations: EvaluationService, context: Context, draft: UUID
) -> None:
    save(evaluations, draft, STEP, note="Joue aux échecs.", loisirs_vecu="ca_va")
    as_first_edition(context, draft)
    again = EvaluationService(context, AccessService(context))
    assert again.own.steps(draft) == ()
    with pytest.raises(Refusal, match="own_view_nothing"):
        again.own.share(draft)
    assert again.own.asked_by_present_form(draft)
    before = again.reading.view(draft)
    again.draft.take_present_form(draft)
    after = again.reading.view(draft)
    assert after.evaluation.form_version == shipped("evaluation").version
    assert {code: one.value for code, one in after.fields.items()} == {
        code: one.value for code, one in before.fields.items()
    }
    assert len(again.own.share(draft).fields) == 8
    assert not again.own.asked_by_present_form(draft)
    with pytest.raises(Refusal, match="evaluation_form_present"):
        again.draft.take_present_form(draft)


def test_a_draft_that_would_lose_something_keeps_its_form_and_says_what(
    evaluations: EvaluationService, context: Context, draft: UUID
) -> None:
    """The older form asked a question that the present one no longer asks, and it was answered."""
    as_first_edition(context, draft, 'code = "loisirs_rythme"\nkind = "text"\nlabel = "Rythme"\n')
    again = EvaluationService(context, AccessService(context))
    save(again, draft, STEP, loisirs_rythme="Le soir.")
    with pytest.raises(Refusal, match="evaluation_form_loses") as refused:
        again.draft.take_present_form(draft)
    assert "Temps libre" in sentence(refused.value)
    assert again.reading.view(draft).evaluation.form_version == 1
    save(again, draft, STEP, loisirs_rythme="")
    again.draft.take_present_form(draft)
    assert again.reading.view(draft).evaluation.form_version == 2, "the control: emptied, it holds nothing back"
