"""A growing wait after each wrong secret: 1, 2, 4… 60 seconds, kept in a file, never a lock-out for good.

It slows who tries at the keyboard. Who took a copy of the files away is slowed by Argon2id only. An attempt is
counted before it is made: killing the program in the middle of one saves nothing.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from math import ceil
from pathlib import Path

from spip_desktop.domain.clock import Clock
from spip_desktop.domain.errors import Refusal
from spip_desktop.security.files import ATTEMPTS, replace_file

LONGEST = 60  # seconds
_MOST = 1_000_000  # a count above is a damaged file
#: What an attempt costs; another refusal (no memory, no file) is not the officer's mistake.
WRONG = ("wrong_passphrase", "wrong_pin")


@dataclass(frozen=True, slots=True)
class Failures:
    """Attempts that failed since a journal last heard of them: how many, the first and the last."""

    count: int = 0
    first: datetime | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class _State:
    in_a_row: int = 0
    tried: datetime | None = None
    untold: Failures = Failures()
    pins: Mapping[str, int] = field(default_factory=dict)


class Throttle:
    """The attempts on one store folder; whoever tries holds the single-instance lock."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._path, self._clock = folder / ATTEMPTS, clock

    def seconds_left(self) -> int:
        """How long until the next attempt; at most 60, whatever the clock was set to."""
        state, now = self._read(), self._clock.now()
        if not state.in_a_row or state.tried is None:
            return 0
        if now < state.tried:  # the clock was set back: the wait starts again, once
            state = replace(state, tried=now)
            self._write(state)
        assert state.tried is not None
        left = _wait_after(state.in_a_row) - (now - state.tried).total_seconds()
        return max(0, ceil(left))

    @contextmanager
    def attempt(self, pin: str = "") -> Iterator[None]:
        """Try a secret; `pin` names the quick unlock it is for, counted apart. Refusal `throttled` (seconds)."""
        if left := self.seconds_left():
            raise Refusal("throttled", "pin" if pin else "passphrase", seconds=left)
        before, now = self._read(), self._clock.now()
        untold = Failures(before.untold.count + 1, before.untold.first or now, now)
        pins = dict(before.pins) | ({pin: before.pins.get(pin, 0) + 1} if pin else {})
        self._write(_State(before.in_a_row + 1, now, untold, pins))
        try:
            yield
        except Refusal as refusal:
            if refusal.code not in WRONG:
                self._write(before)
            raise
        except BaseException:
            self._write(before)
            raise
        self._write(replace(before, in_a_row=0, pins={name: count for name, count in pins.items() if name != pin}))

    def wrong_pins(self, pin: str) -> int:
        """How many wrong PINs in a row were typed for this quick unlock."""
        return self._read().pins.get(pin, 0)

    def untold(self) -> Failures:
        """What the journal has to hear of at this unlocking; `told` once it has."""
        return self._read().untold

    def told(self) -> None:
        """The journal has heard of them, and the officer is in: nothing more to wait for."""
        state = self._read()
        if state.untold.count or state.in_a_row:
            self._write(_State(pins=state.pins))

    def _read(self) -> _State:
        """A missing or damaged file counts nothing: what keeps a store closed is its keys, not this file."""
        try:
            content = json.loads(self._path.read_bytes())
            pins = {str(name): _count(count) for name, count in content["pins"].items()}
            untold = Failures(_count(content["untold"]), _instant(content["first"]), _instant(content["last"]))
            return _State(_count(content["in_a_row"]), _instant(content["tried"]), untold, pins)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return _State()

    def _write(self, state: _State) -> None:
        """Best effort: a full or read-only disk must not keep anyone out."""
        content = {
            "v": 1,
            "in_a_row": state.in_a_row,
            "tried": _written(state.tried),
            "untold": state.untold.count,
            "first": _written(state.untold.first),
            "last": _written(state.untold.last),
            "pins": dict(state.pins),
        }
        with suppress(OSError):
            if state == _State():
                self._path.unlink(missing_ok=True)
            else:
                replace_file(self._path, json.dumps(content, sort_keys=True).encode("ascii"))


def _wait_after(failures: int) -> int:
    return min(1 << min(failures - 1, 10), LONGEST)


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise ValueError
    return value


def _instant(text: object) -> datetime | None:
    if text is None:
        return None
    found = datetime.fromisoformat(str(text))
    if found.tzinfo is None:
        raise ValueError
    return found


def _written(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()
