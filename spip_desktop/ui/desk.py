"""The desk of one officer: the window with its pages, made from the services of the open store."""

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from spip_desktop.domain.appointment_facts import new_appointment
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.officer import Actor, Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.closing import put_away
from spip_desktop.services.rescue import Rescue
from spip_desktop.settings import Settings
from spip_desktop.ui import spelling
from spip_desktop.ui.entries import entries
from spip_desktop.ui.finding import inside, search
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.keeper import Keeper
from spip_desktop.ui.page import Page
from spip_desktop.ui.person_strip import PersonStripValues
from spip_desktop.ui.screens import pages, strip
from spip_desktop.ui.speller import Speller
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.waiting_count import WaitingCount
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.ui.workplace import Workplace
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

if TYPE_CHECKING:
    from spip_desktop.ui.settings.page import SettingsPage

#: Where the day begins: what waits, for who follows persons; else the first page that one may open.
_FIRST = (("todo", Right.WRITE_PACEP), ("persons", Right.READ_PERSON), ("journal", Right.READ_JOURNAL))
#: What is of use beside the person, and names nobody else.
INTERVIEW_PAGES = ("person.evaluation", "person.pacep", "person.shared", "person.plan_shared")
RESCUED = (
    "Ce que vous veniez d’écrire n’avait pas pu être enregistré : c’était gardé à part, et c’est remis à sa place. "
    "Vérifiez-le."
)


def home(actor: Actor) -> Place:
    """Where the day begins."""
    return Place(next((kind for kind, right in _FIRST if actor.may(right)), "settings"))


#: Said once the roles of the officer at work are others.
RENEWED = "Vos droits ont changé : ce que vous pouvez ouvrir a changé avec eux."


class Kept(StrEnum):
    """What became of the last words typed before a lock."""

    SAVED = "saved"
    ASIDE = "aside"
    LOST = "lost"


class Desk(QObject):
    """From the unlocking to the lock. `locked` asks the program to lock, with the reason."""

    locked = Signal(str)
    settings_changed = Signal(object)  # Settings
    interview_begun = Signal()

    def __init__(self, services: Services, tasks: Tasks, settings: Settings, notices: tuple[Problem, ...]) -> None:
        super().__init__()
        self.services, self._settings, self._notices = services, settings, notices
        clock = services.clock
        self.window = MainWindow(
            Frame(clock.local, lambda text: search(services, text), services.context.demonstration)
        )
        self.guard = Guard(services.desk.log, self.window)
        self.guard.install()
        self._tasks = tasks
        every = pages(services, self.guard, self._make_settings)
        for entry in entries(every, services.context.actor):
            self.window.register(entry)
        first = home(services.context.actor)
        self.workplace = Workplace(self.window, every, first, self._strip, sentence)
        self.keeper = Keeper(services, tasks, self.window)
        self.waiting = WaitingCount(services, tasks, self.window)
        self.spelling = Speller(services.spelling, tasks, self.window.band.show_sentence)
        self.spelling.set_on(settings.spelling)
        spelling.use(self.spelling)
        self.window.add_shortcut("F7", spelling.show_next)
        self.window.help_asked.connect(lambda: self.workplace.go(Place("help")))
        self.window.add_shortcut("Ctrl+F", self._look_inside)
        self.window.add_shortcut("Ctrl+E", self._note_interview)
        self.window.add_shortcut("Ctrl+R", self._fix_appointment)
        self.window.lock_asked.connect(lambda: self.locked.emit("lock"))
        self.window.interview_asked.connect(self._begin_or_end_interview)
        self.window.whole_begun.connect(self.interview_begun)
        self.window.whole_begun.connect(lambda: spelling.use(None))  # nobody corrects what the person writes
        self.window.text_size_asked.connect(lambda percent: self.wear(replace(self._settings, text_percent=percent)))

    @property
    def settings(self) -> Settings:
        return self._settings

    def start(self) -> None:
        """Open the first page, or go back to the seat; say what the entrance had to say."""
        rescued = self.guard.run(Rescue(self.services.context).take_back)
        self.workplace.start(self.services.desk.seat())
        # What the bar over the pages says is not said twice.
        notices = [one for one in (*self._notices, *self.keeper.start()) if not one.code.startswith("anchor_")]
        said = [*([french_spaces(RESCUED)] if rescued else []), *(sentence(one) for one in notices)]
        if said:
            self.window.band.show_sentence(" ".join(said))
        self.waiting.start()

    def _begin_or_end_interview(self) -> None:
        """« Mode entretien »; its end is a lock: one comes back with the passphrase or the PIN (decision 16)."""
        if self.window.in_interview():
            self.locked.emit("interview")
        elif self.workplace.begin_interview(INTERVIEW_PAGES, {"person.interviews": self._todays_note}):
            self.interview_begun.emit()

    def _strip(self, page: Page) -> PersonStripValues | None:
        """What the strip says of the person of a page; their names are no mistakes of spelling."""
        values = strip(self.services, page)
        self.spelling.set_person(values.id if values else None, values.name if values else "")
        return values

    def _fix_appointment(self) -> None:
        """Ctrl+R: a new appointment of the person whose dossier is open."""
        page = self.workplace.page()
        person = page.person_id() if page else None
        if person is None:
            self.window.band.show_sentence("Ouvrez d’abord le dossier de la personne à convoquer.")
        else:
            self.workplace.go(new_appointment(person))

    def _note_interview(self) -> None:
        """Ctrl+E: today's note of the person whose dossier is open, begun or already there."""
        page = self.workplace.page()
        person = page.person_id() if page else None
        if person is None:
            self.window.band.show_sentence("Ouvrez d’abord le dossier de la personne reçue.")
        elif self.window.in_interview():
            self.workplace.go(Place("person.interviews", person))  # which is that note, meanwhile
        elif note := self._todays_note(person):
            self.workplace.go(note)

    def _todays_note(self, person: UUID) -> Place | None:
        """Today's note of this officer with this person, begun or already there; says why when there can be none."""
        begin = self.services.interviews.writing.begin
        made = self.guard.run(begin, person, refused=lambda told: self.window.band.show_sentence(sentence(told)))
        return Place("interview", made) if made else None

    def _look_inside(self) -> None:
        """Ctrl+F: in the dossier that is open, its texts read once; elsewhere, for a person."""
        page = self.workplace.page()
        person = page.person_id() if page else None
        # A dossier that is not open to this officer refuses: then one looks for a person.
        look = self.guard.run(inside, self.services, person, refused=lambda _: None) if person else None
        self.window.look_inside(look)

    def _make_settings(self) -> "SettingsPage":
        from spip_desktop.ui.settings.page import SettingsPage

        page = SettingsPage(self.services, self.guard, self._tasks, lambda: self._settings)
        page.settings_changed.connect(self.wear)
        # On the next turn: the page that says so is made anew with the others.
        page.rights_changed.connect(lambda: QTimer.singleShot(0, self.renew))
        return page

    def renew(self) -> None:
        """What the officer at work may do has changed: the rail and every page follow at once."""
        actor = self.services.context.actor
        every = pages(self.services, self.guard, self._make_settings)
        self.window.rail.clear()
        for entry in entries(every, actor):
            self.window.register(entry)
        self.workplace.renew(every, home(actor), RENEWED)
        self.waiting.start()

    def wear(self, settings: Settings) -> None:
        """Keep the settings of this workstation; the program applies the look."""
        self._settings = settings
        self.spelling.set_on(settings.spelling)
        self.settings_changed.emit(settings)

    def put_away(self, reason: str) -> Kept:
        """Save everything, hide the window, close the store; what the disk did not take is sealed aside."""
        self.guard.silence()  # a dialog would stand over a lock
        self.keeper.stop()
        self.waiting.stop()
        spelling.use(None)
        self.workplace.leave()
        self.workplace.flush()
        seat, unsaved = self.workplace.seat(), self.workplace.unsaved()
        self.window.hide()
        self._tasks.stop()
        saved, kept = put_away(self.services.context, self.services.backups, reason, seat, unsaved)
        return Kept.SAVED if saved else Kept.ASIDE if kept else Kept.LOST
