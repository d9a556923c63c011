"""No free text and no sensitive field is in an index, a filter, a sort or a figure across dossiers (R. 113-51)."""

import itertools
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.sql import visitors

from spip_desktop.db import every_table, search  # noqa: F401  every table is declared
from spip_desktop.db import person as persons
from spip_desktop.db.person import CONTACTS
from spip_desktop.db.schema import METADATA
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.journal import JournalFilter
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.person import Person
from spip_desktop.domain.person_list import PersonFilter, Sort, Whose
from spip_desktop.domain.text import fold
from spip_desktop.domain.transfer import Content, Scope, TransferKind
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests import form_fixtures
from tests.services.lawful import ANY_TABLE, COLUMNS, INDEXED
from tests.services.rights import NOT_OF_A_DOSSIER, RIGHTS
from tests.services.test_rights import ids_asked, walk

#: Readings across dossiers, as pages make them; a new one is added here (a test says so).
Reading = Callable[[Services], object]
_FILTERS = [
    PersonFilter(whose=whose, milieu=milieu, text=text)
    for whose, milieu, text in itertools.product(Whose, (None, *Milieu), ("", "per 2004"))
]


def _with_a_number(services: Services) -> object:
    """The page of one person says who else has the same APPI number."""
    person = services.persons.search("12345")[0].id
    services.persons.save_fields(person, {"appi_number": "20071234"})
    return services.persons.civil(person)


def _exported(services: Services) -> object:
    with tempfile.TemporaryDirectory() as folder:
        return services.agenda.papers.export(Path(folder) / "agenda", date(2026, 11, 16), date(2026, 11, 30))


READINGS: dict[str, Reading] = {
    "persons.search": lambda one: [one.persons.search(text) for text in ("12345", "per", "perrin loic")],
    "persons.page": lambda one: [
        one.persons.page(wanted, sort=sort, descending=down)
        for wanted, sort, down in itertools.product(_FILTERS, Sort, (False, True))
    ],
    "workload.seen": lambda one: one.workload.seen(),
    "persons.count": lambda one: [one.persons.count(wanted) for wanted in _FILTERS],
    "persons.similar": lambda one: one.persons.similar(
        QuickStart(birth_name="Perrin", first_names="Loïc", birth_date=date(2004, 3, 14), ecrou_number="1")
    ),
    "persons.civil": _with_a_number,
    "conflicts.all": lambda one: one.conflicts.all(),
    "conflicts.count": lambda one: one.conflicts.count(),
    "duplicates.all": lambda one: one.duplicates.all(),
    "conflicts.waiting": lambda one: one.conflicts.waiting(),
    "transfers.visas.awaited": lambda one: one.transfers.visas.awaited([one.context.ids.new()]),
    "transfers.visas.answers": lambda one: one.transfers.visas.answers(one.context.ids.new()),
    "conflicts.versions": lambda one: one.conflicts.versions(),
    "transfer_in.preview": lambda one: one.transfer_in.preview(one.context.ids.new()),
    "transfer_out.collect": lambda one: list(
        one.transfer_out.collect(Scope(kind=TransferKind.CASELOAD, content=Content.COMPLETE)).lines()
    ),
    "handovers.under_way": lambda one: one.handovers.under_way(),
    "todo.groups": lambda one: one.todo.groups(),
    "carrying.queue": lambda one: _blocks(one),
    "carrying.done": lambda one: one.carrying.done(),
    "deadlines.impact": lambda one: one.deadlines.impact("E26", in_use=False),
    "prescriptions.reading.mine": lambda one: one.prescriptions.reading.mine(),
    "requests.page": lambda one: [one.requests.page(waiting=waiting) for waiting in (True, False)],
    "agenda.reading.days": lambda one: one.agenda.reading.days(date(2026, 11, 16), date(2026, 11, 30)),
    "agenda.reading.to_note": lambda one: one.agenda.reading.to_note(),
    "agenda.reading.count_to_note": lambda one: one.agenda.reading.count_to_note(),
    "agenda.papers.day_list": lambda one: one.agenda.papers.day_list(date(2026, 11, 24)),
    "agenda.papers.call_list": lambda one: one.agenda.papers.call_list(date(2026, 11, 24)),
    "agenda.papers.export": _exported,
    "caseload.rows": lambda one: one.caseload.rows(),
    "arrival_list.of_day": lambda one: one.arrival_list.of_day(date(2026, 11, 22)),
    "commissions.reading.mine": lambda one: one.commissions.reading.mine(),
    "prescriptions.follow_up.silent": lambda one: one.prescriptions.follow_up.silent(),
    "prescriptions.batches.batches": lambda one: one.prescriptions.batches.batches(),
    "prescriptions.returns.find": lambda one: [one.prescriptions.returns.find(text) for text in ("F7K3QX", "7K3M9QXF")],
    "prescriptions.forms.sheet_of": lambda one: _by_a_form(one),
    "partner_figures.of": lambda one: one.partner_figures.of(date(2026, 1, 1), date(2026, 12, 31)),
    "partner_figures.paper": lambda one: one.partner_figures.paper(date(2026, 1, 1), date(2026, 12, 31)),
    "partner_figures.table": lambda one: one.partner_figures.table(date(2026, 1, 1), date(2026, 12, 31)),
    "evaluations.guide.find": lambda one: one.evaluations.guide.find("7K3QX2"),
    "retention.lines": lambda one: one.retention.lines(),
    "retention.past": lambda one: one.retention.past(),
    "retention.erasures": lambda one: one.retention.erasures(),
    "journal.page": lambda one: one.journal.page(JournalFilter(act="consultation", starts=date(2026, 1, 1))),
    "journal.count": lambda one: one.journal.count(JournalFilter(kind="person", ends=date(2027, 1, 1))),
    "journal.consultations": lambda one: one.journal.consultations(JournalFilter()),
    "journal.officers": lambda one: one.journal.officers(),
    "journal.acts": lambda one: one.journal.acts(),
    "journal.kinds": lambda one: one.journal.kinds(),
}


def _blocks(services: Services) -> object:
    services.carrying.set_since(date(2020, 1, 1))
    return services.carrying.queue()


def _by_a_form(services: Services) -> None:
    """A form of a sheet that is not there: it was looked for all the same."""
    with tempfile.TemporaryDirectory() as folder, suppress(Refusal):
        path = Path(folder) / "retour.pdf"
        path.write_bytes(form_fixtures.form())
        services.prescriptions.forms.sheet_of(path)


#: Methods that take no dossier and read none.
_NO_DOSSIER = (
    *("access.interims", "persons.officers", "partners.summaries", "partners.all", "partners.get"),
    *("partners.needs.lines", "partners.needs.steps", "partners.needs.of"),
    *(f"public_directory.{name}" for name in ("last", "count", "search", "service", "gone", "take")),
    *(f"person_lists.{name}" for name in ("read", "look", "carry_out", "taken_up", "take_back")),
    *("partner_sheets.read", "partner_sheets.look", "partner_sheets.carry_out"),
    *("public_directory.imports.look", "public_directory.imports.carry_out"),
    *("sheets.lines", "sheets.install", "sheets.preview", "sheets.model", "sheets.withdraw", "habilitations.change"),
    *("forms.lines", "forms.install", "forms.preview", "forms.model", "forms.withdraw", "evaluations.reading.form"),
    *("retention.old_copies", "retention.renew_copies", "retention.certificate", "journal.verify", "journal.old"),
    "prescriptions.follow_up.last_letter",
    *("carrying.carry", "carrying.copied", "carrying.paper"),  # a block, whose dossier is opened; the queue, printed
    # One pair; who resembles whom is told by `duplicates.all`.
    *(f"duplicates.{name}" for name in ("view", "merge", "take_apart", "keep_apart", "propose_again")),
    # Packages and stations; what a package holds of dossiers is collected one dossier at a time.
    *(
        f"transfers.contacts.{name}"
        for name in ("mine", "shown", "keys", "all", "trust", "withdraw", "revoke", "renew", "get", "seen")
    ),
    *(f"transfers.contacts.{name}" for name in ("add_card", "save_mine")),
    *(f"transfers.sending.{name}" for name in ("all", "get", "holds", "prepare", "drop", "is_removable", "write")),
    "transfers.sending.device_of",
    *(f"transfers.sending.{name}" for name in ("verify", "write_again", "hand_over", "read_receipt", "hear_receipt")),
    *(f"transfers.receiving.{name}" for name in ("all", "get", "needs_phrase", "look", "look_again", "merge", "drop")),
    *(
        "transfers.receiving.receipt",
        "transfers.receiving.spoken",
        "transfers.receiving.check",
        "transfer_out.collect",
        "transfer_in.preview",
    ),
    "appointments.batch.offered",  # a list of kinds
    "appointments.papers.batch",  # takes the appointments it is about, and opens each
    *(f"agenda.setup.{name}" for name in ("places", "absences", "permanences", "close_place", "open_place")),
    *(f"caseload.{name}" for name in ("views", "keep_view", "paper", "listed")),
    "list_export.write",
)
_WRITES = (
    *("add", "save", "set", "new", "check", "draw", "confirm", "paper", "give", "remove", "end", "renew", "start"),
    *("quick_start", "erase", "hold", "lift", "trim", "bin", "restore", "put", "note", "choose", "make", "acknowledge"),
)


# -- what a statement compares -------------------------------------------------------------------------------


def compared(statement: Any) -> set[str]:
    """The columns (« table.column ») in its conditions, its order, its groups and what it counts."""
    found: set[str] = set()
    for select in (one for one in visitors.iterate(statement) if isinstance(one, sa.Select)):
        found |= _columns(*select._where_criteria, *select._order_by_clauses)
        found |= _columns(*select._group_by_clauses, *select._having_criteria)
        found |= _columns(*(one for column in select._raw_columns for one in _functions(column)))
        found |= _columns(*(onclause for _, onclause, *_ in select._setup_joins if onclause is not None))
    joins = (one.onclause for one in visitors.iterate(statement) if isinstance(one, sa.sql.selectable.Join))
    return found | _columns(*joins)


def _columns(*parts: Any) -> set[str]:
    return {_name(one) for part in parts for one in visitors.iterate(part) if isinstance(one, sa.Column)}


def _functions(column: Any) -> Iterator[Any]:
    if not isinstance(column, sa.Table):
        yield from (one for one in visitors.iterate(column) if isinstance(one, sa.sql.functions.FunctionElement))


def _name(column: sa.Column[Any]) -> str:
    (base,) = column.base_columns
    return f"{base.table.name}.{base.name}"


@contextmanager
def watched() -> Iterator[tuple[set[str], set[str]]]:
    """The columns that every reading meanwhile compares, and the statements that came as text."""
    columns: set[str] = set()
    texts: set[str] = set()

    def note(_: Any, statement: Any, *rest: Any) -> None:
        columns.update(compared(statement))
        texts.update(str(one) for one in visitors.iterate(statement) if isinstance(one, sa.TextClause))

    sa.event.listen(sa.Engine, "before_execute", note)
    try:
        yield columns, texts
    finally:
        sa.event.remove(sa.Engine, "before_execute", note)


def unlisted(columns: set[str], listed: Collection[str] = COLUMNS) -> set[str]:
    """Those that no list has a reason for; the number of another record is a link, whatever its name."""
    return {
        one
        for one in columns
        if one not in listed and one.partition(".")[2] not in ANY_TABLE and not isinstance(_column(one).type, sa.Uuid)
    }


def _column(name: str) -> sa.Column[Any]:
    table, _, column = name.partition(".")
    found: sa.Column[Any] = METADATA.tables[table].c[column]
    return found


@pytest.fixture
def services(dpip_context: Context, loic: UUID) -> Services:
    return make_services(dpip_context)


# -- filters, sorts, figures ---------------------------------------------------------------------------------


def test_no_reading_across_dossiers_compares_anything_else(services: Services) -> None:
    used: set[str] = set()
    for path, read in READINGS.items():
        with watched() as (columns, texts):
            read(services)
        assert unlisted(columns) == set(), f"{path}: say in tests/services/lawful.py why persons are compared by it"
        assert all("person_search" in text or text in ("0", "1", "NULL") for text in texts), (path, texts)
        used |= columns
    unused = {one for one in COLUMNS if one not in used}
    assert unused == set(), "compared no more: take it out of the table"


def test_the_control_a_filter_on_free_text_is_reported(services: Services) -> None:
    c = CONTACTS.table.c
    planted = (
        sa.select(c.person_id).where(c.note.contains("alcool")),
        sa.select(c.person_id).order_by(c.note),
        sa.select(sa.func.count(c.note)),
        sa.select(persons.PERSONS.table.c.id).where(
            persons.PERSONS.table.c.id.in_(sa.select(c.person_id).where(c.note != ""))
        ),
        sa.select(persons.PERSONS.table.c.id).join_from(persons.PERSONS.table, CONTACTS.table, c.note != ""),
    )
    for statement in planted:
        with watched() as (columns, _), services.context.store.reading() as tx:
            tx.connection.execute(statement)
        assert unlisted(columns) == {"contact.note"}, statement


def test_every_reading_across_dossiers_is_watched(services: Services) -> None:
    known = {*READINGS, *_NO_DOSSIER}
    across = {path for path, method in walk(services).items() if path in RIGHTS and _reads_several(path, method)}
    assert {"persons.page", "journal.page"} <= across, "the control"
    assert across - known == set(), "add it to READINGS, or say that it reads no dossier"


def _reads_several(path: str, method: Callable[..., object]) -> bool:
    """It reads, and takes no dossier."""
    name = path.rpartition(".")[2]
    takes = path in NOT_OF_A_DOSSIER or bool(ids_asked(method) - NOT_OF_A_DOSSIER.keys())
    return not takes and not name.startswith(_WRITES)


def test_the_filters_of_the_list_are_three_and_none_is_of_what_was_typed_about_someone() -> None:
    assert {one.name for one in fields(PersonFilter)} == {"whose", "milieu", "text"}
    assert set(Sort) == {"name", "birth", "place", "release", "next", "officer"}


# -- indexes -------------------------------------------------------------------------------------------------


def test_no_index_is_of_free_text() -> None:
    indexed = {
        f"{table.name}.{column.name}"
        for table in METADATA.tables.values()
        for index in table.indexes
        for column in index.columns
    }
    assert unlisted(indexed, INDEXED) == set(), "say in tests/services/lawful.py why it is indexed"
    assert unlisted({*indexed, "contact.note"}, INDEXED) == {"contact.note"}, "the control"
    assert INDEXED.keys() <= indexed, "indexed no more: take it out of the table"


def test_the_only_full_text_index_is_that_of_identity(services: Services) -> None:
    with services.context.store.reading() as tx:
        virtual = tx.connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
        )
        assert [row[0] for row in virtual] == [search.TABLE]


#: What of a person makes them findable; nothing else that is typed does.
IDENTITY = frozenset({"birth_name", "usual_name", "first_names", "aliases", "appi_number"})


def indexed_fields(context: Context) -> set[str]:
    """Save a person with a word of its own in every text of theirs; the fields whose word came into the index."""
    texts = [one.name for one in fields(Person) if one.type in (str, "str")]
    several = [one.name for one in fields(Person) if str(one.type).startswith("tuple[str")]
    words = {name: f"canari{number}x" for number, name in enumerate((*texts, *several))}
    content: dict[str, Any] = {name: words[name] for name in texts} | {name: (words[name],) for name in several}
    person = Person(id=context.ids.new(), **content)
    with context.store.transaction(context.actor, "test") as tx:
        persons.save(tx, person, ["424242"])
        tx.note("person", person.id)
    with context.store.reading() as tx:
        found = {name for name, word in words.items() if person.id in search.matching(tx, word, 10)}
        assert search.matching(tx, "424242", 10) == [person.id], "the control: an écrou number finds"
    return found


def test_a_person_is_found_by_identity_only(context: Context) -> None:
    assert indexed_fields(context) == IDENTITY


def test_the_control_a_word_of_a_note_in_the_index_is_seen(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = persons.search_words

    def leaking(person: Person, numbers: Any) -> str:
        return f"{plain(person, numbers)} {fold(person.languages)}"

    monkeypatch.setattr(persons, "search_words", leaking)
    assert indexed_fields(context) == {*IDENTITY, "languages"}
