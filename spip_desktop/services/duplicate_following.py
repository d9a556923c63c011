"""A merge of two dossiers followed: what another station goes on writing in the one that went lands in the one that
stays (decision 54)."""

from dataclasses import fields, replace

from spip_desktop.db import duplicate, search
from spip_desktop.db import person as persons
from spip_desktop.db.duplicate import DUPLICATES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.duplicate import Duplicate, DuplicateState, carried
from spip_desktop.domain.person import Person
from spip_desktop.services.person import reindex


def follow_merges(tx: Transaction) -> None:
    """After a package: hang on the dossier that stays what came in the other, which goes to the bin again."""
    for pair in DUPLICATES.find(tx, state=DuplicateState.MERGED):
        moved = duplicate.move(tx, pair.other_id, pair.person_id)
        came_back = persons.PERSONS.stored(tx, pair.other_id).deleted_at is None
        if came_back:
            _carry(tx, pair)
            persons.PERSONS.bin(tx, pair.other_id)
        if moved:
            every = tuple(dict.fromkeys((*pair.moved, *moved)))
            DUPLICATES.save(tx, replace(pair, moved=every))
        if moved or came_back:
            search.forget(tx, pair.other_id)
            reindex(tx, pair.person_id)


def _carry(tx: Transaction, pair: Duplicate) -> None:
    """What was changed of the person in the other dossier, where the one that stays says nothing else."""
    stays = persons.PERSONS.get(tx, pair.person_id)
    kept = carried(stays, duplicate.at_merge(tx, pair.other_id), persons.PERSONS.get(tx, pair.other_id))
    if kept != stays:
        persons.save(tx, kept)


def given_back(tx: Transaction, pair: Duplicate, merged: Person) -> Person:
    """The person that the merge made, with what was carried since: taken apart, it goes back with the rest."""
    stays, other = persons.PERSONS.get(tx, pair.person_id), persons.PERSONS.get(tx, pair.other_id)
    then = duplicate.at_merge(tx, pair.other_id)
    since = (one.name for one in fields(Person) if getattr(then, one.name) != getattr(other, one.name))
    same = {name: getattr(stays, name) for name in since if getattr(stays, name) == getattr(other, name)}
    same.pop("id", None)
    return replace(merged, **same)
