"""What the person says, beside what the officer found; typed from paper, from the interview, or given on the screen."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.evaluation import EvaluationKind, FindingKind, SaidHow
from spip_desktop.domain.place import Place
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.ui.evaluation import OWN_KEYING
from spip_desktop.ui.evaluation.asides import WITH_PERSON
from spip_desktop.ui.evaluation.page import KIND, EvaluationPage
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services
from tests.older_form import as_first_edition
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, assert_one_filled_button, settle
from tests.ui.evaluation.conftest import Open
from tests.ui.evaluation.test_keying import focused, walk
from tests.ui.evaluation.test_page import fill_all
from tests.ui.typing import click, press, type_text

STEP = "formation_emploi"


def find(services: Services, draft: UUID, kind: FindingKind, words: str, step: str = STEP) -> UUID:
    made = services.evaluations.findings.add(draft, step, kind)
    services.evaluations.findings.save(made, {"wording": words})
    return made


def say(services: Services, draft: UUID, step: str, **answers: object) -> None:
    field = services.evaluations.reading.view(draft).fields[step].value
    saved = services.evaluations.draft.save_step(field.id, {f"{step}_{name}": one for name, one in answers.items()})
    assert not saved.refused


def read(page: EvaluationPage, name: str) -> str:
    block = page.findChild(QWidget, name)
    assert block is not None
    return "\n".join(one.text() for one in block.findChildren(Text))


def test_the_two_views_stand_side_by_side_and_gaps_are_to_be_discussed(
    open_page: Open, services: Services, draft: UUID
) -> None:
    find(services, draft, FindingKind.NEED, "se qualifier dans un métier")
    say(services, draft, STEP, vecu="ca_va", pour="Être dehors.")
    say(services, draft, "loisirs", vecu="changer", contre="Je ne connais personne.")
    say(services, draft, "entourage", vecu="appui")
    find(services, draft, FindingKind.PROTECTION, "une sœur présente", "entourage")
    page = open_page(WITH_PERSON)
    assert page.steps.links.to_discuss.text().endswith(": 2")
    job, leisure, circle = (read(page, f"look.{step}") for step in (STEP, "loisirs", "entourage"))
    for words in ("pour la personne, ça va", "Ça va", "Être dehors.", "se qualifier dans un métier", "Besoin"):
        assert words in job
    assert "la personne aimerait que ça change" in leisure
    assert "À discuter" not in circle
    told = "\n".join(one.text() for one in page.findChildren(Text))
    assert "Rien encore, ni d’un côté ni de l’autre" in told
    assert not any(sign in told for sign in ("%", "score", "total"))


def test_what_is_to_be_discussed_is_among_what_is_missing(open_page: Open, services: Services, draft: UUID) -> None:
    say(services, draft, "loisirs", vecu="changer")
    page = open_page("analyse")
    told = [one.text() for one in page.findChildren(Text) if one.isVisible()]
    assert "Temps libre\u00a0: à discuter, son regard et vos constats ne se rejoignent pas" in told
    say(services, draft, "loisirs", echange="Il voudrait reprendre le foot.")
    page.reload()
    settle()
    assert not any("ne se rejoignent pas" in one.text() for one in page.findChildren(Text) if one.isVisible())


def test_once_talked_about_a_gap_is_discussed(open_page: Open, services: Services, draft: UUID) -> None:
    find(services, draft, FindingKind.NEED, "se qualifier")
    say(services, draft, STEP, vecu="appui", echange="Il voit le métier comme un appui, le diplôme manque.")
    page = open_page(WITH_PERSON)
    assert page.steps.links.to_discuss.isHidden()
    words = read(page, f"look.{STEP}")
    assert "Discuté" in words
    assert "le diplôme manque" in words


def test_a_refusal_and_a_lifted_finding_are_no_gap(services: Services, draft: UUID, open_page: Open) -> None:
    find(services, draft, FindingKind.DYNAMIC_RISK, "journées vides")
    say(services, draft, STEP, vecu="__refus__")
    page = open_page(WITH_PERSON)
    assert page.steps.links.to_discuss.isHidden()
    assert "A refusé de répondre" in read(page, f"look.{STEP}")


def test_the_shared_view_is_one_click_away_and_the_field_too(open_page: Open, draft: UUID, loic: UUID) -> None:
    page = open_page()
    click(page.steps.links.with_person)
    settle()
    went = QSignalSpy(page.went)
    click(page.findChild(QWidget, "with_person.share"))
    assert went.at(0) == [Place("person.shared", loic)]
    assert_one_filled_button(page)
    assert_every_control_is_named(page)


def test_the_sheet_filled_in_is_keyed_in_by_keyboard_in_its_order(
    open_page: Open, services: Services, draft: UUID
) -> None:
    page = open_page(OWN_KEYING)
    steps = services.evaluations.own.steps(draft)
    assert len(steps) == 8
    for number, step in enumerate(steps, 1):
        assert page.desk.shown is not None
        assert page.desk.shown.step.code == step
        assert page.keying.title.text().endswith(f"sujet {number} sur 8")
        assert page.desk.shown.note.isHidden()
        assert focused().objectName() == f"{step}_vecu.editor"
        press(focused(), Qt.Key.Key_Down)
        press(focused(), Qt.Key.Key_Tab)
        type_text(focused(), f"Envie {number}.")
        walk(page)
    press(page.primary, Qt.Key.Key_Space)
    settle()
    view = services.evaluations.reading.view(draft)
    for number, step in enumerate(steps, 1):
        field = view.fields[step].value
        assert field.answers == {f"{step}_vecu": "appui", f"{step}_pour": f"Envie {number}."}
        assert (field.said_how, field.said_on) == (SaidHow.PAPER, date(2026, 11, 22))
        assert not field.note


def test_in_the_next_version_the_person_is_asked_anew(
    open_page: Open, services: Services, draft: UUID, loic: UUID
) -> None:
    say(services, draft, STEP, vecu="changer", pour="Un métier.")
    fill_all(services, draft)
    services.evaluations.course.freeze(draft)
    page = open_page(WITH_PERSON)
    assert page.findChild(QWidget, "with_person.share") is None, "a version arrêtée is only read"
    assert "Un métier." in read(page, f"look.{STEP}")
    second = services.evaluations.draft.start(loic, Start(kind=EvaluationKind.ANNUAL))
    assert services.evaluations.reading.view(second).fields[STEP].value.answers == {}
    assert services.evaluations.changes.between(draft, second).answers == ()
    say(services, second, STEP, vecu="ca_va")
    (first, other) = services.evaluations.changes.between(draft, second).answers
    assert (first.label, first.before, first.now) == (
        "Sa parole, Sur ce sujet, aujourd’hui", "J’aimerais que ça change", "Ça va",
    )  # fmt: skip
    assert (other.before, other.now) == ("Un métier.", "")


def test_nothing_is_cut_at_any_text_size(open_page: Open, services: Services, draft: UUID) -> None:
    find(services, draft, FindingKind.NEED, "se qualifier dans un métier")
    say(services, draft, STEP, vecu="ca_va", pour="Être dehors.")
    assert_no_clipped_text(open_page(WITH_PERSON))
    page = open_page(OWN_KEYING)
    assert_no_clipped_text(page)
    page.open(Place(KIND, page.person, "confidences"))
    assert_no_clipped_text(page)


def test_a_draft_of_an_older_form_is_taken_to_the_present_one_from_there(
    open_page: Open, services: Services, draft: UUID
) -> None:
    as_first_edition(services.context, draft)
    page = open_page(WITH_PERSON)
    assert page.findChild(QWidget, "with_person.share") is None
    told = "\n".join(one.text() for one in page.findChildren(Text) if one.isVisible())
    assert "questionnaire plus ancien" in told
    offered = page.findChild(QWidget, "with_person.form")
    assert offered is focused()
    assert_no_clipped_text(page)
    press(offered, Qt.Key.Key_Space)
    settle()
    share = page.findChild(QWidget, "with_person.share")
    assert share is not None
    assert share.isVisible()
    view = page.version()
    assert view is not None
    assert view.evaluation.form_version == 2
