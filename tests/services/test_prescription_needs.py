"""To whom a sheet may go: first those whom the service thinks of for the need, never one that is closed."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Actor, Role
from spip_desktop.services.context import Context
from spip_desktop.services.partner import PartnerDirectory
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.prescription_needs import thoughts
from tests.pacep_fixtures import Written, evaluate, make_pacep, write
from tests.prescription_fixtures import MissionsLocales, complete
from tests.store_fixtures import make_officer

NOTE = "Accueil sans rendez-vous le mercredi"


@pytest.fixture
def plan(context: Context, loic: UUID) -> Written:
    """A plan whose axis works on a need found in « Formation et emploi »."""
    return write(make_pacep(context), loic, evaluate(context, loic).need)


@pytest.fixture
def school(context: Context) -> UUID:
    """Thought of for the need of the plan; of no town, without permanence: it would come last otherwise."""
    directory = PartnerDirectory(context)
    school = directory.add("Zone des métiers", kind="formation")
    service = directory.get(school).value.services[0].id
    directory.needs.add("formation_emploi", school, service, NOTE)
    directory.needs.add("consommations", directory.add("CSAPA Le Passage", kind="csapa"))
    return school


def test_whom_the_service_thinks_of_for_the_need_comes_first_and_says_why(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, plan: Written, school: UUID
) -> None:
    offers = prescriptions.offers.to(loic, plan.plan, plan.external)
    assert offers[0].partner_id == school
    thought = offers[0].thought
    assert thought is not None
    assert (thought.need, thought.note) == ("Formation et emploi", NOTE)
    assert all(one.thought is None for one in offers[1:]), "the other line is for another need"
    assert offers[1].partner_id == missions.valbrune


def test_among_those_it_thinks_of_the_one_that_the_action_names_comes_first(
    context: Context, prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, plan: Written,
    school: UUID,
) -> None:  # fmt: skip
    """The action is « Fiche pour la mission locale »; the other mission locale is not thought of."""
    directory = PartnerDirectory(context)
    directory.needs.add("formation_emploi", directory.add("Atelier", kind="formation"))
    directory.needs.add("formation_emploi", missions.valbrune)
    offers = prescriptions.offers.to(loic, plan.plan, plan.external)
    assert offers[0].partner_id == missions.valbrune
    assert [one.thought is None for one in offers].index(True) == 3, "the two others that it thinks of follow"


def test_a_sheet_that_serves_no_action_is_offered_as_before(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, plan: Written, school: UUID
) -> None:
    assert all(one.thought is None for one in prescriptions.offers.to(loic))
    assert prescriptions.offers.to(loic)[0].partner_id == missions.valbrune


def test_a_draft_keeps_the_need_it_serves_when_its_partner_changes(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales, plan: Written, school: UUID
) -> None:
    draft = prescriptions.draft.start(loic, plan.plan, plan.external)
    assert prescriptions.offers.for_draft(draft)[0].partner_id == school


def test_the_page_of_a_draft_puts_them_first_too(
    prescriptions: PrescriptionService, context: Context, loic: UUID, missions: MissionsLocales, plan: Written
) -> None:
    PartnerDirectory(context).needs.add("formation_emploi", missions.orsanne)
    draft = prescriptions.draft.start(loic, plan.plan, plan.external)
    first = prescriptions.view(draft).partners[0]
    assert (first.partner_id, first.why) == (
        missions.orsanne,
        "besoin\u00a0: Formation et emploi, commune de résidence",
    )


def test_who_may_not_read_the_evaluation_is_not_told_of_the_need(
    context: Context, loic: UUID, missions: MissionsLocales, plan: Written, school: UUID
) -> None:
    secretariat = Actor(make_officer(context.ids, Role.SECRETARIAT), store_has_dpip=True)
    with context.store.reading() as tx:
        assert thoughts(tx, context.actor, plan.plan, plan.external).lines, "the control"
        assert thoughts(tx, secretariat, plan.plan, plan.external).lines == ()


def test_a_closed_partner_receives_no_new_sheet_and_old_ones_keep_its_name(
    prescriptions: PrescriptionService, context: Context, loic: UUID, missions: MissionsLocales
) -> None:
    ready, draft = complete(prescriptions, loic), complete(prescriptions, loic)
    prescriptions.course.make_ready(ready)
    directory = PartnerDirectory(context)
    name = directory.get(missions.valbrune).value.name
    directory.save_fields(missions.valbrune, {"name": "Fermée depuis", "ends": date(2026, 11, 21)})
    assert missions.valbrune not in {one.partner_id for one in prescriptions.offers.to(loic)}
    with pytest.raises(Refusal) as refused:
        prescriptions.course.make_ready(draft)
    assert [(one.code, one.field) for one in refused.value.problems] == [("partner_not_offered", "service_id")]
    assert prescriptions.papers.content(ready).recipient.name == name
    directory.save_fields(missions.valbrune, {"ends": date(2026, 11, 22)})
    prescriptions.course.make_ready(draft)  # the control: its last day is still one
