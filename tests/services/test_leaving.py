"""A file that leaves: whole, its owner's alone, with its ending, and never over the files of a store or a backup."""

import stat
from pathlib import Path

import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.services.context import Context
from spip_desktop.services.leaving import write_out
from spip_desktop.wiring import make_services
from spip_desktop.wording import sentence


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as found:
        write_out(path, b"PDF", ".pdf")
    assert sentence(found.value)
    return found.value.code


def test_it_is_written_whole_for_its_owner_with_its_ending(tmp_path: Path) -> None:
    place = write_out(tmp_path / "retour", b"PDF", ".pdf")
    assert place == tmp_path / "retour.pdf"
    assert place.read_bytes() == b"PDF"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert write_out(tmp_path / "store.db", b"PDF", ".pdf").name == "store.db.pdf"
    assert [one.name for one in tmp_path.iterdir() if one.name.endswith(".new")] == []


def test_nothing_is_written_among_the_files_of_a_store_or_a_backup(context: Context, tmp_path: Path) -> None:
    store = context.store.path.parent
    backup = make_services(context).backups.make("asked").folder
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    (tmp_path / "by a link").symlink_to(store)
    for folder in (store, backup, backup.parent, tmp_path / "by a link"):
        for name in ("store.db", "anchor.json", "retour.pdf"):
            assert refused(folder / name) == "file_in_store"
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    write_out(elsewhere / "retour.pdf", b"PDF", ".pdf")  # the control


def test_a_place_that_takes_no_file_leaves_the_one_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "none" / "a.pdf") == "file_not_written"
    (tmp_path / "a.pdf").mkdir()
    assert refused(tmp_path / "a.pdf") == "file_not_written"
    assert (tmp_path / "a.pdf").is_dir()
