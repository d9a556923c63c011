"""Papers as others read them: poppler for the text and the structure read aloud, pikepdf for the objects."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pikepdf import Array, Dictionary, Object, Pdf, parse_content_stream


def text(content: bytes, *options: str) -> str:
    """What poppler extracts; pages end with a form feed."""
    return _poppler("pdftotext", *options, "-", "-", content=content)


def one_line(content: bytes, *options: str) -> str:
    """The whole text with single spaces, whatever the lines."""
    return " ".join(text(content, *options).split())


def pages(content: bytes) -> list[str]:
    """The text of each page, with single spaces."""
    return [" ".join(page.split()) for page in text(content).split("\f")[:-1]]


def laid_out(content: bytes) -> str:
    """The text line by line; runs of spaces are kept as three, so that a newer poppler reads the same."""
    lines = [re.sub(r" {3,}", "   ", line.strip()) for line in text(content, "-layout").replace("\f", "\n").split("\n")]
    return "\n".join(line for line in lines if line) + "\n"


def read_aloud(content: bytes) -> str:
    """The structure tree in reading order with its text; figures carry their alternative text."""
    spoken = _poppler("pdfinfo", "-struct-text", "-", content=content)
    alternatives = iter([node.alt for node in nodes(content) if node.alt])
    lines = []
    for line in spoken.split("\n"):
        bare = line.strip()
        if not bare or (bare.startswith("/") and not bare.startswith("/Scope")) or bare == '""':
            continue
        line = line.replace(" (block)", "").replace(" (inline)", "").rstrip(" :")
        if bare.rstrip(" :").startswith("Figure"):
            line += f" « {next(alternatives)} »"
        lines.append(line)
    return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Element:
    """An element of the structure tree; `marks` counts the marked pieces of page it holds itself."""

    tag: str
    alt: str
    scope: str
    depth: int
    marks: int


def nodes(content: bytes) -> list[Element]:
    """The elements of the structure tree, parents before kids, in order."""
    pdf = Pdf.open(BytesIO(content))
    return list(_below(pdf.Root.StructTreeRoot, 0))


def tags(content: bytes) -> list[str]:
    return [node.tag for node in nodes(content)]


def unmarked(content: bytes) -> list[str]:
    """The drawing operators that belong neither to an element nor to an artifact; there should be none."""
    loose = []
    for page in Pdf.open(BytesIO(content)).pages:
        inside = False
        for instruction in parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("BDC", "EMC"):
                inside = operator == "BDC"
            elif operator in ("Tj", "TJ", "S", "f", "B", "Do") and not inside:
                loose.append(operator)
    return loose


def _below(parent: Object, depth: int) -> Iterator[Element]:
    for kid in _kids(parent):
        if not _is_element(kid):
            continue
        attributes = kid.get("/A", {})
        scope = str(attributes.get("/Scope", "")) if _is_dictionary(attributes) else ""
        marks = sum(not _is_element(one) for one in _kids(kid))
        yield Element(str(kid.S)[1:], str(kid.get("/Alt", "")), scope[1:], depth, marks)
        yield from _below(kid, depth + 1)


def _kids(element: Object) -> list[Any]:
    kids: Any = element.get("/K", [])
    return list(kids) if isinstance(kids, list | Array) else [kids]


def _is_element(kid: Any) -> bool:
    return _is_dictionary(kid) and "/S" in kid


def _is_dictionary(value: Any) -> bool:
    return isinstance(value, Dictionary)


def _poppler(*command: str, content: bytes) -> str:
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode("utf-8")
