"""A whole package, changed at random: what no reader may take for whole."""

import random
from collections.abc import Iterator


def mutated(content: bytes, count: int, seed: int = 20261122) -> Iterator[bytes]:
    """`count` changes of a content, none of which leaves it as it was."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        changed = chance.choice(_EVERY)(chance, content)
        if changed != content:
            made += 1
            yield changed


def _flip(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ 1 << chance.randrange(8)]) + content[place + 1 :]


def _flip_early(chance: random.Random, content: bytes) -> bytes:
    """Among age's own lines, where a key is found or not."""
    place = chance.randrange(400)
    return content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def _cut_and_filled(chance: random.Random, content: bytes) -> bytes:
    """As some media give back a file whose end never reached them: its length, and zeros."""
    kept = chance.randrange(len(content))
    return content[:kept] + bytes(len(content) - kept)


def _doubled(chance: random.Random, content: bytes) -> bytes:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randrange(1, 5000))
    return content[:end] + content[start:end] + content[end:]


def _swapped(chance: random.Random, content: bytes) -> bytes:
    size = chance.choice((1, 16, 512, 4096))
    one, other = sorted(chance.randrange(len(content) - size) for _ in range(2))
    if other - one < size:
        return content
    first, second = content[one : one + size], content[other : other + size]
    return content[:one] + second + content[one + size : other] + first + content[other + size :]


def _random(chance: random.Random, content: bytes) -> bytes:
    place = chance.randrange(len(content))
    return content[:place] + chance.randbytes(64) + content[place + 64 :]


_EVERY = (_flip, _flip, _flip_early, _cut, _cut_and_filled, _doubled, _swapped, _random)
