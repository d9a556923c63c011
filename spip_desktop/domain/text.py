"""Text as typed, text as compared, text as printed."""

import re
import unicodedata

NBSP = "\u00a0"
_LETTERS = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H", "þ": "th", "Þ": "TH", "ŋ": "n"}
)
_APOSTROPHES = "'’‘ʼ`´-‐‑–"
_JOINED = str.maketrans("", "", _APOSTROPHES)
_SPACED = str.maketrans(dict.fromkeys(_APOSTROPHES, " "))
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_BEFORE_SIGNS = re.compile(r"[ \u00a0\u202f]*([:;!?»])(?=\s|$|[)\]])")
_OPEN_QUOTE = re.compile(r"«[ \u00a0\u202f]*")


def clean(text: str, *, lines: bool = False) -> str:
    """What may be stored: NFC, no control or direction sign; line breaks only where `lines` is true.

    Nothing else is lost: accents, apostrophes, particles, emoji and markup stay as typed.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if not lines:
        text = " ".join(text.split("\n"))
    return _CONTROLS.sub("", text)


def fold(text: str) -> str:
    """The text as compared: lower case, no accent, apostrophes and hyphens as spaces, single spaces."""
    return " ".join(_bare(text).translate(_SPACED).split())


def fold_joined(text: str) -> str:
    """The same with apostrophes and hyphens removed, so that « ndiaye » finds N'Diaye."""
    return " ".join(_bare(text).translate(_JOINED).split())


def fold_both(text: str) -> str:
    """Every word under which a name may be looked for: spaced, then joined where that differs."""
    spaced, joined = fold(text), fold_joined(text)
    return spaced if spaced == joined else f"{spaced} {joined}"


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in letters if not unicodedata.combining(sign)).casefold()


def french_spaces(text: str) -> str:
    """U+00A0 before : ; ! ? and inside « », as French typography wants; times such as 14:02 are kept."""
    text = _OPEN_QUOTE.sub("«" + NBSP, text)
    return _BEFORE_SIGNS.sub(NBSP + r"\1", text)


def capitals(name: str) -> str:
    """A family name in capitals, accents kept (« Bréaud » → « BRÉAUD »)."""
    return name.replace("ß", "ẞ").upper()
