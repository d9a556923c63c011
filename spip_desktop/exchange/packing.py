"""The lines of a package as a stream that age reads: made, hashed and deflated as it asks for them."""

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from spip_desktop.domain.errors import Refusal
from spip_desktop.exchange import envelope, strict_json
from spip_desktop.exchange.header import Header, Record, Tally
from spip_desktop.exchange.identity import StationKeys
from spip_desktop.exchange.strict_json import UnfitJson

PURPOSE = "package"
#: Records between two calls of progress.
_EVERY = 100


class Outgoing:
    """Reads as a file; `tally` and `failure` say afterwards what went out, or what stopped it.

    Refusal `package_record_unfit` (kind, id): a record that no reader would take.
    """

    def __init__(
        self, header: Header, records: Iterable[Record], keys: StationKeys, progress: Callable[[int], object]
    ) -> None:
        self._keys, self._progress = keys, progress
        self._header = header
        self._deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._pieces = self._deflated(self._lines(records))
        self._ready = bytearray()
        self.tally: Tally | None = None
        self.failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, none at the end; what a record raises is kept, since age hides it."""
        try:
            while len(self._ready) < size or size < 0:
                self._ready += next(self._pieces)
        except StopIteration:
            pass
        except BaseException as error:
            self.failure = error
            raise
        count = len(self._ready) if size < 0 else size
        content = bytes(self._ready[:count])
        del self._ready[:count]
        return content

    def _lines(self, records: Iterable[Record]) -> Iterator[bytes]:
        digest, kinds = hashlib.sha256(), Counter[str]()
        seqs: list[int] = []
        first = strict_json.encode(self._header.to_line())
        digest.update(first)
        yield first
        for number, record in enumerate(records):
            if number % _EVERY == 0:
                self._progress(number)
            line = _line(record)
            digest.update(line)
            kinds[record["t"]] += 1
            seqs = [min(seqs[0], record["seq"]), max(seqs[1], record["seq"])] if seqs else [record["seq"]] * 2
            yield line
        self.tally = Tally(
            records=kinds.total(), kinds=kinds, first_seq=seqs[0] if seqs else 0, last_seq=seqs[1] if seqs else 0,
            sha256=digest.hexdigest(),
        )  # fmt: skip
        manifest = self.tally.manifest(self._header)
        signature = self._keys.sign(PURPOSE, strict_json.canonical(manifest))
        yield strict_json.encode({"t": "manifest", "m": manifest, "sig": signature})

    def _deflated(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        for line in lines:
            yield self._deflate.compress(line)
        yield self._deflate.flush()


def _line(record: Record) -> bytes:
    """A record as it goes out: what the reader would refuse never does."""
    try:
        envelope.checker("record")(record)
        strict_json.check(record)
        if record["t"] in envelope.RESERVED:
            raise UnfitJson("name")
        return strict_json.encode(record)
    except ValueError:
        raise Refusal("package_record_unfit", kind=record.get("t"), id=record.get("id")) from None
