"""A working day in the users' words: from the first start to the sheet handed over, locked, closed, reprinted.

The day is played by key and mouse in processes of its own; here only its papers are read (by poppler) and, once
the program has ended, its store, through this other process.
"""

import os
import subprocess
import sys
from pathlib import Path

from spip_desktop.db import journal
from spip_desktop.domain.clock import Clock
from spip_desktop.domain.ids import Ids
from spip_desktop.services.unlock import Entrance
from spip_desktop.showing.day import OBJECTIVE, PASSPHRASE
from spip_desktop.wiring import make_services


def _text(paper: Path) -> str:
    read = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True)
    return " ".join(read.stdout.split())


def test_a_counsellor_s_first_day_and_the_next_morning(tmp_path: Path) -> None:
    store, visit = tmp_path / "magasin", tmp_path / "visite"
    played = subprocess.run(
        [sys.executable, "-m", "spip_desktop", "--visit", str(visit), "--folder", str(store)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    _the_papers_say_what_was_typed(sorted((visit / "documents").glob("*.pdf")))
    assert len(list((visit / "images").glob("*.png"))) >= 25
    _everything_is_in_the_store(store)


def _the_papers_say_what_was_typed(papers: list[Path]) -> None:
    key, plan, sheet, again = papers
    assert "valbrune-07" in _text(key)
    assert "Vasseur" not in _text(key)
    assert "Reprendre en cuisine" in _text(plan)
    assert "À signer" in _text(plan)
    words = _text(sheet)
    assert OBJECTIVE in words
    assert "Monsieur PERRIN Loïc" in words
    # Never on a partner's paper: the écrou, the offence, the level.
    assert all(never not in words for never in ("45612", "écrou", "Régulier", "Condamné"))
    assert again.read_bytes() == sheet.read_bytes()


def _everything_is_in_the_store(folder: Path) -> None:
    clock = Clock()
    context = Entrance(folder, clock, Ids(clock)).unlock("valbrune-07", PASSPHRASE).context
    try:
        services = make_services(context)
        hit = services.persons.search("perrin")[0]
        assert hit.ecrou_number == "45612"
        with context.store.reading() as tx:
            acts = [line.act for line in journal.lines_about(tx.connection, hit.id)]
            assert journal.first_break(tx.connection, context.store.identity.journal_key) is None
        assert "start_person" in acts
    finally:
        context.store.close()
