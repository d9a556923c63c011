"""The package: what goes in comes out, and each way of not being whole has its own refusal."""

import io
import json
import shutil
import subprocess
import zlib
from pathlib import Path
from typing import Any

import jsonschema
import pyrage
import pytest

from spip_desktop.domain.errors import Refusal
from spip_desktop.exchange import envelope, package, packing, padding, strict_json, unpacking
from spip_desktop.exchange.header import Header, Record, Tally
from spip_desktop.exchange.identity import StationKeys, phrase, read_phrase
from spip_desktop.wording import sentence
from tests.exchange.packages import IDS, SCHEMA, Station, header, read, record, records, written
from tools.container_schemas import FOLDER, texts

PHRASE = "académie cubique dotation simple blond patron"


@pytest.fixture(scope="module")
def sender() -> Station:
    return Station.new()


@pytest.fixture(scope="module")
def recipient() -> Station:
    return Station.new()


def refused(content: bytes, opener: StationKeys | str, newest_schema: int = SCHEMA) -> str:
    with pytest.raises(Refusal) as refusal:
        read(content, opener, newest_schema)
    assert sentence(refusal.value)
    return refusal.value.code


def deflated(lines: list[bytes], after: bytes = b"") -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(b"".join(lines)) + deflate.flush() + after


def sealed(content: bytes, to: Station) -> bytes:
    """Anything at all, encrypted to a station as a foreign program would, its length right."""
    out = io.BytesIO()

    class Counted(io.BytesIO):
        def write(self, data: Any) -> int:
            return out.write(data)

    padded = padding.Padding(io.BytesIO(content), lambda: out.tell())
    pyrage.encrypt_io(padded, Counted(), [pyrage.x25519.Recipient.from_str(to.recipient)])
    return out.getvalue()


def lines_of(head: Header, sender: Station, lines: list[Record], tally: Tally | None = None) -> list[bytes]:
    """The lines as `package` writes them, with another manifest than the true one where `tally` is given."""
    content = packing.Outgoing(head, lines, sender.keys, lambda done: None).read()
    every = zlib.decompress(content, -zlib.MAX_WBITS).splitlines(keepends=True)
    if tally is None:
        return every
    manifest = tally.manifest(head)
    signature = sender.keys.sign("package", strict_json.canonical(manifest))
    return [*every[:-1], strict_json.encode({"t": "manifest", "m": manifest, "sig": signature})]


# -- whole -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 40, 5000])
def test_what_was_written_is_read(sender: Station, recipient: Station, count: int) -> None:
    lines = records(count)
    content, sound = written(header(sender, recipient, sender), sender, lines)
    assert read(content, recipient.keys) == (lines, sound)
    assert read(content, sender.keys) == (lines, sound), "a lost receipt does not orphan the file"
    assert (sound.file_bytes, sound.file_bytes % padding.MODULUS) == (len(content), 0)
    assert sound.tally.records == count


def test_a_phrase_opens_a_package_written_for_no_one_known(sender: Station) -> None:
    content, sound = written(header(sender), sender, records(30), PHRASE)
    assert package.is_under_phrase(io.BytesIO(content))
    assert len(content) % padding.MODULUS == 0
    assert read(content, read_phrase("  Academie CUBIQUE dotation simple  blond patron "))[1] == sound
    assert refused(content, PHRASE.replace("blond", "brun")) == "package_wrong_phrase"
    assert refused(content, sender.keys) == "package_wrong_key"


def test_a_phrase_has_six_words_that_differ(sender: Station) -> None:
    drawn = {phrase(IDS.random(9)) for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(one.split()) == 6 and read_phrase(one) == one for one in drawn)


def test_the_length_of_a_small_package_says_little_of_it(sender: Station, recipient: Station) -> None:
    lengths = {len(written(header(sender, recipient), sender, records(count))[0]) for count in range(1, 30)}
    assert len(lengths) <= 3


# -- not whole: six refusals -----------------------------------------------------------------------------------


def test_each_way_of_not_being_whole_has_its_own_refusal(sender: Station, recipient: Station) -> None:
    content, _ = written(header(sender, recipient), sender, records(2000))
    middle = len(content) // 2
    assert read(content, recipient.keys), "the control: untouched, it is read"
    assert refused(content, Station.new().keys) == "package_wrong_key"
    assert refused(content[:-100], recipient.keys) == "package_truncated"
    assert refused(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :], recipient.keys) == (
        "package_altered"
    )
    assert refused(content.replace(b"org/v1", b"org/v9", 1), recipient.keys) == "package_newer"
    assert refused(b"PK\x03\x04" * 1000, recipient.keys) == "package_unreadable"
    assert refused(b"", recipient.keys) == "package_unreadable"


def test_a_package_passed_on_to_someone_it_was_not_for_is_refused(sender: Station, recipient: Station) -> None:
    """Who could read it encrypts the very same lines to another: the signed list of recipients tells."""
    third = Station.new()
    lines = lines_of(header(sender, recipient), sender, records(3))
    assert read(sealed(deflated(lines), recipient), recipient.keys)[1].tally.records == 3, "the control"
    assert refused(sealed(deflated(lines), third), third.keys) == "package_not_for_us"


def test_a_newer_format_or_schema_is_said_and_not_guessed(sender: Station, recipient: Station) -> None:
    head, *others = lines_of(header(sender, recipient), sender, records(3))
    newer = json.loads(head) | {"fmt": envelope.FORMAT + 1, "unknown": True}
    content = sealed(deflated([strict_json.encode(newer), *others]), recipient)
    with pytest.raises(Refusal) as refusal:
        read(content, recipient.keys)
    assert (refusal.value.code, refusal.value.problems[0].data) == ("package_newer", {"version": envelope.FORMAT + 1})
    whole, _ = written(header(sender, recipient), sender, records(3))
    assert refused(whole, recipient.keys, newest_schema=0) == "package_newer"


def test_a_cut_file_gives_most_of_its_lines_before_it_is_refused(sender: Station, recipient: Station) -> None:
    """Why nothing is believed before the end. The cut is made where the length gives nothing away."""
    lines = [record(number, IDS.random(400).hex()) for number in range(1, 2001)]
    content, _ = written(header(sender, recipient), sender, lines)
    cut = content[: -80 * padding.MODULUS]
    got: list[Record] = []
    with pytest.raises(Refusal) as refusal:
        package.read(io.BytesIO(cut), recipient.keys, got.append, SCHEMA)
    assert refusal.value.code == "package_altered"
    assert len(got) > 1500


# -- a sender that lies ----------------------------------------------------------------------------------------


def test_a_manifest_that_does_not_add_up_is_refused(sender: Station, recipient: Station) -> None:
    head, lines = header(sender, recipient), records(3)
    _, sound = written(head, sender, lines)
    true = sound.tally
    tallies = [
        Tally(**{**_fields(true), name: value})
        for name, value in [("records", 2), ("kinds", {"note": 4}), ("last_seq", 9), ("sha256", "0" * 64)]
    ]
    assert read(sealed(deflated(lines_of(head, sender, lines, true)), recipient), recipient.keys), "the control"
    for wrong in tallies:
        content = sealed(deflated(lines_of(head, sender, lines, wrong)), recipient)
        assert refused(content, recipient.keys) == "package_altered"


def _fields(tally: Tally) -> dict[str, Any]:
    return {name: getattr(tally, name) for name in ("records", "kinds", "first_seq", "last_seq", "sha256")}


def test_another_signature_than_the_sender_s_is_refused(sender: Station, recipient: Station) -> None:
    head = header(sender, recipient)
    content = sealed(deflated(lines_of(head, Station.new(), records(3))), recipient)
    assert refused(content, recipient.keys) == "package_altered"


UNFIT = {
    "twice": b'{"t":"note","t":"note"}\n',
    "nan": b'{"t":"note","data":{"n":NaN}}\n',
    "infinite": b'{"t":"note","data":{"n":1e999}}\n',
    "big number": b'{"t":"note","data":{"n":123456789012345678901234567890}}\n',
    "deep": b'{"t":' + b"[" * 17 + b"]" * 17 + b"}\n",
    "very deep": b'{"t":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n",
    "list": b"[1]\n",
    "no json": b"{\n",
    "not utf-8": b'{"t":"\xff"}\n',
    "not NFC": '{"t":"e\u0301"}\n'.encode(),
    "control": b'{"t":"\\u0007"}\n',
    "surrogate": b'{"t":"\\ud800"}\n',
    "empty": b"\n",
    "long": b'{"t":"' + b"a" * strict_json.LONGEST_LINE + b'"}\n',
    "long without end": b"a" * (strict_json.LONGEST_LINE + 10),
    "second header": b"HEADER",
}


@pytest.mark.parametrize("name", UNFIT)
def test_a_line_that_two_readers_could_take_for_two_things_is_refused(
    name: str, sender: Station, recipient: Station
) -> None:
    head, *others = lines_of(header(sender, recipient), sender, records(2))
    line = head if name == "second header" else UNFIT[name]
    assert refused(sealed(deflated([head, others[0], line, *others[1:]]), recipient), recipient.keys) == (
        "package_malformed"
    )


@pytest.mark.parametrize(
    "change",
    [
        *({"id": "1"}, {"id": "01a20000-0000-1000-8000-000000000001"}, {"seq": -1}, {"op": "exec"}, {"t": "../x"}),
        *({"more": 1}, {"at": "hier"}, {"rev": None}, {"t": "manifest"}),
    ],
)
def test_a_record_of_another_shape_goes_neither_out_nor_in(
    change: dict[str, Any], sender: Station, recipient: Station
) -> None:
    unfit = record(1) | change
    with pytest.raises(Refusal) as refusal:
        written(header(sender, recipient), sender, [unfit])
    assert refusal.value.code == "package_record_unfit"
    head, manifest = lines_of(header(sender, recipient), sender, [])
    content = sealed(deflated([head, strict_json.encode(unfit), manifest]), recipient)
    assert refused(content, recipient.keys) == "package_malformed"


def test_lines_after_the_manifest_or_bytes_after_the_lines_are_refused(sender: Station, recipient: Station) -> None:
    lines = lines_of(header(sender, recipient), sender, records(2))
    assert read(sealed(deflated(lines, bytes(10)), recipient), recipient.keys), "the control: zeros are padding"
    for content in (deflated([*lines, lines[1]]), deflated(lines, b"\0x"), deflated(lines[:-1]), deflated([])):
        assert refused(sealed(content, recipient), recipient.keys) == "package_malformed"
    assert refused(sealed(b"\xff" * 100, recipient), recipient.keys) == "package_malformed"


def test_a_bomb_is_stopped_early(sender: Station, recipient: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    """300 MB of short lines in some 500 kB: a thousand times too much, stopped by the ratio after a few megabytes."""
    seen: list[int] = []
    split = unpacking.Incoming._split

    def spy(self: unpacking.Incoming, content: bytes) -> None:
        seen.append(len(content))
        split(self, content)

    monkeypatch.setattr(unpacking.Incoming, "_split", spy)
    head, line, _ = lines_of(header(sender, recipient), sender, records(1))
    bomb = sealed(deflated([head, line * (300_000_000 // len(line))]), recipient)
    assert len(bomb) < 2_000_000
    assert refused(bomb, recipient.keys) == "package_too_big"
    assert sum(seen) < 120_000_000
    zeros = sealed(deflated([head, b"0" * 300_000_000]), recipient)
    assert refused(zeros, recipient.keys) in {"package_malformed", "package_too_big"}


def test_too_many_records_are_refused(sender: Station, recipient: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    content, _ = written(header(sender, recipient), sender, records(6))
    monkeypatch.setattr(unpacking, "MOST_RECORDS", 6)
    assert read(content, recipient.keys), "the control"
    monkeypatch.setattr(unpacking, "MOST_RECORDS", 5)
    assert refused(content, recipient.keys) == "package_too_big"


# -- the others' tools -----------------------------------------------------------------------------------------


def test_the_age_program_opens_a_package_with_the_key(sender: Station, recipient: Station, tmp_path: Path) -> None:
    age = shutil.which("age")
    assert age, "./test installs Debian's age"
    head = header(sender, recipient, sender)
    content, _ = written(head, sender, records(5))
    (tmp_path / "key").write_text(recipient.keys.secret + "\n")
    (tmp_path / "p.spipx").write_bytes(content)
    done = subprocess.run([age, "-d", "-i", tmp_path / "key", tmp_path / "p.spipx"], capture_output=True, check=True)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    first, *_, last = inflate.decompress(done.stdout).splitlines()
    assert json.loads(first) == head.to_line()
    assert json.loads(last)["t"] == "manifest"
    assert not inflate.unused_data.strip(b"\0")
    (tmp_path / "other").write_text(Station.new().keys.secret + "\n")
    refused_by_age = subprocess.run(
        [age, "-d", "-i", tmp_path / "other", tmp_path / "p.spipx"], capture_output=True, check=False
    )
    assert refused_by_age.returncode != 0, "the control"


def test_what_the_age_program_encrypts_is_read(sender: Station, recipient: Station, tmp_path: Path) -> None:
    age = shutil.which("age")
    assert age, "./test installs Debian's age"
    plain = deflated(lines_of(header(sender, recipient), sender, records(5)))
    command = [age, "-r", recipient.recipient]
    bare = subprocess.run(command, input=plain, capture_output=True, check=True).stdout
    zeros = bytes(-len(bare) % padding.MODULUS)
    done = subprocess.run(command, input=plain + zeros, capture_output=True, check=True)
    assert read(done.stdout, recipient.keys)[1].tally.records == 5


@pytest.mark.parametrize("name", envelope.SCHEMAS)
def test_both_readers_of_the_schemas_agree(name: str, sender: Station, recipient: Station) -> None:
    """fastjsonschema checks at run time, jsonschema is the reference."""
    jsonschema.Draft7Validator.check_schema(envelope.published(name))
    slow, fast = jsonschema.Draft7Validator(envelope.published(name)), envelope.checker(name)
    lines = [json.loads(one) for one in lines_of(header(sender, recipient), sender, records(2))]
    candidates = [*lines, {}, None, 3, record(1) | {"seq": True}, record(1) | {"base": "x"}, record(1) | {"data": []}]
    wrong: list[Any] = [None, 1, "", "x", [], {}, -1]
    candidates += [{**lines[0], key: value} for key in lines[0] for value in wrong]
    outcomes = set()
    for one in candidates:
        holds = slow.is_valid(one)
        outcomes.add(holds)
        try:
            fast(one)
        except ValueError:
            assert not holds, one
        else:
            assert holds, one
    assert False in outcomes


def test_the_published_schemas_are_those_that_are_checked() -> None:
    """`python -m tools.container_schemas` writes them."""
    assert texts() == {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.json")}
