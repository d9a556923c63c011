"""« Mon tableau » over a real store: whose rows, what they hold, views that are one's own, what leaves."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from spip_desktop.db import journal
from spip_desktop.db.officer import OFFICERS
from spip_desktop.domain.caseload import USUAL, Column, Show, View, columns_of, in_order, shown
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Measure
from spip_desktop.domain.officer import Role
from spip_desktop.services.caseload import head, said
from spip_desktop.services.context import Context
from spip_desktop.services.list_export import FileKind
from spip_desktop.services.person import QuickStart
from spip_desktop.wiring import Services, make_services
from tests.documents.reading import one_line
from tests.store_fixtures import make_officer

TODAY = date(2026, 11, 22)


@pytest.fixture
def mine(services: Services, loic: UUID) -> UUID:
    services.persons.assign(loic, services.context.officer_id, reason="nouveau")
    return loic


@pytest.fixture
def martine(services: Services) -> UUID:
    start = QuickStart(
        birth_name="Aubry", first_names="Martine", birth_date=date(1968, 2, 2), referral_on=date(2026, 10, 1)
    )
    id_ = services.persons.quick_start(start)
    measure = Measure(
        id=services.context.ids.new(), person_id=id_, kind="SP", starts=date(2026, 10, 1),
        referral_on=date(2026, 10, 1),
    )  # fmt: skip
    services.situation.measures.add(measure)
    services.persons.assign(id_, services.context.officer_id, reason="nouveau")
    return id_


def a_view(services: Services, name: str = "", **changes: object) -> View:
    made = View(id=UUID(int=0), officer_id=services.context.officer_id, name=name, columns=USUAL)
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_rows_are_those_one_follows_with_their_dates(services: Services, mine: UUID, martine: UUID) -> None:
    services.persons.quick_start(
        QuickStart(birth_name="Autre", first_names="Paul", birth_date=date(1990, 1, 1), ecrou_number="777")
    )
    found = {row.person_id: row.values for row in services.caseload.rows()}
    assert found.keys() == {mine, martine}, "nobody follows the third"
    assert found[mine][Column.NAME] == "Loïc PERRIN"
    assert found[mine][Column.ECROU] == "12345"
    assert found[mine][Column.RELEASE] == date(2027, 6, 22)
    assert "Orsanne" in str(found[mine][Column.HOUSING])
    assert found[martine][Column.END] is None
    assert found[martine][Column.REPORT] == date(2027, 1, 1), "three months after the referral"


def test_an_incident_that_nobody_knows_of_is_told_without_its_kind(services: Services, mine: UUID) -> None:
    services.incidents.note(mine, "suicide", "Il dit vouloir en finir")
    (row,) = services.caseload.rows()
    assert row.values[Column.INCIDENT] == "Personne à informer"


def test_a_view_is_kept_under_its_name_and_is_nobody_else_s(services: Services, mine: UUID) -> None:
    kept = services.caseload.keep_view(a_view(services, "CAP de décembre", sort=Column.COMMISSION))
    (found,) = services.caseload.views()
    assert (found.id, found.name, found.sort) == (kept, "CAP de décembre", Column.COMMISSION)
    with pytest.raises(Refusal, match="view_name_taken"):
        services.caseload.keep_view(a_view(services, "cap de decembre"))
    with pytest.raises(Refusal, match="required"):
        services.caseload.keep_view(a_view(services, " "))
    with pytest.raises(Refusal, match="view_name_taken"):
        services.caseload.keep_view(a_view(services, "Jamais vus"))
    with pytest.raises(Refusal, match="view_no_column"):
        services.caseload.keep_view(a_view(services, "Vide", columns=()))
    colleague = _colleague(services.context)
    assert colleague.caseload.views() == []
    with pytest.raises(Refusal, match="not_found"):
        colleague.caseload.bin_view(kept)
    services.caseload.bin_view(kept)
    assert services.caseload.views() == []
    services.caseload.restore_view(kept)
    assert [one.id for one in services.caseload.views()] == [kept]


def _colleague(context: Context) -> Services:
    officer = replace(make_officer(context.ids, Role.CPIP, identifier="valbrune-12"), first_name="Aline")
    with context.store.transaction(context.actor, "add_officer") as tx:
        OFFICERS.save(tx, officer)
        tx.note("officer", officer.id)
    return make_services(Context(context.store, replace(context.actor, officer=officer)))


@pytest.mark.parametrize("kind", list(FileKind))
def test_the_file_holds_exactly_what_is_shown(
    services: Services, mine: UUID, martine: UUID, tmp_path: Path, kind: FileKind
) -> None:
    folder = tmp_path / "sortie"
    folder.mkdir()
    view = a_view(services, columns=(Column.NAME, Column.RELEASE, Column.AGE))
    lines = in_order(services.caseload.rows(), Column.NAME)
    with pytest.raises(Refusal, match="reason_needed"):
        services.list_export.write(folder / "t", kind, services.caseload.listed(view, lines), "  ")
    assert list(folder.iterdir()) == []
    listed = services.caseload.listed(view, lines)
    written = services.list_export.write(folder / "tableau", kind, listed, "Réunion de service")
    assert written == folder / f"tableau{kind}"
    found = CalamineWorkbook.from_path(str(written)).get_sheet_by_index(0).to_python()
    assert found[0] == [head(column) for column in columns_of(view)]
    assert [row[0] for row in found[1:]] == ["Martine AUBRY", "Loïc PERRIN"]
    assert [row[1] for row in found[1:]] == ["", date(2027, 6, 22)]
    assert [row[2] for row in found[1:]] == [58, 22]
    with services.context.store.reading() as tx:
        acts = journal.lines_about(tx.connection, services.context.officer_id)
    assert [line.reason for line in acts if line.act == "export_list"] == ["Réunion de service"]


def test_a_file_is_never_written_in_the_store(services: Services, mine: UUID) -> None:
    path = services.context.store.path.parent / "t"
    with pytest.raises(Refusal, match="file_in_store"):
        listed = services.caseload.listed(a_view(services), services.caseload.rows())
        services.list_export.write(path, FileKind.XLSX, listed, "Réunion")


def test_the_paper_has_every_row_and_column(services: Services, mine: UUID, martine: UUID) -> None:
    content = services.caseload.paper(a_view(services), in_order(services.caseload.rows(), Column.NAME)).content
    text = one_line(content)
    for word in ("PERRIN", "AUBRY", "Fin de peine", "Deux tiers", "Prochain rendez-vous", "2 lignes"):
        assert word in text.replace("\u00a0", " "), word


def test_the_paper_of_every_column_cuts_no_date(services: Services, mine: UUID, martine: UUID) -> None:
    view = a_view(services, columns=tuple(Column), sort=Column.END)
    content = services.caseload.paper(view, services.caseload.rows()).content
    text = one_line(content).replace("\u00a0", " ")
    days = {said(value) for row in services.caseload.rows() for value in row.values.values() if isinstance(value, date)}
    assert days
    for word in (*(head(column) for column in Column), *days, "Tableau 1 sur 3", "Tableau 3 sur 3", "2 lignes"):
        assert word in text, word
    assert "Dessaisissement" in text, "no head is cut"
    assert text.count("Loïc PERRIN") == 3, "a table without a name is of nobody"
    assert "trié par « Fin de peine », croissant" in text


def test_the_views_of_everybody(services: Services, mine: UUID, martine: UUID) -> None:
    rows = services.caseload.rows()
    assert {row.person_id for row in shown(rows, Show.ALL, TODAY)} == {mine, martine}
    assert shown(rows, Show.LEAVING, TODAY) == []
    assert [row.person_id for row in shown(rows, Show.LEAVING, date(2027, 4, 1))] == [mine]
    assert {row.person_id for row in shown(rows, Show.NEVER_MET, TODAY)} == {mine, martine}
