"""Who stands in for whom, from a day to a day: the dossiers of the one absent open to the other without a reason."""

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.access import Interim
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.officer import Officer, Right
from spip_desktop.domain.text import NBSP, capitals
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import Field, FieldKind, FieldSpec, Parse
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.keeping import keep_as_typed
from spip_desktop.ui.labels import Paragraph, Rule, SmallText
from spip_desktop.ui.layout import clear, column, row
from spip_desktop.ui.unfolding import UnfoldingSection, buttons
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_PREFIX = "interim."
_ASKED = ("absent_id", "replacement_id", "starts", "ends", "reason")
_DRAFTS = "interim.new"
#: Ending one closes dossiers again: its reason is always the same.
_ENDED = "fin de l’intérim"


class InterimsSection(UnfoldingSection):
    """One line an interim that runs or is to come; below, the form of a new one."""

    def __init__(self, services: Services, guard: Guard, parse_date: Parse) -> None:
        super().__init__(
            "Intérims",
            "Pendant un intérim, les dossiers de l’agent absent s’ouvrent à son remplaçant sans motif à donner.",
            "Ajouter un intérim",
            name="settings.interims",
        )
        self._services, self._guard = services, guard
        self._names: dict[UUID, str] = {}
        self._list = QWidget()
        self._lines = column(self._list, gap=8, margins=(0, 8, 0, 8))
        self.lines.insertWidget(2, self._list)
        actor = services.context.actor
        self._may = actor.could(Right.ASSIGN)
        self.form = FormView(_specs(needs_reason=not actor.may(Right.ASSIGN)), parse_date=parse_date)
        self._typed = keep_as_typed(self.form, services.desk, self._drafts)
        self.add_button = Button("Ajouter cet intérim", name="interim.add")
        cancel = Button("Annuler", name="interim.cancel")
        for part in (self.form, buttons(self.add_button, cancel)):
            self.lines_inside.addWidget(part)
        self.add_button.clicked.connect(self._add)
        cancel.clicked.connect(self._give_up)
        if not self._may:
            self.open_button.set_available(False)
            self.add(SmallText("L’intérim est décidé par le DPIP."))

    def reload(self) -> None:
        """Show the interims, and the one that was being typed when the page was left."""
        persons = self._services.persons
        self._names = {one.id: _named(one) for one in persons.officers()}
        options = tuple((str(id_), name) for id_, name in self._names.items())
        for code in ("absent_id", "replacement_id"):
            self.form.field(_PREFIX + code).set_options(options)  # type: ignore[attr-defined]
        self._show_lines()
        drafts = {draft.field: draft.text for draft in self._services.desk.of(_DRAFTS, self._mine())}
        if drafts and self._may:
            super().unfold()
            self.form.set_drafts(drafts)

    def keep(self) -> None:
        """Keep what is typed of a new interim."""
        self._typed.flush()

    def _drafts(self) -> list[Draft]:
        texts = {code: field.raw_text() for code, field in self.form.fields.items()}
        if not (self.unfolded() and any(texts.values())):
            return []
        return [Draft(_DRAFTS, self._mine(), code, text) for code, text in texts.items()]

    def unfold(self) -> None:
        super().unfold()
        self.form.field(_PREFIX + "absent_id").setFocus()

    def _mine(self) -> UUID:
        return self._services.context.officer_id

    # -- the list --------------------------------------------------------------------------------------------

    def _show_lines(self) -> None:
        clear(self._lines)
        found = self._services.access.interims()
        if not found:
            self._lines.addWidget(Paragraph("Aucun intérim en cours ni à venir.", colour="texte_2"))
        for one in found:
            if self._lines.count():
                self._lines.addWidget(Rule("filet"))
            self._lines.addWidget(self._line(one))

    def _line(self, one: Interim) -> QWidget:
        made = QWidget()
        line = row(made, gap=16)
        texts = column(gap=0)
        absent, replacement = (self._names.get(id_, "agent parti") for id_ in (one.absent_id, one.replacement_id))
        texts.addWidget(Paragraph(f"{replacement} remplace {absent}"))
        span = f"Du {dates.short(one.starts)} au {dates.short(one.ends)}"
        texts.addWidget(SmallText(f"{span}{NBSP}: {one.reason}" if one.reason else span))
        line.addLayout(texts, 1)
        if self._may:
            end = Button("Mettre fin", name=f"interim.end.{one.id}")
            end.setAccessibleName(f"Mettre fin{NBSP}: {replacement} remplace {absent}")
            end.clicked.connect(lambda: self._end(one.id))
            line.addWidget(end)
        return made

    def _end(self, interim_id: UUID) -> None:
        self._act(lambda: self._services.access.end_interim(interim_id, _ENDED), "L’intérim a pris fin.")

    # -- a new one -------------------------------------------------------------------------------------------

    def _add(self) -> None:
        values = {code.removeprefix(_PREFIX): value for code, value in self.form.values().items()}
        told = {code.removeprefix(_PREFIX): said for code, said in self.form.unread().items()}
        for code in _ASKED[:-1]:
            if not values.get(code):
                told.setdefault(code, sentence(Problem("required")))
        if told:
            self.show_told(told, self._fields())
            return
        interim = self._interim(values)
        self._act(lambda: self._services.access.add_interim(interim), "L’intérim est enregistré.", self._forget)

    def _interim(self, values: Mapping[str, object]) -> Interim:
        starts, ends = values["starts"], values["ends"]
        assert isinstance(starts, date)
        assert isinstance(ends, date)
        return Interim(
            id=self._services.context.ids.new(),
            absent_id=UUID(str(values["absent_id"])),
            replacement_id=UUID(str(values["replacement_id"])),
            starts=starts,
            ends=ends,
            decided_by=self._mine(),
            reason=str(values.get("reason") or "").strip(),
        )

    def _act(self, do: Callable[[], None], said: str, then: Callable[[], None] = lambda: None) -> None:
        refusals: list[Refusal] = []
        self._guard.run(do, refused=refusals.append)
        if refusals:
            self.show_refusal(refusals[0], self._fields())
            return
        then()
        self._show_lines()
        self.fold(said)

    def _fields(self) -> Mapping[str, Field]:
        return {code.removeprefix(_PREFIX): field for code, field in self.form.fields.items()}

    def _give_up(self) -> None:
        self._forget()
        self.fold()

    def _forget(self) -> None:
        self._services.desk.drop(_DRAFTS, self._mine())
        for field in self.form.fields.values():
            field.set_raw_text("")
            field.set_problem(None)


def _specs(*, needs_reason: bool) -> tuple[FieldSpec, ...]:
    return (
        FieldSpec(_PREFIX + "absent_id", "Agent absent", FieldKind.CHOICE, width="half", required=True),
        FieldSpec(_PREFIX + "replacement_id", "Remplacé par", FieldKind.CHOICE, width="half", required=True),
        FieldSpec(_PREFIX + "starts", "À partir du", FieldKind.DATE, width="half", required=True),
        FieldSpec(_PREFIX + "ends", "Jusqu’au (compris)", FieldKind.DATE, width="half", required=True),
        FieldSpec(_PREFIX + "reason", "Motif", required=needs_reason, max_length=200),
    )


def _named(officer: Officer) -> str:
    return f"{officer.first_name} {capitals(officer.family_name)}"
