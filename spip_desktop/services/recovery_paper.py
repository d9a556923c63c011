"""The recovery sheet of an open store, to print from memory; each print is a line of the journal."""

from typing import TYPE_CHECKING

from spip_desktop.db import officer as officers
from spip_desktop.domain import recovery_key
from spip_desktop.services.context import Context
from spip_desktop.services.printing import COPY_ACCEPTED

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


def write_line(context: Context, printer: str, *, copy_accepted: bool = False, why: str = "") -> None:
    """Write that the sheet goes to a printer, before it does; or, with `why`, that it did not go through."""
    with context.store.transaction(context.actor, "print_failed" if why else "print") as tx:
        tx.note("keys", reason=why or (COPY_ACCEPTED if copy_accepted else ""), recipient=printer)
