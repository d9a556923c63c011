"""What the page shows of a handover: its words, its steps one by one, what is left before closing."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.event import Event
from spip_desktop.domain.handover import COURSE, OPEN, Step, first_appointment, standing
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.reference import load
from spip_desktop.services.handover import Followed
from spip_desktop.ui.labels import Paragraph, SmallText
from spip_desktop.ui.layout import column
from spip_desktop.ui.table import Cell, RecordRow
from spip_desktop.wording.handover import (
    CLOSED_HERE,
    KEPT_HERE,
    MAY_CLOSE,
    STEPS,
    TAKEN_HERE,
    WAIT_TO_CLOSE,
    event_words,
    steps_left,
)


def said(followed: Followed) -> QWidget:
    """What was proposed, to read: who, why, then what goes with the dossier."""
    made, one = QWidget(), followed.handover
    inside = column(made, gap=12)
    to = ", ".join(part for part in (one.to_service, one.to_officer) if part)
    who = column(gap=0)
    for words in (f"De {one.from_service}", f"Vers {to}"):
        who.addWidget(Paragraph(words, discreet=True))
    who.addWidget(Paragraph(load("handover_reasons").label(one.reason)))
    inside.addLayout(who)
    for label, words in _with_it(followed):
        block = column(gap=0)
        block.addWidget(SmallText(label))
        block.addWidget(Paragraph(words, discreet=True))
        inside.addLayout(block)
    return made


def _with_it(followed: Followed) -> list[tuple[str, str]]:
    one = followed.handover
    told = [
        ("Ce qui est urgent", french_spaces(one.note)),
        ("Papiers remis", "\n".join(one.papers)),
        ("Sous pli fermé", "\n".join(f"{paper.title}, pour {paper.addressee}" for paper in one.sealed)),
    ]
    return [(label, words) for label, words in told if words]


def step_rows(followed: Followed) -> list[RecordRow]:
    """The steps noted, then those of the course that are still to come."""
    rows = [_noted(followed, step) for step in followed.steps]
    done = {Step(step.code) for step in standing(followed.steps)}
    to_come = [one for one in COURSE if one not in done] if followed.step in OPEN else []
    waits = Cell("À noter", icon="dashed-circle", tone="texte_2")
    return rows + [RecordRow(one, (Cell(STEPS[one], tone="texte_2"), waits, Cell(), Cell())) for one in to_come]


def _noted(followed: Followed, event: Event) -> RecordRow:
    step = Step(event.code)
    meeting = first_appointment([event]) if step is Step.MET else None
    taken = event_words(event).capitalize() if step is Step.TAKEN_BACK else ""
    met = f"Rendez-vous le {dates.short(meeting)}" if meeting else ""
    remark = ". ".join(part for part in (taken, met, event.comment) if part)
    return RecordRow(
        event.id,
        (
            Cell(STEPS[step], bold=True),
            Cell(dates.short(event.happened_on), icon="undo" if step is Step.TAKEN_BACK else "check"),
            Cell(followed.by.get(event.entered_by, "")),
            Cell(french_spaces(remark), discreet=True),
        ),
    )


def before_closing(followed: Followed, *, still_followed: bool) -> str:
    """What is left before anything is closed here."""
    if followed.step in OPEN:
        return WAIT_TO_CLOSE.format(missing=steps_left(followed.step))
    if followed.step is not Step.MET:
        return "" if followed.taking else KEPT_HERE
    if followed.taking:
        return TAKEN_HERE
    return MAY_CLOSE if still_followed else CLOSED_HERE


def past_rows(every: Sequence[Followed]) -> list[RecordRow]:
    """The handovers that are over, and how they ended."""
    return [
        RecordRow(
            one.handover.id,
            (
                Cell(dates.short(one.handover.proposed_on)),
                Cell(f"{'De' if one.taking else 'Vers'}{NBSP}{one.other}"),
                Cell(STEPS[one.step], f"le {dates.short(standing(one.steps)[-1].happened_on)}" if one.steps else ""),
            ),
        )
        for one in every
    ]
