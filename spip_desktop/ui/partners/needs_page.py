"""« Besoins et partenaires »: for each field of the evaluation, whom the service thinks of; kept by hand."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, fold
from spip_desktop.services.partner_needs import LONGEST_NOTE, NeedLine
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec, LineField
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.labels import EmptyState, Paragraph
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "partners.needs"
_COLUMNS = (Column("Besoin", 232), Column("Partenaire", 360), Column("Quand et pourquoi y penser"))
_HOW = (
    "Le service note ici à qui penser pour chaque champ de l’évaluation. Ces partenaires sont proposés d’abord quand "
    "une fiche sert un besoin trouvé dans ce champ. Rien n’est choisi à votre place, et rien ici ne concerne une "
    "personne suivie."
)
_MAY_NOT = "Votre rôle ne permet pas de changer ce tableau."


class NeedsPage(Page):
    """One row a partner, under the field it answers to."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Besoins et partenaires", name=KIND)
        self._services, self._guard, self._needs = services, guard, services.partners.needs
        self.history = History(self)
        self.step = ChoiceField(FieldSpec("need_step", "Besoin", FieldKind.CHOICE, self._needs.steps()))
        self.partner = ChoiceField(FieldSpec("need_partner", "Partenaire", FieldKind.CHOICE))
        self.note = LineField(
            FieldSpec("need_note", "Quand et pourquoi y penser", help="Facultatif.", max_length=LONGEST_NOTE)
        )
        self.write, self.cancel = Button("Ajouter", name="needs.write"), QuietButton("Ne rien ajouter", name="needs.no")
        self.table = TableView(_COLUMNS, name="needs.table", label="Besoins et partenaires")
        self.empty = EmptyState("Aucun partenaire noté.", "Ajoutez d’abord celui à qui vous pensez le plus souvent.")
        self.remove = self.add_action("Retirer", "trash", self._remove, name="needs.remove")
        self.new = self.set_primary("Ajouter une ligne", "plus", self._ask, name="needs.add")
        may = services.context.actor.may(Right.WRITE_PARTNER)
        self.new.set_available(may, "" if may else _MAY_NOT)
        self.remove.setVisible(may)
        self._build()

    def _build(self) -> None:
        self.panel = QWidget()
        inside, buttons = column(self.panel, gap=8), FlowRow(gap=8)
        buttons.add(self.write, self.cancel)
        for part in (self.step, self.partner, self.note, buttons):
            inside.addWidget(part)
        self.panel.hide()
        self.add(Paragraph(_HOW, colour="texte_2"), self.panel, self.table, self.empty)
        self.write.clicked.connect(self._record)
        self.cancel.clicked.connect(self.panel.hide)
        self.table.opened.connect(self._open)

    def open(self, place: Place) -> None:
        self.history.clear()
        self.reload()
        if not self.show_field(place.field):
            (self.table if self.table.records.rows else self.new).setFocus()

    def reload(self) -> None:
        labels = dict(self._needs.steps())
        lines = self._needs.lines()
        order = {code: at for at, code in enumerate(labels)}
        lines.sort(key=lambda one: order.get(one.need.step, len(order)))
        self.lines = {line.need.id: line for line in lines}
        self.table.set_rows(
            [
                RecordRow(one.need.id, _cells(one, label), group=label)
                for one in lines
                for label in (labels.get(one.need.step, one.need.step),)
            ]
        )
        if lines and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.records.index(0, 0))
        self.table.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.remove.set_available(bool(lines))

    # -- acts ------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        self.band.clear()
        offered = [
            (f"{partner.id} {service.id}", f"{partner.name}, {service.name}" if service.name else partner.name)
            for partner in sorted(self._services.partners.all(), key=lambda one: fold(one.name))
            for service in partner.services
        ]
        self.partner.set_options(tuple(offered))
        self.note.set_value("")
        self.panel.show()
        self.step.setFocus()

    def _record(self) -> None:
        chosen = str(self.partner.value() or "").split()
        if len(chosen) != 2:
            self.partner.set_problem("Choisissez un partenaire.")
            self.partner.setFocus()
            return
        partner, service = (UUID(one) for one in chosen)
        step, note = str(self.step.value() or ""), str(self.note.value() or "")
        if self._act(lambda: self._needs.add(step, partner, service, note)):
            self.panel.hide()
            self.table.setFocus()

    def _remove(self) -> None:
        key = self.table.current_key()
        if isinstance(key, UUID):
            self._act(lambda: self._needs.bin(key), "Ligne retirée", lambda: self._needs.restore(key))

    def _open(self, key: object) -> None:
        line = self.lines.get(key) if isinstance(key, UUID) else None
        if line:
            self.go("partner", line.need.partner_id)

    def undo(self) -> None:
        def take_back() -> None:
            if said := self.history.undo():
                self.reload()
                self.notice.show_sentence(said)

        self._guard.run(take_back, refused=self._tell)

    def _act(self, do: Callable[[], object], said: str = "", undo: Callable[[], object] | None = None) -> bool:
        refusals: list[Refusal] = []
        self._guard.run(do, refused=refusals.append)
        if refusals:
            self._tell(refusals[0])
            return False
        self.band.clear()
        self.saved.emit(self._services.clock.now())
        if said and undo:
            self.history.push(Step(f"{said}{NBSP}: annulé", undo))
            self.notice.show_sentence(said, self.undo)
        self.reload()
        return True

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


def _cells(line: NeedLine, need: str) -> tuple[Cell, ...]:
    state = "" if line.offered else "n’est plus proposé"
    second = ", ".join(part for part in (line.service, state) if part)
    return (Cell(need), Cell(line.partner, second, bold=True), Cell(line.need.note))
