"""Lines of the journal that are gone: seen by the anchor at the opening, said, and read-only until acknowledged."""

import json
from dataclasses import replace

from spip_desktop.db import info
from spip_desktop.db.store import Store, Transaction
from spip_desktop.domain.errors import Problem
from spip_desktop.security import anchor
from spip_desktop.services.context import Context

_PENDING = "journal_loss"


def found(store: Store) -> Problem | None:
    """What is missing, asked before anything is written; a loss not acknowledged yet is found again each time."""
    with store.reading() as tx:
        pending = info.value(tx, _PENDING)
    if pending:
        told = json.loads(pending)
        return Problem(str(told["code"]), data={"first": told["first"], "last": told["last"]})
    key = store.identity.journal_key
    seq, _ = store.journal_head()
    verdict = anchor.compare(
        anchor.read(store.path.parent, key), store.identity.store, store.identity.db_id, seq, store.journal_mac
    )
    if verdict.state is anchor.AnchorState.OK:
        return None
    return Problem(f"anchor_{verdict.state.value}", data={"first": verdict.first, "last": verdict.last})


def remember(tx: Transaction, loss: Problem) -> None:
    """Keep it in the store: lines that are added do not make what is gone come back."""
    info.keep(tx, _PENDING, json.dumps({"code": loss.code, **loss.data}).encode())


def forget(tx: Transaction) -> None:
    """The store is another one from now on (a restored backup)."""
    info.keep(tx, _PENDING, None)


def pending(context: Context) -> Problem | None:
    """The loss that waits to be acknowledged, or None."""
    return found(context.store) if context.actor.read_only else None


def acknowledge(context: Context, reason: str) -> None:
    """Open the store for writing again: a DPIP's word; where there is none, the written reason of who follows
    dossiers or looks after the keys. The caller asks for the right.
    """
    loss = pending(context)
    if loss is None:
        return
    numbers = f"{loss.data['first']}-{loss.data['last']}" if loss.data.get("last") else ""
    with context.store.transaction(context.actor, "acknowledge_loss") as tx:
        info.keep(tx, _PENDING, None)
        tx.note("journal", None, " ".join(filter(None, (loss.code, numbers, reason.strip()))))
    context.actor = replace(context.actor, read_only=False)
    write_anchor(context)


def write_anchor(context: Context) -> None:
    """Anchor the journal where it stands; never while what it lost is not acknowledged."""
    if not context.actor.read_only:
        anchor_store(context.store)


def anchor_store(store: Store) -> None:
    seq, head = store.journal_head()
    anchor.write(
        store.path.parent,
        anchor.Anchor(store.identity.store, store.identity.db_id, seq, head),
        store.identity.journal_key,
    )
