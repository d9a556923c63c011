"""What a partner answers on a sheet, field by field: the same ones on paper, in the PDF to fill in and on screen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.sheet import Answer, AnswerKind, AnswerValue, SheetReturn
from spip_desktop.domain.text import NBSP, clean

TEXT_MAX = 120
"""Signs of one line."""
NOTE_LINE = 95
"""Signs that a handwritten line of the paper is worth: a note holds as many as its lines."""
MOST = 999
"""The largest number that is believed of a count of meetings or of hours."""
FARTHEST_DAYS = 5 * 366
"""Days from today, either way, in which a date told by a partner is believed."""
_SIGNER = "signe"


class AnswerFieldKind(StrEnum):
    TEXT = "text"
    NOTE = "note"
    DATE = "date"
    NUMBER = "number"
    TICKS = "ticks"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerField:
    """One field of the answer. `code` tells its place on the sheet; `options` are the boxes of TICKS (code, words).

    `limit` in signs for TEXT and NOTE; `past`: a day that has come; `up_to`: the code of the field it does not exceed.
    """

    code: str
    kind: AnswerFieldKind
    label: str
    part: str = ""
    limit: int = TEXT_MAX
    options: tuple[tuple[str, str], ...] = ()
    past: bool = False
    up_to: str = ""

    @property
    def title(self) -> str:
        """The label with the title of its part, where the label alone would not say what it is of."""
        return f"{self.part}{NBSP}: {self.label[:1].lower()}{self.label[1:]}" if self.part else self.label


def fields_of(answer: SheetReturn) -> tuple[AnswerField, ...]:
    """Every field of the answer in the order of the paper, the signer last."""
    found = [
        field
        for place, part in enumerate(answer.parts, 1)
        for index, one in enumerate(part.answers, 1)
        for field in _fields(one, f"r{place}_{index}", part.title)
    ]
    found += [
        AnswerField(code=signer_code(index), kind=_signer_kind(label), label=label, part="Signé")
        for index, label in enumerate(answer.signer, 1)
    ]
    return tuple(found)


def signer_code(index: int) -> str:
    return f"{_SIGNER}_{index}"


def blank_code(answer: str, index: int) -> str:
    """The field of the line beside a label, or after a box (`index` from 1)."""
    return f"{answer}_{index}"


def box_code(answer: str, index: int) -> str:
    """The box of a choice in the PDF (`index` from 1); on screen the boxes of one answer are one field."""
    return f"{answer}_c{index}"


def _signer_kind(label: str) -> AnswerFieldKind:
    return AnswerFieldKind.DATE if label == "Date" else AnswerFieldKind.TEXT


def _fields(answer: Answer, code: str, part: str) -> Iterator[AnswerField]:
    if answer.kind is AnswerKind.LINES:
        limit = answer.count * NOTE_LINE
        yield AnswerField(code=code, kind=AnswerFieldKind.NOTE, label=part, limit=limit)
    elif answer.kind is AnswerKind.BLANKS:
        for index, label in enumerate(answer.labels, 1):
            kind, bound = AnswerFieldKind(answer.value(index - 1).value), answer.up_to.get(label)
            yield AnswerField(
                code=blank_code(code, index), kind=kind, label=label, part=part, past=label in answer.past,
                up_to=blank_code(code, answer.labels.index(bound) + 1) if bound else "",
            )  # fmt: skip
    else:
        boxes = tuple((str(index), label) for index, label in enumerate(answer.labels, 1))
        yield AnswerField(code=code, kind=AnswerFieldKind.TICKS, label=part, options=boxes)
        for index, label in enumerate(answer.labels, 1):
            if label in answer.written:
                yield AnswerField(code=blank_code(code, index), kind=AnswerFieldKind.TEXT, label=label, part=part)


def checked(field: AnswerField, typed: str, today: date) -> str:
    """What is kept of what was typed: a date in ISO, boxes as their codes apart by a space.

    Refusal on the field: `too_long`, `control_signs`, `answer_date`, `answer_far`, `answer_to_come`, `answer_number`,
    `answer_box`.
    """
    if any((ord(sign) < 32 and sign not in "\n\r\t") or 127 <= ord(sign) < 160 for sign in typed):
        raise Refusal("control_signs", field.code)
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")  # as readers of PDF end a line
    text = clean(lines, lines=field.kind is AnswerFieldKind.NOTE).strip()
    if not text:
        return ""
    if field.kind is AnswerFieldKind.TICKS:
        return _boxes(field, text)
    if field.kind is AnswerFieldKind.DATE:
        return _day(field, text, today)
    if field.kind is AnswerFieldKind.NUMBER:
        return _number(field, text)
    if len(text) > field.limit:
        raise Refusal("too_long", field.code, limit=field.limit)
    return text


def _boxes(field: AnswerField, text: str) -> str:
    known, wanted = [code for code, _ in field.options], set(text.split())
    if not wanted <= set(known):
        raise Refusal("answer_box", field.code)
    return " ".join(code for code in known if code in wanted)


def _day(field: AnswerField, text: str, today: date) -> str:
    try:
        day = dates.parse_date(text[:40], today)
    except Refusal as refusal:
        raise Refusal("answer_date", field.code) from refusal
    if day is None:
        raise Refusal("answer_date", field.code)
    if abs(day - today) > timedelta(days=FARTHEST_DAYS):
        raise Refusal("answer_far", field.code)
    if field.past and day > today:
        raise Refusal("answer_to_come", field.code)
    return day.isoformat()


def _number(field: AnswerField, text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        raise Refusal("answer_number", field.code, limit=MOST)
    return str(int(text))


@dataclass(frozen=True, slots=True)
class Checked:
    """The answers that may be kept, by code, and what is wrong with the others."""

    values: Mapping[str, str]
    problems: tuple[Problem, ...]


def checked_all(fields: tuple[AnswerField, ...], typed: Mapping[str, str], today: date) -> Checked:
    """Every answer by its own rule, then beside the one it does not exceed; an empty one is left out."""
    values, problems, labels = {}, list[Problem](), {one.code: one.label for one in fields}
    for field in fields:
        try:
            value = checked(field, typed.get(field.code, ""), today)
        except Refusal as refusal:
            problems += refusal.problems
            continue
        if value:
            values[field.code] = value
    problems += [
        Problem("answer_above", one.code, {"label": labels[one.up_to]}) for one in fields if _above(one, values)
    ]
    return Checked(values, tuple(problems))


def _above(field: AnswerField, values: Mapping[str, str]) -> bool:
    """Whether a day (as kept, in ISO) or a number exceeds the one that bounds it."""
    value, bound = values.get(field.code), values.get(field.up_to)
    if not value or not bound:
        return False
    return int(value) > int(bound) if field.kind is AnswerFieldKind.NUMBER else value > bound


def told(field: AnswerField, value: str) -> str:
    """« Rendez-vous le : 12/01/2027 », as the page and the bilan say it."""
    if field.kind is AnswerFieldKind.DATE:
        shown = dates.short(date.fromisoformat(value))
    elif field.kind is AnswerFieldKind.TICKS:
        words = dict(field.options)
        shown = ", ".join(words[code] for code in value.split() if code in words)
    else:
        shown = value
    if not field.part:
        return f"{field.label}{NBSP}: {shown}"
    return f"{field.part}, {field.label[:1].lower()}{field.label[1:]}{NBSP}: {shown}"


__all__ = [
    "AnswerField", "AnswerFieldKind", "AnswerValue", "Checked", "blank_code", "box_code", "checked", "checked_all",
    "fields_of", "signer_code", "told",
]  # fmt: skip
