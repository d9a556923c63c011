"""Incidents, manquements and requests received, as they were noted."""

from collections.abc import Callable

from spip_desktop.demo.play import Scene
from spip_desktop.domain.breach import Decided, Explained, Reported
from spip_desktop.domain.held import Authority
from spip_desktop.domain.incident import Told
from spip_desktop.services.request import NewRequest


def note_incident(scene: Scene) -> None:
    """One line and one kind."""
    add = scene.desk.services.incidents.note
    made = add(scene.person_id, scene.take("kind"), scene.take("line"), hour=scene.take("hour", ""))
    scene.name(scene.take("as", ""), made)


def inform(scene: Scene) -> None:
    told = Told(
        who=scene.take("who"),
        name=scene.take("name", ""),
        on=scene.play.clock.clock.today(),
        hour=scene.take("hour", ""),
        how=scene.take("how"),
    )
    scene.desk.services.incidents.inform(scene.named(scene.take("incident")), told)


def not_yet(scene: Scene) -> None:
    scene.desk.services.incidents.not_yet(scene.named(scene.take("incident")), scene.take("text", ""))


def note_breach(scene: Scene) -> None:
    """« appointment »: the missed one it comes from."""
    add, today = scene.desk.services.breaches.note, scene.play.clock.clock.today()
    missed = scene.take("appointment", "")
    made = add(
        scene.person_id,
        scene.take("facts"),
        scene.take("happened_on", today),
        appointment_id=scene.named(missed) if missed else None,
    )
    scene.name(scene.take("as", ""), made)


def explain(scene: Scene) -> None:
    said = Explained(on=scene.play.clock.clock.today(), state=scene.take("state"), text=scene.take("text", ""))
    scene.desk.services.breaches.explain(scene.named(scene.take("breach")), said)


def judge(scene: Scene) -> None:
    judge = scene.desk.services.breaches.judge
    judge(scene.named(scene.take("breach")), scene.take("seriousness"), scene.take("reason"))


def decide(scene: Scene) -> None:
    decided = Decided(
        on=scene.play.clock.clock.today(),
        decision=scene.take("decision"),
        reason=scene.take("reason", ""),
        again_on=scene.take("again_on"),
    )
    scene.desk.services.breaches.decide(scene.named(scene.take("breach")), decided)


def report(scene: Scene) -> None:
    sent = Reported(
        on=scene.play.clock.clock.today(), recipient=scene.take("recipient"), reference=scene.take("reference", "")
    )
    scene.desk.services.breaches.report(scene.named(scene.take("breach")), sent)


def add_request(scene: Scene) -> None:
    """About a dossier of the script (`about`), or about somebody in words (`unknown`), for Claire."""
    about, unknown = scene.take("about", ""), scene.take("unknown", "")
    new = NewRequest(
        person_id=scene.play.known[about] if about else None,
        unknown=unknown,
        asker=scene.take("asker"),
        channel=scene.take("channel"),
        contact=scene.take("contact", ""),
        subject=scene.take("subject"),
        officer_id=scene.play.desks["claire"].officer_id if unknown else None,
    )
    made = scene.desk.services.requests.add(new)
    if name := scene.take("as", ""):
        scene.play.known[f"/{name}"] = made


def answer_request(scene: Scene) -> None:
    answer = scene.desk.services.requests.answer
    answer(scene.play.known[f"/{scene.take('request')}"], scene.take("how"), scene.take("answer", ""))


def ask_access(scene: Scene) -> None:
    """A request of access that the authority passed on, its answer to be prepared."""
    answers = scene.desk.services.access_answers
    person, authority = scene.play.known[scene.take("about")], Authority(scene.take("authority"))
    made = answers.start(person, authority, scene.take("received_on", scene.play.clock.clock.today()))
    answers.write_head(made, scene.take("addressee"), scene.take("reference", ""))


ACTS: dict[str, Callable[[Scene], None]] = {
    "incident.note": note_incident,
    "incident.inform": inform,
    "incident.not_yet": not_yet,
    "breach.note": note_breach,
    "breach.explain": explain,
    "breach.judge": judge,
    "breach.decide": decide,
    "breach.report": report,
    "request.add": add_request,
    "request.answer": answer_request,
    "access.ask": ask_access,
}
