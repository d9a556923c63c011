"""`./run --self-test`: whether the program works on this machine, in a few seconds, with invented data only.

A store is made, closed, opened again and looked at; every definition is read, every paper printed and read back,
every page opened in the real window. Nothing is left behind.
"""

import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from spip_desktop import reference
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Officer, Role, Service
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.paths import resource
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.person import QuickStart
from spip_desktop.services.unlock import Entrance, Entry, FirstStart, lock
from spip_desktop.settings import THEMES, Settings
from spip_desktop.showing.display import complaints, draw_somewhere
from spip_desktop.showing.hand import pause
from spip_desktop.showing.paper import Paper
from spip_desktop.showing.pictures import SHARED
from spip_desktop.showing.samples import samples

if TYPE_CHECKING:
    from spip_desktop.ui.desk import Desk
    from spip_desktop.wiring import Services

_IDENTIFIER, _PASSPHRASE = "poste-01", "cinq tortues dorment sous le pont"
_WINDOW = (1280, 800)
_SETTLING = 40  # ms
_PATIENCE = 50  # times that
#: As they must be on every connection (security.md §1.4).
_PRAGMAS = {"cipher_status": "1", "journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "temp_store": "2"}


class Failed(Exception):  # noqa: N818  said as a sentence
    """What a check found wrong."""


def run() -> int:
    """Print a line for each check, then a last one; 0 when all hold, else 1 and the failing one is named."""
    from spip_desktop.app import make_application

    draw_somewhere()
    started = perf_counter()
    application = make_application()
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as folder, complaints() as heard:
        test = SelfTest(application, Path(folder))
        try:
            for name, check in test.checks():
                if not _held(name, check, heard):
                    print(f"Autotest{NBSP}: échec de la vérification «{NBSP}{name}{NBSP}».")
                    return 1
        finally:
            test.close()
    print(f"Autotest{NBSP}: tout va bien ({perf_counter() - started:.1f}{NBSP}s).".replace(".", ",", 1))
    return 0


def _held(name: str, check: Callable[[], str], heard: list[str]) -> bool:
    heard.clear()
    try:
        found = check()
        if heard:
            raise Failed(f"avertissement de Qt{NBSP}: {heard[0]}")
    except Failed as failed:
        print(f"{name}{NBSP}: {failed}")
        return False
    except Exception:
        traceback.print_exc()
        return False
    print(f"{name}{NBSP}: {found}")
    return True


class SelfTest:
    """The checks, in the order in which each needs what the one before left."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self._application, self._folder = application, folder
        clock = Clock()
        self._entrance = Entrance(folder / "magasin", clock, Ids(clock), cost=lambda: FLOOR)
        self._today = clock.today()
        self._context: Context | None = None

    def checks(self) -> Iterator[tuple[str, Callable[[], str]]]:
        yield "magasin chiffré", self.check_store
        yield "journal", self.check_journal
        yield "définitions", lambda: check_definitions(self._today)
        yield "documents", lambda: check_documents(self._today)
        yield "pages", self.check_pages

    def close(self) -> None:
        if self._context is not None:
            self._context.store.close()

    def check_store(self) -> str:
        """Make a store, print its recovery sheet, close it, open it again with the passphrase."""
        ids = Ids(Clock())
        function = self._entrance.functions()[0][0]
        officer = Officer(
            id=ids.new(),
            identifier=_IDENTIFIER,
            family_name="Essai",
            first_name="Agent",
            function=function,
            roles=(Role.CPIP,),
        )
        first = FirstStart(
            service=Service(id=ids.new(), name="SPIP d’essai", branch="antenne d’essai"),
            officer=officer,
            passphrase=_PASSPHRASE,
            notice_read=True,
        )
        entry = self._entrance.first_start(first)
        _require_words(self._entrance.paper(entry), "Clé de secours", _IDENTIFIER)
        self._entrance.confirm_paper(entry)
        lock(entry.context)
        self._context = self._reopened().context
        with self._context.store.reading() as tx:
            for name, wanted in _PRAGMAS.items():
                found = tx.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                if str(found) != wanted:
                    raise Failed(f"{name} vaut {found} au lieu de {wanted}")
        return "fait, fermé, rouvert avec la phrase de passe"

    def check_journal(self) -> str:
        """The chain holds from its first line."""
        from spip_desktop.db import journal

        context = self._opened()
        with context.store.reading() as tx:
            broken = journal.first_break(tx.connection, context.store.identity.journal_key)
            count, _ = journal.head(tx.connection)
        if broken is not None or not count:
            raise Failed(f"la ligne {broken} ne tient pas à la précédente")
        return f"{count} lignes qui se tiennent"

    def check_pages(self) -> str:
        """Every page of the program in its window, in every look, with one person in the store."""
        from spip_desktop.ui import theme

        theme.apply(self._application, theme.make_theme())
        desk = self._desk()
        person = desk.services.persons.quick_start(_person(self._today))
        places = _places(desk.services, desk.workplace.kinds(), person)
        for place in places:
            if place.kind in SHARED:  # the window of such a page shows nothing else after
                self._put_away(desk)
                desk = self._desk()
            self._open(desk.workplace.go, place)
        for name in THEMES:
            theme.apply(self._application, theme.make_theme(name, 200))
            pause(_SETTLING)
            if desk.window.grab().isNull():
                raise Failed(f"rien n’est dessiné ({name})")
        self._put_away(desk)
        return f"{len(places)} ouvertes dans la fenêtre"

    def _desk(self) -> "Desk":
        """A window of its own on the opened store."""
        from spip_desktop.ui.desk import Desk
        from spip_desktop.ui.tasks import Tasks
        from spip_desktop.wiring import make_services

        desk = Desk(make_services(self._opened()), Tasks(self._application), Settings(), ())
        desk.window.resize(*_WINDOW)
        desk.start()
        desk.window.show()
        return desk

    def _put_away(self, desk: "Desk") -> None:
        desk.window.close()
        desk.window.deleteLater()
        self._application.processEvents()

    def _open(self, go: Callable[[Place], bool], place: Place) -> None:
        """Open a page; once drawn it must rest, or it eats the workstation."""
        if not go(place):
            raise Failed(f"«{NBSP}{place.kind}{NBSP}» ne s’ouvre pas")
        watch = _Restlessness(self._application)
        rests = any(watch.quiet_for(_SETTLING) for _ in range(_PATIENCE))
        watch.stop()
        if not rests:
            raise Failed(f"«{NBSP}{place.kind}{NBSP}» se redessine sans fin")

    def _opened(self) -> Context:
        assert self._context is not None
        return self._context

    def _reopened(self) -> Entry:
        entry = self._entrance.unlock(_IDENTIFIER, _PASSPHRASE)
        if entry.notices:
            raise Failed(f"à l’ouverture{NBSP}: {entry.notices[0].code}")
        return entry


class _Restlessness(QObject):
    """Counts how often a part of a window asks to be laid out again."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application, self.seen = application, 0
        application.installEventFilter(self)

    def quiet_for(self, milliseconds: int) -> bool:
        """Whether nothing was asked for during that time."""
        self.seen = 0
        pause(milliseconds)
        return not self.seen

    def stop(self) -> None:
        self._application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.seen += 1
        return False


def _places(services: "Services", kinds: Iterable[str], person: UUID) -> list[Place]:
    """Every kind of page, with an object to show; last those shared with the person."""
    services.evaluations.draft.start(person, Start(kind=EvaluationKind.INITIAL))
    objects = {
        "partner": services.partners.add("Mission locale d’essai"),
        "prescription": services.prescriptions.draft.start(person),
    }
    about_person = {kind for kind in kinds if kind.startswith("person.") and kind != "person.new"}
    # The plan is shared once it was put to the person: tests/ui/shared does.
    ordered = sorted((one for one in kinds if one != "person.plan_shared"), key=lambda one: one in SHARED)
    return [Place(kind, person if kind in about_person else objects.get(kind)) for kind in ordered]


def check_definitions(today: date) -> str:
    """Every list, form, sheet and set of rules shipped, and the look."""
    from spip_desktop.forms import fields, loader, rules, sheet
    from spip_desktop.ui import icons, theme

    found = [reference.load(kind).definition for kind in reference.kinds()]
    found += [loader.shipped(code).definition for code in _codes("forms")]
    found += [sheet.shipped(code).definition for code in _codes("sheets")]
    found += [rules.shipped(code).definition for code in _codes("rules")]
    fields.shipped()
    if not icons.icon_names():
        raise Failed("aucune icône")
    for name in THEMES:
        theme.make_theme(name)
    if theme.FAMILY not in QFontDatabase.families():
        raise Failed(f"la police {theme.FAMILY} manque")
    return f"{len(found) + 1} lues au {today:%d/%m/%Y}"


def check_documents(today: date) -> str:
    """Every paper has its pages and its words."""
    every = samples(today)
    for sample in every:
        try:
            _require_words(sample.render(), *sample.words)
        except Failed as failed:
            raise Failed(f"{sample.name}, {failed}") from None
    return f"{len(every) + 1} imprimés et relus"


def _require_words(content: bytes, *words: str) -> None:
    paper = Paper(content)
    if not paper.pages:
        raise Failed("aucune page")
    text = paper.text().replace(NBSP, " ")
    for one in words:
        if one.replace(NBSP, " ") not in text:
            raise Failed(f"«{NBSP}{one}{NBSP}» n’est pas écrit")


def _codes(folder: str) -> list[str]:
    codes = sorted(path.stem for path in resource(folder).glob("*.toml"))
    if not codes:
        raise Failed(f"aucun fichier dans {folder}")
    return codes


def _person(today: date) -> QuickStart:
    return QuickStart(
        birth_name="N’Diaye", first_names="Loïc", birth_date=date(today.year - 22, 3, 14), ecrou_number="12345"
    )
