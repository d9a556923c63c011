"""What the start costs and what it protects, in a process of its own."""

import subprocess
import sys

import pytest

LATE = (
    "cryptography",
    "argon2",
    "zxcvbn",
    "keyring",
    "filelock",
    "sqlalchemy",
    "sqlcipher3",
    "reportlab",
    "ctypes.util",
)


def _python(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    ).stdout.strip()


@pytest.mark.parametrize("module", ["vault", "instance", "folder", "hardening", "anchor", "passphrase"])
def test_nothing_heavy_is_imported_before_the_first_page(module: str) -> None:
    code = f"import sys, spip_desktop.security.{module}; print([m for m in {LATE!r} if m in sys.modules])"
    assert _python(code) == "[]"


def test_hardening_forbids_dumps_and_neighbours() -> None:
    code = """
import ctypes, resource
from spip_desktop.security.hardening import harden
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)  # PR_GET_DUMPABLE
harden()
print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""
    assert _python(code) == "1 0 (0, 0)"
