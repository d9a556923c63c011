"""Keeps what the process holds out of core dumps and of other programs of the same session."""

import sys

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """No core dump, no reading of our memory by a neighbour; call before any key is in memory.

    Linux only: `execve` undoes the second part, so every start calls it. On Windows nothing is done
    yet (not verified there); elsewhere the core limit alone applies.
    """
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def wipe(secret: bytearray) -> None:
    """Zeros over the secret; copies Python made elsewhere remain until the process is replaced."""
    secret[:] = bytes(len(secret))
