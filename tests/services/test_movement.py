"""« Au fil des versions »: what each version said of each field, need and objective, on the screen and on one page."""

import time
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from pikepdf import Pdf

from spip_desktop.db import evaluation as rows
from spip_desktop.db.pacep import PACEPS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.evaluation import (
    Evaluation,
    EvaluationKind,
    Evolution,
    ExploredField,
    FieldState,
    Finding,
    FindingKind,
)
from spip_desktop.domain.movement import Left
from spip_desktop.domain.officer import Role
from spip_desktop.domain.pacep import Axis, Objective, ObjectiveState, Pacep
from spip_desktop.forms.loader import shipped
from spip_desktop.services.context import Context
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.movement import MovementService
from spip_desktop.wiring import make_services
from spip_desktop.wording.movement import runs, state_words
from tests.documents import reading
from tests.services.test_rights import as_role

FIRST = date(2025, 1, 10)
STATES = (FieldState.PARTIAL, FieldState.EXPLORED, FieldState.EXPLORED, FieldState.INSUFFICIENT)
EVOLUTIONS = (Evolution.NEW, Evolution.STABLE, Evolution.BETTER, Evolution.LIFTED)
NEED = "se qualifier dans un métier"
OBJECTIVE = "« reprendre en cuisine »"


@pytest.fixture
def movement(context: Context) -> MovementService:
    return make_services(context).movement


def write(context: Context, person: UUID, versions: int, needs: int = 1, objectives: int = 1) -> None:
    """So many versions of both, two months apart, that move on; the last evaluation still a draft."""
    services = make_services(context)
    form = services.evaluations.reading.form()
    if versions:
        services.evaluations.draft.start(person, Start(kind=EvaluationKind.INITIAL))  # keeps the copy of the form
    with context.store.transaction(context.actor, "test") as tx:
        for old in rows.of_person(tx, person):
            rows.EVALUATIONS.bin(tx, old.value.id)
        lineages = [tx.ids.new() for _ in range(needs)]
        aims = [tx.ids.new() for _ in range(objectives)]
        for number in range(1, versions + 1):
            day = FIRST + timedelta(days=60 * number)
            last = number == versions
            evaluation = Evaluation(
                id=tx.ids.new(), lineage=tx.ids.new(), person_id=person, number=number, kind=EvaluationKind.ANNUAL,
                started_on=day, form_code="evaluation", form_version=form.version, milieu="MF",
                frozen_on=None if last else day,
            )  # fmt: skip
            rows.EVALUATIONS.save(tx, evaluation)
            for step in form.steps:
                state = STATES[(number - 1) % len(STATES)]
                rows.FIELDS.save(tx, ExploredField(
                    id=tx.ids.new(), evaluation_id=evaluation.id, person_id=person, step=step.code, state=state,
                    reviewed=number != 3,
                ))  # fmt: skip
            for place, lineage in enumerate(lineages):
                evolution = EVOLUTIONS[min(number - 1, len(EVOLUTIONS) - 1)] if not place else Evolution.STABLE
                if place or number <= len(EVOLUTIONS):
                    rows.FINDINGS.save(tx, Finding(
                        id=tx.ids.new(), lineage=lineage, evaluation_id=evaluation.id, person_id=person,
                        step="formation_emploi", kind=FindingKind.NEED, evolution=evolution,
                        wording=NEED if number > 1 else "trouver un métier", priority=place + 1,
                    ))  # fmt: skip
            aim = ObjectiveState.RUNNING if 1 < number < versions else ObjectiveState.REACHED
            aim = ObjectiveState.TO_START if number == 1 < versions else aim
            PACEPS.save(tx, Pacep(
                id=tx.ids.new(), lineage=tx.ids.new(), person_id=person, number=number, started_on=day,
                submitted_on=None if last else day,
                axes=(Axis(id=tx.ids.new(), lineage=tx.ids.new(), title="Travailler", objectives=tuple(
                    Objective(id=tx.ids.new(), lineage=one, wording=OBJECTIVE, state=aim, later=number == 1)
                    for one in aims
                )),),
            ))  # fmt: skip


def test_each_version_says_its_states_and_its_words_in_their_order(
    movement: MovementService, context: Context, loic: UUID
) -> None:
    write(context, loic, 4)
    found = movement.of(loic)
    assert [one.number for one in found.evaluations] == [1, 2, 3, 4]
    assert [one.nature for one in found.evaluations] == ["annuelle, arrêtée"] * 3 + ["annuelle, brouillon"]
    labels = [one.words for one in found.fields]
    assert labels[0] == "Antécédents"
    assert len(labels) == 9, "eight fields and the situation; not the welcome, nor what is about the evaluation itself"
    field = next(one for one in found.fields if one.step == "loisirs")
    assert [one.state for one in field.said] == list(STATES)
    assert [one.again for one in field.said] == [False, False, True, False]
    (need,) = found.needs
    assert [one.state for one in need.said] == list(EVOLUTIONS)
    assert [one.words for one in need.said] == ["trouver un métier", "", "", ""], "former words where they differ"
    (objective,) = found.objectives
    assert [state_words(one) for one in objective.said] == ["Plus tard", "En cours", "En cours", "Atteint"]
    assert [objective.moved(at) for at in range(4)] == [False, True, False, True]


def test_what_a_version_left_out_is_said_once(movement: MovementService, context: Context, loic: UUID) -> None:
    write(context, loic, 4, needs=2)
    with context.store.transaction(context.actor, "test") as tx:
        for one in rows.FINDINGS.find(tx, person_id=loic):
            if one.priority == 2 and rows.EVALUATIONS.get(tx, one.evaluation_id).number in (3, 4):
                rows.FINDINGS.bin(tx, one.id)
    gone = next(one for one in movement.of(loic).needs if one.said[0].state is Evolution.STABLE)
    assert [one.state for one in gone.said] == [Evolution.STABLE, Evolution.STABLE, Left.GONE, None]
    assert [one.words for one in runs(gone.said)][-1] == "Retiré"


def test_a_long_history_is_told_in_runs(movement: MovementService, context: Context, loic: UUID) -> None:
    write(context, loic, 6)
    (objective,) = movement.of(loic).objectives
    assert [(one.first, one.last) for one in runs(objective.said)] == [(0, 0), (1, 4), (5, 5)]


def test_what_the_person_chose_to_say_stands_below_the_state_in_the_words_of_the_form(
    movement: MovementService, context: Context, loic: UUID
) -> None:
    own = next(one for one in shipped("evaluation").step("loisirs").questions if one.said_by_person and one.options)
    write(context, loic, 2)
    with context.store.transaction(context.actor, "test") as tx:
        for one in rows.FIELDS.find(tx, person_id=loic, step="loisirs"):
            rows.FIELDS.save(tx, replace(one, answers={own.code: own.options[0].code}))
    field = next(one for one in movement.of(loic).fields if one.step == "loisirs")
    assert [one.own for one in field.said] == [own.options[0].label] * 2


def test_the_page_for_paper_is_one_on_its_side_whatever_the_history(
    movement: MovementService, context: Context, loic: UUID
) -> None:
    write(context, loic, 10, needs=6, objectives=8)
    paper = movement.paper(loic)
    assert paper.title == "Au fil des versions", "names nobody"
    (page,) = reading.pages(paper.content)
    text = " ".join(page.split())
    for expected in (
        "Loïc PERRIN",
        NEED,
        "Information insuffisante",
        "Document interne",
        "ni coloré",
        "Atteint",
    ):
        assert expected in text, expected
    with Pdf.open(BytesIO(paper.content)) as pdf:
        _, _, width, height = (float(edge) for edge in pdf.pages[0].mediabox)
    assert width > height


def test_nothing_written_is_an_empty_picture(movement: MovementService, loic: UUID) -> None:
    found = movement.of(loic)
    assert (found.evaluations, found.plans, found.fields) == ((), (), ())
    assert reading.pages(movement.paper(loic).content)


def test_ten_versions_of_both_are_read_at_once(movement: MovementService, context: Context, loic: UUID) -> None:
    """Far below what is felt: the page reads all of it each time it opens."""
    write(context, loic, 10, needs=6, objectives=8)
    movement.of(loic)
    start = time.perf_counter()
    movement.of(loic)
    assert time.perf_counter() - start < 1


def test_who_may_not_read_plans_sees_none_and_who_reads_no_evaluation_nothing(
    movement: MovementService, context: Context, loic: UUID
) -> None:
    write(context, loic, 2)
    as_role(context, Role.SECRETARIAT, dpip=True)
    with pytest.raises(Refusal):
        movement.of(loic)
