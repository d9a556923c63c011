"""Who is at which desk while the script is played, and what each name in it stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from spip_desktop.demo.clock import MovedClock
from spip_desktop.demo.days import Days, ScriptError
from spip_desktop.services.evaluation import EvaluationService
from spip_desktop.services.lines import Saved
from spip_desktop.services.pacep import PacepService
from spip_desktop.services.partner import PartnerDirectory
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.unlock import Entry
from spip_desktop.wiring import Services, make_services


@dataclass(frozen=True, slots=True)
class Desk:
    """One officer with the services of the open store."""

    entry: Entry
    services: Services
    partners: PartnerDirectory
    prescriptions: PrescriptionService

    @property
    def officer_id(self) -> UUID:
        return self.entry.context.officer_id

    @property
    def evaluations(self) -> EvaluationService:
        return self.services.evaluations

    @property
    def plans(self) -> PacepService:
        return self.services.pacep


def make_desk(entry: Entry) -> Desk:
    services = make_services(entry.context)
    prescriptions = PrescriptionService(entry.context, services.access)
    return Desk(entry, services, PartnerDirectory(entry.context), prescriptions)


@dataclass(slots=True)
class Play:
    """`known` maps « perrin » to the person, « perrin.home » to what the script named so in that dossier."""

    clock: MovedClock
    days: Days
    desks: Mapping[str, Desk]
    known: dict[str, UUID] = field(default_factory=dict)


@dataclass(slots=True)
class Scene:
    """One step being played: the desk it is played at, the dossier, and the values of the script."""

    play: Play
    desk: Desk
    who: str
    values: dict[str, Any]

    @property
    def person_id(self) -> UUID:
        return self.play.known[self.who]

    def take(self, key: str, default: Any = None) -> Any:
        """A value of the step, taken out of it."""
        return self.values.pop(key, default)

    def name(self, name: str, id_: UUID) -> None:
        """Remember what was just made under a name of this dossier."""
        if name:
            self.play.known[f"{self.who}.{name}"] = id_

    def named(self, name: str) -> UUID:
        """What that name stands for, in this dossier or anywhere (« /ml »)."""
        full = name[1:] if name.startswith("/") else f"{self.who}.{name}"
        if full not in self.play.known:
            raise ScriptError(f"nothing is called {full}")
        return self.play.known[full]

    def knows(self, name: str) -> bool:
        return f"{self.who}.{name}" in self.play.known


def accepted(saved: Saved, who: str) -> None:
    """A field that the service refuses is a fault of the script."""
    if saved.refused:
        raise ScriptError(f"{who}: " + ", ".join(f"{one.field} {one.code}" for one in saved.refused))
