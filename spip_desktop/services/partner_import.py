"""Importing the public directory of services: files looked at, then written in slices.

`look` and `carry_out` read hundreds of megabytes: they are called from the worker.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from spip_desktop import reference
from spip_desktop.db.partner_public import (
    PUBLIC_IMPORTS,
    PUBLIC_SERVICES,
    PUBLIC_STRUCTURES,
    PublicRows,
    digest_of,
)
from spip_desktop.db.store import Transaction
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner_public import (
    LISTS,
    PublicImport,
    PublicService,
    PublicStructure,
    RowKind,
    concerned,
    service_of,
    structure_of,
    unknown_values,
)
from spip_desktop.domain.sheet_columns import Rejected, RowRefused
from spip_desktop.exchange import data_inclusion
from spip_desktop.services.context import Context
from spip_desktop.services.pace import Pace
from spip_desktop.services.partner_follow import Said, follow, said

Progress = Callable[[int, int], object]
Public = PublicStructure | PublicService
LARGE = 500
"""Rows written from which a verified backup is made first."""
MOST_REJECTED = 1000
"""Rejected rows that are told one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that was looked at: what marks it must not have moved when it is imported."""

    path: Path
    kind: RowKind
    size: int
    modified: int

    @classmethod
    def of(cls, path: Path) -> "File":
        kind = data_inclusion.kind_of(path)
        return cls(path, kind, *_marks(path))

    def require_unchanged(self) -> None:
        if _marks(self.path) != (self.size, self.modified):
            raise Refusal("public_file_changed", name=self.path.name)


@dataclass(slots=True)
class Counts:
    """What one file would change; `seen` are the identifiers it holds, `vanished` those it no longer holds."""

    new: int = 0
    changed: int = 0
    same: int = 0
    vanished: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    @property
    def written(self) -> int:
        return self.new + self.changed + len(self.vanished)


@dataclass(slots=True)
class Preview:
    """What an import would do. Nothing is written yet."""

    files: tuple[File, ...]
    departments: tuple[str, ...]
    counts: dict[RowKind, Counts] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)
    rejected_count: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    needed: set[str] = field(default_factory=set)  # structures of services that are kept, wherever they are

    @property
    def written(self) -> int:
        return sum(one.written for one in self.counts.values())

    def reject(self, row: int, raw: Mapping[str, object], bad: RowRefused) -> None:
        self.rejected_count += 1
        if len(self.rejected) < MOST_REJECTED:
            id_ = raw.get("id")
            self.rejected.append(Rejected(row, str(id_)[:80] if id_ else "", bad.reason, bad.field))


class DirectoryImport:
    """An import is one act of the officer in many short transactions."""

    def __init__(self, context: Context, back_up: Callable[[], object]) -> None:
        """`back_up` makes a verified backup, before a large import."""
        self._context, self._back_up = context, back_up

    # -- looking at files ------------------------------------------------------------------------------------

    def look(self, paths: Sequence[Path], departments: Sequence[str], progress: Progress) -> Preview:
        """What importing these files would do; Refusals of `data_inclusion`, `public_same_kind`."""
        self._context.actor.require(Right.WRITE_PARTNER)
        files = [File.of(path) for path in paths]
        if not files or len({one.kind for one in files}) < len(files):
            raise Refusal("public_same_kind" if files else "required", "files")
        # Services first: they say which structures of other departments are needed.
        preview = Preview(tuple(sorted(files, key=lambda one: one.kind)), tuple(departments))
        steps = _Steps(preview.files, progress)
        for file in preview.files:
            with self._context.store.reading() as tx:
                known = _rows_of(file.kind).digests(tx)
            self._count(preview, file, known, steps)
        return preview

    def _count(self, preview: Preview, file: File, known: Mapping[str, bytes], steps: "_Steps") -> None:
        counts = preview.counts.setdefault(file.kind, Counts())
        lists = {name: _codes(code) for name, code in LISTS.items()}
        for value, _ in _kept(preview, file, steps.of(file), preview.reject):
            counts.seen.add(value.id)
            before, digest = known.get(value.id), digest_of(value)
            counts.new += before is None
            counts.same += before == digest
            counts.changed += before is not None and before != digest
            preview.unknown.update(unknown_values(value, lists))
            if isinstance(value, PublicService):
                preview.needed.add(value.structure_id)
        with self._context.store.reading() as tx:
            counts.vanished = _rows_of(file.kind).missing(tx, preview.departments, counts.seen)

    # -- importing -------------------------------------------------------------------------------------------

    def carry_out(self, preview: Preview, progress: Progress) -> PublicImport:
        """Write what was looked at. Stopped, it keeps the slices written, and the next import ends the work.

        Refusal `public_file_changed`; those of a backup, before anything is written.
        """
        self._context.actor.require(Right.WRITE_PARTNER)
        for file in preview.files:
            file.require_unchanged()
        if preview.written >= LARGE:
            self._back_up()
        with self._context.store.transaction(self._context.actor, "import_directory_begun") as tx:
            told = tx.ids.new()
            before = said(tx)
            tx.note("public_import", told)
        steps = _Steps(preview.files, progress)
        for file in preview.files:
            self._write(preview, file, steps)
        return self._close(preview, told, before)

    def _write(self, preview: Preview, file: File, steps: "_Steps") -> None:
        rows: PublicRows[Any] = _rows_of(file.kind)
        with self._context.store.reading() as tx:
            known = rows.digests(tx)
        pace, waiting = Pace(), list[Mapping[str, object]]()
        for value, department in _kept(preview, file, steps.of(file)):
            row = rows.prepared(value, department)
            if known.get(value.id) != row["digest"]:
                waiting.append(row)
            if len(waiting) >= pace.size:
                self._write_slice(rows, waiting, pace)
                waiting = []
        self._write_slice(rows, waiting, pace)

    def _write_slice(self, rows: PublicRows[Any], waiting: Sequence[Mapping[str, object]], pace: Pace) -> None:
        with self._slice(pace, len(waiting)) as tx:
            rows.write(tx, waiting)

    @contextmanager
    def _slice(self, pace: Pace, rows: int) -> Iterator[Transaction]:
        """One lock among many: what it wrote goes into the file afterwards."""
        store = self._context.store
        with pace.slice(rows), store.transaction(self._context.actor, "import_directory", sliced=True) as tx:
            yield tx
        store.bring_in()

    def _close(self, preview: Preview, told: UUID, before: Said) -> PublicImport:
        """Mark what vanished, bring the partners along, and say what was done."""
        for kind, counts in preview.counts.items():
            pace, left = Pace(), counts.vanished
            while left:
                some, left = left[: pace.size], left[pace.size :]
                with self._slice(pace, len(some)) as tx:
                    _rows_of(kind).mark_vanished(tx, some, tx.clock.today())
        with self._context.store.transaction(self._context.actor, "import_directory") as tx:
            follow(tx, before)
            done = _told(told, tx.clock.today(), preview)
            PUBLIC_IMPORTS.save(tx, done)
            tx.note("public_import", told)
            return done


class _Steps:
    """The progress of several files as one: bytes read of all their bytes."""

    def __init__(self, files: Sequence[File], progress: Progress) -> None:
        self._total = sum(one.size for one in files)
        self._before = {file: sum(one.size for one in files[:at]) for at, file in enumerate(files)}
        self._progress = progress

    def of(self, file: File) -> Progress:
        before = self._before[file]
        return lambda done, total: self._progress(before + done, self._total)


def _kept(
    preview: Preview,
    file: File,
    progress: Progress,
    reject: Callable[[int, Mapping[str, object], RowRefused], object] = lambda row, raw, bad: None,
) -> Iterator[tuple[Public, str]]:
    """The rows of the departments asked for, each with its own; a structure that a kept service needs comes too.

    An identifier that comes twice counts once; what cannot be read goes to `reject`.
    """
    seen: set[str] = set()
    for number, raw in enumerate(data_inclusion.rows(file.path, progress), 1):
        department = concerned(raw, preview.departments)
        if not department and raw and not _is_needed(preview, file, raw):
            continue
        try:
            value: Public = service_of(raw) if file.kind is RowKind.SERVICE else structure_of(raw)
            if value.id in seen:
                raise RowRefused("twice", "id")
        except RowRefused as bad:
            reject(number, raw, bad)
            continue
        seen.add(value.id)
        yield value, department or value.place.department


def _is_needed(preview: Preview, file: File, raw: Mapping[str, object]) -> bool:
    return file.kind is RowKind.STRUCTURE and raw.get("id") in preview.needed


def _rows_of(kind: RowKind) -> PublicRows[Any]:
    return PUBLIC_SERVICES if kind is RowKind.SERVICE else PUBLIC_STRUCTURES


def _marks(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        raise Refusal("public_unreadable", name=path.name) from None
    return found.st_size, found.st_mtime_ns


def _codes(code: str) -> frozenset[str]:
    return frozenset(one.code for one in reference.load(code).entries)


def _told(id_: UUID, on: date, preview: Preview) -> PublicImport:
    counts = preview.counts.values()
    return PublicImport(
        id=id_,
        on=on,
        files=tuple(one.path.name for one in preview.files),
        departments=preview.departments,
        new=sum(one.new for one in counts),
        changed=sum(one.changed for one in counts),
        vanished=sum(len(one.vanished) for one in counts),
        rejected=preview.rejected_count,
    )
