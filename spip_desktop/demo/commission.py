"""Acts on the commissions: who met those who arrive, the PEP copied, contributions, passages and what came of them."""

from collections.abc import Callable
from uuid import UUID

from spip_desktop.demo.play import Scene, accepted
from spip_desktop.domain.board_review import Board, BoardDecision, BoardMember, Outcome


def arrivals(scene: Scene) -> None:
    """« meetings »: profession, day, by."""
    for one in scene.take("meetings"):
        scene.play.clock.pass_by(seconds=20)
        service = scene.desk.services.arrivals
        service.note_meeting(scene.person_id, one["profession"], one["day"], one.get("by", ""))


def pep(scene: Scene) -> None:
    day, text, again = scene.take("day"), scene.take("text"), scene.take("next_review", None)
    scene.desk.services.pep.copy(scene.person_id, day, text, again)


def contribution(scene: Scene) -> None:
    """Reported, then read again by who said it unless « read_by » is missing."""
    service, read_by, read_on = (
        scene.desk.services.contributions,
        scene.take("read_by", ""),
        scene.take("read_on", None),
    )
    settled = scene.take("settled", True)
    id_ = service.start(scene.person_id)
    changes, scene.values = dict(scene.values), {}
    accepted(service.save_fields(id_, changes), scene.who)
    if settled:
        service.settle(id_, read_by, read_on)


def start(scene: Scene) -> None:
    """A passage with its fields, its « members » and its « decisions »; « issued » freezes it."""
    board, draft = Board(scene.take("board")), scene.desk.services.commissions.draft
    id_ = draft.start(scene.person_id, board)
    scene.name(scene.take("as", ""), id_)
    _write(scene, id_)


def again(scene: Scene) -> None:
    """The version that answers a return."""
    name = scene.take("of")
    id_ = scene.desk.services.commissions.draft.new_version(scene.named(name))
    scene.name(name, id_)
    _write(scene, id_)


def decided(scene: Scene) -> None:
    """The decision of the CPU copied, and its actions."""
    course, review = scene.desk.services.commissions.course, scene.named(scene.take("of"))
    course.copy_decision(review, scene.take("day"), scene.take("text"))
    for one in scene.take("actions", ()):
        course.add_action(review, one["label"], one["who"], one["due"])


def outcome(scene: Scene) -> None:
    services, review = scene.desk.services, scene.named(scene.take("of"))
    label, day = scene.take("label"), scene.play.clock.clock.today()
    found = services.commissions.reading.view(review).decisions
    lineage = next(one.decision.lineage for one in found if one.decision.label == label)
    services.commissions.course.note_outcome(review, lineage, Outcome.DONE, day, scene.take("comment", ""))


def answer(scene: Scene) -> None:
    """The DPIP sends the synthesis back with a comment, or approves it."""
    course, review = scene.desk.services.commissions.course, scene.named(scene.take("of"))
    comment = scene.take("comment", "")
    if comment:
        course.send_back(review, comment)
    else:
        course.note_visa(review, scene.play.clock.clock.today())


ACTS: dict[str, Callable[[Scene], None]] = {
    "arrivals": arrivals,
    "pep": pep,
    "contribution": contribution,
    "board": start,
    "board.again": again,
    "board.decided": decided,
    "board.outcome": outcome,
    "board.answer": answer,
}


def _write(scene: Scene, review: UUID) -> None:
    ids, issued = scene.desk.services.context.ids, scene.take("issued", False)
    changes = dict(scene.values)
    scene.values = {}
    if "members" in changes:
        changes["members"] = tuple(BoardMember(id=ids.new(), **one) for one in changes["members"])
    if "decisions" in changes:
        changes["decisions"] = tuple(_decision(ids.new(), one) for one in changes["decisions"])
    scene.play.clock.pass_by(seconds=50)
    if changes:
        accepted(scene.desk.services.commissions.draft.save_fields(review, changes), scene.who)
    if issued:
        scene.desk.services.commissions.course.issue(review)


def _decision(new: UUID, written: dict[str, object]) -> BoardDecision:
    return BoardDecision(id=new, lineage=new, **written)  # type: ignore[arg-type]
