"""« Convoquer plusieurs personnes »: the same appointment, in a row or together; fixed, then printed in one go."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from spip_desktop.domain.appointment import INSIDE, PAST_LEGAL, Hour, hour_text
from spip_desktop.domain.errors import Problem, Refusal
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person_list import PersonFilter, PersonSummary
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, fold
from spip_desktop.services.appointment_batch import BatchLine, BatchPlan
from spip_desktop.services.appointment_lists import kind_of, wheres
from spip_desktop.ui.appointment.panels import Ground, needed_day, needed_hour
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.kept_typing import KeptTyping
from spip_desktop.ui.labels import EmptyState, Paragraph
from spip_desktop.ui.page import Page
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader, hour_reader, show_hour
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "agenda.batch"
_COLUMNS = (Column("Heure", 96), Column("Personne", 232), Column("À voir"), Column("Choix", 112))
_HOW = "Entrée ou Espace choisit la personne de la ligne"
_IN_A_ROW, _TOGETHER = "les heures se suivent dans l’ordre de la liste.", "toutes viennent à la même heure."
#: What is typed and chosen, until it is fixed.
_NAMED = "named"
_DRAFTS, _CHOSEN = "appointment_batch", "chosen"
_LATE_HELP = "Le même pour toutes les lignes dont le délai est passé."
#: More than one officer follows.
_MOST = 1000


class _Choosing(TableView):
    """Space does what Enter does: it chooses."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.current_key() is not None:
            self.opened.emit(self.current_key())
            return
        super().keyPressEvent(event)


class BatchPage(Page):
    """One's own dossiers; what a line has to be looked at for stands on it before anything is fixed."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Convoquer plusieurs personnes", name=KIND)
        self._services, self._guard = services, guard
        self._batch = services.appointments.batch
        self._persons: tuple[PersonSummary, ...] = ()
        self._chosen: set[UUID] = set()
        self._seen: dict[UUID, frozenset[str]] = {}
        self.form = self._make_form()
        self.how = Paragraph("", colour="texte_2")
        self.table = _Choosing(_COLUMNS, name="batch.table", label="Personnes à convoquer")
        self.empty = EmptyState(
            "Aucun dossier pour ce type de rendez-vous.", "Choisissez un autre type, ou prenez d’abord un dossier."
        )
        self.printing = PrintLine(services.printing)
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(2, self.printing)
        self.add(self.form, self.how, self.table, self.empty)
        self.add_action("Retour à l’agenda", "arrow-left", lambda: self.go("agenda"), name="batch.back")
        self.primary = self.set_primary("Fixer les rendez-vous", "calendar", self._make, name="batch.make")
        self.primary.setVisible(services.context.actor.may(Right.WRITE_APPOINTMENT))
        self.kept = KeptTyping(self, _DRAFTS, services.desk, guard, [self.form], self._kept_choice)
        self.form.edited.connect(self._on_edited)
        self.table.opened.connect(self._turn)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)

    def _make_form(self) -> FormView:
        services = self._services
        kinds = self._batch.offered() if services.context.actor.may(Right.WRITE_APPOINTMENT) else ()
        places = tuple((str(one.id), one.name) for one in services.agenda.setup.places())
        ground = Ground(services, date_reader(services.clock.today, sentence))
        form = ground.form(
            FieldSpec("day", "Le", FieldKind.DATE, width="half", required=True),
            FieldSpec("hour", "Premier rendez-vous à", FieldKind.PARSED, width="half", required=True,
                      parse=hour_reader(sentence), show=show_hour, help="Par exemple 9h."),
            FieldSpec("kind", "Type de rendez-vous", FieldKind.CHOICE, kinds, width="half"),
            FieldSpec("every", "Un toutes les, en minutes", FieldKind.INTEGER, width="half"),
            FieldSpec("place", "Lieu du service", FieldKind.CHOICE, places, width="half"),
            FieldSpec("place_detail", "Bureau ou salle", width="half", max_length=200),
            FieldSpec("late_reason", "Motif, après le délai", max_length=300, help=_LATE_HELP),
            FieldSpec(_NAMED, "Chercher un nom dans la liste", width="half", max_length=60),
        )  # fmt: skip
        form.set_values({"kind": kinds[0][0] if kinds else "", "hour": (9, 0)})
        return form

    # -- reading ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self._follow_kind()
        if self.kept.bring_back():
            self._chosen = {UUID(one) for one in self.kept.kept(_CHOSEN).split()}
            self._name_fields()
        self.reload()
        if not self.show_field(place.field):
            self.form.field("day").setFocus()

    def flush(self) -> bool:
        return self.kept.flush()

    def leave(self) -> None:
        self.printing.stop()

    def _kept_choice(self) -> dict[str, str]:
        return {_CHOSEN: " ".join(str(one) for one in self._chosen)}

    def reload(self) -> None:
        """Those of one's dossiers that this kind is for, each chosen one with its hour and what to look at."""
        kind = str(self.form.value("kind") or "")
        milieux = kind_of(kind).milieux if kind else frozenset()
        mine = self._services.persons.page(PersonFilter(), limit=_MOST)
        self._persons = tuple(one for one in mine if (one.milieu or Milieu.OPEN) in milieux and not one.ended)
        self._chosen &= {one.id for one in self._persons}
        checked = {one.person_id: one for one in self._check()}
        self._ask_reason(checked.values())
        self.table.set_rows([RecordRow(one.id, self._cells(one, checked.get(one.id))) for one in self._shown()])
        for part, shown in ((self.table, self._persons), (self.how, self._persons), (self.empty, not self._persons)):
            part.setVisible(bool(shown))
        count = len(self._chosen)
        self.set_title(self.head.title.text(), f"{count} choisie{'s' if count > 1 else ''}" if count else "")

    def _shown(self) -> Iterator[PersonSummary]:
        """Those whose name is searched for, with those already chosen; all of them while none is."""
        named = fold(str(self.form.value(_NAMED) or ""))
        return (one for one in self._persons if one.id in self._chosen or named in fold(one.name))

    def _check(self) -> tuple[BatchLine, ...]:
        """The lines of what is typed so far; nothing while the day or the hour is missing."""
        try:
            return self._batch.check(self._plan())
        except Refusal:
            return ()

    def _cells(self, one: PersonSummary, line: BatchLine | None) -> tuple[Cell, ...]:
        chosen = one.id in self._chosen
        told = _words((*line.problems, *line.warnings)) if line else ""
        where = ", ".join(part for part in (one.ecrou_number, one.establishment) if part)
        return (
            Cell(hour_text(line.begins) if line else "", bold=True),
            Cell(one.name, where, bold=chosen, discreet=True),
            Cell(told, icon="alert-circle" if told else "", tone="alerte" if line and line.problems else "texte"),
            Cell("Retirer" if chosen else "Choisir", icon="check" if chosen else "", link=True),
        )

    # -- choosing --------------------------------------------------------------------------------------------

    def _turn(self, key: object) -> None:
        if isinstance(key, UUID):
            self._chosen ^= {key}
            self.kept.touch()
            self.reload()

    def _on_edited(self, code: str) -> None:
        if code == "kind":
            self._follow_kind()
        self.reload()

    def _follow_kind(self) -> None:
        """How long, and the usual place of where it is held."""
        code = str(self.form.value("kind") or "")
        if not code:
            return
        kind = kind_of(code)
        places = self._services.agenda.setup.places()
        inside = kind.where in INSIDE
        usual = next((one for one in places if one.inside is inside), places[0])
        self.form.set_values({"every": kind.lasts, "place": str(usual.id)})
        self._name_fields()

    def _name_fields(self) -> None:
        """What the fields are called for this kind."""
        kind = kind_of(str(self.form.value("kind")))
        self.form.field("place_detail").set_label(wheres()[kind.where].detail)
        self.form.field("hour").set_label("À" if kind.together else "Premier rendez-vous à")
        self.form.field("every").set_label("Durée, en minutes" if kind.together else "Un toutes les, en minutes")
        self.how.setText(f"{_HOW}{NBSP}; {_TOGETHER if kind.together else _IN_A_ROW}")

    def _ask_reason(self, lines: Iterable[BatchLine]) -> None:
        """The place of the service where it is held at one; the reason once a line is past its delay."""
        late = bool(self.form.value("late_reason")) or any(
            problem.code == PAST_LEGAL for line in lines for problem in line.problems
        )
        hidden = {code for code, shown in (("place", self._own()), ("late_reason", late)) if not shown}
        self.form.show_only(code for code in self.form.fields if code not in hidden)

    def _own(self) -> bool:
        code = str(self.form.value("kind") or "")
        return not code or wheres()[kind_of(code).where].own

    def _plan(self) -> BatchPlan:
        hour: Hour = needed_hour(self.form)
        every, place = self.form.value("every"), str(self.form.value("place") or "")
        return BatchPlan(
            kind=str(self.form.value("kind")),
            day=needed_day(self.form, "day"),
            hour=hour,
            every=every if isinstance(every, int) and every > 0 else kind_of(str(self.form.value("kind"))).lasts,
            persons=tuple(one.id for one in self._persons if one.id in self._chosen),
            place_id=UUID(place) if place and self._own() else None,
            place_detail=str(self.form.value("place_detail") or ""),
            late_reason=str(self.form.value("late_reason") or ""),
        )

    # -- fixing ----------------------------------------------------------------------------------------------

    def _make(self) -> None:
        """All or none; warnings are read on their lines, and the second time accepts them."""
        refusals: list[Refusal] = []
        made = self._guard.run(self._fixed, refused=refusals.append)
        if refusals:
            said = self.form.show_refusal(refusals[0], sentence)
            self.band.show_sentence(" ".join(dict.fromkeys(said)) or sentence(refusals[0]))
            return
        if not made:
            return
        self.band.clear()
        self.saved.emit(self._services.clock.now())
        self._chosen, self._seen = set(), {}
        self.kept.forget()
        self.form.set_values({"late_reason": "", _NAMED: ""})
        self.reload()
        count = len(made)
        self.notice.show_sentence(f"{count}{NBSP}rendez-vous fixé{'s' if count > 1 else ''}.")
        if self._services.context.actor.may(Right.PRINT):
            self._print(made)

    def _fixed(self) -> tuple[UUID, ...]:
        plan = self._plan()
        lines = self._batch.check(plan)
        told = {one.person_id: frozenset(two.code for two in one.warnings) for one in lines if one.warnings}
        if told != self._seen and not any(one.problems for one in lines):
            self._seen = told
            if told:
                raise Refusal("appointment_batch_seen")
        return self._batch.make(plan, told)

    def _print(self, made: Sequence[UUID]) -> None:
        """Every convocation, or movement slip, in one print."""
        batch = self._services.appointments.papers.batch
        paper = self._guard.run(lambda: batch(made), refused=lambda told: self.band.show_sentence(sentence(told)))
        if paper is not None:
            self.printing.ask(paper)


def _words(problems: Sequence[Problem]) -> str:
    return " ".join(sentence(one) for one in problems)
