"""Walks through the shipped evaluation: any answers, any facts, any states, never a dead end."""

import re
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from spip_desktop import wording
from spip_desktop.domain.evaluation import Evaluation, EvaluationKind, ExploredField, FieldState
from spip_desktop.domain.text import fold
from spip_desktop.forms import loader
from spip_desktop.forms.answers import UNASKED_LABEL, answer_problem, answer_text
from spip_desktop.forms.schema import REFUSED, Kind, PromptKind, Question, Step, StepKind
from spip_desktop.forms.session import SETTLED, FormSession, Reason, session_for

FORM = loader.shipped("evaluation")
FIELDS = tuple(step.code for step in FORM.fields())
#: Words of the facts and of a decision already made: a person presumed innocent meets none of them.
ABOUT_FACTS = re.compile(
    r"\b(faits|passage a l acte|victimes?|infractions?|peine|tribunal|condamn\w+|delinqu\w+|ennuis|judiciaire|"
    r"obligation de soins|personne en face|recidive|se reproduire|decision du)\b"
)


def _answers(question: Question) -> st.SearchStrategy[object]:
    codes = [option.code for option in question.options]
    by_kind: dict[Kind, st.SearchStrategy[object]] = {
        Kind.NOTE: st.text(max_size=20),
        Kind.TEXT: st.text(max_size=20),
        Kind.YES_NO: st.sampled_from(["oui", "non"]),
        Kind.TICK: st.just("oui"),
        Kind.RULER: st.integers(0, 10),
        Kind.NUMBER: st.integers(0, 99),
        Kind.DATE: st.dates().map(date.isoformat),
    }
    if question.kind is Kind.CHOICE:
        return st.sampled_from(codes)
    if question.kind is Kind.CHOICES:
        shared = [option.code for option in question.options if not option.alone]
        return st.lists(st.sampled_from(shared), unique=True)
    return by_kind[question.kind]


ANY_ANSWERS = st.fixed_dictionaries(
    {}, optional={one.code: st.one_of(_answers(one), st.just(REFUSED), st.none()) for one in FORM.questions()}
)
#: Everything about a session but its form, which would fill the report of a failure.
SESSIONS = st.fixed_dictionaries(
    {
        "facts": st.fixed_dictionaries(
            {}, optional={"presumed_innocent": st.sampled_from(["oui", "non"]), "milieu": st.sampled_from(["MO", "MF"])}
        ),
        "answers": ANY_ANSWERS,
        "states": st.dictionaries(
            st.sampled_from([step.code for step in FORM.steps]), st.sampled_from(list(FieldState))
        ),
        "variant": st.sampled_from(["", "courte"]),
        "chosen": st.lists(st.sampled_from(FIELDS), unique=True, max_size=3).map(tuple),
        "rulers": st.frozensets(st.sampled_from(FIELDS)),
    }
)


@given(SESSIONS)
def test_every_way_through_holds_together(drawn: dict[str, Any]) -> None:
    session = FormSession(form=FORM, **drawn)
    steps = session.steps()
    shown = {one.code: step.code for step in steps for one in session.questions(step)}
    assert session.problems() == ()
    for missing in session.missing():
        assert missing.question in shown or missing.question == ""
        assert wording.sentence(missing.problem)
    place = session.first_incomplete()
    if place is None:
        assert session.progress().done == session.progress().total
    else:
        assert session.state(FORM.step(place.step)) not in SETTLED
        assert place.question == "" or shown[place.question] == place.step
    assert not set(session.set_aside()) & set(shown)


@given(SESSIONS)
def test_following_first_incomplete_comes_to_an_end(drawn: dict[str, Any]) -> None:
    session = FormSession(form=FORM, **drawn)
    answers, states = dict(session.answers), dict(session.states)
    for _ in range(300):
        walked = FormSession(
            form=FORM,
            facts=session.facts,
            answers=answers,
            states=states,
            variant=session.variant,
            chosen=session.chosen,
        )
        place = walked.first_incomplete()
        if place is None:
            break
        if place.question:
            answers[place.question] = REFUSED
        else:
            states[place.step] = FieldState.EXPLORED
    else:
        raise AssertionError("the walk never ends")
    left = {one.reason for one in walked.missing()} - {Reason.FIELDS_NOT_CHOSEN}
    assert left <= {Reason.REQUIRED}
    assert all(not walked.answers.get(one.question) for one in walked.missing() if one.reason is Reason.REQUIRED)


@given(SESSIONS)
def test_an_answer_to_a_hidden_question_reveals_nothing(drawn: dict[str, Any]) -> None:
    """What hangs on a question that is not shown is not shown either, whatever was answered before."""
    session = FormSession(form=FORM, **drawn)
    for step in session.steps():
        for question in session.questions(step):
            for one in question.visible_if.conditions if question.visible_if.every else ():
                parent = FORM.question(one.code)
                if parent is not None:
                    assert parent.visible_if.holds(session.answers, session.facts)


def _said(session: FormSession) -> list[str]:
    said = []
    for step in session.steps():
        said += [step.label, step.help]
        for kind in PromptKind:
            said += session.prompts(step, kind)
        for question in session.questions(step):
            said += [question.label, question.help, *(option.label for option in question.options)]
    return said


@given(ANY_ANSWERS, st.sampled_from(["MO", "MF"]), st.sampled_from(["oui", None]))
def test_a_person_presumed_innocent_never_sees_the_facts(
    answers: dict[str, object], milieu: str, presumed: str | None
) -> None:
    facts = {"milieu": milieu} | ({"presumed_innocent": presumed} if presumed else {})
    session = FormSession(form=FORM, facts=facts, answers=answers, rulers=frozenset(FIELDS))
    for text in _said(session):
        folded = fold(text).replace("rien sur les faits", "")
        assert not ABOUT_FACTS.search(folded), text


def test_the_words_of_the_facts_are_looked_for_rightly() -> None:
    """Positive control: someone convicted does meet them."""
    session = FormSession(form=FORM, facts={"presumed_innocent": "non"})
    assert sum(bool(ABOUT_FACTS.search(fold(text))) for text in _said(session)) > 8


def test_everyone_has_one_main_question_by_step() -> None:
    for presumed in ("oui", "non"):
        session = FormSession(form=FORM, facts={"presumed_innocent": presumed, "milieu": "MF"})
        for step in session.steps():
            assert len(session.prompts(step, PromptKind.MAIN)) == 1, step.code


def test_the_banner_of_a_person_presumed_innocent() -> None:
    assert FormSession(form=FORM, facts={"presumed_innocent": "non"}).banners() == ()
    said = FormSession(form=FORM, facts={"presumed_innocent": "oui"}).banners()
    assert said == ("Personne présumée innocente\u00a0: les faits ne sont pas abordés.",)


def test_eight_fields_each_with_a_note_and_rulers_off() -> None:
    assert len(FIELDS) == 8
    session = FormSession(form=FORM, facts={"presumed_innocent": "non"})
    for step in FORM.fields():
        assert step.note is not None
        assert step.questions[0] is step.note
        assert not any(one.kind is Kind.RULER for one in session.questions(step))
    with_rulers = FormSession(form=FORM, rulers=frozenset({"loisirs"}))
    assert sum(one.kind is Kind.RULER for one in with_rulers.questions(FORM.step("loisirs"))) == 2


def test_the_short_way() -> None:
    session = FormSession(form=FORM, variant="courte", chosen=("loisirs", "entourage"))
    codes = [step.code for step in session.steps()]
    assert codes == ["accueil", "entourage", "loisirs", "situation_concrete", "analyse", "restitution"]
    assert session.missing()[0].reason is Reason.FIELDS_NOT_CHOSEN
    third = FormSession(form=FORM, variant="courte", chosen=("loisirs", "entourage", "attitudes"))
    assert all(one.reason is not Reason.FIELDS_NOT_CHOSEN for one in third.missing())


def test_freezing_asks_for_little() -> None:
    asked = [question for question in FORM.questions() if question.required]
    assert [question.code for question in asked] == ["analyse_note"]
    assert all(step.needs_state == (step.kind is StepKind.FIELD) for step in FORM.steps)


def test_insufficient_information_settles_a_field() -> None:
    states = dict.fromkeys(FIELDS, FieldState.INSUFFICIENT)
    session = FormSession(form=FORM, states=states, answers={"analyse_note": "Vu une fois."})
    assert session.missing() == ()


def test_refusing_and_not_being_asked_are_two_things() -> None:
    question = FORM.question("hebergement")
    assert question
    session = FormSession(form=FORM, answers={"hebergement": REFUSED})
    assert session.refused(question)
    assert answer_text(question, REFUSED) == "A refusé de répondre"
    assert answer_text(question, None) == UNASKED_LABEL
    assert answer_text(question, "heberge") == "Hébergé(e) chez un proche"


def test_what_an_answer_cannot_be() -> None:
    def code(name: str, answer: object) -> str:
        question = FORM.question(name)
        assert question
        problem = answer_problem(question, answer)
        assert problem is None or wording.sentence(problem)
        return problem.code if problem else ""

    assert code("loisirs_importance", 0) == ""
    assert code("loisirs_importance", 11) == "ruler_out_of_range"
    assert code("loisirs_importance", True) == "ruler_out_of_range"
    assert code("hebergement", "chateau") == "not_an_option"
    assert code("ressources", ["aucune", "rsa"]) == "option_alone"
    assert code("langue", "x" * 121) == "too_long"
    assert code("restitution_le", "2027-02-29") == "not_a_date"
    assert code("dettes", "peut-être") == "not_an_option"


def test_a_stored_evaluation_gives_its_session() -> None:
    one, other = UUID(int=1), UUID(int=2)
    evaluation = Evaluation(
        id=one,
        lineage=one,
        person_id=other,
        number=1,
        kind=EvaluationKind.SHORT,
        started_on=date(2026, 11, 22),
        form_code="evaluation",
        form_version=1,
        short_fields=("loisirs",),
        presumed_innocent=True,
    )
    field = ExploredField(
        id=other, evaluation_id=one, person_id=other, step="loisirs", note="Football.", rulers=True,
        state=FieldState.PARTIAL, answers={"loisirs_importance": 7},
    )  # fmt: skip
    session = session_for(FORM, evaluation, [field], {"milieu": "MF"})
    step: Step = FORM.step("loisirs")
    assert session.variant == "courte"
    assert session.facts == {"presumed_innocent": "oui", "milieu": "MF"}
    assert session.answers["loisirs_note"] == "Football."
    assert session.progress_of(step).done == 2
    assert session.state(step) is FieldState.PARTIAL
