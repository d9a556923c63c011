"""The PDF to fill in: which sheet it is the answer of, as one line that tells when it was changed."""

from dataclasses import dataclass
from hashlib import blake2b

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import CROCKFORD, is_sheet_number, read_answer_code
from spip_desktop.domain.sheet_answer import AnswerField, AnswerFieldKind, box_code

IDENTITY = "fiche"
"""The name of the field that holds the line; a partner neither sees nor changes it."""
_SIGNS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIdentity:
    """Which sheet, of which version of which model."""

    sheet_code: str
    sheet_version: int
    number: str
    answer_code: str


def line_of(identity: FormIdentity) -> str:
    """« mission_locale 4 7K3M9QXF F7K3QX 5TB2WZ0Q »: the last word checks the others."""
    words = f"{identity.sheet_code} {identity.sheet_version} {identity.number} {identity.answer_code}"
    return f"{words} {_checksum(words)}"


def read_line(text: str) -> FormIdentity:
    """The identity of a line; Refusals `form_not_ours` (not such a line), `form_checksum` (it was changed)."""
    words = text.split(" ")
    if len(text) > 120 or len(words) != 5 or not words[1].isascii() or not words[1].isdigit():
        raise Refusal("form_not_ours")
    code, version, number, answer, checksum = words
    if checksum != _checksum(" ".join(words[:4])):
        raise Refusal("form_checksum")
    if not is_sheet_number(number) or read_answer_code(answer) != answer:
        raise Refusal("form_checksum")
    return FormIdentity(sheet_code=code, sheet_version=int(version), number=number, answer_code=answer)


def _checksum(words: str) -> str:
    """It tells a slip or a mended file from the one that was made; it is no signature and needs no secret."""
    number = int.from_bytes(blake2b(words.encode(), digest_size=5, person=b"retour").digest(), "big")
    return "".join(CROCKFORD[number >> 5 * place & 31] for place in range(_SIGNS))


def names_of(fields: tuple[AnswerField, ...]) -> frozenset[str]:
    """The names that the fields of a PDF have: one for each line, one for each box."""
    return frozenset(name for field in fields for name in _names(field))


def _names(field: AnswerField) -> tuple[str, ...]:
    if field.kind is not AnswerFieldKind.TICKS:
        return (field.code,)
    return tuple(box_code(field.code, int(option)) for option, _ in field.options)


def typed_in(fields: tuple[AnswerField, ...], values: dict[str, str], on: str) -> dict[str, str]:
    """What was typed, by field: the boxes of one answer together. `on` is the value of a ticked box.

    Refusal `form_fields` when the names are not those of the sheet, `answer_box` for a box neither on nor off.
    """
    if values.keys() != names_of(fields):
        raise Refusal("form_fields")
    found = {}
    for field in fields:
        if field.kind is not AnswerFieldKind.TICKS:
            found[field.code] = values[field.code]
            continue
        ticked = [code for code, _ in field.options if _is_on(field, values[box_code(field.code, int(code))], on)]
        found[field.code] = " ".join(ticked)
    return found


def _is_on(field: AnswerField, value: str, on: str) -> bool:
    if value not in (on, "Off", ""):
        raise Refusal("answer_box", field.code)
    return value == on
