"""What may follow `./run`. The words people read are French; the program's options are short English ones."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NoReturn

from spip_desktop import __version__


@dataclass(frozen=True, slots=True)
class Options:
    """`locked` is « reason@hour » when the program replaced itself to lock: no word about a person.

    `act` is the part of the visit that this process plays.
    """

    demonstration: bool = False
    reset: bool = False
    self_test: bool = False
    pictures: Path | None = None
    visit: Path | None = None
    folder: Path | None = None
    today: date | None = None
    locked: str = ""
    act: int = 0


def parse(arguments: Sequence[str]) -> Options:
    """Read the command line; a mistake prints the usage in French and ends with code 2."""
    if not arguments:
        return Options()
    found = _parser().parse_args(arguments)
    return Options(
        demonstration=found.demo or found.reset_demo,
        reset=found.reset_demo,
        self_test=found.self_test,
        pictures=found.pictures,
        visit=found.visit,
        folder=found.folder,
        today=found.today,
        locked=found.locked,
        act=found.act,
    )


class _Parser(argparse.ArgumentParser):
    """The standard parser, which speaks English, made to speak French."""

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", "usage\u00a0: ", 1)

    def error(self, message: str) -> NoReturn:
        self.exit(2, "Option inconnue ou mal écrite. « run --help » montre toutes les options.\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="run",
        description="SPIP Desktop, poste de travail du CPIP. Sans option : ouvre le programme.",
        add_help=False,
        allow_abbrev=False,
    )
    parser._positionals.title, parser._optionals.title = "arguments", "options"
    add = parser.add_argument
    add("--help", "-h", action="help", help="affiche cette aide")
    add("--version", action="version", version=f"SPIP Desktop {__version__}", help="affiche la version")
    add("--demo", action="store_true", help="ouvre le magasin de démonstration (personnes fictives)")
    add("--reset-demo", action="store_true", help="refait le magasin de démonstration, puis l’ouvre")
    add("--self-test", action="store_true", help="vérifie que le programme marche ici, puis s’arrête (code 0)")
    add("--pictures", type=Path, metavar="DOSSIER", help="enregistre toutes les pages et tous les documents")
    add("--visit", type=Path, metavar="DOSSIER", help="joue une journée de travail fictive et en garde les images")
    add("--folder", type=Path, metavar="DOSSIER", help="ouvre le magasin de ce dossier")
    add("--today", type=date.fromisoformat, help=argparse.SUPPRESS)
    add("--locked", default="", help=argparse.SUPPRESS)
    add("--act", type=int, default=0, help=argparse.SUPPRESS)
    return parser
