"""« À reporter »: what was noted comes as blocks, leaves once reported, comes back when its fact changes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

from spip_desktop.db import carrying as rows
from spip_desktop.db.among import these
from spip_desktop.db.carrying import CARRIED
from spip_desktop.db.deadline import everybody
from spip_desktop.db.schema import JOURNAL
from spip_desktop.domain.appointment_states import Answer as AbsenceAnswer
from spip_desktop.domain.breach import Decided
from spip_desktop.domain.carrying import Answer, Block, System
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.incident import Told
from spip_desktop.domain.officer import Role
from spip_desktop.domain.person import Address
from spip_desktop.domain.register import RegisterLine
from spip_desktop.forms.carrying import shipped
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.services.request import NewRequest
from spip_desktop.wiring import Services, make_services
from tests.documents import reading
from tests.obligation_fixtures import SAMPLES, measure_of, obligation_of, sample
from tests.store_fixtures import MovableClock, entrusted

TODAY = date(2026, 11, 22)
NOTE = {"today": "A commencé le code de la route.", "decisions": "Revoir l’hébergement avec sa mère."}


@pytest.fixture
def mine(services: Services, loic: UUID) -> UUID:
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    return loic


@pytest.fixture
def interview(services: Services, mine: UUID) -> UUID:
    """Today's, arrêté."""
    id_ = services.interviews.writing.begin(mine)
    services.interviews.writing.save_fields(id_, NOTE)
    services.interviews.writing.close(id_)
    return id_


def waiting(services: Services, code: str = "") -> list[Block]:
    return [one for one in services.carrying.queue().blocks if code in ("", one.kind.code)]


def the(services: Services, code: str) -> Block:
    (block,) = waiting(services, code)
    return block


def left_aside(services: Services, code: str) -> list[object]:
    """What the store gives of a kind whose blocks are all dealt with."""
    (kind,) = (one for one in shipped().kinds if one.code == code)
    with services.context.store.reading() as tx:
        return list(rows.sources(tx, kind, these(everybody(tx)), None))


def refusal(do: object, *given: object) -> str:
    assert callable(do)
    with pytest.raises(Refusal) as caught:
        do(*given)
    return str(caught.value.problems[0].code)


# -- the blocks ----------------------------------------------------------------------------------------------


def test_an_interview_waits_once_it_is_closed_in_the_words_to_be_pasted(services: Services, mine: UUID) -> None:
    id_ = services.interviews.writing.begin(mine)
    services.interviews.writing.save_fields(id_, NOTE)
    assert waiting(services, "entretien") == [], "a draft is nobody's report yet"
    services.interviews.writing.close(id_)
    block = the(services, "entretien")
    assert (block.kind.system, block.title) == (System.APPI, "Entretien du 22/11/2026")
    assert block.text == (
        "Entretien du 22/11/2026 à 14 h 02, accueil, bureau en détention.\n"
        "Ce jour : A commencé le code de la route.\n"
        "Décisions : Revoir l'hébergement avec sa mère."
    )
    assert "\u00a0" not in block.text
    assert "’" not in block.text


def test_the_same_outcome_goes_to_genesis_inside_and_to_appi_outside(
    services: Services, mine: UUID, moving: MovableClock
) -> None:
    start = QuickStart(
        birth_name="Roche", first_names="Anna", birth_date=date(1992, 5, 2), referral_on=date(2026, 11, 20)
    )
    free = services.persons.quick_start(start)
    services.persons.assign(free, services.context.officer_id, reason="nouveau")
    monday = date(2026, 11, 23)
    inside = services.appointments.draft.start(mine, "suivi", monday, (9, 0))
    outside = services.appointments.draft.start(free, "suivi", monday, (10, 0))
    moving.set_day(date(2026, 11, 24))
    services.appointments.course.note_outcome(inside, "refus_de_venir")
    services.appointments.course.note_outcome(outside, "absent")
    assert the(services, "audience_detention").kind.system is System.GENESIS
    assert "Issue : absent." in the(services, "rendez_vous").text
    services.carrying.carry(the(services, "rendez_vous"))
    assert left_aside(services, "rendez_vous") == [], "by the store itself: five years of history leave many"
    services.appointments.course.answer(outside, AbsenceAnswer.LETTER, date(2026, 11, 24))
    back = the(services, "rendez_vous")
    assert back.former is not None
    assert "courrier de rappel" in back.text
    assert "courrier de rappel" not in back.former.text


def test_a_manquement_an_incident_a_request_and_an_address(services: Services, mine: UUID) -> None:
    breach = services.breaches.note(mine, "N’a pas remis ses fiches de paie.", TODAY)
    services.breaches.decide(breach, Decided(on=TODAY, decision="rapport"))
    incident = services.incidents.note(mine, "suicide", "Parle de se faire du mal.", hour="10h15")
    services.incidents.inform(incident, Told(who="grade", name="M. Lopez", on=TODAY, hour="10h20", how="telephone"))
    asked = NewRequest(asker="personne", channel="ecrit", subject="Un parloir famille", person_id=mine)
    request = services.requests.add(asked)
    services.requests.answer(request, "ecrit", "Parloir le 2 décembre")
    home = Address(
        id=services.context.ids.new(), person_id=mine, line="3 rue du Port", postal_code="29000", city="Quimper",
        starts=TODAY, proven=True,
    )  # fmt: skip
    services.persons.addresses.add(home)
    assert the(services, "manquement").text.startswith("Manquement du 22/11/2026 : N'a pas remis ses fiches de paie.")
    assert "décision : " in the(services, "manquement").text
    told = the(services, "incident_detention")
    assert "Informé : " in told.text
    assert "uicid" not in told.text + told.title, "the kind of an incident is never told"
    assert the(services, "demande_repondue").text.endswith("Parloir le 2 décembre.")
    (here,) = (one for one in waiting(services, "adresse") if "Quimper" in one.text)
    assert "Justificatif de domicile vu." in here.text


@pytest.mark.parametrize("name", [one for one in SAMPLES if one not in ("plans", "terms")])
def test_a_line_of_a_register_corrected_comes_back_and_withdrawn_too(
    services: Services, mine: UUID, name: str, moving: MovableClock
) -> None:
    moving.set_day(date(2026, 12, 20))
    services.carrying.set_since(date(2020, 1, 1))
    measure = measure_of(services, mine, "SP")
    obligation = obligation_of(services, mine, measure)
    register, new = getattr(services.obligations, name), services.context.ids.new
    first: RegisterLine = sample(name, new(), mine, measure=measure, obligation=obligation)
    register.note(first)
    blocks = [one for one in waiting(services) if one.source.object_id == first.id]
    assert len(blocks) == 1
    services.carrying.carry(blocks[0], moving.today)
    second = replace(first, id=new(), corrects=first.id, note="Relu avec la personne.")
    register.note(second)
    (back,) = (one for one in waiting(services) if one.kind.code == blocks[0].kind.code)
    assert back.former is not None
    assert back.former.object_id == first.id
    services.carrying.carry(back, moving.today)
    register.withdraw(second.id)
    (gone,) = (one for one in waiting(services) if one.kind.code == blocks[0].kind.code)
    assert gone.source.gone
    assert gone.text.startswith("Retiré du dossier ici")
    services.carrying.carry(gone, moving.today)
    assert [one for one in waiting(services) if one.kind.code == blocks[0].kind.code] == []


def test_by_person_and_in_the_order_of_what_happened(services: Services, mine: UUID, interview: UUID) -> None:
    services.carrying.set_since(date(2020, 1, 1))
    services.breaches.note(mine, "Fait du 10.", date(2026, 11, 10))
    services.breaches.note(mine, "Fait du 2.", date(2026, 11, 2))
    days = [one.on for one in waiting(services)]
    assert days == sorted(days)
    assert len(days) > 2


def test_what_is_before_the_dossier_is_not_asked_unless_the_service_says_so(services: Services, mine: UUID) -> None:
    services.breaches.note(mine, "Il y a un an.", TODAY - timedelta(days=365))
    assert waiting(services, "manquement") == []
    services.carrying.set_since(date(2025, 1, 1))
    assert len(waiting(services, "manquement")) == 1
    services.carrying.set_since(TODAY)
    assert waiting(services, "manquement") == []


# -- what was reported ---------------------------------------------------------------------------------------


def test_reported_it_leaves_and_comes_back_with_what_changed(
    services: Services, interview: UUID, moving: MovableClock
) -> None:
    services.carrying.carry(the(services, "entretien"))
    assert waiting(services, "entretien") == []
    moving.move(days=2)
    services.interviews.writing.complete(interview, "A rappelé : rendez-vous pris à l’auto-école.")
    back = the(services, "entretien")
    assert back.former is not None
    assert back.former.happened_on == TODAY
    assert back.text == f"{back.former.text}\nComplément du 24/11/2026 : A rappelé : rendez-vous pris à l'auto-école."
    services.carrying.carry(back)
    assert waiting(services, "entretien") == []


@pytest.mark.parametrize("minutes", [0, 9 * 60 + 50, 10 * 60 + 30])  # 14 h 02, 23 h 52, then 0 h 32 of the next day
def test_what_is_typed_around_midnight_is_of_the_day_that_the_clock_shows(
    services: Services, moving: MovableClock, minutes: int
) -> None:
    moving.move(minutes=minutes)
    born = date(2001, 5, 4)
    start = QuickStart(birth_name="Tardif", first_names="Jean", birth_date=born, ecrou_number="9001")
    id_ = services.persons.quick_start(start)
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    services.persons.save_fields(id_, {"email": "jean@exemple.example"})
    block = the(services, "coordonnees")
    assert block.on == moving.clock.today()
    services.carrying.carry(block)
    assert waiting(services, "coordonnees") == []


def test_a_change_that_changes_no_word_of_the_block_brings_nothing_back(
    services: Services, mine: UUID, moving: MovableClock
) -> None:
    services.carrying.carry(the(services, "coordonnees"))
    moving.move(minutes=1)
    services.persons.save_fields(mine, {"digital": "ordinateur prêté"})
    assert waiting(services, "coordonnees") == []
    services.persons.save_fields(mine, {"phone": "06 39 98 00 00"})
    assert "06 39 98 00 00" in the(services, "coordonnees").text


def test_a_report_said_by_mistake_is_taken_back_and_both_lines_stay(
    services: Services, interview: UUID, mine: UUID
) -> None:
    line = services.carrying.carry(the(services, "entretien"))
    services.carrying.withdraw(line, "Collé dans un autre dossier")
    assert the(services, "entretien").former is None
    (done,) = services.carrying.done()
    assert (done.line.id, done.who, done.person) == (line, "Claire Vasseur", "Loïc PERRIN")
    assert done.withdrawn is not None
    assert done.withdrawn.reason == "Collé dans un autre dossier"
    with services.context.store.reading() as tx:
        assert {one.answer for one in CARRIED.find(tx, person_id=mine)} == {Answer.CARRIED, Answer.WITHDRAWN}
    assert refusal(services.carrying.withdraw, line) == "carried_withdrawn"


def test_not_to_be_reported_is_a_written_decision(services: Services, interview: UUID) -> None:
    block = the(services, "entretien")
    assert refusal(services.carrying.set_aside, block, "  ") == "reason_needed"
    services.carrying.set_aside(block, "Déjà dans le rapport du 20")
    texts = services.dossier_search.texts(block.person_id)
    assert [one.text for one in texts if one.place.kind == "person.carrying"] == ["Déjà dans le rapport du 20"]
    assert waiting(services, "entretien") == []
    services.interviews.writing.complete(interview, "Une suite.")
    assert the(services, "entretien").former is not None, "it comes back when its fact changes"


def test_what_was_not_read_is_not_reported(services: Services, interview: UUID, moving: MovableClock) -> None:
    block = the(services, "entretien")
    services.interviews.writing.complete(interview, "Ajouté entre la lecture et le report.")
    assert refusal(services.carrying.carry, block) == "block_changed"
    assert refusal(services.carrying.carry, block, TODAY + timedelta(days=1)) == "date_in_future"
    assert refusal(services.carrying.carry, block, TODAY - timedelta(days=1)) == "carried_before"
    fresh = the(services, "entretien")
    services.carrying.carry(fresh)
    assert refusal(services.carrying.carry, fresh) == "block_gone"


def test_what_left_the_dossier_after_its_report_is_to_be_put_right_there(services: Services, mine: UUID) -> None:
    home = Address(id=services.context.ids.new(), person_id=mine, line="3 rue du Port", city="Brest", starts=TODAY)
    services.persons.addresses.add(home)
    (block,) = (one for one in waiting(services, "adresse") if one.source.object_id == home.id)
    services.carrying.carry(block)
    services.persons.addresses.bin(home.id)
    (gone,) = (one for one in waiting(services, "adresse") if one.source.object_id == home.id)
    assert gone.text.startswith("Retiré du dossier ici")


# -- who, and what never ------------------------------------------------------------------------------------


def test_only_the_dossiers_one_follows(services: Services, loic: UUID) -> None:
    id_ = services.interviews.writing.begin(loic)
    services.interviews.writing.save_fields(id_, NOTE)
    services.interviews.writing.close(id_)
    assert waiting(services) == []
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    assert waiting(services), "the control"


def test_an_officer_has_no_block_of_what_their_roles_do_not_read(context: Context, interview: UUID, mine: UUID) -> None:
    desk = make_services(entrusted(context, mine, Role.SECRETARIAT))
    codes = {one.kind.code for one in desk.carrying.queue().blocks}
    assert "coordonnees" in codes
    assert "entretien" not in codes


def test_a_confidence_and_a_class_c_field_are_in_no_block(services: Services, mine: UUID, interview: UUID) -> None:
    """The note of the interview is found by the same look: the control."""
    services.carrying.set_since(date(2020, 1, 1))
    secret = services.confidences.add(mine, TODAY)
    services.confidences.save(secret, {"text": "CANARI-CONFIDENCE"})
    services.persons.save_fields(mine, {"resources": "CANARI-RESSOURCES", "nationalities": ("CANARI-NATION",)})
    measure = measure_of(services, mine, "SP", offence_label="CANARI-INFRACTION")
    obligation_of(services, mine, measure, precision="CANARI-PRECISION")
    every = "\n".join(f"{one.title}\n{one.text}" for one in waiting(services))
    assert "CANARI" not in every
    assert "code de la route" in every
    assert "12345" not in every, "the numéro d’écrou"


def test_the_journal_tells_who_copied_about_whom_for_which_system(services: Services, interview: UUID) -> None:
    block = the(services, "entretien")
    services.carrying.copied(block)
    services.carrying.carry(block)
    with services.context.store.reading() as tx:
        lines = tx.connection.execute(sa.select(JOURNAL).order_by(JOURNAL.c.seq.desc()).limit(2)).all()
    assert [(one.act, one.recipient) for one in reversed(lines)] == [("copy_block", "APPI"), ("carry_block", "APPI")]
    assert lines[1].object == str(block.person_id)
    assert not [one for one in lines if "code de la route" in one.reason]


# -- the service's settings ----------------------------------------------------------------------------------


def test_a_service_turns_a_kind_off_or_sends_it_elsewhere(
    services: Services, directing: Services, interview: UUID, moving: MovableClock
) -> None:
    directing.carrying.set_kind("entretien", in_use=True, system=System.PRISME)
    assert the(services, "entretien").kind.system is System.PRISME
    moving.move(minutes=1)
    directing.carrying.set_kind("entretien", in_use=False, system=System.APPI)
    assert waiting(services, "entretien") == []
    (line,) = (one for one in directing.carrying.kinds() if one.kind.code == "entretien")
    assert (line.kind.on, line.since) == (False, TODAY)
    assert refusal(directing.carrying.set_since, TODAY + timedelta(days=1)) == "date_in_future"


def test_a_system_that_no_text_lets_hold_a_field_has_it_left_out(
    services: Services, directing: Services, mine: UUID
) -> None:
    """GENESIS may hold the facts of a manquement, not the obligation it is of; APPI both."""
    measure = measure_of(services, mine, "SP")
    obligation = obligation_of(services, mine, measure)
    services.breaches.note(mine, "N’a rien remis.", TODAY, obligation)
    before = the(services, "manquement").text.splitlines()
    directing.carrying.set_kind("manquement", in_use=True, system=System.GENESIS)
    assert the(services, "manquement").text.splitlines() == before[1:]


def test_the_list_on_paper_has_the_words_to_be_typed(services: Services, interview: UUID) -> None:
    paper = services.carrying.paper(System.APPI)
    assert "A commencé le code de la route." in reading.one_line(paper.content)
    assert "Loïc PERRIN" in reading.one_line(paper.content)
    assert "code de la route" not in reading.one_line(services.carrying.paper(System.GENESIS).content)


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def directing(dpip_context: Context) -> Services:
    return make_services(dpip_context)
