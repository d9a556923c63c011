"""Stations with real encrypted stores, and packages between them as lines in memory."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from spip_desktop.db import officer as officers
from spip_desktop.db import transfer
from spip_desktop.db.store import create_store
from spip_desktop.domain.acknowledged import Acknowledged
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.officer import Actor, Role
from spip_desktop.domain.transfer import Content, Scope, TransferKind
from spip_desktop.domain.transfer_line import Plain
from spip_desktop.domain.transfer_result import Result
from spip_desktop.services.context import Context
from spip_desktop.services.transfer_sources import Collected
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
        self.acknowledged: dict[UUID, Acknowledged] = {}
        self._moving = moving

    def pack(self, recipient: "RealStation", scope: Scope = CHANGES) -> tuple[list[Plain], int]:
        """The lines of a package, and the last change that it carries."""
        collected = self._collected(recipient, scope)
        self._moving.move(seconds=1)
        lines = list(collected.lines())
        return lines, max([line["seq"] for line in lines], default=0)

    def take(self, lines: Iterable[Plain]) -> Result:
        """Read a package; what it held is told."""
        self._moving.move(seconds=1)
        package = self._aside(lines)
        result = self.services.transfer_in.preview(package)
        with self.store.transaction(self.context.actor, "import_package") as tx:
            merged = self.services.transfer_in.merge(tx, package)
            transfer.clear_staging(tx)
            tx.note("package_received", package)
        assert merged.accepted == result.accepted  # what was told beforehand is what was done
        return result

    def look(self, lines: Iterable[Plain]) -> Result:
        package = self._aside(lines)
        result = self.services.transfer_in.preview(package)
        with self.store.transaction(self.context.actor, "stage_package") as tx:
            transfer.clear_staging(tx)
        return result

    def _aside(self, lines: Iterable[Plain]) -> UUID:
        package = self.context.ids.new()
        with self.store.transaction(self.context.actor, "stage_package") as tx:
            transfer.stage(tx, package, 0, lines)
        return package

    def bring(self, other: "RealStation", scope: Scope = CHANGES) -> Result:
        """A package taken at once, with its receipt."""
        covers = self._collected(other, scope).covers
        lines, last = self.pack(other, scope)
        result = other.take(lines)
        self.acknowledged[other.id] = self._has(other).after(covers, last)
        return result

    def _collected(self, other: "RealStation", scope: Scope) -> Collected:
        return self.services.transfer_out.collect(replace(scope, acknowledged=self._has(other)))

    def _has(self, other: "RealStation") -> Acknowledged:
        return self.acknowledged.get(other.id, Acknowledged())


def one_dossier(person_id: UUID, kind: TransferKind = TransferKind.DOSSIER) -> Scope:
    return Scope(kind=kind, content=Content.COMPLETE, persons=(person_id,))
