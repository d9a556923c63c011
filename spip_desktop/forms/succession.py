"""What a new version of a form must keep, so that what was written with the former one still means the same.

The program itself relies on some of it: the steps by their code, the frame told at the first interview, and what is
never asked of a person presumed innocent.
"""

from collections.abc import Collection, Iterator

from spip_desktop.domain.errors import Problem
from spip_desktop.forms.schema import YES, Form, Prompt, PromptKind, Question, may_hold

PRESUMED = "presumed_innocent"


def succession_problems(ours: Form, new: Form, relied_on: Collection[str]) -> tuple[Problem, ...]:
    """Why the new version cannot take the place of the form shipped; `relied_on`: questions the program reads."""
    return (
        *_facts(ours, new),
        *_steps(ours, new),
        *_questions(ours, new, relied_on),
        *_presumption(ours, new),
    )


def asked_of_the_presumed(before: Form, new: Form) -> tuple[str, ...]:
    """What is new or worded otherwise and would be asked of a person presumed innocent: for someone to read."""
    known = {(one.code, one.label) for one in before.questions()}
    told = {one.text for one in _prompts(before)}
    found: list[str] = []
    for step in new.steps:
        found += [one.text for one in step.prompts if one.text not in told and may_hold(one.ways, PRESUMED, YES)]
        found += [
            one.label
            for one in step.questions
            if (one.code, one.label) not in known and may_hold(one.ways, PRESUMED, YES)
        ]
    return tuple(found)


def shown_to_the_person(before: Form, new: Form) -> tuple[str, ...]:
    """What is new or worded otherwise and would stand before the person alone, on the screen or on paper."""
    told = set(_before_the_person(before))
    return tuple(words for words in _before_the_person(new) if words not in told)


def _before_the_person(form: Form) -> Iterator[str]:
    """Every sentence of the shared view, in its order."""
    for step in form.steps:
        if step.own_questions:
            yield step.own_label or step.label
        yield from (one.text for one in step.prompts if one.kind is PromptKind.SELF_ASSESSMENT)
        for question in step.own_questions:
            yield question.label
            yield from (option.label for option in question.options)


def _facts(ours: Form, new: Form) -> Iterator[Problem]:
    """A fact that the program does not know would never be so."""
    known = {one.code: set(one.values) for one in ours.facts}
    for fact in new.facts:
        if not set(fact.values) <= known.get(fact.code, set()):
            yield Problem("form_fact_unknown", "file", {"fact": fact.code})


def _steps(ours: Form, new: Form) -> Iterator[Problem]:
    kinds = {step.code: step.kind for step in new.steps}
    for step in ours.steps:
        if kinds.get(step.code) is not step.kind:
            yield Problem("form_step_gone", "file", {"label": step.label, "step": step.code})
    for step in new.steps:
        if step.note is None:
            yield Problem("form_without_note", "file", {"label": step.label, "step": step.code})
    for variant in ours.variants:
        if new.variant(variant.code) is None:
            yield Problem("form_variant_gone", "file", {"label": variant.label, "variant": variant.code})


def _questions(ours: Form, new: Form, relied_on: Collection[str]) -> Iterator[Problem]:
    for question in ours.questions():
        kept = new.question(question.code)
        if kept is None and (question.required or question.code in relied_on):
            yield Problem("form_question_gone", "file", {"label": question.label, "code": question.code})
        elif kept and kept.kind is not question.kind:
            yield Problem("form_kind_changed", "file", {"label": kept.label, "code": question.code})
        elif kept and kept.is_own is not question.is_own:
            yield Problem("form_speaker_changed", "file", {"label": kept.label, "code": question.code})
        elif kept and question.is_own:
            yield from _own_answers(question, kept)


def _own_answers(question: Question, kept: Question) -> Iterator[Problem]:
    """What the person chose is set beside the findings, by its code."""
    for option in question.options:
        if kept.option(option.code) is None:
            yield Problem("form_own_answer_gone", "file", {"label": kept.label, "answer": option.code})


def _presumption(ours: Form, new: Form) -> Iterator[Problem]:
    """A person presumed innocent is not questioned on the facts (practice.md)."""
    for question in ours.questions():
        kept = new.question(question.code)
        if kept and _spares(question) and not _spares(kept):
            yield Problem("form_asks_the_presumed", "file", {"label": kept.label, "code": kept.code})
    spared = {one.text for one in _prompts(ours) if not may_hold(one.ways, PRESUMED, YES)}
    for prompt in _prompts(new):
        if prompt.text in spared and may_hold(prompt.ways, PRESUMED, YES):
            yield Problem("form_asks_the_presumed", "file", {"label": prompt.text, "code": ""})
    if not any(may_hold(one.ways, PRESUMED, YES) for one in new.banners):
        yield Problem("form_banner_gone", "file")


def _prompts(form: Form) -> Iterator[Prompt]:
    for step in form.steps:
        yield from step.prompts


def _spares(question: Question) -> bool:
    return not may_hold(question.ways, PRESUMED, YES)
