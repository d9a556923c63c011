"""« Contacts »: the card of this station, those of others, and which of them are believed."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from spip_desktop.domain import dates
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
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.transfers.likeness import LikenessView
from spip_desktop.ui.transfers.own_card import OwnCard
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.transfer import COMPARED, CONTACT_KINDS

KIND = "transfers.contacts"
_CARDS = "Cartes de contact (*.spipcontact)"
_COMPARE = (
    "Appelez ce service à un numéro que vous connaissez déjà, et non à celui du message reçu avec la carte. Les mots "
    "qu’il lit sur son écran doivent être ceux-ci, dans le même ordre."
)
_LOST = (
    "Révoquez un poste perdu ou volé, ou dont la clé est peut-être connue. Plus rien ne part vers lui, plus rien de ce "
    "qu’il écrit à partir de ce jour n’est repris, et sa carte ne redevient jamais de confiance : ce service en fera "
    "une nouvelle. Un simple doute : « Retirer la confiance », qui se reprend."
)
_RENEWED = "Les clés sont refaites : enregistrez la nouvelle carte et donnez-la aux autres postes."
_COLUMNS = (Column("Service"), Column("Confiance"), Column("Sorte"))


class ContactsPage(Page):
    """One contact at a time is compared, below the list."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Contacts", name=KIND)
        self._services, self._guard = services, guard
        self._shown: UUID | None = None
        self._contact: Contact | None = None
        self._revoking = False
        self.ask_card: Callable[[], Path | None] = lambda: choose_file(self.window(), "Carte de contact", _CARDS)
        self.ask_where: Callable[[], Path | None] = lambda: choose_new_file(
            self.window(), "Carte de ce poste", "carte.spipcontact", _CARDS
        )
        self.theirs = LikenessView(name="contacts.theirs")
        self.table = TableView(_COLUMNS, name="contacts.table", label="Contacts")
        self.empty = EmptyState("Aucun contact.", "Ajoutez la carte qu’un autre poste vous a donnée.")
        self.list = Section("Autres postes", self.table, self.empty, name="contacts.list", gap=8)
        self._build_comparing()
        self.own = OwnCard(services, guard, self._renewed)
        self.add(self.list, self.comparing, self.own)
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
                FieldSpec(
                    "scanned",
                    "Code lu sur l’écran de l’autre poste",
                    max_length=120,
                    help="Avec un lecteur de codes : le programme compare.",
                ),
                FieldSpec("revoked_on", "Perdu, volé ou compromis le", FieldKind.DATE, width="half"),
                FieldSpec("reason", "Motif", max_length=200, help="Écrit au journal, sans nom de personne."),
            ),
            parse_date=date_reader(self._services.clock.today, sentence),
        )
        self.trust = Button("Faire confiance", "shield-check", name="contacts.trust")
        self.withdraw = Button("Retirer la confiance", "minus-circle", name="contacts.withdraw")
        self.lost = Button("Révoquer", "x-circle", name="contacts.lost")
        self.revoke = Button("Révoquer pour toujours", "x-circle", name="contacts.revoke")
        self.told_lost = Paragraph(french_spaces(_LOST), colour="texte_2")
        self.close_button = Button("Fermer", name="contacts.close")
        self.told_compare = Paragraph(french_spaces(_COMPARE), colour="texte_2")
        self.comparing = Section(
            "",
            self.told_compare,
            self.theirs,
            self.told_lost,
            set_size(self.form, max_width=720),
            buttons(self.trust, self.withdraw, self.lost, self.revoke, self.close_button),
            name="contacts.comparing",
            gap=12,
        )
        self.comparing.hide()
        self.trust.clicked.connect(self._trust)
        self.withdraw.clicked.connect(self._withdraw)
        self.lost.clicked.connect(lambda: self._unfold(revoking=True))
        self.revoke.clicked.connect(self._revoke)
        self.close_button.clicked.connect(self._close)
        self.form.edited.connect(lambda code: self._show_fields() if code == "compared" else None)

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
        self.own.reload()

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

    def _renewed(self) -> None:
        self._clear()
        self.saved.emit(self._services.clock.now())
        self.notice.show_sentence(french_spaces(_RENEWED))
        self.give.setFocus()

    def _compare(self, key: object) -> None:
        assert isinstance(key, UUID)
        self._shown = key
        service = self._services.transfers.contacts
        contact = service.get(key)
        self.comparing.heading.set_title(f"Comparer la carte de {contact.name}")
        self.theirs.show_likeness(service.seen(key))
        today = self._services.clock.today()
        self.form.set_values(
            {"compared": contact.compared or "", "contact_kind": contact.kind, "reason": "", "scanned": "",
             "revoked_on": today},
        )  # fmt: skip
        self.form.show_problems({})
        self._contact = contact
        self._unfold(revoking=False)

    def _unfold(self, *, revoking: bool) -> None:
        """The acts that fit: compare and trust, withdraw, or revoke for ever; none on a revoked card."""
        contact, actor = self._contact, self._services.context.actor
        assert contact is not None
        may, self._revoking = actor.could(Right.TRUST_STATION), revoking
        revoked = contact.revoked_on is not None
        for button, shown in (
            (self.trust, not contact.trusted and not revoked and not revoking),
            (self.withdraw, contact.trusted and not revoking),
            (self.lost, contact.trusted and not revoking),
            (self.revoke, revoking),
        ):
            button.setVisible(shown)
            button.set_available(may, "" if may else "Cet acte revient au DPIP.")
        self.told_lost.setVisible(revoking)
        self.told_compare.setVisible(not revoking and not revoked)
        self.theirs.setVisible(not revoking)
        self._show_fields()
        self.comparing.show()
        first = next((field for field in self.form.fields.values() if not field.isHidden()), None)
        (first or self.close_button).setFocus()

    def _show_fields(self) -> None:
        contact, actor = self._contact, self._services.context.actor
        assert contact is not None
        shown: list[str] = []
        if self._revoking:
            shown = ["revoked_on", "reason"]
        elif contact.revoked_on is None and contact.trusted:
            shown = ["reason"]
        elif contact.revoked_on is None:
            scans = self.form.value("compared") == Compared.QR
            shown = ["compared", *(["scanned"] if scans else []), "contact_kind"]
            shown += [] if actor.may(Right.TRUST_STATION) else ["reason"]
        self.form.show_only(shown)

    def _trust(self) -> None:
        contacts, id_ = self._services.transfers.contacts, self._shown
        compared, kind = str(self.form.value("compared")), str(self.form.value("contact_kind"))
        if not compared:
            self.form.show_problems({"compared": "Comparez d’abord les mots, puis dites comment."})
        elif id_ is not None:
            reason, scanned = str(self.form.value("reason") or ""), str(self.form.value("scanned") or "")
            self._act(
                lambda: contacts.trust(id_, Compared(compared), ContactKind(kind), reason, scanned),
                "Ce poste est un contact de confiance.",
            )

    def _withdraw(self) -> None:
        if (id_ := self._shown) is not None:
            reason = str(self.form.value("reason") or "")
            self._act(
                lambda: self._services.transfers.contacts.withdraw(id_, reason),
                "La confiance est retirée : plus rien ne part vers ce poste, plus rien n’en est repris.",
            )

    def _revoke(self) -> None:
        id_, day = self._shown, self.form.value("revoked_on")
        if self.form.unread() or day is None:
            self.form.show_problems(self.form.unread() or {"revoked_on": "À remplir."})
        elif id_ is not None:
            reason = str(self.form.value("reason") or "")
            self._act(
                lambda: self._services.transfers.contacts.revoke(id_, day, reason),  # type: ignore[arg-type]
                "Ce poste est révoqué : rien ne part plus vers lui, et ses paquets datés d’après sont refusés.",
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
    if one.revoked_on is not None:
        state = Cell("Révoqué", f"depuis le {dates.short(one.revoked_on)}", icon="x-circle", tone="alerte")
    elif one.trusted and one.compared:
        state = Cell("De confiance", COMPARED[one.compared], icon="shield-check")
    else:
        state = Cell("À comparer", icon="alert-circle", tone="alerte")
    return Cell(one.name, bold=True), state, Cell(CONTACT_KINDS[one.kind] if one.trusted else "")
