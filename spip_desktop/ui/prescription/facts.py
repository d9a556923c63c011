"""Dated facts of a sheet: said in one line each, and noted in a few fields at the top of the page."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from spip_desktop import reference
from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.event import Event
from spip_desktop.domain.ids import grouped
from spip_desktop.domain.prescription_states import AGREEMENT, REPLACING, Agreement, SheetState
from spip_desktop.domain.text import NBSP
from spip_desktop.services.prescription import PrescriptionService, PrescriptionView, TickChoice
from spip_desktop.ui.binding import YES_NO
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse, TicksField
from spip_desktop.ui.form import FormView
from spip_desktop.ui.labels import Rule, SectionTitle
from spip_desktop.ui.layout import FlowRow, column
from spip_desktop.ui.readers import hour_reader, show_hour
from spip_desktop.wording import sentence
from spip_desktop.wording.prescription import NOTE_STATE

_DAY = "happened_on"
#: States noted with one form, chosen among those that may follow.
_ELSEWHERE = (SheetState.HANDED_OVER, SheetState.CANCELLED, SheetState.DRAFT, SheetState.WITHDRAWN)
_FOLLOWING = tuple(one for one in SheetState if one not in _ELSEWHERE)
#: What each of them asks besides its day.
_ASKED: Mapping[str, set[str]] = {
    SheetState.REFUSED: {"reason", "tells"},
    SheetState.MEETING_FIXED: {"meeting", "hour"},
    SheetState.PARTNER_TOLD: {"told_by", "recipient"},
}


def told(view: PrescriptionView) -> list[tuple[date, str]]:
    """Every fact of the sheet with its day, the oldest first."""
    given = view.prescription
    found = []
    if given.amendment_reason:
        reason = _lowered(reference.load("amendment_reasons").label(given.amendment_reason))
        more = f" {given.amendment_comment}" if given.amendment_comment else ""
        found.append((given.drafted_on, f"Nouvelle version préparée{NBSP}: {reason}.{more}"))
    if given.ready_on:
        number, code = grouped(given.sheet_number, 4), grouped(given.answer_code, 3)
        found.append((given.ready_on, f"Fiche prête, n°{NBSP}{number}, code de réponse {code}"))
    return found + [(event.happened_on, event_words(event, view.paper_ticks)) for event in view.events]


def event_words(event: Event, ticks: Sequence[TickChoice]) -> str:
    """« Accord de la personne : oui, fiche lue à voix haute. »."""
    detail, comment = event.detail, _comment(event)
    if event.code == AGREEMENT:
        answer = reference.load("agreements").label(detail["answer"]).lower()
        aloud = ", fiche lue à voix haute" if detail.get("read_aloud") == "oui" else ""
        return f"Accord de la personne{NBSP}: {answer}{_parted(event, ticks)}{aloud}.{comment}"
    words = reference.load("prescription_states").label(event.code)
    parts = [_detail(key, text) for key, text in detail.items() if key not in ("reason", "replaced_by")]
    if "reason" in detail:
        kind = "cancel_reasons" if event.code == SheetState.CANCELLED else "refusal_reasons"
        parts.append(_lowered(reference.load(kind).label(detail["reason"])))
    said = f"{words}{NBSP}: {', '.join(parts)}" if parts else words
    return f"{said}.{comment}"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _comment(event: Event) -> str:
    """The person's own words are quoted, the officer's are not."""
    if not event.comment:
        return ""
    theirs = event.code in (AGREEMENT, SheetState.WITHDRAWN)
    return f" «{NBSP}{event.comment}{NBSP}»" if theirs else f" {event.comment}"


def _parted(event: Event, ticks: Sequence[TickChoice]) -> str:
    """What an « en partie » leaves out, or keeps where that is shorter to say."""
    if event.detail["answer"] != Agreement.PARTIAL or "accepted" not in event.detail:
        return ""
    kept = set(event.detail["accepted"].split())
    accepted, refused = [one for one in ticks if one.code in kept], [one for one in ticks if one.code not in kept]
    word, named = ("sauf", refused) if len(refused) <= len(accepted) else ("seulement", accepted)
    labels = ", ".join(f"«{NBSP}{one.label}{NBSP}»" for one in named)
    return f", {word} {labels}" if labels else ", aucune des cases cochées"


def _detail(key: str, text: str) -> str:
    if key == "channel":
        return _lowered(reference.load("channels").label(text))
    if key == "told_by":
        return _lowered(reference.load("notice_channels").label(text))
    if key == "tells":
        return f"dit à la personne{NBSP}: {_lowered(reference.load('who_tells').label(text))}"
    return {"recipient": f"à {text}", "meeting": f"le {text}", "hour": f"à {text}"}.get(key, text)


class FactPanel(QWidget):
    """A few fields written as one dated fact; Esc leaves without writing."""

    recorded = Signal()
    left = Signal()

    def __init__(
        self,
        title: str,
        verb: str,
        form: FormView,
        record: Callable[[FormView], object],
        visible: Callable[[FormView], Sequence[str]] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("fact")
        self.form, self._record, self._visible = form, record, visible
        lines = column(self, gap=12)
        self.write, self.cancel = Button(verb, name="fact.write"), QuietButton("Ne rien noter", name="fact.cancel")
        flow = FlowRow(gap=8, line_gap=4)
        flow.add(self.write, self.cancel)
        for part in (SectionTitle(title), form, flow, Rule("filet")):
            lines.addWidget(part)
        self.write.clicked.connect(self._on_write)
        self.cancel.clicked.connect(self.left)
        form.edited.connect(lambda _: self._show_needed())
        self._show_needed()

    def start(self) -> None:
        """Give the focus to the first field."""
        next(iter(self.form.fields.values())).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _show_needed(self) -> None:
        if self._visible:
            self.form.show_only(self._visible(self.form))

    def _on_write(self) -> None:
        try:
            self._record(self.form)
        except Refusal as refusal:
            for words in self.form.show_refusal(refusal, sentence):
                next(iter(self.form.fields.values())).set_problem(words)
            return
        self.recorded.emit()


def agreement_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """What the person answered on the signed paper."""
    form = _form(
        (
            FieldSpec("answer", "Réponse de la personne", FieldKind.RADIO, _options("agreements", today)),
            FieldSpec(
                "accepted",
                "Ce que la personne accepte",
                FieldKind.TICKS,
                tuple((one.code, one.label) for one in view.paper_ticks),
                f"Décochez ce qu’elle refuse{NBSP}: une version sans cela sera préparée.",
            ),
            FieldSpec("read_aloud", "La fiche a été lue à voix haute", FieldKind.RADIO, YES_NO, width="half"),
            FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
            FieldSpec("comment", "Ses mots", FieldKind.NOTE, lines=2, help="Tels que la personne les a dits."),
        ),
        parse,
        today,
    )

    every = tuple(one.code for one in view.paper_ticks)
    form.set_values({"accepted": every})
    ticks = form.field("accepted")
    if isinstance(ticks, TicksField):
        ticks.ticks.in_columns = True

    def visible(shown: FormView) -> list[str]:
        return [code for code in shown.fields if code != "accepted" or shown.value("answer") == Agreement.PARTIAL]

    def record(shown: FormView) -> None:
        kept = shown.value("accepted")
        service.course.note_agreement(
            view.prescription.id,
            Agreement(_chosen(shown, "answer")),
            _day(shown),
            read_aloud=shown.value("read_aloud") == "oui",
            comment=_text(shown, "comment"),
            accepted=kept if isinstance(kept, tuple) else (),
        )

    return FactPanel("Accord de la personne", "Noter l’accord", form, record, visible)


def withdrawal_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """The person takes the agreement back, for what the partner already holds."""
    meaning = "À partir de ce jour, le partenaire ne doit plus utiliser ces informations. Il reste à le prévenir."
    form = _form(
        (
            FieldSpec(_DAY, "Le", FieldKind.DATE, help=meaning, width="half"),
            FieldSpec("comment", "Ses mots", FieldKind.NOTE, lines=2, help="Tels que la personne les a dits."),
        ),
        parse,
        today,
    )

    def record(shown: FormView) -> None:
        service.course.withdraw(view.prescription.id, _day(shown), _text(shown, "comment"))

    return FactPanel("Retrait de l’accord", "Noter le retrait de l’accord", form, record)


def handing_over_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """When, how and to whom the sheet was given."""
    form = _form(
        (
            FieldSpec("channel", "Voie", FieldKind.CHOICE, _options("channels", today), width="half"),
            FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
            FieldSpec("recipient", "Remise à"),
        ),
        parse,
        today,
    )
    form.set_values({"channel": view.prescription.channel, "recipient": _contact_name(view)})

    def record(shown: FormView) -> None:
        service.course.hand_over(view.prescription.id, _day(shown), _text(shown, "channel"), _text(shown, "recipient"))

    return FactPanel("Remise", "Noter la remise", form, record)


def following_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """What the partner answered or did."""
    allowed = tuple(
        (one.value, NOTE_STATE[one].removeprefix("Noter ").removeprefix("que "))
        for one in view.next_states
        if one in _FOLLOWING
    )
    offered = tuple((code, words[:1].upper() + words[1:]) for code, words in allowed)
    form = _form(
        (
            FieldSpec("state", "Ce qui est arrivé", FieldKind.RADIO, offered),
            FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
            FieldSpec(
                "reason", "Motif du partenaire", FieldKind.CHOICE, _options("refusal_reasons", today), width="half"
            ),
            _tells(today),
            FieldSpec("told_by", "Voie", FieldKind.CHOICE, _options("notice_channels", today), width="half"),
            FieldSpec("recipient", "Personne prévenue", width="half"),
            FieldSpec("meeting", "Rendez-vous le", FieldKind.DATE, width="half"),
            FieldSpec("hour", "À", FieldKind.PARSED, parse=hour_reader(sentence), show=show_hour, width="half"),
            FieldSpec("comment", "Précision", FieldKind.NOTE, lines=2),
        ),
        parse,
        today,
    )

    if len(offered) == 1:
        form.set_values({"state": offered[0][0]})
    form.set_values({"recipient": _contact_name(view)})

    def visible(shown: FormView) -> list[str]:
        hidden = set().union(*_ASKED.values()) - _ASKED.get(str(shown.value("state")), set())
        return [code for code in shown.fields if code not in hidden]

    def record(shown: FormView) -> None:
        state = SheetState(_chosen(shown, "state"))
        service.course.note_state(
            view.prescription.id, state, _day(shown), comment=_text(shown, "comment"), detail=_following(shown, state)
        )

    return FactPanel("La suite", "Noter", form, record, visible)


def _following(form: FormView, state: SheetState) -> dict[str, str]:
    if state is SheetState.PARTNER_TOLD:
        return {"told_by": _text(form, "told_by"), "recipient": _text(form, "recipient")}
    if state is SheetState.REFUSED:
        return {"reason": _text(form, "reason"), "tells": _text(form, "tells")}
    if state is SheetState.MEETING_FIXED:
        meeting, hour = form.value("meeting"), form.value("hour")
        found = {"meeting": dates.short(meeting)} if isinstance(meeting, date) else {}
        return found | ({"hour": show_hour(hour)} if hour else {})
    return {}


def cancel_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """Why the sheet is cancelled; its paper stays kept."""
    reasons = tuple(one for one in _options("cancel_reasons", today) if one[0] not in REPLACING)
    form = _form(
        (
            FieldSpec("reason", "Motif", FieldKind.CHOICE, reasons, width="half"),
            FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
            _tells(today),
            FieldSpec("comment", "Précision", FieldKind.NOTE, lines=2),
        ),
        parse,
        today,
    )

    def record(shown: FormView) -> None:
        service.course.cancel(
            view.prescription.id,
            _text(shown, "reason"),
            _day(shown),
            _text(shown, "comment"),
            tells=_text(shown, "tells"),
        )

    return FactPanel("Annuler la fiche", "Annuler la fiche", form, record)


def amendment_panel(
    service: PrescriptionService, view: PrescriptionView, today: date, prepared: Callable[[UUID], None]
) -> FactPanel:
    """Why what the partner holds changes; `prepared` is called with the new version."""
    meaning = "Le partenaire garde la version remise jusqu’à la remise de la nouvelle, qui dit ce qui change."
    specs = (
        FieldSpec("reason", "Motif", FieldKind.CHOICE, _options("amendment_reasons", today), help=meaning),
        FieldSpec("comment", "Précision", FieldKind.NOTE, lines=2, help=f"Interne{NBSP}: aucun papier ne la reprend."),
    )

    def record(shown: FormView) -> None:
        prepared(service.course.amend(view.prescription.id, _text(shown, "reason"), _text(shown, "comment")))

    form = FormView(specs)
    _name(form)
    return FactPanel("Nouvelle version de la fiche remise", "Préparer la nouvelle version", form, record)


def _tells(today: date) -> FieldSpec:
    return FieldSpec("tells", "Qui le dit à la personne", FieldKind.CHOICE, _options("who_tells", today), width="half")


# -- parts ---------------------------------------------------------------------------------------------------


def _form(specs: Sequence[FieldSpec], parse: Parse, today: date) -> FormView:
    form = FormView(specs, parse_date=parse)
    form.field(_DAY).set_value(today)
    _name(form)
    return form


def _name(form: FormView) -> None:
    for code, field in form.fields.items():
        field.setObjectName(f"fact.{code}")
        field.editor.setObjectName(f"fact.{code}.editor")


def _day(form: FormView) -> date:
    """The day of the fact; Refusal `required` when there is none or it cannot be read."""
    value = form.value(_DAY)
    if not isinstance(value, date):
        raise Refusal("required", _DAY)
    return value


def _chosen(form: FormView, code: str) -> str:
    if not form.value(code):
        raise Refusal("choose_one", code)
    return str(form.value(code))


def _text(form: FormView, code: str) -> str:
    return str(form.value(code) or "")


def _options(kind: str, today: date) -> tuple[tuple[str, str], ...]:
    return reference.load(kind).options(today)


def _contact_name(view: PrescriptionView) -> str:
    wanted: UUID | None = view.prescription.contact_id
    return next((one.name for choice in view.partners for one in choice.contacts if one.id == wanted), "")
