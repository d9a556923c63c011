"""Appointments through the services: made, moved, handed over, held or missed, answered."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from spip_desktop.db.appointment import ABSENCES
from spip_desktop.domain.agenda import MeetingPlace, OfficerAbsence, Permanence
from spip_desktop.domain.appointment import Where
from spip_desktop.domain.appointment_states import Answer, AskedBy, EventCode, Standing
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.officer import Role
from spip_desktop.services.appointment_draft import Wish
from spip_desktop.services.appointment_lists import fact_words
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording import sentence
from tests.documents.reading import one_line, pages
from tests.store_fixtures import MovableClock, entrusted

TODAY = date(2026, 11, 22)
TUESDAY, SUNDAY = date(2026, 12, 8), date(2026, 12, 6)
TEN = (10, 0)
ON_SUNDAY = Wish(accepted=("appointment_sunday",))


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def anna(services: Services) -> UUID:
    """A woman under sursis probatoire, free."""
    return services.persons.quick_start(
        QuickStart(birth_name="Bréaud", first_names="Anna", birth_date=date(1992, 5, 2), referral_on=date(2026, 8, 16))
    )


def refusal(do: object, *given: object, **named: object) -> tuple[str, ...]:
    with pytest.raises(Refusal) as told:
        do(*given, **named)  # type: ignore[operator]
    assert all(sentence(one) for one in told.value.problems)
    return tuple(one.code for one in told.value.problems)


def test_an_appointment_takes_its_length_place_and_officer_from_its_kind(services: Services, anna: UUID) -> None:
    id_ = services.appointments.draft.start(anna, "suivi", TUESDAY, (14, 30))
    found = services.appointments.next(anna)
    assert found
    assert (found.id, found.ahead) == (id_, True)
    one = found.appointment
    assert (one.begins, one.lasts, one.officer_id) == (870, 30, services.context.officer_id)
    assert found.place == "SPIP, antenne de Valbrune"
    assert found.address == "4, rue des Tanneurs, 31999 Valbrune"
    assert "pièce d’identité" in one.bring


def test_the_dpip_receives_a_recadrage_the_officer_everything_else(
    services: Services, anna: UUID, dpip_context: Context
) -> None:
    for kind, by in (("recadrage", dpip_context.officer_id), ("suivi", services.context.officer_id)):
        id_ = services.appointments.draft.start(anna, kind, TUESDAY, (14 if kind == "suivi" else 16, 0))
        assert services.appointments.reading.view(id_).appointment.officer_id == by


def test_what_deserves_a_look_is_said_once(services: Services, anna: UUID) -> None:
    start = services.appointments.draft.start
    start(anna, "suivi", SUNDAY, TEN, Wish(accepted=("appointment_sunday",)))
    assert refusal(start, anna, "suivi", SUNDAY, TEN) == ("appointment_clash_person", "appointment_sunday")
    both = Wish(accepted=("appointment_clash_person", "appointment_sunday", "appointment_holiday"))
    second = start(anna, "suivi", SUNDAY, TEN, both)
    view = services.appointments.reading.view(second)
    assert view.appointment.accepted == ("appointment_clash_person", "appointment_sunday")


def test_a_bank_holiday_of_the_territory_and_the_kinds_that_allow_it(services: Services, anna: UUID) -> None:
    start, saint_stephen = services.appointments.draft.start, date(2026, 12, 26)
    start(anna, "suivi", saint_stephen, TEN)
    services.deadlines.set_territory("alsace_moselle")
    assert refusal(start, anna, "suivi", saint_stephen, (11, 0)) == ("appointment_holiday",)
    start(anna, "tig", saint_stephen, (12, 0), Wish(place_detail="Mairie de Valbrune"))
    start(anna, "ddse", SUNDAY, (9, 0))


def test_an_officer_who_is_away_and_one_who_has_somebody_else(services: Services, anna: UUID) -> None:
    context, other = services.context, services.persons.quick_start
    somebody = other(QuickStart(birth_name="Caron", first_names="Paul", birth_date=date(1980, 1, 1), referral_on=TODAY))
    services.appointments.draft.start(somebody, "suivi", TUESDAY, TEN)
    with context.store.transaction(context.actor, "test") as tx:
        absence = OfficerAbsence(id=tx.ids.new(), officer_id=context.officer_id, starts=TUESDAY, ends=TUESDAY)
        ABSENCES.save(tx, absence)
    told = refusal(services.appointments.draft.start, anna, "suivi", TUESDAY, (10, 15))
    assert told == ("appointment_clash_officer", "appointment_officer_away")


def test_past_a_legal_day_a_reason_is_asked(services: Services, anna: UUID) -> None:
    measure = Measure(id=services.context.ids.new(), person_id=anna, kind="LSC-I", starts=date(2026, 11, 20))
    services.situation.measures.add(measure)
    draft = services.appointments.draft
    legal = draft.legal_day(anna, "convocation_lsc")
    assert legal
    assert (legal.day, legal.certain) == (date(2026, 11, 26), False)
    assert refusal(draft.start, anna, "convocation_lsc", TUESDAY, TEN) == ("appointment_past_legal",)
    made = draft.start(anna, "convocation_lsc", TUESDAY, TEN, Wish(late_reason="Hospitalisé jusqu’au 7"))
    assert services.appointments.reading.view(made).appointment.legal_until == legal.day
    draft.start(anna, "convocation_lsc", date(2026, 11, 26), TEN)


@pytest.mark.parametrize(
    ("kind", "day", "hour", "code"),
    [
        ("suivi", date(2026, 11, 21), TEN, "appointment_in_past"),
        ("suivi", date(2027, 11, 24), TEN, "appointment_too_far"),
        ("visite", TUESDAY, (5, 30), "appointment_visit_hours"),
        ("visite", TUESDAY, (20, 30), "appointment_visit_hours"),
        ("inconnu", TUESDAY, TEN, "choose_one"),
    ],
)
def test_what_cannot_be(services: Services, anna: UUID, kind: str, day: date, hour: tuple[int, int], code: str) -> None:
    assert refusal(services.appointments.draft.start, anna, kind, day, hour) == (code,)


def test_moved_both_stay_and_the_new_one_names_the_old(services: Services, anna: UUID) -> None:
    draft = services.appointments.draft
    first = draft.start(anna, "suivi", TUESDAY, TEN)
    second = draft.move(first, TUESDAY, (10, 15))
    views = {one.id: one for one in services.appointments.of_person(anna)}
    assert views[first].standing is Standing.CLOSED
    assert views[second].appointment.replaces_id == first
    assert refusal(draft.move, first, TUESDAY, (16, 0)) == ("appointment_over",)
    draft.cancel(second, "CPIP en formation")
    assert services.appointments.next(anna) is None
    draft.reopen(second)
    found = services.appointments.next(anna)
    assert found
    assert [one.code for one in found.events] == [EventCode.CANCELLED, EventCode.REOPENED]


def test_handed_over_by_the_bex(services: Services, anna: UUID, moving: MovableClock) -> None:
    id_ = services.appointments.draft.start(anna, "suivi", TUESDAY, TEN)
    services.appointments.course.hand_over(id_, "bex", date(2026, 11, 20))
    assert services.appointments.reading.view(id_).handed == "Par le bureau de l’exécution des peines (BEX)"
    assert refusal(services.appointments.course.hand_over, id_, "bex", TUESDAY) == ("date_in_future",)


def test_an_outcome_is_for_what_has_begun_and_a_correction_keeps_both_lines(
    services: Services, anna: UUID, moving: MovableClock
) -> None:
    id_ = services.appointments.draft.start(anna, "suivi", TODAY, (15, 0), ON_SUNDAY)
    course = services.appointments.course
    assert refusal(course.note_outcome, id_, "present") == ("outcome_ahead",)
    moving.move(hours=2)
    assert refusal(course.note_outcome, id_, "non_conduit") == ("choose_one",)
    course.note_outcome(id_, "present")
    assert services.appointments.reading.view(id_).standing is Standing.HELD
    course.note_outcome(id_, "absent", comment="Confusion avec son frère")
    view = services.appointments.reading.view(id_)
    assert view.standing is Standing.MISSED
    assert view.awaits_answer
    assert [one.detail["outcome"] for one in view.events] == ["present", "absent"]


def test_a_proof_awaited_has_its_day(services: Services, anna: UUID, moving: MovableClock) -> None:
    id_ = services.appointments.draft.start(anna, "suivi", TODAY, (15, 0), ON_SUNDAY)
    moving.move(days=1)
    course = services.appointments.course
    assert refusal(course.note_outcome, id_, "absent_justificatif_attendu") == ("outcome_proof_day",)
    course.note_outcome(id_, "absent_justificatif_attendu", until=date(2026, 11, 30))
    view = services.appointments.reading.view(id_)
    assert (view.standing, view.at.due_on) == (Standing.PROOF_AWAITED, date(2026, 11, 30))


def test_the_answers_are_graded_and_the_delay_of_reaction_is_told(
    services: Services, anna: UUID, moving: MovableClock
) -> None:
    id_ = services.appointments.draft.start(anna, "suivi", TODAY, (15, 0), ON_SUNDAY)
    course = services.appointments.course
    moving.move(days=3)
    assert refusal(course.answer, id_, Answer.CALL, date(2026, 11, 25)) == ("answer_no_absence",)
    course.note_outcome(id_, "absent")
    assert refusal(course.answer, id_, Answer.CALL, date(2026, 11, 21)) == ("answer_before_absence",)
    assert refusal(course.answer, id_, Answer.NOT_ACTING, date(2026, 11, 25)) == ("reason_needed", "todo_day_ahead")
    course.answer(id_, Answer.NOT_ACTING, date(2026, 11, 25), until=date(2026, 12, 10), reason="Deuil dans la famille")
    left = services.appointments.reading.view(id_)
    assert (left.standing, left.at.due_on, left.reaction) == (Standing.LEFT, date(2026, 12, 10), 3)
    course.answer(id_, Answer.CALL, date(2026, 11, 25))
    view = services.appointments.reading.view(id_)
    assert (view.standing, view.reaction) == (Standing.CLOSED, 3)
    # The call changed nothing: the next degree answers the same absence.
    course.answer(id_, Answer.REFRAMED, date(2026, 11, 25))
    view = services.appointments.reading.view(id_)
    assert view.answered == ("Décision de ne pas agir", "Relance", "Recadrage par le DPIP")
    course.note_outcome(id_, "absent_justifie")
    assert services.appointments.reading.view(id_).answered == ()
    assert refusal(course.answer, id_, Answer.REPORT, date(2026, 11, 25)) == ("answer_no_absence",)


def test_a_person_who_warned_in_time_is_told_from_the_service(services: Services, anna: UUID) -> None:
    draft = services.appointments.draft
    first = draft.start(anna, "suivi", TUESDAY, TEN)
    second = draft.move(first, TUESDAY, (11, 0), by=AskedBy.PERSON)
    draft.cancel(second, "Formation")
    views = {one.id: one for one in services.appointments.of_person(anna)}
    assert [fact_words(event) for event in views[first].events] == ["Déplacé à la demande de la personne"]
    assert [fact_words(event) for event in views[second].events] == ["Annulé par le service. Formation"]


def test_before_a_release_the_convocation_to_the_service_is_made_inside(
    services: Services, loic: UUID, moving: MovableClock
) -> None:
    """R. 621-1, D. 147-22: it is handed over at the latest on the day of the release."""
    draft = services.appointments.draft
    offered = [code for code, _ in draft.offered(loic)]
    assert offered[0] == "entretien_mf", "what is fixed every day comes first"
    assert set(offered[-2:]) == {"convocation_741_1", "convocation_lsc"}
    id_ = draft.start(loic, "convocation_741_1", TUESDAY, TEN)
    services.appointments.course.hand_over(id_, "greffe", TODAY)
    read = one_line(services.appointments.papers.issue(id_).content)
    assert "4, rue des Tanneurs, 31999 Valbrune" in read
    assert "À remettre à la sortie" in read
    moving.move(days=20)
    services.appointments.course.note_outcome(id_, "absent")  # outside, it is an absence
    assert services.appointments.reading.view(id_).awaits_answer


def test_of_a_detained_person_nothing_is_an_absence(services: Services, loic: UUID, moving: MovableClock) -> None:
    id_ = services.appointments.draft.start(loic, "entretien_mf", TODAY, (15, 0), ON_SUNDAY)
    moving.move(days=1)
    services.appointments.course.note_outcome(id_, "refus_de_venir")
    assert services.appointments.reading.view(id_).standing is Standing.CLOSED
    assert refusal(services.appointments.course.answer, id_, Answer.CALL, date(2026, 11, 23)) == ("answer_no_absence",)


def test_a_secretariat_makes_convocations_and_never_opens_an_evaluation(context: Context, anna: UUID) -> None:
    at_desk = make_services(entrusted(context, anna, Role.SECRETARIAT))
    at_desk.appointments.draft.start(anna, "suivi", TUESDAY, TEN)
    assert refusal(at_desk.evaluations.reading.versions, anna) == ("not_allowed",)
    for paper in (at_desk.movement.paper, at_desk.evaluations.guide.own_view):
        assert refusal(paper, anna) == ("not_allowed",)


def test_a_mistake_goes_to_the_bin_while_nothing_happened(services: Services, anna: UUID) -> None:
    id_ = services.appointments.draft.start(anna, "suivi", TUESDAY, TEN)
    services.appointments.draft.bin(id_)
    assert services.appointments.of_person(anna) == ()
    services.appointments.draft.restore(id_)
    services.appointments.course.hand_over(id_, "courrier", date(2026, 11, 22))
    assert refusal(services.appointments.draft.bin, id_) == ("appointment_has_facts",)


# -- papers --------------------------------------------------------------------------------------------------


def test_a_convocation_says_when_where_what_to_bring_and_what_absence_means(services: Services, anna: UUID) -> None:
    services.persons.save_fields(anna, {"sex": "F"})
    id_ = services.appointments.draft.start(anna, "convocation_741_1", TUESDAY, (14, 30))
    paper = services.appointments.papers.issue(id_)
    read = one_line(paper.content)
    assert "Vous êtes convoquée le mardi 8 décembre 2026 à 14 h 30" in read
    assert "4, rue des Tanneurs, 31999 Valbrune" in read
    assert "votre billet de sortie" in read
    assert "Prévenez-nous au 05 36 49 12 07 avant le rendez-vous et apportez un justificatif." in read
    assert "votre sursis probatoire pourra être révoqué" in read  # R. 621-4
    assert services.appointments.papers.issue(id_).content == paper.content
    assert services.appointments.reading.view(id_).printed


def test_without_an_address_no_convocation_is_printed(services: Services, anna: UUID) -> None:
    id_ = services.appointments.draft.start(anna, "visite", TUESDAY, TEN)
    assert not services.appointments.papers.may_issue(id_)
    assert refusal(services.appointments.papers.issue, id_) == ("appointment_not_printable",)
    moved = services.appointments.draft.move(id_, TUESDAY, (11, 0), Wish(place_detail="2, rue Haute, 31999 Valbrune"))
    visit = one_line(services.appointments.papers.issue(moved).content)
    assert "Nous viendrons chez vous le mardi 8 décembre 2026 à 11 h 00" in visit
    assert "Si vous ne pouvez pas être présent(e)" in visit
    # An ordinary kind held by telephone has the paper of where it is held.
    called = Wish(where=Where.PHONE, place_detail="06 39 98 00 01")
    by_phone = services.appointments.draft.start(anna, "suivi", TUESDAY, (14, 0), called)
    assert "Nous vous appellerons le mardi" in one_line(services.appointments.papers.issue(by_phone).content)


def test_inside_a_slip_says_where_to_and_never_why(services: Services, loic: UUID, anna: UUID) -> None:
    (custody,) = services.situation.penal(loic).custodies
    services.situation.custodies.save_fields(custody.value.id, {"building": "B", "floor": "2", "cell": "214"})
    inside = services.appointments.draft.start(loic, "sortant", TUESDAY, (9, 30), Wish(place_detail="Bureau 2"))
    services.appointments.draft.start(anna, "suivi", TUESDAY, (15, 0))
    slip = one_line(services.appointments.papers.issue(inside).content)
    assert "Bon de circulation" in slip
    assert "Bâtiment B, étage 2, cellule 214" in slip
    services.situation.custodies.save_fields(custody.value.id, {"building": "Bâtiment B"})  # written whole
    assert "Bâtiment Bâtiment" not in one_line(services.appointments.papers.issue(inside).content)
    assert "sortie" not in slip.lower()
    calls, day = services.agenda.papers.call_list(TUESDAY), services.agenda.papers.day_list(TUESDAY)
    assert "Bâtiment B, matin" in one_line(calls.content)
    assert "Loïc PERRIN" not in one_line(day.content)
    assert "antenne de Valbrune, après-midi" in one_line(day.content)
    assert "Anna BRÉAUD" in one_line(day.content)
    both = services.appointments.papers.batch([services.appointments.of_person(anna)[0].id, inside])
    assert len(both.others) == 1


def test_who_is_held_in_another_prison_is_met_in_no_place_of_the_first(services: Services, loic: UUID) -> None:
    setup, draft, situation = services.agenda.setup, services.appointments.draft, services.situation
    offices = MeetingPlace(
        id=services.context.ids.new(), name="Maison d’arrêt de Valbrune, bureaux du SPIP", inside=True
    )
    setup.add_place(offices)
    assert draft.usual_place(loic, Where.VISITING_ROOM, TUESDAY) == (offices.id, "")
    before = draft.start(loic, "entretien_mf", TUESDAY, TEN)
    (custody,) = situation.penal(loic).custodies
    situation.custodies.save_fields(custody.value.id, {"establishment": "CD de Haute-Orsanne"})
    assert draft.usual_place(loic, Where.VISITING_ROOM, TUESDAY) == (None, "")
    chosen = Wish(where=Where.VISITING_ROOM, place_id=offices.id)
    told = refusal(draft.start, loic, "entretien_mf", TUESDAY, (14, 0), chosen)
    assert told == ("appointment_other_prison",)
    moved = draft.move(before, TUESDAY, (16, 0))  # nothing is asked: the place goes, the day stays
    assert services.appointments.reading.view(moved).appointment.place_id is None
    seen = replace(chosen, accepted=told)
    assert services.appointments.reading.view(draft.start(loic, "entretien_mf", TUESDAY, (14, 0), seen))


def test_the_call_list_of_a_prison_names_nobody_held_in_another(services: Services, loic: UUID) -> None:
    samir = services.persons.quick_start(
        QuickStart(birth_name="Haddad", first_names="Samir", birth_date=date(1990, 3, 4), ecrou_number="90211",
                   establishment="CD de Haute-Orsanne", ecrou_on=date(2026, 9, 1))
    )  # fmt: skip
    for person, hour in ((loic, 9), (samir, 10)):
        services.appointments.draft.start(person, "entretien_mf", TUESDAY, (hour, 0))
    sides = pages(services.agenda.papers.call_list(TUESDAY).content)
    written = [one_side for one_side in sides if one_side.strip()]
    assert len(written) == 2
    for one, other in (("PERRIN", "HADDAD"), ("HADDAD", "PERRIN")):
        (side,) = (two for two in written if one in two)
        assert other not in side
    assert "CD de Haute-Orsanne, mardi 8 décembre 2026" in " ".join(sides)


def test_a_reminder_says_what_was_missed_and_what_to_do_and_names_no_measure(
    services: Services, anna: UUID, moving: MovableClock
) -> None:
    services.persons.save_fields(anna, {"sex": "F"})
    one = services.appointments.draft.start(anna, "convocation_741_1", TUESDAY, (14, 30))
    moving.move(days=20)
    course, issue = services.appointments.course, services.appointments.reminders.issue
    course.note_outcome(one, "absent")
    assert refusal(issue, one) == ("no_reminder",)
    course.answer(one, Answer.LETTER, services.clock.today())
    read = one_line(issue(one).content)
    assert "Vous n’êtes pas venue au rendez-vous fixé le mardi 8 décembre 2026 à 14 h 30." in read
    assert "Appelez-nous au 05 36 49 12 07" in read
    assert "Votre prochain rendez-vous" not in read
    for word in ("sursis", "détention", "741", "peine", "juge"):
        assert word not in read.lower()
    services.appointments.draft.start(anna, "rappel", date(2026, 12, 15), TEN)
    assert issue(one).content == issue(one).content, "printed again, it is the same"
    assert "Votre prochain rendez-vous" not in one_line(issue(one).content)
    course.answer(one, Answer.LETTER, services.clock.today())
    assert "Il est fixé le mardi 15 décembre 2026 à 10 h 00" in one_line(issue(one).content), "a second one is another"
    assert not services.appointments.reading.view(one).printed, "its convocation is another paper"
    course.note_outcome(one, "absent_justifie")
    assert refusal(issue, one) == ("no_reminder",)


# -- the agenda ----------------------------------------------------------------------------------------------


def test_a_week_with_its_absences_permanences_and_holidays(services: Services, anna: UUID) -> None:
    new, setup = services.context.ids.new, services.agenda.setup
    setup.add_place(MeetingPlace(id=new(), name="Mairie d’Orsanne", address="1, place Haute", city="Orsanne"))
    setup.add_absence(OfficerAbsence(id=new(), officer_id=services.context.officer_id, starts=TUESDAY, ends=TUESDAY))
    weekly = Permanence(id=new(), label="Permanence SPIP", day=date(2026, 12, 3), begins=540, ends=720, weekly=True)
    setup.add_permanence(weekly)
    away = Wish(accepted=("appointment_officer_away",))
    services.appointments.draft.start(anna, "suivi", TUESDAY, TEN, away)
    days = {one.day: one for one in services.agenda.reading.days(date(2026, 12, 7), date(2026, 12, 13))}
    assert len(days) == 7
    assert [one.person for one in days[TUESDAY].lines] == ["Anna BRÉAUD"]
    assert len(days[TUESDAY].absences) == 1
    assert [one.label for one in days[date(2026, 12, 10)].permanences] == ["Permanence SPIP"]
    assert [one.name for one in setup.places()] == ["SPIP, antenne de Valbrune", "Mairie d’Orsanne"]


def test_what_is_to_note_is_past_and_of_mine(services: Services, anna: UUID, moving: MovableClock) -> None:
    services.appointments.draft.start(anna, "suivi", TODAY, (15, 0), ON_SUNDAY)
    assert services.agenda.reading.to_note() == ()
    moving.move(hours=3)
    (line,) = services.agenda.reading.to_note()
    assert line.awaits_outcome
    services.appointments.course.note_outcome(line.appointment.id, "present")
    assert services.agenda.reading.to_note() == ()


def test_the_calendar_file_names_nobody_unless_asked(services: Services, anna: UUID, tmp_path: Path) -> None:
    services.appointments.draft.start(anna, "suivi", TUESDAY, (14, 30))
    folder = tmp_path / "sortie"
    folder.mkdir()
    papers = services.agenda.papers
    silent = papers.export(folder / "agenda", TUESDAY, TUESDAY).read_text(encoding="utf-8")
    assert "DTSTART:20261208T133000Z" in silent  # 14 h 30 in winter
    assert "SUMMARY:Rendez-vous" in silent
    told = papers.export(folder / "noms", TUESDAY, TUESDAY, with_names=True).read_text(encoding="utf-8")
    for text, names in ((silent, False), (told, True)):  # the control: the second file does name her
        assert ("BRÉAUD" in text) is names
        assert ("Valbrune" in text) is names
