"""Acts on the follow-up of the obligations: the lines of a script, register by register."""

from collections.abc import Callable
from typing import Any

from spip_desktop.demo.days import ScriptError
from spip_desktop.demo.play import Scene
from spip_desktop.domain.dates import parse_hour
from spip_desktop.domain.hours import HoursLine, HoursStep
from spip_desktop.domain.payment import Payment, PaymentPlan
from spip_desktop.domain.proof import Check, Proof
from spip_desktop.domain.register import RegisterLine
from spip_desktop.domain.week_hours import parse_week
from spip_desktop.domain.work import WorkSession, WorkTerms, length

#: The register of each kind of line, what makes the line, and what it is about.
_KINDS: dict[str, tuple[str, type[RegisterLine], str]] = {
    "check": ("checks", Check, "obligation_id"),
    "proof": ("proofs", Proof, "obligation_id"),
    "plan": ("plans", PaymentPlan, "obligation_id"),
    "payment": ("payments", Payment, "obligation_id"),
    "session": ("sessions", WorkSession, "measure_id"),
    "terms": ("terms", WorkTerms, "measure_id"),
    "hours": ("hours", HoursLine, "measure_id"),
}


def followed(scene: Scene) -> None:
    """« lines », one after the other; each says its « kind » and what it is « of » (the measure if it does not)."""
    for written in scene.take("lines"):
        scene.play.clock.pass_by(seconds=15)
        _note(scene, dict(written))


def _note(scene: Scene, written: dict[str, Any]) -> None:
    kind = written.pop("kind")
    if kind not in _KINDS:
        raise ScriptError(f"{scene.who}: no register of {kind}")
    register, line, about = _KINDS[kind]
    name, id_ = written.pop("as", ""), scene.desk.entry.context.ids.new()
    values = {about: scene.named(written.pop("of", "mesure")), **_values(scene, written)}
    getattr(scene.desk.services.obligations, register).note(line(id=id_, person_id=scene.person_id, **values))
    scene.name(name, id_)


def _values(scene: Scene, written: dict[str, Any]) -> dict[str, Any]:
    """What is written as one types it, as the line takes it."""
    if "proof" in written:
        written["kind"] = written.pop("proof")
    if "slots" in written:
        written["slots"] = parse_week(written["slots"])
    if "step" in written:
        written["step"] = HoursStep(written["step"])
    if "answers" in written:
        written["answers"] = scene.named(written["answers"])
    if "begins" in written:
        for end in ("begins", "finishes"):
            hour = parse_hour(written[end]) or (0, 0)
            written[end] = hour[0] * 60 + hour[1]
        written["minutes"] = length(written["begins"], written["finishes"], written.get("pause", 0))
    return written


ACTS: dict[str, Callable[[Scene], None]] = {"followed": followed}
