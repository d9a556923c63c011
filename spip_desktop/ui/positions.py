"""Places in a note: the domain counts signs, Qt counts UTF-16 units (an emoji is one sign and two units)."""


def to_units(text: str, signs: int) -> int:
    """Where Qt puts the place that stands after so many signs."""
    return len(text[:signs].encode("utf-16-le")) // 2


def to_signs(text: str, units: int) -> int:
    """How many signs stand before a place of Qt's."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
