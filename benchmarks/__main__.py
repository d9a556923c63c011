"""`python -m benchmarks [--install] [name…]`, the names being those of README.md: every figure, one line each."""

import os
import sys
from importlib import import_module

MODULES = (
    "start",
    "store",
    "papers",
    "forms",
    "journal",
    "keys",
    "backup",
    "compare",
    "todo",
    "carrying",
    "table",
    "partners",
    "interview",
    "agenda",
    "transfer",
    "transfer_window",
    "packages",
)


def main() -> int:
    """Print the figures; the value is 1 when one is missed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    if unknown := set(names) - set(MODULES):
        print(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}")
        return 2
    missed = False
    _say_load()
    for name in names or MODULES:
        for figure in import_module(f"benchmarks.{name}").figures():
            print(figure.line(), flush=True)
            missed = missed or not figure.holds
    _say_load()
    return int(missed)


def _say_load() -> None:
    """How busy the machine is: figures in milliseconds hold only where nothing else runs."""
    if hasattr(os, "getloadavg"):
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
