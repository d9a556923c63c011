"""« Réglages »: sections one below the other, each saved or applied at once."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.officer import SIGNING, Right, SignsAs
from spip_desktop.domain.place import Place
from spip_desktop.settings import Settings
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section, SectionTitle
from spip_desktop.ui.layout import column, row, set_size
from spip_desktop.ui.officer_fields import SERVICE, officer_specs
from spip_desktop.ui.page import Page, SideColumn
from spip_desktop.ui.printing import print_bytes as printed_on_paper
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.settings.backups import BackupsSection
from spip_desktop.ui.settings.habilitation import HabilitationPart
from spip_desktop.ui.settings.interims import InterimsSection
from spip_desktop.ui.settings.keys import PaperSection, PassphraseSection, Print
from spip_desktop.ui.settings.officers import OfficersSection
from spip_desktop.ui.settings.quick import QuickSection
from spip_desktop.ui.settings.saved_form import SavedForm
from spip_desktop.ui.settings.spelling import SpellingSection
from spip_desktop.ui.settings.workstation import AppearanceSection, LockSection
from spip_desktop.ui.tab_order import stops_tab
from spip_desktop.ui.tasks import Tasks
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_WIDTH, _SIDE = 760, 232
_AUTHORISATION = SIGNING - {"signs_as", "administrative_number"}


class SettingsPage(Page):
    """`settings` reads those in force; a change is sent by `settings_changed` to who applies and keeps it."""

    settings_changed = Signal(object)  # Settings
    rights_changed = Signal()  # what the officer at work may do is not what it was

    def __init__(
        self,
        services: Services,
        guard: Guard,
        tasks: Tasks | None = None,
        settings: Callable[[], Settings] = Settings,
        print_bytes: Print | None = None,
    ) -> None:
        super().__init__("Réglages", name="settings")
        self._services, self._guard = services, guard
        tasks = tasks or Tasks(self)
        account = services.account
        parse_date = date_reader(services.clock.today, sentence)
        self.appearance, self.lock = AppearanceSection(settings), LockSection(settings)
        self.spelling = SpellingSection(settings, services.spelling, guard)
        self.me = self._make_me(parse_date)
        self.service = self._make_service()
        self.passphrase = PassphraseSection(services.keys, tasks)
        self.quick = QuickSection(services.keys, tasks)
        printing = print_bytes or printed_on_paper
        self.paper = PaperSection(services.keys, tasks, guard, printing)
        self.backups = BackupsSection(services.backups, tasks)
        self.officers = OfficersSection(
            account,
            services.keys,
            services.desk,
            tasks,
            parse_date,
            printing,
            lambda officer: HabilitationPart(services, guard, parse_date, officer),
        )
        self.officers.habilitation_changed.connect(lambda _: self._look_at_rights())
        self._actor = services.context.actor
        # Who reads no dossier has nothing to see of who stands in for whom.
        reads = services.context.actor.may(Right.READ_PERSON)
        self.interims = InterimsSection(services, guard, parse_date) if reads else None
        self._lay_out()
        for part in (self.appearance, self.lock, self.spelling):
            part.chosen.connect(self.settings_changed)
        for form in (self.me, self.service):
            form.saved.connect(self.saved)
            form.failed.connect(self.save_failed)

    # -- what every page does --------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        super().open(place)
        if not place.field:
            self.body.verticalScrollBar().setValue(0)

    def reload(self) -> None:
        account = self._services.account
        self.appearance.show_settings()
        self.lock.show_settings()
        self.spelling.show_settings()
        self.me.show_record(account.me())
        self._show_number_fields()
        self.service.show_record(account.service())
        self.quick.reload()
        self.officers.reload()
        self.backups.show_status()
        if self.interims:
            self.interims.reload()

    def flush(self) -> bool:
        self.lock.take()
        self.officers.keep()
        if self.interims:
            self.interims.keep()
        return all([self.me.flush(), self.service.flush()])

    def hideEvent(self, event: QHideEvent) -> None:
        """No passphrase and no key stay on a page that was left."""
        super().hideEvent(event)
        if not event.spontaneous():
            for part in (self.passphrase, self.quick, self.paper, self.officers):
                part.fold()

    def _look_at_rights(self) -> None:
        now, before = self._services.context.actor, self._actor
        self._actor = now
        if now.officer.rights() != before.officer.rights() or now.store_has_dpip != before.store_has_dpip:
            self.rights_changed.emit()

    # -- its parts -------------------------------------------------------------------------------------------

    def _make_me(self, parse_date: Callable[[str], tuple[object | None, str]]) -> SavedForm:
        account = self._services.account
        specs = [spec for spec in officer_specs(account.functions()) if spec.code != "identifier"]
        form = FormView(specs, parse_date=parse_date)
        form.edited.connect(lambda _: self._show_number_fields())
        record = ("officer", self._services.context.officer_id)
        return SavedForm(form, account.save_me, self._services.desk, self._guard, record=record, together=SIGNING)

    def _make_service(self) -> SavedForm:
        account = self._services.account
        form = FormView(SERVICE)
        form.set_read_only(not account.may_set_service())
        record = ("service", account.service().id)
        return SavedForm(form, account.save_service, self._services.desk, self._guard, record=record, prefix="service.")

    def _make_control(self) -> list[Section]:
        """The links to the journal, to retention, to the models of sheets and to the form, for who may open them."""
        services = self._services
        offered = (
            ("journal", "Journal des consultations et des actes", services.journal.may_read()),
            ("retention", "Conservation et effacement des dossiers", services.retention.may_look()),
            ("confidences.sealed", "Confidences scellées", services.confidences.may_open_sealed()),
            ("deadlines", "Règles des échéances et jours fériés", services.deadlines.may_set()),
            ("carrying.setup", "Blocs à reporter dans APPI, GENESIS ou PRISME", services.carrying.may_set()),
            ("sheets", "Modèles de fiche pour les partenaires", services.sheets.may_set()),
            ("forms", "Formulaire d’évaluation", services.forms.may_set()),
        )
        links = [(kind, LinkButton(words, name=f"settings.{kind}")) for kind, words, may in offered if may]
        for kind, link in links:
            link.clicked.connect(lambda _=False, to=kind: self.go(to))
        return [Section("Contrôle", *(link for _, link in links), gap=16, name="settings.control")] if links else []

    def _lay_out(self) -> None:
        account = self._services.account
        said = f"Votre identifiant d’agent est «\u00a0{account.me().identifier}\u00a0». Il ne change pas."
        service: list[QWidget] = [self.service]
        if not account.may_set_service():
            service.insert(0, Paragraph("Le DPIP ou l’administration technique change ces lignes.", colour="texte_2"))
        sections: list[Section] = [
            self.appearance,
            self.lock,
            self.spelling,
            Section("Vous", Paragraph(said, colour="texte_2"), self.me, gap=16, name="settings.me"),
            Section("Service", *service, gap=16, name="settings.service"),
            self.passphrase,
            self.quick,
            self.paper,
            self.officers,
            self.backups,
            *([self.interims] if self.interims else []),
            *self._make_control(),
        ]
        holder = set_size(QWidget(), max_width=_WIDTH)
        lines = column(holder, gap=32)
        for part in sections:
            lines.addWidget(part)
        line = row(gap=0)
        line.addWidget(holder, 100)
        line.addStretch(1)
        self.add(line)
        self._add_contents(sections)

    def _add_contents(self, sections: list[Section]) -> None:
        """At the right, the titles of the page: each brings its section to the top, its first control in focus."""
        side = SideColumn("Dans cette page", _SIDE)
        side.add(SectionTitle(side.title, ruled=False))
        for number, section in enumerate(sections):
            link = LinkButton(section.heading.title.text(), name=f"settings.to.{number}")
            link.clicked.connect(lambda _=False, to=section: self._bring(to))
            side.add(link)
        self.set_side(side)

    def _bring(self, section: Section) -> None:
        self.fold_side(self.side_folds())
        bar = self.body.verticalScrollBar()
        bar.setValue(section.mapTo(self.body.inside, QPoint(0, 0)).y())
        first = next((one for one in section.findChildren(QWidget) if _takes_focus(one)), None)
        if first is not None:
            first.setFocus()

    def _show_number_fields(self) -> None:
        """The authorisation is asked of who signs by number only."""
        form = self.me.form
        by_number = form.value("signs_as") == SignsAs.NUMBER.value
        form.show_only(code for code in form.fields if by_number or code not in _AUTHORISATION)


def _takes_focus(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and stops_tab(widget)
