"""Papers on their way to CUPS: `lp` is replaced by one that writes down what it was given."""

import os
import stat
import sys
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.services import printing
from spip_desktop.services.context import Context
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.printing import Printable, PrintingService
from tests.prescription_fixtures import MissionsLocales, complete

_LP = """#!{python}
import os, sys
here = os.path.dirname(os.path.abspath(__file__))
open(os.path.join(here, "arguments"), "w").write("\\n".join(sys.argv[1:]))
open(os.path.join(here, "temporary"), "w").write(os.environ["TMPDIR"])
open(os.path.join(here, "content"), "ab").write(sys.stdin.buffer.read())
sys.exit(int(open(os.path.join(here, "answer")).read()))
"""
_LPSTAT = """#!/bin/sh
if [ "$1" = -e ]; then printf 'Bureau_2\\nAccueil\\n'; else echo 'system default destination: Bureau_2'; fi
"""


class FakePrinter:
    """The two commands of CUPS, first in PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._command("lp", _LP.format(python=sys.executable))
        self._command("lpstat", _LPSTAT)
        self.answers(0)

    def answers(self, code: int) -> None:
        (self.folder / "answer").write_text(str(code))

    @property
    def content(self) -> bytes:
        return (self.folder / "content").read_bytes()

    @property
    def arguments(self) -> list[str]:
        return (self.folder / "arguments").read_text().splitlines()

    def _command(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(text)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakePrinter:
    folder = tmp_path / "cups"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return FakePrinter(folder)


@pytest.fixture
def paper(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> Printable:
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    return prescriptions.papers.issued(id_)


def acts(context: Context, paper: Printable) -> list[tuple[str, str, str]]:
    with context.store.reading() as tx:
        lines = journal.lines_about(tx.connection, paper.object_id)
    return [(line.act, line.reason, line.recipient) for line in lines if line.act.startswith("print")]


def test_the_very_bytes_reach_lp_on_standard_input_under_a_title_that_names_nobody(
    context: Context, paper: Printable, printer: FakePrinter
) -> None:
    PrintingService(context).print(paper, "Bureau_2")
    assert printer.content == paper.content
    assert printer.arguments[:4] == ["-d", "Bureau_2", "-t", "Document"]
    assert printer.arguments[-1] == "-"
    assert "Perrin" not in " ".join(printer.arguments)
    assert acts(context, paper) == [("print", "", "Bureau_2")]


def test_a_reprint_sends_the_same_bytes_and_writes_its_own_line(
    context: Context, paper: Printable, printer: FakePrinter, prescriptions: PrescriptionService
) -> None:
    service = PrintingService(context)
    service.print(paper, "Bureau_2")
    service.print(prescriptions.papers.issued(paper.object_id), "Bureau_2")
    assert printer.content == paper.content * 2
    assert len(acts(context, paper)) == 2


def test_a_failure_adds_a_second_line_and_is_said(context: Context, paper: Printable, printer: FakePrinter) -> None:
    printer.answers(1)
    with pytest.raises(Refusal) as refused:
        PrintingService(context).print(paper, "Bureau_2")
    assert refused.value.code == "print_failed"
    assert acts(context, paper) == [
        ("print", "", "Bureau_2"),
        ("print_failed", "lp a répondu 1", "Bureau_2"),
    ]


def test_the_line_is_committed_before_the_job(
    context: Context, paper: Printable, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[list[tuple[str, str, str]]] = []
    send = printing.send

    def watched(content: bytes, name: str, folder: Path) -> str:
        seen.append(acts(context, paper))
        return send(content, name, folder)

    monkeypatch.setattr(printing, "send", watched)
    PrintingService(context).print(paper, "Bureau_2")
    assert seen == [[("print", "", "Bureau_2")]]


def test_printers_are_listed_with_the_default_one_first(printer: FakePrinter) -> None:
    assert [(one.name, one.is_default) for one in printing.cups_printers()] == [
        ("Bureau_2", True),
        ("Accueil", False),
    ]


def test_without_lp_there_is_no_cups_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not printing.has_cups()
    assert printing.cups_printers() == ()


def test_no_printer_is_said_and_nothing_is_written(context: Context, paper: Printable) -> None:
    with pytest.raises(Refusal) as refused:
        PrintingService(context).print(paper, "")
    assert refused.value.code == "no_printer"
    assert acts(context, paper) == []


_DISK = "/dev/sda1 / ext4 rw 0 0\n"


@pytest.mark.parametrize(("mounts", "allowed"), [(_DISK, False), (_DISK + "tmpfs {folder} tmpfs rw 0 0\n", True)])
def test_only_a_folder_in_memory_may_hold_a_job_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str, allowed: bool
) -> None:
    monkeypatch.setattr(printing, "read_mounts", lambda: mounts.format(folder=tmp_path))
    assert (printing.memory_folder({"XDG_RUNTIME_DIR": str(tmp_path)}) is not None) == allowed


def test_a_disk_spool_refuses_the_job_before_any_line(
    context: Context, paper: Printable, printer: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "read_mounts", lambda: _DISK)
    with pytest.raises(Refusal) as refused:
        PrintingService(context).print(paper, "Bureau_2")
    assert refused.value.code == "spool_on_disk"
    assert acts(context, paper) == []
