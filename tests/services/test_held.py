"""« Le dossier en un PDF » and the answer to a request of access, over a real store and the papers' own text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest

from spip_desktop.db import journal
from spip_desktop.db import paper as papers
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.held import Authority
from spip_desktop.domain.officer import Role
from spip_desktop.domain.person import Contact
from spip_desktop.domain.transfer import Content
from spip_desktop.domain.word_mask import HIDDEN
from spip_desktop.services.access_answer import AccessAnswers
from spip_desktop.services.dossier_paper import Chosen, DossierPaper
from spip_desktop.services.evaluation_ground import Ground
from spip_desktop.services.held_data import HeldData
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording.held import SECTIONS
from tests.documents.reading import one_line
from tests.services.test_journal import as_role

TODAY = date(2026, 11, 22)
PASSPHRASE = "une phrase de passe"
CONFIDENCE = "Dit avoir peur de son cousin Zébulon"
NOTE = "Vu avec sa mère Nathalie, au 06 39 98 22 70. Veut un CAP."


def reauthenticate(passphrase: str) -> None:
    if passphrase != PASSPHRASE:
        raise Refusal("current_passphrase_wrong", "passphrase")


@pytest.fixture
def whole(services: Services, loic: UUID) -> UUID:
    """A dossier with somebody else in it, an interview that names them, and a confidence."""
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    services.persons.contacts.add(
        Contact(
            id=services.context.ids.new(), person_id=loic, kind="famille", name="Nathalie Perrin", relation="sa mère"
        )
    )
    interview = services.interviews.writing.begin(loic)
    services.interviews.writing.save_fields(interview, {"today": NOTE})
    confidence = services.confidences.add(loic, TODAY)
    services.confidences.save(confidence, {"text": CONFIDENCE})
    return loic


@pytest.fixture
def held(services: Services) -> HeldData:
    return HeldData(Ground(services.context, services.access))


@pytest.fixture
def dossiers(services: Services, held: HeldData) -> DossierPaper:
    return DossierPaper(services.context, services.access, held, reauthenticate)


def chosen(person: UUID, **changes: object) -> Chosen:
    every = Chosen(person_id=person, sections=tuple(SECTIONS), content=Content.COMPLETE, purpose="Réunion de synthèse")
    return replace(every, **changes)  # type: ignore[arg-type]


# -- the dossier as one PDF ----------------------------------------------------------------------------------


def test_the_dossier_asks_why_and_who_before_anything_is_made(dossiers: DossierPaper, whole: UUID) -> None:
    with pytest.raises(Refusal, match="purpose_needed"):
        dossiers.to_print(chosen(whole, purpose=" "), PASSPHRASE)
    with pytest.raises(Refusal, match="section_needed"):
        dossiers.to_print(chosen(whole, sections=()), PASSPHRASE)
    with pytest.raises(Refusal, match="current_passphrase_wrong"):
        dossiers.to_print(chosen(whole), "autre")


def test_the_dossier_is_tagged_has_bookmarks_and_a_foot_that_says_which_page(
    dossiers: DossierPaper, whole: UUID
) -> None:
    content = dossiers.to_print(chosen(whole), PASSPHRASE).content
    text = one_line(content).replace("\u00a0", " ")
    number = whole.hex[-8:].upper()
    assert f"Loïc PERRIN, dossier n° {number}, page 1 sur " in text
    assert "Sommaire" in text
    assert "Réunion de synthèse" in text
    assert NOTE in text
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        with pdf.open_outline() as outline:
            titles = [one.title for one in outline.root]
        assert "Situation civile" in titles
        assert "PERRIN" not in str(pdf.docinfo)


def test_a_confidence_is_in_no_paper(dossiers: DossierPaper, services: Services, whole: UUID) -> None:
    """The control: the interview of the same day is."""
    text = one_line(dossiers.to_print(chosen(whole), PASSPHRASE).content)
    assert "Zébulon" not in text
    assert "CAP" in text
    for authority in Authority:
        answer = services.access_answers.start(whole, authority, TODAY)
        assert "Zébulon" not in one_line(services.access_answers.preview(answer))


def test_without_sensitive_data_the_dossier_leaves_out_what_a_package_leaves_out(
    dossiers: DossierPaper, whole: UUID
) -> None:
    text = one_line(dossiers.to_print(chosen(whole, content=Content.WITHOUT_SENSITIVE), PASSPHRASE).content)
    assert "Veut un CAP" not in text
    assert "Nathalie" not in text
    assert "Perrin" in text


def test_only_the_parts_that_were_chosen_are_there(dossiers: DossierPaper, whole: UUID) -> None:
    text = one_line(dossiers.to_print(chosen(whole, sections=("situation",)), PASSPHRASE).content)
    assert "Situation civile" in text
    assert "Veut un CAP" not in text


def test_the_journal_has_the_reason_before_the_file_is_there(
    dossiers: DossierPaper, services: Services, whole: UUID, tmp_path: Path
) -> None:
    with pytest.raises(Refusal, match="file_not_written"):
        dossiers.write(chosen(whole), tmp_path / "absent" / "dossier", PASSPHRASE)
    folder = tmp_path / "sortie"
    folder.mkdir()
    assert dossiers.write(chosen(whole), folder / "dossier", PASSPHRASE) == folder / "dossier.pdf"
    with services.context.store.reading() as tx:
        lines = [one for one in journal.lines_about(tx.connection, whole) if one.act == "write_dossier"]
    assert [(one.reason, one.recipient) for one in lines] == [("Réunion de synthèse", "Complet")] * 2


@pytest.mark.parametrize("role", [Role.LECTURE, Role.SECRETARIAT, Role.INTERVENANT])
def test_who_lets_nothing_leave_makes_neither(services: Services, whole: UUID, role: Role) -> None:
    other = make_services(as_role(services.context, role, "valbrune-60"))
    with pytest.raises(Refusal):
        other.dossier_paper.sections(whole)
    with pytest.raises(Refusal):
        other.access_answers.of_person(whole)


# -- the answer to a request of access -----------------------------------------------------------------------


@pytest.fixture
def answers(services: Services) -> AccessAnswers:
    return services.access_answers


@pytest.fixture
def answer(answers: AccessAnswers, whole: UUID) -> UUID:
    return answers.start(whole, Authority.PROSECUTOR, date(2026, 11, 20))


@pytest.fixture
def key(answers: AccessAnswers, answer: UUID) -> str:
    """The passage of the interview."""
    return _key(answers, answer, NOTE)


def _key(answers: AccessAnswers, answer: UUID, said: str) -> str:
    every = (
        one for category in answers.view(answer).categories for record in category.records for one in record.passages
    )
    return next(one.key for one in every if one.words == said)


def test_third_parties_are_masked_before_anybody_looked_and_the_rest_is_there(
    answers: AccessAnswers, answer: UUID
) -> None:
    text = one_line(answers.preview(answer)).replace("\u00a0", " ")
    assert "Nathalie" not in text
    assert "06 39 98 22 70" not in text
    assert f"Vu avec sa mère {HIDDEN}, au {HIDDEN}. Veut un CAP." in text
    assert "PROJET" in text
    for said in ("R. 113-55", "78-17", "Entretiens", "Cinq ans après la fin", "le CPIP ne le remet pas à la personne"):
        assert said in text, said


def test_a_word_is_masked_and_shown_again_by_the_officer(answers: AccessAnswers, answer: UUID, key: str) -> None:
    before = answers.view(answer).hidden[key]
    answers.hide(answer, key, {8})
    text = one_line(answers.preview(answer)).replace("\u00a0", " ")
    assert "Nathalie" in text, "the officer showed it"
    assert before != answers.view(answer).hidden[key] == frozenset({8})
    answers.hide(answer, key, before)
    assert "Nathalie" not in one_line(answers.preview(answer))


def test_a_text_that_changed_is_masked_again_as_at_first(
    answers: AccessAnswers, services: Services, whole: UUID, answer: UUID, key: str
) -> None:
    answers.hide(answer, key, ())
    assert "Nathalie" in one_line(answers.preview(answer)), "the control"
    (interview,) = services.interviews.reading.of_person(whole)
    services.interviews.writing.save_fields(UUID(key.split(".")[1]), {"today": f"{NOTE} Nathalie rappellera."})
    assert interview is not None
    assert "Nathalie" not in one_line(answers.preview(answer))


def test_each_authority_answers_for_its_own_data(answers: AccessAnswers, answer: UUID, whole: UUID) -> None:
    prison = answers.start(whole, Authority.PRISON_HEAD, TODAY)
    codes = {one: {category.code for category in answers.view(one).categories} for one in (answer, prison)}
    assert "custody" in codes[prison] - codes[answer]
    assert "interview" in codes[answer] - codes[prison]
    text = one_line(answers.preview(prison)).replace("\u00a0", " ")
    assert "R. 240-7" in text


def test_confidences_are_counted_and_never_read(answers: AccessAnswers, answer: UUID) -> None:
    (category,) = [one for one in answers.view(answer).categories if one.code == "confidence"]
    assert (category.count, category.records) == (1, [])
    assert "leur contenu ne se communique pas" in one_line(answers.preview(answer)).replace("\u00a0", " ")


def test_an_answer_is_established_once_read_and_then_stands(
    answers: AccessAnswers, services: Services, answer: UUID, key: str
) -> None:
    with pytest.raises(Refusal, match="answer_addressee_needed"):
        answers.establish(answer, read=False)
    answers.write_head(answer, "Procureur de la République près le tribunal judiciaire d’Orsanne", "DA 2026-14")
    with pytest.raises(Refusal, match="answer_unread"):
        answers.establish(answer, read=False)
    paper = answers.establish(answer, read=True)
    text = one_line(paper.content)
    assert "PROJET" not in text
    assert "tribunal judiciaire d’Orsanne" in text
    changes: tuple[Callable[[], object], ...] = (
        lambda: answers.hide(answer, key, ()),
        lambda: answers.write_head(answer, "x", ""),
        lambda: answers.bin(answer),
    )
    for change in changes:
        with pytest.raises(Refusal, match="answer_prepared"):
            change()
    with services.context.store.reading() as tx:
        assert [one.content for one in papers.of(tx, answer)] == [paper.content]
        acts = [(one.act, one.recipient) for one in journal.lines_about(tx.connection, answer)]
    assert ("establish_access_answer", "Procureur de la République près le tribunal judiciaire d’Orsanne") in acts
    assert answers.paper(answer).content == paper.content, "printed again, the same bytes"


def test_a_request_to_come_is_refused_and_one_noted_by_mistake_goes(
    answers: AccessAnswers, whole: UUID, answer: UUID
) -> None:
    with pytest.raises(Refusal, match="answer_received_in_future"):
        answers.start(whole, Authority.PROSECUTOR, date(2026, 11, 23))
    answers.bin(answer)
    assert answers.of_person(whole) == []
    answers.restore(answer)
    assert [one.id for one in answers.of_person(whole)] == [answer]
