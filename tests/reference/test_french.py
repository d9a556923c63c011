"""Every sentence of the shipped files is French, with its typography."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from spip_desktop.paths import resource

FILES = sorted(
    path for folder in ("forms", "reference", "sheets", "rules") for path in resource(folder).rglob("*.toml")
)
SAID = frozenset(
    {
        "label", "title", "help", "text", "legal", "source", "condition", "proof", "because", "person_label", "short",
        "asks_title", "objective_label", "not_asked", "not_asked_neutral", "agreement", "agreement_title", "read_aloud",
        "foot", "foot_legal", "foot_agreement", "foot_neutral", "sender", "recipient", "note", "internal", "external",
        "labels", "written", "signer", "formerly", "why", "action", "ref",
    }
)  # fmt: skip
ENGLISH = re.compile(
    r"\b(the|and|of|with|without|field|required|unknown|yes|state|status|step|answer|sheet|note book|person|level|"
    r"feedback|email|mail|planning|reporting|coaching|item|score)\b",
    re.IGNORECASE,
)
#: Where a field of the catalogue comes from (person.birth_date).
RECORD = re.compile(r"[a-z_]+\.[a-z_]+")
BARE_SIGN = re.compile(r"(?<![\u00a0\d])[:;!?](?=\s|$)|[^\u00a0]»|«[^\u00a0]")


def said(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from said(one, name)
    elif isinstance(value, list):
        for one in value:
            yield from said(one, key)
    elif isinstance(value, str) and key in SAID and not RECORD.fullmatch(value):
        yield value


def faults(text: str) -> list[str]:
    found = []
    if BARE_SIGN.search(text):
        found.append("espace insécable")
    if "'" in text or '"' in text or "..." in text:
        found.append("apostrophe, guillemet ou points")
    if ENGLISH.search(text):
        found.append("anglais")
    if text != text.strip() or "  " in text:
        found.append("espaces")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_french_of_a_file(path: Path) -> None:
    texts = list(said(tomllib.loads(path.read_text("utf-8"))))
    assert texts
    assert [(text, faults(text)) for text in texts if faults(text)] == []


@pytest.mark.parametrize(
    "text", ["Quoi?", "Quoi ?", "l'heure", "«ici»", "the person", "Attendre...", "Un  deux", "Nom: ici"]
)
def test_a_fault_is_seen(text: str) -> None:
    """Positive control."""
    assert faults(text)


def test_words_that_the_house_does_not_use() -> None:
    """practice.md, « Wording »."""
    banned = re.compile(r"\b(détenus?|délinquants?|profils?|SDF|libérables?|consentement)\b", re.IGNORECASE)
    found = [
        (path.stem, text)
        for path in FILES
        for text in said(tomllib.loads(path.read_text("utf-8")))
        if banned.search(text) and path.stem != "quartiers"
    ]
    assert found == []
