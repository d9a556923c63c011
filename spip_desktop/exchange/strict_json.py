"""One line of JSON, read as narrowly as it is written: what two readers could take for two things is refused."""

import json
import re
import unicodedata
from typing import Any

LONGEST_LINE = 1024 * 1024
"""Bytes, its end included."""
DEEPEST = 16
_BIGGEST = 2**53 - 1  # beyond it, programs that know doubles only would read another number
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class UnfitJson(ValueError):  # noqa: N818  a refusal of a line, named as it reads
    """Why a line is refused, as a short code: never its content."""


def encode(value: object) -> bytes:
    """One line; the same value gives the same bytes wherever its keys are in the same order."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        line = text.encode() + b"\n"
    except UnicodeEncodeError:
        raise UnfitJson("text") from None
    if len(line) > LONGEST_LINE:
        raise UnfitJson("long")
    return line


def canonical(value: object) -> bytes:
    """What a signature is made on: keys sorted, no space, UTF-8 (RFC 8785 for texts, integers, lists, objects)."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def decode(line: bytes) -> dict[str, Any]:
    """The object of one line. UnfitJson: `json`, `twice`, `number`, `deep`, `text`, `object`, `long`."""
    if len(line) > LONGEST_LINE:
        raise UnfitJson("long")
    try:
        value = json.loads(line.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnfitJson:
        raise
    except (ValueError, RecursionError):
        raise UnfitJson("json") from None
    if not isinstance(value, dict):
        raise UnfitJson("object")
    check(value)
    return value


def check(value: object, depth: int = 1) -> None:
    """Refuse what is too deep, a text that is not NFC or holds a control sign, a number that not everyone reads."""
    if isinstance(value, str):
        if not unicodedata.is_normalized("NFC", value) or _UNFIT.search(value):
            raise UnfitJson("text")
    elif isinstance(value, dict | list):
        if depth > DEEPEST:
            raise UnfitJson("deep")
        if isinstance(value, dict):
            for key in value:
                check(key)
            value = list(value.values())
        for item in value:
            check(item, depth + 1)
    elif isinstance(value, int) and abs(value) > _BIGGEST:
        raise UnfitJson("number")
    elif isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise UnfitJson("number")  # 1e999 is read as infinity


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnfitJson("twice")
    return found


def _no_constant(name: str) -> None:
    raise UnfitJson("number")
