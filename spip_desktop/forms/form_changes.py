"""What a version of a form asks otherwise than another, field by field, before anything is installed."""

from collections.abc import Iterator

from spip_desktop.domain.form_changes import Around, Aspect, ChangeKind, Difference, QuestionChange, StepChange
from spip_desktop.forms.schema import Form, Prompt, Question, Step


def changes_between(before: Form, now: Form) -> tuple[StepChange, ...]:
    """The steps where something moved, in the order of the new version, those that are gone last."""
    former = {step.code: step for step in before.steps}
    found = [_step(before, now, former.get(step.code), step) for step in now.steps]
    kept = {step.code for step in now.steps}
    found += [_step(before, now, step, None) for step in before.steps if step.code not in kept]
    return tuple(one for one in found if _says(one))


def around(before: Form, now: Form) -> tuple[tuple[Around, str], ...]:
    """What moved beside the questions: what it is, and its words."""
    former, later = {one.code: one for one in before.steps}, {one.code: one for one in now.steps}
    kept = [code for code in later if code in former]
    found = [(Around.TITLE, now.title)] if before.title != now.title else []
    if kept != [code for code in former if code in later]:
        found.append((Around.ORDER, ", ".join(one.label for one in now.steps)))
    old, new = ([(one.text, one.ways) for one in form.banners] for form in (before, now))
    found += [(Around.BANNER_NEW, text) for text, ways in new if (text, ways) not in old]
    found += [(Around.BANNER_GONE, text) for text, ways in old if (text, ways) not in new]
    found += [(Around.VARIANT, one.label) for one in now.variants if one != before.variant(one.code)]
    found += [(Around.STEP_HELP, later[code].label) for code in kept if former[code].help != later[code].help]
    states = [code for code in kept if former[code].needs_state != later[code].needs_state]
    return (*found, *((Around.STEP_STATE, later[code].label) for code in states))


def _says(change: StepChange) -> bool:
    renamed = bool(change.before) and change.before != change.label
    return change.kind is not ChangeKind.CHANGED or renamed or bool(change.questions or change.spoken)


def _step(before: Form, now: Form, was: Step | None, is_: Step | None) -> StepChange:
    shown = is_ or was
    assert shown is not None
    kind = ChangeKind.CHANGED if was and is_ else ChangeKind.NEW if is_ else ChangeKind.GONE
    return StepChange(
        kind=kind,
        label=shown.label,
        before=was.label if was and is_ else "",
        questions=tuple(_questions(before, now, was, is_)),
        spoken=tuple(_spoken(was, is_)),
    )


def _questions(before: Form, now: Form, was: Step | None, is_: Step | None) -> Iterator[QuestionChange]:
    for question in is_.questions if is_ else ():
        former = before.question(question.code)
        if former is None:
            yield QuestionChange(kind=ChangeKind.NEW, label=question.label)
        elif differences := tuple(_differences(before, former, question, is_)):
            yield QuestionChange(kind=ChangeKind.CHANGED, label=question.label, differences=differences)
    for question in was.questions if was else ():
        if now.question(question.code) is None:
            yield QuestionChange(kind=ChangeKind.GONE, label=question.label)


def _differences(before: Form, was: Question, is_: Question, step: Step | None) -> Iterator[Difference]:
    former = before.step_of(was.code)
    if former and step and former.code != step.code:
        yield Difference(aspect=Aspect.PLACE, before=former.label, now=step.label)
    for aspect, old, new in (
        (Aspect.WORDING, was.label, is_.label),
        (Aspect.HELP, was.help, is_.help),
    ):
        if old != new:
            yield Difference(aspect=aspect, before=old, now=new)
    yield from _answers(was, is_)
    for aspect, same in (
        (Aspect.CONDITION, was.ways == is_.ways),
        (Aspect.REQUIRED, was.required == is_.required),
        (Aspect.KIND, was.kind is is_.kind),
        (Aspect.LENGTH, was.max_length == is_.max_length),
    ):
        if not same:
            yield Difference(aspect=aspect)


def _answers(was: Question, is_: Question) -> Iterator[Difference]:
    for option in is_.options:
        former = was.option(option.code)
        if former is None:
            yield Difference(aspect=Aspect.ANSWER_NEW, now=option.label)
        elif former.label != option.label:
            yield Difference(aspect=Aspect.ANSWER_WORDING, before=former.label, now=option.label)
    for option in was.options:
        if is_.option(option.code) is None:
            yield Difference(aspect=Aspect.ANSWER_GONE, before=option.label)


def _spoken(was: Step | None, is_: Step | None) -> Iterator[tuple[ChangeKind, str]]:
    old, new = _told(was), _told(is_)
    yield from ((ChangeKind.NEW, one.text) for one in new if one not in old)
    yield from ((ChangeKind.GONE, one.text) for one in old if one not in new)


def _told(step: Step | None) -> tuple[Prompt, ...]:
    return step.prompts if step else ()
