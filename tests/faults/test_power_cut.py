"""The power is cut at random instants of the real save path: nothing that was said to be saved is lost."""

from pathlib import Path

from tests.faults.amounts import amount
from tests.faults.power_cut_run import run

STATES = amount("SPIP_CUTS", 100)
#: States of one day: a long run plays several days.
EACH = 100


def test_a_power_cut_loses_nothing_that_was_acknowledged(template_store: Path, tmp_path: Path) -> None:
    for seed in range(max(1, STATES // EACH)):
        outcome = run(template_store, tmp_path / str(seed), acts=120, count=min(STATES, EACH), seed=seed)
        assert (outcome.lost, outcome.broken, outcome.accused) == (0, 0, 0), outcome.why
        assert outcome.states == min(STATES, EACH)


def test_without_waiting_for_the_disk_the_same_cuts_lose(template_store: Path, tmp_path: Path) -> None:
    """Positive control: the rig sees a loss where there is one."""
    outcome = run(template_store, tmp_path, acts=40, count=20, seed=11, waits=False)
    assert outcome.lost > 0, outcome.why
