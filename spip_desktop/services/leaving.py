"""A file that leaves by an officer's act, where they chose: whole or not at all, and never over a store's own files."""

from pathlib import Path

from spip_desktop.domain.errors import Refusal
from spip_desktop.security.files import KEYS, replace_file

_OF_A_STORE = (KEYS, "store.db")


def require_outside_stores(place: Path) -> None:
    """Refuse, by `file_in_store`, a place in the folder of a store or of a backup, or below."""
    folders = place.absolute().resolve().parents
    if any((folder / name).exists() for folder in folders for name in _OF_A_STORE):
        raise Refusal("file_in_store", folder=place.parent)


def write_out(path: Path, content: bytes, suffix: str) -> Path:
    """Write the bytes, readable by their owner only; the name ends with `suffix` (« .pdf »). Returns where.

    Refusals: `file_in_store` in the folder of a store or of a backup, or below; `file_not_written`.
    """
    place = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
    require_outside_stores(place)
    try:
        replace_file(place, content)
    except OSError as error:
        raise Refusal("file_not_written", folder=place.parent) from error
    return place
