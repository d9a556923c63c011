"""The parts of « Obligations » that count: payments month by month, hours of work, hours out."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.hours import HoursLine, HoursStep, hours_on, pending, periods
from spip_desktop.domain.measure_rules import PROBATION
from spip_desktop.domain.money import euros
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.payment import Account, Month
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.week_hours import days_of, duration, in_words
from spip_desktop.domain.work import WorkSession, terms_on
from spip_desktop.services import obligation_words as words
from spip_desktop.services.obligation_view import FollowedHours, FollowedWork
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.labels import KeyValue, KeyValueRow, Paragraph, Section, SmallText, StateLabel
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView

#: Asks for a panel: its name, and what it is about.
Ask = Callable[[str, object], object]
_MONTHS = (Column("Mois"), Column("Prévu", 128), Column("Versé", 128), Column("", 176))
_SESSIONS = (Column("Séance", 144), Column("Durée", 112), Column("Heures", 176), Column("Organisme"), Column("", 200))
_HOURS = (Column("Depuis", 224), Column("Heures de sortie"), Column("Décidé par"))
_LATEST = 12


def _actions(*buttons: Button) -> FlowRow:
    line = FlowRow(gap=8, line_gap=8)
    line.add(*buttons)
    return line


def _button(text: str, icon: str, do: Callable[[], object], name: str) -> Button:
    made = Button(text, icon, name=name)
    made.clicked.connect(lambda: do())
    return made


class PaymentsPart(Section):
    """Where the payments of one obligation stand, and the last months."""

    def __init__(self, one: FollowedObligation, account: Account, name: str, ask: Ask, *, writes: bool) -> None:
        super().__init__("Versements", Paragraph(name), gap=8, name=f"payments.{one.obligation.id}")
        monthly = f"{euros(account.monthly)} par mois" if account.monthly else _no_monthly(account)
        self.add(
            KeyValueRow(
                [
                    ("Prévu à ce jour", euros(account.due), monthly),
                    ("Versé", euros(account.paid), words.whole_words(account)),
                    (_balance_name(account), euros(abs(account.balance)), _count(account)),
                ]
            )
        )
        if account.missed:
            self.add(StateLabel("alert-circle", words.missed_words(account), wrap=True))
        if writes:
            self.add(
                _actions(
                    _button("Versement", "plus", lambda: ask("payment", one), "payments.add"),
                    _button("Échéancier", "plus", lambda: ask("plan", one), "payments.plan"),
                )
            )
        table = TableView(_MONTHS, name="payments.months", label=f"Versements par mois, {name}")
        table.set_rows(
            [RecordRow(month, _month_cells(month, account)) for month in reversed(account.months[-_LATEST:])]
        )
        self.add(table)


def _no_monthly(account: Account) -> str:
    if account.next_plan:
        return f"à partir du {dates.short(account.next_plan.starts)}"
    return "échéancier fini" if account.planned else "sans échéancier"


def _count(account: Account) -> str:
    count = len(account.missed)
    return f"{count}{NBSP}mois sans versement" if count else ""


def _balance_name(account: Account) -> str:
    if account.balance >= 0:
        return "Il manque"
    return "De trop" if account.left is not None and account.left < 0 else "D’avance"


def _month_cells(month: Month, account: Account) -> tuple[Cell, ...]:
    """A month made up since, or paid ahead, is not told."""
    state = Cell("Sans versement", icon="alert-circle") if month in account.missed else Cell()
    if account.balance > 0 and month.due and 0 < month.paid < month.due:
        state = Cell("En partie", icon="half-circle")
    due = Cell(euros(month.due)) if month.due else Cell("—", tone="texte_2")
    return Cell(dates.month_of(month.first)), due, Cell(euros(month.paid), bold=month.paid > 0), state


class WorkPart(Section):
    """The hours of a TIG: done, left, until when, the decision that fixes them, the sessions."""

    def __init__(self, one: FollowedWork, today: date, ask: Ask, *, writes: bool) -> None:
        of = [] if one.measure.kind == "TIG" else [Paragraph(words.measure_name(one.measure))]
        super().__init__("Travail d’intérêt général", *of, gap=8, name=f"work.{one.measure.id}")
        count = one.count
        ordered = duration(count.ordered) if count.ordered is not None else "À noter"
        left = duration(count.left) if count.left is not None else "—"
        until = dates.short(count.until) if count.until else "À préciser"
        self.add(
            KeyValueRow(
                [
                    ("Heures prononcées", ordered, "20 à 400 h, art. 131-8"),
                    ("Faites", duration(count.done), words.unsigned_words(count)),
                    ("Il reste", left, "accompli" if count.is_done else ""),
                    ("Délai d’exécution", until, _WITHIN if one.measure.kind in PROBATION else _EIGHTEEN_MONTHS),
                ]
            )
        )
        typed = one.measure.hours_done
        if typed and typed * 60 != count.done:
            said = f"La Situation indique {typed}{NBSP}h faites{NBSP}; les séances notées font {duration(count.done)}."
            self.add(SmallText(said))
        marks = [words.over_words(week) for week in count.over]
        for said in (*marks, *(words.long_day_words(day) for day in count.long_days)):
            self.add(StateLabel("alert-circle", said, wrap=True))
        decided = terms_on(one.terms, today)
        self.add(
            Paragraph(words.terms_words(decided) if decided else _NO_TERMS, colour="texte" if decided else "texte_2")
        )
        if writes:
            self.add(
                _actions(
                    _button("Séance", "plus", lambda: ask("session", one), "work.add"),
                    _button("Décision", "plus", lambda: ask("terms", one), "work.terms"),
                )
            )
        self.table = TableView(_SESSIONS, name="work.sessions", label="Séances de travail")
        latest = one.sessions[: -_LATEST - 1 : -1]
        self.table.set_rows([RecordRow(line, _session_cells(line)) for line in latest])
        self.table.setVisible(bool(one.sessions))
        self.table.opened.connect(lambda line: ask("correct", line))
        self.add(self.table)
        if len(one.sessions) > len(latest):
            self.add(
                SmallText(f"Les {len(latest)} dernières séances{NBSP}; les autres sont dans tout ce qui est noté.")
            )


_EIGHTEEN_MONTHS, _WITHIN = "indicatif, 18 mois au plus, art. 131-22", "indicatif, celui de la mesure"
_NO_TERMS = "Organisme, travaux et horaires ne sont pas notés (art. R. 623-11)."


def _session_cells(one: WorkSession) -> tuple[Cell, ...]:
    signed = Cell("Feuille signée", icon="check") if one.signed else Cell("Feuille à faire signer", icon="half-circle")
    return (
        Cell(dates.short_with_day(one.done_on)), Cell(duration(one.minutes), bold=True),
        Cell(words.session_words(one)), Cell(one.host, one.note, discreet=True), signed,
    )  # fmt: skip


class HoursPart(Section):
    """The week in force, the requests that wait, and every change with who decided it."""

    def __init__(self, one: FollowedHours, today: date, ask: Ask, *, writes: bool) -> None:
        which = Paragraph(words.measure_name(one.measure))
        super().__init__("Heures de sortie", which, gap=8, name=f"hours.{one.measure.id}")
        for request in pending(one.lines):
            self.add(_request(request, one, ask, writes=writes))
        held = hours_on(one.lines, today)
        none = "Aucun horaire ne s’applique aujourd’hui." if one.lines else "Aucun horaire n’est noté."
        self.add(_week(held) if held else Paragraph(none, colour="texte_2"))
        if writes:
            self.add(
                _actions(
                    _button("Demande de changement", "plus", lambda: ask("asked", one), "hours.ask"),
                    _button("Horaires décidés", "plus", lambda: ask("granted", one), "hours.grant"),
                )
            )
        every = periods(one.lines)
        refused = [line for line in one.lines if line.step is HoursStep.REFUSED]
        self.table = TableView(_HOURS, name="hours.periods", label="Changements d’horaires")
        rows = [
            RecordRow(period.line, _period_cells(words.in_force_words(period, today), period.line)) for period in every
        ]
        rows += [RecordRow(line, _period_cells(f"Refus du {dates.short(line.happened_on)}", line)) for line in refused]
        self.table.set_rows(rows[::-1])
        self.table.setVisible(bool(rows))
        self.table.opened.connect(lambda line: ask("correct", line))
        self.add(self.table)


def _request(line: HoursLine, one: FollowedHours, ask: Ask, *, writes: bool) -> QWidget:
    """One request without its answer, and the two answers it can have."""
    holder = QWidget()
    inside = column(holder, gap=4)
    said = f"{words.hours_words(line)}, sans réponse"
    inside.addWidget(StateLabel("clock", said, role="bold", wrap=True))
    if line.note:
        inside.addWidget(SmallText(line.note, discreet=True))
    if writes:
        inside.addWidget(
            _actions(
                _button("Accordé", "check", lambda: ask("granted", line), "hours.granted"),
                _button("Refusé", "x-circle", lambda: ask("refused", line), "hours.refused"),
            )
        )
    return holder


def _week(line: HoursLine) -> QWidget:
    """The seven days of the week in force."""
    grid = FlowRow(gap=24, line_gap=8)
    grid.add(*(KeyValue(name.capitalize(), ranges.replace(", ", "\n") or "—") for name, ranges in days_of(line.slots)))
    grid.setAccessibleName(f"Semaine{NBSP}: {in_words(line.slots)}")
    return grid


def _period_cells(when: str, line: HoursLine) -> tuple[Cell, ...]:
    said = in_words(line.slots)
    return (
        Cell(when),
        Cell(said or line.note, line.note if said else "", discreet=True),
        Cell(words.authority_words(line)),
    )
