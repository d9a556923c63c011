"""pdf.js in Node: a partner's browser, as far as a form is concerned. ./test installs both, from their hashes."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

_HERE = Path(__file__).parent / "pdfjs"
_ENVIRONMENT = Path(sys.prefix)
_NODE, _FOLDER = _ENVIRONMENT / "bin" / "node", _ENVIRONMENT / "pdfjs"


class NotInstalled(Exception):  # noqa: N818  said as a sentence
    """It says the line to type."""


def fill(form: bytes, values: Mapping[str, str | bool], folder: Path) -> tuple[bytes, list[str]]:
    """The form as saved by pdf.js with these values, and the names of the fields that it showed."""
    if not _NODE.exists() or not (_FOLDER / "node_modules").is_dir():
        raise NotInstalled("Node et pdf.js manquent : lancez ./test, qui les installe.")
    blank, filled = folder / "blank.pdf", folder / "filled.pdf"
    blank.write_bytes(form)
    command = [_NODE, _HERE / "fill.mjs", _FOLDER, blank, filled]
    done = subprocess.run(command, input=json.dumps(values).encode(), capture_output=True, timeout=120, check=False)
    if done.returncode:
        raise AssertionError(done.stderr.decode()[-2000:])
    return filled.read_bytes(), json.loads(done.stdout)
