"""Which tables travel in packages and how their records merge; which never leave, and why.

A table that is in neither list fails a test: whoever adds one says here what becomes of it.
"""

from dataclasses import dataclass

from spip_desktop.db import every_table  # noqa: F401  what travels is looked up by the name of its table
from spip_desktop.domain.merging import Rules

OFFICER, DEFINITION, PAPER, PIECE = "officer", "definition", "issued_document", "piece"
_PLAIN = Rules()


@dataclass(frozen=True, slots=True)
class Kind:
    """How the records of one table travel. `grows_only`: they are added and never change; `for_visa`: they go with a
    document that is sent for a visa; `of_service`: they are not of one person, and go when a dossier points at them."""

    rules: Rules = _PLAIN
    grows_only: bool = False
    for_visa: bool = False
    of_service: bool = False


def _kind(*together: tuple[str, ...], frozen_by: str = "", for_visa: bool = False) -> Kind:
    return Kind(Rules(together, frozen_by), for_visa=for_visa)


#: What travels, in the order in which a package carries it: what others point at comes first.
TRAVELS: dict[str, Kind] = {
    "person": _kind(
        ("phone_state", "phone"),
        ("rqth_status", "rqth_until"),
        ("ppaip_from", "ppaip_until"),
        ("legal_protection", "protector_name"),
        for_visa=True,
    ),
    "partner": Kind(of_service=True),
    "assignment": _kind(for_visa=True),
    "contact": Kind(),
    "address": Kind(),
    "identity_document": Kind(),
    "custody": _kind(("ends", "end_reason"), for_visa=True),
    "sentence_sheet": _kind(for_visa=True),
    "basis": _kind(for_visa=True),
    "measure": _kind(("ended_on", "end_reason"), for_visa=True),
    "obligation": _kind(for_visa=True),
    "evaluation": _kind(("frozen_on", "frozen_by"), frozen_by="frozen_on", for_visa=True),
    "explored_field": _kind(("note", "marks"), ("said_on", "said_how"), for_visa=True),
    "finding": _kind(("priority", "priority_reason"), for_visa=True),
    "pacep": _kind(
        ("level", "level_reason"), ("submitted_on", "submitted_by"), frozen_by="submitted_on", for_visa=True
    ),
    "board_review": _kind(frozen_by="issued_on", for_visa=True),
    "contribution": _kind(frozen_by="settled_on", for_visa=True),
    "prescription": _kind(("near_employment", "near_employment_reason", "near_employment_on"), frozen_by="ready_on"),
    "interview": _kind(frozen_by="closed_on"),
    "preparation": Kind(),
    "meeting_place": Kind(of_service=True),
    "appointment": _kind(("day", "begins", "lasts"), ("where", "place_id", "place_detail")),
    **dict.fromkeys(("obligation_check", "obligation_proof", "payment", "payment_plan"), Kind()),
    **dict.fromkeys(("hours_line", "work_session", "work_terms"), Kind()),
    "breach": Kind(),
    "incident": Kind(),
    "request": Kind(),
    "event": Kind(grows_only=True, for_visa=True),
    "todo_outcome": Kind(),
    "carried": Kind(),
    "retention_hold": Kind(),
    "handover": Kind(),
    PAPER: Kind(grows_only=True, for_visa=True),
}

#: Documents that are frozen, and the records that some are made of, which are frozen with them.
FREEZES = tuple(name for name, kind in TRAVELS.items() if kind.rules.frozen_by)
PARTS: dict[str, tuple[str, ...]] = {"evaluation": ("explored_field", "finding")}
PART_OF = {part: f"{whole}_id" for whole, parts in PARTS.items() for part in parts}

#: What goes with them, in a form of its own: the name of an officer who wrote or follows, never what they may do here;
#: the forms and lists that records cite; long contents in pieces.
ALONG = frozenset({OFFICER, DEFINITION})

_OF_THE_STORE = "of this store alone: its keys, its journal, its places, its exchanges"
_OF_THE_SERVICE = "a setting of the service"
#: What never travels, and why.
STAYS: dict[str, str] = {
    "confidence": "its author's alone, wherever the dossier goes (design.md §5)",
    "access_answer": "asked of the authority that this service answers through; another service is asked anew",
    "draft": "not accepted yet: it is nobody's record",
    "person_duplicate": "each station looks at its own pairs; a merge travels as the changes it makes",
    "interim": "opens dossiers to the officers of this store",
    "erasure": "what this store erased; the other store keeps by its own rules",
    "public_structure": "open data, installed by each service",
    "public_service": "open data, installed by each service",
    "need_partner": _OF_THE_SERVICE,
    **dict.fromkeys(
        (
            *("service", "service_sheet", "service_form", "rule_setting", "carrying_setting", "load_ratio"),
            *("caseload_view", "permanence"),
        ),
        _OF_THE_SERVICE,
    ),
    "officer_absence": "who is absent when, in this service alone",
    "known_word": "what the spelling of this store was taught",
    **dict.fromkeys(("store_info", "journal", "place", "technical_log", "public_import"), _OF_THE_STORE),
    **dict.fromkeys(("contact_station", "package_sent", "package_received", "import_staging"), _OF_THE_STORE),
    **dict.fromkeys(("transfer_waiting", "transfer_dispute", "revision_seal"), _OF_THE_STORE),
    "revision": "each of them is a line; the table itself is of this store",
}
