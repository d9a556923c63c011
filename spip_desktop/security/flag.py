"""A mark beside the store while it is open: found at the next opening, it says the last session was cut short."""

from pathlib import Path

from spip_desktop.security.files import IN_USE, sync_folder


def raise_(folder: Path) -> bool:
    """Mark the store as open; whether the mark was there already, which a clean end would have removed."""
    path = folder / IN_USE
    was_there = path.exists()
    if not was_there:
        path.touch(mode=0o600)
        sync_folder(folder)
    return was_there


def lower(folder: Path) -> None:
    """The store was shut in order."""
    (folder / IN_USE).unlink(missing_ok=True)
