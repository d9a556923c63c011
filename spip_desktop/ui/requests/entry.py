"""A request typed in seconds: for whom, what, Enter; who asks and by what means stay as they were for the next one."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person_list import PersonHit
from spip_desktop.reference import load
from spip_desktop.services.request import NewRequest
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.kept_typing import KeptTyping
from spip_desktop.ui.layout import column
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_KIND = "request.new"
#: In the list of dossiers found: none of them.
_UNKNOWN = "inconnue"
_STAYS = ("asker", "channel", "received_on")
_MOST_HITS = 8
_PERSON_HELP = "Nom ou numéro d’écrou."


class RequestEntry(QWidget):
    """`noted` gives the id of the request just recorded."""

    noted = Signal(object)  # UUID
    refused = Signal(str)  # a sentence that belongs to no field

    def __init__(self, services: Services, guard: Guard, parse_date: Parse) -> None:
        super().__init__()
        self.setObjectName("entry")
        self._services, self._guard = services, guard
        self._finds = services.context.actor.may(Right.READ_PERSON)
        self.form = FormView(self._specs(), parse_date=parse_date)
        column(self, gap=0).addWidget(self.form)
        self._typing = KeptTyping(self, _KIND, services.desk, guard, (self.form,))
        self.form.edited.connect(self._on_edited)
        self._set_usual()

    def start(self) -> None:
        """As it was half typed; the person's field in focus, the others have their usual answers."""
        if not self._typing.bring_back():
            self._set_usual()
        self._look()
        self.form.field("person").setFocus()

    def flush(self) -> bool:
        return self._typing.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in any field records."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.record()
        else:
            super().keyPressEvent(event)

    def record(self) -> None:
        """Note the request, and be ready for the next one."""
        if unread := self.form.unread():
            self.form.show_problems(unread)
            return
        if self._is_open_question():
            self.form.show_problems({"dossier": "Choisissez un dossier, ou « Personne inconnue »."})
            return
        made = self._guard.run(self._services.requests.add, self._new(), refused=self._refused)
        if made is None:
            return
        kept = {code: self.form.value(code) for code in _STAYS}
        self._typing.forget()
        self.form.set_values(dict.fromkeys(self.form.fields, "") | kept)
        self.form.show_problems({})
        self._look()
        self.noted.emit(made)
        self.form.field("person").setFocus()

    # -- whose request ---------------------------------------------------------------------------------------

    def _on_edited(self, code: str) -> None:
        if code == "person":
            self._look()
        elif code == "dossier":
            self._show_needed()

    def _look(self) -> None:
        """Who may be meant: chosen by itself when there is one, asked when there are several."""
        typed, dossier = str(self.form.value("person") or ""), self.form.field("dossier")
        assert isinstance(dossier, ChoiceField)
        hits = self._services.persons.search(typed, _MOST_HITS) if typed and self._finds else []
        kept = str(dossier.value())
        unknown = ((_UNKNOWN, _not_found(typed)),) if typed else ()
        dossier.set_options([*((str(one.id), _said(one)) for one in hits), *unknown])
        known = {str(one.id) for one in hits}
        alone = next(iter(known)) if len(known) == 1 else "" if known or not typed else _UNKNOWN
        dossier.set_value(kept if kept in known else alone)
        self._show_needed()

    def _show_needed(self) -> None:
        """For whom a request is, is asked where no dossier tells."""
        stranger = self.form.value("dossier") == _UNKNOWN
        self.form.show_only([code for code in self.form.fields if stranger or code != "officer_id"])

    def _is_open_question(self) -> bool:
        """Several dossiers answer to what was typed, and none is chosen."""
        return bool(self.form.value("person")) and not self.form.value("dossier")

    def _new(self) -> NewRequest:
        values = self.form.values()
        chosen = str(values.get("dossier") or _UNKNOWN)
        person = None if chosen == _UNKNOWN else UUID(chosen)
        officer = str(values.get("officer_id") or "")
        return NewRequest(
            person_id=person,
            unknown="" if person else str(values.get("person") or ""),
            asker=str(values.get("asker") or ""),
            channel=str(values.get("channel") or ""),
            contact=str(values.get("contact") or ""),
            subject=str(values.get("subject") or ""),
            received_on=values.get("received_on"),  # type: ignore[arg-type]
            officer_id=UUID(officer) if officer and not person else None,
        )

    def _refused(self, refusal: Refusal) -> None:
        if rest := self.form.show_refusal(refusal, sentence):
            self.refused.emit(rest[0])

    # -- the fields ------------------------------------------------------------------------------------------

    def _set_usual(self) -> None:
        today = self._services.clock.today()
        self.form.set_values({"asker": "personne", "channel": "ecrit", "received_on": today})

    def _specs(self) -> tuple[FieldSpec, ...]:
        today = self._services.clock.today()
        askers, channels = (load(code).options(today) for code in ("request_askers", "request_channels"))
        officers = tuple(
            (str(one.id), f"{one.first_name} {one.family_name}") for one in self._services.account.officers()
        )
        return (
            FieldSpec("person", "Personne concernée", width="half", help=_PERSON_HELP, max_length=120, discreet=True),
            FieldSpec("dossier", "Dossier", FieldKind.CHOICE, width="half"),
            FieldSpec("subject", "Demande", max_length=500),
            FieldSpec("asker", "Qui demande", FieldKind.CHOICE, askers, width="half"),
            FieldSpec("channel", "Par", FieldKind.CHOICE, channels, width="half"),
            FieldSpec("contact", "Qui rappeler, facultatif", width="half", max_length=120),
            FieldSpec("received_on", "Reçue le", FieldKind.DATE, width="half"),
            FieldSpec("officer_id", "Pour qui", FieldKind.CHOICE, officers, width="half"),
        )


def _said(hit: PersonHit) -> str:
    """« Loïc PERRIN, 14/03/2004, écrou 12345, suivi par Claire Vasseur »."""
    parts = (
        hit.name,
        dates.short(hit.birth_date),
        f"écrou {hit.ecrou_number}" if hit.ecrou_number else "",
        f"suivi par {hit.officers}" if hit.officers else "",
    )
    return ", ".join(part for part in parts if part)


def _not_found(typed: str) -> str:
    return f"Personne inconnue, gardée sous « {typed} »" if typed else "Personne inconnue"
