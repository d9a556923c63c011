"""What was noted of a line of a plan put to the person, and what may be noted now."""

from collections.abc import Callable, Mapping
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.pacep import Action, ActionMode, ActionState, Objective, ObjectiveState
from spip_desktop.domain.pacep_follow import Moment, words_of
from spip_desktop.domain.pacep_rules import part_field
from spip_desktop.domain.pacep_states import EventCode
from spip_desktop.domain.text import french_spaces
from spip_desktop.services.pacep import PlanView
from spip_desktop.ui.buttons import QuietButton
from spip_desktop.ui.labels import SmallText, StateLabel
from spip_desktop.ui.layout import FlowRow, column, row
from spip_desktop.wording.pacep import ACTION_STATES, OBJECTIVE_STATES

#: What may be noted of a line: its progress, that it leaves the plan, that it is in it again.
Note = Callable[[EventCode, UUID], object]
_GONE = {EventCode.REMOVED: "Retirée du plan", EventCode.TAKEN_BACK: "Remise dans le plan"}


class FollowUp(QWidget):
    """The buttons of one line, then its dated facts, latest first."""

    def __init__(
        self, part: Objective | Action, view: PlanView, note: Note, start_sheet: Callable[[UUID], object]
    ) -> None:
        super().__init__()
        lines = column(self, gap=8, margins=(24, 8, 0, 12))
        flow = FlowRow(gap=8, line_gap=4)
        for words, icon, name, code in _offers(part):
            button = QuietButton(words, icon, name=part_field(part.id, name))
            button.clicked.connect(lambda _=False, noted=code: note(noted, part.lineage))
            flow.add(button)
        if isinstance(part, Action) and part.mode is ActionMode.EXTERNAL and part.binned_on is None:
            sheet = QuietButton("Préparer la fiche", "document", name=part_field(part.id, "sheet"))
            sheet.clicked.connect(lambda: start_sheet(part.lineage))
            flow.add(sheet)
        lines.addWidget(flow)
        known = view.moments(part.lineage)
        if known:
            lines.addWidget(SmallText("Ce qui a été noté"))
        for moment in known:
            lines.addWidget(_line(moment, words_of(part), view.officers))


def _offers(part: Objective | Action) -> tuple[tuple[str, str, str, EventCode], ...]:
    if part.binned_on is not None:
        return (("Remettre dans le plan", "undo", "take_back", EventCode.TAKEN_BACK),)
    return (
        ("Noter l’avancement", "pencil", "progress", EventCode.PROGRESS),
        ("Retirer du plan", "minus-circle", "leave", EventCode.REMOVED),
    )


def _line(moment: Moment, words_now: str, officers: Mapping[UUID, str]) -> QWidget:
    """« 22/11/2026, En cours, version 1 », what was said, by whom, and the words of then where they were others."""
    whole, event = QWidget(), moment.event
    lines = column(whole, gap=0)
    head = row(gap=8)
    day = f"{dates.short(event.happened_on)}, {said_of(moment)}, version {moment.version}"
    head.addWidget(StateLabel("clock", day, wrap=True), 1)
    lines.addLayout(head)
    inside = column(gap=0, margins=(24, 0, 0, 0))
    if event.comment:
        inside.addWidget(SmallText(french_spaces(event.comment), colour="texte"))
    if moment.words != words_now:
        inside.addWidget(SmallText(french_spaces(f"En ces termes : « {moment.words} »")))
    entered = event.entered_at.astimezone(PARIS).date()
    when = "" if entered == event.happened_on else f" le {dates.short(entered)}"
    inside.addWidget(SmallText(f"saisi{when} par {officers.get(event.entered_by, 'un agent parti')}"))
    lines.addLayout(inside)
    return whole


def said_of(moment: Moment) -> str:
    """The word of a fact: a state, or that the line left the plan or came back."""
    code = EventCode(moment.event.code)
    if code in _GONE:
        return _GONE[code]
    state = moment.event.detail["state"]
    if state in list(ActionState):
        return ACTION_STATES[ActionState(state)]
    return OBJECTIVE_STATES[ObjectiveState(state)]
