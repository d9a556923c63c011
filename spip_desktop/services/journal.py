"""The journal, read by a DPIP or an auditor: lines without a name, whose dossiers were opened, the chain checked.

A line says who by the identifier and what by its kind and number. Who may open dossiers goes from a line to the
dossier and reads the words of its reason; who only audits sees the number and the coded reason (R. 113-57).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db import journal, journal_reading, journal_trim
from spip_desktop.db.store import Transaction
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.dates import add_months
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.journal import Consultations, JournalFilter, JournalLine, Verdict, Why
from spip_desktop.domain.officer import Right
from spip_desktop.services import losses
from spip_desktop.services.context import Context
from spip_desktop.services.journal_words import why

TRIM = "trim_journal"
#: The entry of the list `retention` that says how long a line is kept.
_RULE = "consultations"
_UNKNOWN = "agent d’un autre magasin"


class JournalService:
    """`verify` and `trim` read the whole journal: they are called from the worker."""

    def __init__(self, context: Context, reauthenticate: Callable[[str], None]) -> None:
        self._context, self._reauthenticate = context, reauthenticate

    def may_read(self) -> bool:
        return self._context.actor.may(Right.READ_JOURNAL)

    def may_trim(self) -> bool:
        """Whether this officer may take old lines away: reading the journal is not enough."""
        return self.may_read() and self._context.actor.could(Right.ERASE)

    # -- reading ---------------------------------------------------------------------------------------------

    def page(self, wanted: JournalFilter, *, offset: int = 0, limit: int = 100) -> list[JournalLine]:
        """Some lines, the newest first."""
        self._context.actor.require(Right.READ_JOURNAL)
        with self._context.store.reading() as tx:
            found = journal_reading.page(tx, wanted, offset, limit)
            names = journal_reading.names(tx)
            objects = {line.object for _, line in found if line.object}
            dossiers = journal_reading.dossiers(tx, objects) if self._opens_dossiers() else {}
        return [self._shown(seq, line, names, dossiers) for seq, line in found]

    def count(self, wanted: JournalFilter) -> int:
        self._context.actor.require(Right.READ_JOURNAL)
        with self._context.store.reading() as tx:
            return journal_reading.count(tx, wanted)

    def officers(self) -> list[tuple[UUID, str]]:
        """Those who wrote a line that is kept, by their identifiers."""
        self._context.actor.require(Right.READ_JOURNAL)
        with self._context.store.reading() as tx:
            names = journal_reading.names(tx)
            found = [UUID(one) for one in journal_reading.distinct(tx, "officer")]
        return sorted(((one, names.get(str(one), _UNKNOWN)) for one in found), key=lambda one: one[1])

    def acts(self) -> list[str]:
        """The codes of the acts that the lines kept hold."""
        return self._distinct("act")

    def kinds(self) -> list[str]:
        """The codes of the kinds of objects that the lines kept hold."""
        return self._distinct("kind")

    def consultations(self, wanted: JournalFilter) -> list[Consultations]:
        """What each officer consulted in the period of a filter; who opened most of others' dossiers comes first."""
        self._context.actor.require(Right.READ_JOURNAL)
        with self._context.store.reading() as tx:
            names = journal_reading.names(tx)
            found = [
                Consultations(
                    officer=names.get(str(officer), _UNKNOWN), total=total, elsewhere=elsewhere, with_reason=reasons
                )
                for officer, total, elsewhere, reasons in journal_reading.consultations(tx, wanted)
            ]
        return sorted(found, key=lambda one: (-one.elsewhere, one.officer))

    # -- the chain -------------------------------------------------------------------------------------------

    def verify(self) -> Verdict:
        """Check every line kept: 0.3 s for 50,000."""
        self._context.actor.require(Right.READ_JOURNAL)
        with self._context.store.reading() as tx:
            return _verdict(tx)

    def old(self) -> int:
        """How many lines are no longer to be kept today (R. 113-57)."""
        self._context.actor.require(Right.READ_JOURNAL)
        with self._context.store.reading() as tx:
            return len(journal_trim.old(tx, self._limit()))

    def trim(self, passphrase: str, reason: str = "") -> int:
        """Take away the lines that are no longer to be kept; returns how many.

        The anchor is put on the last line first, and that line stays: the next opening finds it. Refusals, before
        anything is touched: `current_passphrase_wrong`, `journal_broken`, `journal_nothing_old`.
        """
        self._context.actor.require(Right.READ_JOURNAL)
        self._context.actor.require(Right.ERASE, reason)
        self._reauthenticate(passphrase)
        losses.write_anchor(self._context)
        anchored, _ = self._context.store.journal_head()
        with self._context.store.transaction(self._context.actor, TRIM) as tx:
            found = journal_trim.old(tx, self._limit())
            lines = journal_trim.Old(found.first, min(found.last, anchored - 1))
            if not len(lines):
                raise Refusal("journal_nothing_old")
            if (broken := _verdict(tx).broken) is not None:
                raise Refusal("journal_broken", line=broken)
            journal_trim.trim(tx, lines)
            tx.note("journal", reason=f"{lines.first}-{lines.last} {reason.strip()}".strip())
        self._context.store.checkpoint()
        losses.write_anchor(self._context)
        return len(lines)

    # -- inside ----------------------------------------------------------------------------------------------

    def _limit(self) -> datetime:
        """The first instant of the journal that is to be kept: midnight in Paris."""
        today = self._context.clock.today()
        entry = next(one for one in reference.load("retention").on(today) if one.code == _RULE)
        day = add_months(today, -12 * (entry.number("years") or 0)) - timedelta(days=entry.number("days") or 0)
        return datetime(day.year, day.month, day.day, tzinfo=PARIS)

    def _opens_dossiers(self) -> bool:
        return self._context.actor.may(Right.READ_PERSON)

    def _distinct(self, column: str) -> list[str]:
        self._context.actor.require(Right.READ_JOURNAL)
        with self._context.store.reading() as tx:
            return sorted(journal_reading.distinct(tx, column))

    def _shown(
        self, seq: int, line: journal.Line, names: Mapping[str, str], dossiers: Mapping[UUID, UUID]
    ) -> JournalLine:
        reason = why(line.act, line.reason)
        return JournalLine(
            seq=seq,
            at=line.at,
            officer=names.get(str(line.officer), _UNKNOWN),
            act=line.act,
            kind=line.kind,
            object=line.object,
            told=names.get(str(line.object), ""),
            why=reason if self._opens_dossiers() else Why(reason.label),
            has_words=bool(reason.words),
            recipient=names.get(line.recipient, line.recipient),
            dossier=dossiers.get(line.object) if line.object else None,
        )


def _verdict(tx: Transaction) -> Verdict:
    first, last = journal_reading.bounds(tx)
    return Verdict(first=first, last=last, broken=journal.first_break(tx.connection, tx.identity.journal_key))
