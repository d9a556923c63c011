"""« Demandes d’accès »: the requests noted, and the answer being prepared, its texts masked word by word."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.access_answer import AccessAnswer
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.held import Authority, Category
from spip_desktop.domain.place import Place
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.services.access_answer import KIND as ANSWER
from spip_desktop.services.access_answer import AnswerView
from spip_desktop.services.printing import Printable
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.choices import Tick
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.held.mask_text import MaskText
from spip_desktop.ui.labels import EmptyState, Paragraph, Section, SmallText
from spip_desktop.ui.layout import column, set_size
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.remark import Remark
from spip_desktop.ui.table import Cell, Column, RecordRow, TableView
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence
from spip_desktop.wording.held import ANSWER_TITLE, AUTHORITIES, NEVER_HANDED

KIND = "person.access"
_TITLE = "Demandes d’accès"
_COLUMNS = (Column("Reçue le", 112), Column("Autorité qui répond"), Column("Adressée à", 240), Column("Réponse", 176))
_EMPTY = "Aucune demande d’accès notée."
_ADVICE = french_spaces(
    "La personne demande ses données au procureur (APPI) ou au chef d’établissement (GENESIS). Quand l’autorité vous "
    "interroge, notez la demande : la réponse se prépare ici."
)
_KEYS = french_spaces(
    "Flèches : d’un mot ou d’un texte à l’autre. Espace : masquer le mot, ou le montrer. Les noms enregistrés, les "
    "coordonnées et ce qui concerne un tiers sont déjà masqués ; le logiciel n’en reconnaît pas d’autres : relisez."
)
_READ = "J’ai relu chaque texte"


class AccessPage(DossierPage):
    """The answer of the row in hand is below the list; what is masked is saved at once."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__(services, guard, _TITLE, KIND)
        self._view: AnswerView | None = None
        self._answers: Sequence[AccessAnswer] = ()
        self._read: set[str] = set()
        self.starting = FormView(_starting(), parse_date=date_reader(services.clock.today, sentence))
        self.begin = Button("Noter la demande", "plus", name="access.begin")
        self.table = TableView(_COLUMNS, name="access.table", label=_TITLE)
        self.empty = EmptyState(_EMPTY, _ADVICE)
        self.printing = PrintLine(services.printing, name="access.printing")
        self.prepared = QWidget()
        self._build_answer()
        self._build()

    def _build(self) -> None:
        outer = self.layout()
        assert isinstance(outer, QVBoxLayout)
        outer.insertWidget(2, self.printing)
        new = Section("Nouvelle demande", set_size(self.starting, max_width=720), buttons(self.begin), gap=8)
        for part in (self.table, self.empty, self.prepared, new):
            self.inside.addWidget(part)
        self.drop = self.add_action("Supprimer", "trash", self._drop, name="access.drop")
        self.draft = self.add_action("Imprimer le projet", "printer", self.print_document, name="access.draft")
        self.establish = self.set_primary("Établir la réponse", "check", self._establish, name="access.establish")
        self.begin.clicked.connect(self._begin)
        self.table.current_changed.connect(self._choose)
        self.table.opened.connect(lambda _: self.texts.setFocus())
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)
        self.printing.left.connect(self.texts.setFocus)

    def _build_answer(self) -> None:
        self.never = Remark(NEVER_HANDED, "body", "alert-circle")
        self.head_form = FormView(
            (
                FieldSpec("addressee", "Adressée à", max_length=160, width="half", help="Autorité et lieu, sans nom."),
                FieldSpec("reference", "Référence de la demande", max_length=80, width="half"),
            )
        )
        self.category = ChoiceField(FieldSpec("access_category", "Catégorie", FieldKind.CHOICE))
        self.told = SmallText("", wrap=True)
        self.texts = MaskText("access.texts", "Textes de la catégorie, à relire et à masquer")
        self.whole = Button("Masquer tout ce texte", name="access.whole")
        self.none = Button("Ne rien masquer dans ce texte", name="access.none")
        self.next = Button("Catégorie suivante", "chevron-right", name="access.next")
        self.read = Tick(_READ, "access.read")
        inside = column(self.prepared, gap=12)
        keys = Paragraph(_KEYS, colour="texte_2")
        parts = (self.never, set_size(self.head_form, max_width=840), set_size(self.category, max_width=520), self.told)
        for part in (*parts, keys, self.texts, buttons(self.whole, self.none, self.next), self.read):
            inside.addWidget(part)
        self.whole.clicked.connect(lambda: self.texts.mask_passage(whole=True))
        self.none.clicked.connect(lambda: self.texts.mask_passage(whole=False))
        self.next.clicked.connect(self._next)
        self.category.edited.connect(lambda _: self._show_texts())
        self.texts.changed.connect(self._mask)
        for field in self.head_form.fields.values():
            field.left.connect(lambda _: self.flush())
        self.read.toggled.connect(lambda _: self._show_acts())

    # -- what every page does --------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        super().open(place)
        if not self.content.isHidden() and not place.field:
            (self.texts if self._view else self.starting.field("authority")).setFocus()

    def show_values(self, person_id: UUID) -> None:
        kept = self._view.answer.id if self._view else None
        self._answers = self.services.access_answers.of_person(person_id)
        ids = [one.id for one in self._answers]
        self._view = self._read_answer(kept if kept in ids else ids[0] if ids else None)
        self.table.set_rows([RecordRow(one.id, _cells(one)) for one in self._answers])
        self.table.setVisible(bool(ids))
        self.empty.setVisible(not ids)
        self.starting.set_values({"authority": Authority.PROSECUTOR.value, "received_on": self.services.clock.today()})
        self._show_answer()

    def flush(self) -> bool:
        """To whom it is addressed is kept when one leaves the field or the page."""
        view = self._view
        said = [str(self.head_form.value(name) or "") for name in ("addressee", "reference")]
        if view is None or view.answer.is_prepared or said == [view.answer.addressee, view.answer.reference]:
            return True
        self.guard.run(self.services.access_answers.write_head, view.answer.id, *said, refused=self.tell)
        self._view = self._read_answer(view.answer.id)
        self.saved.emit(self.services.clock.now())
        return True

    def print_document(self) -> None:
        """The project, or the answer once it is established."""
        if self._view is None:
            return
        self.flush()
        answer, service = self._view.answer, self.services.access_answers
        if answer.is_prepared:
            self._print(self.guard.run(service.paper, answer.id, refused=self.tell))
            return
        content = self.guard.run(service.preview, answer.id, refused=self.tell)
        if content is not None:
            self._print(Printable(title=ANSWER_TITLE, content=content, kind=ANSWER, object_id=answer.id))

    def leave(self) -> None:
        self.printing.stop()

    # -- the answer in hand ----------------------------------------------------------------------------------

    def _read_answer(self, answer_id: UUID | None) -> AnswerView | None:
        return self.services.access_answers.view(answer_id) if answer_id else None

    def _choose(self, key: object) -> None:
        if isinstance(key, UUID) and (self._view is None or key != self._view.answer.id):
            self.flush()
            self._view = self._read_answer(key)
            self._read.clear()
            self.read.setChecked(False)
            self._show_answer()

    def _show_answer(self) -> None:
        view = self._view
        self.prepared.setVisible(view is not None)
        self._show_acts()
        if view is None:
            return
        self.head_form.set_values({"addressee": view.answer.addressee, "reference": view.answer.reference})
        for field in self.head_form.fields.values():
            field.set_read_only(view.answer.is_prepared)
        chosen = str(self.category.value())
        self.category.set_options([(one.code, _named(one, view.hidden)) for one in view.categories])
        codes = [one.code for one in view.categories]
        self.category.set_value(chosen if chosen in codes else next(iter(codes), ""))
        self._show_texts()

    def _show_texts(self) -> None:
        category = self._category()
        if category is None or self._view is None:
            return
        said = [category.purpose, category.legal, category.retention]
        if category.counted:
            said.insert(0, f"{category.count}{NBSP}: {category.counted}")
        self.told.setText("\n".join(part for part in said if part))
        self.texts.setVisible(not category.counted)
        self.whole.setVisible(not category.counted and not self._view.answer.is_prepared)
        self.none.setVisible(not category.counted and not self._view.answer.is_prepared)
        self.texts.show_records(category.records, self._view.hidden, frozen=self._view.answer.is_prepared)

    def _category(self) -> Category | None:
        code = str(self.category.value())
        return next((one for one in self._view.categories if one.code == code), None) if self._view else None

    def _next(self) -> None:
        codes = [one.code for one in self._view.categories] if self._view else []
        at = codes.index(str(self.category.value())) + 1 if codes else 0
        if codes:
            self.category.set_value(codes[at % len(codes)])
            self._show_texts()
            (self.texts if not self.texts.isHidden() else self.next).setFocus()

    def _mask(self, key: str, numbers: frozenset[int]) -> None:
        if self._view is None:
            return
        answer = self._view.answer.id
        self.guard.run(self.services.access_answers.hide, answer, key, numbers, refused=self.tell)
        self.saved.emit(self.services.clock.now())
        self._view = self._read_answer(answer)

    def _show_acts(self) -> None:
        answer = self._view.answer if self._view else None
        waits = answer is not None and not answer.is_prepared
        self.read.setVisible(waits)
        self.drop.setVisible(waits)
        self.establish.setVisible(waits)
        self.establish.set_available(
            waits and self.read.isChecked(), "" if self.read.isChecked() else "Relisez d’abord."
        )
        self.draft.setVisible(answer is not None)
        self.draft.setText("Réimprimer la réponse" if answer and answer.is_prepared else "Imprimer le projet")

    # -- acts ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        person, received = self.person, self.starting.value("received_on")
        if person is None or not isinstance(received, date):
            return
        self.flush()
        authority = Authority(str(self.starting.value("authority")))
        service = self.services.access_answers
        started = self.guard.run(service.start, person, authority, received, refused=self._refused)
        if started is not None:
            self._view = self._read_answer(started)
            self.reload()
            self.saved.emit(self.services.clock.now())
            self.head_form.field("addressee").setFocus()

    def _drop(self) -> None:
        if self._view is not None:
            id_, service = self._view.answer.id, self.services.access_answers
            self._view = None
            self.act(lambda: service.bin(id_), "Demande supprimée", lambda: service.restore(id_))

    def _establish(self) -> None:
        view = self._view
        if view is None:
            return
        self.flush()
        establish, read = self.services.access_answers.establish, self.read.isChecked()
        paper = self.guard.run(lambda: establish(view.answer.id, read=read), refused=self._refused)
        if paper is not None:
            self.reload()
            self.saved.emit(self.services.clock.now())
            self._print(paper)

    def _print(self, paper: Printable | None) -> None:
        self.band.clear()
        if paper is not None:
            self.printing.ask(paper)

    def _refused(self, refusal: Refusal) -> None:
        for form in (self.starting, self.head_form):
            if refusal.problems[0].field in form.fields and form.isVisible():
                form.show_refusal(refusal, sentence)
                return
        self.tell(refusal)


def _starting() -> tuple[FieldSpec, ...]:
    authorities = tuple((one.value, AUTHORITIES[one]) for one in Authority)
    return (
        FieldSpec("authority", "Autorité qui répond", FieldKind.RADIO, authorities),
        FieldSpec("received_on", "Demande reçue le", FieldKind.DATE, width="half"),
    )


def _named(category: Category, hidden: Mapping[str, frozenset[int]]) -> str:
    """« Entretiens (3), 2 textes masqués »."""
    count = sum(bool(hidden.get(said.key)) for one in category.records for said in one.passages)
    masked = f", {count}{NBSP}texte{'s' if count > 1 else ''} masqué{'s' if count > 1 else ''}" if count else ""
    return f"{category.label} ({category.count}){masked}"


def _cells(one: AccessAnswer) -> tuple[Cell, ...]:
    state = f"Établie le {dates.short(one.prepared_on)}" if one.prepared_on else "En préparation"
    return (
        Cell(dates.short(one.received_on), one.reference),
        Cell(AUTHORITIES[one.authority]),
        Cell(one.addressee or "À écrire", tone="texte" if one.addressee else "texte_2"),
        Cell(state, icon="check" if one.prepared_on else "pencil"),
    )
