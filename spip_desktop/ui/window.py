"""The frame of every page: rail, top bar, person strip, failure band, keys. It knows no page by name."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from spip_desktop.domain.place import Place
from spip_desktop.ui import theme
from spip_desktop.ui.focus_ring import FocusRing
from spip_desktop.ui.interview_bar import InterviewBar
from spip_desktop.ui.labels import Band, Rule
from spip_desktop.ui.layout import column, paint_ground, row, set_size
from spip_desktop.ui.page import IN_INTERVIEW, Page
from spip_desktop.ui.person_strip import PersonStrip, PersonStripValues
from spip_desktop.ui.rail import Rail, RailEntry
from spip_desktop.ui.search_box import Search, SearchBox, SearchHit
from spip_desktop.ui.text import Discreet
from spip_desktop.ui.topbar import SavedLabel, TopBar

#: Keys that work while a page has the window for itself: both lock.
_ALWAYS = ("Ctrl+L", "Ctrl+M")
KEPT_ASIDE = "Si vous fermez, votre texte est gardé à part et reviendra à la prochaine ouverture."


def _finds_nothing(text: str) -> Sequence[SearchHit]:
    return ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What the window needs: the clock, the search of persons, whether the store is the demonstration."""

    now: Callable[[], datetime]
    search: Callable[[str], Sequence[SearchHit]] = _finds_nothing
    demonstration: bool = False


class MainWindow(QMainWindow):
    """The one window; pages come and go in it."""

    went = Signal(object)  # Place asked for, from the rail, the search or the page
    lock_asked = Signal()
    print_asked = Signal()
    undo_asked = Signal()
    help_asked = Signal()
    last_person_asked = Signal()
    text_size_asked = Signal(int)  # percent
    discretion_changed = Signal(bool)
    interview_asked = Signal()  # into « mode entretien », or out of it
    whole_begun = Signal()  # a page has the window for itself, until the lock
    closing = Signal()  # the page is saved and the window closes

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.setWindowTitle("SPIP Desktop")
        self._frame, self._narrow, self._place = frame, False, Place("")
        self._interview = False
        self._whole: Page | None = None
        self._aside: QWidget | None = None  # all the rest, while a page has the window for itself
        self.failure_action: Callable[[], tuple[str, Callable[[], object]] | None] = lambda: None
        self._insisted = False  # the close was asked for once, and something was not saved
        self.search = SearchBox(frame.search)
        self.top_bar = TopBar(self.search, demonstration=frame.demonstration)
        self.rail, self.strip, self.band, self.stack = Rail(), PersonStrip(), Band(), QStackedWidget()
        self.foot_saved = SavedLabel()
        self.interview_bar = InterviewBar()
        self._build()
        self._connect()
        self._add_keys()
        self.ring = FocusRing(self)
        self._tick()
        self._timer = QTimer(self)
        self._timer.setInterval(5000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self.setMinimumSize(640, 480)

    def _build(self) -> None:
        centre = paint_ground(QWidget(), "surface")
        self.setCentralWidget(centre)
        outer = column(centre, gap=0)
        outer.addWidget(self.top_bar)
        outer.addWidget(Rule())
        self._search_row = paint_ground(QWidget(), "fond")
        self._search_line = row(self._search_row, gap=8, margins=(24, 8, 24, 8))
        self._search_row.hide()
        outer.addWidget(self._search_row)
        outer.addWidget(self.interview_bar)
        self._middle = row(gap=0)
        outer.addLayout(self._middle, 1)
        self._rail_rule = Rule(vertical=True)
        right = column(gap=0)
        self._middle.addWidget(self.rail)
        self._middle.addWidget(self._rail_rule)
        self._middle.addLayout(right, 1)
        self._strip_rule = Rule()
        right.addWidget(self.strip)
        right.addWidget(self._strip_rule)
        right.addWidget(self.band)
        self._above = column(gap=0)
        right.addLayout(self._above)
        right.addWidget(self.stack, 1)
        self.foot = paint_ground(QWidget(), "surface")
        self._foot_line = row(self.foot, gap=16, margins=(24, 8, 24, 8))
        self._foot_line.addWidget(self.foot_saved, 1)
        right.addWidget(self.foot)
        self._show_strip(False)
        self.foot.hide()

    def _connect(self) -> None:
        self.rail.went.connect(self._go)
        self.search.went.connect(self._go)
        self.rail.lock_asked.connect(self.lock_asked)
        self.rail.escaped.connect(self._close_menu)
        self.rail.interview_asked.connect(self.interview_asked)
        self.interview_bar.leave.clicked.connect(self.interview_asked)
        self.top_bar.menu.clicked.connect(self._toggle_rail)
        self.top_bar.find_button.clicked.connect(self.focus_search)
        self.top_bar.card.clicked.connect(self._toggle_strip)
        self.top_bar.discretion.toggled.connect(self.set_discretion)

    def _add_keys(self) -> None:
        self.add_shortcut("Ctrl+K", self.focus_search)
        self.add_shortcut("Ctrl+L", self.lock_asked.emit)
        self.add_shortcut("Ctrl+M", self.interview_asked.emit)
        self.add_shortcut("F9", self.top_bar.discretion.toggle)
        self.add_shortcut("F4", self.last_person_asked.emit)
        self.add_shortcut("F1", self.help_asked.emit)
        self.add_shortcut("Ctrl+Z", self.undo_asked.emit)
        self.add_shortcut("Ctrl+P", self.print_asked.emit)
        for keys in ("Ctrl++", "Ctrl+="):
            self.add_shortcut(keys, lambda: self._ask_text_size(1))
        self.add_shortcut("Ctrl+-", lambda: self._ask_text_size(-1))
        self.add_shortcut("Ctrl+0", lambda: self.text_size_asked.emit(100))

    def add_shortcut(self, keys: str, do: Callable[[], object]) -> None:
        """Call `do` when those keys are pressed anywhere in the window; beside a person alone with it, only to lock."""

        def pressed() -> None:
            if self._whole is None or keys in _ALWAYS:
                do()

        QShortcut(QKeySequence(keys), self).activated.connect(pressed)

    def register(self, entry: RailEntry) -> None:
        """Add an entry to the rail, once its page works."""
        self.rail.register(entry)

    def set_count(self, kind: str, count: int) -> None:
        """How many lines wait behind an entry of the rail."""
        self.rail.set_count(kind, count)

    def add_page(self, page: QWidget) -> None:
        """Take a page into the window without showing it, so that it can choose where its focus will be."""
        if self.stack.indexOf(page) < 0:
            self.stack.addWidget(page)
            if isinstance(page, Page):
                page.went.connect(self.went)
                page.gave_back.connect(self.interview_asked)

    def show_page(self, page: QWidget, place: Place) -> None:
        """Show a page; its place says which entry is current and which field has the focus."""
        self.add_page(page)
        self._place = place
        if isinstance(page, Page) and page.takes_whole_window:
            self._give_whole(page)
            return
        self._hide_again(page)
        self.stack.setCurrentWidget(page)
        self.rail.set_current(place.kind)
        if self._narrow:
            self.rail.hide()
        if not isinstance(page, Page):
            return
        if place.field:
            page.show_field(place.field)
        focused = self.focusWidget()
        # The page had nothing to give it to, or made what had it anew: what is taken away lives on for a turn.
        if focused is None or not focused.isVisibleTo(self) or self.rail.isAncestorOf(focused):
            page.focus_first()

    def _give_whole(self, page: Page) -> None:
        """The page alone, in larger text: all the rest is taken out of the window, and comes back after the lock."""
        self._whole, chosen = page, page.focusWidget()
        self.search.dismiss()
        self.stack.removeWidget(page)
        self._aside = self.takeCentralWidget()
        if self._aside:
            self._aside.hide()
        self.setCentralWidget(page)
        page.show()
        if chosen is not None:  # a change of parent gave the focus to the first control
            chosen.setFocus()
        self.setWindowTitle(page.windowTitle())
        app, worn = QApplication.instance(), theme.current()
        assert isinstance(app, QApplication)
        larger = round(worn.percent * float(worn.sizes["type"]["shared_factor"]))
        theme.apply(app, worn.with_percent(min(larger, max(theme.text_sizes()))))
        self.whole_begun.emit()

    def is_whole(self) -> bool:
        """Whether a page has the window for itself."""
        return self._whole is not None

    def forget_page(self, page: QWidget) -> None:
        """Take a page away for good."""
        self.stack.removeWidget(page)
        page.deleteLater()

    def page(self) -> QWidget | None:
        """The page shown now."""
        return self._whole or self.stack.currentWidget()

    def place(self) -> Place:
        """Where the window is now."""
        return self._place

    def set_person(self, values: PersonStripValues | None) -> None:
        """Show the strip and the sections of the open person, or take them away."""
        self.rail.set_person(values.id if values else None)
        self.top_bar.set_person(values.name if values else "")
        if values:
            self.strip.set_values(values)
        self._show_strip(values is not None and not self._narrow)

    def saved(self, at: datetime) -> None:
        """Say when the work was committed; a failure said before is over."""
        self._insisted = False
        self.top_bar.saved.saved(at)
        self.band.clear()
        self._mirror_saved()

    def save_failed(self, sentence: str, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Say loudly that the work is not saved, and what to do; `failure_action` may know it."""
        self.top_bar.saved.failed()
        if do is None and (offered := self.failure_action()):
            action, do = offered
        self.band.show_sentence(sentence, action, do)
        self._mirror_saved()

    def begin_interview(self, kinds: Collection[str]) -> None:
        """« Mode entretien »: these sections of the open person and nothing else, until the program locks."""
        self._interview = True
        self.setProperty(IN_INTERVIEW, True)
        self.rail.offer_only(kinds)
        self._search_row.hide()
        self.top_bar.begin_interview()
        self.interview_bar.show()
        self.set_discretion(True)

    def in_interview(self) -> bool:
        """Whether the person is beside the screen, or alone with it."""
        return self._interview or self._whole is not None

    def set_status(self, words: str, late: bool, icon: str = "check") -> None:
        """How old the last verified backup is, always in sight in the rail; in red when something is to be done."""
        self.rail.set_status(words, late, icon)

    def show_above(self, bar: QWidget | None) -> None:
        """Put a bar over every page until it is taken away (None)."""
        while item := self._above.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if bar is not None:
            self._above.addWidget(bar)

    def set_discretion(self, on: bool) -> None:
        """Hide names, level and alerts everywhere in one frame, or show them again; never during an interview."""
        on = on or self._interview
        self.setProperty("discretion", on)
        self.top_bar.discretion.setChecked(on)
        self._hide_again(self)
        self.discretion_changed.emit(on)

    def discretion(self) -> bool:
        return bool(self.property("discretion"))

    def focus_search(self) -> None:
        """Ctrl+K: type a name."""
        self.look_inside(None)

    def look_inside(self, search: Search | None) -> None:
        """Ctrl+F: type a word of the open dossier; None looks for persons."""
        if self._interview:
            return
        self.search.look_inside(search)
        if self._narrow:
            self._search_row.show()
            self.search.show()
        self.search.setFocus()
        self.search.selectAll()

    def _go(self, place: Place) -> None:
        if self._narrow:
            self._search_row.hide()
            self.rail.hide()
        self.went.emit(place)

    def _hide_again(self, root: QWidget) -> None:
        hidden = self.discretion()
        for widget in (root, *root.findChildren(QWidget)):
            if isinstance(widget, Discreet):
                widget.set_hidden(hidden)

    def _ask_text_size(self, step: int) -> None:
        sizes = theme.text_sizes()
        now = sizes.index(theme.current().percent) if theme.current().percent in sizes else 0
        self.text_size_asked.emit(sizes[min(max(now + step, 0), len(sizes) - 1)])

    def _tick(self) -> None:
        self.top_bar.set_now(self._frame.now())

    def _mirror_saved(self) -> None:
        self.foot_saved.follow(self.top_bar.saved)
        self.foot.setVisible(self._narrow and bool(self.foot_saved.word.text()))
        self.top_bar.set_narrow(self._narrow)

    def _show_strip(self, shown: bool) -> None:
        self.strip.setVisible(shown)
        self._strip_rule.setVisible(shown)

    def _toggle_strip(self) -> None:
        self._show_strip(not self.strip.isVisibleTo(self))

    def _toggle_rail(self) -> None:
        self.rail.setVisible(not self.rail.isVisible())
        self._place_rail()
        if self.rail.isVisible():
            self.rail.raise_()
            self.rail.setFocus()
            self.rail.focusNextChild()

    def _close_menu(self) -> None:
        if self._narrow and self.rail.isVisible():
            self.rail.hide()
            self.top_bar.menu.setFocus()

    def _place_rail(self) -> None:
        if self._narrow:
            top = self.top_bar.height() + 1
            self.rail.setGeometry(0, top, self.rail.width(), self.height() - top)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "rail"):
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        worn = theme.current()
        narrow = self.width() - worn.shape("rail") < worn.chars(worn.sizes["frame"]["fold_below_chars"])
        if narrow != self._narrow:
            self._set_narrow(narrow)
        self._place_rail()

    def _set_narrow(self, narrow: bool) -> None:
        """Below 90 characters a line the rail becomes a menu, the strip a button, the search a line."""
        self._narrow = narrow
        if narrow:
            self._middle.removeWidget(self.rail)
            self._search_line.addWidget(self.search)
        else:
            self._middle.insertWidget(0, self.rail)
            self.top_bar.take_search()
            self._search_row.hide()
        set_size(self.search, width=584 if narrow else 340)  # within 1280 pixels at 200 % too
        self.rail.setVisible(not narrow)
        self._rail_rule.setVisible(not narrow)
        self.strip.only_facts(narrow)
        self._show_strip(not narrow and bool(self.strip.name.text()) and bool(self.top_bar.person.text()))
        self._mirror_saved()

    def closeEvent(self, event: QCloseEvent) -> None:
        page = self.page()
        if isinstance(page, Page) and not page.flush() and not self._insisted:
            event.ignore()
            self._insisted = True
            self.band.show_sentence(f"{self.band.sentence.text()} {KEPT_ASIDE}".strip(), "Fermer", self.close)
            return
        super().closeEvent(event)
        self.closing.emit()
