"""Outcomes of what waited: reports sent, first interviews held, reviews put off."""

from collections.abc import Callable
from datetime import timedelta

from spip_desktop.demo.play import Scene
from spip_desktop.domain.todo import Answer

#: What was done in time was done some days before it was due.
_BEFORE = timedelta(days=3)


def answer(scene: Scene) -> None:
    """What waits of these rules was done, each in its time."""
    today = scene.play.clock.clock.today()
    todo, rules = scene.desk.services.todo, scene.take("rules")
    for line in todo.of_person(scene.person_id):
        if line.may_be_done and line.key.partition(":")[0] in rules:
            done_on, to = min(line.due - _BEFORE, today), "jap" if line.report else ""
            todo.answer(scene.person_id, line.key, Answer.DONE, done_on=done_on, recipient=to)


def put_off(scene: Scene) -> None:
    """What waits of these rules is seen to later, and why."""
    todo, rules = scene.desk.services.todo, scene.take("rules")
    until, reason = scene.take("until"), scene.take("reason")
    for line in todo.of_person(scene.person_id):
        if line.key.partition(":")[0] in rules:
            todo.answer(scene.person_id, line.key, Answer.PUT_OFF, until=until, reason=reason)


ACTS: dict[str, Callable[[Scene], None]] = {"todo.answer": answer, "todo.put_off": put_off}
