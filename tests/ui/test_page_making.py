"""Making a page shows nothing: a part shown before it has a parent is a window of its own, which takes the keys."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.settings import Settings
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.page import Page
from spip_desktop.ui.screens import SCREENS, pages
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import make_services
from tests.ui.checks import settle
from tests.ui.conftest import Show


class Windows(QObject):
    """The windows that appear."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_page_shows_a_window_while_it_is_made(context: Context, qapp: QApplication) -> None:
    made = pages(make_services(context), Guard(lambda _: None), Page.__new__)  # type: ignore[arg-type]
    windows, told = Windows(), dict[str, list[str]]()
    qapp.installEventFilter(windows)
    try:
        for kind, make in made.items():
            if kind != "settings":
                page = make()
                told[kind], windows.shown = windows.shown, []
                page.deleteLater()
        lone = QWidget()
        lone.setObjectName("control")
        lone.show()
        lone.deleteLater()
    finally:
        qapp.removeEventFilter(windows)
    assert windows.shown == ["QWidget control"], "the control"
    assert {kind: shown for kind, shown in told.items() if shown} == {}


def test_no_page_shows_a_window_when_it_is_opened(context: Context, loic: UUID, show: Show, qapp: QApplication) -> None:
    """The agenda did: its seven days took the keyboard, and nothing typed was heard."""
    desk, windows = Desk(make_services(context), Tasks(), Settings(), ()), Windows()
    desk.services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    desk.services.appointments.draft.start(loic, "entretien_mf", date(2026, 11, 24), (10, 0))
    show(desk.window)
    settle()
    qapp.installEventFilter(windows)
    told = dict[str, list[str]]()
    try:
        for kind in (kind for screen in SCREENS if screen.folder != "shared" for kind in screen.kinds):
            desk.workplace.go(Place(kind, loic))
            settle()
            told[kind], windows.shown = windows.shown, []
    finally:
        qapp.removeEventFilter(windows)
        desk.keeper.stop()
        desk.guard.silence()
    assert {kind: shown for kind, shown in told.items() if shown} == {}
