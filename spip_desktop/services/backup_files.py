"""A backup on disk: a folder that is itself a store folder, with its keys and a card that tells what it holds.

`backups/000012-20261122T130231Z/` holds store.db, keys.json and backup.json. It is filled under a name that ends
in `.part`, made durable, verified, and only then given its name: a folder without `.part` is a verified backup.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import Any
from uuid import UUID

from spip_desktop.db import backup
from spip_desktop.db.backup import Facts, Progress
from spip_desktop.db.connection import Connect
from spip_desktop.db.store import drive_of
from spip_desktop.domain import rotation
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.security.files import (
    KEYS,
    PREVIOUS_KEYS,
    digest,
    forget_cached,
    make_durable,
    replace_file,
    sync_folder,
)

FOLDER, STORE, CARD, PART = "backups", "store.db", "backup.json", ".part"
_NAME = re.compile(r"(\d{6,})-\d{8}T\d{6}Z")
#: Room left on the disk beside a copy, in bytes: a backup must not be what fills it.
MARGIN = 8 * 1024 * 1024
#: Of the bar's hundred parts, those of the copy; the rest are the verification.
_COPIED, _WHOLE = 60, 100
#: Pages copied between two flushes: 4 MiB.
_FLUSH_PAGES = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One verified backup: its number (the order of making), when and why it was made, what it holds."""

    folder: Path
    number: int
    made_at: datetime
    reason: str
    sha256: str
    size: int
    facts: Facts

    @property
    def store(self) -> Path:
        return self.folder / STORE


def every(root: Path) -> list[Backup]:
    """The backups under a folder, the newest first; what cannot be read as one is not listed."""
    with suppress(OSError):
        found = (read(folder) for folder in root.iterdir() if _NAME.fullmatch(folder.name))
        return sorted((one for one in found if one), key=lambda one: one.number, reverse=True)
    return []


def read(folder: Path) -> Backup | None:
    """The backup in a folder as its card describes it, without opening it; None when there is none."""
    try:
        card = json.loads((folder / CARD).read_bytes())
        facts = Facts(
            store=UUID(card["store"]), db_id=UUID(card["db_id"]), schema=str(card["schema"]), seq=int(card["seq"]),
            head=str(card["head"]), counts={str(name): int(count) for name, count in card["counts"].items()},
        )  # fmt: skip
        return Backup(
            folder=folder, number=int(card["number"]), made_at=datetime.fromisoformat(card["made_at"]),
            reason=str(card["reason"]), sha256=str(card["sha256"]), size=int(card["size"]), facts=facts,
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What a backup is made from: the store file, how it is opened, and the key the copy gets (its own if None)."""

    source: Path
    origin: Callable[[], Any]
    write: Connect
    keys: Path  # the folder whose keys.json goes with it
    reason: str
    now: datetime


def make(making: Making, root: Path, progress: Progress) -> Backup:
    """Copy a store, verify the copy, and only then let it be a backup.

    Refusals, after which nothing has changed: `backup_no_room` (drive), `backup_not_written`,
    `store_page_damaged`, `backup_not_verified`.
    """
    with told(root):
        root.mkdir(mode=0o700, exist_ok=True)
        remove_unfinished(root)
        require_room(root, making.source)
        number = max((_number(one) for one in root.iterdir()), default=0) + 1
        name = f"{number:06d}-{making.now:%Y%m%dT%H%M%SZ}"
        part = root / (name + PART)
        part.mkdir(mode=0o700)
        try:
            with closing(making.origin()) as origin:
                step = _flushing(part / STORE, _slice(progress, 0, _COPIED))
                backup.copy(origin, part / STORE, making.write, step)
            make_durable(part / STORE)
            forget_cached(part / STORE)
            copy_keys(making.keys, part)
            _write_card(part, _described(part, number, making, _slice(progress, _COPIED, _WHOLE)))
            return _publish(part, root / name)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def rotate(root: Path) -> list[Backup]:
    """Remove what the rotation does not keep; returns what was removed."""
    listed = every(root)
    chosen = rotation.kept([one.made_at.astimezone(PARIS).date() for one in listed])
    gone = [one for position, one in enumerate(listed) if position not in chosen]
    for one in gone:
        remove(one.folder)
    return gone


def remove(folder: Path) -> None:
    """Take a backup away: its name first, so that half a folder is never taken for one."""
    leaving = folder.with_name(folder.name + PART)
    with suppress(OSError):
        folder.rename(leaving)
    shutil.rmtree(leaving, ignore_errors=True)


def copy_to(one: Backup, root: Path, progress: Progress) -> Backup:
    """Copy a backup to another folder, another medium as a rule, and read it there again.

    Refusals: `backup_no_room` (drive), `backup_not_written`, `backup_not_verified`.
    """
    with told(root):
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        remove_unfinished(root)
        require_room(root, one.store)
        part, target = root / (one.folder.name + PART), root / one.folder.name
        if (known := read(target)) and known.sha256 == one.sha256:
            return known
        shutil.rmtree(target, ignore_errors=True)
        part.mkdir(mode=0o700)
        try:
            files = sorted(path for path in one.folder.iterdir() if path.is_file())
            for done, path in enumerate(files):
                progress(done, len(files) + 1)
                shutil.copyfile(path, part / path.name)
                make_durable(part / path.name)
            forget_cached(part / STORE)
            if digest(part / STORE) != one.sha256:
                raise Refusal("backup_not_verified")
            return _publish(part, target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise


def verified_facts(connect: Connect, path: Path, progress: Progress) -> Facts:
    """What a copy holds, once every page and every table of it was read. Refusal `backup_not_verified`."""
    findings = backup.check_file(connect, path)
    if not findings.whole:
        raise Refusal("backup_not_verified", pages=findings.pages)
    progress(90, 100)
    with backup.frozen(connect, path) as connection:
        return backup.facts(connection)


def copy_keys(store_folder: Path, part: Path) -> None:
    """Give a backup the key file that the store has now."""
    for name in (KEYS, PREVIOUS_KEYS):
        path = store_folder / name
        if path.exists():
            replace_file(part / KEYS, path.read_bytes())
            return


# -- the steps -------------------------------------------------------------------------------------------------


def _described(part: Path, number: int, making: Making, progress: Progress) -> Backup:
    path = part / STORE
    return Backup(
        folder=part, number=number, made_at=making.now, reason=making.reason, size=path.stat().st_size,
        facts=verified_facts(making.write, path, progress), sha256=digest(path),
    )  # fmt: skip


def _write_card(folder: Path, one: Backup) -> None:
    card = {
        "v": 1, "number": one.number, "made_at": one.made_at.isoformat(), "reason": one.reason,
        "sha256": one.sha256, "size": one.size, "store": str(one.facts.store), "db_id": str(one.facts.db_id),
        "schema": one.facts.schema, "seq": one.facts.seq, "head": one.facts.head, "counts": dict(one.facts.counts),
    }  # fmt: skip
    replace_file(folder / CARD, json.dumps(card, indent=1, sort_keys=True).encode("ascii"))


def _publish(part: Path, target: Path) -> Backup:
    sync_folder(part)
    part.rename(target)
    sync_folder(target.parent)
    made = read(target)
    assert made is not None
    return made


def _flushing(path: Path, progress: Progress) -> Progress:
    """Make what was copied durable a little at a time: one long flush at the end would hold up every save meanwhile."""
    flushed = [0]

    def step(done: int, total: int) -> object:
        if done - flushed[0] >= _FLUSH_PAGES:
            flushed[0] = done
            make_durable(path)
        return progress(done, total)

    return step


def remove_unfinished(root: Path) -> None:
    """Take away what a kill left half made or half removed."""
    if not root.exists():
        return
    for folder in root.iterdir():
        if folder.name.endswith(PART) and _NAME.fullmatch(folder.name.removesuffix(PART)):
            shutil.rmtree(folder, ignore_errors=True)


def require_room(root: Path, source: Path) -> None:
    needed = (source.stat().st_size if source.exists() else 0) + MARGIN
    if shutil.disk_usage(root).free < needed:
        raise Refusal("backup_no_room", drive=drive_of(root), needed=needed // 1_000_000 + 1)


def _number(folder: Path) -> int:
    found = _NAME.match(folder.name)
    return int(found[1]) if found else 0


def _slice(progress: Progress, start: int, end: int) -> Progress:
    """Progress within a part of the whole bar."""
    return lambda done, total: progress(start + (end - start) * done // max(total, 1), _WHOLE)


@contextmanager
def told(root: Path) -> Iterator[None]:
    """Say what the disk refuses, and on which drive."""
    try:
        yield
    except OSError as error:
        code = "backup_no_room" if error.errno in (ENOSPC, EDQUOT) else "backup_not_written"
        raise Refusal(code, drive=drive_of(root), needed=0) from None
