"""The page of one partner: the structure, its services, their contacts, saved while one types."""

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.partner import Partner, PartnerService
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP
from spip_desktop.services.lines import Saved
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.history import History, Step
from spip_desktop.ui.labels import Section, SmallText
from spip_desktop.ui.line_section import LineSection, LineShape, LineWords
from spip_desktop.ui.page import Page
from spip_desktop.ui.partners import specs
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.record_form import RecordForm, Target
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

KIND = "partner"
_GONE = (
    "Cette structure ou un de ses services n’est plus dans l’annuaire public importé : vérifiez qu’elle existe encore."
)


class PartnerPage(Page):
    """One structure; the place's id is the partner's."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Partenaire", name=KIND)
        self._services, self._guard, self._directory = services, guard, services.partners
        self.partner: UUID | None = None
        self.history = History(self)
        self._parse = date_reader(services.clock.today, sentence)
        today = services.clock.today()
        views = []
        for group in specs.structure_groups(today):
            form = FormView([bound.spec for bound in group.fields], parse_date=self._parse)
            views.append((form, group.fields))
            self.add(Section(group.title, form, gap=8))
        self.form = RecordForm(self._target(KIND, self._directory.save_fields), views, self)
        self.gone = SmallText("")
        self.gone.setObjectName("partner.gone")
        self.services_list = self._services_section()
        self.conventions = self._conventions_section()
        self.contacts: dict[UUID, LineSection] = {}
        self.add(self.gone, self.conventions, self.services_list)
        self.bin_button = self.add_action("Mettre à la corbeille", "trash", self._bin, name="partner.bin")
        self.bin_button.setVisible(services.context.actor.may(Right.WRITE_PARTNER))
        self._follow(self.form)

    def _services_section(self) -> LineSection:
        today = self._services.clock.today()
        shape = LineShape(
            describe=specs.describe_service,
            fields=lambda _: specs.service_fields(today),
            target=self._target("partner_service", self._save_service),
            parse_date=self._parse,
            visible=specs.visible_service_fields,
        )
        words = LineWords(
            "Services", "Ajouter un service", "Aucun service : rien ne peut être adressé à ce partenaire."
        )
        section = LineSection("services", words, shape)
        section.add_asked.connect(self._add_service)
        section.remove_asked.connect(self._remove_service)
        section.changed.connect(self.reload)
        self._follow(section)
        return section

    def _conventions_section(self) -> LineSection:
        shape = LineShape(
            describe=lambda one: specs.describe_convention(one, self._services.clock.today()),
            fields=lambda _: specs.convention_fields(),
            target=self._target("partner_convention", self._save_convention),
            parse_date=self._parse,
        )
        words = LineWords("Conventions", "Ajouter une convention", "Aucune convention.")
        section = LineSection("conventions", words, shape)
        section.add_asked.connect(self._add_convention)
        section.remove_asked.connect(self._remove_convention)
        section.changed.connect(self.reload)
        self._follow(section)
        return section

    def _contacts_section(self, service: PartnerService) -> LineSection:
        shape = LineShape(
            describe=specs.describe_contact,
            fields=lambda _: specs.contact_fields(),
            target=self._target("partner_contact", partial(self._save_contact, service.id)),
            parse_date=self._parse,
        )
        title = f"Contacts, {service.name}" if service.name else "Contacts"
        words = LineWords(title, "Ajouter un contact", f"Aucun contact{NBSP}: la fiche s’adressera à la structure.")
        section = LineSection(f"contacts.{len(self.contacts) + 1}", words, shape)
        section.add_asked.connect(lambda: self._add_contact(service.id))
        section.remove_asked.connect(lambda contact: self._remove_contact(service.id, contact))
        section.changed.connect(self.reload)
        self._follow(section)
        return section

    def _follow(self, part: RecordForm | LineSection) -> None:
        part.saved.connect(self.saved)
        part.failed.connect(self.save_failed)
        part.done.connect(self.history.push)

    def _target(self, kind: str, save: Callable[[UUID, Mapping[str, object], int | None], Saved]) -> Target:
        return Target(kind, save, self._services.desk, self._guard.report)

    # -- showing ---------------------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        if place.id != self.partner:
            self.history.clear()
            self.notice.hide()
            self._drop_contacts()
        self.partner = place.id
        self.reload()
        self.show_field(place.field)

    def reload(self) -> None:
        """Show the structure again; fields in which something waits are not touched."""
        if self.partner is None:
            return
        stored = self._directory.get(self.partner)
        self.set_title(stored.value.name)
        self.form.show_record(stored.value.id, stored.value, stored.lock)
        self.gone.setText(_GONE if self._services.public_directory.gone(self.partner) else "")
        self.gone.setVisible(bool(self.gone.text()))
        self.conventions.show_lines([(one.id, one, stored.lock) for one in stored.value.conventions])
        self.services_list.show_lines([(one.id, one, stored.lock) for one in stored.value.services])
        self._show_contacts(stored.value, stored.lock)

    def _show_contacts(self, partner: Partner, lock: int) -> None:
        wanted = {one.id for one in partner.services}
        for id_ in [id_ for id_ in self.contacts if id_ not in wanted]:
            self.contacts.pop(id_).deleteLater()
        for service in partner.services:
            if service.id not in self.contacts:
                self.contacts[service.id] = self._contacts_section(service)
                self.add(self.contacts[service.id])
            self.contacts[service.id].show_lines([(one.id, one, lock) for one in service.contacts])

    def _drop_contacts(self) -> None:
        for section in self.contacts.values():
            section.hide()
            section.deleteLater()
        self.contacts = {}

    def flush(self) -> bool:
        sections = (self.conventions, self.services_list, *self.contacts.values())
        flushed = [self.form.flush(), *(section.flush() for section in sections)]
        return all(flushed)

    # -- acts ------------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last act of this page."""

        def take_back() -> None:
            if said := self.history.undo():
                self.reload()
                self.notice.show_sentence(said)

        self._guard.run(take_back, refused=self._tell)

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))

    def _act(self, do: Callable[[], object], said: str = "", undo: Callable[[], object] | None = None) -> bool:
        refusals: list[Refusal] = []
        self._guard.run(do, refused=refusals.append)
        if refusals:
            self._tell(refusals[0])
            return False
        self.band.clear()
        self.saved.emit(self._services.clock.now())
        if undo:
            self.history.push(Step(f"{said}{NBSP}: annulé", undo))
        if said:
            self.notice.show_sentence(said, self.undo if undo else None)
        self.reload()
        return True

    def _save_service(self, id_: UUID, changes: Mapping[str, object], lock: int | None) -> Saved:
        """The lock is the structure's, which the other forms of the page move on: none is sent."""
        assert self.partner is not None
        return self._directory.save_service(self.partner, id_, changes)

    def _save_convention(self, id_: UUID, changes: Mapping[str, object], lock: int | None) -> Saved:
        assert self.partner is not None
        return self._directory.conventions.save(self.partner, id_, changes)

    def _save_contact(self, service: UUID, id_: UUID, changes: Mapping[str, object], lock: int | None) -> Saved:
        assert self.partner is not None
        return self._directory.save_contact(self.partner, service, id_, changes)

    def _add_convention(self) -> None:
        added: list[UUID] = []
        partner = self.partner
        if partner and self._act(lambda: added.append(self._directory.conventions.add(partner))):
            self.conventions.open_line(added[0])

    def _remove_convention(self, convention: UUID) -> None:
        partner = self.partner
        if partner is None or not self.flush():
            return
        value = next((one for one in self._directory.get(partner).value.conventions if one.id == convention), None)
        if value:
            self._act(
                lambda: self._directory.conventions.remove(partner, convention),
                "Convention supprimée",
                lambda: self._directory.conventions.put_back(partner, value),
            )

    def _add_service(self) -> None:
        added: list[UUID] = []
        if self.partner and self._act(lambda: added.append(self._directory.add_service(self.partner))):  # type: ignore[arg-type]
            self.services_list.open_line(added[0])

    def _remove_service(self, service: UUID) -> None:
        partner = self.partner
        if partner is None or not self.flush():
            return
        value = self._directory.get(partner).value.service(service)
        if value:
            self._act(
                lambda: self._directory.remove_service(partner, service),
                "Service supprimé",
                lambda: self._directory.put_service_back(partner, value),
            )

    def _add_contact(self, service: UUID) -> None:
        added: list[UUID] = []
        partner = self.partner
        if partner and self._act(lambda: added.append(self._directory.add_contact(partner, service))):
            self.contacts[service].open_line(added[0])

    def _remove_contact(self, service: UUID, contact: UUID) -> None:
        partner = self.partner
        if partner is None or not self.flush():
            return
        value = self._directory.get(partner).value.contact(contact)
        if value:
            self._act(
                lambda: self._directory.remove_contact(partner, service, contact),
                "Contact supprimé",
                lambda: self._directory.put_contact_back(partner, service, value),
            )

    def _bin(self) -> None:
        partner = self.partner
        if partner and self._act(lambda: self._directory.bin(partner)):
            self.go("partners")
