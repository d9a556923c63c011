"""The end of a session, whatever the disk says: what can be saved is, the rest is sealed aside, the store is shut."""

from collections.abc import Callable, Sequence

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.place import Seat
from spip_desktop.security import flag
from spip_desktop.services import losses
from spip_desktop.services.backup import BackupService
from spip_desktop.services.context import Context
from spip_desktop.services.desk import DeskService
from spip_desktop.services.rescue import Rescue

#: The machine is about to sleep or to stop: it gives a second or two, a backup may want more.
_AT_ONCE = frozenset({"sleep", "shutdown"})


def put_away(
    context: Context, backups: BackupService, reason: str, seat: Seat, unsaved: Sequence[Draft] = ()
) -> tuple[bool, bool]:
    """Shut the store, for a lock or for good; the caller then replaces the process, whatever came of it.

    Returns whether everything was saved in the store, and, if not, whether the words in `unsaved` were sealed
    aside: they come back at the next unlocking of this officer.
    """
    saved = not unsaved
    kept = saved or Rescue(context).keep(unsaved, seat)
    changed = reason not in _AT_ONCE and _changed(backups)
    steps: tuple[Callable[[], object], ...] = (
        lambda: DeskService(context).sit(seat),
        lambda: _write_line(context, reason),
        context.store.checkpoint,
        lambda: losses.write_anchor(context),
    )
    done = [_tried(step) for step in steps]  # each of them, whatever came of the others
    shut = all(done)
    if changed and shut:
        _tried(lambda: backups.make("close" if reason == "close" else "lock"))
    _tried(context.store.close)
    if shut:
        _tried(lambda: flag.lower(context.store.path.parent))
    return saved, kept


def _write_line(context: Context, reason: str) -> None:
    with context.store.transaction(context.actor, reason) as tx:
        tx.note("store")


def _changed(backups: BackupService) -> bool:
    try:
        return backups.changed()
    except Exception:  # as in _tried: what cannot be read is not copied either
        return False


def _tried(step: Callable[[], object]) -> bool:
    """Whether a step succeeded. A lock locks even where the disk takes nothing more: the next is tried all the same."""
    try:
        step()
    except Exception:  # a full disk, a medium taken away, a damaged file, or a bug: nobody is to stay inside
        return False
    return True
