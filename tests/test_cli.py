"""The options are read, and a mistake is told in French without starting anything."""

from datetime import date
from pathlib import Path

import pytest

from spip_desktop import __version__, cli
from spip_desktop.cli import Options


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ([], Options()),
        (["--demo"], Options(demonstration=True)),
        (["--reset-demo"], Options(demonstration=True, reset=True)),
        (["--self-test"], Options(self_test=True)),
        (["--pictures", "images"], Options(pictures=Path("images"))),
        (["--visit", "visite"], Options(visit=Path("visite"))),
        (["--folder", "/srv/un dossier"], Options(folder=Path("/srv/un dossier"))),
        (["--today", "2026-11-22"], Options(today=date(2026, 11, 22))),
        (["--locked", "idle@14:02@5"], Options(locked="idle@14:02@5")),
    ],
)
def test_options(typed: list[str], options: Options) -> None:
    assert cli.parse(typed) == options


@pytest.mark.parametrize(
    "typed", [["--inconnue"], ["reste"], ["--pictures"], ["--today", "demain"], ["--demo=oui"], ["--self"]]
)
def test_a_mistake_is_told_in_french(typed: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        cli.parse(typed)
    assert leaving.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "Option inconnue ou mal écrite. « run --help » montre toutes les options.\n"


def test_the_help_is_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        cli.parse(["--help"])
    assert leaving.value.code == 0
    said = capsys.readouterr().out
    for wanted in ("--demo", "--self-test", "--pictures DOSSIER", "fictives"):
        assert wanted in said
    for unwanted in ("usage:", "show", "exit", "--today", "--locked"):
        assert unwanted not in said


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        cli.parse(["--version"])
    assert leaving.value.code == 0
    assert capsys.readouterr().out == f"SPIP Desktop {__version__}\n"
