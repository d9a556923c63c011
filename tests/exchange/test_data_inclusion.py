"""The open data read row by row: what it is, where it stops, what is refused."""

import json
from pathlib import Path

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.partner_public import RowKind
from spip_desktop.exchange import data_inclusion
from tests.public_files import service, structure, write


class Stopped(Exception):  # noqa: N818  stands for the officer's « Arrêter »
    pass


def _read(path: Path) -> list[dict[str, object]]:
    return list(data_inclusion.rows(path, lambda done, total: None))


def test_the_rows_come_one_by_one_with_how_far_the_reading_is(tmp_path: Path) -> None:
    path = write(tmp_path, "services.json", [service(n) for n in range(450)])
    told: list[tuple[int, int]] = []
    found = list(data_inclusion.rows(path, lambda done, total: told.append((done, total))))
    assert [row["id"] for row in found] == [f"dora--{n}" for n in range(450)]
    size = path.stat().st_size
    assert told[-1] == (size, size)
    assert len(told) == 4  # at rows 0, 200 and 400, then at the end


def test_the_reading_stops_when_progress_says_so(tmp_path: Path) -> None:
    path = write(tmp_path, "services.json", [service(n) for n in range(1000)])
    read: list[object] = []

    def stop(done: int, total: int) -> None:
        if len(read) >= 400:
            raise Stopped

    with pytest.raises(Stopped):
        for row in data_inclusion.rows(path, stop):
            read.append(row)
    assert len(read) == 400


def test_a_file_says_what_it_holds_whatever_its_name(tmp_path: Path) -> None:
    assert data_inclusion.kind_of(write(tmp_path, "a.json", [service()])) is RowKind.SERVICE
    assert data_inclusion.kind_of(write(tmp_path, "b.json", [structure()])) is RowKind.STRUCTURE


@pytest.mark.parametrize("rows", [[], [1], [{"nom": "sans identifiant"}]])
def test_another_file_is_refused(tmp_path: Path, rows: list[object]) -> None:
    with pytest.raises(Refusal, match="public_other_file"):
        data_inclusion.kind_of(write(tmp_path, "c.json", rows))


def test_a_row_that_is_no_object_is_empty(tmp_path: Path) -> None:
    assert _read(write(tmp_path, "a.json", [service(), 4, "x", None]))[1:] == [{}, {}, {}]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[",
        b"%PDF-1.7",
        b'[{"id": "a"',
        b'[{"id": "\xff\xfe"}]',
        b"PK\x03\x04",
        b'[{"id": 1} {"id": 2}]',
        b'{"id": "a", "nom": "b"}',
        b"[,]",
    ],
)
def test_a_file_that_is_broken_or_of_another_sort_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "services.json"
    path.write_bytes(content)
    with pytest.raises(Refusal, match="public_unreadable"):
        _read(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="public_unreadable"):
        _read(tmp_path / "none.json")


def test_rows_nested_without_end_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    path.write_bytes(b'[{"id":' + b"[" * 200_000)
    with pytest.raises(Refusal, match="public_unreadable"):
        _read(path)


def test_a_row_longer_than_any_of_theirs_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, "services.json", [service(description="é" * (data_inclusion.LONGEST_ROW + 10_000_000))])
    with pytest.raises(Refusal, match="public_unreadable"):
        _read(path)


def test_rows_of_every_length_come_whole_across_the_window(tmp_path: Path) -> None:
    rows = [service(n, description="é" * (n * 997 % 300_000)) for n in range(40)]
    assert _read(write(tmp_path, "services.json", rows)) == rows
    indented = tmp_path / "indented.json"
    indented.write_text("\ufeff" + json.dumps(rows, indent=4), encoding="utf-8")
    assert _read(indented) == rows
