"""Figures of a start: first paint, Personnes answering a key, memory; each against the bare window in the same run."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.clockwork import Figure, median
from benchmarks.population import FULL, folder, store_of

REPEATS = 11
FIRST_PAINT, PERSONS, MEMORY = 1.6, 6.0, 2.4


def figures() -> Iterator[Figure]:
    store_of(FULL).store.close()
    with tempfile.TemporaryDirectory() as home:
        yield from _first_paint(Path(home), "offscreen", {})
        with _x_server() as display:
            if display:
                yield from _first_paint(Path(home), "xcb", {"DISPLAY": display})
        yield from _first_page(Path(home))
        yield from _memory(Path(home))


def _first_paint(home: Path, platform: str, more: dict[str, str]) -> Iterator[Figure]:
    environment = _environment(home / platform, platform) | more
    used = home / platform / "used"
    (used / "spip-desktop" / "magasin").mkdir(parents=True)
    for name in ("store.db", "keys.json"):
        (used / "spip-desktop" / "magasin" / name).write_text("{}")
    spent: dict[str, list[float]] = {"bare": [], "new": [], "used": []}
    for turn in range(REPEATS + 1):
        for kind, found in spent.items():
            # A folder made by a first start is new no more: each start has its own.
            data = used if kind == "used" else home / platform / f"{kind}-{turn}"
            moment = "bare" if kind == "bare" else "entrance"
            found.append(_moment(moment, environment | {"XDG_DATA_HOME": str(data)}))
    for kind, words in (("new", "new folder"), ("used", "existing store")):
        yield _against(f"first paint, {words}, {platform}", spent[kind], spent["bare"], FIRST_PAINT)


def _first_page(home: Path) -> Iterator[Figure]:
    environment = _environment(home / "todo", "offscreen")
    bare, first = [], []
    for _ in range(REPEATS + 1):
        bare.append(_moment("bare", environment))
        first.append(_moment("todo", environment, str(folder() / str(FULL))))
    yield _against("À traiter (store of 31,000) answers a key, without derivation", first, bare, PERSONS)


def _memory(home: Path) -> Iterator[Figure]:
    environment = _environment(home / "memory", "offscreen")
    bare = median([float(_run("bare-memory", environment)) for _ in range(5)])
    opened = median([float(_run("memory", environment, str(folder() / str(FULL)))) for _ in range(5)])
    name, value = "memory 5 s after a dossier opened (31,000)", f"{opened:.0f} MiB / {bare:.0f} = {opened / bare:.2f}"
    yield Figure(name, value, f"<= {MEMORY}", opened / bare <= MEMORY)


def _against(name: str, spent: list[float], bare: list[float], bound: float) -> Figure:
    """The ratio is the median of the turns', whose two starts shared the same load; the first turn is thrown away."""
    ratio = median([one / other for one, other in zip(spent[1:], bare[1:], strict=True)])
    value = f"{median(spent[1:]):.0f} ms / {median(bare[1:]):.0f}, ratio {ratio:.2f}"
    return Figure(name, value, f"<= {bound}", ratio <= bound)


def _moment(moment: str, environment: dict[str, str], *more: str) -> float:
    """Milliseconds from the start of the process to a moment it tells."""
    start = time.monotonic()
    return (float(_run(moment, environment, *more)) - start) * 1000


def _run(moment: str, environment: dict[str, str], *more: str) -> str:
    command = [sys.executable, "-m", "benchmarks.child", moment, *more]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    if done.returncode or not done.stdout:
        raise RuntimeError(f"{moment}: {done.stderr[-2000:]}")
    return done.stdout.split()[-1]


def _environment(home: Path, platform: str) -> dict[str, str]:
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"QT_QPA_PLATFORM": platform, "XDG_CONFIG_HOME": str(home / "config"), "XDG_DATA_HOME": str(home)}


@contextmanager
def _x_server() -> Iterator[str]:
    """A display of our own, or nothing where there is no Xvfb."""
    reader, writer = os.pipe()
    try:
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
            pass_fds=[writer],
            stderr=subprocess.DEVNULL,
        )
    except FileNotFoundError:
        yield ""
        return
    try:
        yield f":{os.read(reader, 16).decode().strip()}"
    finally:
        server.terminate()
        server.wait()
