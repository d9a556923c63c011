"""Amounts in whole cents of euro, read as one types them in French and written back the French way."""

import re

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP

#: Thousands by three after a space or a point; a comma or a point before one or two figures of cents.
_TYPED = re.compile(r"(\d{1,3}(?:[ .]\d{3})+|\d{1,9})(?:[,.](\d{1,2}))?")
_MOST = 20_000_000_00


def parse_cents(text: str, field: str = "") -> int | None:
    """« 1 250,50 », « 60 », « 60 € », « 1250.5 » in cents. Empty gives None; Refusal `money_unreadable`."""
    typed = re.sub(r"[\u00a0\u202f\s]+", " ", text).strip().removesuffix("€").removesuffix(" euros").strip()
    if not typed:
        return None
    found = _TYPED.fullmatch(typed)
    if found is None:
        raise Refusal("money_unreadable", field, text=text)
    euros, cents = found.groups()
    amount = int(re.sub(r"[ .]", "", euros)) * 100 + int((cents or "").ljust(2, "0"))
    if amount > _MOST:
        raise Refusal("money_unreadable", field, text=text)
    return amount


def euros(cents: int) -> str:
    """« 1 250,50 € »; whole amounts without cents: « 60 € »."""
    sign, whole, rest = "-" if cents < 0 else "", *divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", NBSP)
    return f"{sign}{grouped}{f',{rest:02d}' if rest else ''}{NBSP}€"


def amount(cents: int) -> str:
    """The same without the sign of the currency, as it is typed back."""
    return euros(cents).removesuffix(f"{NBSP}€")
