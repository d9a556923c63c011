"""At the unlocking: what a change of the store's key that was cut short left to do, and what to tell of it."""

from spip_desktop.db import key_marks
from spip_desktop.db import officer as officers
from spip_desktop.db.connection import Connector
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.security.opened import Opened
from spip_desktop.security.slot import SlotKind
from spip_desktop.services import backup
from spip_desktop.services.backup import BackupService
from spip_desktop.services.context import Context


def finish(context: Context, opened: Opened) -> tuple[Problem, ...]:
    """Finish what can be, and return what an officer who manages the keys has to do.

    Notices: `removal_unfinished` (identifiers), `backups_not_renewed`, `second_copies_left`, `paper_unconfirmed`.
    """
    with context.store.reading() as tx:
        former, unconfirmed = key_marks.former_key(tx), key_marks.paper_unconfirmed(tx)
        second = key_marks.is_second_left(tx)
    notices = []
    if former is not None and former == bytes(opened.key):
        _forget(context, paper=True)  # the key was not changed after all: the former paper still holds
        unconfirmed = False
    elif former is not None:
        notices += _renew_backups(context, former, bytes(opened.key))
        second = True
    if second:
        notices += _renew_second(context)
    gone = _still_opening(context, opened)
    if gone:
        notices.append(Problem("removal_unfinished", data={"identifiers": ", ".join(gone)}))
    if unconfirmed:
        notices.append(Problem("paper_unconfirmed"))
    return tuple(notices) if context.actor.may(Right.MANAGE_KEYS) else ()


def _renew_backups(context: Context, former: bytes, key: bytes) -> list[Problem]:
    """A full disk must not keep anyone out: what could not be done is said, and tried again next time."""
    try:
        backup.renew(context.store.path, Connector(former), Connector(key), lambda done, total: None)
    except Refusal:
        return [Problem("backups_not_renewed")]
    _forget(context)
    return []


def _renew_second(context: Context) -> list[Problem]:
    """Try the second medium again: it may be there today."""
    left = not BackupService(context).renew_second()
    with context.store.transaction(context.actor, "renew_backups") as tx:
        key_marks.second_left(tx, left)
        tx.note("keys")
    return [Problem("second_copies_left")] if left else []


def _forget(context: Context, *, paper: bool = False) -> None:
    with context.store.transaction(context.actor, "renew_backups") as tx:
        key_marks.forget_former_key(tx)
        if paper:
            key_marks.paper_confirmed(tx)
        tx.note("keys")


def _still_opening(context: Context, opened: Opened) -> list[str]:
    with context.store.reading() as tx:
        removed = {one.id for one in officers.OFFICERS.find(tx) if not one.active}
    return [slot.identifier for slot in opened.keys.of_kind(SlotKind.PASSPHRASE) if slot.officer_id in removed]
