"""« Changer l’habilitation » in « Réglages », « Agents »: by key alone; the rail and the pages follow at once."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from spip_desktop.db.officer import OFFICERS
from spip_desktop.domain.officer import Officer, Right, Role
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.context import Context
from spip_desktop.settings import Settings
from spip_desktop.ui.desk import RENEWED, Desk
from spip_desktop.ui.settings.habilitation import HabilitationPart
from spip_desktop.ui.settings.page import SettingsPage
from spip_desktop.ui.tasks import Tasks
from spip_desktop.ui.text import Text
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import make_officer
from tests.ui.checks import assert_every_control_is_named, assert_no_clipped_text, settle
from tests.ui.conftest import Show
from tests.ui.typing import press, type_text


@pytest.fixture
def aline(context: Context) -> Officer:
    officer = make_officer(context.ids, Role.CPIP, identifier="valbrune-12")
    officer = replace(officer, first_name="Aline", family_name="Diop")
    with context.store.transaction(context.actor, "add_officer") as tx:
        OFFICERS.save(tx, officer)
        tx.note("officer", officer.id)
    return officer


@pytest.fixture
def desk(services: Services, aline: Officer, show: Show, qapp: QApplication) -> Iterator[Desk]:
    tasks = Tasks()
    made = Desk(services, tasks, Settings(), ())
    show(made.window)
    made.start()
    settle()
    assert made.workplace.go(Place("settings"))
    settle()
    yield made
    tasks.stop()


def page(desk: Desk) -> SettingsPage:
    found = desk.workplace.page()
    assert isinstance(found, SettingsPage)
    return found


def part(desk: Desk, officer: Officer) -> HabilitationPart:
    return next(one for one in page(desk).officers.habilitations if one.officer_id == officer.id)


def use(root: QWidget, name: str) -> None:
    """The key Space on a button or a tick that has the focus."""
    found = root.findChild(QAbstractButton, name)
    assert found is not None, name
    found.setFocus()
    assert found.hasFocus(), name
    press(found, Qt.Key.Key_Space)
    settle()


def tick(form: HabilitationPart, words: str) -> None:
    assert form.form is not None
    found = next(one for one in form.form.findChildren(QAbstractButton) if one.text() == words and one.isVisible())
    found.setFocus()
    press(found, Qt.Key.Key_Space)
    settle()


def words(root: QWidget) -> str:
    return " | ".join(text.text() for text in root.findChildren(Text) if text.isVisible())


def fill(form: HabilitationPart, **texts: str) -> None:
    assert form.form is not None
    for name, text in texts.items():
        editor = form.form.field(f"habilitation.{name}").editor
        editor.setFocus()
        type_text(editor, text)


def test_a_colleague_becomes_an_intervenant_by_key(desk: Desk, aline: Officer) -> None:
    form = part(desk, aline)
    use(form, "habilitation.valbrune-12")
    assert "Lire le PACEP" not in words(form)
    tick(form, "CPIP")
    use(form, "habilitation.save.valbrune-12")
    assert form.form is not None
    said = {code.removeprefix("habilitation."): field.problem for code, field in form.form.fields.items()}
    assert "motif" in said["reason"], "the control: nothing is accepted without a reason"
    tick(form, "Intervenant habilité")
    tick(form, "Lire le PACEP")
    fill(form, by="Mme Roche, DFSPIP", on="20/11/26", reason="Aucun DPIP")
    assert_every_control_is_named(page(desk))
    assert_no_clipped_text(desk.window)
    use(form, "habilitation.save.valbrune-12")
    with desk.services.context.store.reading() as tx:
        after = OFFICERS.get(tx, aline.id)
    assert (after.roles, after.habilitation_names) == ((Role.INTERVENANT,), (Right.READ_PACEP,))
    seen = words(page(desk))
    assert "Habilitation enregistrée\u00a0: Aline DIOP." in seen
    assert "Habilité à\u00a0: lire le PACEP." in seen
    again = part(desk, aline)
    assert "rôle CPIP" not in words(again)
    use(again, "former.valbrune-12")
    assert "rôle CPIP" in words(again)


def test_a_date_that_is_not_one_is_kept_and_comes_back(desk: Desk, aline: Officer) -> None:
    form = part(desk, aline)
    use(form, "habilitation.valbrune-12")
    fill(form, by="Mme Roche", on="20/1")
    assert desk.workplace.go(Place("partners"))
    desk.workplace.renew(desk.workplace._make, Place("persons"), "")
    assert desk.workplace.go(Place("settings"))
    settle()
    again = part(desk, aline)
    assert again.form is not None
    assert again.form.field("habilitation.on").raw_text() == "20/1"
    assert again.form.field("habilitation.by").raw_text() == "Mme Roche"


def test_ones_own_roles_change_the_rail_and_the_pages_at_once(desk: Desk, context: Context) -> None:
    me = desk.services.context.actor.officer
    assert {"persons", "prescriptions", "partners"} <= set(desk.window.rail.kinds())
    form = part(desk, me)
    use(form, f"habilitation.{me.identifier}")
    tick(form, "CPIP")
    fill(form, by="Mme Roche", on="20/11/26", reason="Changement de fonction")
    use(form, f"habilitation.save.{me.identifier}")
    settle()
    assert not {"persons", "prescriptions", "partners"} & set(desk.window.rail.kinds())
    assert {"settings", "lock"} <= set(desk.window.rail.kinds())
    assert french_spaces(RENEWED) in words(desk.window)
    assert page(desk).interims is None
    assert not desk.workplace.go(Place("persons"))


def test_who_may_not_is_shown_no_way_to_it(context: Context, aline: Officer, show: Show) -> None:
    services = make_services(Context(context.store, replace(context.actor, officer=aline)))
    desk = Desk(services, Tasks(), Settings(), ())
    show(desk.window)
    desk.start()
    assert desk.workplace.go(Place("settings"))
    assert desk.window.findChild(QAbstractButton, "habilitation.valbrune-12") is None


def test_a_technician_beside_a_dpip_is_asked_no_role_for_who_joins(
    context: Context, aline: Officer, show: Show
) -> None:
    technician = replace(aline, roles=(Role.ADMIN_TECHNIQUE,))
    actor = replace(context.actor, officer=technician, store_has_dpip=True)
    desk = Desk(make_services(Context(context.store, actor)), Tasks(), Settings(), ())
    show(desk.window)
    desk.start()
    assert desk.workplace.go(Place("settings"))
    officers = page(desk).officers
    officers.unfold()
    settle()
    assert "new.roles" not in officers.form.fields
    assert "Un DPIP dira ensuite" in words(officers)
