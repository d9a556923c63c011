"""Tagged sheets, and letters to partners, against LibreOffice headless on the same text and pages: 20 in one call each.

LibreOffice gets flat ODT files made beforehand, one paragraph a line of our page: easier for it than laying out
our blocks. `--install` fetches it where this is Debian and one may.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.clockwork import Figure, median, times
from benchmarks.letter import letter
from benchmarks.sheet import sheet
from tests.documents import reading

COUNT, REPEATS = 20, 5
_INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", "libreoffice-writer-nogui")
_OURS = "from benchmarks.{name} import {name}\nfor _ in range({count}): {name}()"
_FLAT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:style style:name="L" style:family="paragraph"><style:text-properties fo:font-size="7pt"/></style:style>
<style:style style:name="P" style:family="paragraph" style:parent-style-name="L">
<style:paragraph-properties fo:break-before="page"/><style:text-properties fo:font-size="7pt"/></style:style>
<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm"
 fo:margin="12mm"/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>
"""


@dataclass(frozen=True, slots=True)
class _Subject:
    """The function of a module of the same name, what it makes in words, and what was asked of it."""

    name: str
    said: str
    make: Callable[[], bytes]
    bound: float


_SUBJECTS = (_Subject("sheet", "tagged sheets", sheet, 0.25), _Subject("letter", "letters to partners", letter, 0.33))


def figures() -> Iterator[Figure]:
    office = _office()
    if office is None:
        print("papers: LibreOffice is absent (--install fetches libreoffice-writer-nogui); not measured")
        return
    for subject in _SUBJECTS:
        yield from _figures(office, subject)


def _figures(office: str, subject: _Subject) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        sources = _sources(place, subject)
        theirs = _libre_office(office, place, sources)
        ours = [sys.executable, "-c", _OURS.format(name=subject.name, count=COUNT)]
        theirs_ms, ours_ms = [], []
        for turn in range(REPEATS + 1):
            spent = times(lambda: _call(ours), 1) + times(lambda: _call(theirs), 1)
            if turn:
                ours_ms.append(spent[0])
                theirs_ms.append(spent[1])
        _check_pages(place, subject)
    ratio = median(ours_ms) / median(theirs_ms)
    value = f"{median(ours_ms):.0f} ms / {median(theirs_ms):.0f} = {ratio:.2f}"
    bound = subject.bound
    yield Figure(f"20 {subject.said}, both with their process", value, f"<= {bound}", ratio <= bound)
    warm = median(times(subject.make, 30))
    each = median(theirs_ms) / COUNT
    value = f"{warm:.1f} ms / {each:.1f} = {warm / each:.2f}"
    yield Figure("  one more in the open program", value, f"<= {bound}", warm / each <= bound)


def _office() -> str | None:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and "--install" in sys.argv and os.name == "posix" and shutil.which("apt-get"):
        subprocess.run(_INSTALL, check=True, stdout=subprocess.DEVNULL)
        found = shutil.which("soffice")
    return found


def _sources(place: Path, subject: _Subject) -> list[Path]:
    pages = [page.splitlines() for page in reading.text(subject.make(), "-layout").split("\f")[:-1]]
    body = "".join(
        f'<text:p text:style-name="{"P" if number and not place_ else "L"}">{escape(" ".join(line.split()))}</text:p>'
        for number, page in enumerate(pages)
        for place_, line in enumerate(line for line in page if line.strip())
    )
    sources = [place / f"sheet-{number}.fodt" for number in range(COUNT)]
    for source in sources:
        source.write_text(_FLAT.format(body=body), "utf-8")
    return sources


def _libre_office(office: str, place: Path, sources: list[Path]) -> list[str]:
    profile = f"-env:UserInstallation=file://{place}/profile"
    return [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(place), *map(str, sources)]


def _call(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=300)


def _check_pages(place: Path, subject: _Subject) -> None:
    """The comparison holds only when both made the same pages with the same words."""
    ours, theirs = subject.make(), (place / "sheet-0.pdf").read_bytes()
    if len(reading.pages(ours)) != len(reading.pages(theirs)):
        raise RuntimeError(f"{len(reading.pages(ours))} pages against {len(reading.pages(theirs))}")
    words: Callable[[bytes], int] = lambda content: len(reading.one_line(content).split())  # noqa: E731
    if abs(words(ours) - words(theirs)) > words(ours) // 50:
        raise RuntimeError(f"{words(ours)} words against {words(theirs)}")
