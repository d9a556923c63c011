"""« Nouveau dossier »: four fields, and who is already recorded under the same name."""

from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right, referent, the_referent
from spip_desktop.domain.person_list import Similar
from spip_desktop.domain.place import Place
from spip_desktop.reference import load
from spip_desktop.services.person import QuickStart
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, SectionTitle
from spip_desktop.ui.layout import column
from spip_desktop.ui.page import Page
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.similar_list import SimilarList
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

#: A dossier not created yet has no id: its half-typed fields are kept under this one.
_NOT_YET = UUID(int=0)
_KIND = "person.new"
_MINE = "moi"
_KEEP_AFTER = 700  # ms after the last key
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
        self.similar = _SimilarPanel(load("duplicate_reasons").options(today))
        self.similar.list.asked.connect(lambda id_: self.go("person.synthese", id_))
        self.set_primary("Créer le dossier", "check", self._create, name="person.new.create")
        self.add(Paragraph("Quatre champs suffisent ; le reste se complète ensuite."), self.form, self.similar)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER)
        self._timer.timeout.connect(self._keep)
        for form in (self.form, self.similar.form):
            form.edited.connect(self._on_edited)
        self._show_basis()

    def open(self, place: Place) -> None:
        """Show what was half typed the last time; Refusal `not_allowed` for who creates no dossier."""
        self._services.context.actor.require(Right.WRITE_PERSON)
        drafts = {one.field: one.text for one in self._services.desk.of(_KIND, _NOT_YET)}
        self.form.set_drafts(drafts)
        self.similar.form.set_drafts(drafts)
        self._show_basis()
        self._look()
        if not self.show_field(place.field):
            self.form.field("birth_name").setFocus()

    def flush(self) -> bool:
        if self._timer.isActive():
            self._timer.stop()
            self._keep()
        return True

    def _on_edited(self, code: str) -> None:
        self._timer.start()
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

    def _keep(self) -> None:
        """Keep every field as typed: a lock or a power cut loses nothing."""
        fields = {**self.form.fields, **self.similar.form.fields}
        self._guard.run(
            self._services.desk.keep,
            [Draft(_KIND, _NOT_YET, code, field.raw_text()) for code, field in fields.items()],
        )

    def _create(self) -> None:
        if drafts := self.form.drafts():
            self.form.field(next(iter(drafts))).setFocus()
            return
        person = self._guard.run(
            self._services.persons.quick_start, self._start(), self.similar.reason(), refused=self._refused
        )
        if person is None:
            return
        self._timer.stop()
        self._services.desk.drop(_KIND, _NOT_YET)
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


class _SimilarPanel(QWidget):
    """The similar persons, and the reason for one more dossier."""

    def __init__(self, reasons: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.setObjectName("similar")
        self._labels = dict(reasons)
        self.list = SimilarList("similar.list")
        self.form = FormView(
            (
                FieldSpec("duplicate_reason", "Pourquoi un autre dossier", FieldKind.CHOICE, reasons, width="half"),
                FieldSpec("duplicate_detail", "Précision", width="half"),
            )
        )
        inside = column(self, gap=12)
        inside.addWidget(SectionTitle("Déjà enregistré, peut-être la même personne"))
        inside.addWidget(self.list)
        inside.addWidget(self.form)
        self.hide()

    def show_found(self, found: tuple[Similar, ...]) -> None:
        self.list.show_found(found)
        self.setVisible(bool(found))

    def reason(self) -> str:
        """The reason in words, as the dossier keeps it; nothing while it is not complete."""
        code, detail = str(self.form.value("duplicate_reason")), str(self.form.value("duplicate_detail"))
        if self.isHidden() or not code or (code == "autre" and not detail):
            return ""
        return ", ".join(part for part in (self._labels[code], detail) if part)

    def ask(self, refusal: Refusal) -> None:
        found = refusal.problems[0].data["found"]
        assert isinstance(found, tuple)
        self.show_found(found)
        self.form.show_refusal(refusal, sentence)

    def clear(self) -> None:
        self.form.set_values({"duplicate_reason": "", "duplicate_detail": ""})
        self.show_found(())


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
