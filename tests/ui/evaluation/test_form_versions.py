"""Two versions of the form in one dossier, in the real window: each opens, prints and compares in its own words."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.place import Place
from spip_desktop.forms.loader import shipped
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.settings import Settings
from spip_desktop.ui.desk import Desk
from spip_desktop.ui.evaluation.page import EvaluationPage
from spip_desktop.ui.forms.page import FormLibraryPage
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from tests.documents import reading
from tests.ui.checks import settle
from tests.ui.conftest import Show
from tests.ui.evaluation.test_page import fill_all
from tests.ui.paper import Paper
from tests.ui.typing import click

WAS = "Compte bancaire"
IS = "Compte bancaire à son nom"
OURS = shipped("evaluation").version


@pytest.fixture
def desk(services: Services, show: Show, qapp: QApplication) -> Iterator[Desk]:
    tasks = Tasks()
    made = Desk(services, tasks, Settings(), ())
    show(made.window)
    made.start()
    settle()
    yield made
    tasks.stop()


def page(desk: Desk) -> EvaluationPage:
    return next(one for one in desk.window.findChildren(EvaluationPage) if one.isVisible())


def said(shown: QWidget) -> str:
    """Everything visible, the names of the fields included."""
    found = [one.accessibleName() or one.text() for one in shown.findChildren(Text) if one.isVisible()]
    found += [one.accessibleName() for one in shown.findChildren(QWidget) if one.isVisible() and one.accessibleName()]
    return "\n".join(found)


def printed(desk: Desk, paper: Paper, button: QWidget | None) -> str:
    """The text of what one button sends to the printer."""
    before = len(paper.sent)
    click(button)
    settle()
    click(page(desk).printing.findChild(QWidget, "printing.go"))
    settle()
    (content,) = paper.sent[before:]
    return " ".join("\n".join(reading.pages(content)).split())


def install(desk: Desk, tmp_path: Path) -> None:
    """From Réglages, by the mouse: the file, what it changes, the yes."""
    text = desk.services.forms.model(OURS).decode()
    assert text.count(f'label = "{WAS}"') == 1
    path = tmp_path / "evaluation.toml"
    path.write_text(text.replace(f'label = "{WAS}"', f'label = "{IS}"'), "utf-8")
    desk.workplace.go(Place("settings"))
    click(desk.window.findChild(QWidget, "settings.forms"))
    settle()
    library = next(one for one in desk.window.findChildren(FormLibraryPage) if one.isVisible())
    library.ask_file = lambda: path
    click(library.findChild(QWidget, "forms.choose"))
    settle()
    assert f"était «\u00a0{WAS}\u00a0»" in said(library)
    click(library.findChild(QWidget, "forms.use"))
    settle()


def test_a_version_begun_before_and_one_begun_after_each_say_their_own_words(
    desk: Desk, services: Services, draft: UUID, loic: UUID, paper: Paper, tmp_path: Path
) -> None:
    evaluations = services.evaluations
    concrete = evaluations.reading.view(draft).fields["situation_concrete"].value.id
    evaluations.draft.save_step(concrete, {"compte_bancaire": "non"})
    fill_all(services, draft)
    evaluations.course.freeze(draft)

    install(desk, tmp_path)
    second = evaluations.draft.start(loic, Start(kind=EvaluationKind.ANNUAL))
    taken_over = evaluations.reading.view(second).fields["situation_concrete"].value
    assert taken_over.answers == {"compte_bancaire": "non"}, "what was answered is taken over"
    evaluations.draft.save_step(taken_over.id, {"compte_bancaire": "oui"})
    assert evaluations.reading.view(draft).session.form.version == OURS
    assert evaluations.reading.view(second).session.form.version == 1000

    # The new one, on the screen.
    desk.workplace.go(Place("person.evaluation", loic, "situation_concrete"))
    settle()
    assert IS in said(page(desk))
    # The former one, opened from the list of versions.
    click(page(desk).steps.links.versions)
    settle()
    click(page(desk).findChild(QWidget, "version.1.Ouvrir"))
    settle()
    assert IS not in said(page(desk))
    page(desk).show_step("situation_concrete")
    settle()
    assert WAS in said(page(desk))
    assert IS not in said(page(desk))
    # Compared, and printed.
    click(page(desk).steps.links.versions)
    settle()
    click(page(desk).findChild(QWidget, "version.2.changes"))
    settle()
    assert IS in said(page(desk))
    heard = printed(desk, paper, page(desk).findChild(QWidget, "changes.print"))
    assert f"{IS} (auparavant : « {WAS} ») Version 1 Version 2 Non Oui" in heard.replace("\u00a0", " ")
    # Each one's own paper of the interview keeps its words.
    after = " ".join(" ".join(reading.pages(evaluations.guide.paper(second).content)).split())
    assert IS in after
    assert IS not in " ".join(reading.pages(services.forms.paper(OURS)))
