"""What a field and its value are called where two versions of a record stand side by side."""

import json
import re
from datetime import date, datetime
from typing import Any

from spip_desktop import reference
from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.leaves import Leaf
from spip_desktop.domain.merging import both
from spip_desktop.domain.text import french_spaces
from spip_desktop.wording.field_names import FIELDS, OF_KIND
from spip_desktop.wording.record_fields import BESIDE, EMPTY, LINES, LISTS, NO, OTHER_FIELD, TEXTS, YES

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def label(leaf: Leaf, kind: str) -> str:
    """What a field is called; a record inside another is told by its own names, not by those of its kind."""
    return field_name("" if leaf.inside else kind, leaf.field)


def field_name(kind: str, field: str) -> str:
    return OF_KIND.get((kind, field)) or FIELDS.get(field, OTHER_FIELD)


def text(field: str, value: Any) -> str:
    """The value as a person reads it; of several fields that go together, the first that says something."""
    if isinstance(value, dict):
        return next((text(name, one) for name, one in value.items() if one not in (None, "", [])), EMPTY)
    if value is None or value in ("", []):
        return EMPTY
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return "\n".join(one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in value)
    if isinstance(value, str) and _DAY.fullmatch(value):
        return dates.short(date.fromisoformat(value))
    return reference.load(LISTS[field]).label(str(value)) if field in LISTS else str(value)


def day(at: datetime) -> str:
    return dates.short(at.astimezone(PARIS).date())


def kept_together(field: str, mine: Any, theirs: Any, heading: str) -> Any:
    """Both values, one under the other or one beside the other, or None where they cannot stand together: a name, a
    number, a date, a choice in a list."""
    if isinstance(mine, dict) and isinstance(theirs, dict) and "note" in mine:
        return mine | {"note": both(mine["note"], theirs["note"], heading)}  # the marks stand where ours did
    if field == "answers" and " " not in f"{mine}".strip():
        return None  # the code of a choice
    if field in LINES and isinstance(mine, str) and isinstance(theirs, str):
        return french_spaces(BESIDE.format(mine=mine, theirs=theirs))
    return both(mine, theirs, heading) if field in TEXTS or isinstance(mine, list) else None
