"""What a folder is kept on, by tables of mounts and trees of devices as Linux writes them."""

from pathlib import Path

import pytest

from spip_desktop.security.disk import Medium, medium_of

SPOOL = Path("/var/spool/cups")


def tree(root: Path) -> Path:
    """Disks in clear (sda, sdb), LUKS on sda2, LVM on LUKS and on a disk, a mirror of both, a checked image."""
    blocks = root / "class" / "block"
    devices = root / "devices"
    for disk, parts in {"sda": ("sda1", "sda2"), "sdb": ()}.items():
        (devices / disk / "slaves").mkdir(parents=True)
        for part in parts:
            (devices / disk / part).mkdir()
            (devices / disk / part / "partition").write_text("1\n")
    mapped = {
        "dm-0": ("CRYPT-LUKS2-0123-crypt", ("sda2",)),
        "dm-1": ("LVM-abc", ("dm-0",)),
        "dm-2": ("LVM-def", ("sdb",)),
        "dm-3": ("LVM-ghi", ("dm-0", "sdb")),
        "dm-4": ("CRYPT-VERITY-jkl", ("sdb",)),
        "zram0": ("", ()),
        "loop0": ("", ()),
    }
    for name, (uuid, below) in mapped.items():
        (devices / name / "slaves").mkdir(parents=True)
        for one in below:
            (devices / name / "slaves" / one).touch()
        if uuid:
            (devices / name / "dm").mkdir()
            (devices / name / "dm" / "uuid").write_text(uuid + "\n")
    blocks.mkdir(parents=True)
    for entry in (*devices.glob("*"), *devices.glob("sda/sda?")):
        (blocks / entry.name).symlink_to(entry)
    return blocks


@pytest.mark.parametrize(
    ("mounts", "medium"),
    [
        ("/dev/sda1 / ext4 rw 0 0", Medium.PLAIN),
        ("/dev/sdb / ext4 rw 0 0", Medium.PLAIN),
        ("/dev/dm-0 / ext4 rw 0 0", Medium.ENCRYPTED),
        ("/dev/dm-1 / ext4 rw 0 0", Medium.ENCRYPTED),
        ("/dev/dm-2 / ext4 rw 0 0", Medium.PLAIN),
        ("/dev/dm-3 / ext4 rw 0 0", Medium.PLAIN),
        ("/dev/dm-4 / ext4 rw 0 0", Medium.PLAIN),
        ("/dev/sda1 / ext4 rw 0 0\ntmpfs /var/spool/cups tmpfs rw 0 0", Medium.MEMORY),
        ("/dev/zram0 / ext4 rw 0 0", Medium.MEMORY),
        ("/dev/dm-0 / ext4 rw 0 0\n/dev/sda1 /var ext4 rw 0 0", Medium.PLAIN),
        ("/dev/sda1 / ext4 rw 0 0\n/dev/dm-0 /var/spool ext4 rw 0 0", Medium.ENCRYPTED),
        ("/home/x /var/spool/cups ecryptfs rw 0 0", Medium.ENCRYPTED),
        ("/dev/loop0 / ext4 rw 0 0", Medium.UNKNOWN),
        ("/dev/gone / ext4 rw 0 0", Medium.UNKNOWN),
        ("overlay / overlay rw 0 0", Medium.UNKNOWN),
        ("server:/spool /var/spool/cups nfs4 rw 0 0", Medium.UNKNOWN),
        ("", Medium.UNKNOWN),
    ],
)
def test_a_folder_is_as_safe_as_the_device_below_it(tmp_path: Path, mounts: str, medium: Medium) -> None:
    assert medium_of(SPOOL, mounts, tree(tmp_path)) is medium


def test_memory_is_seen_on_this_machine() -> None:
    assert medium_of(Path("/dev/shm")) is Medium.MEMORY
