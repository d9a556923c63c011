"""« Nouveau dossier »: four fields, and who is already recorded under the same name."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right, referent, the_referent
from spip_desktop.domain.place import Place
from spip_desktop.reference import load
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.kept_typing import KeptTyping
from spip_desktop.ui.labels import Paragraph
from spip_desktop.ui.page import Page
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.similar_panel import SimilarPanel
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_KIND = "person.new"
_MINE = "moi"
_BASES = (("ecrou", "Écrou (milieu fermé)"), ("saisine", "Saisine (milieu ouvert, enquête)"))


class StartPage(Page):
    """Nothing is recorded before « Créer le dossier »; what is typed is kept all the same."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Nouveau dossier", name="person.new")
        self._services, self._guard = services, guard
        today, clock = services.clock.today(), services.clock
        past = date_reader(clock.today, sentence, past=True)
        self._usual: dict[str, object] = {"basis": "ecrou"}
        follow: tuple[FieldSpec, ...] = ()
        if services.persons.may_follow():
            self._usual["follow"] = (_MINE,)
            follow = (_follow(services.context.actor.officer.title),)
        self.form = FormView((*_specs(), *follow), parse_date=past)
        self.form.set_values(self._usual)
        self.similar = SimilarPanel(load("duplicate_reasons").options(today))
        self.similar.list.asked.connect(lambda id_: self.go("person.synthese", id_))
        self.set_primary("Créer le dossier", "check", self._create, name="person.new.create")
        self.add(Paragraph("Quatre champs suffisent ; le reste se complète ensuite."), self.form, self.similar)
        self._typing = KeptTyping(self, _KIND, services.desk, guard, (self.form, self.similar.form))
        for form in (self.form, self.similar.form):
            form.edited.connect(self._on_edited)
        self._show_basis()

    def open(self, place: Place) -> None:
        """Show what was half typed the last time; Refusal `not_allowed` for who creates no dossier."""
        self._services.context.actor.require(Right.WRITE_PERSON)
        self._typing.bring_back()
        self._show_basis()
        self._look()
        if not self.show_field(place.field):
            self.form.field("birth_name").setFocus()

    def flush(self) -> bool:
        return self._typing.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in any field creates the dossier; where something lacks, the refusal says what."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._create()
        else:
            super().keyPressEvent(event)

    def _on_edited(self, code: str) -> None:
        if code == "basis":
            self._show_basis()
        self._look()

    def _show_basis(self) -> None:
        number = self.form.value("basis") != "saisine"
        hidden = "referral_on" if number else "ecrou_number"
        self.form.show_only([code for code in self.form.fields if code != hidden])

    def _start(self) -> QuickStart:
        values = self.form.values()
        number = values.get("basis") != "saisine"
        return QuickStart(
            birth_name=str(values.get("birth_name") or ""),
            first_names=str(values.get("first_names") or ""),
            birth_date=values.get("birth_date"),  # type: ignore[arg-type]
            ecrou_number=str(values.get("ecrou_number") or "") if number else "",
            referral_on=None if number else values.get("referral_on"),  # type: ignore[arg-type]
            follow=bool(values.get("follow")),
        )

    def _look(self) -> None:
        """Who may be this person, from what is typed so far."""
        start = self._start()
        named = bool(start.birth_name and start.first_names and start.birth_date) or bool(start.ecrou_number)
        self.similar.show_found(self._services.persons.similar(start) if named else ())

    def _create(self) -> None:
        if drafts := self.form.drafts():
            self.form.field(next(iter(drafts))).setFocus()
            return
        person = self._guard.run(
            self._services.persons.quick_start, self._start(), self.similar.reason(), refused=self._refused
        )
        if person is None:
            return
        self._typing.forget()
        self.form.set_values(dict.fromkeys(self.form.fields) | self._usual)
        self.similar.clear()
        self.band.clear()
        self.saved.emit(self._services.clock.now())
        self.go("person.situation", person)

    def _refused(self, refusal: Refusal) -> None:
        """Each sentence beside its field; a duplicate shows who was found and asks why."""
        self.form.show_problems({})
        if refusal.code == "duplicate":
            self.similar.ask(refusal)
            return
        if rest := self.form.show_refusal(refusal, sentence):
            self.band.show_sentence(rest[0])


def _follow(title: str) -> FieldSpec:
    said = f"Je suis {the_referent(referent(title))} de ce dossier"
    return FieldSpec("follow", "Suivi", FieldKind.TICKS, ((_MINE, said),))


def _specs() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("birth_name", "Nom de naissance", required=True, width="half"),
        FieldSpec("first_names", "Prénoms", required=True, width="half"),
        FieldSpec(
            "birth_date", "Date de naissance", FieldKind.DATE, required=True, width="half", help="14/3/04, 140304"
        ),
        FieldSpec("basis", "Suivi à partir de", FieldKind.RADIO, _BASES),
        FieldSpec("ecrou_number", "Numéro d’écrou", width="half"),
        FieldSpec("referral_on", "Saisine reçue le", FieldKind.DATE, width="half"),
    )
