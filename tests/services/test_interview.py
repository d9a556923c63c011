"""Interviews over a real store: begun, written, arrêtés, completed; what other pages learn of them."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from spip_desktop.domain.access import AccessReason
from spip_desktop.domain.dossier_search import passages
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.officer import Role
from spip_desktop.domain.place import Place
from spip_desktop.domain.timeline import TimelineFilter, TimelineKind, TimelineLine
from spip_desktop.services.appointment_draft import Wish
from spip_desktop.services.context import Context
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording import sentence
from tests.documents import reading
from tests.store_fixtures import MovableClock, entrusted

WORDS = {"today": "A commencé le code de la route.", "decisions": "Revoir l’hébergement avec sa mère."}


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def directing(dpip_context: Context) -> Services:
    return make_services(dpip_context)


@pytest.fixture
def note(services: Services, loic: UUID) -> UUID:
    """Today's note, with words in two of its parts."""
    id_ = services.interviews.writing.begin(loic)
    services.interviews.writing.save_fields(id_, WORDS)
    return id_


def refused(do: object, *given: object) -> Refusal:
    assert callable(do)
    with pytest.raises(Refusal) as caught:
        do(*given)
    return caught.value


def test_a_note_begins_dated_now_with_the_usual_type_and_place(services: Services, loic: UUID) -> None:
    id_ = services.interviews.writing.begin(loic)
    one = services.interviews.reading.view(id_).interview
    assert (one.held_on, one.starts_at) == (date(2026, 11, 22), "14:02")
    assert (one.kind, one.place) == ("accueil", "bureau_detention"), "the first, of a person under écrou"
    assert services.interviews.writing.begin(loic) == id_, "Ctrl+E again opens today's"
    services.interviews.writing.save_fields(id_, WORDS)
    services.interviews.writing.close(id_)
    second = services.interviews.writing.begin(loic)
    assert second != id_
    assert services.interviews.reading.view(second).interview.kind == "suivi"


def test_what_is_typed_is_kept_and_what_cannot_be_says_why(services: Services, note: UUID) -> None:
    saved = services.interviews.writing.save_fields(note, {"duration": 0, "present": "Sa mère", "held_on": None})
    assert {(one.field, one.code) for one in saved.refused} == {
        ("duration", "interview_duration"),
        ("held_on", "required"),
    }
    future = services.interviews.writing.save_fields(note, {"held_on": date(2026, 11, 23)})
    assert [sentence(one) for one in future.refused]
    one = services.interviews.reading.view(note).interview
    assert (one.present, one.duration, one.held_on) == ("Sa mère", None, date(2026, 11, 22))


def test_once_arretee_it_never_changes_and_words_are_added(
    services: Services, directing: Services, loic: UUID, note: UUID, moving: MovableClock
) -> None:
    writing, read = services.interviews.writing, services.interviews.reading
    assert refused(writing.complete, note, "Plus tard").code == "interview_close_first"
    writing.close(note)
    frozen = read.view(note).interview
    assert refused(writing.save_fields, note, {"today": "Autre"}).code == "interview_closed"
    assert refused(writing.bin, note).code == "interview_closed"
    assert refused(writing.complete, note, "  ").code == "required"
    moving.move(days=2)
    writing.complete(note, "C’était le permis, pas le code.")
    directing.interviews.writing.complete(note, "Lu le 24.")
    view = read.view(note)
    assert view.interview == frozen
    assert [one.comment for one in view.additions] == ["C’était le permis, pas le code.", "Lu le 24."]
    assert next(view.officers[one.entered_by] for one in view.additions) == "Claire Vasseur"
    assert view.additions[0].happened_on == date(2026, 11, 24)


def test_an_empty_note_is_not_arretee(services: Services, loic: UUID) -> None:
    empty = services.interviews.writing.begin(loic)
    assert refused(services.interviews.writing.close, empty).code == "interview_empty"
    services.interviews.writing.bin(empty)
    assert services.interviews.reading.of_person(loic) == []
    services.interviews.writing.restore(empty)
    assert [one.id for one in services.interviews.reading.of_person(loic)] == [empty]


def test_a_draft_is_its_authors_and_colleagues_read_it(services: Services, directing: Services, note: UUID) -> None:
    assert directing.interviews.reading.view(note).interview.today == WORDS["today"]
    assert not directing.interviews.reading.view(note).is_written_here
    assert refused(directing.interviews.writing.save_fields, note, {"today": "x"}).code == "interview_of_another"
    assert refused(directing.interviews.writing.close, note).code == "interview_of_another"


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.INTERVENANT])
def test_neither_the_secretariat_nor_an_intervenant_opens_one(
    context: Context, services: Services, loic: UUID, note: UUID, role: Role
) -> None:
    theirs = make_services(entrusted(context, loic, role))
    theirs.access.open(loic)
    for way in (theirs.interviews.reading.view, theirs.interviews.reading.person_of, theirs.interviews.writing.close):
        assert refused(way, note).code == "not_allowed"
    assert not passages(theirs.dossier_search.texts(loic), "code de la route")
    told = theirs.timeline.of_person(loic)
    assert told
    assert TimelineKind.INTERVIEW not in {one.kind for one in told}
    services.access.open(loic, AccessReason.DUTY)
    assert TimelineKind.INTERVIEW in {one.kind for one in services.timeline.of_person(loic)}, "the control"


def test_hours_of_a_visit_at_home_are_said_and_not_refused(services: Services, note: UUID) -> None:
    writing, read = services.interviews.writing, services.interviews.reading
    assert not writing.save_fields(note, {"place": "domicile", "starts_at": "21:10"}).refused
    assert read.view(note).outside_hours
    writing.save_fields(note, {"starts_at": "20:59"})
    assert not read.view(note).outside_hours


def test_an_interview_answers_the_deadline_of_the_first_one(
    services: Services, perrin: UUID, moving: MovableClock
) -> None:
    measure = Measure(id=services.context.ids.new(), person_id=perrin, kind="SP", referral_on=date(2026, 11, 20))
    services.situation.measures.add(measure)
    services.persons.assign(perrin, services.context.officer_id, reason="nouveau")
    moving.move(days=40)

    def waiting() -> set[str]:
        return {line.key.partition(":")[0] for line in services.todo.of_person(perrin)}

    assert "E32" in waiting(), "the control: nothing is noted"
    late = next(line for line in services.todo.of_person(perrin) if line.key.startswith("E32"))
    assert (late.action, late.place.kind) == ("Noter l’entretien", "person.interviews")
    note = services.interviews.writing.begin(perrin)
    services.interviews.writing.save_fields(note, {"today": "Se présente à l’heure."})
    assert "E32" not in waiting()


def test_a_note_that_stays_a_draft_waits(services: Services, loic: UUID, note: UUID, moving: MovableClock) -> None:
    def waiting() -> list[str]:
        return [line.what for line in services.todo.of_person(loic) if line.key.startswith("P13")]

    moving.move(days=8)
    assert waiting() == ["Note d’entretien à arrêter"]
    services.interviews.writing.close(note)
    assert waiting() == []


def test_the_synthese_names_the_last_interview(services: Services, loic: UUID, note: UUID) -> None:
    (step, *_) = services.synthesis.synthesis(loic).steps
    assert (step.kind, step.day, step.place.id) == ("interview", date(2026, 11, 22), note)


# -- the timeline ----------------------------------------------------------------------------------------------


def told(services: Services, person: UUID) -> list[TimelineLine]:
    return list(services.timeline.of_person(person))


def test_the_timeline_tells_what_happened_newest_first(
    services: Services, loic: UUID, note: UUID, moving: MovableClock
) -> None:
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    services.interviews.writing.close(note)
    moving.move(days=3)
    services.interviews.writing.complete(note, "C’était le permis.")
    lines = told(services, loic)
    assert [one.on for one in lines] == sorted((one.on for one in lines), reverse=True)
    assert lines[0].what == "Complément à une note d’entretien"
    assert lines[0].detail == "C’était le permis."
    kinds = {one.kind for one in lines}
    assert kinds >= {TimelineKind.INTERVIEW, TimelineKind.SITUATION, TimelineKind.FOLLOW_UP}
    (interview,) = [one for one in lines if one.what.startswith("Entretien")]
    assert interview.what == "Entretien, accueil, bureau en détention"
    assert (interview.hour, interview.detail) == ("14:02", WORDS["today"])
    assert interview.place.id == note


def test_a_confidence_is_nowhere_in_it(services: Services, loic: UUID, note: UUID) -> None:
    secret = services.confidences.add(loic, date(2026, 11, 22))
    services.confidences.save(secret, {"text": "Zibeline"})
    services.interviews.writing.save_fields(note, {"since_last": "Oriflamme"})
    services.interviews.writing.save_fields(note, {"today": "Oriflamme"})
    text = " ".join(f"{one.what} {one.detail}" for one in told(services, loic))
    paper = " ".join(reading.pages(services.timeline.paper(loic).content))
    assert "Zibeline" not in text + paper
    assert "Oriflamme" in text
    assert "Oriflamme" in paper, "the control: a note is there"


def test_the_note_prints_as_it_stands_without_its_confidences(services: Services, loic: UUID, note: UUID) -> None:
    def printed() -> str:
        return " ".join(reading.pages(services.interviews.papers.note(note).content))

    secret = services.confidences.add(loic, date(2026, 11, 22), Place("interview", note))
    services.confidences.save(secret, {"text": "Zibeline"})
    assert WORDS["today"] in printed()
    assert "BROUILLON" in printed()
    services.interviews.writing.close(note)
    services.interviews.writing.complete(note, "C’était le permis.")
    assert "C’était le permis." in printed()
    assert "Claire Vasseur" in printed()
    assert "BROUILLON" not in printed()
    assert "Zibeline" not in printed()


def test_each_page_of_a_long_note_says_whose_it_is(services: Services, loic: UUID, note: UUID) -> None:
    services.interviews.writing.save_fields(note, {"today": "Il parle de son travail et de sa mère. " * 400})
    printed = reading.pages(services.interviews.papers.note(note).content)
    assert len(printed) > 1
    assert all("PERRIN" in page for page in printed)


def test_the_filters_keep_kind_period_and_words(services: Services, loic: UUID, note: UUID) -> None:
    lines, today = told(services, loic), date(2026, 11, 22)

    def kept(wanted: TimelineFilter) -> list[TimelineLine]:
        return [one for one in lines if wanted.keeps(one)]

    assert kept(TimelineFilter()) == lines
    assert {one.kind for one in kept(TimelineFilter(kinds=(TimelineKind.SITUATION,)))} == {TimelineKind.SITUATION}
    assert [one.place.id for one in kept(TimelineFilter(words="CODE de la Route"))] == [note]
    assert all(one.on >= today for one in kept(TimelineFilter(since=today)))
    assert all(one.on < today for one in kept(TimelineFilter(until=today - timedelta(days=1))))
    paper = " ".join(reading.pages(services.timeline.paper(loic, TimelineFilter(words="code de la route")).content))
    assert f"Extrait, 1 sur {len(lines)} : « code de la route »." in paper.replace("\u00a0", " "), (
        "a part never reads as the whole"
    )
    whole = " ".join(reading.pages(services.timeline.paper(loic).content))
    assert "Extrait" not in whole
    assert "Entretien" in paper
    assert "Écrou" not in paper


# -- the words of the spelling -------------------------------------------------------------------------------


def test_a_word_is_taught_by_each_for_themselves_and_goes_with_its_dossier(
    services: Services, directing: Services, loic: UUID, context: Context
) -> None:
    services.spelling.teach("Orsanne", loic)
    services.spelling.teach("Orsanne", loic)
    services.spelling.teach("probationnaire")
    assert [one.word for one in services.spelling.mine()] == ["Orsanne", "probationnaire"]
    assert directing.spelling.mine() == ()
    assert refused(services.spelling.teach, "deux mots").code == "spelling_no_word"
    services.spelling.forget(services.spelling.mine()[1].id)
    assert [one.word for one in services.spelling.mine()] == ["Orsanne"]
    from spip_desktop.db.erasure import erase_person

    with context.store.transaction(context.actor, "purge") as tx:
        erase_person(tx, loic)
        tx.note("erasure", loic)
    assert services.spelling.mine() == ()


def test_the_note_of_an_appointment_is_its_own_or_the_draft_begun_today(services: Services, loic: UUID) -> None:
    begin, today = services.interviews.writing.begin, services.context.clock.today()
    seen = Wish(accepted=("appointment_sunday",))
    start = services.appointments.draft.start
    held, ahead = (start(loic, "suivi", day, (15, 0), seen) for day in (today, today + timedelta(days=2)))
    draft = begin(loic)
    assert begin(loic, held) == draft, "Ctrl+E before the appointment was noted: not two notes of one interview"
    note = services.interviews.reading.view(draft).interview
    assert (note.appointment_id, note.starts_at) == (held, "15:00")
    services.interviews.writing.save_fields(draft, {"today": "Il cherche un logement."})
    services.interviews.writing.close(draft)
    assert begin(loic, held) == draft, "arrêtée, it is still the note of that appointment"
    assert refused(begin, loic, ahead).code == "date_in_future"
