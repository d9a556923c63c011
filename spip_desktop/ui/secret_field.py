"""The field of a passphrase."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.fields import FieldSpec, LineField
from spip_desktop.ui.icons import IconView
from spip_desktop.ui.labels import SmallText
from spip_desktop.ui.layout import row


class SecretField(LineField):
    """A passphrase: hidden, shown on demand, pasted freely, with a word when capitals are locked."""

    def __init__(self, code: str, label: str) -> None:
        super().__init__(FieldSpec(code, label))
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self._show = LinkButton("Afficher", name=f"{code}.show", small=True)
        self._show.setParent(self.line)
        self._show.clicked.connect(self._toggle)
        self._show.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._capitals = SmallText("Verrouillage des majuscules activé")
        line = row(gap=8)
        self._capitals_icon = IconView("alert-circle", "texte_2")
        line.addWidget(self._capitals_icon)
        line.addWidget(self._capitals, 1)
        self._column.insertLayout(self._column.count() - 1, line)
        self._say_capitals(False)
        self.line.installEventFilter(self)

    def value(self) -> object:
        """The passphrase exactly as typed: never trimmed."""
        return self.line.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place_show()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._watch_capitals(event)
        return super().eventFilter(watched, event)

    def _watch_capitals(self, event: QKeyEvent) -> None:
        typed = event.text()
        if len(typed) == 1 and typed.isalpha() and typed.upper() != typed.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._say_capitals(typed.isupper() != shifted)

    def _say_capitals(self, locked: bool) -> None:
        self._capitals.setVisible(locked)
        self._capitals_icon.setVisible(locked)

    def _toggle(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show.setText("Masquer" if hidden else "Afficher")
        self._place_show()
        self.line.setFocus()

    def _place_show(self) -> None:
        size = self._show.sizeHint()
        self._show.resize(size)
        self._show.move(self.line.width() - size.width() - 8, (self.line.height() - size.height()) // 2)
        self.line.setTextMargins(0, 0, size.width() + 8, 0)
