"""Acts on the dossier: the person, what is around them, their penal situation, who follows them."""

from collections.abc import Callable
from dataclasses import MISSING, fields
from typing import Any, TypeVar
from uuid import UUID

from spip_desktop.demo.days import ScriptError
from spip_desktop.demo.play import Scene, accepted
from spip_desktop.domain.measure import Basis, Custody, Measure, SentenceLine
from spip_desktop.domain.person import Address, Contact, IdentityDocument, Preparation
from spip_desktop.services.lines import Lines, cleaned
from spip_desktop.services.person import QuickStart

T = TypeVar("T")


def start(scene: Scene) -> None:
    """A dossier from its four fields."""
    born = scene.play.days.birth(*scene.take("born"))
    quick = QuickStart(birth_date=born, **_only(scene, QuickStart, "birth_date"))
    persons = scene.desk.services.persons
    scene.play.known[scene.who] = persons.quick_start(quick, scene.take("duplicate_reason", ""))
    penal = scene.desk.services.situation.penal(scene.person_id)
    for name, lines in (("ecrou", penal.custodies), ("saisine", penal.bases)):
        if lines:
            scene.name(name, lines[0].value.id)
    if scene.values:
        person(scene)


def person(scene: Scene) -> None:
    """Fields of the person, as one types them."""
    changes, scene.values = dict(scene.values), {}
    accepted(scene.desk.services.persons.save_fields(scene.person_id, changes), scene.who)


def address(scene: Scene) -> None:
    _line(scene, scene.desk.services.persons.addresses, Address)


def document(scene: Scene) -> None:
    _line(scene, scene.desk.services.persons.documents, IdentityDocument)


def preparation(scene: Scene) -> None:
    _line(scene, scene.desk.services.persons.preparations, Preparation)


def contact(scene: Scene) -> None:
    _line(scene, scene.desk.services.persons.contacts, Contact)


def custody(scene: Scene) -> None:
    _line(scene, scene.desk.services.situation.custodies, Custody)


def basis(scene: Scene) -> None:
    _line(scene, scene.desk.services.situation.bases, Basis)


def measure(scene: Scene) -> None:
    if name := scene.take("basis", ""):
        scene.values["basis_id"] = scene.named(name)
    _line(scene, scene.desk.services.situation.measures, Measure)


def sheet(scene: Scene) -> None:
    """An edition of the fiche pénale; the first is typed whole, the next from the one before."""
    situation, ids = scene.desk.services.situation, scene.desk.entry.context.ids
    new = situation.new_edition(scene.person_id, scene.take("as_of"))
    scene.name(scene.take("as", "fiche"), new)
    if "lines" in scene.values:
        lines = tuple(_made(SentenceLine, line, id=ids.new()) for line in scene.take("lines"))
        scene.values["lines"] = lines
    changes, scene.values = dict(scene.values), {}
    accepted(situation.sheets.save_fields(new, changes), scene.who)


def obligations(scene: Scene) -> None:
    """Several obligations of a measure at once; `said` adds what one of them asks precisely."""
    situation = scene.desk.services.situation
    codes: tuple[str, ...] = scene.take("codes")
    said: dict[str, dict[str, Any]] = scene.take("said", {})
    measure_id = scene.named(scene.take("measure", "mesure"))
    for code, id_ in zip(codes, situation.add_obligations(measure_id, codes), strict=True):
        scene.name(code, id_)
        if code in said:
            accepted(situation.obligations.save_fields(id_, said[code]), scene.who)


def obligation(scene: Scene) -> None:
    """What became of one obligation."""
    id_ = scene.named(scene.take("code"))
    changes, scene.values = dict(scene.values), {}
    accepted(scene.desk.services.situation.obligations.save_fields(id_, changes), scene.who)


def assign(scene: Scene) -> None:
    officer = scene.play.desks[scene.take("to", "claire")].officer_id
    given = scene.desk.services.persons.assign(scene.person_id, officer, **_taken(scene))
    scene.name("affectation", given)


def end_assignment(scene: Scene) -> None:
    scene.desk.services.persons.end_assignment(scene.named("affectation"), **_taken(scene))


ACTS: dict[str, Callable[[Scene], None]] = {
    "start": start,
    "person": person,
    "address": address,
    "document": document,
    "preparation": preparation,
    "contact": contact,
    "custody": custody,
    "basis": basis,
    "measure": measure,
    "sheet": sheet,
    "obligations": obligations,
    "obligation": obligation,
    "assign": assign,
    "end_assignment": end_assignment,
}


def _line(scene: Scene, lines: Lines[T], kind: type[T]) -> None:
    """Add a line, or change the one of that name."""
    name = scene.take("as", "")
    changes, scene.values = dict(scene.values), {}
    if name and scene.knows(name):
        accepted(lines.save_fields(scene.named(name), changes), scene.who)
        return
    id_ = scene.desk.entry.context.ids.new()
    lines.add(_made(kind, changes, id=id_, person_id=scene.person_id))
    scene.name(name, id_)


def _made(kind: type[T], written: dict[str, Any], **own: UUID) -> T:
    """A record from the values of the script, cleaned as typed ones are."""
    if unknown := set(written) - {one.name for one in fields(kind)}:  # type: ignore[arg-type]
        raise ScriptError(f"{kind.__name__}: {sorted(unknown)}")
    values, refused = cleaned(kind, written)
    if refused:
        raise ScriptError(f"{kind.__name__}: {refused}")
    return kind(**own, **values)


def _taken(scene: Scene) -> dict[str, Any]:
    values, scene.values = dict(scene.values), {}
    return values


def _only(scene: Scene, kind: type, *but: str) -> dict[str, Any]:
    """The values that belong to a dataclass, taken out of the step; those it has to have must be there."""
    wanted = [one for one in fields(kind) if one.name not in but]
    missing = [one.name for one in wanted if one.default is MISSING and one.name not in scene.values]
    if missing:
        raise ScriptError(f"{scene.who}: {missing}")
    return {one.name: scene.take(one.name) for one in wanted if one.name in scene.values}
