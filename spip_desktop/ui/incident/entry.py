"""One incident or manquement on the page: what it is, its state, its words, the lines added, what may be added."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.appointment import Appointment
from spip_desktop.domain.breach import BreachFact, BreachStanding
from spip_desktop.domain.event import Event
from spip_desktop.domain.incident import IncidentFact, IncidentStanding
from spip_desktop.domain.text import NBSP
from spip_desktop.services.incident_words import breach_line, incident_line, kind, told, when
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.labels import Paragraph, Rule, SmallText, StateLabel
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.text import Text
from spip_desktop.wording.incident import NOBODY

#: The act that leads to the missed appointment; its number follows.
APPOINTMENT = "appointment"
#: The appointment that a decision calls for.
FIX = "fix"


@dataclass(frozen=True, slots=True)
class State:
    icon: str
    word: str
    tone: str = "texte"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is shown; `acts` are (name of a panel, its link)."""

    name: str
    title: str
    state: State
    words: str
    lines: tuple[str, ...]
    acts: tuple[tuple[str, str], ...]


class EntryView(QWidget):
    """`asked` gives the name of the panel to open; the focus goes to the first link."""

    asked = Signal(str)

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.setObjectName(entry.name)
        inside = column(self, gap=4, margins=(0, 8, 0, 0))
        inside.addWidget(Text(entry.title, "bold", wrap=True, discreet=True))
        inside.addWidget(StateLabel(entry.state.icon, entry.state.word, entry.state.tone, wrap=True, discreet=True))
        inside.addWidget(Paragraph(entry.words, discreet=True))
        for line in entry.lines:
            inside.addWidget(SmallText(line, discreet=True))
        flow = FlowRow(gap=16, line_gap=4)
        for number, (name, word) in enumerate(entry.acts):
            link = LinkButton(word, name=name)
            link.setAccessibleName(f"{word}{NBSP}: {entry.title}")
            link.clicked.connect(lambda _=False, name=name: self.asked.emit(name))
            flow.add(link)
            if not number:
                self.setFocusProxy(link)
        inside.addWidget(flow)
        inside.addWidget(Rule())


def incident_entry(one: IncidentStanding, *, writes: bool) -> Entry:
    """Red until somebody is informed; then who was, and when."""
    id_, informed = one.incident.id, one.told
    state = State("check", f"Informé{NBSP}: {told(informed)}") if informed else State("alert-circle", NOBODY, "alerte")
    acts = [("inform", "Noter qui est informé" if one.is_red else "Informer une autre personne")]
    acts += [("incident_line", "Ajouter une ligne"), ("incident_correction", "Corriger par une ligne")]
    shown = [fact for fact in one.facts if fact is not informed]
    return Entry(
        name=f"incident.{id_}",
        title=f"{kind(one.incident)}, {when(one.incident)}",
        state=state,
        words=one.incident.line,
        lines=_lines(shown, incident_line),
        acts=_acts(acts, str(id_), writes=writes),
    )


def breach_entry(
    one: BreachStanding, obligation: str, missed: Appointment | None, *, to_report: bool, to_fix: bool, writes: bool
) -> Entry:
    """What was decided, or that nothing was yet; `missed`: the appointment it came from."""
    id_, decided = one.breach.id, one.last(BreachFact.DECISION)
    if decided is None:
        state = State("check", "Rapport adressé") if one.report else State("alert-circle", "Sans décision", "alerte")
    elif to_report:
        state = State("alert-circle", "Rapport décidé, à adresser", "alerte")
    elif to_fix:
        state = State("alert-circle", f"Rendez-vous à fixer. {_decision(decided)}", "alerte")
    else:
        state = State("check", _decision(decided))
    acts = [(FIX, "Fixer le rendez-vous")] if to_fix else []
    acts += [("explain", "Explication"), ("judge", "Gravité"), ("decide", "Décision"), ("report", "Rapport adressé")]
    return Entry(
        name=f"breach.{id_}",
        title=f"{dates.short(one.breach.happened_on)}, {obligation}",
        state=state,
        words=one.breach.facts,
        lines=_lines([fact for fact in one.facts if fact is not decided], breach_line),
        acts=(
            *_acts([*acts, ("breach_correction", "Corriger par une ligne")], str(id_), writes=writes),
            *_back(missed),
        ),
    )


def _decision(decided: Event) -> str:
    return f"Décision{NBSP}: {breach_line(decided)[1]}"


def _back(missed: Appointment | None) -> tuple[tuple[str, str], ...]:
    """The way to the appointment, for who writes and who reads."""
    return ((f"{APPOINTMENT}.{missed.id}", f"Rendez-vous du {dates.short(missed.day)}"),) if missed else ()


def _acts(acts: Sequence[tuple[str, str]], id_: str, *, writes: bool) -> tuple[tuple[str, str], ...]:
    return tuple((f"{name}.{id_}", word) for name, word in acts) if writes else ()


def _lines(facts: Sequence[Event], words: Callable[[Event], tuple[str, str]]) -> tuple[str, ...]:
    """« 22/11/2026, pas encore informé : … », in their order."""
    return tuple(_line(fact, *words(fact)) for fact in facts)


def _line(fact: Event, what: str, said: str) -> str:
    day = dates.short(fact.happened_on)
    if fact.code in (IncidentFact.INFORMED, BreachFact.REPORT):  # their words hold the day
        return f"{what}{NBSP}: {said}"
    return f"{day}, {what[:1].lower()}{what[1:]}" + (f"{NBSP}: {said}" if said else "")
