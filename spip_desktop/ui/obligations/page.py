"""« Obligations » of one person: the facts known of each, noted in a few keys, and the papers about them."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.hours import HoursLine, hours_on
from spip_desktop.domain.obligation import SuspensionProposal
from spip_desktop.domain.obligation_standing import FollowedObligation
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.domain.register import RegisterLine
from spip_desktop.services.obligation_view import FollowedHours, FollowedWork, FollowUp, WrittenLine
from spip_desktop.services.printing import Printable
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Section, StateLabel
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.obligations.panels import About, Panels
from spip_desktop.ui.obligations.parts import HoursPart, PaymentsPart, WorkPart
from spip_desktop.ui.obligations.rows import history_row, likely, names, obligation_row, usual, which
from spip_desktop.ui.obligations.specs import spec_of
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Column, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.obligation import EMPTY, EMPTY_ADVICE, suspension_said

KIND = "person.obligations"
_OBLIGATIONS = (Column("Mesure", 176), Column("Obligation"), Column("Ce qui est constaté"))
_HISTORY = (Column("Le", 128), Column("Quoi", 176), Column("Ce qui est noté"), Column("Par", 176))
#: What is noted of the row, the letter that does it, and the words of its button.
_KEYS = {
    "proof": ("J", "Justificatif"),
    "payment": ("V", "Versement"),
    "check": ("C", "Vérification"),
    "plan": ("E", "Échéancier"),
}
_USUAL = {
    "proof": "Noter un justificatif",
    "payment": "Noter un versement",
    "check": "Noter une vérification",
    "session": "Noter une séance",
    "asked": "Noter une demande",
    "granted": "Noter les horaires décidés",
}
_COPIES = (
    (CopyKept.CELL.value, "Pour la cellule, sans le motif"),
    (CopyKept.REGISTRY.value, "À garder au greffe"),
)


class ObligationsPage(DossierPage):
    """Enter on an obligation notes what is usual of it; the letters say which other line."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, "Obligations", KIND)
        self._panels = Panels(services, date_reader(services.clock.today, sentence))
        self.follow: FollowUp | None = None
        self._asked_at, self._which_copy = 0, False
        self.desk = FactDesk(services.desk, services.clock, "obligations_fact", guard.report)
        self.table = TableView(_OBLIGATIONS, name="obligations.table", label="Obligations")
        self.keys = FlowRow(gap=8, line_gap=8)
        self._buttons: dict[str, Button] = {}
        self.to_situation = LinkButton("Ouvrir «\u00a0Situation\u00a0»", name="obligations.situation")
        self.to_situation.clicked.connect(lambda: self.go("person.situation", self.person, "obligations"))
        self.empty = EmptyState(EMPTY, EMPTY_ADVICE, self.to_situation)
        self.section = Section("Constaté", self.table, self.keys, gap=8)
        self.proposals, self.parts = QWidget(), QWidget()
        self._proposal_lines, self._part_lines = column(self.proposals, gap=8), column(self.parts, gap=24)
        self.history_table = TableView(_HISTORY, name="obligations.history", label="Tout ce qui est noté")
        hint = "Entrée corrige une ligne, Suppr la retire"
        self.history_section = Section("Tout ce qui est noté", self.history_table, right=hint, gap=4)
        self.own_button = self.add_action("Mes obligations", "printer", self._ask_copy, name="obligations.own")
        self.print_button = self.add_action(
            "État pour le juge", "printer", self.print_document, name="obligations.state"
        )
        self.primary = self.set_primary(_USUAL["proof"], "plus", self._note_usual, name="obligations.note")
        for part in (self.desk, self.proposals, self.section, self.empty, self.parts, self.history_section):
            self.inside.addWidget(part)
        self._put_printing()
        self._connect()

    def _put_printing(self) -> None:
        self.printing = PrintLine(self.services.printing)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(outer.count() - 1, self.printing)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self.print_button.setFocus)

    def _connect(self) -> None:
        self.table.opened.connect(lambda _: self._note_usual())
        self.table.current_changed.connect(lambda _: self._say_usual())
        self.history_table.opened.connect(self._correct)
        for name, (letter, label) in _KEYS.items():
            button = Button(f"{label} ({letter})", "plus", name=f"obligations.{name}")
            button.clicked.connect(lambda _=False, one=name: self._note_current(one))
            self.keys.add(button)
            self._buttons[name] = button
            self._key(self.table, letter, partial(self._note_current, name))
        self._key(self.history_table, "Del", self._withdraw)
        self.desk.recorded.connect(self._on_recorded)
        self.desk.left.connect(self._on_left)
        self.desk.saved.connect(self.note_saved)
        self.desk.failed.connect(self.save_failed)

    def _key(self, table: TableView, key: str, do: object) -> None:
        shortcut = QShortcut(QKeySequence(key), table, context=Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(do)

    # -- showing ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """The first obligation has the focus, unless a line or a record is named."""
        self.desk.close_panel()
        super().open(place)
        self.body.verticalScrollBar().setValue(0)
        self._asked_at = 0  # where one was reading in another dossier says nothing of this one
        if self.content.isHidden() or self.person is None:
            return
        self.desk.come_back(self.person, self._panel)
        if self.desk.panel is None and not self._show_named(place.field):
            self._first().setFocus()

    def show_values(self, person_id: UUID) -> None:
        self.follow = follow = self.services.obligations.view(person_id)
        actor = self.services.context.actor
        writes, prints = actor.may(Right.WRITE_SITUATION), actor.may(Right.PRINT)
        something = bool(follow.obligations or follow.works or follow.hours)
        self.section.heading.set_title(f"Constaté au {dates.short(follow.today)}")
        self.table.set_rows([obligation_row(one, follow) for one in follow.obligations])
        self.section.setVisible(bool(follow.obligations))
        self.empty.setVisible(not something)
        self.keys.setVisible(writes)
        self.primary.setVisible(writes and something)
        for button in (self.own_button, self.print_button):
            button.setVisible(prints and something)
        self._show_proposals(follow, writes=writes)
        self._show_parts(follow, writes=writes)
        self.history_section.setVisible(bool(follow.history))
        about = names(follow)
        self.history_table.set_rows([history_row(one, about) for one in follow.history])
        self._say_usual()

    def _show_proposals(self, follow: FollowUp, *, writes: bool) -> None:
        """V09: noting that the probation stopped is the officer's, never the program's."""
        clear(self._proposal_lines)
        self.proposals.setVisible(bool(follow.proposals))
        for one in follow.proposals:
            self._proposal_lines.addWidget(StateLabel("info-circle", suspension_said(one), wrap=True))
            if writes:
                accept = Button("Noter la suspension", "check", name="obligations.suspend")
                accept.clicked.connect(partial(self._suspend, one))
                self._proposal_lines.addWidget(accept, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_parts(self, follow: FollowUp, *, writes: bool) -> None:
        clear(self._part_lines)
        parts: list[QWidget] = [WorkPart(one, follow.today, self._ask_about, writes=writes) for one in follow.works]
        parts += [HoursPart(one, follow.today, self._ask_about, writes=writes) for one in follow.hours]
        for one in follow.obligations:
            if account := one.account(follow.today):
                parts.append(PaymentsPart(one, account, which(one, follow), self._ask_about, writes=writes))
        for part in parts:
            self._part_lines.addWidget(part)
        self.parts.setVisible(bool(parts))

    def _say_usual(self) -> None:
        """The primary action, and the letters that suit the row in hand."""
        one = self._current()
        act = self._usual_act()[0]
        if act:
            self.primary.setText(_USUAL[act])
        pays = one is not None and usual(one) == "payment"
        for name in ("payment", "plan"):
            self._buttons[name].setVisible(pays)

    def _usual_act(self) -> tuple[str, object]:
        """What is noted most: of the row in hand, else of the work or of the hours."""
        one, follow = self._current(), self.follow
        if follow is None:
            return "", None
        if one is not None:
            work = next((work for work in follow.works if work.measure.id == one.measure.id), None)
            return (usual(one), work) if usual(one) == "session" else (usual(one), one)
        if follow.works:
            return "session", follow.works[0]
        first = follow.hours[0] if follow.hours else None
        return ("asked" if first and hours_on(first.lines, follow.today) else "granted", first) if first else ("", None)

    def _show_named(self, field: str) -> bool:
        """The row of the obligation or of the line that a place names."""
        for table in (self.table, self.history_table):
            for number, row in enumerate(table.records.rows):
                if field and str(row.key) == field:
                    table.setFocus()
                    table.setCurrentIndex(table.records.index(number, table.first_column()))
                    return True
        return bool(field and self.show_field(field))

    def _first(self) -> QWidget:
        if not self.section.isHidden():
            return self.table
        return self.to_situation if self.primary.isHidden() else self.primary

    def flush(self) -> bool:
        return self.desk.flush()

    def leave(self) -> None:
        self.printing.stop()

    # -- noting ----------------------------------------------------------------------------------------------

    def _current(self) -> FollowedObligation | None:
        """The obligation of the row in hand, else the first."""
        every = self.follow.obligations if self.follow else ()
        key = self.table.current_key()
        return next((one for one in every if one.obligation.id == key), every[0] if every else None)

    def _note_usual(self) -> None:
        act, about = self._usual_act()
        if about is not None and self.services.context.actor.may(Right.WRITE_SITUATION):
            self._ask_about(act, about)

    def _note_current(self, name: str) -> None:
        one = self._current()
        if one is None or not self.services.context.actor.may(Right.WRITE_SITUATION):
            return
        if name in ("proof", "check") or usual(one) == "payment":
            self._ask(f"{name}.{one.obligation.id}")

    def _ask_about(self, name: str, about: object) -> None:
        """A panel about what a part shows: an obligation, the work or the hours of a measure, a request, a line."""
        if isinstance(about, FollowedObligation):
            self._ask(f"{name}.{about.obligation.id}")
        elif isinstance(about, FollowedWork | FollowedHours):
            self._ask(f"{name}.{about.measure.id}")
        elif name == "correct":
            self._correct(about.id if isinstance(about, RegisterLine) else about)
        elif isinstance(about, HoursLine):
            self._ask(f"{name}.{about.id}")

    def _correct(self, key: object) -> None:
        line = self._line(key)
        if line is not None and line.stands and self.services.context.actor.may(Right.WRITE_SITUATION):
            self._ask(f"correct.{line.line.id}")

    def _withdraw(self) -> None:
        line = self._line(self.history_table.current_key())
        if line is not None and line.stands and self.services.context.actor.may(Right.WRITE_SITUATION):
            self._ask(f"withdraw.{line.line.id}")

    def _line(self, key: object) -> WrittenLine | None:
        return next((one for one in (self.follow.history if self.follow else ()) if one.line.id == key), None)

    def _ask(self, name: str) -> None:
        if self.person is not None and self.desk.writes(name, self.person):
            return
        panel = self._panel(name)
        if self.person is not None and panel is not None:
            scroll = self.body.verticalScrollBar()
            self._asked_at = scroll.value()
            self.desk.ask(name, self.person, panel)
            scroll.setValue(0)

    def _panel(self, name: str) -> FactPanel | None:
        """The panel of that name, or None once what it is about has gone."""
        act, _, number = name.partition(".")
        id_ = UUID(number)
        if act in ("correct", "withdraw"):
            written = self._line(id_)
            if written is None or not written.stands:
                return None
            make = self._panels.correct if act == "correct" else self._panels.withdraw
            return make(spec_of(written.line), written.line)
        about = self._about(act, id_)
        return None if about is None else self._panels.note(act, about)

    def _about(self, act: str, id_: UUID) -> About | None:
        follow, person = self.follow, self.person
        if follow is None or person is None:
            return None
        for one in follow.obligations:
            if one.obligation.id == id_:
                known, shown = {"obligation_id": id_}, likely(act, one, follow)
                return About(person=person, known=known, words=which(one, follow), shown=shown)
        for request in (line for hours in follow.hours for line in hours.lines):
            if request.id == id_:
                known = {"measure_id": request.measure_id, "answers": id_}
                shown = {"slots": request.slots, "starts": request.starts} if act == "granted" else {}
                return About(person=person, known=known, shown=shown)
        for work in follow.works:
            if work.measure.id == id_:
                host = work.sessions[-1].host if work.sessions else ""
                return About(person=person, known={"measure_id": id_}, shown={"host": host} if act == "session" else {})
        return About(person=person, known={"measure_id": id_}, shown={})

    def _suspend(self, proposal: SuspensionProposal) -> None:
        situation = self.services.situation
        take_back = partial(situation.take_back_suspension, proposal)
        self.act(lambda: situation.accept_suspension(proposal), "Suspension notée", take_back)

    def _on_left(self) -> None:
        self.reload()
        self._back_where_asked()

    def _back_where_asked(self) -> None:
        """The panel was at the top: the lines that one was reading come back in sight, once they are laid out."""
        self._first().setFocus()
        QTimer.singleShot(0, self, lambda: self.body.verticalScrollBar().setValue(self._asked_at))

    def _on_recorded(self) -> None:
        if self._which_copy:  # the panel only asked which copy to print
            self._which_copy = False
            return
        self.band.clear()
        self.saved.emit(self.services.clock.now())
        self.notice.show_sentence("Noté.")
        self.reload()
        self._back_where_asked()

    # -- papers ----------------------------------------------------------------------------------------------

    def print_document(self) -> None:
        """« État des obligations », for the judge (Ctrl+P)."""
        if not self.print_button.isHidden():
            self._print(lambda person: self.services.obligations.papers.state(person))

    def _ask_copy(self) -> None:
        """Under écrou, which of the two copies; elsewhere there is one."""
        person, papers = self.person, self.services.obligations.papers
        if person is None:
            return
        usual = papers.usual_copy(person)
        if usual is CopyKept.HOME:
            self._print(lambda person: papers.own(person, CopyKept.HOME))
            return
        form = FormView((FieldSpec("kept", "Exemplaire", FieldKind.RADIO, options=_COPIES),))
        form.field("kept").set_value(usual.value)

        def prepare(shown: FormView) -> None:
            self._which_copy = True
            self._print(lambda person: papers.own(person, CopyKept(str(shown.value("kept")))))

        self.desk.open(FactPanel("Mes obligations", "Préparer l’exemplaire", form, prepare))

    def _print(self, make: object) -> None:
        person = self.person
        paper = self.guard.run(lambda: person and make(person), refused=self.tell)  # type: ignore[operator]
        if isinstance(paper, Printable):
            self.printing.ask(paper)
