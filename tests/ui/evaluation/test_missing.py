"""« Ce qui manque » in the analysis: one click away, gone once looked at."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.evaluation import FieldState
from spip_desktop.ui.evaluation.missing import MissingList
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, settle
from tests.ui.evaluation.conftest import Open
from tests.ui.evaluation.test_page import fill_all
from tests.ui.typing import click


def words(shown: QWidget) -> list[str]:
    return [one.text() for one in shown.findChildren(Text) if not one.isHidden()]


def test_what_was_not_explored_is_one_click_from_the_analysis(open_page: Open, draft: UUID) -> None:
    page = open_page("analyse")
    missing = page.findChild(MissingList)
    assert missing is not None
    assert "Accueil\u00a0: non exploré" in words(missing)
    assert_every_control_is_named(missing)
    click(missing.findChild(QWidget, "missing.1"))
    settle()
    assert page.desk.shown is not None
    assert page.desk.shown.step.code == "antecedents"


def test_nothing_is_missing_once_each_field_was_looked_at(open_page: Open, services: Services, draft: UUID) -> None:
    fill_all(services, draft)
    page = open_page("analyse")
    missing = page.findChild(MissingList)
    assert missing is not None
    assert "Rien : chaque champ a été regardé, et rien n’est à reprendre." in [
        one.replace("\u00a0", " ") for one in words(missing)
    ]
    field = services.evaluations.reading.view(draft).fields["loisirs"].value
    services.evaluations.draft.save_step(field.id, {"state": FieldState.PARTIAL})
    page.reload()
    settle()
    assert "Temps libre\u00a0: partiel" in words(missing)


def test_a_frozen_version_lists_nothing_more_to_do(open_page: Open, services: Services, draft: UUID) -> None:
    fill_all(services, draft)
    services.evaluations.course.freeze(draft)
    missing = open_page("analyse").findChild(MissingList)
    assert missing is not None
    assert missing.isHidden()


def test_nothing_is_cut_at_any_text_size(open_page: Open, draft: UUID) -> None:
    assert_no_clipped_text(open_page("analyse"))
