"""Acts on the evaluation: started, explored step by step, findings made from words of the note, arrêtée, shared."""

from collections.abc import Callable
from uuid import UUID

from spip_desktop.demo.days import ScriptError
from spip_desktop.demo.play import Scene, accepted
from spip_desktop.domain.evaluation import EvaluationKind, FindingKind, MarkKind, NoteMark
from spip_desktop.domain.evaluation_states import EventCode
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_draft import Start
from spip_desktop.services.evaluation_findings import Words

#: How the script writes the three keys: the sign, then a space, at the head of the paragraph.
_KEYS = {"…": MarkKind.WORDS, "★": MarkKind.KEEP, "?": MarkKind.AGAIN}


def start(scene: Scene) -> None:
    scene.values["kind"] = EvaluationKind(scene.take("kind", "initiale"))
    wanted = Start(**scene.values)
    scene.values = {}
    new = scene.desk.evaluations.draft.start(scene.person_id, wanted)
    scene.name("evaluation", new)
    for step, field in scene.desk.evaluations.reading.view(new).fields.items():
        scene.name(f"step.{step}", field.value.id)


def explore(scene: Scene) -> None:
    """One step of the form: note and marks, state, answers, then what is made of words of the note."""
    step, findings = scene.take("step"), scene.take("findings", ())
    changes = {**scene.take("answers", {}), **scene.values}
    scene.values = {}
    if "note" in changes:
        changes["note"], changes["marks"] = read_note(changes["note"])
    accepted(scene.desk.evaluations.draft.save_step(scene.named(f"step.{step}"), changes), f"{scene.who}, {step}")
    note = str(changes.get("note", ""))
    for finding in findings:
        scene.play.clock.pass_by(seconds=25)
        _add_finding(scene, step, note, dict(finding))


def _add_finding(scene: Scene, step: str, note: str, written: dict[str, object]) -> None:
    service, name = scene.desk.evaluations.findings, str(written.pop("as", ""))
    kind, chosen = FindingKind(str(written.pop("kind"))), str(written.pop("words", ""))
    place = note.find(chosen)
    if place < 0:
        raise ScriptError(f"{scene.who}, {step}: « {chosen} » is not in the note")
    words = Words(place, place + len(chosen)) if chosen else None
    priority = written.pop("priority", False)
    id_ = service.add(scene.named("evaluation"), step, kind, words)
    accepted(service.save(id_, written), scene.who)
    if priority:
        service.prioritise(id_, True)
    scene.name(name, id_)


def look_again(scene: Scene) -> None:
    """How a finding carried from the version before stands now."""
    lineage = scene.named(scene.take("finding"))
    findings = scene.desk.evaluations.reading.view(scene.named("evaluation")).findings
    found = next((one.value.id for one in findings if one.value.lineage == lineage), None)
    if found is None:
        raise ScriptError(f"{scene.who}: finding not carried over")
    changes, scene.values = dict(scene.values), {}
    accepted(scene.desk.evaluations.findings.save(found, changes), scene.who)


def save(scene: Scene) -> None:
    changes, scene.values = dict(scene.values), {}
    accepted(scene.desk.evaluations.draft.save(scene.named("evaluation"), changes), scene.who)


def freeze(scene: Scene) -> None:
    scene.desk.evaluations.course.freeze(scene.named("evaluation"))


def fact(scene: Scene) -> None:
    """Shared with the person, seen or returned by the DPIP."""
    code = EventCode(scene.take("fact"))
    day = scene.take("day", scene.play.clock.clock.today())
    scene.desk.evaluations.course.record(scene.named("evaluation"), code, day, scene.take("comment", ""))


def read_note(written: str) -> tuple[str, tuple[NoteMark, ...]]:
    """The note and its marks; a paragraph that starts with « … », ★ or ? bears that mark."""
    paragraphs, marks, place = [], [], 0
    for line in written.strip().split("\n"):
        paragraph = line.lstrip(NBSP)  # put before a « ? » at the head of its line
        kind = _KEYS.get(paragraph[:1])
        text = paragraph[1:].strip() if kind else paragraph
        if kind:
            marks.append(NoteMark(kind, place))
        paragraphs.append(text)
        place += len(text) + 1
    return "\n".join(paragraphs), tuple(marks)


def confide(scene: Scene) -> None:
    """What the person told this officer alone."""
    made = scene.desk.services.confidences.add(scene.person_id, scene.play.clock.clock.today())
    accepted(scene.desk.services.confidences.save(made, {"text": scene.take("text")}), scene.who)


def lineage_of(scene: Scene, name: str) -> UUID:
    """The lineage of a finding of this dossier."""
    wanted = scene.named(name)
    for version in scene.desk.evaluations.reading.versions(scene.person_id):
        for one in scene.desk.evaluations.reading.view(version.evaluation.id).findings:
            if wanted in (one.value.id, one.value.lineage):
                return one.value.lineage
    raise ScriptError(f"{scene.who}: no finding {name}")


ACTS: dict[str, Callable[[Scene], None]] = {
    "evaluation": start,
    "explore": explore,
    "look_again": look_again,
    "evaluation.save": save,
    "evaluation.freeze": freeze,
    "evaluation.fact": fact,
    "confidence": confide,
}
