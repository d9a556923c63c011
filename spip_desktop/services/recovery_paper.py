"""The recovery sheet of an open store, to print from memory."""

from typing import TYPE_CHECKING

from spip_desktop.db import officer as officers
from spip_desktop.domain import recovery_key
from spip_desktop.services.context import Context

if TYPE_CHECKING:
    from spip_desktop.security.sheet import RecoverySheet


def render(context: Context, sheet: "RecoverySheet") -> bytes:
    """The sheet as PDF bytes, which are never written to a file: the service, the identifier, no name."""
    from spip_desktop.documents import recovery

    with context.store.reading() as tx:
        service = officers.service(tx)
    return recovery.render(
        store=f"{service.name}, {service.branch}",
        officer=context.actor.officer.identifier,
        day=context.clock.today(),
        groups=recovery_key.groups(sheet.text),
        payload=sheet.qr,
        lines=sheet.lines(),
        demo=context.demonstration,
    )
