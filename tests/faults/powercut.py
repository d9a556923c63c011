"""What a disk may hold after a power cut: all that was waited for, and any part of the rest.

Writes not waited for are dropped, kept at random, or torn at 512 bytes; names not waited for are kept up to some
moment, in their order, as a journalling file system does.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.trace import Cut, Name, Said, Step, Sync, Write

SECTOR = 512


@dataclass(slots=True)
class Disk:
    """Contents by inode and inodes by name: what is sure, and what is only asked for."""

    names: dict[str, int]
    contents: dict[int, bytearray]
    folders: set[str]
    _writes: dict[int, list[Write | Cut]] = field(default_factory=dict)
    _namings: list[Name] = field(default_factory=list)
    said: list[tuple[str, ...]] = field(default_factory=list)

    @classmethod
    def at_start(cls, names: dict[str, int], contents: dict[int, bytes], folders: Sequence[str]) -> "Disk":
        return cls(dict(names), {inode: bytearray(data) for inode, data in contents.items()}, set(folders))

    def take(self, step: Step) -> None:
        if isinstance(step, Said):
            self.said.append(step.words)
        elif isinstance(step, Name):
            self._namings.append(step)
        elif isinstance(step, Write | Cut):
            self._writes.setdefault(step.inode, []).append(step)
        elif step.inode:
            for one in self._writes.pop(step.inode, []):
                self._apply(one)
        else:
            self._wait_for_names(step)

    def cut(self, chance: random.Random) -> "Disk":
        """The disk after a power cut now."""
        after = Disk.at_start(self.names, {inode: bytes(data) for inode, data in self.contents.items()}, ())
        after.folders, after.said = set(self.folders), list(self.said)
        for name in self._namings[: chance.randint(0, len(self._namings))]:
            after._rename(name)
        style = chance.randrange(3)
        for writes in self._writes.values():
            for one in writes:
                if style == 1 and chance.random() < 0.5:
                    after._apply(one)
                elif style == 2:
                    after._tear(one, chance)
        return after

    def write_to(self, folder: Path, former: str) -> None:
        """Lay the files out in a folder; the engine's shared memory does not outlive a power cut."""
        for known in sorted(self.folders):
            (folder / known[len(former) :].lstrip("/")).mkdir(parents=True, exist_ok=True)
        for name, inode in self.names.items():
            if not name.endswith("-shm"):
                path = folder / name[len(former) :].lstrip("/")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(self.contents.get(inode, b""))

    def _wait_for_names(self, sync: Sync) -> None:
        """What is renamed out of a folder or into it is sure once one of the two was waited for."""
        kept = []
        for name in self._namings:
            parents = {one.rpartition("/")[0] for one in (name.old, name.new) if one}
            if sync.folder.rstrip("/") in parents:
                self._rename(name)
            else:
                kept.append(name)
        self._namings = kept

    def _rename(self, name: Name) -> None:
        if name.folder:
            self.folders.add(name.new)
            return
        if not name.old:
            self.names[name.new] = name.inode
            self.contents.setdefault(name.inode, bytearray())
            return
        below = [one for one in self.names if one == name.old or one.startswith(name.old + "/")]
        for one in below:
            inode = self.names.pop(one)
            if name.new:
                self.names[name.new + one[len(name.old) :]] = inode
        for folder in [one for one in self.folders if one == name.old or one.startswith(name.old + "/")]:
            self.folders.discard(folder)
            if name.new:
                self.folders.add(name.new + folder[len(name.old) :])

    def _apply(self, one: Write | Cut) -> None:
        data = self.contents.setdefault(one.inode, bytearray())
        if isinstance(one, Cut):
            del data[one.length :]
            data.extend(bytes(max(0, one.length - len(data))))
            return
        data.extend(bytes(max(0, one.at + len(one.data) - len(data))))
        data[one.at : one.at + len(one.data)] = one.data

    def _tear(self, one: Write | Cut, chance: random.Random) -> None:
        if isinstance(one, Cut):
            if chance.random() < 0.5:
                self._apply(one)
            return
        for start in range(0, len(one.data), SECTOR):
            if chance.random() < 0.5:
                self._apply(Write(one.inode, one.at + start, one.data[start : start + SECTOR]))


def states(steps: Sequence[Step], start: Disk, count: int, seed: int) -> "list[tuple[int, Disk]]":
    """`count` disks after a cut at a random instant that follows the first word said."""
    chance = random.Random(seed)
    first = next(number for number, step in enumerate(steps) if isinstance(step, Said))
    instants = sorted(chance.randint(first + 1, len(steps)) for _ in range(count))
    found, done = [], 0
    for instant in instants:
        for step in steps[done:instant]:
            start.take(step)
        done = instant
        found.append((instant, start.cut(chance)))
    return found
