"""The program is killed while one types: what was said to be saved is there, and what was typed two seconds ago."""

from tests.faults.amounts import amount
from tests.scenarios.conftest import Open
from tests.scenarios.killing import kill_again_and_again

KILLS = amount("SPIP_KILLS", 15)


def test_a_killed_program_loses_nothing_it_said_to_be_saved(enter: Open) -> None:
    """Every kind of field, killed at any instant of its typing (`python -m tests.faults --long`: 300 kills)."""
    told = kill_again_and_again(enter, KILLS, seed=1)
    assert told >= KILLS // 4  # control: enough of the kills came after an « Enregistré »
