"""The lines of a package as age gives them: inflated within bounds, read strictly, handed on one by one."""

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable

from spip_desktop.domain.errors import Refusal
from spip_desktop.exchange import envelope, strict_json
from spip_desktop.exchange.header import Header, Record, Tally
from spip_desktop.exchange.padding import MOST_ZEROS
from spip_desktop.exchange.strict_json import LONGEST_LINE, UnfitJson

MOST_UNPACKED = 4 * 1024**3
MOST_RATIO, RATIO_FROM = 200, 1024 * 1024
"""Bytes that may come of one, once a mebibyte has: JSON of this program comes to 4 to 10."""
MOST_RECORDS = 5_000_000
_STEP = 1024 * 1024  # bytes inflated at once


class Incoming:
    """Writes as a file; `receive` gets each record, `header` and `manifest` are there once they came.

    Refusals: `package_too_big`, `package_malformed` (line), `package_newer` (version), those of `receive`.
    """

    def __init__(self, receive: Callable[[Record], object], newest_schema: int) -> None:
        self._receive, self._newest = receive, newest_schema
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        self._rest = b""
        self._packed = self._unpacked = self._zeros = self._line = 0
        self._digest, self._kinds = hashlib.sha256(), Counter[str]()
        self._seqs: tuple[int, int] | None = None
        self.header: Header | None = None
        self.manifest: Record | None = None
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        """Take what age decrypted; what a line raises is kept, since age hides it."""
        try:
            self._take(bytes(data))
        except BaseException as error:
            self.failure = error
            raise
        return len(data)

    def flush(self) -> None:
        """Nothing is kept back."""

    @property
    def whole(self) -> bool:
        """Whether the deflated lines came to their end."""
        return self._inflate.eof and not self._rest

    def tally(self) -> Tally:
        first, last = self._seqs or (0, 0)
        return Tally(
            records=self._kinds.total(), kinds=self._kinds, first_seq=first, last_seq=last,
            sha256=self._digest.hexdigest(),
        )  # fmt: skip

    def _take(self, data: bytes) -> None:
        self._packed += len(data)
        if self._inflate.eof:
            self._pad(data)
            return
        while data and not self._inflate.eof:
            try:
                content = self._inflate.decompress(data, _STEP)
            except zlib.error:
                raise self._malformed() from None
            data = self._inflate.unconsumed_tail
            self._unpacked += len(content)
            if self._unpacked > MOST_UNPACKED or self._unpacked > max(RATIO_FROM, MOST_RATIO * self._packed):
                raise Refusal("package_too_big")
            self._split(content)
        self._pad(self._inflate.unused_data)

    def _split(self, content: bytes) -> None:
        *lines, self._rest = (self._rest + content).split(b"\n")
        for line in lines:
            self._read(line + b"\n")
        if len(self._rest) >= LONGEST_LINE:
            raise self._malformed()

    def _pad(self, zeros: bytes) -> None:
        """After the lines come zeros, and not many."""
        self._zeros += len(zeros)
        if zeros.strip(b"\0") or self._zeros > MOST_ZEROS:
            raise self._malformed()

    def _read(self, line: bytes) -> None:
        self._line += 1
        try:
            value = strict_json.decode(line)
            if self.header is None:
                self._begin(value)
            elif self.manifest is not None:
                raise UnfitJson("after")
            elif value.get("t") == "manifest":
                envelope.checker("manifest")(value)
                self.manifest = value
                return
            else:
                self._record(value)
        except ValueError:  # UnfitJson, and what a schema refuses
            raise self._malformed() from None
        self._digest.update(line)

    def _begin(self, value: Record) -> None:
        envelope.refuse_newer(value)
        schema = value.get("schema")
        if isinstance(schema, int) and schema > self._newest:
            raise Refusal("package_newer", version=schema)
        envelope.checker("header")(value)
        self.header = Header.from_line(value)

    def _record(self, value: Record) -> None:
        envelope.checker("record")(value)
        kind, seq = value["t"], value["seq"]
        if kind in envelope.RESERVED:
            raise UnfitJson("name")
        self._kinds[kind] += 1
        if self._kinds.total() > MOST_RECORDS:
            raise Refusal("package_too_big")
        first, last = self._seqs or (seq, seq)
        self._seqs = min(first, seq), max(last, seq)
        self._receive(value)

    def _malformed(self) -> Refusal:
        return Refusal("package_malformed", line=self._line)
