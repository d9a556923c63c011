"""Text as typed, text as compared, text as printed."""

import re
import unicodedata

NBSP = "\u00a0"
_LETTERS = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H", "þ": "th", "Þ": "TH"}
    | {"ŋ": "n", "Ŋ": "N", "ĸ": "k", "ŧ": "t", "Ŧ": "T", "ẞ": "SS"}
)
_APOSTROPHES = "'’‘‛ʼʻ′`´＇-‐‑‒–—−"
_JOINED = str.maketrans("", "", _APOSTROPHES)
_SPACED = str.maketrans(dict.fromkeys(_APOSTROPHES, " "))
# Strings, which `re` compiles at their first use and keeps: the first page is painted without them.
_BREAKS = "\r\n|[\r\x0b\x0c\x85\u2028\u2029]"
# A joiner (U+200D) stays between the signs of one emoji; a lone surrogate could not be written at all.
_CONTROLS = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f]"
    "|[\ufeff\ufff9-\ufffb\ud800-\udfff]|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_BEFORE_SIGNS = r"[ \u00a0\u202f]*([:;!?]+)(?=[\s)\]»]|$)|[ \u00a0\u202f]*(»)"
_OPEN_QUOTE = r"«[ \u00a0\u202f]*"


def clean(text: str, *, lines: bool = False) -> str:
    """What may be stored: NFC, no control or direction sign; line breaks only where `lines` is true.

    Nothing else is lost: accents, apostrophes, particles, emoji and markup stay as typed.
    """
    text = re.sub(_BREAKS, "\n", text).replace("\t", " ")
    if not lines:
        text = text.replace("\n", " ")
    # Last: a sign taken out may have stood between a letter and its accent.
    return unicodedata.normalize("NFC", re.sub(_CONTROLS, "", text))


def fold(text: str) -> str:
    """The text as compared: lower case, no accent, apostrophes and hyphens as spaces, single spaces."""
    return " ".join(_bare(text.translate(_SPACED)).translate(_SPACED).split())


def fold_joined(text: str) -> str:
    """The same with apostrophes and hyphens removed, so that « ndiaye » finds N'Diaye."""
    return " ".join(_bare(text.translate(_JOINED)).translate(_JOINED).split())


def fold_both(text: str) -> str:
    """Every word under which a name may be looked for: spaced, then joined where that differs."""
    spaced, joined = fold(text), fold_joined(text)
    return spaced if spaced == joined else f"{spaced} {joined}"


def _bare(text: str) -> str:
    # Marks come off first: ǿ is ø with a mark. Twice, since folding the case of a sign may bring a mark back.
    for _ in range(2):
        letters = unicodedata.normalize("NFKD", text)
        bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
        text = bare.translate(_LETTERS).casefold()
    return text


def french_spaces(text: str) -> str:
    """U+00A0 before : ; ! ? and inside « », as French typography wants; times such as 14:02 are kept."""
    text = re.sub(_OPEN_QUOTE, "«" + NBSP, text)
    return re.sub(_BEFORE_SIGNS, lambda found: NBSP + (found[1] or found[2]), text)


def capital(text: str) -> str:
    """The text beginning with a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """« par téléphone » of « Par téléphone », as inside a sentence; « SPIP » stays."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capitals(name: str) -> str:
    """A family name in capitals, accents kept (« Bréaud » → « BRÉAUD »)."""
    return name.replace("ß", "ẞ").upper()


def shortened(text: str, most: int) -> str:
    """The first words of a text on one line of `most` signs, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"
