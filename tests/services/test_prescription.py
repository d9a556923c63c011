"""A sheet from its draft to its end, in a real store."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import codec, journal
from spip_desktop.db.prescription import PRESCRIPTIONS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.ids import is_sheet_number
from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep import ActionMode
from spip_desktop.domain.prescription_states import Agreement, SheetState
from spip_desktop.domain.sheet import SheetContent
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.person import PersonService, QuickStart
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.wiring import Services
from tests.prescription_fixtures import OBJECTIVE, MissionsLocales, complete
from tests.store_fixtures import MovableClock

TODAY = date(2026, 11, 22)


@pytest.fixture
def ready(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    return id_


def refusals(prescriptions: PrescriptionService, id_: UUID) -> set[tuple[str, str]]:
    with pytest.raises(Refusal) as refused:
        prescriptions.course.make_ready(id_)
    return {(one.code, one.field) for one in refused.value.problems}


# -- the draft -----------------------------------------------------------------------------------------------


def test_a_draft_starts_with_what_the_dossier_knows(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    draft = prescriptions.view(prescriptions.draft.start(loic)).prescription
    assert (draft.partner_id, draft.contact_id) == (missions.valbrune, missions.hugo)
    assert draft.meeting_place == "maison d’arrêt de Valbrune"
    assert draft.values["ml_sortie"] == "Orsanne et vallées"
    assert (draft.report_wanted_by, draft.useful_on) == (date(2027, 1, 7), date(2027, 1, 28))
    assert draft.ticked == ()
    assert draft.asks == ()


def test_a_sheet_starts_from_an_external_action_of_the_plan(
    services: Services, loic: UUID, missions: MissionsLocales
) -> None:
    plan = services.pacep.draft.start(loic)
    axis = services.pacep.draft.add_axis(plan, "Un métier")
    objective = services.pacep.draft.add_objective(plan, axis)
    action = services.pacep.draft.add_action(plan, objective, ActionMode.EXTERNAL)
    services.pacep.draft.save_fields(plan, {f"{objective}.wording": OBJECTIVE})
    lineage = next(
        one.lineage
        for _, _, one in services.pacep.view(loic, plan).version.plan.live_actions()  # type: ignore[union-attr]
        if one.id == action
    )
    id_ = services.prescriptions.draft.start(loic, plan, lineage)
    view = services.prescriptions.view(id_)
    assert view.prescription.objective_words == OBJECTIVE
    assert view.objective_number == "1.1"
    assert services.prescriptions.reading.of_action(lineage) == [id_]
    with pytest.raises(Refusal):
        services.prescriptions.draft.start(loic, plan, loic)


def test_nothing_starts_without_a_basis(
    context: Context, prescriptions: PrescriptionService, loic: UUID, services: Services
) -> None:
    custody = services.situation.penal(loic).custodies[0].value
    services.situation.custodies.save_fields(custody.id, {"ends": TODAY})
    assert prescriptions.reading.may_start(loic) is not None
    with pytest.raises(Refusal) as refused:
        prescriptions.draft.start(loic)
    assert refused.value.code == "no_active_basis"


def test_in_the_open_the_mission_locale_of_the_residence_is_proposed(
    services: Services, missions: MissionsLocales
) -> None:
    start = QuickStart(birth_name="Diallo", first_names="Aïcha", birth_date=date(2003, 5, 1), referral_on=TODAY)
    id_ = services.persons.quick_start(start)
    from spip_desktop.domain.person import Address

    services.persons.addresses.add(
        Address(id=services.context.ids.new(), person_id=id_, postal_code="31998", city="Orsanne")
    )
    view = services.prescriptions.view(services.prescriptions.draft.start(id_))
    assert view.prescription.partner_id == missions.orsanne
    assert [code for code, _ in view.letterheads] == ["officiel", "neutre"]
    assert not view.legal


def test_a_fourth_ask_is_refused_and_the_rest_saved(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    id_ = prescriptions.draft.start(loic)
    saved = prescriptions.draft.save_fields(
        id_, {"asks": ("diagnostic", "pacea", "cej", "formation"), "objective_words": "Travailler"}
    )
    assert [(one.code, one.field) for one in saved.refused] == [("too_many_asks", "asks")]
    assert prescriptions.view(id_).prescription.objective_words == "Travailler"


def test_typed_fields_are_saved_one_by_one_and_the_opinion_is_dated(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    id_ = prescriptions.draft.start(loic)
    prescriptions.draft.save_fields(id_, {"values.disponibilite": "Le matin", "near_employment": "oui"})
    draft = prescriptions.view(id_).prescription
    assert draft.values["disponibilite"] == "Le matin"
    assert draft.values["ml_sortie"] == "Orsanne et vallées"
    assert draft.near_employment_on == TODAY


def test_choosing_a_service_brings_its_partner_and_contact(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    id_ = prescriptions.draft.start(loic)
    prescriptions.draft.save_fields(id_, {"service_id": missions.orsanne_service})
    draft = prescriptions.view(id_).prescription
    assert (draft.partner_id, draft.contact_id) == (missions.orsanne, None)
    prescriptions.draft.save_fields(id_, {"service_id": None})
    assert prescriptions.view(id_).prescription.partner_id is None


# -- what blocks ---------------------------------------------------------------------------------------------


def test_everything_that_is_missing_is_said_at_once(prescriptions: PrescriptionService, loic: UUID) -> None:
    id_ = prescriptions.draft.start(loic)
    assert refusals(prescriptions, id_) == {
        ("partner_needed", "partner_id"),
        ("asks_needed", "asks"),
        ("objective_needed", "objective_words"),
        ("override_needed", "rules"),
    }
    assert {(one.code, one.field) for one in prescriptions.view(id_).blocking} == refusals(prescriptions, id_)


def test_a_no_is_passed_over_with_a_reason_and_can_be_taken_back(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, context: Context
) -> None:
    id_ = complete(prescriptions, loic)
    override = prescriptions.view(id_).prescription.override("ML4")
    assert override is not None
    assert (override.on, override.by) == (TODAY, context.officer_id)
    prescriptions.draft.take_back(id_, "ML4")
    assert ("override_needed", "rules") in refusals(prescriptions, id_)
    with pytest.raises(Refusal) as refused:
        prescriptions.draft.pass_over(id_, "ML4", "  ")
    assert refused.value.code == "reason_needed"


def test_a_long_objective_and_an_unread_word_block_until_put_right(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    id_ = complete(prescriptions, loic)
    prescriptions.draft.save_fields(id_, {"objective_words": "Depuis mon incarcération " + "x" * 180})
    assert refusals(prescriptions, id_) == {("too_long", "objective_words"), ("words_unread", "read_words")}
    prescriptions.draft.save_fields(id_, {"objective_words": "Depuis mon incarcération je cuisine"})
    prescriptions.draft.mark_read(id_)
    prescriptions.draft.save_fields(id_, {"values.disponibilite": "Après l’audience"})
    assert [one.word for one in prescriptions.view(id_).unread] == ["audience"]
    prescriptions.draft.mark_read(id_)
    prescriptions.course.make_ready(id_)


def test_the_neutral_letterhead_stays_out_of_prison_and_says_nothing(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    id_ = complete(prescriptions, loic)
    prescriptions.draft.save_fields(id_, {"letterhead": "neutre"})
    prescriptions.draft.mark_read(id_)
    assert ("letterhead_not_here", "letterhead") in refusals(prescriptions, id_)


# -- ready ---------------------------------------------------------------------------------------------------


def test_ready_freezes_numbers_and_keeps_what_was_read(
    prescriptions: PrescriptionService, ready: UUID, context: Context
) -> None:
    frozen = prescriptions.view(ready)
    given = frozen.prescription
    assert given.ready_on == TODAY
    assert is_sheet_number(given.sheet_number)
    assert len(given.answer_code) == 6
    assert codec.from_json(SheetContent, given.sheet) == prescriptions.papers.content(ready)
    assert (frozen.state, frozen.blocking) == (SheetState.READY, ())
    with pytest.raises(Refusal) as refused:
        prescriptions.draft.save_fields(ready, {"objective_words": "Autre"})
    assert refused.value.code == "prescription_frozen"
    with pytest.raises(Refusal):
        prescriptions.course.make_ready(ready)
    with context.store.reading() as tx:
        acts = [line.act for line in journal.lines_about(tx.connection, ready)]
    assert acts[-1] == "make_ready"


def test_a_reprint_sends_the_same_bytes_whatever_changed(
    prescriptions: PrescriptionService, ready: UUID, services: Services, loic: UUID, moving: MovableClock
) -> None:
    first = prescriptions.papers.issued(ready).content
    results = prescriptions.view(ready).results
    home = services.persons.civil(loic).addresses[0].value
    services.persons.addresses.save_fields(home.id, {"city": "Ailleurs", "postal_code": "31000"})
    services.persons.save_fields(loic, {"usual_name": "Dubois", "phone": "0700000000"})
    moving.move(days=400)
    assert prescriptions.papers.issued(ready).content == first
    assert prescriptions.papers.preview(ready) == first
    assert prescriptions.view(ready).results == results


def test_the_project_and_the_paper_tell_which_they_are(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    from tests.services.test_prescription_sheet import text_of

    id_ = complete(prescriptions, loic)
    project = text_of(prescriptions.papers.project(id_).content)
    assert "PROJET" in project
    assert "Date et signature" not in project
    with pytest.raises(Refusal):
        prescriptions.papers.issued(id_)
    frozen = prescriptions.course.make_ready(id_)
    paper = text_of(prescriptions.papers.issued(id_).content)
    assert "PROJET" not in paper
    assert "Date et signature de la référente" in paper
    assert frozen.sheet_number[:4] in paper
    with pytest.raises(Refusal):
        prescriptions.papers.project(id_)


# -- after ---------------------------------------------------------------------------------------------------


def test_the_handing_over_waits_for_the_agreement(prescriptions: PrescriptionService, ready: UUID) -> None:
    with pytest.raises(Refusal) as refused:
        prescriptions.course.hand_over(ready, TODAY, "permanence")
    assert refused.value.code == "agreement_needed"
    for answer in (
        Agreement.NO, Agreement.REFUSED_TO_SIGN, Agreement.TO_COLLECT, Agreement.COULD_NOT_ANSWER,
    ):  # fmt: skip
        prescriptions.course.note_agreement(ready, answer, TODAY)
        with pytest.raises(Refusal):
            prescriptions.course.hand_over(ready, TODAY, "permanence")
    prescriptions.course.note_agreement(ready, Agreement.YES, TODAY, read_aloud=True)
    view = prescriptions.view(ready)
    assert view.state is SheetState.AGREED
    assert view.results[-1].answer == "oui"
    prescriptions.course.hand_over(ready, TODAY, "permanence", "Hugo Marchetti")
    assert prescriptions.view(ready).state is SheetState.HANDED_OVER


def test_the_course_is_dated_guarded_and_never_rewritten(
    prescriptions: PrescriptionService, ready: UUID, moving: MovableClock
) -> None:
    prescriptions.course.note_agreement(ready, Agreement.YES, TODAY)
    moving.move(days=10)
    given = date(2026, 12, 1)
    with pytest.raises(Refusal) as refused:
        prescriptions.course.hand_over(ready, date(2026, 12, 3), "permanence")
    assert refused.value.code == "date_in_future"
    with pytest.raises(Refusal) as refused:
        prescriptions.course.hand_over(ready, date(2026, 11, 1), "permanence")
    assert refused.value.code == "before_previous"
    with pytest.raises(Refusal) as refused:
        prescriptions.course.hand_over(ready, given, "")
    assert refused.value.problems[0].field == "channel"
    prescriptions.course.hand_over(ready, given, "permanence")
    with pytest.raises(Refusal) as refused:
        prescriptions.course.note_agreement(ready, Agreement.NO, given)
    assert refused.value.code == "agreement_not_now"
    for state in (SheetState.RECEIVED, SheetState.MEETING_FIXED, SheetState.ACCEPTED, SheetState.RUNNING):
        prescriptions.course.note_state(ready, state, given)
    with pytest.raises(Refusal) as refused:
        prescriptions.course.note_state(
            ready, SheetState.REFUSED, given, detail={"reason": "age", "tells": "partenaire"}
        )
    assert refused.value.code == "step_not_now"
    prescriptions.course.note_state(ready, SheetState.REPORTED, given)
    prescriptions.course.note_state(ready, SheetState.CLOSED, given)
    view = prescriptions.view(ready)
    assert view.next_states == (SheetState.WITHDRAWN,)
    assert [one.code for one in view.events] == [
        "accord", "remise", "recue", "rendez_vous_fixe", "acceptee", "en_cours", "bilan_recu", "close",
    ]  # fmt: skip


def test_a_sheet_is_cancelled_with_a_reason_and_its_paper_stays(
    prescriptions: PrescriptionService, ready: UUID
) -> None:
    with pytest.raises(Refusal):
        prescriptions.course.cancel(ready, "", TODAY)
    prescriptions.course.cancel(ready, "transfert", TODAY, tells="cpip")
    assert prescriptions.view(ready).state is SheetState.CANCELLED
    assert prescriptions.papers.issued(ready).content
    with pytest.raises(Refusal):
        prescriptions.course.note_agreement(ready, Agreement.YES, TODAY)


def test_the_lists_tell_state_person_and_partner(
    prescriptions: PrescriptionService, ready: UUID, loic: UUID, context: Context
) -> None:
    line = prescriptions.reading.of_person(loic)[0]
    assert (line.id, line.person, line.partner) == (ready, "Loïc PERRIN", "Mission locale du Pays de Valbrune")
    assert line.state is SheetState.READY
    assert prescriptions.reading.mine() == []  # nobody is assigned yet
    PersonService(context, AccessService(context)).assign(loic, context.officer_id, reason="Premier dossier")
    assert [one.id for one in prescriptions.reading.mine()] == [ready]


def test_a_draft_in_the_bin_comes_back(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    id_ = prescriptions.draft.start(loic)
    prescriptions.draft.bin(id_)
    assert prescriptions.reading.of_person(loic) == []
    prescriptions.draft.restore(id_)
    assert len(prescriptions.reading.of_person(loic)) == 1


def test_roles_without_the_right_are_refused(context: Context, loic: UUID, missions: MissionsLocales) -> None:
    officer = replace(context.actor.officer, roles=(Role.LECTURE,))
    reader = Context(context.store, replace(context.actor, officer=officer))
    service = PrescriptionService(reader, AccessService(reader))
    with pytest.raises(Refusal) as refused:
        service.draft.start(loic)
    assert refused.value.code == "not_allowed"
    clerk = Context(
        context.store,
        replace(context.actor, officer=replace(context.actor.officer, roles=(Role.SECRETARIAT,))),
    )
    with pytest.raises(Refusal):
        PrescriptionService(clerk, AccessService(clerk)).reading.of_person(loic)


def test_the_frozen_record_cites_its_definitions(context: Context, ready: UUID) -> None:
    from spip_desktop.db import definition

    with context.store.reading() as tx:
        given = PRESCRIPTIONS.get(tx, ready)
        assert definition.content(tx, "sheet", given.sheet_code, given.sheet_version).startswith(b"#")
        assert definition.content(tx, "rules", "mission_locale", given.rules_version)
        assert definition.content(tx, "reference", "fields", given.fields_version)
