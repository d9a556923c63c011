"""Put Python's own `import` back in place of the one of PySide6.

PySide6 replaces `builtins.__import__` for the sake of `from __feature__ import …`, which this program never writes.
At each import its own reads the whole source of what was imported, looking for the word PySide6, and `linecache`
keeps every line of it (measured with 6.12: 8 ms before the first page is painted, 40 ms and 6 MiB at the desk).
"""

import builtins

import PySide6.QtCore  # noqa: F401  the replacement is made by this import, once


def restore_import() -> None:
    """Take PySide6's `import` away; without effect when it is not there."""
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
