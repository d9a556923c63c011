"""A working day played by key and mouse on the real window and a real encrypted store, with invented persons.

Act 1 ends with the lock, which replaces the process; act 2 begins at the unlock page and ends with the window
closed; act 3 is another start, « tomorrow ». Pictures and printed papers stay in the folder asked for.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer

from spip_desktop import app
from spip_desktop.cli import Options
from spip_desktop.security.hardening import harden
from spip_desktop.services.printing import Printer
from spip_desktop.showing import day
from spip_desktop.showing.hand import Hand, NotSeen
from spip_desktop.ui import printing

ACTS: dict[int, Callable[[day.Scene], None]] = {1: day.first_act, 2: day.second_act, 3: day.third_act}
#: Said to who reads the terminal, whatever the language of the machine.
_PLAYED = "La journée de travail est jouée. Images et documents : {folder}"
_STOPPED = "La journée s’est arrêtée à l’acte {act} : {why}"


def run(options: Options) -> int:
    """Play the day, each start of the program in a process of its own; 0 when every step was seen."""
    assert options.visit is not None
    return _play(options) if options.act else _direct(options)


def _direct(options: Options) -> int:
    folder = options.visit
    assert folder is not None
    for old in ("images", "documents"):
        shutil.rmtree(folder / old, ignore_errors=True)
    store = Path(tempfile.mkdtemp(prefix="spip-visite-")) if options.folder is None else options.folder
    try:
        for act in (1, 3):  # the lock itself starts act 2
            ended = subprocess.run(_again(options, store, act), env=_apart(store), check=False).returncode
            if ended:
                return ended
    finally:
        if options.folder is None:
            shutil.rmtree(store, ignore_errors=True)
    print(_PLAYED.format(folder=folder))
    return 0


def _apart(store: Path) -> dict[str, str]:
    """The environment of the day: the settings of this workstation are neither read nor changed."""
    place = str(store / "poste")
    return os.environ | {"XDG_CONFIG_HOME": place, "APPDATA": place}


def _again(options: Options, store: Path, act: int) -> Sequence[str]:
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "spip_desktop"]
    return [*program, "--visit", str(options.visit), "--act", str(act), "--folder", str(store)]


def _play(options: Options) -> int:
    """One act, in this process."""
    assert options.visit is not None
    assert options.folder is not None
    harden()
    application = app.make_application()
    pages = _PaperFolder(options.visit / "documents")
    printing.use(pages)
    marked = replace(options, demonstration=True)
    program = app.Program(application, marked, again=_again(options, options.folder, 2)[:-2])
    program.settings = replace(program.settings, theme="light", text_percent=100, geometry="")
    scene = day.Scene(Hand(application, options.visit / "images"), pages.folder)
    ended = [1]

    def play() -> None:
        try:
            ACTS[options.act](scene)
            ended[0] = 0
        except NotSeen as missing:
            print(_STOPPED.format(act=options.act, why=missing), file=sys.stderr)
            scene.hand.picture("arret")
            application.exit(1)

    if program.start():
        QTimer.singleShot(0, play)
        application.exec()
    return ended[0]


class _PaperFolder:
    """A printer that writes what it is sent in a folder: invented persons only."""

    threaded = False
    spools = False

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def offered(self) -> Sequence[Printer]:
        return [Printer("Bureau 12", True)]

    def send(self, content: bytes, printer: str) -> str:
        self.folder.mkdir(parents=True, exist_ok=True)
        number = len(list(self.folder.glob("*.pdf"))) + 1
        (self.folder / f"{number:02d}.pdf").write_bytes(content)
        return ""
