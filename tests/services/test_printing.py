"""Papers on their way to CUPS: a real cupsd of the test's own, and what stays in its spool."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Actor
from spip_desktop.services import printing
from spip_desktop.services.context import Context
from spip_desktop.services.cups import takes_both_sides
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.printing import Printable, PrintingService
from tests.prescription_fixtures import MissionsLocales, complete
from tests.rigs.print_server import PRINTER, PrintServer, print_server

_HERE = Path("/dev/shm")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintServer]:
    """A server that keeps its jobs, so that what it was given can be read."""
    with print_server(tmp_path / "cups", preserve="PreserveJobFiles Yes") as one:
        for name, value in one.environment.items():
            monkeypatch.setenv(name, value)
        yield one


@pytest.fixture
def paper(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> Printable:
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    return prescriptions.papers.issued(id_)


def acts(context: Context, paper: Printable) -> list[tuple[str, str, str]]:
    with context.store.reading() as tx:
        lines = journal.lines_about(tx.connection, paper.object_id)
    return [(line.act, line.reason, line.recipient) for line in lines if line.act.startswith("print")]


def test_the_very_bytes_reach_the_server_under_a_title_that_names_nobody(paper: Printable, server: PrintServer) -> None:
    assert printing.send(paper.content, PRINTER, _HERE) == ""
    server.until_printed(1)
    (kept,) = server.papers()
    assert kept.read_bytes() == paper.content
    told = (server.spool / "c00001").read_bytes()
    assert b"Document" in told
    assert b"Perrin" not in told


def test_a_reprint_sends_the_same_bytes(
    paper: Printable, server: PrintServer, prescriptions: PrescriptionService
) -> None:
    printing.send(paper.content, PRINTER, _HERE)
    printing.send(prescriptions.papers.issued(paper.object_id).content, PRINTER, _HERE)
    server.until_printed(2)
    assert {kept.read_bytes() for kept in server.papers()} == {paper.content}


def test_a_printer_that_does_not_exist_takes_nothing(paper: Printable, server: PrintServer) -> None:
    assert printing.send(paper.content, "Grenier", _HERE) == "lp a répondu 1"
    assert server.papers() == []


def test_the_journal_says_where_it_went_what_failed_and_that_a_copy_was_accepted(
    context: Context, paper: Printable
) -> None:
    service = PrintingService(context)
    service.note(paper, "Bureau_2")
    service.note_failure(paper, "Bureau_2", "lp a répondu 1")
    service.note(paper, "Accueil", copy_accepted=True)
    assert acts(context, paper) == [
        ("print", "", "Bureau_2"),
        ("print_failed", "lp a répondu 1", "Bureau_2"),
        ("print", "copie possible acceptée", "Accueil"),
    ]


def test_who_may_not_print_leaves_no_line(context: Context, paper: Printable) -> None:
    stranger = Context(context.store, Actor(replace(context.actor.officer, roles=())))
    with pytest.raises(Refusal, match="not_allowed"):
        PrintingService(stranger).note(paper, "Bureau_2")
    with pytest.raises(Refusal, match="not_allowed"):
        PrintingService(stranger).note_failure(paper, "Bureau_2", "lp introuvable")
    assert acts(context, paper) == []


def test_printers_are_listed_with_the_default_one_first(server: PrintServer) -> None:
    server.admin("/usr/sbin/lpadmin", "-p", "Accueil", "-E", "-v", "file:///dev/null", "-m", "raw")
    assert [one.name for one in printing.cups_printers()] == ["Accueil", PRINTER]
    server.admin("/usr/sbin/lpadmin", "-d", PRINTER)
    assert [(one.name, one.is_default) for one in printing.cups_printers()] == [(PRINTER, True), ("Accueil", False)]


def test_without_lp_there_is_no_cups_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not printing.has_cups()
    assert printing.cups_printers() == ()


_DISK = "/dev/sda1 / ext4 rw 0 0\n"


@pytest.mark.parametrize(("mounts", "allowed"), [(_DISK, False), (_DISK + "tmpfs {folder} tmpfs rw 0 0\n", True)])
def test_only_a_folder_in_memory_may_hold_a_job_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mounts: str, allowed: bool
) -> None:
    monkeypatch.setattr(printing, "read_mounts", lambda: mounts.format(folder=tmp_path))
    assert (printing.memory_folder({"XDG_RUNTIME_DIR": str(tmp_path)}) is not None) == allowed


@pytest.mark.parametrize(
    ("answered", "both"),
    [
        ("", True),  # a queue that does not say
        ("PageSize/Media Size: *A4 A5", False),
        ("PageSize/Media Size: *A4 A5\nDuplex/2-Sided Printing: *None", False),
        ("PageSize/Media Size: *A4 A5\nDuplex/2-Sided Printing: *None DuplexNoTumble DuplexTumble", True),
    ],
)
def test_a_queue_says_whether_it_prints_on_both_sides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answered: str, both: bool
) -> None:
    told = tmp_path / "lpoptions"
    told.write_text(f"#!/bin/sh\nprintf '{answered}'\n")
    told.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert takes_both_sides("Accueil") is both
