"""Where the files shipped with the program are, from source and from the packaged program alike."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """A file or folder under resources/."""
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).parent.parent))
    return root.joinpath("resources", *parts)
