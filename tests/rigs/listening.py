"""What a program asks of the kernel, heard by strace: the sockets it opens, the files it writes, its children."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_CALLS = "execve,socket,connect,bind,sendto,sendmsg,openat,open,creat,rename,renameat,renameat2,mkdir,memfd_create"
_LINE = re.compile(r"^(?P<pid>\d+) +(?P<call>\w+)\((?P<words>.*)\) += (?P<result>-?\d+|\?)", re.DOTALL)
_WRITING = ("O_WRONLY", "O_RDWR", "O_CREAT")
_ADDRESS = re.compile(r'sin_port=htons\((\d+)\), sin_addr=inet_addr\("([\d.]+)"\)')
_INTERNET = ("AF_INET", "AF_INET6", "AF_PACKET")


def command(log: Path) -> list[str]:
    """Put before a command: its calls, and those of its children, go to the log."""
    return ["strace", "-f", "-qq", "--seccomp-bpf", "-s", "4096", "-e", f"trace={_CALLS}", "-o", str(log)]


@dataclass
class Heard:
    """`internet`: (program, call) for each socket of the Internet family; `reached`: (program, host, port);
    `written`: the files opened to be written, each with the programs that did; `programs`: every program that ran."""

    internet: list[tuple[str, str]] = field(default_factory=list)
    reached: set[tuple[str, str, int]] = field(default_factory=set)
    written: dict[Path, set[str]] = field(default_factory=dict)
    programs: set[str] = field(default_factory=set)


def heard(log: Path) -> Heard:
    """Read the log of strace."""
    found, programs = Heard(), defaultdict(lambda: "python")  # a child is what its parent was until it says otherwise
    for line in _whole_lines(log.read_text(errors="replace")):
        call = _LINE.match(line)
        if call is None:
            continue
        pid, words = call["pid"], call["words"]
        if call["call"] == "execve" and call["result"] == "0":
            programs[pid] = Path(words.split('"')[1]).name
            found.programs.add(programs[pid])
        if any(family in words for family in _INTERNET):
            found.internet.append((programs[pid], f"{call['call']}({words})"))
            found.reached |= {(programs[pid], host, int(port)) for port, host in _ADDRESS.findall(words)}
        if call["call"] in ("openat", "open", "creat") and any(way in words for way in _WRITING):
            found.written.setdefault(Path(words.split('"')[1]), set()).add(programs[pid])
        if call["call"] == "memfd_create":
            found.written.setdefault(Path("memfd"), set()).add(programs[pid])
    return found


def _whole_lines(text: str) -> Iterator[str]:
    """A call that another process cut in two is put together again."""
    begun: dict[str, str] = {}
    for line in text.splitlines():
        pid = line.partition(" ")[0]
        if line.endswith("<unfinished ...>"):
            begun[pid] = line.removesuffix("<unfinished ...>").rstrip()
        elif "resumed>" in line and pid in begun:
            yield begun.pop(pid) + line.partition("resumed>")[2]
        else:
            yield line
