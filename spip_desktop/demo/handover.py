"""Dossiers that go to another service, or came from one: the lines of a script."""

from collections.abc import Callable

from spip_desktop.db.event import EVENTS
from spip_desktop.db.handover import HANDOVERS
from spip_desktop.db.officer import OFFICERS
from spip_desktop.demo.play import Scene
from spip_desktop.domain.event import Event
from spip_desktop.domain.handover import KIND, Handover, Step
from spip_desktop.domain.officer import Officer
from spip_desktop.services.handover import Proposal, service_words


def propose(scene: Scene) -> None:
    proposal = Proposal(
        reason=scene.take("reason"),
        to_service=scene.take("to_service"),
        to_officer=scene.take("to_officer", ""),
        note=scene.take("note", ""),
        papers=tuple(scene.take("papers", ())),
        sealed=tuple((one["title"], one["addressee"]) for one in scene.take("sealed", ())),
    )
    scene.name(scene.take("as"), scene.desk.services.handovers.propose(scene.person_id, proposal))


def came(scene: Scene) -> None:
    """A proposal of another service, as its package brought it: its officer has no key here."""
    context = scene.desk.entry.context
    with context.store.transaction(context.actor, "import_package") as tx:
        given, family = scene.take("by_officer").split(" ", 1)
        officer = Officer(
            id=tx.ids.new(),
            identifier="",
            family_name=family,
            first_name=given,
            function="cpip",
            roles=(),
            active=False,
        )
        handover = Handover(
            id=tx.ids.new(),
            person_id=scene.person_id,
            reason=scene.take("reason"),
            from_service=scene.take("from_service"),
            to_service=service_words(scene.desk.services.account.service()),
            proposed_on=scene.take("proposed_on"),
            note=scene.take("note", ""),
            papers=tuple(scene.take("papers", ())),
        )
        proposed = Event(
            id=tx.ids.new(),
            kind=KIND,
            object_id=handover.id,
            person_id=scene.person_id,
            code=Step.PROPOSED,
            happened_on=handover.proposed_on,
            entered_at=tx.now,
            entered_by=officer.id,
        )
        OFFICERS.save(tx, officer)
        HANDOVERS.save(tx, handover)
        EVENTS.save(tx, proposed)
        tx.note(KIND, handover.id)
    scene.name(scene.take("as"), handover.id)


def step(scene: Scene) -> None:
    """The next step, on the day that is played."""
    today = scene.play.clock.clock.today()
    scene.desk.services.handovers.note_step(
        scene.named(scene.take("handover")),
        Step(scene.take("step")),
        today,
        scene.take("comment", ""),
        scene.take("appointment_on", None),
    )


ACTS: dict[str, Callable[[Scene], None]] = {
    "handover.propose": propose,
    "handover.came": came,
    "handover.step": step,
}
