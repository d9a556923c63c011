"""Interviews, as they were noted: begun that day, written, arrêtés unless the script says otherwise."""

from collections.abc import Callable

from spip_desktop.demo.play import Scene, accepted


def note(scene: Scene) -> None:
    """The fields of the note; « fields » and « means » by their codes. `draft`: it stays one."""
    services, stays = scene.desk.services, scene.take("draft", False)
    id_ = services.interviews.writing.begin(scene.person_id)
    scene.name(scene.take("as", ""), id_)
    changes = {name: tuple(value) if isinstance(value, list) else value for name, value in scene.values.items()}
    scene.values = {}
    scene.play.clock.pass_by(seconds=60)
    accepted(services.interviews.writing.save_fields(id_, changes), scene.who)
    if not stays:
        services.interviews.writing.close(id_)


def complete(scene: Scene) -> None:
    scene.desk.services.interviews.writing.complete(scene.named(scene.take("of")), scene.take("text"))


ACTS: dict[str, Callable[[Scene], None]] = {"interview": note, "interview.complete": complete}
