"""The panels of the page: an incident in one line, who was informed; a manquement and each line added to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from spip_desktop.domain.breach import Decided, Explained, Reported
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.incident import Told
from spip_desktop.reference import load
from spip_desktop.services.breach import decision_kinds
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.remark import Remark
from spip_desktop.wiring import Services
from spip_desktop.wording.incident import SERIOUSNESS, SERIOUSNESS_HELP, WARN_FIRST

#: The panel of a manquement that begins with a missed appointment; its number follows.
ABSENCE = "absence"
YES, NOT_YET = "oui", "pas_encore"
_INFORMED = ((YES, "Quelqu’un est informé"), (NOT_YET, "Pas encore"))
_HOUR = "14h30, 1430. Facultatif."


@dataclass(frozen=True, slots=True)
class Panels:
    """Makes the panel of a name; `person` is whose page it is, `obligations` those one may choose."""

    services: Services
    parse_date: Parse
    person: UUID
    obligations: Sequence[tuple[str, str]] = ()

    def make(self, name: str) -> FactPanel | None:
        """« incident », « breach », or « inform.<id> »…; None for a name of another time."""
        what, _, about = name.partition(".")
        plain = {"incident": self.incident, "breach": self.breach}
        if what in plain:
            return plain[what]()
        of_one = {
            ABSENCE: self.absence,
            "inform": self.inform, "incident_line": self.incident_line, "incident_correction": self.incident_correction,
            "explain": self.explain, "judge": self.judge, "decide": self.decide, "report": self.report,
            "breach_correction": self.breach_correction,
        }  # fmt: skip
        return of_one[what](UUID(about)) if what in of_one else None

    # -- incidents -------------------------------------------------------------------------------------------

    def incident(self) -> FactPanel:
        """One kind and one line: it is saved at once."""
        form = self._form(
            FieldSpec("kind", "Nature", FieldKind.CHOICE, self._options("incident_kinds")),
            FieldSpec("line", "Ce qui s’est passé, en une ligne", max_length=300),
            FieldSpec("happened_on", "Le", FieldKind.DATE, width="half"),
            FieldSpec("hour", "À", width="half", help=_HOUR),
        )
        note, person = self.services.incidents.note, self.person
        panel = FactPanel(
            "Incident",
            "Noter l’incident",
            form,
            lambda shown: note(
                person, _text(shown, "kind"), _text(shown, "line"), happened_on=_date(shown), hour=_text(shown, "hour")
            ),
        )
        panel.layout().insertWidget(1, Remark(WARN_FIRST, "body", "alert-circle"))  # type: ignore[union-attr]
        return panel

    def inform(self, incident: UUID) -> FactPanel:
        """Who was informed, or « Pas encore »."""
        form = self._form(
            FieldSpec("answer", "Qui est informé", FieldKind.RADIO, _INFORMED),
            FieldSpec("who", "Qui", FieldKind.CHOICE, self._options("incident_informed"), width="half"),
            FieldSpec("name", "Nom, facultatif", width="half"),
            FieldSpec("told_on", "Le", FieldKind.DATE, width="half"),
            FieldSpec("told_hour", "À", width="half", help=_HOUR),
            FieldSpec("how", "Comment", FieldKind.CHOICE, self._options("incident_ways"), width="half"),
            FieldSpec("text", "Pourquoi pas encore", help="Facultatif. L’incident reste signalé en rouge."),
        )
        service = self.services.incidents
        asked = {
            YES: ("answer", "who", "name", "told_on", "told_hour", "how"),
            NOT_YET: ("answer", "text"),
        }

        def record(shown: FormView) -> None:
            if _text(shown, "answer") == NOT_YET:
                service.not_yet(incident, _text(shown, "text"))
                return
            if not _text(shown, "answer"):
                raise Refusal("choose_one", "answer")
            told = Told(
                who=_text(shown, "who"),
                name=_text(shown, "name"),
                on=_day(shown, "told_on"),
                hour=_text(shown, "told_hour"),
                how=_text(shown, "how"),
            )
            service.inform(incident, told)

        return FactPanel(
            "Qui est informé de cet incident",
            "Noter",
            form,
            record,
            lambda shown: asked.get(_text(shown, "answer"), ("answer",)),
        )

    def incident_line(self, incident: UUID) -> FactPanel:
        add = self.services.incidents.add_line
        return self._words("Suite de cet incident", lambda text: add(incident, text))

    def incident_correction(self, incident: UUID) -> FactPanel:
        add = self.services.incidents.add_line
        return self._words("Ligne qui corrige", lambda text: add(incident, text, correction=True))

    # -- manquements -----------------------------------------------------------------------------------------

    def breach(self, appointment: UUID | None = None) -> FactPanel:
        """What was observed, on a day, of an obligation or of the measure; `appointment`: the missed one it is of."""
        chosen = (
            [FieldSpec("obligation", "Obligation", FieldKind.CHOICE, tuple(self.obligations))]
            if self.obligations
            else []
        )
        form = self._form(
            FieldSpec("facts", "Faits constatés", FieldKind.NOTE, lines=3),
            FieldSpec("happened_on", "Le", FieldKind.DATE, width="half"),
            *chosen,
        )
        note, person = self.services.breaches.note, self.person

        def record(shown: FormView) -> None:
            obligation = _text(shown, "obligation") if chosen else ""
            note(
                person,
                _text(shown, "facts"),
                _day(shown, "happened_on"),
                UUID(obligation) if obligation else None,
                appointment,
            )

        return FactPanel("Manquement", "Noter le manquement", form, record)

    def absence(self, appointment: UUID) -> FactPanel:
        """A manquement filled in with a missed appointment: read, changed at will, and noted only then."""
        found, panel = self.services.appointments.reading.absence(appointment), self.breach(appointment)
        values: dict[str, object] = {"facts": found.facts, "happened_on": found.day}
        if self.obligations and found.obligation_id:
            values["obligation"] = str(found.obligation_id)
        panel.form.set_values(values)
        return panel

    def explain(self, breach: UUID) -> FactPanel:
        form = self._form(
            FieldSpec("state", "Ce que la personne en dit", FieldKind.RADIO, self._options("breach_explanations")),
            FieldSpec("text", "Dans ses mots", FieldKind.NOTE, lines=3),
            FieldSpec("said_on", "Le", FieldKind.DATE, width="half"),
        )
        words = {one.code for one in load("breach_explanations").entries if one.flag("words")}
        service = self.services.breaches

        def record(shown: FormView) -> None:
            said = Explained(on=_day(shown, "said_on"), state=_text(shown, "state"), text=_text(shown, "text"))
            service.explain(breach, said)

        def visible(shown: FormView) -> tuple[str, ...]:
            return ("state", "text", "said_on") if shown.value("state") in words else ("state", "said_on")

        return FactPanel("Explication de la personne", "Noter l’explication", form, record, visible)

    def judge(self, breach: UUID) -> FactPanel:
        options = tuple((one.value, label) for one, label in SERIOUSNESS.items())
        form = self._form(
            FieldSpec("seriousness", "Gravité", FieldKind.RADIO, options, help=SERIOUSNESS_HELP),
            FieldSpec("seriousness_reason", "Motif", FieldKind.NOTE, lines=2),
        )
        judge = self.services.breaches.judge
        return FactPanel(
            "Gravité, selon vous",
            "Noter la gravité",
            form,
            lambda shown: judge(breach, _text(shown, "seriousness"), _text(shown, "seriousness_reason")),
        )

    def decide(self, breach: UUID) -> FactPanel:
        """Not to act asks for a reason and a day to look at it again."""
        form = self._form(
            FieldSpec("decision", "Décision", FieldKind.RADIO, self._options("breach_decisions")),
            FieldSpec("reason", "Motif", FieldKind.NOTE, lines=2),
            FieldSpec("decided_on", "Décidé le", FieldKind.DATE, width="half"),
            FieldSpec("again_on", "À réexaminer le", FieldKind.DATE, width="half"),
        )
        service, kinds = self.services.breaches, decision_kinds()

        def record(shown: FormView) -> None:
            decided = Decided(
                on=_day(shown, "decided_on"),
                decision=_text(shown, "decision"),
                reason=_text(shown, "reason"),
                again_on=_date(shown, "again_on"),
            )
            service.decide(breach, decided)

        def visible(shown: FormView) -> tuple[str, ...]:
            again = ("again_on",) if shown.value("decision") in kinds.not_acting else ()
            return ("decision", "reason", "decided_on", *again) if shown.value("decision") else ("decision",)

        return FactPanel("Décision sur ce manquement", "Noter la décision", form, record, visible)

    def report(self, breach: UUID) -> FactPanel:
        form = self._form(
            FieldSpec("recipient", "Adressé à", FieldKind.CHOICE, self._options("breach_recipients"), width="half"),
            FieldSpec("reported_on", "Le", FieldKind.DATE, width="half"),
            FieldSpec("reference", "Référence du rapport", help="Facultative. Ce logiciel n’envoie rien."),
        )
        service = self.services.breaches

        def record(shown: FormView) -> None:
            report = Reported(
                on=_day(shown, "reported_on"), recipient=_text(shown, "recipient"), reference=_text(shown, "reference")
            )
            service.report(breach, report)

        return FactPanel("Rapport adressé", "Noter le rapport", form, record)

    def breach_correction(self, breach: UUID) -> FactPanel:
        correct = self.services.breaches.correct
        return self._words("Ligne qui corrige", lambda text: correct(breach, text))

    # -- inside ----------------------------------------------------------------------------------------------

    def _words(self, title: str, add: Callable[[str], object]) -> FactPanel:
        """A second line: what was written before stays."""
        form = self._form(FieldSpec("text", "Texte", FieldKind.NOTE, lines=2, help="Ce qui précède reste."))
        return FactPanel(title, "Ajouter la ligne", form, lambda shown: add(_text(shown, "text")))

    def _form(self, *specs: FieldSpec) -> FormView:
        """Days are today until another is typed, but for the one to come."""
        form = FormView(specs, parse_date=self.parse_date)
        for spec in specs:
            if spec.kind is FieldKind.DATE and spec.code != "again_on":
                form.field(spec.code).set_value(self.services.clock.today())
        return form

    def _options(self, code: str) -> tuple[tuple[str, str], ...]:
        return load(code).options(self.services.clock.today())


def _text(shown: FormView, code: str) -> str:
    return str(shown.value(code) or "")


def _date(shown: FormView, code: str = "happened_on") -> date | None:
    """The day typed; Refusal where what is typed is no day."""
    field = shown.field(code)
    if not field.parses():
        raise Refusal("date_unreadable", code, text=field.raw_text())
    value = field.value()
    return value if isinstance(value, date) else None


def _day(shown: FormView, code: str) -> date:
    found = _date(shown, code)
    if found is None:
        raise Refusal("required", code)
    return found
