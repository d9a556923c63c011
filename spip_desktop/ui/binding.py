"""Fields bound to the fields of a record: what is shown of a value, what a value is made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from spip_desktop.ui.fields import FieldSpec

Turn = Callable[[object], object]


def same(value: object) -> object:
    return value


@dataclass(frozen=True, slots=True)
class Bound:
    """One field of a page for one field of a record."""

    spec: FieldSpec
    show: Turn = same
    read: Turn = same


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one title, in reading order."""

    title: str
    fields: tuple[Bound, ...]


YES_NO = (("oui", "Oui"), ("non", "Non"))


def yes_or_no(value: object) -> object:
    """A truth value as its radio button; None is no answer yet."""
    return "" if value is None else "oui" if value else "non"


def truth(value: object) -> object:
    return {"oui": True, "non": False}.get(str(value))


def certain(value: object) -> object:
    """For a field that always has an answer: an answer taken back means no."""
    return value == "oui"


def joined(value: object) -> object:
    """Several short words as one types them, separated by commas."""
    return ", ".join(value) if isinstance(value, tuple) else value


def by_commas(value: object) -> object:
    return tuple(word.strip() for word in str(value or "").split(",") if word.strip())


def as_lines(value: object) -> object:
    return "\n".join(value) if isinstance(value, tuple) else value


def by_lines(value: object) -> object:
    return tuple(line.strip() for line in str(value or "").splitlines() if line.strip())


def count(value: object) -> object:
    """An empty number is zero where the record has no other way to say nothing."""
    return value or 0


def shown(bounds: Sequence[Bound], record: object) -> dict[str, object]:
    """What the fields show of a record."""
    return {bound.spec.code: bound.show(getattr(record, bound.spec.code)) for bound in bounds}


def read(bounds: Mapping[str, Bound], values: Mapping[str, object]) -> dict[str, object]:
    """What the record gets from the fields."""
    return {code: bounds[code].read(value) for code, value in values.items()}
