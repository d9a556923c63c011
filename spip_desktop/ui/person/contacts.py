"""Contacts of the person, and who follows them."""

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.around import assignment_is_open
from spip_desktop.domain.officer import Right
from spip_desktop.domain.person import Assignment, Contact
from spip_desktop.reference import load
from spip_desktop.ui.buttons import Button, LinkButton
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec
from spip_desktop.ui.labels import Paragraph, SectionTitle, SmallText
from spip_desktop.ui.layout import clear, column, row
from spip_desktop.ui.line_section import LineWords
from spip_desktop.ui.person.sections import describe_contact, rows, section
from spip_desktop.ui.person.specs import contact_fields
from spip_desktop.wording import workload as words


class ContactsPart(QWidget):
    """The third part of the page « Situation »."""

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self._page = page
        persons, new_id, today = page.services.persons, page.services.context.ids.new, page.services.clock.today()
        self.contacts = section(
            page,
            "contacts",
            LineWords("Contacts", "Ajouter un contact", "Avocat, famille, hébergeant, employeur : aucun contact noté."),
            persons.contacts,
            kind="contact",
            describe=describe_contact,
            fields=lambda _: contact_fields(today),
            new=lambda person: Contact(id=new_id(), person_id=person, kind="famille"),
            removed="Contact supprimé",
        )
        self.follow = FollowPanel(page)
        inside = column(self, gap=24)
        inside.addWidget(self.contacts)
        inside.addWidget(self.follow)

    def show_values(self, person_id: UUID) -> None:
        self.contacts.show_lines(rows(self._page.services.persons.civil(person_id).contacts))
        self.follow.show_values(person_id)

    def set_read_only(self, read_only: bool) -> None:
        self.contacts.set_read_only(read_only)

    def flush(self) -> bool:
        return self.contacts.flush()


class FollowPanel(QWidget):
    """The assignments, and the act of the DPIP (or a written reason in a store without one)."""

    def __init__(self, page: DossierPage) -> None:
        super().__init__()
        self.setObjectName("assignments")
        self._page, today = page, page.services.clock.today()
        self._list = column(gap=8)
        reasons, milieux = load("assignment_reasons").options(today), load("milieux").options(today)
        self.officer = ChoiceField(FieldSpec("assign_officer", "Agent", FieldKind.CHOICE))
        self.milieu = ChoiceField(FieldSpec("assign_milieu", "Milieu", FieldKind.CHOICE, milieux))
        self.reason = ChoiceField(FieldSpec("assign_reason", "Motif", FieldKind.CHOICE, reasons))
        self.assign = Button("Affecter", "user", name="assignments.assign")
        self.assign.clicked.connect(self._assign)
        self.form = QWidget()
        line = row(self.form, gap=16)
        for field in (self.officer, self.milieu, self.reason, self.assign):
            bottom = Qt.AlignmentFlag.AlignBottom if field is self.assign else Qt.AlignmentFlag(0)
            line.addWidget(field, 0 if field is self.assign else 1, bottom)
        inside = column(self, gap=12)
        inside.addWidget(SectionTitle("Suivi par"))
        inside.addLayout(self._list)
        inside.addWidget(self.form)
        self.load = SmallText("")
        inside.addWidget(self.load)
        self.officer.edited.connect(lambda _: self._show_load())
        self.kept_for_dpip = SmallText("L’affectation revient au DPIP.")
        inside.addWidget(self.kept_for_dpip)
        # Another service takes over: not an assignment, and said where one would look for it.
        self.handover = LinkButton(
            "Confier le dossier à un autre service (dessaisissement)", name="assignments.handover"
        )
        self.handover.clicked.connect(lambda: page.go("person.handover", page.person))
        inside.addWidget(self.handover, 0, Qt.AlignmentFlag.AlignLeft)

    def show_values(self, person_id: UUID) -> None:
        """Every assignment, the open ones with « Mettre fin »; the form for those who may assign."""
        clear(self._list)
        persons, today = self._page.services.persons, self._page.services.clock.today()
        found = persons.assignments(person_id)
        if not any(assignment_is_open(assignment, today) for assignment, _ in found):
            said = "Suivi terminé." if persons.ended(person_id) else "À affecter : personne ne suit ce dossier."
            self._list.addWidget(Paragraph(said, colour="texte_2"))
        for assignment, officer in found:
            self._list.addWidget(self._line(assignment, f"{officer.first_name} {officer.family_name}"))
        actor = self._page.services.context.actor
        may = actor.could(Right.ASSIGN)
        self.form.setVisible(may)
        self.kept_for_dpip.setVisible(not may)
        officers = self._page.services.persons.officers()
        self.officer.set_options(tuple((str(one.id), f"{one.first_name} {one.family_name}") for one in officers))
        self._show_load()

    def _show_load(self) -> None:
        """What the dossier would make of the load of the officer chosen, for who assigns and sees the service."""
        services, officer = self._page.services, str(self.officer.value())
        person = self._page.person if officer and services.context.actor.may(Right.READ_PACEP) else None
        found = services.workload.with_person(UUID(officer), person) if person is not None else None
        self.load.setText(f"{words.simulated(*found)} {words.NOT_A_MEASURE}" if found else "")
        self.load.setVisible(found is not None)

    def _line(self, assignment: Assignment, name: str) -> QWidget:
        made = QWidget()
        line = row(made, gap=16)
        texts = column(gap=0)
        texts.addWidget(Paragraph(name))
        reason = load("assignment_reasons").label(assignment.reason).lower() if assignment.reason else ""
        span = f"Depuis le {dates.short(assignment.starts)}"
        if assignment.ends:
            span = f"Du {dates.short(assignment.starts)} au {dates.short(assignment.ends)}"
        texts.addWidget(SmallText(", ".join(part for part in (span, assignment.milieu, reason) if part)))
        line.addLayout(texts, 1)
        if assignment_is_open(assignment, self._page.services.clock.today()) and assignment.ends is None:
            end = Button("Mettre fin", name=f"assignments.end.{assignment.id}")
            end.clicked.connect(lambda: self._end(assignment.id))
            line.addWidget(end)
        return made

    def _assign(self) -> None:
        person, officer, reason = self._page.person, str(self.officer.value()), str(self.reason.value())
        self.officer.set_problem("" if officer else "Choisissez l’agent.")
        self.reason.set_problem("" if reason else "Choisissez le motif.")
        if person is None or not officer or not reason:
            return
        persons = self._page.services.persons
        self._page.act(
            lambda: persons.assign(person, UUID(officer), milieu=str(self.milieu.value()), reason=reason),
            "Dossier affecté",
        )

    def _end(self, assignment_id: UUID) -> None:
        reason = str(self.reason.value())
        persons = self._page.services.persons
        self._page.act(lambda: persons.end_assignment(assignment_id, reason=reason), "Suivi terminé")
