"""« Contacts »: the card of this station, those of others, and which of them are believed."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.domain.transfer import Compared, Contact, ContactKind
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.folder_choice import choose_file, choose_new_file
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph, Section
from spip_desktop.ui.layout import set_size
from spip_desktop.ui.page import Page
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.transfers.likeness import LikenessView
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.transfer import COMPARED, CONTACT_KINDS

KIND = "transfers.contacts"
_CARDS = "Cartes de contact (*.spipcontact)"
_MINE = (
    "Donnez cette carte aux postes qui vous écriront. Elle ne contient aucun secret. Au téléphone, chacun lit les "
    "mots de la carte qu’il a reçue ; l’autre vérifie que ce sont les siens."
)
_COMPARE = (
    "Appelez ce service à un numéro que vous connaissez déjà, et non à celui du message reçu avec la carte. Les mots "
    "qu’il lit sur son écran doivent être ceux-ci, dans le même ordre."
)
_COLUMNS = (Column("Service"), Column("Confiance"), Column("Sorte"))


class ContactsPage(Page):
    """One contact at a time is compared, below the list."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Contacts", name=KIND)
        self._services, self._guard = services, guard
        self._shown: UUID | None = None
        self.ask_card: Callable[[], Path | None] = lambda: choose_file(self.window(), "Carte de contact", _CARDS)
        self.ask_where: Callable[[], Path | None] = lambda: choose_new_file(
            self.window(), "Carte de ce poste", "carte.spipcontact", _CARDS
        )
        self.mine, self.theirs = LikenessView(name="contacts.mine"), LikenessView(name="contacts.theirs")
        self.table = TableView(_COLUMNS, name="contacts.table", label="Contacts")
        self.empty = EmptyState("Aucun contact.", "Ajoutez la carte qu’un autre poste vous a donnée.")
        self.list = Section("Autres postes", self.table, self.empty, name="contacts.list", gap=8)
        self._build_comparing()
        own = Section(
            "La carte de ce poste",
            Paragraph(french_spaces(_MINE), colour="texte_2"),
            self.mine,
            name="contacts.own",
            gap=12,
        )
        self.add(self.list, self.comparing, own)
        self.give = self.add_action("Enregistrer ma carte", "download", self._give, name="contacts.give")
        self.add_card = self.set_primary("Ajouter une carte", "plus", self._take_card, name="contacts.add")
        self.table.opened.connect(self._compare)

    def _build_comparing(self) -> None:
        self.form = FormView(
            (
                FieldSpec(
                    "compared",
                    "Mots comparés",
                    FieldKind.RADIO,
                    tuple((one.value, COMPARED[one]) for one in COMPARED),
                    required=True,
                ),
                FieldSpec(
                    "contact_kind",
                    "Ce poste est",
                    FieldKind.RADIO,
                    tuple((one.value, CONTACT_KINDS[one]) for one in CONTACT_KINDS),
                    required=True,
                ),
                FieldSpec("reason", "Motif", max_length=200, help="Écrit au journal, sans nom de personne."),
            )
        )
        self.trust = Button("Faire confiance", "shield-check", name="contacts.trust")
        self.withdraw = Button("Retirer la confiance", "minus-circle", name="contacts.withdraw")
        self.close_button = Button("Fermer", name="contacts.close")
        self.comparing = Section(
            "",
            Paragraph(french_spaces(_COMPARE), colour="texte_2"),
            self.theirs,
            set_size(self.form, max_width=720),
            buttons(self.trust, self.withdraw, self.close_button),
            name="contacts.comparing",
            gap=12,
        )
        self.comparing.hide()
        self.trust.clicked.connect(self._trust)
        self.withdraw.clicked.connect(self._withdraw)
        self.close_button.clicked.connect(self._close)

    # -- what every page does --------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """A place with an id unfolds the comparison of that contact."""
        self.notice.hide()
        self.band.clear()
        self.reload()
        if isinstance(place.id, UUID):
            self._compare(place.id)
        elif not self.show_field(place.field):
            (self.table if not self.table.isHidden() else self.add_card).setFocus()

    def reload(self) -> None:
        service = self._services.transfers.contacts
        found = service.all()
        self.table.set_rows([RecordRow(one.id, _cells(one)) for one in found])
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.mine.show_likeness(service.shown())

    # -- acts ------------------------------------------------------------------------------------------------

    def _take_card(self) -> None:
        path = self.ask_card()
        if path is None:
            return
        self._clear()
        contact = self._guard.run(self._services.transfers.contacts.add, path, refused=self._tell)
        if isinstance(contact, Contact):
            self.reload()
            self._compare(contact.id)

    def _give(self) -> None:
        path = self.ask_where()
        if path is None:
            return
        self._clear()
        written = self._guard.run(self._services.transfers.contacts.save_mine, path, refused=self._tell)
        if isinstance(written, Path):
            self.notice.show_sentence(f"Carte enregistrée : {written.name}".replace(" :", "\u00a0:"))

    def _compare(self, key: object) -> None:
        assert isinstance(key, UUID)
        self._shown = key
        service = self._services.transfers.contacts
        contact = service.get(key)
        self.comparing.heading.set_title(f"Comparer la carte de {contact.name}")
        self.theirs.show_likeness(service.seen(key))
        self.form.set_values(
            {"compared": contact.compared or "", "contact_kind": contact.kind, "reason": ""},
        )
        self.form.show_problems({})
        may = self._services.context.actor.could(Right.TRUST_STATION)
        why = "" if may else "Cet acte revient au DPIP."
        self.trust.setVisible(not contact.trusted)
        self.withdraw.setVisible(contact.trusted)
        self.trust.set_available(may, why)
        self.withdraw.set_available(may, why)
        needs_reason = contact.trusted or not self._services.context.actor.may(Right.TRUST_STATION)
        shown = (() if contact.trusted else ("compared", "contact_kind")) + (("reason",) if needs_reason else ())
        self.form.show_only(shown)
        self.comparing.show()
        (self.form.field(shown[0]) if shown else self.close_button).setFocus()

    def _trust(self) -> None:
        contacts, id_ = self._services.transfers.contacts, self._shown
        compared, kind = str(self.form.value("compared")), str(self.form.value("contact_kind"))
        if not compared:
            self.form.show_problems({"compared": "Comparez d’abord les mots, puis dites comment."})
        elif id_ is not None:
            reason = str(self.form.value("reason") or "")
            self._act(
                lambda: contacts.trust(id_, Compared(compared), ContactKind(kind), reason),
                "Ce poste est un contact de confiance.",
            )

    def _withdraw(self) -> None:
        if (id_ := self._shown) is not None:
            reason = str(self.form.value("reason") or "")
            self._act(
                lambda: self._services.transfers.contacts.withdraw(id_, reason),
                "La confiance est retirée : plus rien ne part vers ce poste, plus rien n’en est repris.",
            )

    def _act(self, do: Callable[[], object], said: str) -> None:
        self._clear()
        refusals: list[Refusal] = []
        self._guard.run(do, refused=refusals.append)
        if refusals:
            left = self.form.show_refusal(refusals[0], sentence)
            if left:
                self.band.show_sentence(" ".join(left))
            return
        self.saved.emit(self._services.clock.now())
        self._close()
        self.reload()
        self.notice.show_sentence(french_spaces(said))

    def _close(self) -> None:
        self._shown = None
        self.comparing.hide()
        (self.table if not self.table.isHidden() else self.add_card).setFocus()

    def _clear(self) -> None:
        self.notice.hide()
        self.band.clear()

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


def _cells(one: Contact) -> tuple[Cell, ...]:
    if one.trusted and one.compared:
        state = Cell("De confiance", COMPARED[one.compared], icon="shield-check")
    else:
        state = Cell("À comparer", icon="alert-circle", tone="alerte")
    return Cell(one.name, bold=True), state, Cell(CONTACT_KINDS[one.kind] if one.trusted else "")
