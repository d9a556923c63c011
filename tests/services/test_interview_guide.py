"""The trame d'entretien through its service: two sides, nobody's name, found by who may open the dossier."""

from datetime import date
from uuid import UUID

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import EvaluationKind
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.measure import PenalCategory
from spip_desktop.domain.officer import Actor, Role
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation import EvaluationService
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.person import PersonService
from tests.documents import reading
from tests.services.test_evaluation import FIELDS, complete, draft, evaluations, loic, set_category
from tests.store_fixtures import make_officer

__all__ = ["draft", "evaluations", "loic"]  # fixtures


@pytest.mark.parametrize(
    ("category", "kind", "blocks"),
    [
        (PenalCategory.CONVICTED, EvaluationKind.INITIAL, 11),
        (PenalCategory.REMAND, EvaluationKind.INITIAL, 11),
        (PenalCategory.CONVICTED, EvaluationKind.SHORT, 6),
    ],
)
def test_it_has_two_sides_with_the_code_on_each_and_names_nobody(
    evaluations: EvaluationService,
    context: Context,
    loic: UUID,
    category: PenalCategory,
    kind: EvaluationKind,
    blocks: int,
) -> None:
    set_category(context, loic, category)
    short = FIELDS if kind is EvaluationKind.SHORT else ()
    id_ = evaluations.draft.start(loic, Start(kind=kind, short_fields=short, interview_on=date(2026, 11, 20)))
    guide = evaluations.guide.guide(id_)
    assert [one.number for one in guide.blocks] == list(range(1, blocks + 1))
    content = evaluations.guide.paper(id_).content
    sides = reading.pages(content)
    assert len(sides) == 2
    for side in sides:
        assert f"Code {grouped(guide.code, 3)}" in side
        for word in ("Perrin", "PERRIN", "Loïc", "12345", "SPIP", "Vasseur"):
            assert word not in side
    innocent = category is PenalCategory.REMAND
    assert ("les faits ne sont pas abordés" in reading.one_line(content)) is innocent


def test_its_order_is_that_of_the_steps_without_the_analysis(evaluations: EvaluationService, draft: UUID) -> None:
    steps = [step.code for step in evaluations.reading.view(draft).session.steps()]
    steps.remove("analyse")
    assert [one.step for one in evaluations.guide.guide(draft).blocks] == steps


def test_its_code_finds_its_place_while_it_is_a_draft(evaluations: EvaluationService, draft: UUID, loic: UUID) -> None:
    code = evaluations.guide.guide(draft).code
    (found,) = evaluations.guide.find(grouped(code, 3).lower())
    assert (found.evaluation_id, found.person_id, found.name) == (draft, loic, "Loïc PERRIN")
    assert evaluations.guide.find("perrin") == ()
    complete(evaluations, draft)
    evaluations.course.freeze(draft)
    assert evaluations.guide.find(code) == ()
    with pytest.raises(Refusal):
        evaluations.guide.paper(draft)


def test_the_code_tells_nothing_to_who_does_not_follow_the_person(
    evaluations: EvaluationService, draft: UUID, loic: UUID, context: Context
) -> None:
    PersonService(context, AccessService(context)).assign(loic, context.officer_id, reason="nouveau")
    code = evaluations.guide.guide(draft).code
    other = Context(context.store, Actor(make_officer(context.ids, Role.CPIP, identifier="autre")))
    assert EvaluationService(other, AccessService(other)).guide.find(code) == ()
    assert len(evaluations.guide.find(code)) == 1


def test_the_person_s_own_view_says_neither_who_nor_why_and_takes_two_sides(
    evaluations: EvaluationService, draft: UUID
) -> None:
    content = evaluations.guide.own_view(draft).content
    assert len(reading.pages(content)) == 2
    text = reading.one_line(content)
    assert "8. Alcool, produits, jeux" in text
    assert "Ce document ne mentionne pas le motif de votre détention. Vous pouvez le garder." in text
    for asked in ("J’aimerais que ça change", "Je préfère ne pas en parler", "Ce qui me retient :"):
        assert text.count(asked) == 8
    assert text.count("Je m’en sens capable") == 8
    for word in (
        "Perrin",
        "PERRIN",
        "Loïc",
        "12345",
        "SPIP",
        "CPIP",
        "Vasseur",
        "judiciaire",
        "peine",
        "risque",
        "besoin",
    ):
        assert word not in text
