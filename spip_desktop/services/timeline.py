"""« Chronologie » of a person: what happened across the slices, as far as the officer's roles let them read it."""

from collections.abc import Sequence
from uuid import UUID

from spip_desktop.db.person import PERSONS
from spip_desktop.domain import dates
from spip_desktop.domain.officer import Right
from spip_desktop.domain.timeline import TimelineFilter, TimelineKind, TimelineLine, newest_first
from spip_desktop.services.access import AccessService
from spip_desktop.services.context import Context
from spip_desktop.services.printing import Printable
from spip_desktop.services.timeline_sources import SOURCES, ground
from spip_desktop.wording import timeline as words

KIND = "timeline"


class TimelineService:
    """Worked out at each reading; nothing of it is stored."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def kinds(self) -> tuple[TimelineKind, ...]:
        """What this officer's roles let them read of any dossier."""
        return tuple(dict.fromkeys(one.of for one in SOURCES if self._context.actor.may(one.right)))

    def of_person(self, person_id: UUID) -> Sequence[TimelineLine]:
        """Everything that happened up to today, the newest first."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            self._access.require(tx, person_id)
            found, today = ground(tx, self._context.actor, person_id), tx.clock.today()
            read = (one.read for one in SOURCES if self._context.actor.may(one.right))
            return newest_first(line for lines in read for line in lines(found) if line.on <= today)

    def paper(self, person_id: UUID, shown: TimelineFilter | None = None) -> Printable:
        """The lines of the filter on A4, which says that it does not hold them all."""
        self._context.actor.require(Right.PRINT)
        from spip_desktop.documents import listing  # reportlab: not before the first paper

        wanted, every = shown or TimelineFilter(), self.of_person(person_id)
        lines = [one for one in every if wanted.keeps(one)]
        with self._context.store.reading() as tx:
            name = PERSONS.get(tx, person_id).display_name
        content = listing.render(
            words.TITLE,
            [listing.Column(head, share) for head, share in words.COLUMNS],
            [(_when(one), words.KINDS[one.kind], _said(one)) for one in lines],
            day=self._context.clock.today(),
            demo=self._context.demonstration,
            subtitle=name if wanted.is_empty else f"{name}. {words.part_of(wanted, len(lines), len(every))}",
        )
        return Printable(title=words.TITLE, content=content, kind=KIND, object_id=person_id)


def _when(line: TimelineLine) -> str:
    return f"{dates.short(line.on)}\n{dates.said_hour(line.hour)}" if line.hour else dates.short(line.on)


def _said(line: TimelineLine) -> str:
    return f"{line.what}\n{line.detail}" if line.detail else line.what
