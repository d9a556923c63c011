"""A disk filled to its last block, and emptied again."""

import os
from errno import ENOSPC
from pathlib import Path


def fill(place: Path) -> None:
    """Write until not one byte can be added."""
    number = len(list(place.glob("filler-*")))
    for block in (1 << 20, 4096, 1):
        with (place / f"filler-{number}-{block}").open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(os.urandom(block))
            except OSError as error:
                if error.errno != ENOSPC:
                    raise


def empty(place: Path) -> None:
    for filler in place.glob("filler-*"):
        filler.unlink()


def own_mounts() -> list[str]:
    """What to put before a command so that what it mounts is for this command only.

    In a chroot the root is no mount, and the kernel then refuses to say anew how its mounts are shared.
    """
    rooted = any(line.split()[4] == "/" for line in Path("/proc/self/mountinfo").read_text("utf-8").splitlines())
    command = ["unshare", "--mount", *([] if rooted else ["--propagation", "unchanged"])]
    return command if os.geteuid() == 0 else [*command, "--map-root-user"]


def small_disk(place: Path, folder: Path, size: str = "96m") -> list[str]:
    """What to put before a command so that `place` is a small disk with a copy of `folder`, for this command only."""
    shell = f'mount -t tmpfs -o size={size} tmpfs "$1" && cp -a "$2" "$1/store" && shift 2 && exec "$@"'
    return [*own_mounts(), "sh", "-c", shell, "sh", str(place), str(folder)]
