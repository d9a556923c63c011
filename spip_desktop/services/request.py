"""« Demandes reçues »: typed in seconds by whoever takes the call, answered by whom they are for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from spip_desktop.db import request as rows
from spip_desktop.db.followed import names
from spip_desktop.db.person import PERSONS
from spip_desktop.db.request import REQUESTS
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.request import KIND, Request, answer_problems, answered, facts_of, reopened, request_problems
from spip_desktop.domain.text import clean
from spip_desktop.services.access import AccessService
from spip_desktop.services.choices import chosen
from spip_desktop.services.context import Context
from spip_desktop.services.deadline import reckoning

#: As many as the page shows at once.
LINES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRequest:
    """What is typed: about a person found, or about somebody in words."""

    person_id: UUID | None = None
    unknown: str = ""
    asker: str = ""
    channel: str = ""
    contact: str = ""
    subject: str = ""
    received_on: date | None = None
    officer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RequestList:
    """The requests, whose they are about, the day by which each waits to be answered, how many of each there are."""

    lines: tuple[Request, ...]
    waiting: int
    done: int
    names: Mapping[UUID, str] = field(default_factory=dict)
    due: Mapping[UUID, date] = field(default_factory=dict)


class RequestService:
    """Who types a request about a dossier of a colleague reads nothing of it: only what they typed."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def page(self, *, waiting: bool, limit: int = LINES) -> RequestList:
        """Those that wait, the oldest first, or those answered, the last first: of one's dossiers, for oneself,
        typed by oneself, or for nobody yet."""
        self._context.actor.require(Right.TAKE_REQUEST)
        with self._context.store.reading() as tx:
            reach = self._access.reach(tx)
            found = rows.page(tx, reach, waiting=waiting, limit=limit)
            waits, done = (rows.count(tx, reach, waiting=one) for one in (True, False))
            return RequestList(tuple(found), waits, done, _names(tx, found), _due(tx, found))

    def of_person(self, person_id: UUID) -> list[Request]:
        """Those about a dossier, the newest first."""
        self._context.actor.require(Right.TAKE_REQUEST)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return rows.of_person(tx, person_id)

    def add(self, new: NewRequest) -> UUID:
        """Note a request; received today where nothing says otherwise. Refusals: `required`, `choose_one`, `too_long`,
        `date_in_future`."""
        self._context.actor.require(Right.TAKE_REQUEST)
        with self._context.store.transaction(self._context.actor, "add_request") as tx:
            today = tx.clock.today()
            if new.person_id:
                PERSONS.get(tx, new.person_id)
            request = Request(
                id=tx.ids.new(),
                person_id=new.person_id,
                unknown="" if new.person_id else clean(new.unknown).strip(),
                asker=chosen("request_askers", new.asker, "asker", today),
                channel=chosen("request_channels", new.channel, "channel", today),
                contact=clean(new.contact).strip(),
                subject=clean(new.subject).strip(),
                received_on=new.received_on or today,
                officer_id=new.officer_id,
                noted_at=tx.now,
                noted_by=tx.actor_id,
            )
            refuse_if_any(request_problems(request, today))
            REQUESTS.save(tx, request)
            tx.note(KIND, request.id)
            return request.id

    def answer(self, request_id: UUID, how: str, answer: str = "", on: date | None = None) -> None:
        """« Répondu le … »; a request answered twice keeps its first answer in its revisions."""
        self._change(request_id, "answer_request", lambda tx, one: _answered(tx, one, how, answer, on))

    def reopen(self, request_id: UUID) -> None:
        """Take the answer back: the request waits again."""
        self._change(request_id, "reopen_request", lambda tx, one: reopened(one))

    def bin(self, request_id: UUID) -> None:
        """Put a request in the bin (a mistake); « Annuler » is `restore`."""
        self._mark(request_id, "bin_request", restore=False)

    def restore(self, request_id: UUID) -> None:
        self._mark(request_id, "restore_request", restore=True)

    def _change(self, request_id: UUID, act: str, change: Callable[[Transaction, Request], Request]) -> None:
        self._context.actor.require(Right.TAKE_REQUEST)
        with self._context.store.transaction(self._context.actor, act) as tx:
            request = self._readable(tx, request_id)
            REQUESTS.save(tx, change(tx, request))
            tx.note(KIND, request_id)

    def _mark(self, request_id: UUID, act: str, *, restore: bool) -> None:
        self._context.actor.require(Right.TAKE_REQUEST)
        with self._context.store.transaction(self._context.actor, act) as tx:
            self._readable(tx, request_id)
            (REQUESTS.restore if restore else REQUESTS.bin)(tx, request_id)
            tx.note(KIND, request_id)

    def _readable(self, tx: Transaction, request_id: UUID) -> Request:
        """The request, for who may read it; of another, the refusal of its dossier."""
        request = REQUESTS.get(tx, request_id)
        me, reach = self._context.officer_id, self._access.reach(tx)
        if me == request.noted_by or request.officer_id in reach.officers:
            return request
        if request.person_id:
            self._access.require(tx, request.person_id)
        elif request.officer_id and not reach.everything:
            raise Refusal("request_of_another")
        return request


def _answered(tx: Transaction, request: Request, how: str, answer: str, on: date | None) -> Request:
    today = tx.clock.today()
    how = chosen("request_channels", how, "answer_how", today)
    done = answered(request, on or today, how, clean(answer), tx.actor_id)
    refuse_if_any(answer_problems(done, today))
    return done


def _names(tx: Transaction, found: Iterable[Request]) -> dict[UUID, str]:
    return names(tx, {one.person_id for one in found if one.person_id})


def _due(tx: Transaction, found: Iterable[Request]) -> dict[UUID, date]:
    """By when each waiting one is to be answered: the same rule as « À traiter »."""
    waiting = (facts_of(one, "") for one in found if one.is_waiting)
    return {due.facts.id: due.due for due in reckoning(tx).of(waiting)}
