"""What the papers of the commissions say of the evaluation, of the plan and of what others brought."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.domain.contribution import Contribution, HowGiven
from spip_desktop.domain.evaluation import Evaluation, EvaluationKind, Evolution, Finding, FindingKind
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.pacep import Pacep
from spip_desktop.domain.pacep_states import PlanState
from spip_desktop.domain.person import Person
from spip_desktop.services.commission_content import (
    Around,
    analysis,
    evaluation_line,
    plan_line,
    voices_of,
)
from spip_desktop.services.pacep import Version
from tests.store_fixtures import make_service

PERSON = UUID(int=1)
FROZEN = Evaluation(
    id=UUID(int=10),
    lineage=UUID(int=10),
    person_id=PERSON,
    number=1,
    kind=EvaluationKind.INITIAL,
    started_on=date(2026, 9, 1),
    form_code="evaluation",
    form_version=1,
    frozen_on=date(2026, 9, 20),
)
DRAFT = replace(
    FROZEN, id=UUID(int=11), number=2, kind=EvaluationKind.ANNUAL, started_on=date(2026, 11, 20), frozen_on=None
)


def finding(number: int, kind: FindingKind, wording: str, **more: object) -> Finding:
    made = Finding(
        id=UUID(int=100 + number),
        lineage=UUID(int=100 + number),
        evaluation_id=FROZEN.id,
        person_id=PERSON,
        step="emploi",
        kind=kind,
        wording=wording,
    )
    return replace(made, **more)  # type: ignore[arg-type]


FINDINGS = (
    finding(1, FindingKind.NEED, "se qualifier", priority=2, priority_reason="il le dit"),
    finding(2, FindingKind.NEED, "un logement", priority=1, priority_reason="rien à la sortie"),
    finding(3, FindingKind.DYNAMIC_RISK, "oisiveté"),
    finding(4, FindingKind.PROTECTION, "sa mère"),
    finding(5, FindingKind.PROTECTION, "un ancien patron", evolution=Evolution.LIFTED),
    finding(6, FindingKind.RESPONSIVITY, "parle facilement"),
)


def test_the_lists_of_the_evaluation_keep_the_order_that_was_written_and_leave_what_was_lifted() -> None:
    found = {one.title: one.lines for one in analysis(FINDINGS, presumed_innocent=False)}
    assert found == {
        "Besoins à travailler": ("Un logement\u00a0: rien à la sortie", "Se qualifier\u00a0: il le dit"),
        "Facteurs de risque dynamiques": ("Oisiveté",),
        "Facteurs de protection": ("Sa mère",),
        "Indices de réceptivité": ("Parle facilement",),
    }


def test_of_a_person_presumed_innocent_nothing_about_the_facts_is_left() -> None:
    titles = [one.title for one in analysis(FINDINGS, presumed_innocent=True)]
    assert titles == ["Facteurs de protection", "Indices de réceptivité"]


def test_what_exists_of_the_evaluation_is_said_as_it_is() -> None:
    assert evaluation_line([]) == "Évaluation non commencée"
    assert evaluation_line([FROZEN]) == "Évaluation initiale (n°\u00a01) arrêtée le 20/09/2026"
    assert evaluation_line([replace(DRAFT, number=1)]) == "Évaluation annuelle commencée le 20/11/2026, non arrêtée"
    both = "Évaluation initiale (n°\u00a01) arrêtée le 20/09/2026\u00a0; évaluation annuelle commencée le 20/11/2026, "
    assert evaluation_line([DRAFT, FROZEN]) == f"{both}non arrêtée"


def test_what_exists_of_the_plan_is_said_as_it_is() -> None:
    def version(number: int, state: PlanState) -> Version:
        id_ = UUID(int=20 + number)
        plan = Pacep(id=id_, lineage=id_, person_id=PERSON, number=number, started_on=date(2026, 9, 1))
        return Version(plan=plan, state=state, events=())

    assert plan_line([]) == "PACEP non commencé"
    assert plan_line([version(1, PlanState.DRAFT)]) == "PACEP\u00a0: version 1 en préparation"
    assert plan_line([version(1, PlanState.IN_FORCE)]) == "PACEP\u00a0: version 1 en vigueur"
    both = [version(1, PlanState.IN_FORCE), version(2, PlanState.DRAFT)]
    assert plan_line(both) == "PACEP\u00a0: version 1 en vigueur, version 2 en préparation"


def test_a_synthesis_holds_what_was_said_since_its_evaluation_was_begun(ids: Ids) -> None:
    def said(number: int, day: date, evaluation: UUID | None = None) -> Contribution:
        return Contribution(
            id=UUID(int=30 + number),
            person_id=PERSON,
            entered_by=UUID(int=9),
            how=HowGiven.REPORTED,
            evaluation_id=evaluation,
            said_on=day,
        )

    older, since, tied = said(1, date(2025, 3, 1)), said(2, date(2026, 9, 2)), said(3, date(2026, 8, 30), FROZEN.id)
    around = Around(
        person=Person(id=PERSON, birth_name="Perrin", first_names="Loïc"),
        custody=None,
        service=make_service(ids),
        prepared_by="",
        presumed_innocent=False,
        frame="",
        known=(),
        voices=(older, since, tied),
        reporters={},
    )
    assert voices_of(around, FROZEN).voices == (since, tied)
    assert voices_of(around, None).voices == (older, since, tied)
