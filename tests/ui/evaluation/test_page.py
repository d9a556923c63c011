"""The page Évaluation, by key and mouse: started, written, left and taken up again, arrêtée, begun again."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from spip_desktop.domain.evaluation import EvaluationKind, FieldState, FindingKind, MarkKind, NoteMark, SaidHow
from spip_desktop.domain.evaluation_states import EvaluationState, EventCode
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.evaluation_forms import FRAME
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.evaluation.finding_saving import FINDING
from spip_desktop.ui.evaluation.lists import BlockingView, VersionsView
from spip_desktop.ui.evaluation.note_editor import NoteEditor
from spip_desktop.ui.evaluation.page import KIND, EvaluationPage
from spip_desktop.ui.form import FormView
from spip_desktop.ui.positions import to_signs, to_units
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import (
    assert_every_control_is_named,
    assert_no_clipped_text,
    assert_one_filled_button,
    at_text_size,
    settle,
)
from tests.ui.conftest import Show
from tests.ui.evaluation.conftest import Open
from tests.ui.typing import click, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier
STEP = "formation_emploi"
NOTE = "Dit «\u00a0jamais\u00a0» 🙂.\nChez Bruno, huit mois."


def note_of(page: EvaluationPage) -> NoteEditor:
    assert page.desk.shown is not None
    return page.desk.shown.note.editor


def stored(services: Services, id_: UUID) -> EvaluationView:
    return services.evaluations.reading.view(id_)


def choose_words(page: EvaluationPage, words: str) -> None:
    editor = note_of(page)
    start = editor.text().index(words)
    cursor = editor.textCursor()
    cursor.setPosition(to_units(editor.text(), start))
    cursor.setPosition(to_units(editor.text(), start + len(words)), QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def fill_all(services: Services, id_: UUID) -> None:
    """The least that freezing asks for."""
    view, draft = stored(services, id_), services.evaluations.draft
    for step in view.session.steps():
        answers = {one.code: "oui" for one in step.questions if one.code in FRAME}
        draft.save_step(view.fields[step.code].value.id, {"state": FieldState.EXPLORED, **answers})
    draft.save_step(view.fields["analyse"].value.id, {"note": "Cherche un métier."})
    need = services.evaluations.findings.add(id_, STEP, FindingKind.NEED)
    services.evaluations.findings.save(need, {"wording": "se qualifier dans un métier"})


# -- starting ------------------------------------------------------------------------------------------------


def test_an_empty_page_says_what_to_do_first_and_starts(open_page: Open, services: Services, loic: UUID) -> None:
    page = open_page()
    assert page.primary.text() == "Commencer"
    click(page.primary)
    assert page.drafting.start is not None
    assert page.drafting.start.fields.field("kind").problem
    click(page.findChild(QWidget, "kind.initiale"))
    click(page.primary)
    settle()
    assert services.evaluations.reading.current(loic) is not None
    assert page.desk.shown is not None
    assert page.desk.shown.step.code == "accueil"
    assert QApplication.focusWidget() is note_of(page)


def test_a_short_evaluation_asks_for_three_fields(open_page: Open, services: Services, loic: UUID) -> None:
    page = open_page()
    click(page.findChild(QWidget, "kind.courte"))
    assert page.drafting.start is not None
    for code in ("entourage", "loisirs"):
        click(page.findChild(QWidget, f"short_fields.{code}"))
    click(page.primary)
    assert "3" in page.drafting.start.fields.field("short_fields").problem
    click(page.findChild(QWidget, f"short_fields.{STEP}"))
    click(page.primary)
    settle()
    current = services.evaluations.reading.current(loic)
    assert current is not None
    assert stored(services, current).evaluation.short_fields == ("entourage", STEP, "loisirs")


# -- the note ------------------------------------------------------------------------------------------------


def test_what_is_typed_is_saved_by_itself_and_said(
    open_page: Open, services: Services, draft: UUID, qtbot: QtBot
) -> None:
    page = open_page(STEP)
    with qtbot.waitSignal(page.saved, timeout=2000):
        type_text(note_of(page), "Élève à l’école")
    field = stored(services, draft).fields[STEP].value
    assert field.note == "Élève à l’école"
    assert field.state is FieldState.PARTIAL
    assert page.desk.shown is not None
    assert page.desk.shown.state.value() == "partiel"


def test_marks_follow_their_paragraph_while_one_types(open_page: Open, services: Services, draft: UUID) -> None:
    page = open_page(STEP)
    editor = note_of(page)
    type_text(editor, "Un\nDeux")
    press(editor, Qt.Key.Key_1, CTRL)
    assert editor.marks() == (NoteMark(MarkKind.WORDS, 3),)
    press(editor, Qt.Key.Key_Home, CTRL)
    type_text(editor, "Avant ")
    assert editor.marks() == (NoteMark(MarkKind.WORDS, 9),)
    press(editor, Qt.Key.Key_Eacute, CTRL)  # « 2 » without shift on a French keyboard
    assert page.flush()
    assert stored(services, draft).fields[STEP].value.marks == (
        NoteMark(MarkKind.KEEP, 0),
        NoteMark(MarkKind.WORDS, 9),
    )


def test_paste_keeps_words_only_and_markup_stays_literal(open_page: Open, services: Services, draft: UUID) -> None:
    page = open_page(STEP)
    pasted = QMimeData()
    pasted.setText("Il dit <b>non</b>\x07 «\u00a0oui\u00a0» 🙂\u202e")
    pasted.setHtml("<img src='file:///etc/hostname'>")
    note_of(page).insertFromMimeData(pasted)
    assert page.flush()
    assert stored(services, draft).fields[STEP].value.note == "Il dit <b>non</b> «\u00a0oui\u00a0» 🙂"


def test_selected_words_become_a_finding_by_keyboard(open_page: Open, services: Services, draft: UUID) -> None:
    page = open_page(STEP)
    editor = note_of(page)
    type_text(editor, NOTE)
    choose_words(page, "Chez Bruno, huit mois")
    press(editor, Qt.Key.Key_Return, CTRL)
    bar = QApplication.focusWidget()
    assert isinstance(bar, Button)
    assert bar.text() == "un fait"
    assert editor.words() == "Chez Bruno, huit mois"
    editor.setFocus()
    press(editor, Qt.Key.Key_5, CTRL)
    settle()
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.text() == "risque statique"
    click(page.findChild(QWidget, "make.protection"))
    settle()
    (finding,) = stored(services, draft).findings
    assert (finding.value.kind, finding.value.evidence) == (FindingKind.PROTECTION, "Chez Bruno, huit mois")
    wording = QApplication.focusWidget()
    assert wording is not None
    assert wording.objectName() == "wording.editor"
    type_text(wording, "A tenu huit mois.")
    assert page.flush()
    (finding,) = stored(services, draft).findings
    assert finding.value.wording == "A tenu huit mois."
    page.undo()
    assert not stored(services, draft).findings


def test_facts_stand_apart_from_what_is_made_of_them(open_page: Open, services: Services, draft: UUID) -> None:
    findings = services.evaluations.findings
    view, fact = findings.add(draft, STEP, FindingKind.PROTECTION), findings.add(draft, STEP, FindingKind.FACT)
    page = open_page(STEP)
    assert page.desk.shown is not None
    assert list(page.desk.shown.findings.rows) == [fact, view], "the fact, made later, is read first"
    row = page.desk.shown.row_of(fact)
    assert row is not None
    assert "source ou date à compléter" in row.source.text()
    page.show_step("analyse")
    settle()
    told = [one.text() for one in page.findChildren(Text) if one.isVisible()]
    assert told.index("Faits, avec leur source et leur date") < told.index("Facteurs de risque")


def test_a_finding_is_binned_and_taken_back(open_page: Open, services: Services, draft: UUID) -> None:
    id_ = services.evaluations.findings.add(draft, STEP, FindingKind.FACT)
    page = open_page(STEP)
    click(page.findChild(QWidget, f"finding.{id_}.bin"))
    assert not stored(services, draft).findings
    click(page.notice.undo)
    settle()
    assert [one.value.id for one in stored(services, draft).findings] == [id_]
    assert page.desk.shown is not None
    assert page.desk.shown.row_of(id_) is not None


def test_a_long_note_is_typed_in_without_lag(open_page: Open, draft: UUID, services: Services) -> None:
    field = stored(services, draft).fields[STEP]
    services.evaluations.draft.save_step(field.value.id, {"note": "Une ligne de la note.\n" * 800}, field.lock)
    page = open_page(STEP)
    editor = note_of(page)
    for _ in range(30):
        type_text(editor, "é")
    assert editor.text().startswith("é" * 30)
    assert page.flush()


# -- states, questions, drafts ---------------------------------------------------------------------------------


def test_a_state_chosen_by_keyboard_shows_in_the_steps(open_page: Open, services: Services, draft: UUID) -> None:
    page = open_page(STEP)
    assert page.desk.shown is not None
    page.desk.shown.state.setFocus()
    press(page.desk.shown.state, Qt.Key.Key_Down)
    press(page.desk.shown.state, Qt.Key.Key_Down)
    assert page.flush()
    assert stored(services, draft).fields[STEP].value.state is FieldState.EXPLORED
    button = page.findChild(QWidget, f"steps.{STEP}")
    assert button is not None
    assert button.accessibleName() == "Formation et emploi, Exploré"


def test_a_note_written_elsewhere_is_not_written_over(
    open_page: Open, services: Services, context: Context, draft: UUID
) -> None:
    page = open_page(STEP)
    field = stored(services, draft).fields[STEP].value.id
    elsewhere = make_services(context).evaluations.draft
    elsewhere.save_step(field, {"note": "Écrit ailleurs."})
    type_text(note_of(page), "Écrit ici.")
    assert not page.flush()
    assert stored(services, draft).fields[STEP].value.note == "Écrit ailleurs."
    assert "«\u00a0Écrit ailleurs.\u00a0»" in page.band.sentence.text()
    again = open_page(STEP)
    assert note_of(again).text() == "Écrit ici."
    assert "Écrit ailleurs" in again.band.sentence.text()
    assert again.flush()
    assert stored(services, draft).fields[STEP].value.note == "Écrit ailleurs."
    click(again.band.findChild(QWidget, "band.action"))
    settle()
    assert stored(services, draft).fields[STEP].value.note == "Écrit ici."
    assert not services.desk.of("explored_field", field)
    elsewhere.save_step(field, {"state": FieldState.EXPLORED})  # another field: both hold
    type_text(note_of(again), "!")
    assert again.flush()
    found = stored(services, draft).fields[STEP].value
    assert (found.note, found.state) == ("!Écrit ici.", FieldState.EXPLORED)


def test_a_half_typed_date_is_kept_and_shown_again(open_page: Open, services: Services, draft: UUID) -> None:
    field = stored(services, draft).fields[STEP]
    services.evaluations.draft.save_step(field.value.id, {"state": FieldState.INSUFFICIENT}, field.lock)
    page = open_page(f"{STEP}/again_on")
    assert page.desk.shown is not None
    type_text(page.desk.shown.again.editor, "29/02/20")
    page.flush()
    again = open_page(STEP)
    assert again.desk.shown is not None
    assert again.desk.shown.again.raw_text() == "29/02/20"
    again.desk.shown.again.line.clear()
    type_text(again.desk.shown.again.editor, "4/12/26")
    again.flush()
    assert stored(services, draft).fields[STEP].value.again_on == date(2026, 12, 4)
    assert not services.desk.of("explored_field", field.value.id)


def test_closed_questions_come_from_the_form_and_depend_on_answers(
    open_page: Open, services: Services, draft: UUID
) -> None:
    page = open_page("situation_concrete")
    asked, then = page.findChild(QWidget, "dettes.oui"), page.findChild(QWidget, "dettes_demarche")
    assert asked is not None
    assert then is not None
    assert not then.isVisible()
    click(asked)
    settle()
    assert then.isVisible()
    assert page.flush()
    assert stored(services, draft).fields["situation_concrete"].value.answers == {"dettes": "oui"}
    outside = page.findChild(QWidget, "telephone")  # asked in milieu ouvert only
    assert outside is not None
    assert outside.isHidden()


def test_rulers_are_shown_only_where_chosen(open_page: Open, services: Services, draft: UUID) -> None:
    page = open_page(STEP)
    ruler = page.findChild(QWidget, f"{STEP}_importance")
    assert ruler is not None
    assert not ruler.isVisible()
    assert page.desk.shown is not None
    assert page.desk.shown.own is not None
    click(page.desk.shown.own.open_link)
    assert not ruler.isVisible()
    click(page.desk.shown.own.use_rulers)
    settle()
    assert ruler.isVisible()
    click(page.findChild(QWidget, f"{STEP}_importance.0"))
    assert page.flush()
    field = stored(services, draft).fields[STEP].value
    assert field.rulers
    assert field.answers == {f"{STEP}_importance": 0}
    assert (field.said_how, field.said_on) == (SaidHow.ALOUD, date(2026, 11, 22))


def test_the_date_of_the_note_is_that_of_the_interview(open_page: Open, services: Services, draft: UUID) -> None:
    page = open_page(STEP)
    click(page.findChild(QWidget, "note.date"))
    assert page.desk.shown is not None
    page.desk.shown.noted_on.line.clear()
    type_text(page.desk.shown.noted_on.editor, "21/11/26")
    assert page.flush()
    view = stored(services, draft)
    assert view.fields[STEP].value.noted_on == date(2026, 11, 21)
    assert view.evaluation.interview_on == date(2026, 11, 21)


def test_only_what_concerns_the_person_is_ticked_in_the_welcome(open_page: Open, draft: UUID) -> None:
    page = open_page("accueil")
    for code, shown in (("accueil_regles", True), ("accueil_regles_presume", False)):
        tick = page.findChild(QWidget, f"cadre.{code}")
        assert tick is not None
        assert tick.isVisible() is shown


# -- going about -----------------------------------------------------------------------------------------------


def test_next_and_back_walk_the_steps_and_save(open_page: Open, services: Services, draft: UUID) -> None:
    page = open_page(STEP)
    type_text(note_of(page), "Note")
    click(page.primary)
    settle()
    assert page.desk.shown is not None
    assert page.desk.shown.step.code == "loisirs"
    assert stored(services, draft).fields[STEP].value.note == "Note"
    click(page.previous)
    assert page.desk.shown.step.code == STEP
    assert note_of(page).text() == "Note"


def test_the_steps_are_walked_by_the_arrows(open_page: Open, draft: UUID) -> None:
    page = open_page("accueil")
    button = page.findChild(QWidget, "steps.accueil")
    assert button is not None
    button.setFocus()
    press(button, Qt.Key.Key_Down)
    press(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle()
    assert page.desk.shown is not None
    assert page.desk.shown.step.code == "antecedents"


def test_one_comes_back_to_the_first_incomplete_question(open_page: Open, services: Services, draft: UUID) -> None:
    for step in ("accueil", "antecedents"):
        field = stored(services, draft).fields[step]
        services.evaluations.draft.save_step(field.value.id, {"state": FieldState.EXPLORED}, field.lock)
    page = open_page()
    assert page.desk.shown is not None
    assert page.desk.shown.step.code == "attitudes"
    assert QApplication.focusWidget() is note_of(page)


def test_after_a_lock_one_is_back_at_the_same_sign(open_page: Open, loic: UUID, draft: UUID) -> None:
    page = open_page(STEP)
    type_text(note_of(page), NOTE)
    note_of(page).set_place(12)
    assert page.flush()
    seat = page.seat(Place(KIND, loic, STEP))
    again = open_page()
    again.take_seat(seat)
    settle()
    assert QApplication.focusWidget() is note_of(again)
    assert note_of(again).place() == 12


def test_the_seat_is_kept_while_another_program_has_the_keyboard(
    open_page: Open, draft: UUID, loic: UUID, show: Show
) -> None:
    """As when the program locks by itself: one was looking at something else."""
    page = open_page(STEP)
    note_of(page).setFocus()
    type_text(note_of(page), "Chez Bruno")
    assert page.flush()
    elsewhere = show(QWidget())
    elsewhere.setFocus()
    settle()
    assert QApplication.focusWidget() is not note_of(page), "the control: the focus of the application is elsewhere"
    seat = page.seat(Place(KIND, loic, STEP))
    assert (seat.place.field, seat.cursor) == (f"{STEP}/note", len("Chez Bruno"))


def test_what_blocks_is_one_click_from_its_field(open_page: Open, draft: UUID) -> None:
    page = open_page(STEP)
    click(page.steps.links.blocking)
    settle()
    shown = page.findChild(BlockingView)
    assert shown is not None
    click(page.findChild(QWidget, "blocking.0"))
    settle()
    assert page.desk.shown is not None
    assert page.desk.shown.step.code == "accueil"
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "cadre.accueil_role"


# -- the analysis, freezing, versions ----------------------------------------------------------------------------


def test_needs_are_put_first_by_hand_with_their_reason(open_page: Open, services: Services, draft: UUID) -> None:
    first = services.evaluations.findings.add(draft, STEP, FindingKind.NEED)
    second = services.evaluations.findings.add(draft, "loisirs", FindingKind.NEED)
    page = open_page("analyse")
    for id_ in (first, second):
        click(page.findChild(QWidget, f"need.{id_}.first"))
    click(page.findChild(QWidget, f"need.{second}.up"))
    places = {one.value.id: one.value.priority for one in stored(services, draft).findings}
    assert places == {first: 2, second: 1}
    assert page.desk.shown is not None
    assert page.desk.shown.analysis is not None
    type_text(page.desk.shown.analysis.needs[second].reason.editor, "Il le demande.")
    assert page.flush()
    reasons = {one.value.id: one.value.priority_reason for one in stored(services, draft).findings}
    assert reasons[second] == "Il le demande."


def test_a_need_is_added_and_none_is_said_with_a_reason(open_page: Open, services: Services, draft: UUID) -> None:
    page = open_page("analyse")
    assert page.desk.shown is not None
    assert page.desk.shown.analysis is not None
    type_text(page.desk.shown.analysis.no_need.editor, "Tout va bien.")
    assert page.flush()
    assert stored(services, draft).evaluation.no_need_reason == "Tout va bien."
    click(page.findChild(QWidget, "need.add"))
    settle()
    assert [one.value.kind for one in stored(services, draft).findings] == [FindingKind.NEED]
    assert page.desk.shown.analysis.no_need.isHidden()


def test_freezing_waits_for_what_blocks_then_reads_only(
    open_page: Open, services: Services, draft: UUID, loic: UUID
) -> None:
    page = open_page("restitution")
    assert not page.primary.isEnabled()
    assert "point" in page.primary.reason
    fill_all(services, draft)
    page = open_page("restitution")
    assert page.primary.text() == "Arrêter cette version"
    click(page.primary)
    settle()
    assert stored(services, draft).evaluation.is_frozen
    assert page.primary.text() == "Nouvelle version"
    assert "arrêtée le 22/11/2026" in page.head.detail.text()
    page.show_step(STEP)
    type_text(note_of(page), "x")
    assert note_of(page).text() == ""
    assert page.desk.shown is not None
    assert page.desk.shown.note.keys.isHidden()
    click(page.primary)
    settle()
    click(page.findChild(QWidget, "kind.intermediaire"))
    click(page.primary)
    settle()
    assert len(services.evaluations.reading.versions(loic)) == 2
    current = services.evaluations.reading.current(loic)
    assert current != draft


def test_what_stays_as_it_is_is_told_before_freezing(open_page: Open, services: Services, draft: UUID) -> None:
    fill_all(services, draft)
    need = services.evaluations.findings.add(draft, "analyse", FindingKind.NEED)
    page = open_page("restitution")
    click(page.primary)
    settle()
    assert not stored(services, draft).evaluation.is_frozen
    told = [one.text() for one in page.findChildren(Text) if one.isVisible() and "À formuler" in one.text()]
    assert len(told) == 1
    links = [one for one in page.findChildren(QWidget) if one.objectName().startswith("freezing.")]
    assert QApplication.focusWidget() in links
    link = next(one for one in links if "À formuler" in one.accessibleName())
    click(link)
    settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.desk.shown is not None
    row = page.desk.shown.row_of(need)
    assert row is not None
    assert row.isAncestorOf(focused)
    page.show_step("restitution")
    click(page.primary)
    settle()
    assert page.primary.text() == "Arrêter quand même"
    click(page.primary)
    settle()
    assert stored(services, draft).evaluation.is_frozen


def test_what_the_dpip_remarked_is_read_beside_its_version(open_page: Open, services: Services, draft: UUID) -> None:
    fill_all(services, draft)
    services.evaluations.course.freeze(draft)
    services.evaluations.course.record(draft, EventCode.RETURNED, date(2026, 11, 22), "Préciser l’entourage.")
    page = open_page()
    click(page.steps.links.versions)
    settle()
    told = [one.text() for one in page.findChildren(Text) if one.isVisible()]
    assert "Retournée le 22/11/2026\u00a0: «\u00a0Préciser l’entourage.\u00a0»" in told


def test_what_follows_a_version_is_noted_on_screen(
    open_page: Open, services: Services, draft: UUID, loic: UUID
) -> None:
    page = open_page("restitution")
    assert not page.follow.isVisible()  # a draft has no facts
    fill_all(services, draft)
    services.evaluations.course.freeze(draft)
    page = open_page("restitution")
    click(page.follow)
    settle()
    click(page.findChild(QWidget, "fact.write"))
    assert page.facts.panel is not None
    assert page.facts.panel.form.field("way").problem
    click(page.findChild(QWidget, "way.visee"))
    settle()
    assert page.facts.panel.form.field("reason").isVisible()  # the store has no DPIP
    click(page.findChild(QWidget, "fact.write"))
    settle()
    assert page.facts.panel.form.field("reason").problem
    type_text(page.facts.panel.form.field("reason").editor, "Poste vacant, visa reçu par courriel.")
    assert page.flush()
    again = open_page("restitution")  # as after a lock
    assert again.facts.panel is not None
    assert again.facts.panel.form.value("reason") == "Poste vacant, visa reçu par courriel."
    click(again.findChild(QWidget, "fact.write"))
    settle()
    assert "visée le 22/11/2026" in again.head.detail.text()
    assert stored(services, draft).version.state is EvaluationState.SEEN
    click(again.follow)
    settle()
    press(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert again.facts.panel is None
    assert not services.desk.of("evaluation_fact", draft)


def test_a_step_of_the_version_before_is_said_still_to_hold(
    open_page: Open, services: Services, draft: UUID, loic: UUID
) -> None:
    fill_all(services, draft)
    services.evaluations.course.freeze(draft)
    second = services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INTERMEDIATE))
    page = open_page(STEP)
    assert page.desk.shown is not None
    assert page.desk.shown.carried.isVisible()
    click(page.findChild(QWidget, "reviewed"))
    settle()
    assert stored(services, second).fields[STEP].value.reviewed
    assert not page.desk.shown.carried.isVisible()


def test_a_draft_goes_to_the_bin_and_comes_back(open_page: Open, services: Services, draft: UUID, loic: UUID) -> None:
    page = open_page(STEP)
    click(page.steps.links.versions)
    settle()
    assert page.findChild(VersionsView) is not None
    click(page.findChild(QWidget, "version.1.Mettre à la corbeille"))
    settle()
    assert services.evaluations.reading.current(loic) is None
    click(page.notice.undo)
    settle()
    assert services.evaluations.reading.current(loic) == draft


def test_a_prevenu_is_not_asked_about_the_facts(open_page: Open, services: Services, loic: UUID) -> None:
    (custody,) = services.situation.penal(loic).custodies
    services.situation.custodies.save_fields(custody.value.id, {"penal_category": "prevenu"})
    services.evaluations.draft.start(loic, Start(kind=EvaluationKind.INITIAL))
    page = open_page("antecedents")
    assert page.desk.shown is not None
    assert "parcours" in page.desk.shown.question.text()
    type_text(note_of(page), "A grandi à Valbrune.")
    choose_words(page, "Valbrune")
    press(note_of(page), Qt.Key.Key_5, CTRL)
    offered = [one.text() for one in page.desk.shown.note.bar.buttons.findChildren(Button) if not one.isHidden()]
    assert offered == ["protection", "retour"]
    page.show_step("analyse")
    about_facts = page.findChild(QWidget, "analyse_passage")
    assert about_facts is not None
    assert about_facts.isHidden()
    assert page.findChild(QWidget, "need.add") is None


def test_a_situation_that_changed_is_said_and_followed(
    open_page: Open, services: Services, draft: UUID, loic: UUID
) -> None:
    (custody,) = services.situation.penal(loic).custodies
    services.situation.custodies.save_fields(custody.value.id, {"penal_category": "prevenu"})
    page = open_page(STEP)
    assert page.band.isVisible()
    click(page.findChild(QWidget, "band.action"))
    settle()
    assert stored(services, draft).evaluation.presumed_innocent


# -- look ------------------------------------------------------------------------------------------------------


def test_every_step_is_named_whole_and_has_one_filled_button(open_page: Open, services: Services, draft: UUID) -> None:
    page = open_page()
    page.resize(1280, 720)
    for step in ("accueil", STEP, "analyse", "restitution"):
        page.show_step(step)
        settle()
        assert_every_control_is_named(page)
        assert_one_filled_button(page)
        assert_no_clipped_text(page)


def test_the_page_comes_to_rest(open_page: Open, services: Services, draft: UUID) -> None:
    """A note whose height follows its width, in a width that depends on heights, must not be laid out for ever."""
    field = stored(services, draft).fields[STEP]
    services.evaluations.draft.save_step(field.value.id, {"note": "Une phrase de la note. " * 60}, field.lock)
    page = open_page(STEP)
    for width in range(1040, 1064, 4):
        page.resize(width, 680)
        settle()
        sizes: list[int] = []
        watch = _Watch(note_of(page), sizes)
        settle()
        assert len(sizes) < 3, f"at {width} px: {sizes}"
        note_of(page).removeEventFilter(watch)


class _Watch(QObject):
    """Notes each new width of a widget."""

    def __init__(self, widget: QWidget, widths: list[int]) -> None:
        super().__init__(widget)
        self._widths = widths
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, NoteEditor):
            self._widths.append(watched.width())
        return False


def test_columns_fold_at_large_text(open_page: Open, draft: UUID) -> None:
    page = open_page(STEP)
    page.resize(1280, 720)
    settle()
    assert page.steps.isVisible()
    assert page.guide.isVisible()
    at_text_size(150)
    assert not page.guide.isVisible()
    assert page.steps.isVisible()
    at_text_size(200)
    settle()
    assert not page.steps.isVisible()
    assert page.choice.isVisible()
    assert page.desk.shown is not None
    assert page.desk.shown.state.parent() is page.choice
    assert page.body.inside.width() <= page.width()


def test_the_guide_folds_and_comes_back(open_page: Open, draft: UUID) -> None:
    page = open_page(STEP)
    click(page.findChild(QWidget, "guide.fold"))
    assert not page.guide.isVisible()
    click(page.findChild(QWidget, "side.button"))
    assert page.guide.isVisible()


def test_places_are_told_in_signs() -> None:
    assert to_units("a🙂b", 2) == 3
    assert to_signs("a🙂b", 3) == 2
    assert to_signs("é", 1) == 1


# -- what the other professions bring ------------------------------------------------------------------------


def test_contributions_stand_beside_each_step_once_they_are_settled(
    open_page: Open, services: Services, draft: UUID, loic: UUID
) -> None:
    page = open_page(STEP)
    assert [one.text() for one in page.guide.findChildren(Text) if one.text() == "Contributions"] == []
    made = services.contributions.start(loic)
    services.contributions.save_fields(made, {"profession": "ass", "author": "M. Benali", "text": "Droits ouverts."})
    page.show_step("loisirs")
    settle()
    assert "Droits ouverts." not in [one.text() for one in page.guide.findChildren(Text)], "a draft is its author’s"
    services.contributions.settle(made, "M. Benali", services.clock.today())
    for step in (STEP, "analyse"):
        page.show_step(step)
        settle()
        said = [one.text() for one in page.guide.findChildren(Text) if one.isVisible()]
        assert {"Contributions", "Droits ouverts."} <= set(said)
    assert_no_clipped_text(page)


def test_the_last_links_of_the_column_never_fall_below_the_fold(open_page: Open, draft: UUID) -> None:
    """At 1280 × 800 every step is in sight too; in a lower window the list scrolls, and where one is stays shown."""
    page = open_page(STEP)
    links = page.steps.links
    scroll = page.steps.findChild(QScrollArea)
    assert scroll is not None
    assert scroll.verticalScrollBar().maximum() == 0
    page.resize(1052, 460)
    page.show_step("restitution")
    settle()
    assert scroll.verticalScrollBar().maximum() > 0, "the control: the list no longer holds"
    for shown in (links.trame, page.steps.list.current()):
        assert shown is not None
        at = shown.mapTo(page, shown.rect().bottomRight())
        assert page.rect().contains(at)
        assert not shown.visibleRegion().isEmpty()


# -- what a finding cannot save ------------------------------------------------------------------------------


def _finding_page(open_page: Open, services: Services, draft: UUID) -> tuple[EvaluationPage, UUID, FormView]:
    made = services.evaluations.findings.add(draft, STEP, FindingKind.FACT)
    services.evaluations.findings.save(made, {"wording": "a travaillé"})
    page = open_page(STEP)
    return page, made, _opened(page, made)


def _opened(page: EvaluationPage, finding: UUID) -> FormView:
    assert page.desk.shown is not None
    row = page.desk.shown.row_of(finding)
    assert row is not None
    if row.form is None:
        row.open_fields()
    assert row.form is not None
    return row.form


def test_what_is_typed_in_a_finding_is_saved_before_its_fields_close(
    open_page: Open, services: Services, draft: UUID
) -> None:
    _, made, form = _finding_page(open_page, services, draft)
    press(form.field("wording").editor, Qt.Key.Key_End)
    type_text(form.field("wording").editor, " en cuisine")
    press(form.field("wording").editor, Qt.Key.Key_Escape)
    settle()
    (found,) = (one.value for one in stored(services, draft).findings if one.value.id == made)
    assert found.wording == "a travaillé en cuisine"


def test_a_date_half_typed_in_a_finding_is_kept_and_comes_back(
    open_page: Open, services: Services, draft: UUID
) -> None:
    page, made, form = _finding_page(open_page, services, draft)
    form.field("source_on").set_raw_text("31/02/20")
    form.edited.emit("source_on")
    page.show_step("loisirs")
    settle()
    page.show_step(STEP)
    settle()
    assert page.desk.shown is not None
    row = page.desk.shown.row_of(made)
    assert row is not None
    assert row.form is not None, "its fields are open again"
    again = row.form.field("source_on")
    assert again.raw_text() == "31/02/20"
    again.set_raw_text("20/11/2026")
    row.form.edited.emit("source_on")
    assert page.flush()
    (found,) = (one.value for one in stored(services, draft).findings if one.value.id == made)
    assert found.source_on == date(2026, 11, 20)
    assert services.desk.of(FINDING, made) == []


def test_a_finding_that_waits_is_sealed_with_the_rest_at_a_lock(
    open_page: Open, services: Services, draft: UUID
) -> None:
    """What a full disk leaves waiting: services/closing seals these texts, services/rescue puts them back."""
    page, made, form = _finding_page(open_page, services, draft)
    press(form.field("wording").editor, Qt.Key.Key_End)
    type_text(form.field("wording").editor, " la nuit")
    form.field("source_on").set_raw_text("3/1")
    form.edited.emit("source_on")
    left = page.desk.autosave.unsaved()
    assert {(one.kind, one.object_id, one.field, one.text) for one in left} == {
        (FINDING, made, "wording", "a travaillé la nuit"),
        (FINDING, made, "source_on", "3/1"),
    }
    page.desk.forget()
    services.desk.keep(left)
    assert stored(services, draft).findings[0].value.wording == "a travaillé", "the control: it was not saved"
    again = open_page(STEP)
    assert again.flush()
    assert stored(services, draft).findings[0].value.wording == "a travaillé la nuit"
    assert _opened(again, made).field("source_on").raw_text() == "3/1"
