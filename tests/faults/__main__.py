"""The long run of the faults, outside `./test`: `python -m tests.faults --long` (about an hour on two processors).

Plays 1,000 power cuts, 20 runs of the cuts that must lose, 300 kills of the real window, 2,000 flipped bits, 100,000
changes of a package, and says what came of each. `--kills N`, `--cuts N`, `--flips N` and `--mutations N` choose
other numbers.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
LONG = {"SPIP_KILLS": 300, "SPIP_CUTS": 1_000, "SPIP_FLIPS": 2_000, "SPIP_MUTATIONS": 100_000}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--long", action="store_true", help="the numbers above")
    for name in LONG:
        parser.add_argument(f"--{name.removeprefix('SPIP_').lower()}", type=int)
    chosen = parser.parse_args(arguments)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    for name, usual in LONG.items():
        count = getattr(chosen, name.removeprefix("SPIP_").lower()) or (usual if chosen.long else 0)
        if count:
            environment[name] = str(count)
    tests = ["tests/faults/test_power_cut.py", "tests/faults/test_bit_flips.py", "tests/scenarios/test_kill.py"]
    tests.append("tests/faults/test_package_mutations.py")
    return subprocess.call([sys.executable, "-m", "pytest", "-v", "-n0", "-rA", *tests], cwd=ROOT, env=environment)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
