"""What a dossier needs is imported while nobody types, a little at a time: its first opening does not wait for it."""

from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer

#: After the last key or click, milliseconds.
PAUSE = 300
_TYPING = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.InputMethod}
#: In the order of need; what a line imports of the lines above it is there already, so that each takes a few ms.
MODULES = tuple(
    f"spip_desktop.{name}"
    for name in (
        "db.evaluation", "domain.prescription", "db.prescription", "domain.plan_content", "wording.pacep",
        "services.synthesis", "services.situation", "ui.person.synthese", "ui.person", "forms.schema", "forms.session",
        "services.evaluation_reading", "services.evaluation", "ui.evaluation.step_view", "ui.evaluation",
        "services.pacep_course", "services.pacep", "ui.pacep.page", "ui.pacep", "domain.sheet", "domain.eligibility",
        "forms.sheet", "services.prescription_ground", "services.prescription", "ui.prescription.page",
        "ui.prescription",
    )
)  # fmt: skip


class Ahead(QObject):
    """Imports one module a turn of the event loop; stops as soon as someone types. Install it on the application."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = list(MODULES)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._step)
        self._timer.start(PAUSE)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._left and event.type() in _TYPING:
            self._timer.start(PAUSE)
        return False

    def _step(self) -> None:
        import_module(self._left.pop(0))
        if self._left:
            self._timer.start(0)
