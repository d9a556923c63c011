"""Keep PySide6 6.12 from freeing None under Python 3.11.

PySide6 6.12.0 gives back one reference to None too many at each call that returns nothing (measured: 100
calls of QFont.setBold, 100 references lost; none lost with 6.11). From Python 3.12 on None counts no
references and nothing happens; before, the interpreter ends after some thousand calls.
"""

import ctypes
import sys

_ENOUGH = 1 << 40  # calls: a century of clicks


def keep_none() -> None:
    """Give None so many references that no number of calls uses them up; without effect from 3.12 on."""
    if sys.version_info < (3, 12):
        count = ctypes.c_ssize_t.from_address(id(None))
        if count.value < _ENOUGH // 2:
            count.value += _ENOUGH
