"""Codes of the shipped lists as an act receives them."""

from datetime import date

from spip_desktop.domain.errors import Refusal
from spip_desktop.reference import load


def chosen(of: str, code: str, field: str, day: date) -> str:
    """The code, of the list as it is on that day; nothing of nothing. Refusal `choose_one` for another."""
    if code and code not in {one.code for one in load(of).on(day)}:
        raise Refusal("choose_one", field)
    return code
