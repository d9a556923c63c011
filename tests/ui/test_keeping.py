"""A form written as a whole is kept as one types, not only when its page is left."""

from uuid import UUID

from pytestqt.qtbot import QtBot

from spip_desktop.domain.draft import Draft
from spip_desktop.services.context import Context
from spip_desktop.services.desk import DeskService
from spip_desktop.ui.autosave import Autosave
from spip_desktop.ui.fields import FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.keeping import keep_as_typed
from tests.ui.conftest import Show
from tests.ui.typing import type_text

RECORD = UUID(int=7)


def test_what_is_typed_is_kept_within_two_seconds_and_sealed_at_a_lock(
    qtbot: QtBot, show: Show, context: Context
) -> None:
    desk, form = DeskService(context), FormView((FieldSpec("reason", "Motif"),))
    show(form)
    keep_as_typed(form, desk, lambda: [Draft("essai", RECORD, "reason", form.field("reason").raw_text())])
    type_text(form.field("reason").editor, "Reprise")
    (waiting,) = form.findChildren(Autosave)
    assert [one.text for one in waiting.unsaved()] == ["Reprise"], "a lock that meets a full disk seals it"
    assert desk.of("essai", RECORD) == [], "the control: nothing is kept yet"
    qtbot.waitUntil(lambda: [one.text for one in desk.of("essai", RECORD)] == ["Reprise"], timeout=2000)
