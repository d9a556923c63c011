"""Dated facts of a sheet, each said in one line."""

from collections.abc import Sequence
from datetime import date

from spip_desktop import reference
from spip_desktop.domain.disclosure import lowered
from spip_desktop.domain.event import Event
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.prescription_states import AGREEMENT, REMINDER, Agreement, SheetState
from spip_desktop.domain.sheet_answer import told as answer_told
from spip_desktop.domain.text import NBSP
from spip_desktop.services.prescription import FoundSheet, PrescriptionView, TickChoice

#: What the line of a fact says of its detail, in the order noted; a bilan's answers have lines of their own.
_SAID = frozenset({"channel", "recipient", "meeting", "hour", "told_by", "tells", "known_by", "said_by", "result"})


def told(view: PrescriptionView) -> list[tuple[date | None, str]]:
    """Every fact of the sheet with its day, the oldest first; the answers of a bilan stand under it, without a day."""
    given = view.prescription
    found: list[tuple[date | None, str]] = []
    if given.amendment_reason:
        reason = lowered(reference.load("amendment_reasons").label(given.amendment_reason))
        more = f" {given.amendment_comment}" if given.amendment_comment else ""
        found.append((given.drafted_on, f"Nouvelle version préparée{NBSP}: {reason}.{more}"))
    if given.ready_on:
        number, code = grouped(given.sheet_number, 4), grouped(given.answer_code, 3)
        found.append((given.ready_on, f"Fiche prête, n°{NBSP}{number}, code de réponse {code}"))
    for event in view.events:
        found.append((event.happened_on, event_words(event, view.paper_ticks)))
        found += [
            (None, answer_told(field, event.detail[field.code]))
            for field in view.answer_fields
            if event.code == SheetState.REPORTED and field.code in event.detail
        ]
    return found


def event_words(event: Event, ticks: Sequence[TickChoice]) -> str:
    """« Accord de la personne : oui, fiche lue à voix haute. »."""
    detail, comment = event.detail, _comment(event)
    if event.code == AGREEMENT:
        answer = reference.load("agreements").label(detail["answer"]).lower()
        aloud = ", fiche lue à voix haute" if detail.get("read_aloud") == "oui" else ""
        return f"Accord de la personne{NBSP}: {answer}{_parted(event, ticks)}{aloud}.{comment}"
    if event.code == REMINDER:
        return "Partenaire relancé par lettre."
    words = reference.load("prescription_states").label(event.code)
    parts = [_detail(key, text) for key, text in detail.items() if key in _SAID]
    if "reason" in detail:
        kind = "cancel_reasons" if event.code == SheetState.CANCELLED else "refusal_reasons"
        parts.append(lowered(reference.load(kind).label(detail["reason"])))
    said = f"{words}{NBSP}: {', '.join(parts)}" if parts else words
    return f"{said}.{comment}"


def _comment(event: Event) -> str:
    """The person's own words are quoted, the officer's are not."""
    if not event.comment:
        return ""
    theirs = event.code in (AGREEMENT, SheetState.WITHDRAWN)
    return f" «{NBSP}{event.comment}{NBSP}»" if theirs else f" {event.comment}"


def _parted(event: Event, ticks: Sequence[TickChoice]) -> str:
    """What an « en partie » leaves out, or keeps where that is shorter to say."""
    if event.detail["answer"] != Agreement.PARTIAL or "accepted" not in event.detail:
        return ""
    kept = set(event.detail["accepted"].split())
    accepted, refused = [one for one in ticks if one.code in kept], [one for one in ticks if one.code not in kept]
    word, named = ("sauf", refused) if len(refused) <= len(accepted) else ("seulement", accepted)
    labels = ", ".join(f"«{NBSP}{one.label}{NBSP}»" for one in named)
    return f", {word} {labels}" if labels else ", aucune des cases cochées"


def _detail(key: str, text: str) -> str:
    if key == "channel":
        return lowered(reference.load("channels").label(text))
    if key == "told_by":
        return lowered(reference.load("notice_channels").label(text))
    if key == "known_by":
        return lowered(reference.load("known_by").label(text))
    if key == "result":
        return lowered(reference.load("objective_results").label(text))
    if key == "tells":
        return f"dit à la personne{NBSP}: {lowered(reference.load('who_tells').label(text))}"
    return {"recipient": f"à {text}", "meeting": f"le {text}", "hour": f"à {text}"}.get(key, text)


def came_back(found: FoundSheet) -> str:
    """What the search says of a sheet found by its code."""
    state = reference.load("prescription_states").label(found.state)
    return f"Noter la réponse{NBSP}: {found.partner}, {lowered(state)}"
