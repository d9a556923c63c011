"""« Ce qui a changé » over the store: two versions of one person, of whatever distance, and their page."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import definition
from spip_desktop.db import evaluation as rows
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind, Evolution, FieldState, FindingKind
from spip_desktop.domain.evaluation_changes import FindingChangeKind
from spip_desktop.domain.text_diff import Op
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation import EvaluationService
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.evaluation_findings import Words
from spip_desktop.services.person import PersonService, QuickStart
from tests.documents import reading
from tests.services.test_evaluation import BRUNO, NOTE, STEP, complete, draft, evaluations, loic, save

__all__ = ["draft", "evaluations", "loic"]  # fixtures


@pytest.fixture
def versions(evaluations: EvaluationService, draft: UUID, loic: UUID) -> tuple[UUID, UUID]:
    """A first version arrêtée, and the annual one just started from it."""
    complete(evaluations, draft)
    save(evaluations, draft, STEP, note=NOTE)
    evaluations.findings.add(draft, STEP, FindingKind.PROTECTION, Words(BRUNO, len(NOTE)))
    save(evaluations, draft, "situation_concrete", hebergement="stable", state=FieldState.EXPLORED)
    evaluations.course.freeze(draft)
    return draft, evaluations.draft.start(loic, Start(kind=EvaluationKind.ANNUAL))


def test_a_version_just_started_from_another_has_no_change_and_says_what_was_not_looked_at(
    evaluations: EvaluationService, versions: tuple[UUID, UUID]
) -> None:
    compared = evaluations.changes.between(*versions)
    assert compared.nothing
    assert STEP in compared.not_reviewed
    (page,) = reading.pages(evaluations.changes.paper(*versions).content)
    assert "Aucun changement." in page
    assert "Repris sans avoir été revus" in page


def test_words_answers_and_findings_that_changed_whichever_version_is_named_first(
    evaluations: EvaluationService, versions: tuple[UUID, UUID]
) -> None:
    first, second = versions
    save(evaluations, second, STEP, note=NOTE.replace("huit", "neuf"))
    save(evaluations, second, "situation_concrete", hebergement="sans")
    (kept,) = [one for one in evaluations.reading.view(second).findings if one.value.kind is FindingKind.PROTECTION]
    evaluations.findings.save(kept.value.id, {"evolution": Evolution.BETTER})
    evaluations.findings.add(second, "loisirs", FindingKind.RESPONSIVITY)
    compared = evaluations.changes.between(second, first)
    assert (compared.before.id, compared.now.id) == (first, second)
    text, answer = compared.answers
    assert [one.text for one in text.pieces if one.op is Op.NEW] == ["neuf"]
    assert (answer.label, answer.before, answer.now) == ("Hébergement", "Logement stable", "Sans domicile stable")
    assert {one.kind for one in compared.findings} == {FindingChangeKind.EVOLVED, FindingChangeKind.NEW}
    assert compared.steps() == ("formation_emploi", "loisirs", "situation_concrete")
    (page,) = reading.pages(evaluations.changes.paper(first, second).content)
    for words in ("Ce qui a changé", "huit", "neuf", "Logement stable", "Sans domicile stable", "en amélioration"):
        assert words in page


def test_three_versions_apart_the_way_between_is_told(
    evaluations: EvaluationService, versions: tuple[UUID, UUID], loic: UUID
) -> None:
    first, second = versions
    (kept,) = [one for one in evaluations.reading.view(second).findings if one.value.kind is FindingKind.PROTECTION]
    evaluations.findings.save(kept.value.id, {"evolution": Evolution.LIFTED})
    evaluations.course.freeze(second)
    third = evaluations.draft.start(loic, Start(kind=EvaluationKind.CLOSING))
    (change,) = evaluations.changes.between(first, third).findings
    assert change.kind is FindingChangeKind.LIFTED
    assert change.path == ((2, Evolution.LIFTED),)
    assert evaluations.changes.between(second, third).nothing


def test_however_much_changed_it_is_one_page(evaluations: EvaluationService, versions: tuple[UUID, UUID]) -> None:
    first, second = versions
    steps = [step.code for step in evaluations.reading.view(second).session.steps() if step.note]
    for signs, note in ((200, "Un mot. "), (18_000, "Il dit autre chose, et longtemps. ")):
        for step in steps:
            save(evaluations, second, step, note=(note * signs)[:signs])
        content = evaluations.changes.paper(first, second).content
        (page,) = reading.pages(content)
        assert "Note libre" in page
    for number in range(60):
        evaluations.findings.add(second, steps[number % len(steps)], FindingKind.FACT)
    (page,) = reading.pages(evaluations.changes.paper(first, second).content)
    assert "Et 36 autres constats." in page


def test_one_version_alone_or_another_person_is_refused(
    evaluations: EvaluationService, versions: tuple[UUID, UUID], context: Context
) -> None:
    persons = PersonService(context, AccessService(context))
    other = persons.quick_start(
        QuickStart(birth_name="Sow", first_names="Awa", birth_date=date(1990, 1, 2), ecrou_number="9")
    )
    theirs = evaluations.draft.start(other, Start(kind=EvaluationKind.INITIAL))
    for pair in ((versions[0], versions[0]), (versions[0], theirs)):
        with pytest.raises(Refusal) as refused:
            evaluations.changes.between(*pair)
        assert refused.value.code == "evaluation_two_versions"


def test_two_versions_of_one_day_are_two(
    evaluations: EvaluationService, versions: tuple[UUID, UUID], loic: UUID
) -> None:
    first, second = (evaluations.reading.view(one).evaluation for one in versions)
    assert first.started_on == second.started_on
    assert (first.number, second.number) == (1, 2)
    save(evaluations, second.id, "loisirs", note="Le soir du même jour.")
    (change,) = evaluations.changes.between(first.id, second.id).answers
    assert change.now == "Le soir du même jour."
    assert [one.evaluation.number for one in evaluations.reading.versions(loic)] == [2, 1]


def test_versions_of_two_editions_of_the_form_are_each_read_in_their_own_words(
    evaluations: EvaluationService, versions: tuple[UUID, UUID], context: Context
) -> None:
    first, second = versions
    content = evaluations.reading.form().definition.content.decode()
    shipped = evaluations.reading.form().version
    edition = content.replace(f"version = {shipped}", f"version = {shipped + 1}", 1).replace(
        '"Logement stable"', '"Chez soi"'
    )
    edition = edition.replace('"En structure"', '"En foyer"')
    edition = edition.replace('code = "dettes"\nkind = "yes_no"', 'code = "impayes"\nkind = "yes_no"')
    edition = edition.replace('question = "dettes"', 'question = "impayes"')
    with context.store.transaction(context.actor, "test") as tx:
        definition.keep(tx, "form", "evaluation", shipped + 1, edition.encode())
        rows.EVALUATIONS.save(tx, replace(rows.EVALUATIONS.get(tx, second), form_version=shipped + 1))
    assert evaluations.reading.view(first).session.form.question("dettes") is not None
    assert evaluations.reading.view(second).session.form.question("dettes") is None
    assert evaluations.changes.between(first, second).nothing, "the form says it otherwise, the person does not"
    save(evaluations, second, "situation_concrete", impayes="oui")
    assert [one.label for one in evaluations.changes.between(first, second).answers][-1] == "Dettes ou impayés"
    save(evaluations, second, "situation_concrete", hebergement="structure")
    answer = evaluations.changes.between(first, second).answers[0]
    assert (answer.label, answer.before, answer.now) == ("Hébergement", "Logement stable", "En foyer")
    assert "En foyer" in reading.one_line(evaluations.changes.paper(first, second).content)
