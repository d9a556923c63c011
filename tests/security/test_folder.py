"""Folders that cannot hold a store, and those to warn about."""

import stat
from pathlib import Path

import pytest

from spip_desktop.security import folder
from spip_desktop.security.folder import Mount, mount_of, prepare, synchroniser
from tests.security.kit import code_of

MOUNTS = r"""/dev/vda / ext4 rw 0 0
tmpfs /tmp tmpfs rw 0 0
//serveur/partage /mnt/partage\040commun cifs rw 0 0
serveur:/home /home nfs4 rw 0 0
agent@hote: /home/agent/loin fuse.sshfs rw 0 0
/dev/sdb1 /home/agent/local ext4 rw 0 0
C:\134 /mnt/c 9p rw 0 0
/dev/vdb /mnt/c ext4 rw 0 0
bad line
"""


@pytest.mark.parametrize(
    ("place", "type_"),
    [
        ("/srv/store", "ext4"),
        ("/", "ext4"),
        ("/mnt/partage commun/spip", "cifs"),
        ("/mnt/partage communal", "ext4"),
        ("/home/agent", "nfs4"),
        ("/home/agent/loin/a/b", "fuse.sshfs"),
        ("/home/agent/local/a", "ext4"),
        ("/mnt/c/store", "ext4"),
    ],
)
def test_the_deepest_and_latest_mount_decides(place: str, type_: str) -> None:
    mount = mount_of(Path(place), MOUNTS)
    assert mount is not None
    assert mount.type == type_


def test_every_network_type_is_known() -> None:
    assert {"nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p"} <= folder.NETWORK_TYPES
    assert not {"ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs"} & folder.NETWORK_TYPES
    assert mount_of(Path("/mnt/c"), r"C:\134 /mnt/c 9p rw 0 0") == Mount("C:\\", Path("/mnt/c"), "9p")


def test_an_absent_folder_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    place = tmp_path / "a" / "spip"
    assert prepare(place) == ()
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert not list(place.iterdir())


def test_a_folder_that_cannot_be_written_is_refused() -> None:
    # The kernel's own folders refuse even the superuser, under whom tests may run.
    assert code_of(lambda: prepare(Path("/proc/spip"))) == "folder_read_only"
    assert code_of(lambda: prepare(Path("/proc/sys/spip"))) == "folder_read_only"


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert code_of(lambda: prepare(tmp_path / "file")) == "folder_not_a_folder"
    assert code_of(lambda: prepare(tmp_path / "file" / "store")) == "folder_not_a_folder"


@pytest.mark.parametrize(
    ("place", "product"),
    [
        ("/home/a/OneDrive/spip", "OneDrive"),
        ("/home/a/OneDrive - Justice/Documents/spip", "OneDrive"),
        ("/home/a/Nextcloud/spip", "Nextcloud"),
        ("/home/a/Dropbox", "Dropbox"),
        ("/home/a/Documents/spip", None),
        ("/home/a/dropboxer/spip", None),
    ],
)
def test_synchronised_folders_are_named(place: str, product: str | None) -> None:
    assert synchroniser(Path(place)) == product


def test_a_mark_of_synchronisation_is_seen_from_below(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    warned = prepare(tmp_path / "deep" / "spip")
    assert [(problem.code, problem.data) for problem in warned] == [("folder_synchronised", {"product": "Syncthing"})]


def test_media_places_are_removable() -> None:
    assert folder.is_removable(Path("/media/agent/CLE/spip"))
    assert folder.is_removable(Path("/run/media/agent/CLE"))
    assert not folder.is_removable(Path("/srv/spip"))
