"""« Imprimer sur … » before a real print server: what is refused, what is the officer's own choice, what goes."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from uuid import UUID

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from spip_desktop.db import journal
from spip_desktop.documents.kit.joining import joined
from spip_desktop.domain.errors import Problem
from spip_desktop.services import recovery_paper
from spip_desktop.services.context import Context
from spip_desktop.services.cups import Spool
from spip_desktop.services.printing import Printable, PrintingService
from spip_desktop.ui import printing
from spip_desktop.ui.printing import PrintLine, print_bytes
from tests.documents import reading
from tests.documents.catalogue import PAPERS
from tests.rigs.print_server import PRINTER, PrintServer, print_server
from tests.services.test_cups import said_on_disk
from tests.ui.conftest import Show
from tests.ui.paper import Paper

PAPER = Printable(title="Fiche", content=b"%PDF-1.4 CANARI %%EOF", kind="prescription", object_id=UUID(int=5))
KEEPS, DELETES = "PreserveJobFiles Yes", "PreserveJobFiles No"


@pytest.fixture
def line(show: Show, context: Context) -> Iterator[PrintLine]:
    made = PrintLine(PrintingService(context))
    show(made)
    made.hide()
    yield made
    made.stop()


@pytest.fixture(autouse=True)
def _unwarned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "_chosen", printing._Chosen())


@contextmanager
def server(tmp_path: Path, patch: pytest.MonkeyPatch, preserve: str) -> Iterator[PrintServer]:
    with print_server(tmp_path / "cups", preserve=preserve) as one:
        for name, value in one.environment.items():
            patch.setenv(name, value)
        yield one


def lines(context: Context) -> list[tuple[str, str]]:
    with context.store.reading() as tx:
        return [(line.act, line.reason) for line in journal.lines_about(tx.connection, PAPER.object_id)]


def key_lines(context: Context) -> list[tuple[str, str]]:
    with context.store.reading() as tx:
        every = list(tx.connection.exec_driver_sql(journal.EVERY_LINE))
    return [(row[3], row[6]) for row in every if row[4] == "keys"]


def press_and_wait(line: PrintLine, qtbot: QtBot) -> str:
    with qtbot.waitSignal(line.printed, timeout=20_000) as told:
        line.go.click()
    return str(told.args[0])


def test_a_workstation_that_would_keep_the_paper_prints_nothing(
    line: PrintLine, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with server(tmp_path, monkeypatch, KEEPS) as cups:
        if said_on_disk(tmp_path) != "spool_kept":  # the disk is encrypted, in memory or unknown here
            monkeypatch.setattr(printing, "spool_of", lambda _: _kept())
        with qtbot.waitSignal(line.failed, timeout=5000) as told:
            line.ask(PAPER)
        assert "PreserveJobFiles No" in told.args[0]
        assert "CLSI" in told.args[0]
        assert line.isHidden()
        assert cups.papers() == []
    assert lines(context) == []


def _kept() -> Spool:
    return Spool(kept=True, problem=Problem("spool_kept"))


def test_a_workstation_that_keeps_nothing_prints(
    line: PrintLine, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with server(tmp_path, monkeypatch, DELETES) as cups:
        line.ask(PAPER)
        assert line.go.text() == "Imprimer"
        assert press_and_wait(line, qtbot).endswith(f"envoi à l’imprimante {PRINTER}.")
        cups.until_printed(1)
        assert cups.papers() == []
    assert lines(context) == [("print", "projet")]


def test_where_nobody_knows_the_officer_chooses_and_the_journal_says_so(
    line: PrintLine, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with server(tmp_path, monkeypatch, KEEPS) as cups:
        for name in ("cupsd.conf", "cups-files.conf"):
            (cups.folder / name).unlink()
        line.ask(PAPER)
        assert line.go.text() == "Imprimer quand même"
        assert line.remark.text().startswith("Le poste peut garder une copie du document")
        press_and_wait(line, qtbot)
        cups.until_printed(1)
        assert [path.read_bytes() for path in cups.papers()] == [PAPER.content]
    assert lines(context) == [("print", "projet, copie possible acceptée")]


def test_leaving_is_no_choice(
    line: PrintLine, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with server(tmp_path, monkeypatch, KEEPS) as cups:
        (cups.folder / "cups-files.conf").unlink()
        line.ask(PAPER)
        with qtbot.waitSignal(line.left, timeout=5000):
            line.cancel.click()
        assert cups.papers() == []
    assert lines(context) == []


def test_another_printer_is_judged_when_it_is_chosen(
    line: PrintLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(tmp_path, monkeypatch, DELETES) as cups:
        cups.admin("/usr/sbin/lpadmin", "-p", "Vers_PDF", "-E", "-v", "file:///tmp/out.pdf", "-m", "raw")
        line.ask(PAPER)
        assert line.go.isEnabled()
        line.choice.setCurrentIndex(line.choice.findData("Vers_PDF"))
        line.choice.activated.emit(line.choice.currentIndex())
        assert not line.go.isEnabled()
        assert "en clair dans un fichier" in line.remark.text()
        line.choice.setCurrentIndex(line.choice.findData(PRINTER))
        line.choice.activated.emit(line.choice.currentIndex())
        assert line.go.isEnabled()


def test_a_printer_that_refuses_is_said_and_noted_as_not_printed(
    line: PrintLine, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with server(tmp_path, monkeypatch, DELETES) as cups:
        printed = QSignalSpy(line.printed)
        line.ask(PAPER)
        cups.admin("/usr/sbin/cupsreject", PRINTER)
        with qtbot.waitSignal(line.failed, timeout=20_000) as told:
            line.go.click()
        assert "n’a pas pris le document" in told.args[0]
        assert printed.count() == 0
    assert lines(context) == [("print", "projet"), ("print_failed", "lp a répondu 1")]


def test_a_lock_does_not_wait_for_a_server_that_does_not_answer(
    line: PrintLine, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with server(tmp_path, monkeypatch, DELETES) as cups:
        line.ask(PAPER)
        os.kill(cups.pid, signal.SIGSTOP)
        try:
            failed, begun = QSignalSpy(line.failed), monotonic()
            line.go.click()
            line.stop()
        finally:
            os.kill(cups.pid, signal.SIGCONT)
        assert 2.0 <= monotonic() - begun < 10.0  # the control: it does wait while there is hope
        assert failed.count() == 1
    assert lines(context) == [("print", "projet"), ("print_failed", "interrompue")]


def test_a_recovery_sheet_goes_only_when_asked_a_second_time_where_nobody_knows(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = partial(recovery_paper.write_line, context)
    note = partial(recovery_paper.write_line, context)
    with server(tmp_path, monkeypatch, KEEPS) as cups:
        (cups.folder / "cups-files.conf").unlink()
        assert "une seconde fois" in print_bytes(PAPER.content, note)
        assert cups.papers() == []
        assert key_lines(context) == []
        assert print_bytes(PAPER.content, note) == ""
        cups.until_printed(1)
        assert len(cups.papers()) == 1
    assert key_lines(context) == [("print", "copie possible acceptée")]


def test_a_recovery_sheet_never_goes_where_it_would_be_kept(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = partial(recovery_paper.write_line, context)
    with server(tmp_path, monkeypatch, KEEPS) as cups:
        monkeypatch.setattr(printing, "spool_of", lambda _: _kept())
        for _ in range(2):
            assert "PreserveJobFiles No" in print_bytes(PAPER.content, note)
        assert cups.papers() == []
    assert key_lines(context) == []


def test_on_one_side_a_batch_has_no_blank_leaf_and_the_choice_stays(line: PrintLine, paper: Paper) -> None:
    letter = PAPERS["convocation"]()
    batch = replace(PAPER, content=joined([letter, letter], "Convocations"))
    for sides, pages in ((True, 4), (False, 2)):
        line.ask(batch)
        assert line.both.isVisible()
        if not sides:
            line.both.click()
        assert ("recto verso" if sides else "recto seul") in line.remark.text()
        line.go.click()
        assert len(reading.pages(paper.sent[-1])) == pages
    line.ask(batch)
    assert not line.both.isChecked(), "for the printer that was asked for one side"


def test_a_printer_of_one_side_is_not_offered_both(
    line: PrintLine, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "can_print_both_sides", lambda *_: False)
    letter = PAPERS["convocation"]()
    line.ask(replace(PAPER, content=joined([letter, letter], "Convocations")))
    assert not line.both.isVisible()
    line.go.click()
    assert len(reading.pages(paper.sent[-1])) == 2
