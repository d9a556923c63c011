"""Packages by command line, over two real stores with their keys: no window, French words, exit codes."""

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from spip_desktop import commands
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.transfer import Compared, ContactKind
from spip_desktop.exchange.identity import StationKeys
from spip_desktop.security.derivation import FLOOR
from spip_desktop.services.person import QuickStart
from spip_desktop.services.unlock import Entrance, FirstStart, lock
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import make_officer, make_service

PASSPHRASE = "quatre girafes boivent du thé tiède"
OFFICER = ["--officer", "valbrune-07"]
CLOCK = Clock()


@dataclass
class Two:
    here: Path
    there: Path
    stick: Path


def opened(folder: Path, act: Callable[[Services], object]) -> None:
    entry = Entrance(folder, CLOCK, Ids(CLOCK), cost=lambda: FLOOR).unlock("valbrune-07", PASSPHRASE)
    act(make_services(entry.context))
    lock(entry.context)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two stores that trust each other; the first has a dossier."""
    root = tmp_path_factory.mktemp("commands")
    for name in ("here", "there"):
        entrance = Entrance(root / name, CLOCK, Ids(CLOCK), cost=lambda: FLOOR)
        ids = Ids(CLOCK)
        first = FirstStart(
            service=make_service(ids), officer=make_officer(ids), passphrase=PASSPHRASE, notice_read=True
        )
        entry = entrance.first_start(first)
        entrance.confirm_paper(entry)
        lock(entry.context)
    for one, other in (("here", "there"), ("there", "here")):
        opened(root / other, lambda services: services.transfers.contacts.save_mine(root / "carte"))

        def trust(services: Services) -> None:
            contact = services.transfers.contacts.add(root / "carte.spipcontact")
            services.transfers.contacts.trust(contact.id, Compared.PHONE, ContactKind.STATION, "Comparée")

        opened(root / one, trust)
    opened(root / "here", start)
    return root


def start(services: Services) -> None:
    begun = QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="5000")
    id_ = services.persons.quick_start(begun)
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")


@pytest.fixture
def two(made: Path, tmp_path: Path) -> Two:
    for name in ("here", "there"):
        shutil.copytree(made / name, tmp_path / name)
    (tmp_path / "stick").mkdir()
    return Two(tmp_path / "here", tmp_path / "there", tmp_path / "stick")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def ran(*words: str | Path, typed: str = f"{PASSPHRASE}\n") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = commands.run([str(one) for one in words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return ran


Run = Callable[..., tuple[int, str, str]]


def export(two: Two, run: Run, *more: str) -> Path:
    words = ("export", "--folder", two.here, *OFFICER, two.stick, "--purpose", "Suivi par l’antenne", *more)
    code, said, _ = run(*words)
    assert code == 0, said
    assert "écrit, relu et vérifié" in said
    (path,) = two.stick.glob("*.spipx")
    return path


def test_out_looked_at_tried_taken_in(two: Two, run: Run) -> None:
    path = export(two, run, "--to", "valbrune", "--complete")
    there = ("--folder", two.there, *OFFICER)
    code, said, _ = run("verify", *there, path)
    assert (code, "signature valable" in said) == (0, True)
    code, said, _ = run("inspect", *there, path)
    assert code == 0
    assert "SPIP, antenne de Valbrune" in said
    assert "Identité\u00a0: 1" in said
    code, said, _ = run("import", *there, "--dry-run", path)
    assert (code, "rien n’a été repris" in said) == (0, True)
    code, said, _ = run("import", *there, "--receipt", two.stick, path)
    assert (code, len(list(two.stick.glob("*.spipr")))) == (0, 1)
    code, _, error = run("import", *there, "--dry-run", path)
    assert (code, "déjà été repris" in error) == (1, True), "the try took nothing in, the second did"


def test_a_phrase_is_told_once_and_read_from_standard_input(two: Two, run: Run) -> None:
    code, said, _ = run("export", "--folder", two.here, *OFFICER, two.stick, "--purpose", "Suivi")
    phrase = said.strip().rpartition(": ")[2]
    assert (code, len(phrase.split())) == (0, 6)
    (path,) = two.stick.glob("*.spipx")
    there = ("verify", "--folder", two.there, *OFFICER, path)
    assert run(*there, typed=f"{PASSPHRASE}\n{phrase}\n")[0] == 0
    code, _, error = run(*there, typed=f"{PASSPHRASE}\nun deux trois\n")
    assert (code, "six mots" in error) == (1, True)


def test_a_package_never_goes_to_the_first_of_two_names_that_resemble(two: Two, run: Run) -> None:
    def trust_another(services: Services) -> None:
        card = services.transfers.contacts.mine()
        card = replace(
            card, station=services.context.ids.new(), keys=StationKeys.generate().public(), name="Valbrune 2"
        )
        contact = services.transfers.contacts.add_card(card)
        services.transfers.contacts.trust(contact.id, Compared.PHONE, ContactKind.STATION, "Comparée")

    opened(two.here, trust_another)
    words = ("export", "--folder", two.here, *OFFICER, two.stick, "--purpose", "Suivi par l’antenne", "--to")
    code, _, error = run(*words, "valbrune")
    assert (code, "écrivez le nom entier" in error) == (commands.REFUSED, True)
    assert run(*words, "")[0] == commands.REFUSED, "no name is nobody"
    assert list(two.stick.iterdir()) == []
    assert run(*words, "VALBRUNE 2")[0] == 0, "the control"


def test_a_receipt_that_would_have_no_place_is_said_before_anything_is_taken_in(two: Two, run: Run) -> None:
    path = export(two, run, "--to", "valbrune", "--complete")
    there = ("import", "--folder", two.there, *OFFICER, path, "--receipt")
    code, _, error = run(*there, two.stick / "absent")
    assert (code, "absent" in error) == (commands.REFUSED, True)
    assert run(*there, two.stick)[0] == 0, "nothing had been taken in"


def test_each_failure_has_its_code_and_its_words(two: Two, run: Run, tmp_path: Path) -> None:
    path = export(two, run, "--to", "valbrune")
    there = ("verify", "--folder", two.there, *OFFICER)
    path.write_bytes(path.read_bytes()[:-1])
    code, _, error = run(*there, path)
    assert (code, "copie a été interrompue" in error) == (commands.REFUSED, True)
    assert run("verify", "--folder", tmp_path / "rien", *OFFICER, path)[0] == commands.NOT_OPENED
    code, _, error = run(*there, path, typed="faux\n")
    assert (code, bool(error.strip())) == (commands.NOT_OPENED, True)
    with pytest.raises(SystemExit) as leaving:
        run("verify")
    assert leaving.value.code == commands.BADLY_WRITTEN


def test_the_program_itself_takes_the_commands_and_loads_no_window() -> None:
    code = (
        "import sys; sys.argv = ['run', 'verify', '--help']\n"
        "from spip_desktop.__main__ import main\n"
        "try:\n    main()\nexcept SystemExit as leaving:\n"
        "    sys.exit(bool(leaving.code) or any('PySide6' in name for name in sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    assert "PAQUET" in done.stdout.decode()
