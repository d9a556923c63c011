"""How many faults are tried: few in `./test`, many in the long run (`python -m tests.faults --long`)."""

import os


def amount(name: str, usual: int) -> int:
    """The number asked for by the long run, or the usual one."""
    return int(os.environ.get(name, usual))
