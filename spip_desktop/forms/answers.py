"""One answer: whether it is one, whether the form can take it, how it reads on paper."""

from datetime import date

from spip_desktop.domain.dates import short
from spip_desktop.domain.errors import Problem
from spip_desktop.forms.schema import NO, REFUSED, RULER_HIGHEST, RULER_LOWEST, YES, Kind, Question

REFUSED_LABEL = "A refusé de répondre"
UNASKED_LABEL = "Question non posée"
_YES_NO = {YES: "Oui", NO: "Non"}


def is_answered(answer: object) -> bool:
    """Zero and « a refusé de répondre » are answers; nothing, blank text and an empty choice are not."""
    if isinstance(answer, str):
        return bool(answer.strip())
    return answer is not None and answer != () and answer != []


def answer_problem(question: Question, answer: object) -> Problem | None:
    """Why an answer cannot be taken as it is, or None."""
    if not is_answered(answer) or answer == REFUSED:
        return None
    if question.max_length:
        return _text_problem(question, answer)
    if question.kind is Kind.RULER:
        within = _whole(answer) and RULER_LOWEST <= int(str(answer)) <= RULER_HIGHEST
        return None if within else Problem("ruler_out_of_range", question.code)
    if question.kind is Kind.NUMBER:
        return None if _whole(answer) and int(str(answer)) >= 0 else Problem("number_expected", question.code)
    if question.kind is Kind.DATE:
        return None if _as_date(answer) else Problem("not_a_date", question.code)
    return _choice_problem(question, answer)


def answer_text(question: Question, answer: object) -> str:
    """The answer in French, as a document prints it."""
    if not is_answered(answer):
        return UNASKED_LABEL
    if answer == REFUSED:
        return REFUSED_LABEL
    if question.kind is Kind.DATE and (day := _as_date(answer)):
        return short(day)
    if question.kind is Kind.RULER:
        return f"{answer} sur {RULER_HIGHEST}"
    return ", ".join(_label(question, str(one)) for one in _listed(answer))


def _text_problem(question: Question, answer: object) -> Problem | None:
    if not isinstance(answer, str):
        return Problem("not_an_option", question.code)
    too_long = len(answer) > question.max_length
    return Problem("too_long", question.code, {"limit": question.max_length}) if too_long else None


def _choice_problem(question: Question, answer: object) -> Problem | None:
    codes = _listed(answer)
    if question.kind is not Kind.CHOICES and len(codes) != 1:
        return Problem("not_an_option", question.code)
    if not all(_is_option(question, code) for code in codes):
        return Problem("not_an_option", question.code)
    lonely = any((option := question.option(str(code))) and option.alone for code in codes)
    return Problem("option_alone", question.code) if lonely and len(codes) > 1 else None


def _is_option(question: Question, code: object) -> bool:
    if question.kind is Kind.YES_NO:
        return code in _YES_NO
    return code == YES if question.kind is Kind.TICK else question.option(str(code)) is not None


def _label(question: Question, code: str) -> str:
    option = question.option(code)
    if option:
        return option.label
    return _YES_NO.get(code, code) if question.kind in (Kind.YES_NO, Kind.TICK) else code


def _listed(answer: object) -> tuple[object, ...]:
    return tuple(answer) if isinstance(answer, tuple | list) else (answer,)


def _whole(answer: object) -> bool:
    return isinstance(answer, int) and not isinstance(answer, bool)


def _as_date(answer: object) -> date | None:
    try:
        return date.fromisoformat(str(answer))
    except ValueError:
        return None
