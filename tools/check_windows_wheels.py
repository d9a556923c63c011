"""Downloads what requirements.lock asks for on 64-bit Windows, by hash, to know that every wheel exists.

Run with the environment's Python, on any system: .venv/bin/python tools/check_windows_wheels.py
It shows that pip finds the wheels, not that the program runs on Windows. About 110 MB for each version.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
PYTHONS = ("3.11", "3.12", "3.13")


def windows_environment(python: str) -> dict[str, str]:
    """Return the markers of a CPython on 64-bit Windows."""
    return {
        "implementation_name": "cpython",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_system": "Windows",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "win32",
    }


def entries(lock: str) -> list[str]:
    """Return the lock's requirements, each with its hashes, on one line, without comments."""
    lines = [line for line in lock.splitlines() if not line.lstrip().startswith("#")]
    return [line for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]


def for_windows(lock: str, python: str) -> list[str]:
    """Return the entries whose markers hold on Windows, without their markers."""
    kept = []
    for entry in entries(lock):
        head, *hashes = entry.split(" --hash=")
        requirement = Requirement(head)
        if requirement.marker is None or requirement.marker.evaluate(windows_environment(python)):
            pinned = f"{requirement.name}{requirement.specifier}"
            kept.append(" ".join([pinned, *(f"--hash={value.strip()}" for value in hashes)]))
    return kept


def download(requirements: list[str], python: str) -> tuple[int, int]:
    """Download the wheels of one Python; return pip's exit code and the bytes received."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = Path(folder, "windows.lock")
        chosen.write_text("\n".join(requirements), encoding="utf-8")
        target = Path(folder, "wheels")
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        platform = ["--platform", "win_amd64", "--implementation", "cp", "--python-version", python]
        code = subprocess.call([*pip, *platform, "--require-hashes", "-r", str(chosen), "-d", str(target)])
        return code, sum(wheel.stat().st_size for wheel in target.glob("*.whl"))


def main() -> int:
    """Check each version of Python; return how many lack a wheel."""
    lacking = 0
    for python in PYTHONS:
        requirements = for_windows(LOCK.read_text(encoding="utf-8"), python)
        code, size = download(requirements, python)
        verdict = "all found" if code == 0 else "NOT all found"
        print(f"Windows, Python {python}: {len(requirements)} wheels, {verdict}, {size / 1e6:.0f} MB", flush=True)
        lacking += bool(code)
    return lacking


if __name__ == "__main__":
    raise SystemExit(main())
