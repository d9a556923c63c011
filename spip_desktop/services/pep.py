"""The parcours d'exécution de peine, copied from GENESIS as it stands there: a new copy follows, none is changed."""

from datetime import date
from uuid import UUID

from spip_desktop.db import event as events
from spip_desktop.db.event import EVENTS
from spip_desktop.db.person import PERSONS
from spip_desktop.db.situation import CUSTODIES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.event import in_order
from spip_desktop.domain.officer import Right
from spip_desktop.domain.pep import COPIED, KIND, PepCard, card_of
from spip_desktop.domain.situation import current_custody
from spip_desktop.domain.text import clean
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context

_LONGEST = 2_000


class PepService:
    """The chef d'établissement decides it with the psychologue PEP: here it is only read."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def cards(self, person_id: UUID) -> tuple[PepCard, ...]:
        """Every copy, the last made first."""
        self._context.actor.require(Right.READ_EVALUATION)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return cards(tx, person_id)

    def copy(self, person_id: UUID, decided_on: date, text: str, next_review: date | None = None) -> None:
        """Copy what GENESIS says of the écrou that runs.

        Refusals: `arrival_no_custody`, `required`, `too_long`, `date_in_future`, `end_before_start`.
        """
        self._context.actor.require(Right.WRITE_EVALUATION)
        said = clean(text, lines=True).strip()
        with self._context.store.transaction(self._context.actor, "copy_pep") as tx:
            PERSONS.get(tx, person_id)
            self._access.require(tx, person_id)
            custody = current_custody(CUSTODIES.find(tx, person_id=person_id), tx.clock.today())
            if custody is None:
                raise Refusal("arrival_no_custody")
            if not said:
                raise Refusal("required", "text")
            if len(said) > _LONGEST:
                raise Refusal("too_long", "text", limit=_LONGEST)
            if decided_on > tx.clock.today():
                raise Refusal("date_in_future", "happened_on")
            if next_review and next_review < decided_on:
                raise Refusal("end_before_start", "next_review")
            detail = {"next_review": next_review.isoformat()} if next_review else {}
            events.record(tx, KIND, custody.id, person_id, COPIED, decided_on, said, detail)
            tx.note("person", person_id)


def cards(tx: Transaction, person_id: UUID) -> tuple[PepCard, ...]:
    """For the other services: every copy, the last made first."""
    found = in_order(EVENTS.find(tx, person_id=person_id, kind=KIND))
    return tuple(card_of(one, one.entered_at.astimezone(PARIS).date()) for one in reversed(found))
