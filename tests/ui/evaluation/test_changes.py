"""« Ce qui a changé » on the page: found from the list of versions, chosen by keyboard, printed on one page."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.evaluation import EvaluationKind, FindingKind
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.evaluation_findings import Words
from spip_desktop.ui.changed_text import ChangedText
from spip_desktop.ui.evaluation.changes import ChangesView
from spip_desktop.ui.evaluation.page import EvaluationPage
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from tests.documents import reading
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, settle
from tests.ui.evaluation.conftest import Open
from tests.ui.evaluation.test_page import NOTE, STEP, fill_all
from tests.ui.paper import Paper
from tests.ui.typing import click, press


@pytest.fixture
def annual(services: Services, draft: UUID, loic: UUID) -> UUID:
    """The second version, in which one word of a note is not the same and a finding is new."""
    fill_all(services, draft)
    drafts = services.evaluations.draft
    drafts.save_step(services.evaluations.reading.view(draft).fields[STEP].value.id, {"note": NOTE})
    services.evaluations.course.freeze(draft)
    second = drafts.start(loic, Start(kind=EvaluationKind.ANNUAL))
    field = services.evaluations.reading.view(second).fields[STEP].value
    drafts.save_step(field.id, {"note": NOTE.replace("huit", "neuf")})
    start = NOTE.index("Chez")
    services.evaluations.findings.add(second, STEP, FindingKind.PROTECTION, Words(start, start + 10))
    return second


def changes_of(page: EvaluationPage) -> ChangesView:
    click(page.steps.links.versions)
    settle()
    click(page.findChild(QWidget, "version.2.changes"))
    settle()
    found = page.findChild(ChangesView)
    assert found is not None
    return found


def words(shown: QWidget) -> str:
    """What is said on the screen, the changes as they are read aloud."""
    return "\n".join(one.accessibleName() or one.text() for one in shown.findChildren(Text) if one.isVisible())


def test_what_changed_since_the_version_before_is_two_clicks_away(open_page: Open, annual: UUID) -> None:
    shown = changes_of(open_page(STEP))
    said = words(shown)
    assert "[retiré\u00a0: huit] [ajouté\u00a0: neuf] mois" in said
    assert "Nouveau, formation et emploi" in said
    assert "Facteur de protection\u00a0: Chez Bruno" in said
    assert_every_control_is_named(shown)


def test_what_went_is_barred_and_what_came_is_underlined_on_the_right_signs(open_page: Open, annual: UUID) -> None:
    shown = changes_of(open_page(STEP))
    note = next(one for one in shown.findChildren(ChangedText) if "🙂" in one.text())
    seen = [
        (note.text().encode("utf-16-le")[2 * first : 2 * (first + units)].decode("utf-16-le"), look)
        for first, units, look in note.looks()
    ]
    assert [(word, look.fontStrikeOut(), look.fontUnderline()) for word, look in seen] == [
        ("huit", True, False),
        ("neuf", False, True),
    ]


def test_any_two_versions_are_chosen_by_keyboard_and_one_alone_is_told(open_page: Open, annual: UUID) -> None:
    shown = changes_of(open_page(STEP))
    editor = shown.second.editor
    editor.setFocus()
    press(editor, Qt.Key.Key_Down)
    settle()
    assert "Choisissez deux versions différentes de la même personne." in words(shown)
    assert not shown.print.isEnabled()
    press(editor, Qt.Key.Key_Up)
    settle()
    assert "neuf" in words(shown)
    assert shown.print.isEnabled()


def test_no_change_is_said(open_page: Open, services: Services, annual: UUID, loic: UUID) -> None:
    fill_all(services, annual)
    services.evaluations.course.freeze(annual)
    third = services.evaluations.draft.start(loic, Start(kind=EvaluationKind.CLOSING))
    page = open_page(STEP)
    page.versions.show_changes(annual, third)
    settle()
    shown = page.findChild(ChangesView)
    assert shown is not None
    assert "Aucun changement." in words(shown)


def test_the_page_is_printed_from_there_and_one_goes_back_to_the_step(
    open_page: Open, annual: UUID, paper: Paper
) -> None:
    page = open_page(STEP)
    shown = changes_of(page)
    click(shown.print)
    settle()
    click(page.printing.findChild(QWidget, "printing.go"))
    settle()
    (content,) = paper.sent
    (text,) = reading.pages(content)
    assert "Ce qui a changé" in text
    click(page.primary)
    settle()
    assert page.desk.shown is not None
    assert page.desk.shown.step.code == STEP


def test_nothing_is_cut_at_any_text_size(open_page: Open, annual: UUID) -> None:
    page = open_page(STEP)
    changes_of(page)
    assert_no_clipped_text(page)
