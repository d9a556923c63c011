"""What the disk does not take: it waits on the page, is tried again, and does not hold the window or the lock."""

from datetime import datetime
from uuid import UUID

import pytest

from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal, Unsaved
from spip_desktop.domain.place import Place
from spip_desktop.relaunch import said_of_lock
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.page import Page
from spip_desktop.ui.window import KEPT_ASIDE, Frame, MainWindow
from tests.ui.conftest import Show

AT = datetime(2026, 11, 22, 14, 2, 31, tzinfo=PARIS)


class Disk:
    """A service on a disk that refuses as many times as told."""

    def __init__(self, refusals: int, *, released: bool) -> None:
        self.refusals, self.released, self.asked = refusals, released, 0

    def save(self, codes: frozenset[str]) -> datetime:
        self.asked += 1
        if self.refusals:
            self.refusals -= 1
            raise Unsaved("disk_full", drive="D", released=self.released)
        return AT


def autosave_on(disk: Disk) -> tuple[Autosave, list[str], list[Exception]]:
    said: list[str] = []
    reported: list[Exception] = []
    made = Autosave(disk.save, report=reported.append, drafts=lambda codes: [draft_of(code) for code in sorted(codes)])
    made.failed.connect(said.append)
    return made, said, reported


def draft_of(code: str) -> Draft:
    return Draft("person", RECORD, code, f"texte de {code}")


RECORD = UUID(int=7)


def test_room_just_made_saves_at_once_and_says_nothing() -> None:
    disk = Disk(1, released=True)
    autosave, said, _ = autosave_on(disk)
    autosave.touch("note")
    assert autosave.flush()
    assert (disk.asked, said, autosave.waiting()) == (2, [], frozenset())


def test_a_full_disk_is_named_and_the_text_waits(qtbot: object) -> None:
    disk = Disk(1, released=False)
    autosave, said, reported = autosave_on(disk)
    autosave.touch("note")
    autosave.touch("phone")
    assert not autosave.flush()
    assert said[0].startswith("Le disque D est plein")
    assert reported == []  # no bug, no dialog
    assert autosave.unsaved() == [draft_of("note"), draft_of("phone")]
    assert autosave.flush()
    assert autosave.unsaved() == []


def test_what_an_officer_can_put_right_does_not_wait() -> None:
    """Control: a refusal of the service is another thing, and is kept as a draft by it."""

    def refuse(codes: frozenset[str]) -> datetime:
        raise Refusal("frozen")

    autosave = Autosave(refuse, drafts=lambda codes: [draft_of("note")])
    autosave.touch("note")
    assert not autosave.flush()
    assert autosave.unsaved() == []


def test_a_window_that_could_not_save_closes_when_asked_again(show: Show) -> None:
    window = MainWindow(Frame(lambda: AT))
    show(window)
    page = Page("Une page")
    window.show_page(page, Place("page"))
    page.flush = lambda: False  # type: ignore[method-assign]
    window.save_failed("Le disque D est plein.")
    assert not window.close()
    assert window.band.sentence.text() == f"Le disque D est plein. {KEPT_ASIDE}"
    window.saved(AT)  # saved in between: the next close asks again
    assert not window.close()
    assert window.close()


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("idle@14 h 02@5", "Votre travail est enregistré"),
        ("lock@14 h 02@5@saved", "Votre travail est enregistré"),
        ("lock@14 h 02@5@aside", "gardé à part"),
        ("lock@14 h 02@5@lost", "n’a pas pu être gardé"),
    ],
)
def test_the_return_says_what_became_of_the_last_words(kept: str, said: str) -> None:
    assert said in said_of_lock(kept)
