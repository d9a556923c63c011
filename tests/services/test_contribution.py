"""What other professions bring, who met those who arrive, and the PEP as copied: over a real store."""

from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from spip_desktop.db import erasure
from spip_desktop.domain.contribution import Contribution, HowGiven
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right, Role
from spip_desktop.reference import load
from spip_desktop.services.commission_labels import what_was_said
from spip_desktop.services.context import Context
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording.commission import how_given
from tests.store_fixtures import MovableClock, entrusted


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def psychologist(context: Context, loic: UUID) -> Services:
    """An intervenant to whom the dossier is assigned, and whose habilitation names the contribution."""
    make_services(context).persons.assign(loic, context.officer_id, reason="nouveau")
    theirs = entrusted(context, loic, Role.INTERVENANT)
    officer = replace(theirs.actor.officer, function="psychologue", habilitation_names=(Right.CONTRIBUTE,))
    theirs.actor = replace(theirs.actor, officer=officer)
    return make_services(theirs)


def refused(act: object, *words: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        act(*words)  # type: ignore[operator]
    return caught.value


def drafts(services: Services, loic: UUID) -> list[Contribution]:
    return [one.value for one in services.contributions.of_person(loic).drafts]


# -- contributions -------------------------------------------------------------------------------------------


def test_an_intervenant_types_their_own_and_the_cpip_reads_it_once_it_is_settled(
    services: Services, psychologist: Services, loic: UUID
) -> None:
    id_ = psychologist.contributions.start(loic)
    (draft,) = drafts(psychologist, loic)
    assert (draft.how, draft.profession, draft.author) == (HowGiven.ENTERED, "psychologue", "Ali Vasseur")
    psychologist.contributions.save_fields(id_, {"text": "Trois entretiens.\nDemande à continuer."})
    assert drafts(services, loic) == [], "what is being written is nobody else’s"
    assert refused(services.contributions.settle, id_).code == "contribution_of_another"
    assert refused(services.contributions.save_fields, id_, {"text": "Autre."}).code == "contribution_of_another"
    assert refused(services.contributions.bin, id_).code == "contribution_of_another"
    psychologist.contributions.settle(id_)
    (settled,) = services.contributions.of_person(loic).settled
    assert settled.text == "Trois entretiens.\nDemande à continuer."
    assert how_given(settled, "").startswith("Saisie par l’intervenant, le 22/11/2026")
    assert refused(psychologist.contributions.save_fields, id_, {"text": "Autre."}).code == "contribution_settled"
    assert refused(psychologist.contributions.bin, id_).code == "contribution_settled"


def test_the_habilitation_names_it_and_opens_nothing_else(
    context: Context, services: Services, psychologist: Services, loic: UUID
) -> None:
    mine = services.contributions.start(loic)
    services.contributions.save_fields(mine, {"profession": "ass", "author": "M. Benali", "text": "Droits ouverts."})
    services.contributions.settle(mine, "M. Benali", services.clock.today())
    assert psychologist.contributions.of_person(loic).settled == [], "only their own, without the evaluation"
    assert refused(psychologist.evaluations.reading.versions, loic).code == "not_allowed"
    assert refused(psychologist.commissions.reading.of_person, loic).code == "not_allowed"
    unnamed = make_services(entrusted(context, loic, Role.INTERVENANT))
    assert refused(unnamed.contributions.start, loic).code == "not_allowed"


def test_what_the_cpip_reports_is_read_again_by_who_said_it_before_it_is_fixed(
    services: Services, loic: UUID, moving: MovableClock
) -> None:
    id_ = services.contributions.start(loic)
    (draft,) = drafts(services, loic)
    assert (draft.how, draft.author) == (HowGiven.REPORTED, "")
    services.contributions.save_fields(
        id_, {"profession": "chef_de_detention", "author": "M. Petit", "text": "Calme.", "said_on": moving.today}
    )
    assert how_given(drafts(services, loic)[0], "Claire Vasseur").endswith("à relire")
    lacking = refused(services.contributions.settle, id_)
    assert {one.field for one in lacking.problems} == {"read_by", "read_on"}
    early = refused(services.contributions.settle, id_, "M. Petit", moving.today - timedelta(days=1))
    assert early.code == "contribution_read_before"
    services.contributions.settle(id_, "M. Petit", moving.today)
    (settled,) = services.contributions.of_person(loic).settled
    said = how_given(settled, "Claire Vasseur")
    assert said == "Dite le 22/11/2026, rapportée par Claire Vasseur, relue par M. Petit le 22/11/2026"


def test_of_the_unite_sanitaire_nothing_can_be_written_in_words(services: Services, loic: UUID) -> None:
    id_ = services.contributions.start(loic)
    services.contributions.save_fields(id_, {"profession": "unite_sanitaire"})
    for field in ("text", "author"):
        saved = services.contributions.save_fields(id_, {field: "traitement"})
        assert [(one.code, one.field) for one in saved.refused] == [("contribution_no_health_text", field)]
    assert {one.field for one in refused(services.contributions.settle, id_).problems} == {"activity", "opinion"}
    services.contributions.save_fields(id_, {"activity": "sport", "opinion": "compatible"})
    services.contributions.settle(id_)
    (settled,) = services.contributions.of_person(loic).settled
    assert what_was_said(settled) == "Sport\u00a0: compatible"
    # No field of the record is left in which something of health could stand.
    texts = {one.name for one in fields(Contribution) if one.type in (str, "str") and getattr(settled, one.name)}
    assert texts == {"profession", "activity", "opinion"}
    for name in ("health_activities", "health_opinions"):
        assert len(load(name).entries) >= 3


def test_a_text_written_before_the_profession_was_changed_to_the_unite_sanitaire_keeps_it_from_being_chosen(
    services: Services, loic: UUID
) -> None:
    id_ = services.contributions.start(loic)
    services.contributions.save_fields(id_, {"profession": "psychologue", "text": "Suivi.", "author": "Mme Roux"})
    saved = services.contributions.save_fields(id_, {"profession": "unite_sanitaire"})
    assert [(one.code, one.field) for one in saved.refused] == [("contribution_no_health_text", "profession")]
    assert drafts(services, loic)[0].profession == "psychologue"


def test_only_what_is_typed_can_be_saved(services: Services, loic: UUID) -> None:
    id_ = services.contributions.start(loic)
    for field in ("settled_on", "how", "entered_by", "read_on"):
        with pytest.raises(ValueError, match=field):
            services.contributions.save_fields(id_, {field: None})


def test_a_draft_in_the_bin_comes_back(services: Services, loic: UUID) -> None:
    id_ = services.contributions.start(loic)
    services.contributions.bin(id_)
    assert drafts(services, loic) == []
    services.contributions.restore(id_)
    assert [one.id for one in drafts(services, loic)] == [id_]


# -- those who arrive ----------------------------------------------------------------------------------------


def test_the_circuit_says_who_met_the_person_and_when_and_a_second_line_corrects_the_first(
    services: Services, loic: UUID, moving: MovableClock
) -> None:
    circuit = services.arrivals.circuit(loic)
    assert [one.profession for one in circuit] == [
        "chef_de_detention",
        "unite_sanitaire",
        "enseignant",
        "formation",
        "travail",
        "cpip_permanence",
        "psychologue_pep",
    ]
    assert all(one.met_on is None for one in circuit)
    services.arrivals.note_meeting(loic, "enseignant", moving.today - timedelta(days=1), "Mme Faure")
    services.arrivals.note_meeting(loic, "enseignant", moving.today, "M. Faure")
    met = next(one for one in services.arrivals.circuit(loic) if one.profession == "enseignant")
    assert (met.met_on, met.by) == (moving.today, "M. Faure")


def test_a_meeting_is_neither_to_come_nor_before_the_ecrou_and_says_nothing_of_health(
    services: Services, loic: UUID, moving: MovableClock
) -> None:
    note = services.arrivals.note_meeting
    assert refused(note, loic, "enseignant", moving.today + timedelta(days=1)).code == "date_in_future"
    assert refused(note, loic, "enseignant", date(2020, 1, 1)).code == "arrival_before_custody"
    assert refused(note, loic, "dpip", moving.today).code == "choose_one"
    told = refused(note, loic, "unite_sanitaire", moving.today, "Dr Roy, psychiatre")
    assert (told.code, told.problems[0].field) == ("contribution_no_health_text", "by")
    note(loic, "unite_sanitaire", moving.today)


def test_who_is_free_has_no_circuit(services: Services, loic: UUID, moving: MovableClock) -> None:
    (custody,) = services.situation.penal(loic).custodies
    services.situation.custodies.save_fields(custody.value.id, {"ends": moving.today - timedelta(days=1)})
    assert services.arrivals.circuit(loic) == ()
    assert refused(services.arrivals.note_meeting, loic, "enseignant", moving.today).code == "arrival_no_custody"


# -- PEP -----------------------------------------------------------------------------------------------------


def test_the_pep_is_copied_never_changed_and_the_last_copy_stands_on_the_synthese(
    services: Services, loic: UUID, moving: MovableClock
) -> None:
    assert services.synthesis.synthesis(loic).pep is None
    services.pep.copy(loic, date(2026, 11, 3), "Affectation au travail, formation cuisine.", date(2027, 11, 3))
    moving.move(days=1)
    services.pep.copy(loic, date(2026, 11, 20), "Travail maintenu.")
    card = services.synthesis.synthesis(loic).pep
    assert card is not None
    assert (card.decided_on, card.copied_on, card.text) == (date(2026, 11, 20), moving.today, "Travail maintenu.")
    assert [one.next_review for one in services.pep.cards(loic)] == [None, date(2027, 11, 3)]
    assert not [name for name in dir(services.pep) if not name.startswith("_") and name not in ("cards", "copy")]


def test_what_was_noted_of_an_ecrou_is_erased_with_it(services: Services, loic: UUID, moving: MovableClock) -> None:
    services.arrivals.note_meeting(loic, "enseignant", moving.today)
    services.pep.copy(loic, moving.today, "Travail.")
    (custody,) = services.situation.penal(loic).custodies
    context = services.context
    with context.store.transaction(context.actor, "test") as tx:
        assert erasure.count_custody(tx, loic, [custody.value.id])["event"] == 2
        assert erasure.erase_custody(tx, loic, [custody.value.id])["event"] == 2
        tx.note("person", loic)
    assert services.pep.cards(loic) == ()


def test_the_pep_is_of_someone_under_ecrou(services: Services, loic: UUID, moving: MovableClock) -> None:
    (custody,) = services.situation.penal(loic).custodies
    services.situation.custodies.save_fields(custody.value.id, {"ends": moving.today - timedelta(days=1)})
    assert refused(services.pep.copy, loic, moving.today, "Travail.").code == "arrival_no_custody"


def test_an_empty_copy_or_one_to_come_is_refused(services: Services, loic: UUID, moving: MovableClock) -> None:
    assert refused(services.pep.copy, loic, moving.today, "  ").problems[0].field == "text"
    assert refused(services.pep.copy, loic, moving.today + timedelta(days=1), "Texte.").code == "date_in_future"
    assert refused(services.pep.copy, loic, moving.today, "Texte.", date(2026, 1, 1)).code == "end_before_start"


def test_who_may_not_read_the_evaluation_sees_no_pep(services: Services, loic: UUID) -> None:
    services.pep.copy(loic, date(2026, 11, 3), "Affectation au travail.")
    actor = services.context.actor
    services.context.actor = replace(actor, officer=replace(actor.officer, roles=(Role.SECRETARIAT,)))
    fresh = make_services(services.context)
    assert fresh.synthesis.synthesis(loic).pep is None
    assert refused(fresh.pep.cards, loic).code == "not_allowed"
