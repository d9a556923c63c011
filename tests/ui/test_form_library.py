"""« Formulaire d’évaluation » by key and mouse: a file is compared, used, taken back; a wrong one says its line."""

from pathlib import Path

import pytest

from spip_desktop.domain.place import Place
from spip_desktop.forms.loader import shipped
from spip_desktop.services.context import Context
from spip_desktop.ui.forms.page import FormLibraryPage
from spip_desktop.ui.guard import Guard
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    settle,
)
from tests.ui.conftest import Show
from tests.ui.prescription.conftest import child, words
from tests.ui.typing import click

OURS = shipped("evaluation").version
LABEL = "A de quoi vivre les prochains jours"
ANIMALS = '    { code = "animaux", label = "Animaux" },\n'


@pytest.fixture
def page(context: Context, show: Show) -> FormLibraryPage:
    def fail(line: str) -> None:
        raise AssertionError(line)

    made = FormLibraryPage(make_services(context), Guard(fail))
    show(made)
    made.open(Place("forms"))
    settle()
    return made


def model(services: Services, tmp_path: Path, *changes: tuple[str, str]) -> Path:
    text = services.forms.model(OURS).decode()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    path = tmp_path / "evaluation.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_file_is_compared_then_used_then_taken_back(page: FormLibraryPage, context: Context, tmp_path: Path) -> None:
    services = make_services(context)
    path = model(services, tmp_path, (LABEL, "A de quoi tenir"), (ANIMALS, ""))
    page.ask_file = lambda: path
    click(child(page, "forms.choose"))
    settle()
    said = words(page)
    for expected in (
        f"Remplace : la version {OURS}, pour les évaluations à venir",
        "Question changée : A de quoi tenir",
        f"était « {LABEL} »",
        "réponse en moins, « Animaux »",
        "seraient aussi demandées à une personne présumée innocente",
    ):
        assert expected in said, expected
    assert [one.version for one in services.forms.lines()] == [OURS], "looking keeps nothing"
    assert_no_clipped_text(page)
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    click(child(page, "forms.use"))
    settle()
    assert [one.version for one in services.forms.lines() if one.in_use] == [1000]
    page.table.setCurrentIndex(page.table.records.index(0, 0))
    click(child(page, "forms.withdraw"))
    assert "La version 1000 n’est plus proposée." in words(page)
    assert [one.version for one in services.forms.lines() if one.in_use] == [OURS]


def test_a_wrong_file_says_its_line_and_changes_nothing(
    page: FormLibraryPage, context: Context, tmp_path: Path
) -> None:
    services = make_services(context)
    path = model(services, tmp_path, ('kind = "tick"', 'kind = "coche"'))
    line = next(at for at, text in enumerate(path.read_text("utf-8").splitlines(), 1) if '"coche"' in text)
    page.look_at(path)
    assert f"evaluation.toml : Ligne {line} : « coche » n’est pas parmi" in words(page)
    assert not page.panel.isVisible()
    assert [one.version for one in services.forms.lines()] == [OURS]


def test_everything_that_must_be_kept_is_said_at_once(page: FormLibraryPage, context: Context, tmp_path: Path) -> None:
    services = make_services(context)
    page.look_at(model(services, tmp_path, ('"accueil_role"', '"autre_role"'), ('"courte"', '"breve"')))
    said = words(page)
    assert "« Rôle du service expliqué » (accueil_role) doit rester" in said
    assert "« Évaluation courte » (courte) doit rester" in said


def test_the_settings_lead_there(context: Context) -> None:
    from spip_desktop.ui import screens

    assert "forms" in screens.pages(make_services(context), Guard(lambda _: None), lambda: pytest.fail("made"))
