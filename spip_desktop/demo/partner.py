"""Acts on the directory of partners: a structure, its services, their contacts; its conventions."""

from collections.abc import Callable
from typing import Any

from spip_desktop.demo.days import ScriptError
from spip_desktop.demo.play import Scene, accepted
from spip_desktop.paths import resource


def partner(scene: Scene) -> None:
    """A structure with its services; the first one was made with it."""
    directory = scene.desk.partners
    name, services, conventions = scene.take("as"), scene.take("services", ()), scene.take("conventions", ())
    id_ = directory.add(scene.take("name"), kind=services[0]["kind"])
    scene.play.known[name] = id_
    changes, scene.values = dict(scene.values), {}
    if changes:
        accepted(directory.save_fields(id_, changes), name)
    for one in conventions:
        added = directory.conventions.add(id_)
        accepted(directory.conventions.save(id_, added, dict(one)), name)
    for at, one in enumerate(services):
        _service(scene, name, at, dict(one))


def partner_change(scene: Scene) -> None:
    id_ = scene.play.known[scene.take("partner")]
    changes, scene.values = dict(scene.values), {}
    accepted(scene.desk.partners.save_fields(id_, changes), "partner")


def partner_need(scene: Scene) -> None:
    """A line of the table « besoin → partenaires »."""
    known, needs = scene.play.known, scene.desk.partners.needs
    needs.add(scene.take("step"), known[scene.take("partner")], known[scene.take("service")], scene.take("note", ""))


def public_directory(scene: Scene) -> None:
    """An extract of the public directory, invented, brought in as its files are."""
    imports = scene.desk.services.public_directory.imports
    files = [resource("demo", "annuaire", f"{name}.json") for name in ("structures", "services")]
    preview = imports.look(files, scene.take("departments"), lambda done, total: None)
    if preview.rejected_count:
        raise ScriptError(f"rows of the directory are refused: {preview.rejected}")
    imports.carry_out(preview, lambda done, total: None)


ACTS: dict[str, Callable[[Scene], None]] = {
    "partner": partner,
    "partner.change": partner_change,
    "partner.need": partner_need,
    "public": public_directory,
}


def _service(scene: Scene, name: str, at: int, written: dict[str, Any]) -> None:
    directory, partner_id = scene.desk.partners, scene.play.known[name]
    contacts, called = written.pop("contacts", ()), written.pop("as", f"service{at + 1}")
    first = directory.get(partner_id).value.services[0].id
    service = directory.add_service(partner_id) if at else first
    scene.play.known[f"{name}.{called}"] = service
    accepted(directory.save_service(partner_id, service, written), name)
    for number, one in enumerate(contacts, 1):
        contact = directory.add_contact(partner_id, service)
        scene.play.known[f"{name}.{called}.{number}"] = contact
        accepted(directory.save_contact(partner_id, service, contact, one), name)
