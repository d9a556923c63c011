"""Rows under one lock: fewer at once when it lasted too long, more little by little."""

import pytest

from spip_desktop.services.pace import LEAST, MOST, TARGET, Pace


class Watch:
    """A clock that only the slices move."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("took", "size"),
    [
        (TARGET, 100),
        (4 * TARGET, 25),
        (TARGET / 1.25, 125),
        (TARGET / 100, 150),  # up by half at most: one quick slice promises nothing
        (100 * TARGET, LEAST),
    ],
)
def test_the_next_slice_follows_what_the_last_one_took(took: float, size: int) -> None:
    watch = Watch()
    pace = Pace(now=watch)
    with pace.slice(100):
        watch.now += took
    assert pace.size == size


def test_a_slice_is_never_larger_than_what_a_stop_may_lose() -> None:
    pace = Pace(now=Watch())
    for _ in range(20):
        with pace.slice(pace.size):
            pass
    assert pace.size == MOST
