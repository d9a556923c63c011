"""The page « Échéances » of the settings: every rule, and what the service decides of it."""

from collections.abc import Sequence

from spip_desktop import reference
from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.deadline import RuleLine
from spip_desktop.ui.deadlines.change import ChangePanel
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import clear, column, set_size
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording import todo as words

_COLUMNS = (
    Column("Où", 136),
    Column("Règle"),
    Column("D’où elle vient", 248),
    Column("État", 168),
)
_EXPLAINED = (
    "Chaque ligne de « À traiter » vient d’une de ces règles. Une règle éteinte ne produit plus rien ; un délai fixé "
    "par un texte ne se change pas ici. Un texte « à vérifier » a été lu dans un état ancien : la ligne le dit."
)


class DeadlinesPage(Page):
    """A rule is chosen, its change looked at, then applied from today on."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Échéances", name="deadlines")
        self._services, self._guard = services, guard
        self.tasks = Tasks(self)
        self._lines: Sequence[RuleLine] = ()
        self.panel: ChangePanel | None = None
        options = tuple((one.code, one.label) for one in reference.load("territories").entries)
        self.territory = ChoiceField(FieldSpec("territory", "Jours fériés de", FieldKind.CHOICE, options))
        self.table = TableView(_COLUMNS, name="deadlines.table", label="Règles des échéances")
        self.change = self.set_primary("Changer la règle", "pencil", self._ask, name="deadlines.change")
        self._place = column(gap=0)
        self.days = SmallText("")
        where = column(gap=4)
        where.addWidget(set_size(self.territory, max_width=368))
        where.addWidget(self.days)
        self.add(SmallText(french_spaces(_EXPLAINED)), where, self._place, self.table)
        self.territory.edited.connect(lambda _: self._set_territory())
        self.table.current_changed.connect(lambda _: self._show_change())
        self.table.opened.connect(lambda _: self._ask())

    def open(self, place: Place) -> None:
        self.notice.hide()
        self._fold()
        self.reload()
        if not self.show_field(place.field):
            self.table.setFocus()

    def reload(self) -> None:
        service = self._services.deadlines
        self._lines = service.rules()
        self._show_territory()
        self.table.set_rows([RecordRow(one.rule.code, _cells(one), one.group) for one in self._lines])
        self._show_change()

    def leave(self) -> None:
        self.tasks.stop()

    def _show_change(self) -> None:
        self.change.set_available(self._line() is not None, "Choisissez une règle.")

    def _line(self) -> RuleLine | None:
        return next((one for one in self._lines if one.rule.code == self.table.current_key()), None)

    def _set_territory(self) -> None:
        if code := str(self.territory.value()):  # one counts with some calendar: what it was comes back
            self._guard.run(self._services.deadlines.set_territory, code, refused=self._tell)
            self.saved.emit(self._services.clock.now())
        self._show_territory()

    def _show_territory(self) -> None:
        """The calendar in force, and the days that it has beside those of everywhere."""
        code = self._services.deadlines.territory()
        self.territory.set_value(code)
        own = reference.own_holidays(code, self._services.clock.today())
        self.days.setText(words.own_days([(day, entry.label, entry.help) for day, entry in own]))

    # -- one rule --------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        line = self._line()
        if line is None:
            return
        self._fold()
        self.notice.hide()
        self.panel = ChangePanel(line, self._services, self.tasks, self._guard)
        self.panel.applied.connect(self._applied)
        self.panel.left.connect(self._leave_panel)
        self._place.addWidget(self.panel)
        self.panel.start()
        self.body.verticalScrollBar().setValue(0)

    def _applied(self) -> None:
        self._fold()
        self.saved.emit(self._services.clock.now())
        self.reload()
        self.notice.show_sentence("La règle est changée. « À traiter » la suit dès maintenant.")
        self.table.setFocus()

    def _leave_panel(self) -> None:
        self._fold()
        self.table.setFocus()

    def _fold(self) -> None:
        clear(self._place)
        self.panel = None

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


def _cells(line: RuleLine) -> tuple[Cell, ...]:
    rule = line.rule
    since = f"depuis le {dates.short(line.since)}" if line.since else "comme fournie"
    return (
        Cell(line.group, bold=True),
        Cell(words.rule_name(rule), "\n".join(part for part in (words.rule_delay(rule), rule.help) if part)),
        Cell(words.RULE_KINDS[rule.kind], words.rule_source(rule)),
        Cell("En usage" if rule.on else "Éteinte", since, icon="check" if rule.on else "minus-circle"),
    )
