"""A sheet that the partner holds and that changes; why a sheet is refused or cancelled, and who tells the person."""

import subprocess
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop import reference
from spip_desktop.db import journal
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.prescription_states import REPLACED_AMENDED, Agreement, SheetState
from spip_desktop.domain.sheet import SheetContent, changes
from spip_desktop.services.context import Context
from spip_desktop.services.prescription import PrescriptionService
from tests.documents.samples import SHEET
from tests.prescription_fixtures import MissionsLocales, complete

TODAY = date(2026, 11, 22)


@pytest.fixture
def held(prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales) -> UUID:
    """Ready, agreed to and handed over today."""
    id_ = complete(prescriptions, loic)
    hand_over(prescriptions, id_)
    return id_


def hand_over(prescriptions: PrescriptionService, id_: UUID) -> None:
    prescriptions.course.make_ready(id_)
    prescriptions.course.note_agreement(id_, Agreement.YES, TODAY)
    prescriptions.course.hand_over(id_, TODAY, "permanence")


def text_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().replace("\u00a0", " ").split())


def code_of(refused: pytest.ExceptionInfo[Refusal]) -> set[tuple[str, str]]:
    return {(one.code, one.field) for one in refused.value.problems}


def test_a_new_version_says_what_it_changes_and_ends_the_one_before_when_handed_over(
    prescriptions: PrescriptionService, held: UUID, context: Context
) -> None:
    first = prescriptions.papers.issued(held).content
    new = prescriptions.course.amend(held, "dates", "Débat avancé.")
    prescriptions.draft.save_fields(new, {"values.disponibilite": "Le matin seulement", "useful_on": date(2027, 1, 14)})
    assert prescriptions.view(held).state is SheetState.HANDED_OVER  # the partner goes on with what it holds
    prescriptions.course.make_ready(new)
    content = prescriptions.papers.content(new)
    assert content.version == 2
    assert content.replaces == "Remplace la version 1 du 22/11/2026."
    assert set(content.changes) == {"Date utile", "Disponibilité"}
    text = text_of(prescriptions.papers.issued(new).content)
    assert "Remplace la version 1 du 22/11/2026. Ce qui change : Date utile, Disponibilité" in text
    assert "Version 2, établie le 22/11/2026" in text
    assert "Débat avancé" not in text  # why is internal
    assert prescriptions.view(held).state is SheetState.HANDED_OVER
    prescriptions.course.note_agreement(new, Agreement.YES, TODAY)
    prescriptions.course.hand_over(new, TODAY, "permanence")
    view = prescriptions.view(held)
    assert view.state is SheetState.CANCELLED
    assert view.events[-1].detail["reason"] == REPLACED_AMENDED
    assert view.replaced_by == new
    assert prescriptions.papers.issued(held).content == first
    with context.store.reading() as tx:
        reasons = [line.reason for line in journal.lines_about(tx.connection, new) if line.act == "start_amendment"]
    assert reasons == ["Dates changées"]


def test_no_change_is_no_version(prescriptions: PrescriptionService, held: UUID) -> None:
    new = prescriptions.course.amend(held, "erreur")
    with pytest.raises(Refusal) as refused:
        prescriptions.course.make_ready(new)
    assert code_of(refused) == {("nothing_changed", "")}
    # The control: one sign more is a change.
    prescriptions.draft.save_fields(new, {"values.disponibilite": "Du lundi au jeudi."})
    prescriptions.course.make_ready(new)


def test_what_is_taken_away_is_a_change_too(prescriptions: PrescriptionService, held: UUID) -> None:
    new = prescriptions.course.amend(held, "accord")
    ticked = tuple(one for one in prescriptions.view(new).prescription.ticked if one != "compte_bancaire")
    prescriptions.draft.save_fields(new, {"ticked": ticked, "asks": ("pacea",)})
    assert prescriptions.papers.content(new).changes == ("demandes", "Compte bancaire (retiré)")


def test_changes_between_the_same_are_none(prescriptions: PrescriptionService, held: UUID) -> None:
    content = prescriptions.papers.content(held)
    assert changes(content, content) == ()


def test_a_new_version_is_begun_once_and_only_while_the_partner_holds_the_sheet(
    prescriptions: PrescriptionService, loic: UUID, missions: MissionsLocales
) -> None:
    id_ = complete(prescriptions, loic)
    prescriptions.course.make_ready(id_)
    with pytest.raises(Refusal) as refused:
        prescriptions.course.amend(id_, "dates")  # not handed over: the draft was to be made otherwise
    assert refused.value.code == "amend_not_now"
    prescriptions.course.note_agreement(id_, Agreement.YES, TODAY)
    prescriptions.course.hand_over(id_, TODAY, "permanence")
    with pytest.raises(Refusal):
        prescriptions.course.amend(id_, "")
    new = prescriptions.course.amend(id_, "dates")
    assert prescriptions.course.amend(id_, "coordonnees") == new
    assert prescriptions.view(id_).begun == new
    prescriptions.draft.bin(new)
    assert prescriptions.view(id_).begun is None
    prescriptions.course.note_state(id_, SheetState.REPORTED, TODAY)
    with pytest.raises(Refusal):
        prescriptions.course.amend(id_, "dates")


def test_a_version_agreed_to_in_part_compares_with_what_the_partner_holds(
    prescriptions: PrescriptionService, held: UUID
) -> None:
    second = prescriptions.course.amend(held, "coordonnees")
    prescriptions.draft.save_fields(second, {"values.joindre_apres": "06 39 98 45 99"})
    prescriptions.course.make_ready(second)
    every = [one.code for one in prescriptions.view(second).paper_ticks]
    kept = [one for one in every if one != "objectif"]
    prescriptions.course.note_agreement(second, Agreement.PARTIAL, TODAY, accepted=kept)
    third = prescriptions.course.prepare_edition(second)
    content = prescriptions.papers.content(third)
    assert content.replaces == "Remplace la version 1 du 22/11/2026."
    assert set(content.changes) == {"objectif", "Joindre après"}
    hand_over(prescriptions, third)
    assert prescriptions.view(held).replaced_by == third


@pytest.mark.parametrize("missing", ["reason", "tells"])
def test_a_refusal_says_why_and_who_tells_the_person(
    prescriptions: PrescriptionService, held: UUID, missing: str
) -> None:
    detail = {"reason": "complet", "tells": "cpip"}
    with pytest.raises(Refusal) as refused:
        prescriptions.course.note_state(held, SheetState.REFUSED, TODAY, detail=detail | {missing: " "})
    assert code_of(refused) == {("required", missing)}
    prescriptions.course.note_state(held, SheetState.REFUSED, TODAY, detail=detail)
    assert prescriptions.view(held).events[-1].detail == detail


@pytest.mark.parametrize("missing", ["reason", "tells"])
def test_an_annulment_says_why_and_who_tells_the_person(
    prescriptions: PrescriptionService, held: UUID, missing: str
) -> None:
    given = {"reason": "besoin_couvert", "tells": "elle_le_sait"} | {missing: ""}
    with pytest.raises(Refusal) as refused:
        prescriptions.course.cancel(held, given["reason"], TODAY, tells=given["tells"])
    assert code_of(refused) == {("required", missing)}
    prescriptions.course.cancel(held, "besoin_couvert", TODAY, tells="elle_le_sait")
    assert prescriptions.view(held).state is SheetState.CANCELLED


def test_the_reasons_of_a_partner_are_those_that_partners_give() -> None:
    codes = {one.code for one in reference.load("refusal_reasons").entries}
    assert codes >= {
        "non_joignable", "absence", "en_emploi", "en_formation", "non_eligible", "mobilite", "refus_personne",
        "autres_freins", "complet", "doublon", "autre",
    }  # fmt: skip


def test_how_the_return_is_worded_is_no_change() -> None:
    """A sheet handed over before the wording of our line was corrected would say « réponse attendue » for nothing."""
    assert SHEET.answer is not None

    def sent_to(*lines: str) -> SheetContent:
        assert SHEET.answer is not None
        return replace(SHEET, answer=replace(SHEET.answer, send_to=lines))

    address = SHEET.answer.send_to[0]
    assert changes(SHEET, sent_to(address, "ou à remettre à la permanence")) == ()
    for other in (sent_to("autre@exemple.example", SHEET.answer.send_to[1]), sent_to(address)):
        assert changes(SHEET, other) == ("réponse attendue",), "the control"
