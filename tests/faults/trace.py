"""What a program asked of the disk, from strace: writes, lengths, names, and what it waited for."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_CALLS = "openat,open,close,write,pwrite64,lseek,ftruncate,fsync,fdatasync,rename,renameat,renameat2"
_CALLS += ",unlink,unlinkat,mkdir,mkdirat,rmdir,fallocate,dup,dup2,fcntl"
_LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (-?\d+)", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_LONGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Write:
    inode: int
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file given a length."""

    inode: int
    length: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name given (`new` with its inode), taken away (`old`), or changed (both); `folder` for a new folder."""

    old: str = ""
    new: str = ""
    inode: int = 0
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Sync:
    """The program waited: for the content of an inode, or for the names in a folder."""

    inode: int = 0
    folder: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A line of standard output: what was acknowledged."""

    words: tuple[str, ...]


Step = Write | Cut | Name | Sync | Said


def run(module: str, arguments: Sequence[str], root: Path, trace: Path) -> None:
    """Run a module of the tests under strace; its calls are left in `trace`."""
    command = ["strace", "-f", "-qq", "-xx", "-s", str(_LONGEST), "-o", str(trace), "-e", f"trace={_CALLS}"]
    command += ["-e", "signal=none", sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@dataclass(slots=True)
class Reader:
    """Turns the calls on files of one folder into steps. Inodes are numbered as they are met."""

    folder: str
    names: dict[str, int] = field(default_factory=dict)
    _open: dict[int, str] = field(default_factory=dict)
    _inode: dict[int, int] = field(default_factory=dict)
    _at: dict[int, int] = field(default_factory=dict)
    _next: int = 1

    def start_with(self, files: Sequence[Path]) -> dict[int, bytes]:
        """The files that are there before the program starts."""
        contents = {}
        for path in files:
            self.names[str(path)] = self._next
            contents[self._next] = path.read_bytes()
            self._next += 1
        return contents

    def steps(self, trace: Path) -> Iterator[Step]:
        with trace.open(encoding="ascii", errors="replace") as lines:
            for line in lines:
                found = _LINE.match(line)
                if found and not found[3].startswith("-"):
                    yield from self._step(found[1], found[2], int(found[3]))

    def _step(self, call: str, words: str, result: int) -> Iterator[Step]:
        texts = [_bytes(text) for text in _TEXT.findall(words)]
        if call in ("openat", "open"):
            yield from self._opened(texts[0].decode(), words, result)
        elif call == "close":
            self._open.pop(_number(words), None)
            self._inode.pop(_number(words), None)
        elif call in ("write", "pwrite64"):
            yield from self._written(call, words, texts[0] if texts else b"", result)
        elif call == "lseek" and _number(words) in self._inode:
            self._at[_number(words)] = result
        elif call == "ftruncate" and (inode := self._inode.get(_number(words))):
            yield Cut(inode, int(words.rsplit(",", 1)[1]))
        elif call in ("fsync", "fdatasync"):
            yield from self._waited(_number(words))
        else:
            yield from self._named(call, [text.decode() for text in texts])

    def _opened(self, path: str, words: str, descriptor: int) -> Iterator[Step]:
        self._inode.pop(descriptor, None)
        self._open.pop(descriptor, None)
        if not path.startswith(self.folder):
            return
        self._open[descriptor] = path
        if os.path.isdir(path) and path not in self.names and "O_CREAT" not in words:
            return
        if path not in self.names:
            if "O_CREAT" not in words:
                return
            self.names[path] = self._next
            self._next += 1
            yield Name(new=path, inode=self.names[path])
        self._inode[descriptor], self._at[descriptor] = self.names[path], 0
        if "O_TRUNC" in words:
            yield Cut(self.names[path], 0)

    def _written(self, call: str, words: str, data: bytes, result: int) -> Iterator[Step]:
        descriptor = _number(words)
        if descriptor == 1 and call == "write":
            yield Said(tuple(data.decode().split()))
        elif inode := self._inode.get(descriptor):
            at = int(words.rsplit(",", 1)[1]) if call == "pwrite64" else self._at[descriptor]
            self._at[descriptor] = at + result if call == "write" else self._at[descriptor]
            yield Write(inode, at, data[:result])

    def _waited(self, descriptor: int) -> Iterator[Step]:
        if inode := self._inode.get(descriptor):
            yield Sync(inode=inode)
        elif path := self._open.get(descriptor):
            yield Sync(folder=path)

    def _named(self, call: str, paths: list[str]) -> Iterator[Step]:
        if not paths or not paths[0].startswith(self.folder):
            return
        if call.startswith("rename"):
            old, new = paths[0], paths[1]
            moved = {name: inode for name, inode in self.names.items() if name == old or name.startswith(old + "/")}
            for name, inode in moved.items():
                del self.names[name]
                self.names[new + name[len(old) :]] = inode
            yield Name(old=old, new=new)
        elif call.startswith("unlink") or call == "rmdir":
            self.names.pop(paths[0], None)
            yield Name(old=paths[0])
        elif call.startswith("mkdir"):
            yield Name(new=paths[0], folder=True)


def _number(words: str) -> int:
    return int(re.match(r"-?\d+", words)[0])  # type: ignore[index]


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))
