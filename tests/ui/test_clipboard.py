"""Two programs on a real screen share a clipboard: what ours puts there is forgotten, what the other puts is not."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from spip_desktop.ui.clipboard import FORGOTTEN_AFTER
from tests.rigs.screen import screen

ROOT = Path(__file__).parent.parent.parent
WORDS, OTHERS = "Dit dormir mal, né à Nîmes", "liste de courses"


class Program:
    """One program at that screen."""

    def __init__(self, environment: dict[str, str], *delay: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.ui.clipboard_program", *delay],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def do(self, *words: object) -> tuple[str, str, list[str]]:
        """One act; what both clipboards hold after it (shared, selected by mouse) and the formats."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        shared, selected, formats = json.loads(self._process.stdout.readline())
        return shared, selected, formats

    def end(self) -> None:
        self._process.communicate(timeout=20)


@pytest.fixture(scope="module")
def display() -> Iterator[dict[str, str]]:
    with screen() as environment:
        yield environment


@pytest.fixture
def other(display: dict[str, str]) -> Iterator[Program]:
    made = Program(display)
    yield made
    made.end()


@pytest.fixture
def ours(display: dict[str, str]) -> Iterator[Program]:
    made = Program(display, "400")
    yield made
    made.end()


def test_the_delay_is_thirty_seconds() -> None:
    assert FORGOTTEN_AFTER == 30_000


def test_what_is_copied_is_offered_once_marked_and_then_forgotten(ours: Program, other: Program) -> None:
    ours.do("copy", WORDS)
    shared, _, formats = other.do("read")
    assert shared == WORDS
    assert "x-kde-passwordManagerHint" in formats
    assert "text/html" not in formats
    ours.do("wait", 600)
    assert other.do("read")[0] == ""


def test_without_the_watch_it_stays(other: Program, display: dict[str, str]) -> None:
    """The control of the test above."""
    careless = Program(display)
    careless.do("copy", WORDS)
    careless.do("wait", 600)
    assert other.do("read")[0] == WORDS
    careless.end()


def test_a_block_to_report_is_marked_by_itself_and_forgotten_by_the_watch(
    ours: Program, other: Program, display: dict[str, str]
) -> None:
    """The careless program has no watch: marked all the same, and it stays (the control)."""
    careless = Program(display)
    careless.do("put", WORDS)
    shared, _, formats = other.do("read")
    assert (shared, "x-kde-passwordManagerHint" in formats) == (WORDS, True)
    careless.do("wait", 600)
    assert other.do("read")[0] == WORDS
    careless.end()
    ours.do("put", WORDS)
    assert other.do("read")[0] == WORDS
    ours.do("wait", 600)
    assert other.do("read")[0] == ""


def test_the_lock_forgets_at_once(display: dict[str, str], other: Program) -> None:
    ours = Program(display, "30000")
    ours.do("copy", WORDS)
    assert other.do("read")[0] == WORDS
    ours.do("forget")
    assert other.do("read")[0] == ""
    ours.end()


def test_what_another_program_copied_since_is_not_touched(ours: Program, other: Program) -> None:
    ours.do("copy", WORDS)
    other.do("copy", OTHERS)
    ours.do("wait", 600)
    ours.do("forget")
    assert other.do("read")[0] == OTHERS


def test_what_the_mouse_selects_is_not_offered(ours: Program, other: Program, display: dict[str, str]) -> None:
    """X11 pastes what is selected with the middle button, without anyone asking for a copy."""
    ours.do("select", WORDS)
    assert other.do("read")[1] == ""
    careless = Program(display)
    careless.do("select", WORDS)
    assert other.do("read")[1] == WORDS  # the control
    careless.end()
