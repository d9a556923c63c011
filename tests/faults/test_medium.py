"""The medium goes away under the program, or takes no writing: nothing is called saved that is not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from spip_desktop.db import person as persons
from spip_desktop.db.store import open_store
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal, Unsaved
from spip_desktop.domain.ids import Ids
from spip_desktop.domain.place import Place, Seat
from spip_desktop.security import folder as folders
from spip_desktop.security import instance
from spip_desktop.services import closing
from spip_desktop.services.rescue import Rescue
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from tests.faults.conftest import House
from tests.faults.day import new_person
from tests.faults.filling import own_mounts


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where words are kept when the store folder itself is gone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "profile"))
    return tmp_path / "profile"


def save(services: Services, number: int) -> None:
    services.persons.quick_start(new_person(number))


def test_a_store_taken_away_is_said_and_nothing_is_called_saved(house: House) -> None:
    services = house.services()
    save(services, 700)
    away = house.folder.rename(house.folder.with_name("away"))
    with pytest.raises(Unsaved) as refusal:
        save(services, 701)
    assert refusal.value.code == "store_gone"
    assert "n’est plus sur" in sentence(refusal.value)
    # Control: SQLite itself goes on writing in the file that lost its name, and says nothing.
    services.context.store._files = None
    save(services, 702)
    away.rename(house.folder)


def test_what_was_open_can_still_be_copied_elsewhere(house: House, tmp_path: Path) -> None:
    services = house.services()
    save(services, 700)
    shutil.rmtree(house.folder)
    copied = services.backups.copy_to(tmp_path / "stick")
    with pytest.raises(Refusal):
        services.backups.make("asked")
    key = services.context.store.connect
    with_it = key(copied.store)
    assert with_it.execute("SELECT count(*) FROM person WHERE birth_name = 'Perrin-00700'").fetchone() == (1,)
    with_it.close()


def test_a_lock_without_its_medium_keeps_the_words_in_the_profile(house: House, profile: Path) -> None:
    services = house.services()
    person = services.persons.quick_start(new_person(700))
    away = house.folder.rename(house.folder.with_name("away"))
    seat = Seat(Place("person.situation", person))
    unsaved = [Draft("person", person, "availability", "le matin, CANARI")]
    assert closing.put_away(services.context, services.backups, "lock", seat, unsaved) == (False, True)
    (kept,) = (profile / "spip-desktop").iterdir()
    assert b"CANARI" not in kept.read_bytes()
    away.rename(house.folder)
    again = house.services()
    assert Rescue(again.context).take_back() == 1
    assert [one.text for one in again.desk.of("person", person)] == ["le matin, CANARI"]
    assert not kept.exists()


def test_a_file_put_in_place_of_the_open_one_is_not_written_in(house: House) -> None:
    services = house.services()
    copy = house.store.with_name("other.db")
    shutil.copy(house.store, copy)
    os.replace(copy, house.store)
    before = house.store.read_bytes()
    with pytest.raises(Unsaved):
        save(services, 700)
    assert house.store.read_bytes() == before


def test_a_folder_that_takes_no_writing_is_refused_before_anything_is_typed(house: House) -> None:
    """On a read-only medium of its own, which root cannot write either."""
    words = (
        "import sys; from pathlib import Path; from spip_desktop.security import folder\n"
        "from spip_desktop.domain.errors import Refusal\n"
        "try:\n    folder.prepare(Path(sys.argv[1]))\n"
        "except Refusal as refusal:\n    print(refusal.code)\n"
    )
    shell = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        [*own_mounts(), "sh", "-c", shell, "sh", str(house.folder), sys.executable, words],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert done.stdout.strip() == "folder_read_only", done.stderr
    # Control: the same folder is taken where it can be written.
    assert folders.prepare(house.folder) == ()


def test_a_second_instance_waits_outside(house: House) -> None:
    lock = instance.take(house.folder)
    try:
        with pytest.raises(Refusal) as refusal:
            instance.take(house.folder)
        assert refusal.value.code == "already_running"
    finally:
        lock.release()
    instance.take(house.folder).release()


def test_a_backup_never_lands_in_the_middle_of_a_change(house: House) -> None:
    """Half an act is in no copy: what is not committed when a copy begins is not in it."""
    services = house.services()
    store = services.context.store
    with store.transaction(services.context.actor, "create_person") as tx:
        person = persons.PERSONS.find(tx)[0]
        persons.PERSONS.bin(tx, person.id)
        made = services.backups.make("asked")
        tx.note("person", person.id)
    copied = open_store(made.store, store.connect._key, house.clock, Ids(house.clock))  # type: ignore[attr-defined]
    with copied.reading() as tx:
        assert person in persons.PERSONS.find(tx)
    copied.close()
    with store.reading() as tx:
        assert person not in persons.PERSONS.find(tx)
