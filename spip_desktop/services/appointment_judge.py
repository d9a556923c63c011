"""Who is told that a person did not come: the judge of their measure, as a convocation names them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from spip_desktop.db.situation import BASES, MEASURES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.measure import Basis, BasisKind, Measure
from spip_desktop.domain.measure_rules import is_running
from spip_desktop.reference import load

#: Said where the dossier does not tell which one, or where several follow the person.
_ANY = "le magistrat chargé de votre suivi"
_SENTENCE = "jap"
_BEFORE_JUDGMENT = "presentencielle"


def judge_of(tx: Transaction, person_id: UUID) -> str:
    """« le juge d’instruction »; nothing where the person asked for help and no judge ordered anything."""
    bases = BASES.find(tx, person_id=person_id)
    running = [one for one in MEASURES.find(tx, person_id=person_id) if is_running(one, tx.clock.today())]
    ordered = [one for one in running if not _asked(one)]
    if not ordered and (running or _all_asked(bases)):
        return ""
    judges = {_judge(one, bases) for one in ordered}
    return judges.pop() if len(judges) == 1 else _ANY


def _judge(measure: Measure, bases: Sequence[Basis]) -> str:
    """Before judgment the authority that gave the measure; after it the sentencing judge, or the children's."""
    entry = load("measures").get(measure.kind)
    named = [one for one in bases if one.id == measure.basis_id] if measure.basis_id else bases
    basis = named[0] if len(named) == 1 else None
    authority = load("authorities").get(basis.authority) if basis else None
    if entry is not None and entry.text("phase") == _BEFORE_JUDGMENT:
        return authority.text("said") if authority else _ANY
    if authority is None or not authority.flag("sentence"):
        authority = load("authorities").get(_SENTENCE)
    return authority.text("said") if authority else _ANY


def _asked(measure: Measure) -> bool:
    entry = load("measures").get(measure.kind)
    return entry is not None and entry.flag("asked")


def _all_asked(bases: Iterable[Basis]) -> bool:
    kinds = {one.kind for one in bases}
    return kinds == {BasisKind.VOLUNTARY}
