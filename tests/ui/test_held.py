"""« Le dossier en un PDF » and « Demandes d’accès » by keyboard, in a window, over a real encrypted store."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.person import Contact
from spip_desktop.domain.place import Place
from spip_desktop.domain.word_mask import HIDDEN
from spip_desktop.services.context import Context
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.held import dossier_page
from spip_desktop.ui.held.access_page import AccessPage
from spip_desktop.ui.held.dossier_page import DossierPaperPage
from spip_desktop.ui.window import Frame, MainWindow
from spip_desktop.wiring import Services, make_services
from tests.documents.reading import one_line
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    assert_tab_ring,
    settle,
)
from tests.ui.conftest import DAY_J, Show
from tests.ui.hands import Hands
from tests.ui.paper import Paper, paper  # noqa: F401  a fixture
from tests.ui.typing import press

NOTE = "Vu avec Nathalie. Veut un CAP."
PASSPHRASE = "une phrase de passe"


@pytest.fixture
def services(context: Context, loic: UUID) -> Services:
    made = make_services(context)
    made.persons.assign(loic, context.officer_id, reason="nouveau")
    made.persons.contacts.add(Contact(id=context.ids.new(), person_id=loic, kind="famille", name="Nathalie Perrin"))
    made.interviews.writing.save_fields(made.interviews.writing.begin(loic), {"today": NOTE})

    def reauthenticate(passphrase: str) -> None:
        if passphrase != PASSPHRASE:
            raise Refusal("current_passphrase_wrong", "passphrase")

    made.dossier_paper._reauthenticate = reauthenticate
    return made


@pytest.fixture
def hand(services: Services, show: Show, paper: Paper) -> Iterator[Hands]:  # noqa: F811
    window = MainWindow(Frame(now=lambda: DAY_J, search=lambda text: []))
    show(window)
    made = Hands(window)
    yield made
    made.put_away()


@pytest.fixture
def dossier(hand: Hands, services: Services, loic: UUID) -> DossierPaperPage:
    page = hand.page = DossierPaperPage(services, Guard(hand.bugs.append, hand.window))
    hand.show("person.dossier", loic)
    return page


@pytest.fixture
def access(hand: Hands, services: Services, loic: UUID) -> AccessPage:
    page = hand.page = AccessPage(services, Guard(hand.bugs.append, hand.window))
    hand.show("person.access", loic)
    return page


def test_the_dossier_is_printed_after_a_reason_and_the_passphrase(
    hand: Hands,
    dossier: DossierPaperPage,
    paper: Paper,  # noqa: F811
) -> None:
    assert hand.focused() == "purpose.editor"
    hand.click("dossier.print")
    assert "Écrivez pourquoi" in hand.said()
    hand.type("purpose", "Réunion de synthèse")
    hand.type("dossier_passphrase", "autre")
    press(dossier.current.line, Qt.Key.Key_Return)
    settle()
    assert not dossier.printing.isVisible(), "a wrong passphrase makes nothing"
    hand.retype("dossier_passphrase", PASSPHRASE)
    press(dossier.current.line, Qt.Key.Key_Return)
    settle()
    assert dossier.current.line.text() == "", "no passphrase stays"
    assert dossier.printing.isVisible()
    assert paper.sent == []


def test_the_dossier_is_written_where_one_chooses(
    hand: Hands, dossier: DossierPaperPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sortie"
    folder.mkdir()
    monkeypatch.setattr(dossier_page, "choose_new_file", lambda *_: folder / "dossier.pdf")
    hand.type("purpose", "Transmission")
    hand.click("content.complete")
    hand.type("dossier_passphrase", PASSPHRASE)
    hand.click("dossier.write")
    (written,) = folder.iterdir()
    assert "Veut un CAP" in one_line(written.read_bytes())
    assert "Le fichier quitte le magasin en clair" in hand.said()


def test_an_answer_is_prepared_by_keyboard_word_by_word(
    hand: Hands, services: Services, access: AccessPage, loic: UUID
) -> None:
    """« Le procureur m’a transmis une demande : je prépare, je masque sa mère, je relis, j’établis. »"""
    assert "Aucune demande d’accès notée." in hand.said()
    hand.click("access.begin")
    assert "le CPIP ne le remet pas à la personne" in hand.said().replace("\u00a0", " ")
    (answer,) = services.access_answers.of_person(loic)
    assert hand.focused() == "addressee.editor"
    hand.type("addressee", "Procureur de la République, TJ d’Orsanne")
    access.category.set_value("interview")
    access._show_texts()
    access.texts.setFocus()
    settle()
    assert "Nathalie" not in one_line(services.access_answers.preview(answer.id)), "masked before anybody looked"
    key = next(one.key for one in access.texts._words if "today" in one.key)
    while access.texts.current() != key:
        press(access.texts, Qt.Key.Key_Down)
    assert access.texts.hidden_words(key) == frozenset({2})
    for _ in range(2):
        press(access.texts, Qt.Key.Key_Right)
    press(access.texts, Qt.Key.Key_Space)
    assert access.texts.hidden_words(key) == frozenset()
    assert "Nathalie" in one_line(services.access_answers.preview(answer.id)), "shown by the officer"
    hand.click("access.whole")
    text = one_line(services.access_answers.preview(answer.id)).replace("\u00a0", " ")
    assert HIDDEN in text
    assert "Veut un CAP" not in text
    hand.click("access.read")
    hand.click("access.establish")
    (done,) = services.access_answers.of_person(loic)
    assert done.is_prepared
    assert done.addressee == "Procureur de la République, TJ d’Orsanne"
    assert access.printing.isVisible()
    access.texts.setFocus()
    before = access.texts.hidden_words(key)
    press(access.texts, Qt.Key.Key_Space)
    assert access.texts.hidden_words(key) == before, "what is established does not change"


def test_what_is_masked_comes_back_as_it_was(hand: Hands, services: Services, access: AccessPage, loic: UUID) -> None:
    hand.click("access.begin")
    access.category.set_value("interview")
    access._show_texts()
    access.texts.setFocus()
    press(access.texts, Qt.Key.Key_Space)
    key, hidden = access.texts.current(), access.texts.hidden_words(access.texts.current())
    assert hidden
    access.open(Place("person.access", loic))
    assert access.texts.hidden_words(key) == hidden


def test_discretion_hides_the_texts(hand: Hands, access: AccessPage) -> None:
    hand.click("access.begin")
    assert "Perrin" in access.texts.toPlainText()
    access.texts.set_hidden(True)
    assert "Perrin" not in access.texts.toPlainText()
    access.texts.set_hidden(False)
    assert "Perrin" in access.texts.toPlainText()


@pytest.mark.parametrize("kind", ["dossier", "access"])
def test_the_pages_are_named_ringed_and_unclipped(hand: Hands, kind: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(kind)
    if kind == "access":
        hand.click("access.begin")
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    assert_no_clipped_text(page.window())
    assert_tab_ring(page.window())
