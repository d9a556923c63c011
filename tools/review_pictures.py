"""Are the pages still as they were when someone looked at them? `python -m tools.review_pictures [--accept]`

Draws every page of the demonstration in every look and compares what stands where (spip_desktop/showing/survey.py)
with tests/references/pages. Without `--accept` the differences are printed, 1 is returned when there is one. After
having looked at the pictures of the folder it names, `--accept` makes them the reviewed ones: commit them and say why.

Places are compared within a few pixels and greys within a few shades, since letters are not drawn alike on every
machine; words are compared to the letter. In the dark and the contrasted looks things must stand as in the light one:
only their tones are kept.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
REVIEWED = ROOT / "tests" / "references" / "pages"
LIGHT, SAME_PLACES = "clair", ("sombre", "contraste")
PIXELS, SHADES = 6, 20
_TONES, _CUT = "tons ", "coupé "
_MOST_TOLD = 12
#: Pictures are numbered in their order, and a page more numbers all those after it anew: names are compared without.
_NUMBER = re.compile(r"^\d\d-")
#: These say which look is worn.
_SAY_THE_LOOK = ("entrance.size", "entrance.theme")


@dataclass(frozen=True)
class Thing:
    """One thing of a page: x, y, width, height; kind, name and words."""

    spot: tuple[int, int, int, int]
    said: str

    def near(self, other: "Thing") -> bool:
        return all(abs(one - two) <= PIXELS for one, two in zip(self.spot, other.spot, strict=True))


def things(survey: str) -> list[Thing]:
    found = []
    for line in survey.splitlines():
        if not line.startswith((_TONES, _CUT)):
            x, y, width, height, said = line.split(" ", 4)
            found.append(Thing((int(x), int(y), int(width), int(height)), said))
    return found


def _placed(survey: str) -> list[Thing]:
    """What stands at the same place in every look of one text size."""
    return [one for one in things(survey) if not any(name in one.said for name in _SAY_THE_LOOK)]


def tones(survey: str) -> list[list[int]]:
    rows = [line.removeprefix(_TONES) for line in survey.splitlines() if line.startswith(_TONES)]
    return [list(bytes.fromhex(row)) for row in rows]


def differences(reviewed: str, now: str) -> Iterator[str]:
    """What changed on one page, a sentence each."""
    yield from _of_things(things(reviewed), things(now))
    yield from _of_tones(tones(reviewed), tones(now))


def _of_things(reviewed: list[Thing], now: list[Thing]) -> Iterator[str]:
    left = list(now)
    unmatched = []
    for thing in reviewed:
        match = next((one for one in left if one.said == thing.said and one.near(thing)), None)
        if match is None:
            unmatched.append(thing)
        else:
            left.remove(match)
    said = Counter(one.said for one in left)
    for thing in unmatched:
        if said[thing.said]:
            said[thing.said] -= 1
            moved = next(one for one in left if one.said == thing.said)
            left.remove(moved)
            yield f"moved from {thing.spot} to {moved.spot}: {thing.said}"
        else:
            yield f"gone from {thing.spot}: {thing.said}"
    for one in left:
        yield f"new at {one.spot}: {one.said}"


def _of_tones(reviewed: list[list[int]], now: list[list[int]]) -> Iterator[str]:
    if [len(row) for row in reviewed] != [len(row) for row in now]:
        yield "the grid of tones is another one"
        return
    other = [
        (x, y)
        for y, (before, after) in enumerate(zip(reviewed, now, strict=True))
        for x, (one, two) in enumerate(zip(before, after, strict=True))
        if abs(one - two) > SHADES
    ]
    if other:
        yield f"{len(other)} squares of another tone, the first at column {other[0][0]}, row {other[0][1]}"


def kept(stem: str, survey: str) -> str:
    """What is stored of a page: everything, or its tones only where its places are those of the light look."""
    if not stem.endswith(SAME_PLACES):
        return survey
    return "".join(f"{line}\n" for line in survey.splitlines() if line.startswith(_TONES))


def surveys(folder: Path) -> dict[str, str]:
    return {_NUMBER.sub("", path.stem): path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}


def compare(now: Mapping[str, str], reviewed: Mapping[str, str]) -> dict[str, list[str]]:
    """What changed, by page; empty when everything is as reviewed."""
    found: dict[str, list[str]] = {}
    for stem in sorted(now.keys() | reviewed.keys()):
        if stem not in reviewed or stem not in now:
            found[stem] = ["not reviewed yet" if stem in now else "not drawn any more"]
            continue
        said = [f"cut off: {line.removeprefix(_CUT)}" for line in now[stem].splitlines() if line.startswith(_CUT)]
        said += differences(reviewed[stem], kept(stem, now[stem]))
        page, _, look = stem.rpartition("-")
        if look in SAME_PLACES:
            said += _of_things(_placed(now[f"{page}-{LIGHT}"]), _placed(now[stem]))
        if said:
            found[stem] = said
    return found


def told(found: Mapping[str, list[str]]) -> str:
    lines = []
    for stem, said in found.items():
        lines += [f"{stem}:", *(f"    {one}" for one in said[:_MOST_TOLD])]
        if len(said) > _MOST_TOLD:
            lines.append(f"    and {len(said) - _MOST_TOLD} more")
    return "\n".join(lines)


def draw(folder: Path) -> Path:
    """Draw every page in a process of its own; the folder of the pages."""
    subprocess.run([sys.executable, "-m", "spip_desktop", "--pictures", str(folder)], cwd=ROOT, check=True)
    return folder / "pages"


def accept(now: Mapping[str, str]) -> None:
    REVIEWED.mkdir(parents=True, exist_ok=True)
    for path in REVIEWED.glob("*.txt"):
        path.unlink()
    for stem, survey in now.items():
        (REVIEWED / f"{stem}.txt").write_text(kept(stem, survey), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accept", action="store_true", help="make what is drawn now the reviewed pages")
    parser.add_argument("--folder", type=Path, help="where to draw; pictures already there are taken as they are")
    options = parser.parse_args()
    folder: Path = options.folder or Path(tempfile.mkdtemp(prefix="spip-desktop-pages-"))
    pages = folder / "pages" if (folder / "pages").is_dir() else draw(folder)
    now = surveys(pages)
    if options.accept:
        accept(now)
        print(f"{len(now)} pages are the reviewed ones now. Commit {REVIEWED.relative_to(ROOT)} and say why.")
        return 0
    found = compare(now, surveys(REVIEWED))
    print(told(found) or "Every page is as reviewed.")
    print(f"Pictures: {pages}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
