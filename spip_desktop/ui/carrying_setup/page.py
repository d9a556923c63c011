"""The page « Blocs à reporter »: every kind of block, and what the service decides of it."""

from collections.abc import Sequence
from datetime import date

from spip_desktop.domain import dates
from spip_desktop.domain.carrying import System
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.carrying import KindLine
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import clear, column, set_size
from spip_desktop.ui.page import Page
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import carrying as words
from spip_desktop.wording import sentence

_COLUMNS = (Column("Ce qui est noté ici"), Column("Où c’est saisi de nouveau", 336), Column("État", 168))
_EXPLAINED = (
    "Une ligne éteinte ne demande plus rien. Les rubriques d’APPI, de GENESIS et de PRISME sont à vérifier par le "
    "service : aucun manuel public ne les donne. Ce qu’aucun texte ne permet de saisir dans un logiciel n’est pas dans "
    "ses blocs, quel que soit le réglage."
)
_SINCE_HELP = "Vide : pour chaque dossier, depuis le jour où il a été créé ici."
_ON, _OFF = "oui", "non"


class CarryingSetupPage(Page):
    """A kind is chosen, changed from today on."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Blocs à reporter", name="carrying.setup")
        self._services, self._guard = services, guard
        self._lines: Sequence[KindLine] = ()
        self.panel: FactPanel | None = None
        spec = FieldSpec("since", "Demander les faits depuis le", FieldKind.DATE, help=_SINCE_HELP)
        self.since = FormView((spec,), parse_date=date_reader(services.clock.today, sentence))
        self.table = TableView(_COLUMNS, name="carrying.kinds", label="Blocs à reporter")
        self.change = self.set_primary("Changer", "pencil", self._ask, name="carrying.change")
        self._place = column(gap=0)
        self.add(SmallText(french_spaces(_EXPLAINED)), set_size(self.since, max_width=368), self._place, self.table)
        self.since.edited.connect(lambda _: self._set_since())
        self.table.current_changed.connect(lambda _: self._show_change())
        self.table.opened.connect(lambda _: self._ask())

    def open(self, place: Place) -> None:
        self.notice.hide()
        self._fold()
        self.reload()
        self.since.field("since").set_value(self._services.carrying.since())
        if not self.show_field(place.field):
            self.table.setFocus()

    def reload(self) -> None:
        self._lines = self._services.carrying.kinds()
        self.table.set_rows([RecordRow(one.kind.code, _cells(one)) for one in self._lines])
        self._show_change()

    def _show_change(self) -> None:
        self.change.set_available(self._line() is not None, "Choisissez une ligne.")

    def _line(self) -> KindLine | None:
        return next((one for one in self._lines if one.kind.code == self.table.current_key()), None)

    def _set_since(self) -> None:
        field, refusals = self.since.field("since"), list[Refusal]()
        if not field.parses():
            return
        day = field.value()
        self._guard.run(
            self._services.carrying.set_since, day if isinstance(day, date) else None, refused=refusals.append
        )
        field.set_problem(sentence(refusals[0]) if refusals else None)
        if not refusals:
            self.saved.emit(self._services.clock.now())

    # -- one kind --------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        line = self._line()
        if line is None:
            return
        self._fold()
        self.notice.hide()
        self.panel = self._made(line)
        self.panel.recorded.connect(self._applied)
        self.panel.left.connect(self._leave)
        self._place.addWidget(self.panel)
        self.panel.start()
        self.body.verticalScrollBar().setValue(0)

    def _made(self, line: KindLine) -> FactPanel:
        systems = tuple((one.value, words.SYSTEMS[one]) for one in System)
        form = FormView(
            (
                FieldSpec("in_use", "Ce bloc", FieldKind.RADIO, ((_ON, "En usage"), (_OFF, "Éteint"))),
                FieldSpec("system", "À saisir dans", FieldKind.RADIO, systems),
            )
        )
        form.field("in_use").set_value(_ON if line.kind.on else _OFF)
        form.field("system").set_value(line.kind.system.value)

        def record(shown: FormView) -> None:
            system = System(str(shown.value("system")))
            self._services.carrying.set_kind(line.kind.code, in_use=shown.value("in_use") == _ON, system=system)

        return FactPanel(line.kind.label, "Appliquer", form, record)

    def _applied(self) -> None:
        self._leave()
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence("C’est changé. « À reporter » le suit dès maintenant.")

    def _leave(self) -> None:
        self._fold()
        self.table.setFocus()

    def _fold(self) -> None:
        clear(self._place)
        self.panel = None


def _cells(line: KindLine) -> tuple[Cell, ...]:
    kind = line.kind
    since = f"depuis le {dates.short(line.since)}" if line.since else "comme fourni"
    checked = "" if kind.certain else words.TO_CHECK
    return (
        Cell(kind.label, bold=True),
        Cell(words.SYSTEMS[kind.system], "\n".join(part for part in (kind.rubric, checked) if part)),
        Cell("En usage" if kind.on else "Éteint", since, icon="check" if kind.on else "minus-circle"),
    )
