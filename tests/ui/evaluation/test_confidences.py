"""Confidences on the page: written, put in the bin, sealed; the reminder is always there."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.db.officer import OFFICERS
from spip_desktop.domain.place import Place
from spip_desktop.services.context import Context
from spip_desktop.ui.confidences import REMINDER
from spip_desktop.ui.evaluation.asides import CONFIDENCES, ConfidencesAside
from spip_desktop.ui.evaluation.page import KIND, EvaluationPage
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services, make_services
from tests.ui.checks import assert_every_control_is_named, assert_one_filled_button, settle
from tests.ui.conftest import Show
from tests.ui.evaluation.conftest import Open
from tests.ui.typing import click, type_text


def aside(page: EvaluationPage) -> ConfidencesAside:
    assert isinstance(page._aside, ConfidencesAside)
    return page._aside


def texts(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(Text) if one.isVisible())


def test_one_is_written_saved_and_taken_back(open_page: Open, services: Services, draft: UUID, loic: UUID) -> None:
    page = open_page()
    click(page.steps.links.confidences)
    settle()
    assert REMINDER in texts(page)
    click(aside(page).view.mine.add_link)
    settle()
    (item,) = aside(page).view.mine.items.values()
    note = item.findChild(QWidget, "confidences.1.text.editor")
    assert note is not None
    note.setFocus()
    type_text(note, "Dort chez son oncle.")
    assert page.flush()
    (kept,) = services.confidences.mine(loic)
    assert (kept.value.text, kept.value.heard_on) == ("Dort chez son oncle.", date(2026, 11, 22))
    assert kept.value.heard_in_id == draft
    assert_every_control_is_named(page)
    assert_one_filled_button(page)
    click(item.remove_link)
    settle()
    assert services.confidences.mine(loic) == ()
    click(page.notice.undo)
    settle()
    assert len(services.confidences.mine(loic)) == 1
    assert "Dort chez son oncle" not in texts(page), "a line tells when, its words are read once opened"


def test_before_any_evaluation_they_are_there_and_one_may_begin(
    open_page: Open, services: Services, loic: UUID
) -> None:
    services.confidences.add(loic, date(2026, 11, 20))
    page = open_page(CONFIDENCES)
    assert len(aside(page).view.mine.items) == 1
    assert page.primary.text() == "Commencer une évaluation"
    click(page.primary)
    settle()
    assert page.drafting.start is not None


def test_discretion_hides_their_words(open_page: Open, services: Services, draft: UUID, loic: UUID, show: Show) -> None:
    made = services.confidences.add(loic, date(2026, 11, 20))
    services.confidences.save(made, {"text": "Dort chez son oncle."})
    page = open_page(CONFIDENCES)
    aside(page).view.mine.open_line(made)
    settle()
    (item,) = aside(page).view.mine.items.values()
    assert item.view is not None
    field = item.view.field("text")
    assert field.editor.isVisible()
    field.set_hidden(True)
    assert not field.editor.isVisible()


def test_leaving_for_a_step_saves_what_was_typed(open_page: Open, services: Services, draft: UUID, loic: UUID) -> None:
    page = open_page(CONFIDENCES)
    click(aside(page).view.mine.add_link)
    settle()
    note = page.findChild(QWidget, "confidences.1.text.editor")
    assert note is not None
    note.setFocus()
    type_text(note, "Un mot.")
    page.show_step("loisirs")
    settle()
    assert services.confidences.mine(loic)[0].value.text == "Un mot."


def test_a_dpip_opens_a_sealed_one_with_a_reason(
    services: Services, draft: UUID, loic: UUID, dpip_context: Context, show: Show
) -> None:
    made = services.confidences.add(loic, date(2026, 11, 20))
    services.confidences.save(made, {"text": "Dort chez son oncle."})
    with dpip_context.store.transaction(dpip_context.actor, "remove_officer") as tx:
        OFFICERS.save(tx, replace(OFFICERS.get(tx, services.context.officer_id), active=False))
        tx.note("keys", services.context.officer_id)

    def fail(line: str) -> None:
        raise AssertionError(line)

    page = EvaluationPage(make_services(dpip_context), Guard(fail))
    show(page)
    page.open(Place(KIND, loic, CONFIDENCES))
    settle()
    assert "Entendue le 20/11/2026 par Claire Vasseur" in texts(page)
    click(page.findChild(QWidget, "sealed.1.open"))
    click(page.findChild(QWidget, "sealed.1.go"))
    settle()
    assert "Écrivez le motif." in texts(page)
    assert "oncle" not in texts(page)
    reason = page.findChild(QWidget, "sealed.1.reason.editor")
    assert reason is not None
    reason.setFocus()
    type_text(reason, "Reprise du suivi")
    click(page.findChild(QWidget, "sealed.1.go"))
    settle()
    assert "Dort chez son oncle." in texts(page)


def test_after_a_lock_one_goes_on_where_one_wrote_and_nowhere_else(
    open_page: Open, services: Services, draft: UUID, loic: UUID
) -> None:
    services.confidences.add(loic, date(2026, 11, 19))
    made = services.confidences.add(loic, date(2026, 11, 20))
    page = open_page(CONFIDENCES)
    aside(page).view.mine.open_line(made)
    settle()
    note = page.findChild(QWidget, "confidences.2.text.editor")
    assert note is not None
    note.setFocus()
    type_text(note, "Elle me confie")
    assert page.flush()
    seat = page.seat(Place(KIND, loic))
    again = open_page()
    again.take_seat(seat)
    settle()
    focused = again.window().focusWidget()
    assert focused is not None
    assert aside(again).isAncestorOf(focused)
    type_text(focused, " que son frère")
    assert again.flush()
    kept = {one.value.id: one.value.text for one in services.confidences.mine(loic)}
    assert kept[made] == "Elle me confie que son frère"
    assert [text for id_, text in kept.items() if id_ != made] == [""]
    view = services.evaluations.reading.view(draft)
    assert "frère" not in str(view), "what is confided is never written in the evaluation"
    other = open_page("entourage/explored_field.note")
    steps = other.seat(Place(KIND, loic)).place.field
    assert steps.partition("/")[0] == "entourage", "the control: a step comes back as a step"
