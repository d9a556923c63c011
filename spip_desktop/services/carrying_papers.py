"""What the blocks of « À reporter » say of papers: each from a step of its course and from the paper itself."""

from collections.abc import Mapping
from uuid import UUID

from spip_desktop.db.board_review import REVIEWS
from spip_desktop.db.evaluation import EVALUATIONS, FINDINGS
from spip_desktop.db.event import EVENTS
from spip_desktop.db.pacep import PACEPS
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.evaluation import Evolution, FindingKind
from spip_desktop.domain.event import Event
from spip_desktop.domain.pacep import Action, Objective, Pacep, live
from spip_desktop.domain.place import Place
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import SheetState
from spip_desktop.domain.text import uncapital
from spip_desktop.services.carrying_made import Made, Makes, Sources, by_id, listed, records_of
from spip_desktop.services.commission_labels import theme_of
from spip_desktop.services.prescription_definitions import in_force
from spip_desktop.wording.evaluation import KINDS as EVALUATION_KINDS
from spip_desktop.wording.pacep import LEVELS
from spip_desktop.wording.prescription import STATES as SHEET_STATES


def evaluations(tx: Transaction, sources: Sources) -> Makes:
    """Seen by the DPIP: what is to be worked on, in the words that were arrêtés."""
    events = records_of(tx, EVENTS, sources)
    papers = by_id(EVALUATIONS.find(tx, EVALUATIONS.table.c.id.in_({one.object_id for one in events.values()})))
    needs: dict[UUID, list[str]] = {}
    for one in FINDINGS.find(tx, FINDINGS.table.c.evaluation_id.in_(papers)):
        if one.kind is FindingKind.NEED and one.evolution is not Evolution.LIFTED:
            needs.setdefault(one.evaluation_id, []).append(one.words)
    for event in events.values():
        if paper := papers.get(event.object_id):
            yield (
                event.id,
                Made(
                    {
                        "date": dates.short(event.happened_on),
                        "type": EVALUATION_KINDS[paper.kind],
                        "version": str(paper.number),
                        "arretee_le": dates.short(paper.frozen_on),
                        "besoins": listed(needs.get(paper.id, ())),
                    },
                    Place("person.evaluation", paper.person_id),
                ),
            )


def plans(tx: Transaction, sources: Sources) -> Makes:
    """What entered into force, as it was put to the person."""
    events = records_of(tx, EVENTS, sources)
    papers = by_id(PACEPS.find(tx, PACEPS.table.c.id.in_({one.object_id for one in events.values()})))
    for event in events.values():
        if plan := papers.get(event.object_id):
            yield (
                event.id,
                Made(
                    {
                        "date": dates.short(event.happened_on),
                        "version": str(plan.number),
                        "niveau": LEVELS[plan.level].lower() if plan.level else "",
                        "motif_niveau": plan.level_reason,
                        "axes": listed(axis.title for axis in plan.live_axes()),
                        "objectifs": _objectives(plan),
                        "revue": dates.short(plan.next_review),
                    },
                    Place("person.pacep", plan.person_id),
                ),
            )


def boards(tx: Transaction, sources: Sources) -> Makes:
    """Advice for the CPU, which decides in GENESIS."""
    events = records_of(tx, EVENTS, sources)
    papers = by_id(REVIEWS.find(tx, REVIEWS.table.c.id.in_({one.object_id for one in events.values()})))
    for event in events.values():
        if review := papers.get(event.object_id):
            yield (
                event.id,
                Made(
                    {
                        "date": dates.short(review.held_on),
                        "theme": theme_of(review).lower(),
                        "situation": review.situation,
                        "avis": review.advice,
                        "parole": review.person_view,
                        "etabli_le": dates.short(event.happened_on),
                    },
                    Place("commission", review.id),
                ),
            )


def sheets(tx: Transaction, sources: Sources) -> Makes:
    """Each step that tells something: handed over, answered, closed."""
    from spip_desktop.db.deadline import partners

    events = records_of(tx, EVENTS, sources)
    papers = by_id(PRESCRIPTIONS.find(tx, PRESCRIPTIONS.table.c.id.in_({one.object_id for one in events.values()})))
    named = partners(tx, {one.partner_id for one in papers.values() if one.partner_id})
    asks = {code: _asks(tx, code) for code in {one.sheet_code for one in papers.values()}}
    for event in events.values():
        if sheet := papers.get(event.object_id):
            yield (
                event.id,
                Made(
                    {
                        "date": dates.short(event.happened_on),
                        "numero": sheet.sheet_number,
                        "partenaire": named[sheet.partner_id][0] if sheet.partner_id in named else "",
                        "demandes": _asked(sheet, event, asks),
                        "fait": SHEET_STATES[SheetState(event.code)].lower(),
                        "commentaire": event.comment,
                    },
                    Place("prescription", sheet.id),
                ),
            )


# -- inside --------------------------------------------------------------------------------------------------


def _objectives(plan: Pacep) -> str:
    """Each objective with its day, its actions below it."""
    lines = []
    for _, objective in plan.live_objectives():
        lines.append(f"- {_dated(objective.wording, objective)}")
        lines += [f"  . {_dated(_action(one), one)}" for one in live(objective.actions)]
    return "\n".join(lines)


def _action(one: Action) -> str:
    return ", ".join(part for part in (one.label, one.who) if part)


def _dated(words: str, one: Objective | Action) -> str:
    return f"{words}, pour le {dates.short(one.due)}" if one.due else words


def _asks(tx: Transaction, code: str) -> Mapping[str, str]:
    return {one.code: one.label for one in in_force(tx, code).form.asks}


def _asked(sheet: Prescription, event: Event, asks: Mapping[str, Mapping[str, str]]) -> str:
    """What was asked for, said once: when the sheet is handed over."""
    if event.code != SheetState.HANDED_OVER:
        return ""
    labels = asks[sheet.sheet_code]
    return " ; ".join(uncapital(labels.get(one, one)) for one in sheet.asks)
