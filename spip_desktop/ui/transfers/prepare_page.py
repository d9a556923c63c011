"""« Préparer un envoi »: what, for whom, how much, why. Nothing is written yet."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.person_list import PersonFilter
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import french_spaces
from spip_desktop.domain.transfer import Contact, Content, Scope, SentPackage, TransferKind, usual_content
from spip_desktop.services.transfer_contacts import keys_of
from spip_desktop.services.transfer_sending import Preparing
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph
from spip_desktop.ui.layout import clear, column, set_size
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.transfer import CONTENTS, KINDS

KIND = "transfers.prepare"
_DRAFTS = "transfer"
_MOST_DOSSIERS = 500
_BY_CONTACT, _BY_PHRASE = "contact", "phrase"
_WAYS = ((_BY_CONTACT, "Des contacts de confiance"), (_BY_PHRASE, "Personne de connu\u00a0: une phrase de six mots"))
#: A visa goes back from the package that asked for it (received_page.py).
_OFFERED = tuple(one for one in TransferKind if one is not TransferKind.VISA)
_OF_ONE = (TransferKind.DOSSIER, TransferKind.HANDOVER, TransferKind.FOR_VISA)
_EXPLAINED = (
    "Le paquet est chiffré pour les destinataires choisis, ce poste et la clé de secours du service. Les confidences "
    "ne partent jamais. Rien n’est retiré d’ici."
)
_PHRASE = (
    "Les six mots seront montrés une fois le paquet écrit. Dites-les de vive voix ou au téléphone : jamais sur le même "
    "support que le paquet."
)
_Options = tuple[tuple[str, str], ...]
_Offered = tuple[_Options, _Options]


class PreparePage(Page):
    """What is typed comes back after a lock; « Préparer » leads to the package's own page."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Préparer un envoi", name=KIND)
        self._services, self._guard = services, guard
        self._contacts: dict[str, Contact] = {}
        self._offered: _Offered | None = None
        self._holder = QWidget()
        self._place = column(self._holder, gap=0)
        self.form = FormView(())
        self.phrase = Paragraph(french_spaces(_PHRASE), colour="texte_2")
        self.add(Paragraph(french_spaces(_EXPLAINED), colour="texte_2"), self._holder, self.phrase)
        self.prepare = self.set_primary("Préparer le paquet", "check", self._prepare, name="prepare.go")

    def open(self, place: Place) -> None:
        """A place with an id is about that dossier; its field may say why it is sent (« for_visa »)."""
        self.notice.hide()
        self.band.clear()
        self._offer()
        drafts = {one.field: one.text for one in self._services.desk.of(_DRAFTS, self._mine())}
        usual = {"kind": TransferKind.CHANGES.value, "way": _BY_CONTACT if self._contacts else _BY_PHRASE}
        self.form.set_drafts(usual | {"content": self._usual().value} | drafts)
        if place.id is not None:
            kind = TransferKind(place.field) if place.field in _OF_ONE else TransferKind.DOSSIER
            self.form.set_values({"kind": kind.value, "person": str(place.id)})
        self._show()
        if not self.show_field(place.field):
            first = "contacts" if self._contacts else "purpose"
            self.form.field(first if place.id else "kind").setFocus()

    def flush(self) -> bool:
        """Keep what is being chosen: a lock comes back to it."""
        texts = {code: text for code, field in self.form.fields.items() if (text := field.raw_text())}
        self._services.desk.keep([Draft(_DRAFTS, self._mine(), code, text) for code, text in texts.items()])
        return True

    def _mine(self) -> UUID:
        return self._services.context.officer_id

    def _offer(self) -> None:
        """The contacts and the dossiers there are now: fields offered anew come in the order of Tab as made."""
        every = self._services.transfers.contacts.all()
        self._contacts = {str(one.id): one for one in every if one.trusted}
        followed = self._services.persons.page(PersonFilter(), limit=_MOST_DOSSIERS)
        offered = (
            tuple((id_, told_apart(one, every)) for id_, one in self._contacts.items()),
            tuple((str(one.id), one.name) for one in followed),
        )
        if offered == self._offered:
            return
        self._offered = offered
        clear(self._place)
        self.form = FormView(_specs(*offered))
        self.form.edited.connect(self._edited)
        self._place.addWidget(set_size(self.form, max_width=720))

    def _edited(self, code: str) -> None:
        if code in ("contacts", "way"):
            self.form.set_values({"content": self._usual().value})
        self._show()

    def _show(self) -> None:
        kind, way = self.form.value("kind"), self.form.value("way")
        hidden = {"person"} if kind not in _OF_ONE else set()
        hidden |= {"contacts"} if way == _BY_PHRASE else set()
        hidden |= set() if self._contacts else {"way", "contacts"}
        self.form.show_only([code for code in self.form.fields if code not in hidden])
        self.phrase.setVisible(way == _BY_PHRASE)

    def _chosen(self) -> tuple[Contact, ...]:
        chosen = self.form.value("contacts") if self.form.value("way") == _BY_CONTACT else ()
        return tuple(self._contacts[one] for one in chosen if one in self._contacts)  # type: ignore[attr-defined]

    def _usual(self) -> Content:
        return usual_content(self._chosen())

    def _prepare(self) -> None:
        self.band.clear()
        refusals: list[Refusal] = []
        package = self._guard.run(self._make, refused=refusals.append)
        if refusals:
            left = self.form.show_refusal(refusals[0], sentence)
            if left:
                self.band.show_sentence(" ".join(left))
        elif isinstance(package, SentPackage):
            self._services.desk.drop(_DRAFTS, self._mine())
            for code in self.form.fields:
                self.form.field(code).set_raw_text("")
            self.saved.emit(self._services.clock.now())
            self.go("transfers.package", package.id)

    def _make(self) -> SentPackage:
        kind = TransferKind(str(self.form.value("kind")))
        contacts = tuple(one.id for one in self._chosen())
        scope = Scope(
            kind=kind,
            content=Content(str(self.form.value("content"))),
            persons=self._persons(kind),
        )
        by_phrase = self.form.value("way") == _BY_PHRASE
        purpose = str(self.form.value("purpose") or "")
        chosen = Preparing(scope=scope, purpose=purpose, contacts=contacts, by_phrase=by_phrase)
        return self._services.transfers.sending.prepare(chosen)

    def _persons(self, kind: TransferKind) -> tuple[UUID, ...]:
        if kind not in _OF_ONE:
            return ()
        person = self.form.value("person")
        if not person:
            raise Refusal("required", "person")
        return (UUID(str(person)),)


def told_apart(one: Contact, every: Sequence[Contact]) -> str:
    """The name of a station, with the first words of its card where another bears the same name."""
    if all(other.name != one.name or other.id == one.id for other in every):
        return one.name
    return f"{one.name} ({' '.join(keys_of(one).words()[:2])})"


def _specs(contacts: _Options, dossiers: _Options) -> tuple[FieldSpec, ...]:
    help_ = "Complet seulement vers un poste du même traitement (R. 113-58)."
    return (
        FieldSpec("kind", "Ce qui part", FieldKind.CHOICE, tuple((one.value, KINDS[one]) for one in _OFFERED)),
        FieldSpec("person", "Dossier", FieldKind.CHOICE, dossiers, discreet=True),
        FieldSpec("way", "Pour", FieldKind.RADIO, _WAYS),
        FieldSpec("contacts", "Destinataires", FieldKind.TICKS, contacts),
        FieldSpec(
            "content", "Contenu", FieldKind.RADIO, tuple((one.value, CONTENTS[one]) for one in CONTENTS), help=help_
        ),
        FieldSpec("purpose", "Motif", required=True, max_length=200, help="Écrit au journal, sans nom de personne."),
    )
