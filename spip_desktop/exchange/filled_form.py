"""Reading a PDF that a partner filled in: the values of its fields, and nothing else of it.

Whoever wrote the file may mean harm: it is read within bounds, and what it says of itself is believed of no one.
"""

from io import BytesIO

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.generic import ArrayObject, BooleanObject, ByteStringObject, DictionaryObject, NameObject, TextStringObject

from spip_desktop.domain.errors import Refusal

MOST_BYTES = 2_000_000
"""Bytes of a file that is read at all; the ones we make have about 40 000."""
MOST_FIELDS = 200
LONGEST_VALUE = 4000
"""Signs of one value; each field then has its own limit."""
_UNPACKED = 4_000_000  # bytes that one stream may grow to
_BOUNDS = Configuration(
    maximum_declared_stream_length=MOST_BYTES,
    array_based_stream_maximum_output_length=_UNPACKED,
    array_maximum_element_count=20_000,
    dictionary_maximum_element_count=2_000,
    lzw_maximum_output_length=_UNPACKED,
    run_length_maximum_output_length=_UNPACKED,
    zlib_maximum_output_length=_UNPACKED,
    zlib_maximum_recovery_input_length=MOST_BYTES,
    brotli_maximum_output_length=_UNPACKED,
    stream_filters_maximum_length=2,
    stream_decoding_work_maximum_length=3 * _UNPACKED,
    disable_legacy_handling=True,
)


def read(content: bytes) -> dict[str, str]:
    """The values by the name of their field, « Off » for an empty box.

    Refusals: `form_too_big`, `form_unreadable` (no PDF, broken or hostile), `form_locked` (a password),
    `form_too_long` (a value that no line of ours holds), `form_no_field` (printed again, its fields are gone),
    `form_not_ours` (fields that we never make).
    """
    if len(content) > MOST_BYTES:
        raise Refusal("form_too_big", megabytes=MOST_BYTES // 1_000_000)
    try:
        with apply_configuration(_BOUNDS):
            return _values(content)
    except Refusal:
        raise
    except Exception as error:  # whatever a hostile file makes the library raise, it is the file that is refused
        raise Refusal("form_unreadable") from error


def _values(content: bytes) -> dict[str, str]:
    reader = PdfReader(BytesIO(content), strict=False)
    if reader.is_encrypted:
        raise Refusal("form_locked")
    form = _plain(reader.root_object.get("/AcroForm"))
    fields = _plain(form.get("/Fields")) if isinstance(form, DictionaryObject) else None
    if not isinstance(fields, ArrayObject) or not fields:
        raise Refusal("form_no_field")
    if len(fields) > MOST_FIELDS:
        raise Refusal("form_not_ours")
    found: dict[str, str] = {}
    for one in fields:
        name, value = _field(_plain(one))
        if name in found:
            raise Refusal("form_not_ours")
        found[name] = value
    return found


def _field(field: object) -> tuple[str, str]:
    """The name and the value of one field; ours stand alone, none is inside another."""
    if not isinstance(field, DictionaryObject):
        raise Refusal("form_not_ours")
    name, kids = _plain(field.get("/T")), _plain(field.get("/Kids"))
    if not isinstance(name, TextStringObject) or len(name) > 40 or _holds_fields(kids):
        raise Refusal("form_not_ours")
    return str(name), _value(_plain(field.get("/V")))


def _holds_fields(kids: object) -> bool:
    """Some readers put the picture of a field under it; a field under a field is none of ours."""
    if not isinstance(kids, ArrayObject):
        return False
    below = [_plain(one) for one in kids[:2]]
    return len(kids) > 1 or any(isinstance(one, DictionaryObject) and "/T" in one for one in below)


def _value(value: object) -> str:
    if value is None or isinstance(value, BooleanObject):
        return ""
    if isinstance(value, NameObject):
        return str(value).removeprefix("/")[:LONGEST_VALUE]
    if isinstance(value, ByteStringObject):
        raise Refusal("form_unreadable")
    if not isinstance(value, TextStringObject):
        raise Refusal("form_unreadable")
    if len(value) > LONGEST_VALUE:
        raise Refusal("form_too_long", signs=LONGEST_VALUE)
    return str(value)


def _plain(value: object) -> object:
    """What a reference leads to."""
    return value.get_object() if hasattr(value, "get_object") else value
