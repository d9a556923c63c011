"""A package changed anywhere is refused, in French: 2,000 changes here, 100,000 in the long run."""

from collections import Counter

from spip_desktop.domain.errors import Refusal
from spip_desktop.wording import sentence
from tests.exchange.mutations import mutated
from tests.exchange.packages import Station, header, read, records, written
from tests.faults.amounts import amount


def outcome(content: bytes, recipient: Station) -> str:
    """The code of the refusal, which has a sentence; any other exception goes through."""
    try:
        read(content, recipient.keys)
    except Refusal as refusal:
        return refusal.code if sentence(refusal) else "no sentence"
    return "taken"


def test_no_change_of_a_package_passes() -> None:
    sender, recipient = Station.new(), Station.new()
    content, sound = written(header(sender, recipient, sender), sender, records(400))
    assert read(content, recipient.keys)[1] == sound, "the control: unchanged, it is read"
    told: Counter[str] = Counter()
    for changed in mutated(content, amount("SPIP_MUTATIONS", 2_000)):
        told[outcome(changed, recipient)] += 1
    assert set(told) <= {
        *("package_altered", "package_truncated", "package_wrong_key", "package_newer", "package_unreadable")
    }, told
    assert told["package_altered"] > told["package_wrong_key"]
