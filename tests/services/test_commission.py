"""The passages before the CPU and the CPI over a real store: prepared, issued, decided, sent back, carried out."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from spip_desktop.domain.board_review import Board, Outcome, ReviewState
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import PenalCategory
from spip_desktop.services.context import Context
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording import sentence
from tests.documents import reading
from tests.store_fixtures import MovableClock

#: A paragraph of about four lines on paper.
PARAGRAPH = "Monsieur se présente aux entretiens et parle de ce qu’il veut changer avec ses mots. " * 4


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def directing(dpip_context: Context) -> Services:
    return make_services(dpip_context)


@pytest.fixture
def advice(services: Services, loic: UUID) -> UUID:
    """An advice for the CPU of next week, ready to be issued."""
    id_ = services.commissions.draft.start(loic, Board.CPU)
    services.commissions.draft.save_fields(
        id_, {"held_on": date(2026, 12, 1), "theme": "activites", "advice": "Avis favorable au sport."}
    )
    return id_


@pytest.fixture
def synthesis(services: Services, loic: UUID, moving: MovableClock) -> UUID:
    """A synthesis of today’s CPI: two members, one decision."""
    draft = services.commissions.draft
    id_ = draft.start(loic, Board.CPI)
    add_member(services, id_, "dpip", "Hélène Marchand")
    add_decision(services, id_, "Préparer la fiche de la mission locale", moving.today + timedelta(days=10))
    draft.save_fields(
        id_,
        {"held_on": moving.today, "theme": "Sortie", "chair": "Hélène Marchand", "advice": "Suivi à resserrer."},
    )
    return id_


def add_member(services: Services, id_: UUID, profession: str, name: str) -> None:
    from spip_desktop.domain.board_review import BoardMember

    review = services.commissions.reading.view(id_).review
    member = BoardMember(id=services.context.ids.new(), profession=profession, name=name)
    services.commissions.draft.save_fields(id_, {"members": (*review.members, member)})


def add_decision(services: Services, id_: UUID, label: str, due: date | None) -> UUID:
    from spip_desktop.domain.board_review import BoardDecision

    review = services.commissions.reading.view(id_).review
    new = services.context.ids.new()
    decision = BoardDecision(id=new, lineage=new, label=label, who="Claire Vasseur", due=due)
    services.commissions.draft.save_fields(id_, {"decisions": (*review.decisions, decision)})
    return new


def waiting(services: Services) -> list[tuple[str, date]]:
    """What « À traiter » tells of the commissions."""
    lines = [line for group in services.todo.groups() for line in group.lines]
    return [(one.what, one.due) for one in lines if one.place.kind == "commission"]


def state(services: Services, id_: UUID) -> ReviewState:
    return services.commissions.reading.view(id_).state


def refused(act: object, *words: object, **more: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*words, **more)  # type: ignore[operator]
    return caught.value


# -- CPU -----------------------------------------------------------------------------------------------------


def test_an_advice_starts_from_what_exists_and_says_so(services: Services, advice: UUID) -> None:
    (page,) = reading.pages(services.commissions.papers.project(advice).content)
    for words in ("Évaluation non commencée", "PACEP non commencé", "Activités", "Avis favorable au sport.", "PROJET"):
        assert words in page


def test_once_issued_the_advice_is_fixed_and_its_bytes_are_those_printed_again(
    services: Services, advice: UUID, moving: MovableClock
) -> None:
    commissions = services.commissions
    assert refused(commissions.papers.issued, advice).code == "board_not_stored"
    commissions.course.issue(advice)
    assert state(services, advice) is ReviewState.ISSUED
    paper = commissions.papers.issued(advice)
    assert paper.issued_id
    assert "PROJET" not in reading.pages(paper.content)[0]
    assert refused(commissions.draft.save_fields, advice, {"advice": "Autre."}).code == "frozen"
    assert refused(commissions.draft.bin, advice).code == "frozen"
    moving.move(days=40)
    assert commissions.papers.issued(advice).content == paper.content


def test_what_an_advice_lacks_is_told_at_once(services: Services, loic: UUID) -> None:
    empty = services.commissions.draft.start(loic, Board.CPU)
    told = refused(services.commissions.course.issue, empty)
    assert {one.field for one in told.problems} == {"held_on", "theme", "advice"}


def test_an_advice_over_half_a_page_is_refused_with_the_lines_too_many(services: Services, advice: UUID) -> None:
    services.commissions.draft.save_fields(advice, {"situation": PARAGRAPH * 2, "advice": PARAGRAPH * 3})
    assert services.commissions.papers.preview(advice).too_long is None, "the control: half a page holds"
    services.commissions.draft.save_fields(advice, {"situation": PARAGRAPH * 7})
    told = refused(services.commissions.course.issue, advice)
    assert (told.code, told.problems[0].field) == ("board_advice_too_long", "advice")
    assert "lignes en trop" in sentence(told)
    assert state(services, advice) is ReviewState.DRAFT


def test_the_decision_is_copied_with_its_source_and_its_day_and_its_actions_become_deadlines(
    services: Services, advice: UUID, loic: UUID, moving: MovableClock
) -> None:
    course, reading_ = services.commissions.course, services.commissions.reading
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    assert refused(course.copy_decision, advice, moving.today, "Classé au sport.").code == "board_issue_first"
    course.issue(advice)
    moving.move(days=10)
    assert refused(course.copy_decision, advice, date(2027, 1, 1), "Classé.").code == "date_in_future"
    course.copy_decision(advice, date(2026, 12, 1), "Classé au sport à compter du 07/12.")
    assert state(services, advice) is ReviewState.DECIDED
    (decided,) = [one for one in reading_.view(advice).events if one.code == "decision_recopiee"]
    assert (decided.happened_on, decided.detail["source"]) == (date(2026, 12, 1), "GENESIS")
    assert refused(course.add_action, advice, "Inscrire au sport", "", date(2026, 12, 7)).problems[0].field == "who"
    course.add_action(advice, "Inscrire au sport", "Claire Vasseur", date(2026, 12, 7))
    assert waiting(services) == [("Décision de commission à mener", date(2026, 12, 7))]
    (due,) = reading_.view(advice).standing.waiting
    assert (due.label, due.who, due.due) == ("Inscrire au sport", "Claire Vasseur", date(2026, 12, 7))
    assert refused(course.note_outcome, advice, due.lineage, Outcome.DROPPED, moving.today).code == "reason_needed"
    course.note_outcome(advice, due.lineage, Outcome.DONE, moving.today)
    assert waiting(services) == []
    again = refused(course.note_outcome, advice, due.lineage, Outcome.DONE, moving.today)
    assert again.code == "board_decision_ended"


def test_a_cpu_asks_for_an_ecrou(services: Services, loic: UUID) -> None:
    (custody,) = services.situation.penal(loic).custodies
    services.situation.custodies.save_fields(custody.value.id, {"ends": services.clock.today() - timedelta(days=1)})
    assert refused(services.commissions.draft.start, loic, Board.CPU).code == "board_needs_custody"
    assert services.commissions.draft.start(loic, Board.CPI)


# -- a person presumed innocent ------------------------------------------------------------------------------


def test_of_a_person_presumed_innocent_words_of_the_facts_are_read_again_before_anything_is_issued(
    services: Services, advice: UUID, loic: UUID
) -> None:
    services.commissions.draft.save_fields(advice, {"advice": "Reconnaît le vol. Avis favorable."})
    assert services.commissions.reading.view(advice).to_read == (), "the control: a person convicted"
    (custody,) = services.situation.penal(loic).custodies
    services.situation.custodies.save_fields(custody.value.id, {"penal_category": PenalCategory.REMAND})
    view = services.commissions.reading.view(advice)
    assert view.presumed_innocent
    assert [one.word for one in view.to_read] == ["vol"]
    told = refused(services.commissions.course.issue, advice)
    assert (told.code, told.problems[0].field) == ("board_facts_to_read", "advice")
    services.commissions.course.issue(advice, words_read=True)
    assert "présumée innocente" in reading.pages(services.commissions.papers.issued(advice).content)[0]


# -- CPI -----------------------------------------------------------------------------------------------------


def test_a_synthesis_over_two_pages_is_refused_with_what_overflows(services: Services, synthesis: UUID) -> None:
    draft = services.commissions.draft
    draft.save_fields(synthesis, {"situation": PARAGRAPH * 10})
    assert len(reading.pages(services.commissions.papers.project(synthesis).content)) <= 2
    for number in range(60):
        add_decision(services, synthesis, f"Décision {number}", date(2026, 12, 24))
    told = refused(services.commissions.course.issue, synthesis)
    assert told.code == "board_synthesis_too_long"
    assert "décisions" in sentence(told)
    assert "situation" not in sentence(told)


def test_a_synthesis_names_who_sat_and_what_each_decision_waits_for(
    services: Services, synthesis: UUID, loic: UUID, moving: MovableClock
) -> None:
    empty = services.commissions.draft.start(loic, Board.CPI)
    told = refused(services.commissions.course.issue, empty)
    assert {one.field for one in told.problems} >= {"held_on", "theme", "advice", "chair", "members"}
    add_decision(services, synthesis, "Rencontrer la mère", None)
    add_decision(services, synthesis, "Écrire au juge", moving.today - timedelta(days=1))
    found = refused(services.commissions.course.issue, synthesis)
    assert [sentence(one) for one in found.problems] == [
        "Décision 2\u00a0: quoi, qui et pour quand\u00a0?",
        "Décision 3\u00a0: sa date est avant la séance.",
    ]
    services.commissions.draft.save_fields(synthesis, {"held_on": moving.today + timedelta(days=1)})
    assert "board_not_held" in {one.code for one in refused(services.commissions.course.issue, synthesis).problems}


def test_the_version_sent_back_stays_readable_and_another_answers_it(
    directing: Services, services: Services, synthesis: UUID, loic: UUID
) -> None:
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    services.commissions.course.issue(synthesis)
    issued = services.commissions.papers.issued(synthesis).content
    assert refused(directing.commissions.course.send_back, synthesis, " ").code == "reason_needed"
    directing.commissions.course.send_back(synthesis, "Précisez qui rencontre la mère.")
    assert state(services, synthesis) is ReviewState.RETURNED
    assert refused(directing.commissions.course.note_visa, synthesis, directing.clock.today()).code
    second = services.commissions.draft.new_version(synthesis)
    assert refused(services.commissions.draft.new_version, synthesis).code == "board_draft_exists"
    todo = "Décision de commission à mener"
    assert [one for one, _ in waiting(services)].count(todo) == 1, "those sent back hold until they are answered"
    assert "Synthèse de CPI retournée par le DPIP" in dict(waiting(services))
    services.commissions.draft.save_fields(second, {"advice": "Suivi à resserrer ; Mme Roux rencontre la mère."})
    services.commissions.course.issue(second)
    assert (state(services, synthesis), state(services, second)) == (ReviewState.REPLACED, ReviewState.SUBMITTED)
    assert [one for one, _ in waiting(services)].count(todo) == 1, "the same line, followed by its lineage"
    answer = "Synthèse de CPI\u00a0: réponse du DPIP attendue"
    assert answer in dict(waiting(services))
    assert answer in dict(waiting(directing)), "a DPIP answers for every dossier"
    assert services.commissions.papers.issued(synthesis).content == issued
    kept = services.commissions.reading.view(synthesis)
    assert kept.review.advice == "Suivi à resserrer."
    assert kept.events[-1].comment == "Précisez qui rencontre la mère."
    directing.commissions.course.note_visa(second, directing.clock.today())
    assert state(services, second) is ReviewState.SEEN
    assert refused(directing.commissions.course.send_back, second, "Trop tard").code == "board_seen"
    assert [one.review.number for one in services.commissions.reading.view(second).versions] == [1, 2]


def test_without_a_dpip_the_visa_asks_for_a_written_reason(services: Services, synthesis: UUID) -> None:
    services.commissions.course.issue(synthesis)
    today = services.clock.today()
    assert refused(services.commissions.course.note_visa, synthesis, today).code == "reason_needed_without_dpip"
    services.commissions.course.note_visa(synthesis, today, "DPIP en congé")
    assert state(services, synthesis) is ReviewState.SEEN


def test_the_answer_of_a_dpip_that_came_on_paper_says_who_signed(
    directing: Services, services: Services, synthesis: UUID
) -> None:
    note = services.commissions.course.note_paper_answer
    today = services.clock.today()
    assert refused(note, synthesis, today, "Hélène Marchand").code == "board_issue_first"
    services.commissions.course.issue(synthesis)
    assert refused(note, synthesis, today, " ").problems[0].field == "signed_by"
    note(synthesis, today, "Hélène Marchand", "Précisez la date.")
    assert state(services, synthesis) is ReviewState.RETURNED
    second = services.commissions.draft.new_version(synthesis)
    services.commissions.course.issue(second)
    note(second, today, "Hélène Marchand")
    last = services.commissions.reading.view(second).events[-1]
    assert (last.code, last.detail["signed_by"]) == ("visee", "Hélène Marchand")
    assert state(services, second) is ReviewState.SEEN


def test_a_dpip_sees_the_passages_of_every_dossier(directing: Services, services: Services, advice: UUID) -> None:
    assert services.commissions.reading.mine() == ()
    assert [one.line.review.id for one in directing.commissions.reading.mine()] == [advice]


def test_what_a_passage_waits_for_is_on_a_traiter_until_it_is_done(
    services: Services, advice: UUID, synthesis: UUID, loic: UUID, moving: MovableClock
) -> None:
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    assert dict(waiting(services)) == {
        "Avis pour la CPU à établir": date(2026, 11, 29),
        "Synthèse de CPI à soumettre au DPIP": moving.today + timedelta(days=7),
    }
    services.commissions.course.issue(advice)
    assert "Décision de la CPU à recopier de GENESIS" not in dict(waiting(services)), "not before it is near"
    moving.move(days=9)
    assert dict(waiting(services))["Décision de la CPU à recopier de GENESIS"] == date(2026, 12, 8)
    services.commissions.course.copy_decision(advice, date(2026, 12, 1), "Classé.")
    assert "Décision de la CPU à recopier de GENESIS" not in dict(waiting(services))


def test_the_list_holds_the_sittings_of_my_dossiers_only(services: Services, advice: UUID, loic: UUID) -> None:
    assert services.commissions.reading.mine() == (), "nobody follows him yet"
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    (line,) = services.commissions.reading.mine()
    assert line.line.review.id == advice
    assert line.line.state is ReviewState.DRAFT


def test_a_draft_in_the_bin_leaves_the_lists_and_comes_back(services: Services, advice: UUID, loic: UUID) -> None:
    services.commissions.draft.bin(advice)
    assert services.commissions.reading.of_person(loic) == ()
    services.commissions.draft.restore(advice)
    assert len(services.commissions.reading.of_person(loic)) == 1


def test_a_stale_lock_shows_what_is_there_now(services: Services, advice: UUID) -> None:
    lock = services.commissions.reading.view(advice).stored.lock
    services.commissions.draft.save_fields(advice, {"situation": "Un."}, lock)
    told = refused(services.commissions.draft.save_fields, advice, {"situation": "Deux."}, lock)
    assert told.code == "changed_elsewhere"


def test_a_synthesis_draws_from_the_evaluation_arretee_and_from_the_contributions_settled(
    services: Services, synthesis: UUID, loic: UUID
) -> None:
    contribution = services.contributions.start(loic)
    services.contributions.save_fields(
        contribution, {"profession": "psychologue", "author": "Anne Roux", "text": "Demande à parler."}
    )
    assert "Demande à parler." not in _text(services, synthesis), "a draft is nobody else’s"
    services.contributions.settle(contribution, "Anne Roux", services.clock.today())
    text = _text(services, synthesis)
    for words in ("Psychologue, Anne Roux", "Demande à parler.", "relue par Anne Roux", "Hélène Marchand, DPIP"):
        assert words in text


def _text(services: Services, id_: UUID) -> str:
    return " ".join(" ".join(reading.pages(services.commissions.papers.project(id_).content)).split())


def test_who_only_reads_changes_nothing(services: Services, advice: UUID) -> None:
    from spip_desktop.domain.officer import Role

    actor = services.context.actor
    services.context.actor = replace(actor, officer=replace(actor.officer, roles=(Role.LECTURE,)))
    assert refused(services.commissions.course.issue, advice).code == "not_allowed"
