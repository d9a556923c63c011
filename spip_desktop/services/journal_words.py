"""What a reason of the journal says: the label of its code, or of what the program wrote, apart from typed words."""

from spip_desktop import reference
from spip_desktop.domain.journal import Why
from spip_desktop.domain.text import NBSP
from spip_desktop.wording.journal import ACCESS, LOSSES, PRINT_FAILED, SAID_BY_THE_PROGRAM

#: The lists whose codes are the whole reason of an act.
_CODES = {"hold_erasure": "hold_reasons", "purge": "retention", "assign": "assignment_reasons"}
#: The lists whose labels are: the act wrote them in words.
_LABELS = {
    "note_annulee": "cancel_reasons",
    "note_refusee": "refusal_reasons",
    "prepare_edition": "cancel_reasons",
    "start_person": "duplicate_reasons",
}
#: Acts whose reason names a condition of a sheet; words follow it where it was passed over.
_CONDITIONS = frozenset({"pass_over_rule", "take_back_rule"})
#: Acts whose reason is the program's own words.
_BY_PROGRAM = frozenset({"print", "print_failed", "search", "failed_unlocks"})


def why(act: str, reason: str) -> Why:
    """The reason of a line, apart from what an officer typed."""
    if not reason:
        return Why()
    if act in _CODES:
        entry = reference.load(_CODES[act]).get(reason)
        return Why(entry.label) if entry else Why(words=reason)
    if act in _LABELS:
        return _labelled(_LABELS[act], reason)
    if act == "consultation":
        code, _, words = reason.partition(" : ")
        return Why(ACCESS[code], words) if code in ACCESS else Why(words=reason)
    if act in _CONDITIONS:
        label, _, words = reason.partition(f"{NBSP}: ")
        return Why(label, words)
    if act in _BY_PROGRAM:
        unknown = PRINT_FAILED if act == "print_failed" else ""
        return Why(SAID_BY_THE_PROGRAM.get(reason, unknown or reason))
    if act == "end_interim" and reason in SAID_BY_THE_PROGRAM:
        return Why(SAID_BY_THE_PROGRAM[reason])
    if act == "acknowledge_loss":
        code, _, rest = reason.partition(" ")
        return _numbered(LOSSES.get(code, "Lignes absentes"), rest)
    return _numbered("Lignes", reason) if act == "trim_journal" else Why(words=reason)


def _labelled(name: str, reason: str) -> Why:
    """« Homonyme : état civil vérifié, précision »: the label of the list, then what was typed."""
    for entry in reference.load(name).entries:
        if reason == entry.label or reason.startswith(f"{entry.label}, "):
            return Why(entry.label, reason[len(entry.label) + 2 :])
    return Why(words=reason)


def _numbered(label: str, reason: str) -> Why:
    """« 3-8 » and words, as the numbers of lines."""
    numbers, _, words = reason.partition(" ")
    first, dash, last = numbers.partition("-")
    if dash and first.isdecimal() and last.isdecimal():
        return Why(f"{label} {first} à {last}", words)
    return Why(label, reason)
