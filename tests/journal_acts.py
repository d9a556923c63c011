"""Every act and every kind of object that the program can write in the journal, read from its source.

An act is what reaches `store.transaction(actor, act)`, directly or through a function that has a parameter `act`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import spip_desktop
from spip_desktop.domain.evaluation_states import EventCode
from spip_desktop.domain.prescription_states import SheetState

_ROOT = Path(spip_desktop.__file__).parent
_PLACES = ("services", "db", "demo")
_LINE_KINDS = (
    *("address", "identity_document", "contact", "custody", "sentence_sheet", "basis", "measure", "obligation"),
    *("contribution", "preparation"),
)
_REGISTERS = (
    *("obligation_check", "obligation_proof", "payment_plan", "payment"),
    *("work_session", "work_terms", "hours_line"),
)
_MARKS = ("bin", "restore")
#: What a name or an attribute holds where it is given as an act or a kind, by how it ends.
_HELD: dict[str, tuple[str, ...]] = {
    "AUTOSAVE": ("modification",),
    "_ACT": ("frozen_twice_part",),
    "ACT": ("frozen_twice",),
    "CONSULTATION": ("consultation",),
    "PURGE": ("purge",),
    "TRIM": ("trim_journal",),
    "KEYS": ("keys",),
    "KIND": (
        *("evaluation", "confidence", "pacep", "prescription", "contribution", "board_review"),
        *("interview", "known_word", "incident", "breach", "request", "caseload", "appointment"),
        *("carried", "access_answer"),
    ),
    "listed.kind": (
        *("persons", "todo", "caseload", "requests", "arrivals", "agenda.list"),
        *("prescriptions", "prescriptions.silent", "commissions"),
    ),
    "paper.kind": ("evaluation", "timeline", "pacep", "prescription", "erasure", "board_review", "partner_letter"),
    "_ABOUT": ("person",),  # services/obligation_paper.py
    "_register.name": _REGISTERS,
    "_kind.name": _LINE_KINDS,
    "SHEETS.name": ("sentence_sheet",),
    "act": (),  # a parameter: its callers are read
    # services/closing.py and unlock.py: the reasons of a lock, of an entry.
    "reason": ("lock", "idle", "close", "sleep", "session", "twelve_hours", "interview"),
    "review.board": ("cpu", "cpi"),
    "state": tuple(SheetState),
    "code.value": tuple(EventCode),
}


def acts() -> set[str]:
    """Every act; AssertionError where one cannot be told from the source."""
    given = {one for node in _given() for one in _values(node)}
    given |= {one for node in _defaults() for one in _values(node)}
    return given - set(_MARKS)


def kinds() -> set[str]:
    """Every kind given to `tx.note`."""
    calls = (call for tree in _trees() for call in _named(tree, {"note"}) if len(call.args) > 1)  # of a transaction
    return {one for call in calls for one in _values(call.args[0])}


def _trees() -> Iterator[ast.Module]:
    for place in _PLACES:
        for path in sorted((_ROOT / place).rglob("*.py")):
            yield ast.parse(path.read_text(encoding="utf-8"), str(path))


def _forwarders(trees: list[ast.Module]) -> dict[str, int]:
    """The functions with a parameter `act` and its place among what they are given."""
    found: dict[str, int] = {}
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [one.arg for one in node.args.args if one.arg != "self"]
                if "act" in names:
                    found[node.name] = names.index("act")
    return found


def _given() -> Iterator[ast.expr]:
    """What is given as an act. A name with an underscore is of its own module only."""
    trees = list(_trees())
    everywhere = {name: at for name, at in _forwarders(trees).items() if not name.startswith("_")}
    for tree in trees:
        known = everywhere | _forwarders([tree])
        for call in _named(tree, set(known)):
            yield from call.args[known[_name(call)] :][:1]
            yield from (one.value for one in call.keywords if one.arg == "act")


def _defaults() -> Iterator[ast.expr]:
    for tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                named = list(zip(reversed(node.args.args), reversed(node.args.defaults), strict=False))
                yield from (default for one, default in named if one.arg == "act")


def _named(tree: ast.Module, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in names:
            yield node


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _values(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if isinstance(node, ast.JoinedStr):
        return _joined(node)
    if isinstance(node, ast.IfExp):
        return _values(node.body) | _values(node.orelse)
    words = ast.unparse(node)
    for ending, held in _HELD.items():
        if words == ending or words.endswith(ending if ending.startswith("_") else f".{ending}"):
            return set(held)
    raise AssertionError(f"tests/journal_acts.py does not know what « {words} » is (line {node.lineno})")


def _joined(node: ast.JoinedStr) -> set[str]:
    found = {""}
    for part in node.values:
        inside = part.value if isinstance(part, ast.FormattedValue) else part
        more = _values(inside) or set(_MARKS)  # services/lines.py: f"{act}_{kind}"
        found = {before + after for before in found for after in more}
    return found
