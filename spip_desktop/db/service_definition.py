"""The sheets and the forms of the service's own, to and from their rows."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from spip_desktop.db import definition
from spip_desktop.db.records import Records
from spip_desktop.domain.service_definition import ServiceVersion

if TYPE_CHECKING:
    from spip_desktop.db.store import Transaction

SERVICE_SHEETS = Records("service_sheet", ServiceVersion, index=[("code",)])
SERVICE_FORMS = Records("service_form", ServiceVersion, index=[("code",)])


def install(
    tx: "Transaction",
    records: Records[ServiceVersion],
    kind: str,
    content: bytes,
    *,
    code: str,
    version: int,
    title: str,
) -> ServiceVersion:
    """Keep the bytes of a file among the definitions of the store, and offer its version from today on."""
    definition.keep(tx, kind, code, version, content)
    new = ServiceVersion(id=tx.ids.new(), code=code, version=version, title=title, installed_on=tx.clock.today())
    records.save(tx, new)
    return new


def retire(tx: "Transaction", records: Records[ServiceVersion], own_id: UUID) -> ServiceVersion:
    """Offer a version no more from today on; its copy stays for ever."""
    before = records.get(tx, own_id)
    records.save(tx, replace(before, retired_on=tx.clock.today()))
    return before
