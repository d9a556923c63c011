"""What the person answers decides what leaves: in part, taken back, or under a law that does not apply any more."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import definition, journal
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.prescription_states import (
    REPLACED_GROUND,
    REPLACED_PARTIAL,
    Agreement,
    SheetState,
)
from spip_desktop.domain.sheet import NEUTRAL_WORDS
from spip_desktop.domain.text import fold
from spip_desktop.forms import sheet as sheets
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.printing import PrintingService
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from tests.prescription_fixtures import EVERY_TICK, MissionsLocales, complete
from tests.services.test_prescription_sheet import text_of
from tests.store_fixtures import MovableClock

TODAY = date(2026, 11, 22)
REFUSED_ONES = ("joindre", "compte_bancaire", "objectif")


@pytest.fixture
def ready(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    return id_


@pytest.fixture
def given(prescriptions: PrescriptionService, ready: UUID) -> UUID:
    prescriptions.course.note_agreement(ready, Agreement.YES, TODAY)
    prescriptions.course.hand_over(ready, TODAY, "permanence", "Hugo Marchetti")
    return ready


def refused(act: object) -> str:
    with pytest.raises(Refusal) as found:
        act()  # type: ignore[operator]
    assert sentence(found.value.problems[0])
    return found.value.code


def hand_over(prescriptions: PrescriptionService, id_: UUID) -> None:
    prescriptions.course.hand_over(id_, TODAY, "permanence")


# -- in part -------------------------------------------------------------------------------------------------


def accept_in_part(prescriptions: PrescriptionService, id_: UUID, *but: str) -> tuple[str, ...]:
    asked = [one.code for one in prescriptions.view(id_).paper_ticks]
    kept = tuple(code for code in asked if code not in but)
    prescriptions.course.note_agreement(id_, Agreement.PARTIAL, TODAY, accepted=kept)
    return kept


def test_what_is_accepted_in_part_is_kept_and_the_whole_paper_is_not_handed_over(
    prescriptions: PrescriptionService, ready: UUID
) -> None:
    kept = accept_in_part(prescriptions, ready, *REFUSED_ONES)
    assert refused(lambda: hand_over(prescriptions, ready)) == "partial_agreement"
    view = prescriptions.view(ready)
    assert (view.state, view.why_replaced) == (SheetState.READY, REPLACED_PARTIAL)
    assert view.events[-1].detail["accepted"].split() == list(kept)
    assert view.results[-1].answer == "a_verifier"


def test_only_the_ticks_that_the_paper_shows_are_asked(prescriptions: PrescriptionService, ready: UUID) -> None:
    asked = {one.code for one in prescriptions.view(ready).paper_ticks}
    # Class A passes by law here, the RQTH is for those of 26 to 29, and nobody said that reading is hard.
    assert asked == set(EVERY_TICK) - {"piece", "sortie", "rqth", "aide_lecture"}
    assert all(one.shows for one in prescriptions.view(ready).paper_ticks)


def test_in_part_leaves_something_out(prescriptions: PrescriptionService, ready: UUID) -> None:
    assert refused(lambda: accept_in_part(prescriptions, ready)) == "partial_is_all"
    with pytest.raises(ValueError, match="not on this sheet"):
        prescriptions.course.note_agreement(ready, Agreement.PARTIAL, TODAY, accepted=("rqth",))


def test_the_next_edition_holds_only_what_is_accepted_down_to_its_paper(
    prescriptions: PrescriptionService, ready: UUID, context: Context
) -> None:
    before = " ".join(text_of(prescriptions.papers.issued(ready).content).split())
    words = ("06 39 98 45 12", "Compte bancaire", "patron qui me laisse")
    assert all(one in before for one in words)  # the control: the first paper says them
    kept = accept_in_part(prescriptions, ready, *REFUSED_ONES)
    new = prescriptions.course.prepare_edition(ready)
    view = prescriptions.view(new)
    assert (view.prescription.number, view.prescription.replaces_id) == (2, ready)
    assert set(view.prescription.ticked) == set(kept)
    assert view.state is SheetState.DRAFT

    old = prescriptions.view(ready)
    assert (old.state, old.replaced_by) == (SheetState.CANCELLED, new)
    assert old.events[-1].detail["reason"] == REPLACED_PARTIAL
    assert prescriptions.papers.issued(ready).content  # what was put to the person stays kept
    assert refused(lambda: prescriptions.course.prepare_edition(ready)) == "nothing_to_replace"

    prescriptions.course.make_ready(new)
    paper = " ".join(text_of(prescriptions.papers.issued(new).content).split())
    assert "Version 2" in paper
    assert [one for one in words if one in paper] == []
    assert refused(lambda: hand_over(prescriptions, new)) == "agreement_needed"
    prescriptions.course.note_agreement(new, Agreement.YES, TODAY)
    hand_over(prescriptions, new)
    assert prescriptions.view(new).state is SheetState.HANDED_OVER
    with context.store.reading() as tx:
        line = [one for one in journal.lines_about(tx.connection, ready) if one.act == "prepare_edition"]
    assert [one.reason for one in line] == ["Remplacée par une version avec ce qui est accepté"]


def test_a_sheet_that_may_leave_as_it_is_has_no_other_edition(prescriptions: PrescriptionService, ready: UUID) -> None:
    assert refused(lambda: prescriptions.course.prepare_edition(ready)) == "nothing_to_replace"
    accept_in_part(prescriptions, ready, *REFUSED_ONES)
    prescriptions.course.note_agreement(ready, Agreement.YES, TODAY)  # the person thought again
    assert refused(lambda: prescriptions.course.prepare_edition(ready)) == "nothing_to_replace"
    hand_over(prescriptions, ready)


def test_an_edition_in_the_bin_is_not_shown_as_the_one_that_replaces(
    prescriptions: PrescriptionService, ready: UUID
) -> None:
    accept_in_part(prescriptions, ready, *REFUSED_ONES)
    new = prescriptions.course.prepare_edition(ready)
    prescriptions.draft.bin(new)
    assert prescriptions.view(ready).replaced_by is None
    prescriptions.draft.restore(new)
    assert prescriptions.view(ready).replaced_by == new


# -- the law on the day it leaves ----------------------------------------------------------------------------


def test_the_legal_ground_is_looked_at_again_on_the_day_of_the_handing_over(
    prescriptions: PrescriptionService, services: Services, loic: UUID, missions: MissionsLocales, moving: MovableClock
) -> None:
    services.persons.save_fields(loic, {"birth_date": date(2000, 12, 1)})  # 26 on the first of December
    sheet = complete(prescriptions, loic)
    prescriptions.course.make_ready(sheet)
    assert "R. 240-6" in prescriptions.papers.content(sheet).foot
    prescriptions.course.note_agreement(sheet, Agreement.YES, TODAY)
    assert prescriptions.view(sheet).why_replaced == ""
    moving.set_day(date(2026, 12, 2))
    today = date(2026, 12, 2)
    assert refused(lambda: prescriptions.course.hand_over(sheet, today, "permanence")) == "legal_ground_lost"
    assert prescriptions.view(sheet).why_replaced == REPLACED_GROUND
    new = prescriptions.course.prepare_edition(sheet)
    assert {"piece", "sortie"} <= {one.code for one in prescriptions.view(new).ticks}
    assert "R. 240-6" not in prescriptions.papers.content(new).foot


def test_a_handing_over_noted_late_is_judged_on_its_own_day(
    prescriptions: PrescriptionService, services: Services, loic: UUID, missions: MissionsLocales, moving: MovableClock
) -> None:
    services.persons.save_fields(loic, {"birth_date": date(2000, 12, 1)})
    sheet = complete(prescriptions, loic)
    prescriptions.course.make_ready(sheet)
    prescriptions.course.note_agreement(sheet, Agreement.YES, TODAY)
    moving.set_day(date(2026, 12, 2))
    prescriptions.course.hand_over(sheet, date(2026, 11, 30), "permanence")  # still 25 that day
    assert prescriptions.view(sheet).state is SheetState.HANDED_OVER


def test_the_ground_is_lost_when_the_person_is_not_detained_any_more(
    prescriptions: PrescriptionService, services: Services, ready: UUID, loic: UUID, moving: MovableClock
) -> None:
    prescriptions.course.note_agreement(ready, Agreement.YES, TODAY)
    custody = services.situation.penal(loic).custodies[0].value
    services.situation.custodies.save_fields(custody.id, {"ends": TODAY})
    moving.move(days=2)
    day = date(2026, 11, 24)
    assert refused(lambda: prescriptions.course.hand_over(ready, day, "permanence")) == "legal_ground_lost"


# -- taken back ----------------------------------------------------------------------------------------------


def test_after_the_handing_over_the_agreement_is_taken_back_and_the_partner_is_to_be_told(
    prescriptions: PrescriptionService, given: UUID, moving: MovableClock
) -> None:
    moving.move(days=10)
    prescriptions.course.note_state(given, SheetState.RECEIVED, date(2026, 11, 30))
    prescriptions.course.withdraw(given, date(2026, 11, 28), "Je ne veux plus qu’ils m’appellent.")
    view = prescriptions.view(given)
    assert view.state is SheetState.WITHDRAWN
    assert view.events[-1].happened_on == date(2026, 11, 28)
    assert (view.results[-1].code, view.results[-1].answer) == ("ML9", "non")
    assert view.next_states == (SheetState.PARTNER_TOLD,)  # nothing ends before the partner was told
    day = date(2026, 12, 1)
    assert refused(lambda: prescriptions.course.note_state(given, SheetState.CLOSED, day)) == "step_not_now"
    assert refused(lambda: prescriptions.course.note_state(given, SheetState.PARTNER_TOLD, day)) == "required"
    prescriptions.course.note_state(given, SheetState.PARTNER_TOLD, day, detail={"told_by": "telephone"})
    prescriptions.course.note_state(given, SheetState.CLOSED, day)
    assert refused(lambda: prescriptions.course.withdraw(given, day)) == "step_not_now"


def test_before_the_handing_over_the_answer_is_noted_again_instead(
    prescriptions: PrescriptionService, ready: UUID
) -> None:
    prescriptions.course.note_agreement(ready, Agreement.YES, TODAY)
    assert refused(lambda: prescriptions.course.withdraw(ready, TODAY)) == "step_not_now"
    prescriptions.course.note_agreement(ready, Agreement.NO, TODAY)
    assert refused(lambda: hand_over(prescriptions, ready)) == "agreement_needed"


@pytest.mark.parametrize("state", [SheetState.CLOSED, SheetState.CANCELLED, SheetState.REPORTED])
def test_what_the_partner_holds_can_be_taken_back_whatever_followed(
    prescriptions: PrescriptionService, given: UUID, state: SheetState
) -> None:
    if state is SheetState.CLOSED:
        prescriptions.course.note_state(given, SheetState.REPORTED, TODAY)
    prescriptions.course.note_state(given, state, TODAY, detail={"reason": "transfert", "tells": "cpip"})
    prescriptions.course.withdraw(given, TODAY)
    assert prescriptions.view(given).state is SheetState.WITHDRAWN


def test_it_is_not_taken_back_before_the_day_it_left(prescriptions: PrescriptionService, given: UUID) -> None:
    assert refused(lambda: prescriptions.course.withdraw(given, date(2026, 11, 20))) == "before_previous"


# -- what follows --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [(), (SheetState.RECEIVED,), (SheetState.MEETING_FIXED,), (SheetState.NO_ANSWER,)])
def test_a_report_may_come_without_the_steps_before_it(
    prescriptions: PrescriptionService, given: UUID, before: tuple[SheetState, ...]
) -> None:
    for state in before:
        prescriptions.course.note_state(given, state, TODAY)
    prescriptions.course.note_state(given, SheetState.REPORTED, TODAY)
    assert prescriptions.view(given).state is SheetState.REPORTED


def test_a_silence_is_noted_once_and_may_end_or_be_broken(prescriptions: PrescriptionService, given: UUID) -> None:
    prescriptions.course.note_state(given, SheetState.NO_ANSWER, TODAY)
    after = prescriptions.view(given).next_states
    assert SheetState.NO_ANSWER not in after
    assert {SheetState.RECEIVED, SheetState.ACCEPTED, SheetState.CLOSED, SheetState.CANCELLED} <= set(after)
    assert refused(lambda: prescriptions.course.note_state(given, SheetState.NO_ANSWER, TODAY)) == "step_not_now"


def test_a_job_that_failed_is_not_a_print(prescriptions: PrescriptionService, ready: UUID, context: Context) -> None:
    printing, paper = PrintingService(context), prescriptions.papers.issued(ready)
    printing.note(paper, "Bureau_2")
    assert prescriptions.view(ready).printed
    printing.note_failure(paper, "Bureau_2", "lp a répondu 1")
    assert not prescriptions.view(ready).printed
    printing.note(paper, "Bureau_2")
    assert prescriptions.view(ready).printed


def test_the_journal_says_reasons_in_words(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, context: Context
) -> None:
    sheet = complete(prescriptions, loic)
    prescriptions.draft.take_back(sheet, "ML4")
    prescriptions.draft.pass_over(sheet, "ML4", "Permanence le 22/12.")
    prescriptions.course.make_ready(sheet)
    prescriptions.course.cancel(sheet, "transfert", TODAY, tells="cpip")
    with context.store.reading() as tx:
        reasons = [line.reason for line in journal.lines_about(tx.connection, sheet) if line.reason]
    assert reasons[-1] == "Transfèrement"
    assert not [one for one in reasons if "ML4" in one]
    assert reasons[-2].startswith("Six mois au plus avant la sortie")


# -- definitions ---------------------------------------------------------------------------------------------


def test_a_draft_follows_the_sheet_in_force_and_a_ready_one_its_own_copy(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, context: Context
) -> None:
    sheet = complete(prescriptions, loic)
    _put(context, sheet, sheet_version=1)
    prescriptions.course.make_ready(sheet)
    assert prescriptions.view(sheet).prescription.sheet_version == sheets.shipped("mission_locale").version
    # A sheet made ready long ago, with another form and other figures.
    form = sheets.shipped("mission_locale").definition.content.replace(
        "Fiche de prescription – insertion".encode(), "Fiche d’avant – insertion".encode()
    )
    rules = _rules().replace(b"window_months = 6", b"window_months = 9")
    with context.store.transaction(context.actor, "test") as tx:
        definition.keep(tx, "sheet", "mission_locale", 901, form)
        definition.keep(tx, "rules", "mission_locale", 902, rules)
    now = prescriptions.view(sheet)
    assert now.window is not None
    assert now.window.opens == date(2026, 12, 22)
    _put(context, sheet, sheet_version=901, rules_version=902)
    old = prescriptions.view(sheet)
    assert old.window is not None
    assert (old.title, old.window.opens) == ("Fiche d’avant – insertion professionnelle", date(2026, 9, 22))


def _rules() -> bytes:
    from spip_desktop.forms import rules

    return rules.shipped("mission_locale").definition.content


def _put(context: Context, sheet: UUID, **changes: int) -> None:
    from dataclasses import replace

    with context.store.transaction(context.actor, "test") as tx:
        given: Prescription = PRESCRIPTIONS.get(tx, sheet)
        PRESCRIPTIONS.save(tx, replace(given, **changes))  # type: ignore[arg-type]


def test_a_neutral_letterhead_waits_until_the_milieu_is_known(
    prescriptions: PrescriptionService, services: Services, loic: UUID, missions: MissionsLocales, context: Context
) -> None:
    sheet = complete(prescriptions, loic)
    custody = services.situation.penal(loic).custodies[0].value
    services.situation.custodies.save_fields(custody.id, {"ends": date(2026, 11, 1)})
    prescriptions.draft.save_fields(sheet, {"letterhead": "neutre"})
    view = prescriptions.view(sheet)
    assert view.milieu is None
    assert [code for code, _ in view.letterheads] == ["officiel"]


def test_in_the_open_a_neutral_sheet_with_a_back_tells_nothing_on_either_side(
    prescriptions: PrescriptionService, services: Services, missions: MissionsLocales
) -> None:
    start = QuickStart(birth_name="Diallo", first_names="Aïcha", birth_date=date(2003, 5, 1), referral_on=TODAY)
    person = services.persons.quick_start(start)
    sheet = complete(prescriptions, person)
    prescriptions.draft.save_fields(sheet, {"letterhead": "neutre", "service_id": missions.orsanne_service})
    prescriptions.draft.save_fields(sheet, {"meeting_place": ""})
    assert not prescriptions.view(sheet).has_back
    prescriptions.draft.save_fields(sheet, {"with_return": True})
    assert prescriptions.view(sheet).has_back
    if prescriptions.view(sheet).unread:
        prescriptions.draft.mark_read(sheet)
    prescriptions.course.make_ready(sheet)
    paper = text_of(prescriptions.papers.issued(sheet).content)
    assert "À remettre à la personne" in paper
    assert "avis sur la santé" in paper
    said = " ".join("".join(sign if sign.isalnum() else " " for sign in fold(paper)).split())
    assert [word for word in NEUTRAL_WORDS if f" {word} " in f" {said} "] == []
