"""The scanner finds a planted leak in each form, each wrapping, in names, and nothing where there is nothing."""

import base64
import gzip
import os
import subprocess
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.canary.scanner import Scanner

WORD = "Kwyztélune"
NOTE = f"L’entretien avec {WORD} a duré"
SCANNER = Scanner([WORD])

FORMS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "latin-1": lambda text: text.replace("’", "'").encode("latin-1"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "decomposed utf-16": lambda text: unicodedata.normalize("NFD", text).encode("utf-16-le"),
    "capitals": lambda text: text.upper().encode(),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    **{f"base64+{n}": lambda text, n=n: base64.b64encode(b"x" * n + text.encode()) for n in range(3)},  # type: ignore[misc]
    "base64 utf-16": lambda text: base64.b64encode(text.encode("utf-16-le")),
    "zlib": lambda text: b"before" + zlib.compress(text.encode()) + b"after",
    "zlib utf-16": lambda text: zlib.compress(text.encode("utf-16-be")),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib in zlib": lambda text: zlib.compress(b"x" + zlib.compress(text.encode())),
    "base64 in zlib": lambda text: zlib.compress(base64.b64encode(text.encode())),
}


def leaks(path: Path) -> list[str]:
    return [str(leak) for leak in SCANNER.in_folder(path)]


def test_a_stream_that_was_cut_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = zlib.compress(NOTE.encode() + os.urandom(60_000))
    (tmp_path / "file").write_bytes(whole[:30_000])
    assert leaks(tmp_path) != []
    (tmp_path / "file").write_bytes(whole[:30_000] + bytes(9) + whole[30_000:])
    assert leaks(tmp_path) != []


@pytest.mark.parametrize("form", FORMS)
def test_a_leak_is_found_in_each_form(tmp_path: Path, form: str) -> None:
    noise = os.urandom(50_000)
    (tmp_path / "file").write_bytes(noise)
    assert leaks(tmp_path) == []
    (tmp_path / "file").write_bytes(noise + FORMS[form](NOTE) + noise)
    assert leaks(tmp_path) != []


def test_a_leak_is_found_in_an_archive_a_pdf_and_a_name(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("note", NOTE)
    assert any("zip" in one for one in leaks(tmp_path))
    (tmp_path / "a").unlink()
    canvas = Canvas(str(tmp_path / "b"), pageCompression=1)
    canvas.drawString(72, 720, NOTE.replace("’", "'"))
    canvas.save()
    (tmp_path / "b").write_bytes(b"spooled" + (tmp_path / "b").read_bytes())
    assert any("PDF" in one for one in leaks(tmp_path))
    (tmp_path / "b").unlink()
    (tmp_path / f"dossier {WORD}").mkdir()
    assert any("the name" in one for one in leaks(tmp_path))


def test_a_leak_is_found_in_the_memory_of_a_process() -> None:
    code = "import sys; kept = sys.stdin.readline().strip() * 3; print('read', flush=True); sys.stdin.readline()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert SCANNER.in_memory(process.pid) == set()
        process.stdin.write(WORD.encode() + b"\n")
        process.stdin.flush()
        process.stdout.readline()
        assert any("latin-1" in one for one in SCANNER.in_memory(process.pid))
        process.stdin.write(b"\n")
