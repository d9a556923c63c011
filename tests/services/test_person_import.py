"""A caseload from a spreadsheet: recognised columns, rows tried, reasons told, nothing written over, undone whole."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spip_desktop.db.situation import BASES, CUSTODIES, MEASURES, SHEETS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import PenalCategory
from spip_desktop.domain.person_sheet import GUESSES, Known, read_people
from spip_desktop.domain.sheet_columns import SheetTable
from spip_desktop.services import person_import
from spip_desktop.services.context import Context
from spip_desktop.services.person import QuickStart
from spip_desktop.services.person_import import PersonLists, TakenBack
from spip_desktop.wiring import Services, make_services
from spip_desktop.wording.person_import import REASONS
from tests.workbook_files import Cell, xlsx

HEADS: list[Cell] = [
    *("Nom", "Prénoms", "Né(e) le", "N° d’écrou", "Date d’écrou", "Catégorie", "FDP", "Fiche pénale du"),
    *("Date de saisine", "Mesure", "Début"),
]  # fmt: skip
TODAY = date(2026, 11, 22)


@pytest.fixture
def services(context: Context) -> Services:
    return make_services(context)


@pytest.fixture
def backups() -> list[str]:
    return []


@pytest.fixture
def lists(context: Context, backups: list[str]) -> PersonLists:
    return PersonLists(context, lambda: backups.append("made"))


def table(lists: PersonLists, folder: Path, *rows: list[Cell]) -> SheetTable:
    return lists.read(xlsx(folder / "liste.xlsx", [HEADS, *([*row, *[""] * (len(HEADS) - len(row))] for row in rows)]))


def silently(done: int, total: int) -> None:
    """Nobody looks."""


HELD: list[Cell] = ["N’Diaye", "Ibrahima", "03/04/1998", "44 210", "12/10/2026", "Condamné", "22/02/2027", "3/11/2026"]
FREE: list[Cell] = ["Lœuillet", "Anaïs", "1.2.90", "", "", "", "", "", "05/10/2026", "SP", "01/10/2026"]


def _dossier(family: str, first: str, born: date) -> QuickStart:
    return QuickStart(birth_name=family, first_names=first, birth_date=born, ecrou_number="90001")


def found(services: Services, name: str) -> UUID:
    return services.persons.search(name)[0].id


def test_columns_are_recognised_and_rows_become_dossiers(
    lists: PersonLists, services: Services, context: Context, tmp_path: Path
) -> None:
    read = table(lists, tmp_path, HELD, FREE)
    assert len(read.guessed) == len(HEADS)
    preview = lists.look(read, read.guessed)
    assert (len(preview.dossiers), preview.count("custody"), preview.count("measures"), preview.rejected) == (
        2,
        1,
        1,
        [],
    )
    assert not services.persons.search("ndiaye"), "trying writes nothing"
    assert lists.carry_out(preview, silently) == 2
    held, free = found(services, "ndiaye"), found(services, "loeuillet")
    assert services.persons.search("44210")[0].id == held
    with context.store.reading() as tx:
        (custody,), (sheet,) = CUSTODIES.find(tx, person_id=held), SHEETS.find(tx, person_id=held)
        (basis,), (measure,) = BASES.find(tx, person_id=free), MEASURES.find(tx, person_id=free)
    assert (custody.ecrou_number, custody.penal_category) == ("44210", PenalCategory.CONVICTED)
    assert (sheet.as_of, sheet.end_official) == (date(2026, 11, 3), date(2027, 2, 22))
    assert (basis.received_on, measure.kind, measure.starts) == (date(2026, 10, 5), "SP", date(2026, 10, 1))
    assert services.persons.civil(free).person.value.birth_date == date(1990, 2, 1)


def test_each_row_that_is_refused_says_why(lists: PersonLists, services: Services, tmp_path: Path) -> None:
    services.persons.quick_start(_dossier("Ndiaye", "Ibrahima", date(1998, 4, 3)))
    read = table(
        lists,
        tmp_path,
        HELD,
        ["Un", "Jean", "31/02/1990", "1"],
        ["Deux", "", "01/02/1990", "2"],
        ["Trois", "Jean", "01/02/1990"],
        ["Quatre", "Jean", "01/02/1990", "4", "", "libre"],
        ["Cinq", "Jean", "01/02/1990", "5", "", "", "01/02/2027", ""],
        ["Six", "Jean", "01/02/1990", "", "", "", "", "", "", "Fusée"],
        ["Sept", "Jean", "01/02/1990", "7"],
        ["Sept", "Jean", "01/02/1990", "8"],
        ["Huit", "Jean", "01/02/1991", "7"],
    )
    preview = lists.look(read, read.guessed)
    assert [(one.row, one.reason, one.field) for one in preview.rejected] == [
        (2, "person_known", "birth_name"),
        (3, "date_impossible", "birth_date"),
        (4, "required", "first_names"),
        (5, "no_ground", "custody.ecrou_number"),
        (6, "unknown_category", "custody.penal_category"),
        (7, "sheet_day_needed", "sheet.as_of"),
        (8, "unknown_measure", "measure.kind"),
        (10, "second_ecrou", "custody.ecrou_number"),
        (11, "number_of_another", "custody.ecrou_number"),
    ]
    assert [one.person.birth_name for one in preview.dossiers] == ["Sept"]


def test_rows_of_one_person_are_one_dossier_with_their_measures(lists: PersonLists, tmp_path: Path) -> None:
    again = [*FREE[:8], "", "TIG", "02/10/2026"]
    read = table(lists, tmp_path, FREE, again)
    preview = lists.look(read, read.guessed)
    (dossier,) = preview.dossiers
    assert [one.kind for one in dossier.measures] == ["SP", "TIG"]
    assert {one.person_id for one in dossier.measures} == {dossier.person.id}


def test_names_and_birth_must_be_told(lists: PersonLists, tmp_path: Path) -> None:
    read = table(lists, tmp_path, HELD)
    with pytest.raises(Refusal) as told:
        lists.look(read, {0: "birth_name", 1: "birth_name"})
    assert [one.code for one in told.value.problems] == ["name_columns_needed", "birth_needed", "column_twice"]


def test_a_list_is_taken_back_whole_save_what_was_worked_on(
    lists: PersonLists, services: Services, tmp_path: Path
) -> None:
    read = table(lists, tmp_path, HELD, FREE)
    lists.carry_out(lists.look(read, read.guessed), silently)
    (list_,) = lists.taken_up()
    assert list_.count == 2
    services.persons.save_fields(found(services, "loeuillet"), {"birth_place": "Valbrune"})
    assert lists.take_back(list_.id, silently) == TakenBack(gone=1, kept=("Anaïs LŒUILLET",))
    assert not services.persons.search("ndiaye")
    assert not services.persons.search("44210")
    assert services.persons.search("loeuillet")
    again = lists.look(read, read.guessed)
    assert [one.person.birth_name for one in again.dossiers] == ["N’Diaye"], "taken back, it can be taken up again"


def test_dossiers_are_followed_by_who_takes_them_up_when_asked(
    lists: PersonLists, services: Services, tmp_path: Path
) -> None:
    read = table(lists, tmp_path, FREE)
    assert services.persons.may_follow()
    lists.carry_out(lists.look(read, read.guessed), silently, follow=True)
    ((assignment, officer),) = services.persons.assignments(found(services, "loeuillet"))
    assert officer.id == services.context.officer_id
    assert assignment.starts == TODAY


def test_a_large_list_begins_with_a_backup(
    lists: PersonLists, backups: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_import, "LARGE", 2)
    read = table(lists, tmp_path, HELD, FREE)
    lists.carry_out(lists.look(read, read.guessed), silently)
    assert backups == ["made"]


WORDS = person_import._words()
CELLS = st.one_of(
    st.text(max_size=12),
    st.dates(date(1900, 1, 1), TODAY + timedelta(days=9000)).map(lambda day: f"{day:%d/%m/%Y}"),
    st.sampled_from(["SP", "TIG", "STAGE", "DDSE-P", "SSJ", "Condamné", "44210", "prévenu", "", "Nguyễn", "2015"]),
)


@given(rows=st.lists(st.lists(CELLS, min_size=len(GUESSES), max_size=len(GUESSES)), max_size=6))
def test_whatever_the_cells_each_row_is_taken_or_says_why_in_words(rows: list[list[str]]) -> None:
    columns = dict(enumerate(GUESSES))
    made = iter(range(1, 1000))
    preview = read_people(rows, columns, WORDS, Known((), ()), TODAY, lambda: UUID(int=next(made)))
    assert all(one.reason in REASONS for one in preview.rejected)
    taken = sum(len(one.measures) or 1 for one in preview.dossiers)
    assert len(preview.dossiers) <= len(rows) - len(preview.rejected)
    assert taken <= len(rows)
