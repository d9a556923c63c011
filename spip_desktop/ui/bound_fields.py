"""The fields of a record in one line each: a word, a note, a day, a choice, yes or no."""

from datetime import date

from spip_desktop import reference
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.binding import YES_NO, Bound, as_lines, by_commas, by_lines, certain, joined, truth, yes_or_no
from spip_desktop.ui.fields import FieldKind, FieldSpec

INTERNAL = f"Interne{NBSP}: n’apparaît sur aucun papier remis à un partenaire."


def options(list_code: str, today: date) -> tuple[tuple[str, str], ...]:
    """What a dated list offers today."""
    return reference.load(list_code).options(today)


def line(code: str, label: str, *, half: bool = True, help: str = "", most: int = 0, required: bool = False) -> Bound:
    width = "half" if half else "full"
    return Bound(FieldSpec(code, label, help=help, width=width, max_length=most, required=required))


def note(code: str, label: str, *, help: str = "", lines: int = 2) -> Bound:
    return Bound(FieldSpec(code, label, FieldKind.NOTE, help=help, lines=lines))


def day(code: str, label: str, *, help: str = "", required: bool = False) -> Bound:
    return Bound(FieldSpec(code, label, FieldKind.DATE, help=help, width="half", required=required))


def number(code: str, label: str, *, help: str = "") -> Bound:
    return Bound(FieldSpec(code, label, FieldKind.INTEGER, help=help, width="half"))


def choice(code: str, label: str, offered: tuple[tuple[str, str], ...], *, half: bool = True, help: str = "") -> Bound:
    width = "half" if half else "full"
    return Bound(FieldSpec(code, label, FieldKind.CHOICE, offered, help, width=width))


def radio(code: str, label: str, offered: tuple[tuple[str, str], ...], *, half: bool = True, help: str = "") -> Bound:
    width = "half" if half else "full"
    return Bound(FieldSpec(code, label, FieldKind.RADIO, offered, help, width=width))


def yes_no(code: str, label: str, *, always: bool = False, help: str = "") -> Bound:
    """Yes or no; with `always`, no answer means no."""
    spec = FieldSpec(code, label, FieldKind.RADIO, YES_NO, help, width="half")
    return Bound(spec, yes_or_no, certain if always else truth)


def words(code: str, label: str) -> Bound:
    return Bound(FieldSpec(code, label, help="Séparés par des virgules.", width="half"), joined, by_commas)


def lines(code: str, label: str, *, help: str = "") -> Bound:
    return Bound(FieldSpec(code, label, FieldKind.NOTE, help=help), as_lines, by_lines)
