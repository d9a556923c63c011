"""What the store itself remembers of its keys: the former one while it may serve, a paper nobody copied yet."""

from spip_desktop.db import info
from spip_desktop.db.store import Transaction

_FORMER, _PAPER, _SECOND = "former_key", "paper_unconfirmed", "second_under_former_key"


def keep_former_key(tx: Transaction, key: bytes) -> None:
    """Kept in the store, under its new key, until every backup is made again: cut short, that can then go on."""
    info.keep(tx, _FORMER, key)


def former_key(tx: Transaction) -> bytes | None:
    """The key before the last change, while backups may be under it still."""
    return info.value(tx, _FORMER)


def forget_former_key(tx: Transaction) -> None:
    info.keep(tx, _FORMER, None)


def paper_drawn(tx: Transaction) -> None:
    """A recovery key was made, and nobody has shown yet that they hold it on paper."""
    info.keep(tx, _PAPER, b"1")


def paper_confirmed(tx: Transaction) -> None:
    info.keep(tx, _PAPER, None)


def paper_unconfirmed(tx: Transaction) -> bool:
    return info.value(tx, _PAPER) is not None


def second_left(tx: Transaction, left: bool) -> None:
    """Whether copies under the former key are left on the second medium, which was not there."""
    info.keep(tx, _SECOND, b"1" if left else None)


def is_second_left(tx: Transaction) -> bool:
    return info.value(tx, _SECOND) is not None
