"""Packages by command line: `run export`, `import`, `inspect`, `verify`. No window, no Qt; the same services.

The passphrase is asked at the keyboard, or read from standard input (one line; then the six words where a package
needs them). Exit codes: 0 done, 1 refused, 2 badly written, 3 the store did not open.
"""

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import fold, french_spaces
from spip_desktop.wording import sentence

if TYPE_CHECKING:
    from spip_desktop.wiring import Services

NAMES = ("export", "import", "inspect", "verify")
DONE, REFUSED, BADLY_WRITTEN, NOT_OPENED = range(4)


def run(arguments: Sequence[str]) -> int:
    """Read the command, open the store, do it; returns the exit code."""
    found = _parser().parse_args(arguments)
    passphrase = _secret("Phrase de passe : ")
    from spip_desktop.domain.clock import Clock
    from spip_desktop.domain.ids import Ids
    from spip_desktop.security import instance
    from spip_desktop.services.unlock import Entrance, lock
    from spip_desktop.settings import usual_store_folder
    from spip_desktop.wiring import make_services

    folder = found.folder or usual_store_folder()
    clock = Clock()
    entrance = Entrance(folder, clock, Ids(clock))
    if entrance.is_new():
        return _say_error("Il n’y a pas de magasin dans ce dossier.", NOT_OPENED)
    try:
        held = instance.take(folder)
    except Refusal as refusal:
        return _say_error(sentence(refusal), NOT_OPENED)
    try:
        entry = entrance.unlock(found.officer, passphrase)
    except Refusal as refusal:
        held.release()
        return _say_error(sentence(refusal), NOT_OPENED)
    try:
        return _do(found.act, make_services(entry.context), found, passphrase)
    finally:
        lock(entry.context, "close")
        held.release()


def _do(act: "_Act", services: "Services", found: argparse.Namespace, passphrase: str) -> int:
    try:
        act(services, found, passphrase)
    except Refusal as refusal:
        return _say_error(" ".join(sentence(one) for one in refusal.problems), REFUSED)
    return DONE


# -- the commands ----------------------------------------------------------------------------------------------


def _export(services: "Services", found: argparse.Namespace, passphrase: str) -> None:
    from spip_desktop.domain.transfer import Content, Scope, TransferKind
    from spip_desktop.services.transfer_sending import Preparing

    sending = services.transfers.sending
    contacts = tuple(_contact(services, one) for one in found.to)
    content = Content.COMPLETE if found.complete else Content.WITHOUT_SENSITIVE
    scope = Scope(kind=TransferKind(found.kind), content=content)
    package = sending.prepare(Preparing(scope=scope, purpose=found.purpose, contacts=contacts, by_phrase=not contacts))
    try:
        written = sending.write(package.id, found.target, passphrase, _silently, medium_allowed=found.medium_allowed)
    except Refusal:
        sending.drop(package.id)
        raise
    _say(f"Paquet écrit, relu et vérifié : {found.target / written.file_name} ({written.records} éléments)")
    if written.phrase:
        _say(f"La phrase qui l’ouvre, à dire de vive voix : {written.phrase}")


def _import(services: "Services", found: argparse.Namespace, passphrase: str) -> None:
    from spip_desktop.wording.transfer import BROUGHT

    receiving = services.transfers.receiving
    if not found.receipt.is_dir():  # said while nothing is taken in yet
        raise Refusal("target_missing", folder=found.receipt)
    arrived = receiving.look(found.file, _phrase(services, found.file), _silently)
    try:
        if arrived.preview is None:
            raise Refusal("sender_not_trusted", name=arrived.sender.name)
        for what, number in arrived.preview.counts:
            _say(f"{BROUGHT[what][0]} : {number}")
        if found.dry_run:
            _say("Essai : rien n’a été repris.")
            return
        received = receiving.merge(arrived)
        _say("Paquet repris.")
        _say(f"Accusé de réception : {receiving.receipt(received.id, found.receipt)}")
    finally:
        receiving.drop()


def _inspect(services: "Services", found: argparse.Namespace, passphrase: str) -> None:
    from spip_desktop.wording.record_fields import KINDS as RECORDS
    from spip_desktop.wording.record_fields import OTHER
    from spip_desktop.wording.transfer import CONTENTS, KINDS

    sound = services.transfers.receiving.check(found.file, _phrase(services, found.file), _silently)
    header, tally = sound.header, sound.tally
    _say(f"Expéditeur : {header.sender.name}")
    _say(f"Ses huit mots : {' '.join(header.sender.keys.words())}")
    _say(f"Paquet : {header.package}, écrit le {header.made_at:%d/%m/%Y}")
    _say(f"Contenu : {KINDS[header.kind]}, {CONTENTS[header.content].lower()}")
    named = [(RECORDS.get(kind, OTHER), number) for kind, number in tally.kinds.items()]
    for name, number in sorted(named, key=lambda one: fold(one[0])):
        _say(f"  {name} : {number}")


def _verify(services: "Services", found: argparse.Namespace, passphrase: str) -> None:
    sound = services.transfers.receiving.check(found.file, _phrase(services, found.file), _silently)
    _say(f"Paquet entier, signature valable : {sound.tally.records} éléments.")


def _phrase(services: "Services", path: Path) -> str:
    return _secret("Phrase de six mots du paquet : ") if services.transfers.receiving.needs_phrase(path) else ""


def _contact(services: "Services", named: str) -> UUID:
    """The trusted contact of that name, else the only one whose name holds it: what leaves never goes to a guess.

    Refusals `contact_unknown`, `contact_ambiguous` (name).
    """
    wanted = fold(named)
    trusted = [(fold(one.name), one.id) for one in services.transfers.contacts.all() if one.trusted]
    found = [id_ for name, id_ in trusted if name == wanted] or [id_ for name, id_ in trusted if wanted in name]
    if not wanted or not found:
        raise Refusal("contact_unknown", name=named)
    if len(found) > 1:
        raise Refusal("contact_ambiguous", name=named)
    return found[0]


# -- words -----------------------------------------------------------------------------------------------------

_Act = Callable[["Services", argparse.Namespace, str], None]


class _Parser(argparse.ArgumentParser):
    """The standard parser, made to speak French."""

    def error(self, message: str) -> NoReturn:
        self.exit(BADLY_WRITTEN, french_spaces("Commande mal écrite. « run export --help » en montre la forme.\n"))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="run", add_help=False, allow_abbrev=False)
    commands = parser.add_subparsers(required=True, parser_class=_Parser)
    for name, act, told in (
        ("export", _export, "écrit un paquet"),
        ("import", _import, "reprend un paquet"),
        ("inspect", _inspect, "dit ce que contient un paquet"),
        ("verify", _verify, "vérifie un paquet"),
    ):
        one = commands.add_parser(name, description=told, add_help=False, allow_abbrev=False)
        one.set_defaults(act=act)
        one.add_argument("--help", "-h", action="help", help="affiche cette aide")
        one.add_argument("--folder", type=Path, metavar="DOSSIER", help="dossier du magasin")
        one.add_argument("--officer", required=True, metavar="IDENTIFIANT", help="identifiant de l’agent")
        _OPTIONS[name](one)
    return parser


def _of_export(one: argparse.ArgumentParser) -> None:
    one.add_argument("target", type=Path, metavar="DOSSIER", help="où écrire le paquet")
    one.add_argument("--to", action="append", default=[], metavar="CONTACT", help="sans contact : phrase de six mots")
    one.add_argument("--kind", choices=("changes", "caseload"), default="changes", help="ce qui part")
    one.add_argument("--complete", action="store_true", help="avec les données sensibles")
    one.add_argument("--purpose", required=True, metavar="MOTIF", help="écrit au journal")
    one.add_argument("--medium-allowed", action="store_true", help="ce support amovible est autorisé par le CLSI")


def _of_import(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar="PAQUET")
    one.add_argument("--dry-run", action="store_true", help="dit ce qui changerait, sans rien reprendre")
    one.add_argument("--receipt", type=Path, default=Path(), metavar="DOSSIER", help="où écrire l’accusé de réception")


def _of_file(one: argparse.ArgumentParser) -> None:
    one.add_argument("file", type=Path, metavar="PAQUET")


_OPTIONS = {"export": _of_export, "import": _of_import, "inspect": _of_file, "verify": _of_file}


def _secret(asked: str) -> str:
    """Typed unseen at a keyboard, else the next line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(french_spaces(asked))
    return sys.stdin.readline().rstrip("\r\n")


def _say(words: str) -> None:
    print(french_spaces(words), flush=True)


def _say_error(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code


def _silently(done: int, total: int) -> None:
    """Nobody follows the progress."""
