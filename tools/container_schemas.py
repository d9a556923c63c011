"""Writes docs/format-spipx/: the schemas of the container's own lines (spip_desktop/exchange/envelope.py).

Run from the root after one has changed: `.venv/bin/python -m tools.container_schemas`. A test compares.
"""

import json
from pathlib import Path

from spip_desktop.exchange import envelope

FOLDER = Path(__file__).parents[1] / "docs" / "format-spipx"


def texts() -> dict[str, str]:
    """The content of each file, by its name."""
    return {
        f"{name}.json": json.dumps(envelope.published(name), ensure_ascii=False, indent=1) + "\n"
        for name in envelope.SCHEMAS
    }


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
