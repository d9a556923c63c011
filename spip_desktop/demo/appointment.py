"""Acts on appointments: fixed, handed over, held or missed, answered; what the agenda knows besides."""

from collections.abc import Callable

from spip_desktop.demo.play import Scene
from spip_desktop.domain.agenda import MeetingPlace, OfficerAbsence, Permanence
from spip_desktop.domain.appointment import WARNINGS, Hour, minutes
from spip_desktop.domain.appointment_states import Answer
from spip_desktop.services.appointment_draft import Wish


def fix(scene: Scene) -> None:
    """An appointment of « about »; the script has read the warnings. « handed »: how the convocation was given."""
    services, handed = scene.desk.services, scene.take("handed", "")
    wish = Wish(
        place_detail=scene.take("place_detail", ""), late_reason=scene.take("late_reason", ""), accepted=WARNINGS
    )
    kind, day, name = scene.take("kind"), scene.take("day"), scene.take("as", "")
    person = scene.play.known[scene.take("about")]
    id_ = services.appointments.draft.start(person, kind, day, _hour(scene.take("hour")), wish)
    scene.name(name, id_)
    if handed:
        services.appointments.course.hand_over(id_, handed, scene.play.clock.clock.today())


def outcome(scene: Scene) -> None:
    course, id_ = scene.desk.services.appointments.course, scene.named(scene.take("of"))
    course.note_outcome(id_, scene.take("outcome"), until=scene.take("until", None), comment=scene.take("comment", ""))


def answer(scene: Scene) -> None:
    """The answer to an absence, on the day of the step."""
    course, id_ = scene.desk.services.appointments.course, scene.named(scene.take("of"))
    today, until = scene.play.clock.clock.today(), scene.take("until", None)
    course.answer(id_, Answer(scene.take("answer")), today, until=until, reason=scene.take("reason", ""))


def place(scene: Scene) -> None:
    values, scene.values = dict(scene.values), {}
    scene.desk.services.agenda.setup.add_place(MeetingPlace(id=scene.desk.services.context.ids.new(), **values))


def absence(scene: Scene) -> None:
    """The officer of the step is away."""
    values, scene.values = dict(scene.values), {}
    context = scene.desk.services.context
    scene.desk.services.agenda.setup.add_absence(
        OfficerAbsence(id=context.ids.new(), officer_id=context.officer_id, **values)
    )


def permanence(scene: Scene) -> None:
    begins, ends = (minutes(_hour(scene.take(name))) for name in ("begins", "ends"))
    values, scene.values = dict(scene.values), {}
    one = Permanence(id=scene.desk.services.context.ids.new(), begins=begins, ends=ends, **values)
    scene.desk.services.agenda.setup.add_permanence(one)


def _hour(written: str) -> Hour:
    """« 14:30 »."""
    hour, minute = written.split(":")
    return int(hour), int(minute)


ACTS: dict[str, Callable[[Scene], None]] = {
    "appointment": fix,
    "appointment.outcome": outcome,
    "appointment.answer": answer,
    "agenda.place": place,
    "agenda.absence": absence,
    "agenda.permanence": permanence,
}
