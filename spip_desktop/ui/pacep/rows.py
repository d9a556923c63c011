"""A line of the plan that opens under the hand: an axis, an objective, an action, as words with their dates."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.pacep import Action, ActionMode, ActionState, Axis, Objective
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.ui import theme
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import column, row, set_size
from spip_desktop.ui.text import Text
from spip_desktop.wording.pacep import ACTION_STATES, FAMILIES, MODES, OBJECTIVE_STATES

#: Widths of « qui », « pour le » and « état », in pixels at 100 %.
_WHO, _DUE, _STATE = 124, 84, 92
#: Below this width (pixels at 100 %) they stand under the words.
_NARROW = 480
_UNWORDED = {Axis: "Axe sans titre", Objective: "Objectif à écrire", Action: "Action à nommer"}


class PartRow(QAbstractButton):
    """One line; Enter or a click opens it, Alt+Up and Alt+Down move it, Del puts it in the bin."""

    move_asked = Signal(int)
    remove_asked = Signal()

    def __init__(self, name: str, spoken: str, *, ruled: bool, editable: bool) -> None:
        super().__init__()
        self.ruled, self.editable = ruled, editable
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover, True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_size(self, min_height=32)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.facts: list[QWidget] = []
        self.below = SmallText("")
        self.below.hide()
        self._narrow, self._mark = False, 0
        self.line: QHBoxLayout = row(self, gap=8, margins=(0, 4, 0, 4))

    def put(self, part: QWidget, stretch: int = 0) -> QWidget:
        """Put words in the line; a press on them is a press on the line."""
        part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.line.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)
        return part

    def put_facts(self, *facts: tuple[str, int]) -> None:
        """Words at the right, each in its column (pixels at 100 %); below the others where there is no room."""
        for words, width in facts:
            self.facts.append(self.put(set_size(Text(words, colour="texte_2", wrap=True), width=width)))
        self.below.setText(", ".join(words for words, _ in facts if words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearranged once the layouts are at rest: a change of what is shown would resize the line again."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._arrange)

    def _arrange(self) -> None:
        narrow = self.width() < theme.current().px(_NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            for fact in self.facts:
                fact.setVisible(not narrow)
            self.below.setVisible(narrow and bool(self.below.text()))

    def mark(self, side: int) -> None:
        """Show that a line dragged would come above (-1) or below (1) this one; 0: it would not."""
        if side != self._mark:
            self._mark = side
            self.update()

    def rest(self) -> None:
        """Words only: nothing to press."""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return self.line.sizeHint().expandedTo(QSize(0, self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.current().px(96), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if self.editable and alt and step:
            self.move_asked.emit(step)
        elif self.editable and event.key() == Qt.Key.Key_Delete:
            self.remove_asked.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        worn, painter = theme.current(), QPainter(self)
        if self.underMouse() and self.isEnabled():
            painter.fillRect(self.rect(), worn.colour("surface_2"))
        if self.ruled:
            painter.fillRect(0, self.height() - 1, self.width(), 1, worn.colour("filet"))
        if self._mark:
            thick = worn.px(2)
            painter.fillRect(
                0, 0 if self._mark < 0 else self.height() - thick, self.width(), thick, worn.colour("accent")
            )


def axis_row(axis: Axis, number: int, *, editable: bool) -> PartRow:
    """« Axe 1. Travailler et se former »."""
    title = f"Axe{NBSP}{number}. {axis.title or _UNWORDED[Axis]}"
    line = PartRow(f"{axis.id}", f"{title}, ouvrir" if editable else title, ruled=False, editable=editable)
    line.put(Text(title, "bold", colour="texte" if axis.title else "texte_2", wrap=True), 1)
    return line


def objective_row(objective: Objective, number: str, accepted: bool | None, *, editable: bool) -> PartRow:
    """« 1.1 « Reprendre en cuisine » 22/06/2027 », and what will be seen."""
    words = french_spaces(f"« {objective.wording} »") if objective.wording else _UNWORDED[Objective]
    due = f"pour le {dates.short(objective.due) or 'jour à fixer'}"
    if objective.later:
        due = "pour plus tard"
    spoken = ", ".join(part for part in (f"Objectif {number}", words, due, _gone(objective)) if part)
    line = PartRow(f"{objective.id}", spoken, ruled=False, editable=editable)
    line.put(set_size(Text(number, colour="texte_2"), width=24))
    inside = QWidget()
    texts = column(inside, gap=0)
    texts.addWidget(Text(words, colour="texte" if objective.wording else "texte_2", wrap=True, max_chars=70))
    if objective.indicator:
        texts.addWidget(SmallText(french_spaces(f"Se voit à : {objective.indicator}")))
    if objective.family:
        texts.addWidget(SmallText(FAMILIES.get(objective.family, "")))
    if accepted is False:
        texts.addWidget(SmallText("Sans l’accord de la personne", colour="texte"))
    _say_gone(texts, objective)
    texts.addWidget(line.below)
    line.put(inside, 1)
    state = "" if editable and objective.state == "a_engager" else _state(objective, OBJECTIVE_STATES[objective.state])
    when = dates.short(objective.due) or ("Plus tard" if objective.later else "")
    line.put_facts((when, _DUE), (state, _STATE))
    return line


def action_row(action: Action, *, editable: bool) -> PartRow:
    """« Fiche pour la mission locale, C. Vasseur, 22/12/2026, À engager »."""
    label = french_spaces(action.label) or _UNWORDED[Action]
    state = _state(action, ACTION_STATES[action.state])
    due = f"pour le {dates.short(action.due)}" if action.due else ""
    spoken = ", ".join(
        part for part in (f"Action {MODES[action.mode].lower()}", label, action.who, due, state, _gone(action)) if part
    )
    line = PartRow(f"{action.id}", spoken, ruled=True, editable=editable)
    icon = "external-link" if action.mode is ActionMode.EXTERNAL else "home"
    line.put(IconView(icon, "texte_2", role="body"))
    inside = QWidget()
    texts = column(inside, gap=0)
    texts.addWidget(Text(label, colour="texte" if action.label else "texte_2", wrap=True))
    if action.result:
        texts.addWidget(SmallText(french_spaces(action.result)))
    _say_gone(texts, action)
    texts.addWidget(line.below)
    line.put(inside, 1)
    line.put_facts((action.who, _WHO), (dates.short(action.due), _DUE), (state, _STATE))
    return line


def _state(part: Objective | Action, word: str) -> str:
    """What left the plan before anything was done of it is not « À engager » any more."""
    return "" if part.binned_on and word == ACTION_STATES[ActionState.TO_START] else word


def _gone(part: Objective | Action) -> str:
    """« retiré du plan le 20/11/2026 »: only a plan put to the person shows what left it."""
    if part.binned_on is None:
        return ""
    word = "retirée" if isinstance(part, Action) else "retiré"
    return f"{word} du plan le {dates.short(part.binned_on)}"


def _say_gone(texts: QVBoxLayout, part: Objective | Action) -> None:
    if words := _gone(part):
        texts.addWidget(SmallText(words[:1].upper() + words[1:], colour="texte"))
