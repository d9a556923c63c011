"""A person, an evaluation and a written plan, for every test of the PACEP."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest

from spip_desktop.db import evaluation as evaluations
from spip_desktop.domain.evaluation import (
    Evaluation,
    EvaluationKind,
    ExploredField,
    Finding,
    FindingKind,
    MarkKind,
    NoteMark,
)
from spip_desktop.domain.pacep import ActionMode
from spip_desktop.services.access import AccessService
from spip_desktop.services.catalogue import Catalogue
from spip_desktop.services.context import Context
from spip_desktop.services.pacep import PacepService
from spip_desktop.services.person import PersonService, QuickStart
from spip_desktop.services.synthesis import SynthesisService

TODAY = date(2026, 11, 22)


def make_pacep(context: Context) -> PacepService:
    access = AccessService(context)
    return PacepService(context, access, SynthesisService(context, access, Catalogue()))


@pytest.fixture
def pacep(context: Context) -> PacepService:
    return make_pacep(context)


@pytest.fixture
def perrin(context: Context) -> UUID:
    start = QuickStart(
        birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), referral_on=date(2026, 8, 16)
    )
    return PersonService(context, AccessService(context)).quick_start(start)


@dataclass(frozen=True)
class Evaluated:
    evaluation_id: UUID
    need: UUID


def evaluate(context: Context, person_id: UUID, *, frozen: bool = True, number: int = 1) -> Evaluated:
    """An evaluation with a need, a strength and the person's words."""
    ids = context.ids
    evaluation = Evaluation(
        id=ids.new(), lineage=ids.new(), person_id=person_id, number=number, kind=EvaluationKind.INITIAL,
        started_on=date(2026, 9, 1), form_code="evaluation", form_version=1,
        frozen_on=date(2026, 11, 10) if frozen else None,
    )  # fmt: skip
    note = "Il parle de la cuisine.\nJe veux un métier, et qu’on me laisse ma chance.\nAutre chose."
    field = ExploredField(
        id=ids.new(), evaluation_id=evaluation.id, person_id=person_id, step="formation_emploi", note=note,
        marks=(NoteMark(MarkKind.WORDS, note.index("Je veux")),),
    )  # fmt: skip
    need, strength = ids.new(), ids.new()
    with context.store.transaction(context.actor, "test") as tx:
        evaluations.EVALUATIONS.save(tx, evaluation)
        evaluations.FIELDS.save(tx, field)
        for lineage, kind, wording in (
            (need, FindingKind.NEED, "se qualifier dans un métier qui lui plaît"),
            (strength, FindingKind.PROTECTION, "huit mois dans un emploi"),
        ):
            finding = Finding(
                id=ids.new(), lineage=lineage, evaluation_id=evaluation.id, person_id=person_id,
                step="formation_emploi", kind=kind, wording=wording,
            )  # fmt: skip
            evaluations.FINDINGS.save(tx, finding)
    return Evaluated(evaluation.id, need)


@dataclass(frozen=True)
class Written:
    plan: UUID
    axis: UUID
    objective: UUID
    external: UUID
    internal: UUID


def write(pacep: PacepService, person_id: UUID, need: UUID) -> Written:
    """A draft with nothing missing: one axis, one objective, two actions."""
    draft = pacep.draft
    plan = draft.start(person_id)
    axis = draft.add_axis(plan, "Travailler et se former")
    objective = draft.add_objective(plan, axis)
    external = draft.add_action(plan, objective, ActionMode.EXTERNAL)
    internal = draft.add_action(plan, objective, ActionMode.INTERNAL)
    draft.tie(plan, axis, need)
    saved = draft.save_fields(
        plan,
        {
            "level": "regulier",
            "level_reason": "Projet qui se précise, sortie dans sept mois.",
            "next_review": date(2027, 5, 22),
            "what_matters": ("Avoir un métier, et qu’on me laisse ma chance.",),
            "strengths": "Vous avez tenu huit mois dans un emploi.",
            f"{objective}.wording": "Reprendre en cuisine et passer un CAP avec un patron",
            f"{objective}.indicator": "contrat ou entrée en formation signés",
            f"{objective}.due": date(2027, 6, 22),
            f"{external}.label": "Fiche pour la mission locale",
            f"{external}.who": "C. Vasseur",
            f"{external}.person_does": "Je prépare mon CV.",
            f"{internal}.label": "Entretien mensuel sur le projet",
            f"{internal}.who": "C. Vasseur",
        },
    )
    assert saved.refused == ()
    return Written(plan, axis, objective, external, internal)


@pytest.fixture
def written(pacep: PacepService, context: Context, perrin: UUID) -> Written:
    return write(pacep, perrin, evaluate(context, perrin).need)
