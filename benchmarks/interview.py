"""The note of an interview of 20,000 words, spelling on: a key until it is painted; the dictionary read, asked."""

import random
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication

from benchmarks.clockwork import Figure, median, percentile, times
from benchmarks.compare import KEY_BOUND, LETTERS, empty_services, said
from benchmarks.store import Painted, desk_of
from spip_desktop import app
from spip_desktop.dictionary import Dictionary
from spip_desktop.domain.place import Place
from spip_desktop.services.person import QuickStart
from spip_desktop.ui import theme
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.editors import NoteEdit
from spip_desktop.ui.speller import Speller
from spip_desktop.wiring import Services

WORDS, WRONG_EVERY = 20_000, 40
#: Words of each paragraph of the note: as one writes, and as one pastes.
PARAGRAPHS = (80, 2_000)
LOAD_BOUND = 400  # ms


def figures() -> Iterator[Figure]:
    spent = times(Dictionary, 5)
    value = f"{median(spent):.0f} ms"
    yield Figure("the French dictionary read", value, f"<= {LOAD_BOUND} ms", median(spent) <= LOAD_BOUND)
    dictionary = Dictionary()
    every = sorted({word for word in _text(random.Random(7)).split() if word.isalpha()})
    asked = times(lambda: [dictionary.knows(word) for word in every], 20)
    wrong = times(lambda: dictionary.suggest("aplique"), 5)
    yield Figure(
        "a word looked up; suggestions for one",
        f"{median(asked) / len(every) * 1000:.0f} µs; {median(wrong):.0f} ms",
        "said",
        True,
    )
    with tempfile.TemporaryDirectory(prefix="spip-desktop-") as folder:
        services = empty_services(Path(folder))
        for paragraph in PARAGRAPHS:
            spent = _typed(services, paragraph)
            value = f"{percentile(spent):.1f} ms (median {median(spent):.1f}, worst {max(spent):.0f}, n {len(spent)})"
            name = f"a key in 20,000 words, paragraphs of {paragraph:,}, p95"
            yield Figure(name, value, f"<= {KEY_BOUND} ms", percentile(spent) <= KEY_BOUND)
        services.context.store.close()


def _typed(services: Services, paragraph: int) -> list[float]:
    """Keys at the end of the note, pauses of the speller and autosaves between them."""
    theme.apply(app.make_application(), theme.make_theme())
    number = str(paragraph)
    start_with = QuickStart(
        birth_name=f"Perrin{number}", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number=number
    )
    person = services.persons.quick_start(start_with)
    id_ = services.interviews.writing.begin(person)
    services.interviews.writing.save_fields(id_, {"today": _text(random.Random(7), paragraph)})
    desk = desk_of(services.context)
    services.access.open(person)
    desk.workplace.go(Place("interview", id_, "today"))
    page = desk.workplace.page()
    assert page is not None
    note = next(one for one in page.findChildren(NoteEdit) if one.objectName() == "today.editor")
    note.setFocus()
    note.moveCursor(QTextCursor.MoveOperation.End)
    _load(desk)
    spent = []
    for place in range(LETTERS):
        letter = said(place)
        start = time.perf_counter()
        watch = Painted(note.viewport())
        QApplication.sendEvent(note, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
        watch.wait()
        spent.append((time.perf_counter() - start) * 1000)
    assert page.flush()
    desk.window.hide()
    return spent


def _load(desk: Desk) -> None:
    """Wait until the dictionary is there and what is in sight is looked up."""
    speller: Speller = desk.spelling
    until = time.perf_counter() + 20
    while speller.dictionary is None or speller.waits():
        if time.perf_counter() > until:
            raise RuntimeError("the dictionary was never read")
        QApplication.processEvents()
        time.sleep(0.01)


def _text(chance: random.Random, paragraph: int = 80) -> str:
    """Paragraphs of so many words, some of which are in no dictionary."""
    known = "il dit que son frère l’aide à la maison et qu’il veut un travail dans la cuisine mais pas encore".split()  # noqa: SIM905
    chosen = (chance.choice(known) for _ in range(WORDS))
    words = [f"{word}x" if number % WRONG_EVERY == 0 else word for number, word in enumerate(chosen)]
    parts = (words[start : start + paragraph] for start in range(0, WORDS, paragraph))
    return "\n".join(" ".join(part) + "." for part in parts)
