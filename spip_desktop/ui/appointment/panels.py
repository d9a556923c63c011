"""The facts entered about an appointment: it is fixed, moved, handed over, held or missed, answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from spip_desktop.domain import dates
from spip_desktop.domain.appointment import AppointmentKind, Hour, Where, hour_text
from spip_desktop.domain.appointment_states import Answer, AskedBy, Meaning, OutcomeKind
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.text import NBSP
from spip_desktop.reference import load
from spip_desktop.services.agenda_reading import AgendaLine
from spip_desktop.services.appointment_draft import Wish
from spip_desktop.services.appointment_lists import kind_of, outcome_kind, outcomes_in, ways_in, wheres
from spip_desktop.services.appointment_reading import AppointmentView
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.readers import hour_reader, show_hour
from spip_desktop.ui.warned import Warned
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.appointment import at_the_latest

_DAY = "happened_on"
_DAY_HELP = f"Par exemple +3s{NBSP}: dans trois semaines."
#: How long a proof is awaited where no other day is typed.
_PROOF_WITHIN = timedelta(days=8)
#: Who receives where nobody is chosen: of a kind that the DPIP holds, the DPIP.
_OFFICER_HELP = {False: "Sans choix, l’agent qui suit la personne.", True: "Sans choix, le DPIP du service."}
_ASKED_BY = FieldSpec(
    "by", "À la demande", FieldKind.RADIO,
    ((AskedBy.SERVICE, "Du service"), (AskedBy.PERSON, "De la personne, qui a prévenu")),
)  # fmt: skip
_KIND_HELP = "Sa durée, son lieu et ce qu’il faut apporter suivent."


@dataclass(frozen=True, slots=True)
class Ground:
    """What every panel needs."""

    services: Services
    parse_date: Parse

    def form(self, *specs: FieldSpec) -> FormView:
        """A form whose fact happened today until another day is typed."""
        form = FormView(specs, parse_date=self.parse_date)
        if _DAY in form.fields:
            form.field(_DAY).set_value(self.services.clock.today())
        return form


class Fixing:
    """« Fixer un rendez-vous »: a day and an hour are enough; the rest goes with the kind until it is changed."""

    def __init__(self, ground: Ground, person: UUID, kind: str = "") -> None:
        self._draft, self._person, self._seen = ground.services.appointments.draft, person, Warned()
        self._today = ground.services.clock.today
        kinds = self._draft.offered(person)
        places = tuple((str(one.id), one.name) for one in ground.services.agenda.setup.places())
        self._officers = _officers(ground.services)
        self.form = ground.form(
            FieldSpec("day", "Le", FieldKind.DATE, width="half", required=True, help=_DAY_HELP),
            FieldSpec("hour", "À", FieldKind.PARSED, width="half", required=True, parse=hour_reader(sentence),
                      show=show_hour, help="Par exemple 14h30."),
            FieldSpec("kind", "Type de rendez-vous", FieldKind.CHOICE, kinds, width="half", help=_KIND_HELP),
            FieldSpec("lasts", "Durée, en minutes", FieldKind.INTEGER, width="half"),
            FieldSpec("where", "Où", FieldKind.CHOICE, width="half"),
            FieldSpec("place", "Lieu du service", FieldKind.CHOICE, places, width="half"),
            FieldSpec("place_detail", "Bureau ou salle", width="half", max_length=200),
            FieldSpec("officer", "Reçue par", FieldKind.CHOICE, self._officers, width="half"),
            FieldSpec("bring", "À apporter", FieldKind.NOTE, lines=2),
            FieldSpec("late_reason", "Motif, après le délai", max_length=300),
        )  # fmt: skip
        self.form.field("kind").set_value(kind or (kinds[0][0] if kinds else ""))
        self._follow_kind()
        self.form.edited.connect(self._on_edited)

    def record(self, form: FormView) -> None:
        day, hour = needed_day(form, "day"), needed_hour(form)
        where = Where(str(form.value("where") or kind_of(str(form.value("kind"))).where))
        seen = self._seen.about(day, hour, form.value("officer"), form.value("place"))
        own = wheres()[where].own
        wish = Wish(
            lasts=_whole(form, "lasts"),
            where=where,
            place_id=_id(form, "place") if own else None,
            place_detail=_text(form, "place_detail"),
            officer_id=_id(form, "officer"),
            bring=_text(form, "bring"),
            late_reason=_text(form, "late_reason"),
            accepted=seen,
        )
        try:
            self._draft.start(self._person, str(form.value("kind")), day, hour, wish)
        except Refusal as refusal:
            raise self._seen.told(refusal) from refusal

    def visible(self, form: FormView) -> Sequence[str]:
        """The place of the service, or what stands for one; the reason once the day is past the delay."""
        where = Where(str(form.value("where") or Where.OFFICE))
        asked = ["day", "hour", "kind", "lasts", "where", *(["place"] if wheres()[where].own else []), "place_detail"]
        form.field("place_detail").set_label(wheres()[where].detail)
        asked += ["officer"] if len(self._officers) > 1 else []
        asked += ["bring"] if _text(form, "bring") or kind_of(str(form.value("kind"))).bring else []
        day = form.value("day")
        late = isinstance(day, date) and self._legal is not None and day > self._legal
        return [*asked, "late_reason"] if late else asked

    def _on_edited(self, code: str) -> None:
        if code == "kind":
            self._follow_kind()
        elif code == "day":
            self._tell_day()
        elif code == "where":
            self._follow_where()

    def _tell_day(self) -> None:
        """Which day of the week it is, as soon as it can be read."""
        field, day = self.form.field("day"), self.form.value("day")
        field.spec = replace(field.spec, help=f"{dates.long(day)}." if isinstance(day, date) else _DAY_HELP)
        field.set_problem(None)

    def _follow_kind(self) -> None:
        kind = kind_of(str(self.form.value("kind")))
        places = self.form.field("where")
        assert isinstance(places, ChoiceField)
        places.set_options(_wheres(kind))
        self.form.set_values({"lasts": kind.lasts, "where": str(kind.where), "bring": kind.bring})
        legal = self._draft.legal_day(self._person, kind.code)
        self._legal = legal.day if legal else None
        field = self.form.field("kind")
        field.spec = replace(
            field.spec, help=at_the_latest(legal.day, legal.ref, certain=legal.certain) if legal else _KIND_HELP
        )
        field.set_problem(None)
        officer = self.form.field("officer")
        officer.spec = replace(officer.spec, help=_OFFICER_HELP[kind.by_dpip])
        officer.set_problem(None)
        self._follow_where()

    def _follow_where(self) -> None:
        where = Where(str(self.form.value("where") or Where.OFFICE))
        place, detail = self._draft.usual_place(self._person, where, self._today())
        self.form.set_values({"place": str(place or ""), "place_detail": detail})


def fixing_panel(ground: Ground, person: UUID, kind: str = "") -> FactPanel:
    """`kind`: the one already known, as after an absence."""
    fixing = Fixing(ground, person, kind)
    return FactPanel("Rendez-vous à fixer", "Fixer le rendez-vous", fixing.form, fixing.record, fixing.visible)


def moving_panel(ground: Ground, view: AppointmentView) -> FactPanel:
    """Another day or hour; the appointment itself stays, moved."""
    one, seen = view.appointment, Warned()
    form = ground.form(
        FieldSpec("day", "Nouveau jour", FieldKind.DATE, width="half", required=True),
        FieldSpec("hour", "À", FieldKind.PARSED, width="half", parse=hour_reader(sentence), show=show_hour),
        _ASKED_BY,
        FieldSpec("late_reason", "Motif, après le délai", max_length=300),
    )  # fmt: skip
    form.set_values(
        {"by": AskedBy.SERVICE, "hour": (one.begins // 60, one.begins % 60), "late_reason": one.late_reason}
    )

    def record(shown: FormView) -> None:
        day, hour = needed_day(shown, "day"), needed_hour(shown)
        wish = Wish(late_reason=_text(shown, "late_reason"), accepted=seen.about(day, hour))
        try:
            ground.services.appointments.draft.move(one.id, day, hour, wish, _asked_by(shown))
        except Refusal as refusal:
            raise seen.told(refusal) from refusal

    def visible(shown: FormView) -> Sequence[str]:
        day = shown.value("day")
        late = isinstance(day, date) and one.legal_until is not None and day > one.legal_until
        return ("day", "hour", "by", "late_reason") if late else ("day", "hour", "by")

    return FactPanel(f"Déplacer{NBSP}: {title_of(view)}", "Déplacer", form, record, visible)


def handing_panel(ground: Ground, view: AppointmentView) -> FactPanel:
    form = ground.form(
        FieldSpec("how", "Convocation remise", FieldKind.CHOICE, ways_in(view.appointment.milieu), width="half"),
        FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
    )
    hand_over = ground.services.appointments.course.hand_over
    return FactPanel(
        f"Remise{NBSP}: {title_of(view)}",
        "Noter la remise",
        form,
        lambda shown: hand_over(view.id, str(shown.value("how") or ""), needed_day(shown, _DAY)),
    )


def cancelling_panel(ground: Ground, view: AppointmentView) -> FactPanel:
    form = ground.form(_ASKED_BY, FieldSpec("comment", "Motif", max_length=300))
    form.set_values({"by": AskedBy.SERVICE})
    cancel = ground.services.appointments.draft.cancel
    return FactPanel(
        f"Annuler{NBSP}: {title_of(view)}",
        "Annuler le rendez-vous",
        form,
        lambda shown: cancel(view.id, _text(shown, "comment"), _asked_by(shown)),
    )


def outcome_panel(ground: Ground, view: AppointmentView) -> FactPanel:
    """Whether the person came; noted again, it corrects, and both lines stay."""
    offered = tuple((one.code, one.label) for one in outcomes_in(view.appointment.milieu))
    form = ground.form(
        FieldSpec("outcome", "Issue", FieldKind.RADIO, offered),
        FieldSpec("until", "Justificatif attendu pour le", FieldKind.DATE, width="half"),
        FieldSpec("comment", "Remarque", max_length=500),
    )
    note = ground.services.appointments.course.note_outcome

    def visible(shown: FormView) -> Sequence[str]:
        kind = outcome_kind(str(shown.value("outcome") or ""))
        awaited = kind is not None and kind.meaning is Meaning.PROOF_AWAITED
        return ("outcome", "until", "comment") if awaited else ("outcome", "comment")

    def record(shown: FormView) -> None:
        note(view.id, str(shown.value("outcome") or ""), until=_day(shown, "until"), comment=_text(shown, "comment"))

    verb = "Corriger l’issue" if view.outcome else "Noter l’issue"
    return FactPanel(f"Issue{NBSP}: {title_of(view)}", verb, form, record, visible)


def proof_panel(ground: Ground, line: AgendaLine, outcome: OutcomeKind) -> FactPanel:
    """An outcome that awaits a proof: its day, already filled in."""
    form = ground.form(FieldSpec("until", "Justificatif attendu pour le", FieldKind.DATE, width="half", required=True))
    form.set_values({"until": ground.services.clock.today() + _PROOF_WITHIN})
    note, id_ = ground.services.appointments.course.note_outcome, line.appointment.id
    return FactPanel(
        f"{line.person}{NBSP}: {outcome.label[:1].lower()}{outcome.label[1:]}",
        "Noter l’issue",
        form,
        lambda shown: note(id_, outcome.code, until=needed_day(shown, "until")),
    )


def answer_panel(
    ground: Ground, view: AppointmentView, *, reframed: bool, answered: Callable[[str], None]
) -> FactPanel:
    """An answer to an absence, in their order; `reframed`: the DPIP has already met this person about it.

    `answered` is told the kind of appointment that the answer calls for, or nothing.
    """
    offered = tuple((one.code, one.label) for one in load("appointment_answers").entries)
    said = "" if reframed else "Un recadrage par le DPIP vient avant un rapport."
    form = ground.form(
        FieldSpec("answer", "Suite", FieldKind.RADIO, offered, help=said),
        FieldSpec(_DAY, "Le", FieldKind.DATE, width="half"),
        FieldSpec("until", "À réexaminer le", FieldKind.DATE, width="half"),
        FieldSpec("comment", "Remarque, ou motif de ne pas agir", FieldKind.NOTE, lines=2),
    )
    give = ground.services.appointments.course.answer

    def visible(shown: FormView) -> Sequence[str]:
        left = shown.value("answer") == Answer.NOT_ACTING
        return ("answer", _DAY, "until", "comment") if left else ("answer", _DAY, "comment")

    def record(shown: FormView) -> None:
        if not shown.value("answer"):
            raise Refusal("choose_one", "answer")
        answer = Answer(str(shown.value("answer")))
        until = _day(shown, "until") if answer is Answer.NOT_ACTING else None
        give(view.id, answer, needed_day(shown, _DAY), until=until, reason=_text(shown, "comment"))
        answered(_fixes(answer))

    return FactPanel(f"Suite de l’absence du {dates.short(view.appointment.day)}", "Noter la suite", form, record,
                     visible)  # fmt: skip


def title_of(view: AppointmentView) -> str:
    """« mar. 08/12/2026 à 14 h 30 »."""
    return f"{dates.short_with_day(view.appointment.day)} à {hour_text(view.appointment.begins)}"


# -- reading what was typed ----------------------------------------------------------------------------------


def _wheres(kind: AppointmentKind) -> tuple[tuple[str, str], ...]:
    """Where one may be met, for the milieux of this kind."""
    milieux = {Milieu.OPEN} if kind.outside else kind.milieux
    return tuple((str(one.code), one.label) for one in wheres().values() if one.milieux & milieux)


def needed_day(form: FormView, code: str) -> date:
    found = _day(form, code)
    if found is None:
        raise Refusal("required", code)
    return found


def _day(form: FormView, code: str) -> date | None:
    """What cannot be read is refused, not lost."""
    if not form.field(code).parses():
        raise Refusal("date_unreadable", code, text=form.field(code).raw_text())
    value = form.value(code)
    return value if isinstance(value, date) else None


def needed_hour(form: FormView) -> Hour:
    if not form.field("hour").parses():
        raise Refusal("hour_unreadable", "hour", text=form.field("hour").raw_text())
    value = form.value("hour")
    if not isinstance(value, tuple):
        raise Refusal("required", "hour")
    return value


def _fixes(answer: Answer) -> str:
    """The kind of appointment that an answer calls for, or nothing."""
    entry = load("appointment_answers").get(answer)
    return entry.text("fixes") if entry else ""


def _asked_by(form: FormView) -> AskedBy:
    return AskedBy(_text(form, "by") or AskedBy.SERVICE)


def _officers(services: Services) -> tuple[tuple[str, str], ...]:
    return tuple((str(one.id), f"{one.first_name} {one.family_name}") for one in services.persons.officers())


def _whole(form: FormView, code: str) -> int | None:
    value = form.value(code)
    return value if isinstance(value, int) else None


def _id(form: FormView, code: str) -> UUID | None:
    value = str(form.value(code) or "")
    return UUID(value) if value else None


def _text(form: FormView, code: str) -> str:
    return str(form.value(code) or "")
