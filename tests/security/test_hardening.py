"""A program of the same account cannot read the memory of ours, and no crash writes it down."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
#: Gives up privileges, starts a child of the same account that holds a word, and tries to read it there.
_NEIGHBOUR = """
import ctypes, os, pwd, resource, sys  # while privileges last: nobody may not read this Python's folders
if os.geteuid() == 0:
    nobody = pwd.getpwnam("nobody")
    os.setgroups([]); os.setgid(nobody.pw_gid); os.setuid(nobody.pw_uid)
    ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # changing account hides a process; an ordinary one is not hidden
reading, writing = os.pipe()
to_child, from_parent = os.pipe()
child = os.fork()
if child == 0:
    os.close(from_parent)
    if sys.argv[1] == "hardened":
        harden()
    kept = bytearray(b"Kwyzt" + b"elune")
    os.write(writing, b".")
    os.read(to_child, 1)
    os._exit(0)
os.read(reading, 1)
try:
    found = False
    with open(f"/proc/{child}/mem", "rb", buffering=0) as memory:
        for line in open(f"/proc/{child}/maps"):
            place, rights, *_ = line.split()
            start, end = (int(part, 16) for part in place.split("-"))
            if rights.startswith("rw"):
                try:
                    memory.seek(start)
                    found = found or (b"Kwyzt" + b"elune") in memory.read(end - start)
                except (OSError, OverflowError):
                    pass
    print("found" if found else "nothing")
except PermissionError:
    print("refused")
os.close(from_parent)
os.waitpid(child, 0)
"""


def neighbour(state: str) -> str:
    """What a neighbour that reads our memory gets; the module is read while privileges last."""
    code = f"from spip_desktop.security.hardening import harden\n{_NEIGHBOUR}"
    done = subprocess.run(
        [sys.executable, "-c", code, state], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    assert not done.stderr, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(("state", "said"), [("bare", "found"), ("hardened", "refused")])
def test_a_neighbour_reads_a_bare_process_and_not_ours(state: str, said: str) -> None:
    assert neighbour(state) == said


def test_no_core_is_written() -> None:
    code = "import resource; from spip_desktop.security.hardening import harden; harden(); "
    code += "print(resource.getrlimit(resource.RLIMIT_CORE))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "(0, 0)"


def test_the_real_program_hardens_itself_before_anything_else() -> None:
    source = (ROOT / "spip_desktop" / "app.py").read_text("utf-8")
    body = source[source.index("def run(") :]
    assert body.index("harden()") < body.index("make_application()")
