"""Acts on a sheet: drafted from an action or alone, made ready, answered, handed over, followed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from spip_desktop.demo.play import Scene, accepted
from spip_desktop.domain.prescription_states import Agreement, SheetState


def start(scene: Scene) -> None:
    """A draft; `action` names the action of the plan it serves, `passed_over` the conditions and why.

    `model` is the code of the sheet where it is not that of a mission locale; `service` is then the one it goes to.
    """
    action, name, model = scene.take("action", ""), scene.take("as", "feuille"), scene.take("model", "")
    tied = (scene.named("plan"), scene.named(action)) if action else (None, None)
    start_draft = scene.desk.prescriptions.draft.start
    if model:
        service = scene.named(scene.take("service"))
        scene.name(name, start_draft(scene.person_id, *tied, sheet=model, service_id=service))
    else:
        scene.name(name, start_draft(scene.person_id, *tied))
    scene.values["as"] = name
    write(scene)


def write(scene: Scene) -> None:
    """Fields of the draft, as they are typed."""
    draft, id_ = scene.desk.prescriptions.draft, scene.named(scene.take("as", "feuille"))
    passed_over, read = scene.take("passed_over", {}), scene.take("read", False)
    changes = _changes(scene)
    if changes:
        accepted(draft.save_fields(id_, changes), scene.who)
    for rule, reason in passed_over.items():
        draft.pass_over(id_, rule, reason)
    if read:
        draft.mark_read(id_)


def ready(scene: Scene) -> None:
    scene.desk.prescriptions.course.make_ready(scene.named(scene.take("as", "feuille")))


def answer(scene: Scene) -> None:
    """The person's answer; `but` are the ticks that an « en partie » refuses."""
    id_, refused = scene.named(scene.take("as", "feuille")), scene.take("but", ())
    asked = [one.code for one in scene.desk.prescriptions.view(id_).paper_ticks]
    scene.desk.prescriptions.course.note_agreement(
        id_,
        Agreement(scene.take("answer")),
        _day(scene),
        read_aloud=scene.take("read_aloud", False),
        comment=scene.take("comment", ""),
        accepted=[code for code in asked if code not in refused] if refused else (),
    )


def edition(scene: Scene) -> None:
    """The version with what is accepted; the name goes on to mean that one."""
    name = scene.take("as", "feuille")
    scene.name(name, scene.desk.prescriptions.course.prepare_edition(scene.named(name)))


def hand_over(scene: Scene) -> None:
    id_, day = scene.named(scene.take("as", "feuille")), _day(scene)
    channel, recipient = scene.take("channel"), scene.take("recipient", "")
    scene.desk.prescriptions.course.hand_over(id_, day, channel, recipient)


def state(scene: Scene) -> None:
    scene.desk.prescriptions.course.note_state(
        scene.named(scene.take("as", "feuille")),
        SheetState(scene.take("state")),
        _day(scene),
        comment=scene.take("comment", ""),
        detail=scene.take("detail", {}),
    )


ACTS: dict[str, Callable[[Scene], None]] = {
    "sheet_ml": start,
    "sheet_ml.write": write,
    "sheet_ml.ready": ready,
    "sheet_ml.answer": answer,
    "sheet_ml.edition": edition,
    "sheet_ml.hand_over": hand_over,
    "sheet_ml.state": state,
}


def _changes(scene: Scene) -> dict[str, Any]:
    """Typed fields are `values.<code>`; a partner's service or contact is given by its name in the directory."""
    changes, scene.values = dict(scene.values), {}
    for key in ("service", "contact"):
        if key in changes:
            changes[f"{key}_id"] = scene.named(changes.pop(key))
    typed = changes.pop("typed", {})
    return changes | {f"values.{code}": text for code, text in typed.items()}


def _day(scene: Scene) -> date:
    day = scene.take("day", scene.play.clock.clock.today())
    assert isinstance(day, date)
    return day
