"""Acts on the PACEP: written, put to the person, answered, stamped, in force, carried out, begun again."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from spip_desktop.demo.days import ScriptError
from spip_desktop.demo.evaluation import lineage_of
from spip_desktop.demo.play import Scene, accepted
from spip_desktop.domain.pacep import ActionMode, Pacep, Part, live
from spip_desktop.domain.pacep_states import Agreement, VisaWay
from spip_desktop.services.pacep import Answer, Visa


def start(scene: Scene) -> None:
    """A new draft with its axes, objectives and actions."""
    scene.name("plan", scene.desk.plans.draft.start(scene.person_id))
    _write(scene)


def new_version(scene: Scene) -> None:
    scene.name("plan", scene.desk.plans.draft.new_version(scene.named("plan")))
    _write(scene)


def write(scene: Scene) -> None:
    """More of a draft: fields of the plan, axes to add, and `parts` to change by their name."""
    _write(scene)


def add_action(scene: Scene) -> None:
    """One more action under an objective of the draft."""
    objective, name = _part(scene, scene.take("objective")), scene.take("as", "")
    mode = ActionMode(scene.take("mode", "interne"))
    id_ = scene.desk.plans.draft.add_action(scene.named("plan"), objective.id, mode)
    scene.name(name, id_)
    changes, scene.values = dict(scene.values), {}
    _save(scene, {f"{id_}.{field}": value for field, value in changes.items()})


def submit(scene: Scene) -> None:
    scene.desk.plans.course.submit(scene.named("plan"))


def answer(scene: Scene) -> None:
    objectives = tuple(scene.named(name) for name in scene.take("objectives", ()))
    given = Answer(
        agreement=Agreement(scene.take("answer")),
        happened_on=scene.take("day", scene.play.clock.clock.today()),
        objectives=objectives,
        comment=scene.take("comment", ""),
    )
    scene.desk.plans.course.note_agreement(scene.named("plan"), given)


def visa(scene: Scene) -> None:
    way = VisaWay(scene.take("way", "visa"))
    day = scene.take("day", scene.play.clock.clock.today())
    given = Visa(way=way, happened_on=day, signed_by=scene.take("signed_by", ""))
    scene.desk.plans.course.note_visa(scene.named("plan"), given)


def in_force(scene: Scene) -> None:
    scene.desk.plans.course.put_in_force(scene.named("plan"), scene.play.clock.clock.today())


def progress(scene: Scene) -> None:
    lineage, state = scene.named(scene.take("part")), scene.take("state")
    day = scene.take("day", scene.play.clock.clock.today())
    scene.desk.plans.course.note_progress(scene.named("plan"), lineage, state, day, scene.take("result", ""))


ACTS: dict[str, Callable[[Scene], None]] = {
    "plan": start,
    "plan.new_version": new_version,
    "plan.write": write,
    "plan.action": add_action,
    "plan.submit": submit,
    "plan.answer": answer,
    "plan.visa": visa,
    "plan.in_force": in_force,
    "plan.progress": progress,
}


# -- writing -------------------------------------------------------------------------------------------------


def _write(scene: Scene) -> None:
    axes, parts = scene.take("axes", ()), scene.take("parts", {})
    changes, scene.values = _needs(scene, dict(scene.values)), {}
    for name, values in parts.items():
        part = _part(scene, name)
        changes |= {f"{part.id}.{field}": value for field, value in values.items()}
    _save(scene, changes)
    for axis in axes:
        _add_axis(scene, dict(axis))


def _needs(scene: Scene, changes: dict[str, Any]) -> dict[str, Any]:
    """« without_axis » names needs of the evaluation and says why none works on them."""
    for name, why in changes.pop("without_axis", {}).items():
        changes[f"need.{lineage_of(scene, name)}.why"] = why
    return changes


def _add_axis(scene: Scene, written: dict[str, Any]) -> None:
    drafts, plan = scene.desk.plans.draft, scene.named("plan")
    objectives, tied, name = written.pop("objectives", ()), written.pop("tie", ()), written.pop("as", "")
    family = {"family": written.pop("family")} if "family" in written else {}  # of every objective of the axis
    axis = _axis_named(scene, name)
    if axis is None:
        axis = drafts.add_axis(plan, written.pop("title"))
        scene.name(name, axis)
    _save(scene, {f"{axis}.{field}": value for field, value in written.items()})
    for finding in tied:
        drafts.tie(plan, axis, lineage_of(scene, finding))
    for one in objectives:
        _add_objective(scene, axis, family | dict(one))


def _axis_named(scene: Scene, name: str) -> UUID | None:
    return _part(scene, name).id if name and scene.knows(name) else None


def _add_objective(scene: Scene, axis: UUID, written: dict[str, Any]) -> None:
    drafts, plan = scene.desk.plans.draft, scene.named("plan")
    actions, name = written.pop("actions", ()), written.pop("as", "")
    objective = drafts.add_objective(plan, axis)
    scene.name(name, objective)
    fields = {f"{objective}.{field}": value for field, value in written.items()}
    for action in actions:
        action = dict(action)
        called, mode = action.pop("as", ""), ActionMode(action.pop("mode", "interne"))
        id_ = drafts.add_action(plan, objective, mode)
        scene.name(called, id_)
        fields |= {f"{id_}.{field}": value for field, value in action.items()}
    _save(scene, fields)


def _save(scene: Scene, changes: dict[str, Any]) -> None:
    scene.play.clock.pass_by(seconds=50)
    if changes:
        accepted(scene.desk.plans.draft.save_fields(scene.named("plan"), changes), scene.who)


def _part(scene: Scene, name: str) -> Part:
    """The part of that name in the version being written: names stand for lineages."""
    version = scene.desk.plans.view(scene.person_id, scene.named("plan")).version
    assert version is not None
    lineage = scene.named(name)
    found = next((one for one in _parts(version.plan) if one.lineage == lineage), None)
    if found is None:
        raise ScriptError(f"{scene.who}: no part {name}")
    return found


def _parts(plan: Pacep) -> Iterator[Part]:
    yield from plan.live_axes()
    for _, objective in plan.live_objectives():
        yield objective
        yield from live(objective.actions)
