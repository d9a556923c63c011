"""« Mon tableau »: the dossiers one follows as a table; its views, its paper, its file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from spip_desktop.db import caseload as rows
from spip_desktop.db.caseload import VIEWS
from spip_desktop.db.followed import followed
from spip_desktop.domain import dates
from spip_desktop.domain.caseload import Column, Row, Show, Value, View, columns_of, is_late, view_problems
from spip_desktop.domain.errors import Refusal, refuse_if_any
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import NBSP, clean
from spip_desktop.reference import load
from spip_desktop.services.access import AccessService
from spip_desktop.services.caseload_rows import rows_of
from spip_desktop.services.context import Context
from spip_desktop.services.list_export import Listed
from spip_desktop.services.printing import Printable
from spip_desktop.services.todo_sources import ground
from spip_desktop.wording import caseload as words
from spip_desktop.wording.caseload import SHOWS

KIND = "caseload"
#: The shares that the width of the paper holds, where one is a date.
_ROOM = 11.1
#: Shares of the width on paper; the other columns have 1.
_SHARES = {
    Column.NAME: 1.9, Column.AGE: 0.5, Column.ECROU: 0.8, Column.ESTABLISHMENT: 1.6, Column.CELL: 1.1,
    Column.TITLE: 1.3, Column.MEASURES: 1.8, Column.HOUSING: 1.8, Column.PHONE: 1.5, Column.INCIDENT: 1.5,
    Column.HANDOVER: 1.5,
}  # fmt: skip


class CaseloadService:
    """Rows are read when the page is opened, then filtered and sorted as values."""

    def __init__(self, context: Context, access: AccessService) -> None:
        self._context, self._access = context, access

    def rows(self) -> list[Row]:
        """Those one follows, and those of a colleague under an intérim."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            among = followed(tx, self._access.reach(tx))
            return rows_of(ground(tx, among), self._context.actor)

    # -- views -----------------------------------------------------------------------------------------------

    def views(self) -> list[View]:
        """One's own, by name: nobody else's."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.reading() as tx:
            return rows.views_of(tx, self._context.officer_id)

    def keep_view(self, view: View) -> UUID:
        """Keep a view under its name, a new one or one's own changed. Refusals: `required`, `view_name_taken`,
        `view_no_column`."""
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.transaction(self._context.actor, "keep_view") as tx:
            mine = rows.views_of(tx, tx.actor_id)
            known = any(one.id == view.id for one in mine)
            made = replace(
                view, id=view.id if known else tx.ids.new(), officer_id=tx.actor_id, name=clean(view.name).strip()
            )
            refuse_if_any(view_problems(made, mine, SHOWS.values()))
            VIEWS.save(tx, made)
            tx.note("caseload_view", made.id)
            return made.id

    def bin_view(self, own_view_id: UUID) -> None:
        self._mark(own_view_id, "bin_view", restore=False)

    def restore_view(self, own_view_id: UUID) -> None:
        self._mark(own_view_id, "restore_view", restore=True)

    def _mark(self, id_: UUID, act: str, *, restore: bool) -> None:
        self._context.actor.require(Right.READ_PERSON)
        with self._context.store.transaction(self._context.actor, act) as tx:
            view = VIEWS.get(tx, id_)
            if view.officer_id != tx.actor_id:
                raise Refusal("not_found", kind="caseload_view")
            if restore:  # its name may have been given to another meanwhile
                refuse_if_any(view_problems(view, rows.views_of(tx, tx.actor_id)))
            (VIEWS.restore if restore else VIEWS.bin)(tx, id_)
            tx.note("caseload_view", id_)

    # -- what leaves -----------------------------------------------------------------------------------------

    def paper(self, view: View, shown: Sequence[Row]) -> Printable:
        """What is shown, on A4 on its side."""
        self._context.actor.require(Right.PRINT)
        from spip_desktop.documents import listing  # reportlab: not before the first paper
        from spip_desktop.documents.kit.text import Span

        today, bands = self._context.clock.today(), _bands(columns_of(view))

        def cell(row: Row, column: Column) -> Span:
            value = row.values.get(column)
            return Span(said(value), bold=column is Column.NAME or is_late(column, value, today))

        parts = [
            listing.Part(
                words.band(number, len(bands)),
                [[cell(row, column) for column in band] for row in shown],
                [listing.Column(head(column), _SHARES.get(column, 1)) for column in band],
            )
            for number, band in enumerate(bands, start=1)
        ]
        content = listing.render_parts(
            words.TITLE,
            parts[0].columns,
            parts,
            day=today,
            demo=self._context.demonstration,
            subtitle=f"{name_of(view)}, {sorted_by(view)}. {words.INDICATIVE} {words.BOLD}",
            landscape=True,
            lines=len(shown),
        )
        return Printable(title=words.TITLE, content=content, kind=KIND, object_id=self._context.officer_id)

    def listed(self, view: View, shown: Sequence[Row]) -> Listed:
        """Exactly what is shown, for a spreadsheet."""
        self._context.actor.require(Right.PRINT)
        columns = columns_of(view)
        return Listed(
            kind=KIND,
            title=words.TITLE,
            heads=[head(column) for column in columns],
            rows=[[row.values.get(column) for column in columns] for row in shown],
        )


def _bands(columns: Sequence[Column]) -> list[list[Column]]:
    """The columns by tables that the width of the paper holds, each with the name first: a date is never cut."""
    bands: list[list[Column]] = []
    for column in columns:
        needed = sum(_SHARES.get(one, 1) for one in (*bands[-1], column)) if bands else 0
        if not bands or needed > _ROOM:
            bands.append([] if column is Column.NAME else [Column.NAME])
        bands[-1].append(column)
    return bands


def head(column: Column) -> str:
    return load("caseload_columns").label(column)


def short_head(column: Column) -> str:
    """For a narrow column of the screen."""
    entry = load("caseload_columns").get(column)
    return (entry.text("short") if entry else "") or head(column)


def name_of(view: View) -> str:
    return view.name or SHOWS[Show(view.show)]


def sorted_by(view: View) -> str:
    """« trié par « Nom », croissant », on the page and on paper."""
    way = "décroissant" if view.descending else "croissant"
    return f"trié par «{NBSP}{head(Column(view.sort))}{NBSP}», {way}"


def said(value: Value) -> str:
    """As the page and the paper write it."""
    return dates.short(value) if isinstance(value, date) else "" if value is None else str(value)
