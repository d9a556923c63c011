"""Every refusal and warning of this layer has its French sentence, complete with its data."""

import re
from pathlib import Path

import spip_desktop.security
from spip_desktop.domain import recovery_key
from spip_desktop.domain.errors import Problem
from spip_desktop.security.anchor import AnchorState
from spip_desktop.wording import known_codes, sentence

_RAISED = re.compile(r'(?:Refusal|Problem)\(\s*"([a-z_]+)"')


def test_every_code_has_a_sentence() -> None:
    files = [*Path(spip_desktop.security.__path__[0]).glob("*.py"), Path(recovery_key.__file__)]
    codes = {code for path in files for code in _RAISED.findall(path.read_text("utf-8"))}
    codes |= {f"anchor_{state}" for state in AnchorState} - {"anchor_ok", "anchor_absent"}
    assert len(codes) > 25
    assert codes <= known_codes()


def test_a_sentence_takes_its_words_from_the_problem() -> None:
    short = sentence(Problem("passphrase_short", data={"shortest": 15, "count": 12}))
    assert short.startswith("Il faut au moins 15 signes\u00a0; il y en a 12.")
