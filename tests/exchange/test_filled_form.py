"""A file that comes from outside is refused with its reason, whatever it holds, in bounded time and memory."""

import resource
import time
import zlib
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf, String

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.filled_form import FormIdentity, line_of, read_line
from spip_desktop.exchange import filled_form
from spip_desktop.wording import sentence
from tests import form_fixtures as forms

GOOD = forms.form()
SLOWEST = 10.0  # seconds, on a slow and busy machine


def refused(content: bytes) -> str:
    started = time.monotonic()
    with pytest.raises(Refusal) as found:
        filled_form.read(content)
    assert time.monotonic() - started < SLOWEST
    assert sentence(found.value)
    return found.value.code


def changed(change: Callable[[Pdf], object]) -> bytes:
    pdf = Pdf.open(BytesIO(GOOD))
    for page in pdf.pages:
        del page.obj.Annots
    change(pdf)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def with_fields(*fields: object) -> bytes:
    def put(pdf: Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array(list(fields)))

    return changed(put)


def test_the_control_a_form_of_ours_is_read() -> None:
    assert "r1_1_1" in filled_form.read(GOOD)


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"%PDF-1.7", b"\x00" * 5000, b"<html>bonjour</html>"),
        *(GOOD[:2000], GOOD[2000:], b"%PDF-1.4\n" + b"1 0 obj" * 9),
    ],
)
def test_what_is_no_pdf_is_unreadable(content: bytes) -> None:
    assert refused(content) in ("form_unreadable", "form_no_field")


def test_a_large_file_is_not_read_at_all() -> None:
    assert refused(GOOD + b"\n" * filled_form.MOST_BYTES) == "form_too_big"


def test_a_locked_pdf_a_pdf_without_fields_and_fields_of_others_say_so() -> None:
    locked = BytesIO()
    Pdf.open(BytesIO(GOOD)).save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refused(locked.getvalue()) == "form_locked"
    assert refused(changed(lambda pdf: pdf.Root.__delitem__("/AcroForm"))) == "form_no_field"
    assert refused(with_fields()) == "form_no_field"
    assert refused(with_fields(_text("a"), _text("a"))) == "form_not_ours"
    assert refused(with_fields(Dictionary(FT=Name.Tx))) == "form_not_ours"
    assert refused(with_fields(_text("a" * 41))) == "form_not_ours"
    assert refused(with_fields(Dictionary(T=String("a"), Kids=Array([_text("b")])))) == "form_not_ours"
    assert refused(with_fields(*(_text(str(one)) for one in range(201)))) == "form_not_ours"
    assert refused(with_fields(Dictionary(T=String("a"), V=Dictionary(A=1)))) == "form_unreadable"
    assert refused(with_fields(Dictionary(T=String("a"), V=String("x" * 4001)))) == "form_too_long"


def _text(name: str) -> Dictionary:
    return Dictionary(T=String(name), FT=Name.Tx, V=String("x"))


def test_a_field_that_holds_itself_ends() -> None:
    def loop(pdf: Pdf) -> None:
        field = pdf.make_indirect(Dictionary(T=String("a")))
        field.Kids = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    assert refused(changed(loop)) == "form_not_ours"


def test_a_stream_that_unpacks_without_end_is_refused_within_bounds() -> None:
    """300 MB of zeros in 300 kB, where the reader must unpack it: the table of objects itself."""
    packed = zlib.compress(b"\x00" * 300_000_000, 9)
    bomb = (
        b"%PDF-1.5\n1 0 obj\n<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length "
        + str(len(packed)).encode() + b">>\nstream\n" + packed + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    )  # fmt: skip
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refused(bomb) == "form_unreadable"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kilobytes"


def test_the_bounds_hold_for_this_reading_only() -> None:
    before = pypdf.get_configuration()
    filled_form.read(GOOD)
    assert pypdf.get_configuration() is before


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=12))
def test_a_damaged_form_is_read_or_refused_never_a_bug(wounds: list[tuple[int, bytes]]) -> None:
    content = bytearray(GOOD)
    for at, wound in wounds:
        content[at : at + len(wound)] = wound
    started = time.monotonic()
    try:
        found = filled_form.read(bytes(content))
    except Refusal:
        found = {}
    assert all(isinstance(value, str) for value in found.values())
    assert time.monotonic() - started < SLOWEST


# -- which sheet ---------------------------------------------------------------------------------------------


def test_the_line_of_a_form_is_read_again() -> None:
    assert read_line(line_of(forms.IDENTITY)) == forms.IDENTITY


@pytest.mark.parametrize("place", range(len(line_of(forms.IDENTITY))))
def test_any_sign_changed_in_the_line_shows(place: int) -> None:
    line = line_of(forms.IDENTITY)
    other = "X" if line[place] != "X" else "Y"
    with pytest.raises(Refusal) as found:
        read_line(line[:place] + other + line[place + 1 :])
    assert found.value.code in ("form_checksum", "form_not_ours")


@pytest.mark.parametrize("line", ["", "bonjour", "a b c d e", "a 1 b c d e", "a ٣ b c d", "a 1 " + "b" * 200 + " c d"])
def test_a_line_that_we_never_write_is_not_ours(line: str) -> None:
    with pytest.raises(Refusal) as found:
        read_line(line)
    assert found.value.code == "form_not_ours"


def test_a_line_made_by_hand_with_a_wrong_number_is_refused() -> None:
    made = FormIdentity(sheet_code="mission_locale", sheet_version=4, number="AAAAAAAA", answer_code="F7K3QX")
    with pytest.raises(Refusal) as found:
        read_line(line_of(made))
    assert found.value.code == "form_checksum"
