"""The papers of a plan: what is kept is printed again to the byte, and a copy for the cell names no reason."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import paper as papers
from spip_desktop.db import person as persons
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Custody, PenalCategory
from spip_desktop.domain.person import Contact
from spip_desktop.domain.plan_content import CopyKept
from spip_desktop.services.context import Context
from spip_desktop.services.pacep import PacepService
from tests.documents.reading import one_line
from tests.pacep_fixtures import TODAY, Written


@pytest.fixture
def held(context: Context, perrin: UUID) -> None:
    """The person is under écrou."""
    with context.store.transaction(context.actor, "test") as tx:
        custody = Custody(id=tx.ids.new(), person_id=perrin, establishment="", penal_category=PenalCategory.CONVICTED)
        CUSTODIES.save(tx, custody)


@pytest.mark.usefixtures("held")
def test_the_project_says_so_is_not_kept_and_has_no_signature(
    pacep: PacepService,
    context: Context,
    written: Written,
) -> None:
    text = one_line(pacep.papers.project(written.plan).content)
    assert "PROJET" in text
    assert "signature" not in text.casefold()
    assert "Condamné" in text
    for words in ("Reprendre en cuisine", "se qualifier dans un métier", "Régulier", "Fiche pour la mission locale"):
        assert words in text
    with context.store.reading() as tx:
        assert papers.of(tx, written.plan) == []


def test_what_is_to_be_signed_is_kept_and_printed_again_to_the_byte(
    pacep: PacepService,
    context: Context,
    perrin: UUID,
    written: Written,
) -> None:
    with pytest.raises(Refusal) as caught:
        pacep.papers.to_sign(written.plan)
    assert caught.value.code == "pacep_not_stored"
    pacep.course.submit(written.plan)
    first = pacep.papers.to_sign(written.plan)
    assert "À signer" in one_line(first.content)
    with context.store.transaction(context.actor, "test") as tx:
        person = persons.PERSONS.get(tx, perrin)
        persons.save(tx, type(person)(id=person.id, birth_name="Autre", first_names="Nom"))
    assert pacep.papers.to_sign(written.plan) == first
    assert [one.kind for one in pacep.view(perrin).issued] == ["pacep_a_signer"]


def test_a_finding_that_is_no_need_is_not_printed_as_one(pacep: PacepService, perrin: UUID, written: Written) -> None:
    strength = next(one for one in pacep.view(perrin).sources.findings if one.wording == "huit mois dans un emploi")
    pacep.draft.tie(written.plan, written.axis, strength.lineage)
    text = one_line(pacep.papers.project(written.plan).content)
    assert text.count("huit mois dans un emploi") == 1  # among the strengths, where the officer wrote it


def test_a_need_said_again_on_its_axis_is_printed_once(pacep: PacepService, perrin: UUID, written: Written) -> None:
    view = pacep.view(perrin)
    assert view.version is not None
    need = view.sources.needs()[0]
    assert need.lineage in view.version.plan.axes[0].finding_lineages
    pacep.draft.save_fields(written.plan, {f"{written.axis}.need": need.wording.capitalize()})
    assert one_line(pacep.papers.project(written.plan).content).lower().count(need.wording.lower()) == 1


@pytest.mark.usefixtures("held")
def test_the_persons_copy_says_neither_level_nor_need(pacep: PacepService, written: Written) -> None:
    assert pacep.papers.usual_copy(written.plan) is CopyKept.CELL
    pacep.course.submit(written.plan)
    text = one_line(pacep.papers.copy(written.plan, CopyKept.CELL).content)
    assert "Ce que nous avons retenu ensemble" in text
    assert "Ce document ne mentionne pas le motif de votre détention" in text
    assert "Je prépare mon CV." in text
    for hidden in ("Régulier", "Condamné", "sortie dans sept mois", "se qualifier"):
        assert hidden not in text


def test_the_copy_given_is_kept(pacep: PacepService, written: Written) -> None:
    assert pacep.papers.usual_copy(written.plan) is CopyKept.HOME
    draft = pacep.papers.copy(written.plan, CopyKept.HOME)
    assert draft.issued_id is None
    pacep.course.submit(written.plan)
    given = pacep.papers.copy(written.plan, CopyKept.HOME)
    assert given.issued_id is not None
    assert pacep.papers.copy(written.plan, CopyKept.HOME) == given
    assert pacep.papers.copy(written.plan, CopyKept.REGISTRY).issued_id != given.issued_id


def test_a_copy_for_the_cell_names_no_offence(pacep: PacepService, written: Written) -> None:
    pacep.draft.save_fields(written.plan, {f"{written.objective}.wording": "Ne plus jamais toucher aux trafics"})
    with pytest.raises(Refusal) as caught:
        pacep.papers.copy(written.plan, CopyKept.CELL, words_read=True)
    problem = caught.value.problems[0]
    assert (problem.code, problem.field) == ("pacep_names_the_reason", f"{written.objective}.wording")
    assert problem.data == {"words": "trafics"}
    assert pacep.papers.copy(written.plan, CopyKept.REGISTRY).content


def test_a_copy_for_the_cell_names_no_programme(pacep: PacepService, written: Written) -> None:
    pacep.draft.save_fields(written.plan, {f"{written.internal}.label": "Séances du PPR"})
    with pytest.raises(Refusal) as caught:
        pacep.papers.copy(written.plan, CopyKept.CELL)
    assert caught.value.problems[0].data == {"words": "ppr"}


def test_words_of_courts_are_read_again_before_they_stay_in_a_cell(
    pacep: PacepService,
    written: Written,
) -> None:
    pacep.draft.save_fields(written.plan, {"next_meeting": "Le jeudi 26 novembre, avec votre avocat."})
    with pytest.raises(Refusal) as caught:
        pacep.papers.copy(written.plan, CopyKept.CELL)
    assert caught.value.code == "pacep_copy_to_read"
    assert [found.word for found in pacep.papers.words_to_read(written.plan)] == ["avocat"]
    assert pacep.papers.copy(written.plan, CopyKept.CELL, words_read=True).content


@pytest.mark.parametrize(
    ("title", "signature"),
    [
        ("Madame", "signature de la référente"),
        ("Monsieur", "signature du référent"),
        ("", "signature de l’agent référent"),
    ],
)
def test_the_plan_is_signed_by_the_officer_as_their_title_says(
    pacep: PacepService, context: Context, written: Written, title: str, signature: str
) -> None:
    with context.store.transaction(context.actor, "test") as tx:
        OFFICERS.save(tx, replace(OFFICERS.get(tx, context.officer_id), title=title))
    pacep.course.submit(written.plan)
    assert signature in one_line(pacep.papers.to_sign(written.plan).content)


def test_what_changed_is_told_to_the_judge_in_words_and_without_what_did_not(
    pacep: PacepService, perrin: UUID, written: Written
) -> None:
    with pytest.raises(Refusal):
        pacep.papers.changes(written.plan)
    pacep.course.submit(written.plan)
    nothing = one_line(pacep.papers.changes(written.plan).content)
    assert "Aucun changement." in nothing
    pacep.course.note_progress(written.plan, written.external, "faite", TODAY, "La fiche est partie.")
    pacep.course.remove_part(written.plan, written.internal, TODAY, "Suivi par le pôle IPRO.")
    first = one_line(pacep.papers.changes(written.plan).content)
    assert "La fiche est partie." in first
    assert "retiré du plan : Suivi par le pôle IPRO." in first.replace("\u00a0", " ")
    assert "Aucun changement." not in first
    assert "se qualifier dans un métier" not in first  # the finding is no change
    second = pacep.draft.new_version(written.plan)
    version = pacep.view(perrin).version
    assert version is not None
    objective = version.plan.axes[0].objectives[0].id
    pacep.draft.save_fields(
        second,
        {
            "level": "espace", "level_reason": "Tout tient.", "next_review": date(2027, 7, 1),
            f"{objective}.wording": "Signer un contrat en cuisine",
        },
    )  # fmt: skip
    pacep.course.submit(second)
    told = one_line(pacep.papers.changes(second).content)
    assert "Faite : La fiche est partie." in told.replace("\u00a0", " ")  # done before, not only gone
    for words in ("Régulier", "Espacé", "Signer un contrat en cuisine", "Reprendre en cuisine", "version 1"):
        assert words in told


@pytest.mark.parametrize("kept", list(CopyKept))
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Comprendre mon passage à l’acte", ["passage à l’acte"]),
        ("Baisser le risque de récidive", ["risque", "récidive"]),
        ("Écrire à la victime", ["victime"]),
        ("Ne plus voir Kévin Morel", ["Kévin", "Morel"]),
        ("Reprendre en cuisine", []),
    ],
)
def test_no_copy_says_a_risk_or_another_person_without_being_read_again(
    pacep: PacepService, context: Context, perrin: UUID, written: Written, kept: CopyKept, said: str, words: list[str]
) -> None:
    with context.store.transaction(context.actor, "test") as tx:
        persons.CONTACTS.save(tx, Contact(id=tx.ids.new(), person_id=perrin, kind="autre", name="MOREL Kévin"))
    pacep.draft.save_fields(written.plan, {f"{written.objective}.wording": said})
    assert [one.word for one in pacep.papers.words_to_read(written.plan, kept)] == words
    if words:
        with pytest.raises(Refusal) as caught:
            pacep.papers.copy(written.plan, kept)
        assert caught.value.code == "pacep_copy_to_read"
    assert pacep.papers.copy(written.plan, kept, words_read=bool(words)).content
