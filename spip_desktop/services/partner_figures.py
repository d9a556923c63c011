"""Figures per partner over a period: read, printed, written as a table; no name of anyone in them."""

from datetime import date

from spip_desktop import reference
from spip_desktop.db.partner import PARTNERS
from spip_desktop.db.partner_figures import facts
from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner_figures import Fate, PartnerFigures, figures
from spip_desktop.domain.text import NBSP
from spip_desktop.exchange.spreadsheet import french_csv
from spip_desktop.services.context import Context
from spip_desktop.services.printing import Printable
from spip_desktop.wording import partner as words

KIND = "partner_figures"


class PartnerFiguresService:
    """Each method is one act of the officer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of(self, starts: date, ends: date) -> list[PartnerFigures]:
        """The partners to whom sheets were handed over from `starts` to `ends`. Refusal `end_before_start`."""
        self._context.actor.require(Right.READ_PRESCRIPTION)
        if ends < starts:
            raise Refusal("end_before_start", "ends")
        codes = [one.code for one in reference.load("objective_results").entries]
        with self._context.store.reading() as tx:
            names = {one.id: one.name for one in PARTNERS.partly(tx, ("id", "name"))}
            return figures(facts(tx, starts, ends), names, codes)

    def paper(self, starts: date, ends: date) -> Printable:
        """The figures on A4, with the rule on small numbers."""
        self._context.actor.require(Right.PRINT)
        from spip_desktop.documents import listing  # reportlab: not before the first paper

        content = listing.render(
            words.FIGURES_TITLE,
            [listing.Column(head, share) for head, share in words.FIGURES_COLUMNS],
            [[*_counts(one), results_said(one)] for one in self.of(starts, ends)],
            day=self._context.clock.today(),
            demo=self._context.demonstration,
            subtitle=f"{_period(starts, ends)} {words.SMALL_NUMBERS}",
            foot=words.FIGURES_FOOT,
        )
        return Printable(title=words.FIGURES_TITLE, content=content, kind=KIND, object_id=self._context.officer_id)

    def table(self, starts: date, ends: date) -> bytes:
        """The figures as CSV for a French spreadsheet; the act has its line in the journal before it is written."""
        self._context.actor.require(Right.PRINT)
        found = self.of(starts, ends)
        rows = [_heads(), *(cells(one) for one in found), [_period(starts, ends)], [words.SMALL_NUMBERS]]
        with self._context.store.transaction(self._context.actor, "export_figures") as tx:
            tx.note("partner_figures")
        return french_csv(rows)


def _heads() -> list[str]:
    results = [one.label for one in reference.load("objective_results").entries]
    return ["Partenaire", "Fiches", *words.FATES.values(), "Délai médian (jours)", *results]


def cells(one: PartnerFigures) -> list[str]:
    """A row of the table, a column a number."""
    return [*_counts(one), *(_said(count) for count in one.results.values())]


def fates_said(one: PartnerFigures) -> str:
    """« Acceptées : 9, refusées : masqué »: those that are not nought."""
    if one.sheets is None:
        return words.HIDDEN
    found = [f"{words.FATES[fate]}{NBSP}: {_said(count)}" for fate, count in one.fates.items() if count != 0]
    return "\n".join(found)


def results_said(one: PartnerFigures) -> str:
    """« Atteint : 9, trop tôt pour le dire : 6 », where each may be told."""
    labels = reference.load("objective_results")
    found = [f"{labels.label(code)}{NBSP}: {count}" for code, count in one.results.items() if count]
    return ", ".join(found) or _said(None if None in one.results.values() else 0)


def _counts(one: PartnerFigures) -> list[str]:
    """A number that is hidden is said so."""
    return [one.partner, _said(one.sheets), *(_said(one.fates[fate]) for fate in Fate), delay_said(one)]


def _said(count: int | None) -> str:
    return words.HIDDEN if count is None else str(count)


def delay_said(one: PartnerFigures) -> str:
    return words.HIDDEN if one.delay is None else f"{one.delay:g}".replace(".", ",")


def _period(starts: date, ends: date) -> str:
    return f"Fiches remises du {dates.short(starts)} au {dates.short(ends)}."
