"""Writes docs/format-spipx/records/: the schema of each kind of line of a package, drawn from the records themselves.

Run from the root after a record has changed: `.venv/bin/python -m tools.record_schemas`. A test compares.
"""

import json
from pathlib import Path

from spip_desktop.db import every_table, record_schema  # noqa: F401  every record must be declared

FOLDER = Path(__file__).parents[1] / "docs" / "format-spipx" / "records"


def texts() -> dict[str, str]:
    """The content of each file, by its name."""
    return {
        f"{kind}.json": json.dumps(record_schema.published(kind, schema), ensure_ascii=False, indent=1) + "\n"
        for kind, schema in record_schema.every().items()
    }


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, text in texts().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
