"""The officer at work: pages opened by their place, links followed, the seat kept for the return after a lock."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place, Seat
from spip_desktop.domain.text import french_spaces
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.page import Page
from spip_desktop.ui.person_strip import PersonStripValues
from spip_desktop.ui.window import MainWindow

_STRIP_AFTER = 300  # ms after a save: several in a row are one reading
_AFTER_INTERVIEW = "Cette page s’ouvre une fois l’entretien fini."
MakePage = Callable[[], Page]
StripOf = Callable[[Page], PersonStripValues | None]
#: Kinds whose page is not shown during an interview → what is opened in its stead for that person, if it may be.
Instead = Mapping[str, Callable[[UUID], Place | None]]


class Workplace(QObject):
    """Opens places in the window. A page is made the first time it is asked for, and kept."""

    def __init__(
        self,
        window: MainWindow,
        pages: Mapping[str, MakePage],
        home: Place,
        strip_of: StripOf,
        sentence: Callable[[Refusal], str],
    ) -> None:
        super().__init__(window)
        self.window, self._make, self._home = window, pages, home
        self._strip_of, self._sentence = strip_of, sentence
        self._pages: dict[str, Page] = {}
        self._last_person: Place | None = None
        self._before_last: Place | None = None
        self._received: UUID | None = None  # who is beside the screen, and the kinds of page that may be opened
        self._interview: frozenset[str] = frozenset()
        self._instead: Instead = {}
        window.went.connect(self.go)
        window.undo_asked.connect(self._undo)
        window.print_asked.connect(self._print)
        window.last_person_asked.connect(self._go_to_last_person)
        self._strip_timer = QTimer(self)
        self._strip_timer.setSingleShot(True)
        self._strip_timer.setInterval(_STRIP_AFTER)
        self._strip_timer.timeout.connect(self._follow_the_strip)

    def start(self, seat: Seat | None = None) -> None:
        """Open the home page, or go back to where the officer was."""
        if seat is None or seat.place.kind not in self._make or not self.go(Place(seat.place.kind, seat.place.id)):
            self.go(self._home)
            return
        page = self.page()
        if page is not None:
            page.take_seat(seat)

    def kinds(self) -> tuple[str, ...]:
        """The kinds of place that can be opened."""
        return tuple(self._make)

    def page(self) -> Page | None:
        page = self.window.page()
        return page if isinstance(page, Page) else None

    def go(self, place: Place) -> bool:
        """Leave the page shown once its work is saved, and open another; False when one cannot."""
        if place.id == self._received and not self.window.is_whole() and (found := self._in_its_stead(place)):
            place = found
        elif not self._within_interview(place):
            if not self.window.is_whole():
                self.window.band.show_sentence(_AFTER_INTERVIEW)
            return False
        if place.kind not in self._make or not self.flush():
            return False
        page = self._page(place.kind)
        try:
            page.open(place)
        except Refusal as refusal:
            self.window.band.show_sentence(self._sentence(refusal))  # nothing was to be saved
            return False
        self.window.band.clear()
        self._show(page, place)
        return True

    def begin_interview(self, kinds: Collection[str], instead: Instead | None = None) -> bool:
        """Stay with the person of the page shown, on pages of these kinds; False when one cannot.

        From a page under an entry of `instead`, what stands there in its stead is opened.
        """
        page = self.page()
        person = page.person_id() if page else None
        if person is None:
            self.window.band.show_sentence("Ouvrez d’abord le dossier de la personne reçue.")
            return False
        self._instead = instead or {}
        entry = self.window.rail.entry_of(self.window.place().kind)
        opened = self._in_its_stead(Place(entry, person))
        kept = self.window.place().kind in kinds and self.flush()
        if not kept and not self.go(opened or Place(next(iter(kinds)), person)):
            self._instead = {}
            return False
        self._received, self._interview = person, frozenset(kinds)
        self.window.begin_interview([*kinds, *self._instead])
        if opened:
            self.go(Place(entry, person))  # its page leaves out what an interview has no use for
        return True

    def _in_its_stead(self, place: Place) -> Place | None:
        """What is opened instead of this page of the person received."""
        make = self._instead.get(place.kind)
        return make(place.id) if make and place.id else None

    def _within_interview(self, place: Place) -> bool:
        if self.window.is_whole():
            return False
        return self._received is None or (place.kind in self._interview and place.id == self._received)

    def leave(self) -> None:
        """Let what a page has begun elsewhere (a paper on its way to the printer) come to its end."""
        for page in self._pages.values():
            page.leave()

    def flush(self) -> bool:
        """Save what waits on the page shown; False if something could not be saved."""
        page = self.page()
        return page is None or page.flush()

    def unsaved(self) -> list[Draft]:
        """The text that no page could save."""
        every = (one for page in self._pages.values() for one in page.findChildren(Autosave))
        return [draft for one in every for draft in one.unsaved()]

    def seat(self) -> Seat:
        """Where the officer is now."""
        page = self.page()
        return page.seat(self.window.place()) if page else Seat(self._home)

    def forget(self, gone: Collection[UUID], by: Page) -> None:
        """These persons were erased by a page: no other page, link nor result of a search holds them any more."""
        self.window.search.dismiss()
        self._last_person = _unless(self._last_person, gone)
        self._before_last = _unless(self._before_last, gone)
        shown = self.page()
        for kind, page in list(self._pages.items()):
            if page is by or (page is shown and page.person_id() not in gone):
                continue
            page.leave()
            del self._pages[kind]
            self.window.forget_page(page)
        if shown is not by and shown is not None:
            self.go(self._home if shown not in self._pages.values() else self.window.place())
        self.window.strip.empty()
        self.refresh_strip()

    def renew(self, pages: Mapping[str, MakePage], home: Place, said: str) -> None:
        """What the officer may do has changed: every page is made anew, the one shown is opened again."""
        self._make, self._home = pages, home
        place = self.window.place()
        for page in self._pages.values():
            page.leave()
            self.window.forget_page(page)
        self._pages.clear()
        self._last_person = self._before_last = None
        if not self.go(place):
            self.go(home)
        self.window.band.show_sentence(french_spaces(said))

    def refresh_strip(self) -> None:
        """Read the strip of the open person again."""
        page = self.page()
        if page is not None:
            self.window.set_person(self._strip_of(page))

    def _follow_the_strip(self) -> None:
        """What was just saved may be what the strip says: the milieu, the date of release."""
        page = self.page()
        if page is not None and page.person_id() is not None and not page.isHidden():
            self.refresh_strip()

    def _show(self, page: Page, place: Place) -> None:
        self.window.set_person(self._strip_of(page))
        self.window.show_page(page, place)
        person = page.person_id()
        if person is not None and (self._last_person is None or self._last_person.id != person):
            self._before_last = self._last_person
        if person is not None:
            self._last_person = Place("person.synthese", person)

    def _page(self, kind: str) -> Page:
        if kind not in self._pages:
            page = self._make[kind]()
            page.saved.connect(self.window.saved)
            page.saved.connect(lambda _: self._strip_timer.start())
            page.save_failed.connect(self.window.save_failed)
            page.counted.connect(lambda count: self.window.set_count(kind, count))
            page.erased.connect(lambda gone, by=page: self.forget(gone, by))
            self.window.add_page(page)
            self._pages[kind] = page
        return self._pages[kind]

    def _undo(self) -> None:
        page = self.page()
        if page is not None:
            page.undo()

    def _print(self) -> None:
        page = self.page()
        if page is not None:
            page.print_document()

    def _go_to_last_person(self) -> None:
        """F4: the last person; from their own dossier, the one before."""
        page = self.page()
        here = page.person_id() if page else None
        target = self._last_person
        if target is not None and target.id == here:
            target = self._before_last
        if target is not None:
            self.go(target)


def _unless(place: Place | None, gone: Collection[UUID]) -> Place | None:
    return None if place is None or place.id in gone else place
