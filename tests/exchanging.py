"""Stations with real encrypted stores, and packages between them as lines in memory."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db.store import create_store
from spip_desktop.db.transfer_waiting import Origin
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Actor, Role
from spip_desktop.domain.transfer import Content, Scope, TransferKind
from spip_desktop.domain.transfer_line import Plain
from spip_desktop.domain.transfer_result import Result
from spip_desktop.services.context import Context
from spip_desktop.wiring import Services, make_services
from tests.store_fixtures import KEY, STORE_ID, MovableClock, make_officer, make_service

CHANGES = Scope(kind=TransferKind.CHANGES, content=Content.COMPLETE)


class RealStation:
    """A store, its officer (CPIP and DPIP: every dossier of it), and what the others have of it."""

    def __init__(self, folder: Path, number: int, moving: MovableClock) -> None:
        folder.mkdir()
        ids = Ids(moving.clock)
        self.store = create_store(folder / "store.db", KEY, STORE_ID, moving.clock, ids)
        self.officer = make_officer(ids, Role.CPIP, Role.DPIP, identifier=f"valbrune-{number:02}")
        actor = Actor(self.officer, store_has_dpip=True)
        with self.store.transaction(actor, "first_start") as tx:
            officers.OFFICERS.save(tx, self.officer)
            officers.SERVICES.save(tx, make_service(ids))
            tx.note("officer", self.officer.id)
        self.context = Context(self.store, actor)
        self.services: Services = make_services(self.context)
        self.id = ids.new()
        self._moving = moving

    def pack(self, recipient: "RealStation", scope: Scope = CHANGES) -> tuple[list[Plain], int]:
        """The lines of a package, and the last change that it carries."""
        with self.store.transaction(self.context.actor, "export_package") as tx:
            last = self.services.transfer_out.seal(tx)
            since = self.services.transfer_out.since(tx, [recipient.id])
        whole = Scope(kind=scope.kind, content=scope.content, persons=scope.persons, since=since)
        self._moving.move(seconds=1)
        return list(self.services.transfer_out.lines(whole, last)), last

    def take(self, sender: "RealStation", lines: Iterable[Plain]) -> Result:
        """Read a package; what it held is told."""
        self._moving.move(seconds=1)
        kept = list(lines)
        return self.services.transfer_in.carry_out(
            self.origin(sender), lambda tx: kept, "poste", lambda tx, result: None
        )

    def look(self, sender: "RealStation", lines: Iterable[Plain]) -> Result:
        kept = list(lines)
        return self.services.transfer_in.look(self.origin(sender), lambda tx: kept)

    def origin(self, sender: "RealStation") -> Origin:
        return Origin(self.context.ids.new(), sender.store.identity.db_id)

    def acknowledged_by(self, recipient: "RealStation", last: int) -> None:
        """The receipt came back."""
        with self.store.transaction(self.context.actor, "read_receipt") as tx:
            self.services.transfer_out.acknowledge(tx, recipient.id, last)

    def bring(self, other: "RealStation", scope: Scope = CHANGES) -> Result:
        """A package taken at once, with its receipt."""
        lines, last = self.pack(other, scope)
        result = other.take(self, lines)
        self.acknowledged_by(other, last)
        return result


def one_dossier(person_id: UUID, kind: TransferKind = TransferKind.DOSSIER) -> Scope:
    return Scope(kind=kind, content=Content.COMPLETE, persons=(person_id,))
