"""« À reporter »: the blocks of the dossiers one follows, what was reported of them, what the service wants of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from spip_desktop.db import carrying as rows
from spip_desktop.db import info
from spip_desktop.db.among import Among, these
from spip_desktop.db.carrying import CARRIED, SETTINGS
from spip_desktop.db.followed import followed, names
from spip_desktop.db.officer import OFFICERS
from spip_desktop.db.store import Transaction
from spip_desktop.domain import dates
from spip_desktop.domain.carrying import (
    KIND,
    Answer,
    Block,
    BlockKind,
    Carried,
    CarryingSetting,
    Source,
    System,
    day_problems,
    former_of,
    held,
    in_order,
    newest,
    reason_problems,
    waits,
    with_settings,
    words_of,
)
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import clean
from spip_desktop.domain.todo import made_on
from spip_desktop.forms.carrying import shipped
from spip_desktop.services.access import AccessService
from spip_desktop.services.carrying_sources import SOURCES
from spip_desktop.services.context import Context
from spip_desktop.services.printing import Printable
from spip_desktop.wording import carrying as words

_SINCE = "carrying_since"
#: How many lines of « Reportés » are shown, the newest first.
MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Queue:
    """The blocks in their order, and who each is about."""

    blocks: tuple[Block, ...]
    names: Mapping[UUID, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneLine:
    """One line of « Reportés »: what was done, by whom, about whom; and the line that took it back, if one did."""

    line: Carried
    who: str
    person: str
    withdrawn: Carried | None = None
    withdrawn_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """One kind of block on the settings page: as the service has it, and since when it decided so."""

    kind: BlockKind
    since: date | None


class CarryingService:
    """Blocks are worked out from the dossiers each time; only what was done of them is written."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    # -- reading ---------------------------------------------------------------------------------------------

    def queue(self) -> Queue:
        """What is to be entered of the dossiers that this officer follows, by person, in the order of the facts."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            return self._queue(tx, self._own(tx))

    def of_person(self, person_id: UUID) -> Queue:
        """The same of one dossier, which must be open to this officer."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return self._queue(tx, these([person_id]))

    def done(self, person_id: UUID | None = None) -> Sequence[DoneLine]:
        """What was reported or set aside, the newest first, with what was withdrawn; of one dossier or of one's own."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            if person_id is not None:
                self._access.require(tx, person_id)
            among = self._own(tx) if person_id is None else these([person_id])
            found = [one for one in rows.latest(tx, among, MOST_LINES) if self._may_read(one.block)]
            back = {one.withdraws: one for one in found if one.withdraws}
            named = names(tx, {one.person_id for one in found})
            agents = {one.id: f"{one.first_name} {one.family_name}" for one in OFFICERS.find(tx)}
        return [
            DoneLine(
                line=one,
                who=agents.get(one.noted_by, "un agent"),
                person=named.get(one.person_id, ""),
                withdrawn=back.get(one.id),
                withdrawn_by=agents.get(back[one.id].noted_by, "un agent") if one.id in back else "",
            )
            for one in found
            if one.withdraws is None
        ]

    # -- acts ------------------------------------------------------------------------------------------------

    def copied(self, block: Block) -> None:
        """Write that a block is taken out to be pasted elsewhere: for which system, about whom; not its words."""
        self._context.actor.require(Right.PRINT)
        with self._context.store.transaction(self._context.actor, "copy_block") as tx:
            self._access.require(tx, block.person_id)
            tx.note(KIND, block.person_id, block.kind.label, words.SYSTEMS[block.kind.system])

    def carry(self, block: Block, on: date | None = None) -> UUID:
        """« Reporté le … », with the words that were shown; today when no day is said.

        Refusals: `block_gone`, `block_changed`, `date_in_future`, `carried_before`.
        """
        self._context.actor.require(Right.DECIDE)
        day = on or self._context.clock.today()
        refuse_if_any(day_problems(day, block.source, self._context.clock.today()))
        return self._write("carry_block", block, Answer.CARRIED, day, "")

    def set_aside(self, block: Block, reason: str) -> UUID:
        """« Pas à reporter », with its reason; the block comes back if its fact changes.

        Refusals: `reason_needed`, `too_long`, `block_gone`, `block_changed`.
        """
        self._context.actor.require(Right.DECIDE)
        reason = clean(reason).strip()
        refuse_if_any(reason_problems(reason))
        return self._write("set_block_aside", block, Answer.SET_ASIDE, self._context.clock.today(), reason)

    def withdraw(self, carried_id: UUID, reason: str = "") -> UUID:
        """Take back what was said by mistake: a second line; the block waits again. Refusal `carried_withdrawn`."""
        self._context.actor.require(Right.DECIDE)
        with self._context.store.transaction(self._context.actor, "withdraw_block") as tx:
            former = CARRIED.get(tx, carried_id)
            self._access.require(tx, former.person_id)
            self._require_read(former.block)
            if former.withdraws or CARRIED.find(tx, withdraws=carried_id):
                raise Refusal("carried_withdrawn")
            line = replace(
                former,
                id=tx.ids.new(),
                answer=Answer.WITHDRAWN,
                happened_on=tx.clock.today(),
                noted_at=tx.now,
                noted_by=tx.actor_id,
                reason=clean(reason).strip(),
                withdraws=carried_id,
            )
            CARRIED.save(tx, line)
            tx.note(KIND, line.id)
            return line.id

    # -- the service's settings ------------------------------------------------------------------------------

    def may_set(self) -> bool:
        return self._context.actor.may(Right.SET_SERVICE)

    def kinds(self) -> list[KindLine]:
        """Every kind of block as the service has it."""
        with self._context.store.reading() as tx:
            settings, today = SETTINGS.find(tx), tx.clock.today()
        decided = newest(settings, today)
        return [
            KindLine(kind=one, since=decided[one.code].since if one.code in decided else None)
            for one in with_settings(shipped().kinds, settings, today)
        ]

    def set_kind(self, code: str, *, in_use: bool, system: System) -> None:
        """Use a kind of block or not from today on, and for which system. Refusal `not_found`."""
        self._context.actor.require(Right.SET_SERVICE)
        if all(one.code != code for one in shipped().kinds):
            raise Refusal("not_found", kind="carrying_setting")
        with self._context.store.transaction(self._context.actor, "set_carrying") as tx:
            setting = CarryingSetting(id=tx.ids.new(), code=code, in_use=in_use, system=system, since=tx.clock.today())
            SETTINGS.save(tx, setting)
            tx.note("carrying_setting", setting.id, code)

    def since(self) -> date | None:
        """The day from which facts are asked for; None: of each dossier, since it was made here."""
        with self._context.store.reading() as tx:
            return _since(tx)

    def is_since_settled(self) -> bool:
        """Whether the service said from which day facts are asked for, even « since each dossier was made here »."""
        with self._context.store.reading() as tx:
            return info.value(tx, _SINCE) is not None

    def set_since(self, day: date | None) -> None:
        """Ask for the facts from that day on. Refusal `date_in_future`."""
        self._context.actor.require(Right.SET_SERVICE)
        if day and day > self._context.clock.today():
            raise Refusal("date_in_future", "since")
        with self._context.store.transaction(self._context.actor, "set_carrying") as tx:
            info.keep(tx, _SINCE, day.isoformat().encode() if day else b"")
            tx.note("carrying_setting", None, day.isoformat() if day else "")

    # -- paper -----------------------------------------------------------------------------------------------

    def paper(self, system: System | None = None) -> Printable:
        """The blocks that wait on A4, or those of one system: to be typed at another workstation."""
        self._context.actor.require(Right.PRINT)
        from spip_desktop.documents import listing  # reportlab: not before the first paper

        queue = self.queue()
        content = listing.render(
            words.TITLE,
            [listing.Column(head, share) for head, share in words.COLUMNS],
            [
                (
                    queue.names[one.person_id],
                    words.where_and_state(one),
                    one.text,
                    dates.short(one.on),
                )
                for one in queue.blocks
                if system in (None, one.kind.system)
            ],
            day=self._context.clock.today(),
            demo=self._context.demonstration,
            subtitle=words.SYSTEMS[system] if system else "",
        )
        return Printable(title=words.TITLE, content=content, kind="carrying", object_id=self._context.officer_id)

    # -- inside ----------------------------------------------------------------------------------------------

    def _own(self, tx: Transaction) -> Among:
        """Those whom the officer follows: who stands in for a colleague does not type again what they noted."""
        mine = frozenset({self._context.officer_id})
        return followed(tx, replace(self._access.reach(tx), officers=mine))

    def _may_read(self, code: str) -> bool:
        of = next((one.of for one in shipped().kinds if one.code == code), None)
        return of is None or self._context.actor.may(SOURCES[of].right)

    def _require_read(self, code: str) -> None:
        if not self._may_read(code):
            raise Refusal("not_allowed")

    def _queue(self, tx: Transaction, among: Among) -> Queue:
        first = _first_day(tx, among)
        blocks = [one for kind in self._kinds(tx) for one in self._blocks(tx, kind, among, first)]
        named = names(tx, {one.person_id for one in blocks})
        return Queue(in_order(blocks, named), named)

    def _kinds(self, tx: Transaction) -> Iterator[BlockKind]:
        """Those in use that the officer may read."""
        for one in with_settings(shipped().kinds, SETTINGS.find(tx), tx.clock.today()):
            if one.on and self._context.actor.may(SOURCES[one.of].right):
                yield one

    def _blocks(self, tx: Transaction, kind: BlockKind, among: Among, first: date | None) -> Iterator[Block]:
        """The blocks of one kind that wait in these dossiers, of which none has a fact asked for before `first`."""
        asked_since = _since(tx)
        found = rows.sources(tx, kind, among, first)
        if not found:
            return
        corrected = rows.earlier_lines(tx, kind.of, {one.object_id for one in found if one.replaces})
        every = {one.object_id for one in found} | set(corrected.values())
        lines = held(rows.carried_of(tx, every))
        formers = {one.object_id: former_of(kind.code, one, lines, corrected) for one in found}
        wanted = [one for one in found if formers[one.object_id] or _is_asked(one, asked_since)]
        for block in _worded(tx, kind, wanted, formers):
            if waits(block):
                yield block

    def _write(self, act: str, block: Block, answer: Answer, on: date, reason: str) -> UUID:
        """One line about a block, as it stands now and as it was read."""
        with self._context.store.transaction(self._context.actor, act) as tx:
            self._access.require(tx, block.person_id)
            now = next((one for one in self._of_kind(tx, block) if one.key == block.key), None)
            if now is None:
                raise Refusal("block_gone")
            if (now.source.mark, now.text) != (block.source.mark, block.text):
                raise Refusal("block_changed")
            line = Carried(
                id=tx.ids.new(),
                person_id=now.person_id,
                block=now.kind.code,
                object_id=now.source.object_id,
                system=now.kind.system,
                answer=answer,
                title=now.title,
                text=now.text,
                mark=now.source.mark,
                happened_on=on,
                noted_at=tx.now,
                noted_by=tx.actor_id,
                reason=reason,
            )
            CARRIED.save(tx, line)
            tx.note(KIND, line.id, "", words.SYSTEMS[line.system])
            return line.id

    def _of_kind(self, tx: Transaction, block: Block) -> Iterator[Block]:
        among = these([block.person_id])
        for kind in self._kinds(tx):
            if kind.code == block.kind.code:
                yield from self._blocks(tx, kind, among, _first_day(tx, among))


def _worded(
    tx: Transaction, kind: BlockKind, sources: Sequence[Source], formers: Mapping[UUID, Carried | None]
) -> Iterator[Block]:
    """The blocks of these facts, in the words of their kind; what their system may not hold is left out."""
    made, hidden = dict(SOURCES[kind.of].read(tx, sources)), shipped().hides(kind)
    for one in sources:
        former, found = formers[one.object_id], made.get(one.object_id)
        title, text, place = "", "", Place("person.synthese", one.person_id)
        if found:
            title, text = words_of(kind, {name: said for name, said in found.values.items() if name not in hidden})
            place = found.place
        if not text and former:
            title, text = former.title, words.GONE
        if text:
            yield Block(kind=kind, source=one, title=title or kind.label, text=text, place=place, former=former)


def _is_asked(source: Source, since: date | None) -> bool:
    """Since the day that the service set, else since the dossier was made here: before that it was entered already."""
    start = since or made_on(source.person_id)
    return start is None or source.on >= start


def _first_day(tx: Transaction, among: Among) -> date | None:
    """Before that day nothing is asked for in any of these dossiers; read once for every kind of block."""
    if since := _since(tx):
        return since
    first = rows.first_made(tx, among)
    return made_on(first) if first else None


def _since(tx: Transaction) -> date | None:
    kept = info.value(tx, _SINCE)
    return date.fromisoformat(kept.decode()) if kept else None
