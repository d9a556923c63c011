"""Figures of the packages: our encryption beside the age program on the same bytes, and lines out and in."""

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.clockwork import Figure, median, times
from spip_desktop.exchange import package
from tests.exchange.packages import SCHEMA, Station, header, records

BYTES = 200_000_000
REPEATS = 5
BOUND = 1.5
RECORDS = 30_000
#: Of the 2 s and 10 s that out and in may take with the store, what the file alone may.
OUT, IN = 2.0, 2.0


def figures() -> Iterator[Figure]:
    yield _encryption()
    yield from _lines()


def _encryption() -> Figure:
    """The very calls that `package.write` makes, without the lines; both read a file and write a durable one."""
    name, age = "encryption of 200 MB, beside the age program", shutil.which("age")
    if age is None:
        return Figure(name, "not run (age is not installed)", f"<= {BOUND}", True)
    station = Station.new()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.write_bytes(os.urandom(BYTES))
        ours, theirs = partial(_ours, source, station), partial(_theirs, age, source, station)
        turns = [(times(ours, 1)[0], times(theirs, 1)[0]) for _ in range(REPEATS + 1)][1:]
    ratio = median([one / other for one, other in turns])
    value = f"{median([one for one, _ in turns]):.0f} ms / {median([one for _, one in turns]):.0f}, ratio {ratio:.2f}"
    return Figure(name, value, f"<= {BOUND}", ratio <= BOUND)


def _ours(source: Path, station: Station) -> None:
    with source.open("rb") as file, source.with_name("ours").open("wb") as out:
        package.encrypt(file, out, (station.recipient,))
        os.fsync(out.fileno())


def _theirs(age: str, source: Path, station: Station) -> None:
    target = source.with_name("theirs")
    subprocess.run([age, "-r", station.recipient, "-o", target, source], check=True)
    with target.open("rb") as out:
        os.fsync(out.fileno())


def _lines() -> Iterator[Figure]:
    sender, recipient = Station.new(), Station.new()
    every = records(RECORDS)
    out = io.BytesIO()

    def write() -> None:
        out.seek(0)
        out.truncate()
        package.write(out, header(sender, recipient), every, sender.keys)

    def read() -> None:
        package.read(out, recipient.keys, lambda record: None, SCHEMA)

    for name, act, bound in ((f"{RECORDS} lines out", write, OUT), (f"{RECORDS} lines in, checked", read, IN)):
        spent = median(times(act, REPEATS)) / 1000
        yield Figure(f"{name}, file alone", f"{spent:.2f} s", f"<= {bound:.0f} s", spent <= bound)
