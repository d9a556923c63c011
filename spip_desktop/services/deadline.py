"""Échéances: the rules as the service has them, what a change of a rule or of a date would move."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import deadline as rows
from spip_desktop.db import info
from spip_desktop.db.among import Among, these
from spip_desktop.db.deadline import RULE_SETTINGS
from spip_desktop.db.situation import MEASURES
from spip_desktop.db.store import Transaction
from spip_desktop.domain.changes import replaced
from spip_desktop.domain.deadline import (
    Deadline,
    Facts,
    Move,
    Reckoning,
    Rule,
    Rules,
    RuleSetting,
    Subject,
    moves,
    newest,
    with_settings,
)
from spip_desktop.domain.deadline_calendar import WorkingDays
from spip_desktop.domain.deadline_facts import Dossier, of_situation
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.forms.deadlines import every_rule, shipped
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.lines import cleaned
from spip_desktop.services.todo_sources import SOURCES, Source, ground

_TERRITORY = "territory"
_LONGEST = 365
#: Dossiers read in one go when all are: a slice holds the store some tens of milliseconds.
_SLICE = 250
Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """One rule on the page: as we ship it, as the service has it, since when."""

    shipped: Rule
    rule: Rule
    group: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Impact:
    """What a setting would change across the dossiers: lines that come, that go, that move, and of how many persons."""

    come: int
    go: int
    move: int
    persons: int


def _silently(done: int, total: int) -> None:
    """Nobody follows the progress."""


class DeadlineService:
    """What falls due is worked out from the dossiers each time it is asked for: a change of a rule holds at once."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    # -- the rules -------------------------------------------------------------------------------------------

    def rules(self) -> list[RuleLine]:
        """Every rule with what the service decided of it."""
        with self._context.store.reading() as tx:
            today, settings = tx.clock.today(), RULE_SETTINGS.find(tx)
        held, now = newest(settings, today), with_settings(every_rule(), settings, today)
        found = []
        for one in shipped():
            for rule in one.rules:
                current, setting = now.get(rule.code), held.get(rule.code)
                assert current is not None
                since = setting.since if setting else None
                found.append(RuleLine(shipped=rule, rule=current, group=one.title, since=since))
        return found

    def may_set(self) -> bool:
        return self._context.actor.may(Right.SET_SERVICE)

    def set_rule(self, code: str, *, in_use: bool, count: int | None = None) -> None:
        """Use a rule or not from today on; a rule of practice may be given another delay, in its own unit.

        Refusals: `rule_delay`, `rule_is_law`, `not_found`.
        """
        self._context.actor.require(Right.SET_SERVICE)
        setting = self._setting(code, in_use, count)
        with self._context.store.transaction(self._context.actor, "set_rule") as tx:
            RULE_SETTINGS.save(tx, setting)
            tx.note("rule_setting", setting.id, code)

    def impact(self, code: str, *, in_use: bool, count: int | None = None, progress: Progress = _silently) -> Impact:
        """What that would change today in every dossier; slices let the officer go on working meanwhile."""
        self._context.actor.require(Right.SET_SERVICE)
        setting, store = self._setting(code, in_use, count), self._context.store
        with store.reading() as tx:
            settings, days, today = RULE_SETTINGS.find(tx), calendar(tx), tx.clock.today()
            everybody = rows.everybody(tx)
        before, after = (
            Reckoning(with_settings(every_rule(), some, today), days, today)
            for some in (settings, [*settings, setting])
        )
        total, come, go, move, persons = len(everybody), 0, 0, 0, set[UUID]()
        for start in range(0, total, _SLICE):
            progress(start, total)
            with store.reading() as tx:
                facts = read(tx, these(everybody[start : start + _SLICE]), SOURCES)
            old, new = ({one.key: one for one in which.in_sight(facts)} for which in (before, after))
            for key in old.keys() | new.keys():
                was, will = old.get(key), new.get(key)
                if was and will and was.due == will.due:
                    continue
                come, go, move = come + (was is None), go + (will is None), move + bool(was and will)
                persons.add((was or will).facts.person_id)  # type: ignore[union-attr]
        progress(total, total)
        return Impact(come, go, move, len(persons))

    def _setting(self, code: str, in_use: bool, count: int | None) -> RuleSetting:
        rule = Rules(every_rule()).get(code)
        if rule is None:
            raise Refusal("not_found", kind="rule_setting")
        if count is not None and rule.is_law:
            raise Refusal("rule_is_law", "count")
        if count is not None and not 1 <= count <= _LONGEST:
            raise Refusal("rule_delay", "count")
        signed = None if count is None else count if rule.count >= 0 else -count
        today = self._context.clock.today()
        return RuleSetting(id=self._context.ids.new(), code=code, in_use=in_use, count=signed, since=today)

    # -- the calendar ----------------------------------------------------------------------------------------

    def territory(self) -> str:
        """The code of the territory whose holidays count (list `territories`)."""
        with self._context.store.reading() as tx:
            return _territory(tx)

    def set_territory(self, code: str) -> None:
        """Count with the holidays of another territory from now on."""
        self._context.actor.require(Right.SET_SERVICE)
        if reference.load("territories").get(code) is None:
            raise Refusal("choose_one", "territory")
        with self._context.store.transaction(self._context.actor, "set_territory") as tx:
            info.keep(tx, _TERRITORY, code.encode())
            tx.note("rule_setting", None, code)

    # -- one dossier -----------------------------------------------------------------------------------------

    def of_person(self, person_id: UUID) -> list[Deadline]:
        """All that falls due from the situation of one person, near or far; the dossier must be open."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            return sorted(of_dossier(tx, dossier_of(tx, person_id)), key=lambda one: (one.due, one.rule.code))

    def moves_of_measure(self, measure_id: UUID, changes: dict[str, object]) -> Sequence[Move]:
        """The deadlines that these fields of a measure would move, before they are saved."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            measure = MEASURES.get(tx, measure_id)
            self._access.require(tx, measure.person_id)
            wanted, _ = cleaned(MEASURES.kind, changes)
            dossier = dossier_of(tx, measure.person_id)
            others = [one for one in dossier.measures if one.id != measure_id]
            changed = replaced(dossier, {"measures": (*others, replaced(measure, wanted))})
            return moves(of_dossier(tx, dossier), of_dossier(tx, changed))


# -- for the other services ----------------------------------------------------------------------------------


def reckoning(tx: Transaction) -> Reckoning:
    """With what the deadlines of the service are worked out today."""
    return Reckoning(rules_now(tx), calendar(tx), tx.clock.today())


def of_dossier(tx: Transaction, dossier: Dossier) -> Iterator[Deadline]:
    """All that falls due from a situation, near or far, whatever was written of it."""
    return reckoning(tx).of(of_situation(dossier, tx.clock.today()))


def dossier_of(tx: Transaction, person_id: UUID) -> Dossier:
    """What the rules look at of one person's situation."""
    among = these([person_id])
    return rows.dossiers(tx, among, rows.papers(tx, among))[0]


def rules_now(tx: Transaction) -> Rules:
    """The rules as the service has them today."""
    return with_settings(every_rule(), RULE_SETTINGS.find(tx), tx.clock.today())


def calendar(tx: Transaction) -> WorkingDays:
    """The days worked where the service is."""
    return reference.working_days(_territory(tx))


def read(tx: Transaction, among: Among, sources: Iterable[Source]) -> list[Facts]:
    """Everything that these sources know of these persons."""
    given = ground(tx, among)
    return [facts for source in sources for facts in source.read(given)]


def measures_of(rule: Rule) -> tuple[str, ...]:
    """The names of the measures that a rule is of; nothing where it is of any, or not of measures."""
    if rule.of is not Subject.MEASURE:
        return ()
    return tuple(one.label for one in reference.load("measures").entries if one.code in rule.kinds)


def _territory(tx: Transaction) -> str:
    return (info.value(tx, _TERRITORY) or reference.MAINLAND.encode()).decode()
