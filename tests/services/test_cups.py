"""What a paper sent to CUPS would leave in clear: judged on real servers, then shown by what they keep."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from spip_desktop.domain.errors import Problem
from spip_desktop.security.disk import Medium, medium_of
from spip_desktop.services.cups import CLEAN, Spool, spool_of
from spip_desktop.services.printing import send
from spip_desktop.wording import sentence
from tests.rigs.print_server import PRINTER, PrintServer, print_server

CANARY = b"%PDF-1.4 CANARI-7F3A Perrin %%EOF"
#: What is said of a spool on the disk of this machine's temporary folder, which is not the same everywhere.
ON_DISK = {Medium.PLAIN: "spool_kept", Medium.UNKNOWN: "spool_unseen"}
_MEMORY = Path("/dev/shm")


@contextmanager
def running(folder: Path, patch: pytest.MonkeyPatch, **words: object) -> Iterator[PrintServer]:
    with print_server(folder / "cups", **words) as server:  # type: ignore[arg-type]
        for name, value in server.environment.items():
            patch.setenv(name, value)
        yield server


@pytest.fixture
def memory() -> Iterator[Path]:
    folder = Path(mkdtemp(dir=_MEMORY))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def said_on_disk(folder: Path, otherwise: str = "") -> str:
    """The code expected where the spool is in that folder and job files are kept."""
    return ON_DISK.get(medium_of(folder), otherwise)


def code(spool: Spool) -> str:
    return spool.problem.code if spool.problem else ""


def print_and_look(server: PrintServer) -> list[bytes]:
    assert send(CANARY, PRINTER, _MEMORY) == ""
    server.until_printed(1)
    return [path.read_bytes() for path in server.papers()]


@pytest.mark.parametrize("preserve", ["", "PreserveJobFiles Yes", "preservejobfiles 3600", "PreserveJobFiles\t1d"])
def test_a_server_that_keeps_papers_is_refused_and_does_keep_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preserve: str
) -> None:
    with running(tmp_path, monkeypatch, preserve=preserve) as server:
        assert code(spool_of(PRINTER)) == said_on_disk(tmp_path)
        assert print_and_look(server) == [CANARY]


@pytest.mark.parametrize("preserve", ["PreserveJobFiles No", "PreserveJobFiles off", "PreserveJobFiles 0"])
def test_a_server_that_deletes_papers_is_allowed_and_keeps_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, preserve: str
) -> None:
    with running(tmp_path, monkeypatch, preserve=preserve) as server:
        assert spool_of(PRINTER) == CLEAN
        assert print_and_look(server) == []


def test_a_spool_in_memory_may_keep_papers(tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(tmp_path, monkeypatch, spool=memory / "spool") as server:
        assert spool_of(PRINTER) == CLEAN
        assert print_and_look(server) == [CANARY]


def test_a_stopped_printer_would_leave_the_paper_waiting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(tmp_path, monkeypatch, preserve="PreserveJobFiles No") as server:
        server.admin("/usr/sbin/cupsdisable", PRINTER)
        expected = "printer_stopped" if said_on_disk(tmp_path) else ""
        assert code(spool_of(PRINTER)) == expected
        assert send(CANARY, PRINTER, _MEMORY) == ""
        assert [path.read_bytes() for path in server.papers()] == [CANARY]
        server.admin("/usr/sbin/cupsenable", PRINTER)
        assert spool_of(PRINTER) == CLEAN


@pytest.mark.parametrize(
    ("uri", "expected"), [("file:///tmp/out.pdf", "printer_writes_file"), ("file:///dev/null", "")]
)
def test_a_printer_that_is_a_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uri: str, expected: str
) -> None:
    with running(tmp_path, monkeypatch, preserve="PreserveJobFiles No") as server:
        server.admin("/usr/sbin/lpadmin", "-p", "Autre", "-E", "-v", uri, "-m", "raw")
        assert code(spool_of("Autre")) == expected


def test_files_that_cannot_be_read_leave_it_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running(tmp_path, monkeypatch, preserve="PreserveJobFiles No") as server:
        (server.folder / "cupsd.conf").unlink()
        expected = "spool_unseen" if said_on_disk(tmp_path) else ""
        assert code(spool_of(PRINTER)) == expected
        (server.folder / "cups-files.conf").unlink()
        assert spool_of(PRINTER) == Spool(unsure=True, problem=Problem("spool_unseen"))


def test_what_another_file_adds_leaves_it_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "more.conf").write_text("PreserveJobFiles Yes\n")
    words = f"PreserveJobFiles No\nInclude {tmp_path}/more.conf"
    with running(tmp_path, monkeypatch, preserve=words):
        assert code(spool_of(PRINTER)) == ("spool_unseen" if said_on_disk(tmp_path) else "")


def test_the_server_that_answers_is_the_one_that_is_judged(
    tmp_path: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        running(tmp_path / "one", monkeypatch, spool=memory / "spool"),
        running(tmp_path / "two", monkeypatch) as keeping,
    ):
        assert os.environ["CUPS_SERVER"].endswith(str(keeping.port))
        assert code(spool_of(PRINTER)) == said_on_disk(tmp_path)


def test_a_server_elsewhere_is_unknown_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "impression.example:631")
    spool = spool_of(PRINTER)
    assert spool == Spool(unsure=True, problem=Problem("spool_elsewhere", data={"server": "impression.example"}))


def test_without_lpstat_it_is_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert code(spool_of(PRINTER)) == "spool_unseen"


def test_an_account_without_privileges_knows_as_much(tmp_path: Path) -> None:
    """The server's command line and its two files are open to all, unless the workstation closes them."""
    if os.geteuid() != 0:
        return  # every test above then ran without privileges
    with print_server(tmp_path / "cups", preserve="PreserveJobFiles No") as server:
        assert _said_to_nobody(server) == "Spool(kept=False, unsure=False, problem=None)"
        (server.folder / "cupsd.conf").chmod(0o600)
        expected = "spool_unseen" if said_on_disk(tmp_path) else "problem=None"
        assert expected in _said_to_nobody(server)


_AS_NOBODY = """
import os, pwd
from spip_desktop.services.cups import spool_of
nobody = pwd.getpwnam("nobody")
os.setgroups([]); os.setgid(nobody.pw_gid); os.setuid(nobody.pw_uid)
print(spool_of("Bureau"))
"""


def _said_to_nobody(server: PrintServer) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY],
        env={"PATH": os.environ["PATH"], **server.environment},
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.stderr, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("code", ["spool_kept", "printer_stopped", "printer_writes_file", "spool_on_disk"])
def test_each_refusal_says_what_to_do(code: str) -> None:
    said = sentence(Problem(code, data={"printer": "Bureau"}))
    assert any(words in said for words in ("CLSI", "Choisissez", "choisissez"))
