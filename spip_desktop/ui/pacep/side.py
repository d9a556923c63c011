"""The column at the right: what keeps the draft from being submitted, the version in force, the history."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Problem
from spip_desktop.domain.event import Event, last
from spip_desktop.domain.pacep_review import Review, ReviewCause
from spip_desktop.domain.pacep_rules import Sources, places_of
from spip_desktop.domain.pacep_states import Agreement, EventCode, PlanState, VisaWay
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import capital, french_spaces
from spip_desktop.services.pacep import PlanView, Version
from spip_desktop.services.transfer_visa import Asked
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.labels import Rule, SectionTitle, SmallText, StateLabel
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.page import SideColumn
from spip_desktop.wording import sentence
from spip_desktop.wording.pacep import AGREEMENTS, REVIEW_CAUSES, STATES, VERSION_STATES, VISA_WAYS

TITLE = "Avant de soumettre"
_ICONS = {
    EventCode.SUBMITTED: "send",
    EventCode.AGREEMENT: "check-circle",
    EventCode.VISA: "shield-check",
    EventCode.RETURNED: "undo",
    EventCode.IN_FORCE: "check-circle",
    EventCode.REPLACED: "refresh",
    EventCode.SENT: "send",
    EventCode.REVIEW_PUT_OFF: "calendar",
    EventCode.REVIEW_ADVANCED: "calendar",
}
_ANSWERS = {
    Agreement.YES: "check-circle",
    Agreement.PARTIAL: "half-circle",
    Agreement.NO: "x-circle",
    Agreement.REFUSED_TO_SIGN: "minus-circle",
    Agreement.TO_COLLECT: "dashed-circle",
}
_AGREEMENT_NOTE = (
    "L’accord porte sur le plan d’accompagnement. Les obligations fixées par le juge s’appliquent dans tous les cas."
)
Go = Callable[[Place], object]


class PlanSide(SideColumn):
    """Every line leads where it is put right."""

    def __init__(
        self,
        go: Go,
        attach: Callable[[Sources], object],
        correct: Callable[[EventCode], object],
        note: Callable[[EventCode], object],
        today: Callable[[], date],
        print_changes: Callable[[], object],
    ) -> None:
        super().__init__(TITLE)
        self.writes = self.prints = True
        self.asked: Asked | None = None
        self._go, self._attach, self._correct, self._note, self._today = go, attach, correct, note, today
        self._print_changes = print_changes
        self._missing = QWidget()
        self._missing_lines = column(self._missing, gap=8)
        self._rest = QWidget()
        self._rest_lines = column(self._rest, gap=8)
        self.add(self._missing, self._rest)

    def show_view(self, view: PlanView) -> None:
        """Everything anew."""
        focused = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.setFocus()  # what has it goes: Qt would scroll to the next that takes it, at the foot of the column
        self.show_missing(view)
        clear(self._rest_lines)
        shown = view.version
        told = shown if shown and shown.plan.is_frozen else view.in_force
        dated = shown and view.review and view.in_force and shown.plan.id == view.in_force.plan.id
        if dated and view.review:
            self._review(view.review)
        if told:
            self._tell(told, view, dated=bool(dated))
        self._history(view)
        self._evaluation(view)
        if shown:
            self._rest_lines.addWidget(Rule())
            self._rest_lines.addWidget(SmallText(french_spaces(_AGREEMENT_NOTE)))

    def show_missing(self, view: PlanView) -> None:
        """What blocks and what deserves a look: read again after each autosave."""
        clear(self._missing_lines)
        draft = self.writes and view.version is not None and not view.version.plan.is_frozen
        self._missing.setVisible(draft)
        if not draft:
            return
        self._missing_lines.addWidget(SectionTitle(TITLE, ruled=False))
        if not view.missing:
            self._missing_lines.addWidget(StateLabel("check", "Rien ne manque.", wrap=True))
        for problem in view.missing:
            self._missing_lines.addWidget(self._line(problem, "dashed-circle", view))
        for problem in view.warnings:
            self._missing_lines.addWidget(self._line(problem, "info-circle", view))
        if view.newer_evaluation:
            self._missing_lines.addWidget(self._newer(view.newer_evaluation))

    def _line(self, problem: Problem, icon: str, view: PlanView) -> QWidget:
        whole = QWidget()
        lines = column(whole, gap=4)
        lines.addWidget(StateLabel(icon, sentence(problem), wrap=True))
        flow = FlowRow(gap=16, line_gap=0)
        places = places_of(problem)
        words = ("Rattacher", "Écrire pourquoi") if len(places) > 1 else ("Aller au champ",)
        for label, field in zip(words, places, strict=True):
            flow.add(self._link(label, Place("person.pacep", view.person_id, field), f"to.{field}", sentence(problem)))
        if problem.code in ("pacep_no_evaluation", "pacep_evaluation_open"):
            place = Place("person.evaluation", view.person_id)
            flow.add(self._link("Ouvrir l’évaluation", place, "to.evaluation", sentence(problem)))
        inside = column(gap=0, margins=(24, 0, 0, 4))
        inside.addWidget(flow)
        lines.addLayout(inside)
        lines.addWidget(Rule())
        return whole

    def _newer(self, newer: Sources) -> QWidget:
        whole = QWidget()
        lines = column(whole, gap=4)
        words = f"Évaluation n° {newer.number} du {dates.short(newer.started_on)}, plus récente que celle de ce plan"
        lines.addWidget(StateLabel("info-circle", words, wrap=True))
        link = LinkButton("Écrire le plan à partir d’elle", small=True, name="attach")
        link.clicked.connect(lambda: self._attach(newer))
        inside = column(gap=0, margins=(24, 0, 0, 4))
        inside.addWidget(link)
        lines.addLayout(inside)
        lines.addWidget(Rule())
        return whole

    def _tell(self, version: Version, view: PlanView, *, dated: bool) -> None:
        """The dated facts of a version, latest first."""
        plan = version.plan
        self._rest_lines.addWidget(SectionTitle(f"Version {plan.number}", ruled=False))
        self._rest_lines.addWidget(SmallText(capital(_state(version))))
        if self.asked and version.state is PlanState.AGREED:
            self._rest_lines.addWidget(SmallText(_sent_for_visa(self.asked)))
        if plan.next_review and not dated:
            self._rest_lines.addWidget(SmallText(f"Revue au plus tard le {dates.short(plan.next_review)}"))
        for event in reversed(version.events):
            if event.code in _ICONS:
                self._rest_lines.addWidget(_fact(event, version, view, self._correction(event, version, view)))

        if self.writes and view.version is version and version.state in (PlanState.STAMPED, PlanState.IN_FORCE):
            self._rest_lines.addWidget(self._noting("Noter la transmission au magistrat", EventCode.SENT))

        if view.version is version and self.prints:
            link = LinkButton("Imprimer ce qui a changé", small=True, name="pacep.changes")
            link.clicked.connect(lambda: self._print_changes())
            self._rest_lines.addWidget(link)

    def _review(self, review: Review) -> None:
        """The window of the next review, what set it, and what may move it."""
        self._rest_lines.addWidget(SectionTitle("Prochaine revue", ruled=False))
        today = self._today()
        window = f"Entre le {dates.short(review.opens)} et le {dates.short(review.closes)}"
        if review.is_late(today):
            words = f"En retard depuis le {dates.short(review.closes)}"
            self._rest_lines.addWidget(StateLabel("alert-circle", words, "alerte", wrap=True))
        elif review.is_due(today):
            self._rest_lines.addWidget(StateLabel("clock", "À faire maintenant", wrap=True))
        self._rest_lines.addWidget(SmallText(window, colour="texte"))
        self._rest_lines.addWidget(SmallText(french_spaces(capital(REVIEW_CAUSES[review.cause]))))
        if self.writes:
            self._rest_lines.addWidget(self._noting("Reporter la revue", EventCode.REVIEW_PUT_OFF))
            self._rest_lines.addWidget(self._noting("Noter un évènement", EventCode.REVIEW_ADVANCED))
        self._rest_lines.addWidget(Rule())

    def _noting(self, words: str, code: EventCode) -> LinkButton:
        link = LinkButton(words, small=True, name=f"note.{code.value}")
        link.clicked.connect(lambda: self._note(code))
        return link

    def _correction(self, event: Event, version: Version, view: PlanView) -> LinkButton | None:
        """« Corriger » beside the last answer and the last visa of the version shown."""
        code = EventCode(event.code)
        shown = view.version is not None and view.version.plan.id == version.plan.id
        if (
            not self.writes
            or not shown
            or version.state is PlanState.REPLACED
            or code not in (EventCode.AGREEMENT, EventCode.VISA)
        ):
            return None
        if last(version.events, code) != event:
            return None
        link = LinkButton("Corriger", small=True, name=f"correct.{code.value}")
        link.setAccessibleName(f"Corriger la ligne {STATES[PlanState(code.value)]}")
        link.clicked.connect(lambda: self._correct(code))
        return link

    def _history(self, view: PlanView) -> None:
        """The other versions, each one click away."""
        shown = view.version.plan.id if view.version else None
        others = [one for one in reversed(view.versions) if one.plan.id != shown]
        if not others:
            return
        self._rest_lines.addWidget(Rule())
        self._rest_lines.addWidget(SectionTitle("Autres versions", ruled=False))
        movement = Place("person.movement", view.person_id)
        self._rest_lines.addWidget(self._link("Au fil des versions", movement, "side.movement", "Au fil des versions"))
        for version in others:
            words = f"Version {version.plan.number}"
            place = Place("person.pacep", view.person_id, f"version.{version.plan.id}")
            twice = [one for one in others if one.plan.number == version.plan.number].index(version)
            name = f"version.{version.plan.number}{'.bis' * twice}"  # frozen on two stations: the same number
            # The state below: a link does not break, and one wider than the column would cut the words around it.
            lines = column(gap=0)
            lines.addWidget(self._link(words, place, name, _state(version)))
            lines.addWidget(SmallText(capital(_state(version))))
            self._rest_lines.addLayout(lines)

    def _evaluation(self, view: PlanView) -> None:
        """The evaluation the plan is written from, and where it stands."""
        found = view.sources
        self._rest_lines.addWidget(SectionTitle("À partir de", ruled=False))
        if found.evaluation_id is None:
            words = "Aucune évaluation"
        elif found.frozen_on:
            words = f"Évaluation n° {found.number}, arrêtée le {dates.short(found.frozen_on)}"
        else:
            words = f"Évaluation n° {found.number}, commencée le {dates.short(found.started_on)}, non arrêtée"
        self._rest_lines.addWidget(SmallText(words, colour="texte"))
        place = Place("person.evaluation", view.person_id)
        self._rest_lines.addWidget(self._link("Ouvrir l’évaluation", place, "side.evaluation", "Ouvrir l’évaluation"))
        if view.version:
            words, chain = "De l’entretien au retour", Place("person.pacep_chain", view.person_id)
            self._rest_lines.addWidget(self._link(words, chain, "side.chain", words))

    def _link(self, words: str, place: Place, name: str, spoken: str) -> LinkButton:
        link = LinkButton(words, small=True, name=name)
        link.setAccessibleName(f"{words}, {spoken}" if spoken != words else words)
        link.clicked.connect(lambda: self._go(place))
        return link


def _state(version: Version) -> str:
    return VERSION_STATES[version.state].format(day=dates.short(version.since))


def _sent_for_visa(asked: Asked) -> str:
    """By package, to a DPIP at another station: since when, and whether the answer is back."""
    made = asked.package.made_at
    sent = f"Envoyé pour visa le {dates.short(made.astimezone(PARIS).date())}" if made else "Envoyé pour visa"
    back = asked.answered_on
    return f"{sent}, réponse reçue le {dates.short(back)}" if back else f"{sent}, sans réponse pour l’instant"


def _fact(event: Event, version: Version, view: PlanView, correction: LinkButton | None) -> QWidget:
    """One dated fact: what, when, by whom it was entered, what was said."""
    whole = QWidget()
    lines = column(whole, gap=0, margins=(0, 4, 0, 4))
    code = EventCode(event.code)
    answer = Agreement(event.detail["answer"]) if code is EventCode.AGREEMENT else None
    lines.addWidget(StateLabel(_ANSWERS[answer] if answer else _ICONS[code], _headline(code, answer), wrap=True))
    inside = column(gap=0, margins=(24, 0, 0, 0))
    for words in _details(event, code, version, view):
        inside.addWidget(SmallText(french_spaces(words)))
    if correction:
        inside.addWidget(correction)
    lines.addLayout(inside)
    return whole


def _headline(code: EventCode, answer: Agreement | None) -> str:
    if answer:
        return french_spaces(f"Accord : {AGREEMENTS[answer]}")
    words = {
        EventCode.VISA: "Visa du DPIP",
        EventCode.RETURNED: "Retourné par le DPIP",
        EventCode.SENT: "Transmis au magistrat",
        EventCode.REVIEW_PUT_OFF: "Revue reportée",
        EventCode.REVIEW_ADVANCED: "Revue avancée",
    }
    return words.get(code) or STATES[PlanState(code.value)]


def _details(event: Event, code: EventCode, version: Version, view: PlanView) -> list[str]:
    first = [dates.short(event.happened_on)]
    if code is EventCode.VISA:
        first.append(VISA_WAYS[VisaWay(event.detail["way"])])
    if code is EventCode.AGREEMENT and (left := _left_out(event, version)):
        first.append(left)
    found = [", ".join(first)]
    if event.detail.get("to"):
        found.append(f"à {event.detail['to']}")
    if event.detail.get("until"):
        found.append(f"au plus tard le {dates.short(date.fromisoformat(event.detail['until']))}")
    if event.detail.get("cause"):
        found.append(REVIEW_CAUSES[ReviewCause(event.detail["cause"])].removeprefix("avancée : "))
    if event.detail.get("signed_by"):
        found.append(f"signé par {event.detail['signed_by']}")
    if event.comment:
        found.append(f"« {event.comment} »" if code is EventCode.AGREEMENT else event.comment)
    entered = event.entered_at.astimezone(PARIS).date()
    when = "" if entered == event.happened_on else f" le {dates.short(entered)}"
    found.append(f"saisi{when} par {view.officers.get(event.entered_by, 'un agent parti')}")
    if event.detail.get("corrects"):
        found.append(f"corrige la ligne précédente : {event.detail['correction']}")
    return found


def _left_out(event: Event, version: Version) -> str:
    """« sauf l’objectif 1.2 », when the answer is « en partie »."""
    if event.detail.get("answer") != Agreement.PARTIAL:
        return ""
    accepted = set(event.detail["objectives"].split())
    left = [
        f"{number}.{place}"
        for number, axis in enumerate(version.plan.live_axes(), 1)
        for place, objective in enumerate(axis.objectives, 1)
        if str(objective.lineage) not in accepted
    ]
    if not left:
        return ""
    return f"sauf l’objectif {left[0]}" if len(left) == 1 else f"sauf les objectifs {', '.join(left)}"
