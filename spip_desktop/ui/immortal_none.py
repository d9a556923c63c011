"""Keep PySide6 6.12 from freeing None, True and False under Python 3.11.

PySide6 6.12.0 gives back one reference to None too many at each call that returns nothing (measured: 100
calls of QFont.setBold, 100 references lost; none lost with 6.11), and one to True at each signal emitted
(200 emissions, 200 lost). From Python 3.12 on they count no references and nothing happens; before, the
interpreter ends after some thousand calls.
"""

import ctypes
import sys

_ENOUGH = 1 << 40  # calls: a century of clicks


def keep_none() -> None:
    """Give them so many references that no number of calls uses them up; without effect from 3.12 on."""
    if sys.version_info < (3, 12):
        for constant in (None, True, False):
            count = ctypes.c_ssize_t.from_address(id(constant))
            if count.value < _ENOUGH // 2:
                count.value += _ENOUGH
