"""A line of a register, written or corrected in the panel at the top of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.register import RegisterLine
from spip_desktop.domain.text import french_spaces
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.obligations.specs import SPECS, YES_NO, RegisterSpec
from spip_desktop.wiring import Services

_YES = "oui"


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a new line is about: the dossier, the obligation or the measure, and what is already known of it."""

    person: UUID
    known: Mapping[str, object]
    words: str = ""
    shown: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Panels:
    """How the panels are made."""

    services: Services
    parse_date: Parse

    def note(self, name: str, about: About) -> FactPanel:
        """A new line; `about.shown` fills the fields that one would type again."""
        spec = SPECS[name]
        form = self._form(spec)
        form.set_values({code: self.services.clock.today() for code in spec.today})
        form.set_values(_as_shown(about.shown))
        title = f"{spec.title} : {about.words}" if about.words else spec.title

        def record(shown: FormView) -> None:
            values = {**about.known, **(spec.fixed or {}), **_values(spec, shown)}
            self._register(spec).note(spec.line(id=self.services.context.ids.new(), person_id=about.person, **values))

        return FactPanel(french_spaces(title), spec.verb, form, record)

    def correct(self, name: str, line: RegisterLine) -> FactPanel:
        """A second line that replaces the first, which stays to be read."""
        spec = SPECS[name]
        form = self._form(spec)
        form.set_values(_as_shown({code: getattr(line, code) for code in form.fields}))

        def record(shown: FormView) -> None:
            values = _values(spec, shown)
            self._register(spec).note(replace(line, id=self.services.context.ids.new(), corrects=line.id, **values))

        return FactPanel(french_spaces(f"Corriger : {spec.title.lower()}"), "Noter la correction", form, record)

    def withdraw(self, name: str, line: RegisterLine) -> FactPanel:
        """Why a line is taken away."""
        spec = SPECS[name]
        form = FormView((FieldSpec("note", "Pourquoi cette ligne est retirée"),), parse_date=self.parse_date)
        title = french_spaces(f"Retirer : {spec.title.lower()}")

        def record(shown: FormView) -> None:
            self._register(spec).withdraw(line.id, str(shown.value("note") or ""))

        return FactPanel(title, "Retirer la ligne", form, record)

    def _form(self, spec: RegisterSpec) -> FormView:
        return FormView(spec.fields(), parse_date=self.parse_date)

    def _register(self, spec: RegisterSpec) -> Any:
        return getattr(self.services.obligations, spec.register)


def _as_shown(values: Mapping[str, object]) -> dict[str, object]:
    """What a line holds as its fields show it."""
    return {code: _shown(code, one) for code, one in values.items()}


def _shown(code: str, value: object) -> object:
    if code in YES_NO:
        return _YES if value else "non"
    return None if value in ((), 0) and code not in YES_NO else value


def _values(spec: RegisterSpec, form: FormView) -> dict[str, Any]:
    """What the fields hold, as the line takes it. Refusal: what cannot be read, what is missing."""
    problems = [Problem("as_said", code, {"why": why}) for code, why in form.unread().items()]
    missing = [code for code in form.fields if code in spec.needed and form.value(code) in (None, "")]
    problems += [Problem("required", code) for code in missing if code not in form.unread()]
    if problems:
        raise Refusal.of(problems)
    found = {code: form.value(code) for code in form.fields}
    return spec.made({code: one == _YES if code in YES_NO else one for code, one in found.items()})
