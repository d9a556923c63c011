"""The page « Conservation »: what is due, chosen line by line; suspended, looked at, erased; then certified."""

from collections.abc import Callable, Mapping
from functools import partial
from itertools import pairwise
from uuid import UUID

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from spip_desktop import reference
from spip_desktop.domain import dates
from spip_desktop.domain.draft import Draft
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.place import Place
from spip_desktop.domain.retention import Scope
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.services.printing import Printable
from spip_desktop.services.retention import DueLine, Erased, OldCopies
from spip_desktop.ui.buttons import Button, QuietButton
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Section, SmallText
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.page import Page
from spip_desktop.ui.printing import PrintLine
from spip_desktop.ui.retention.certificates import CertificateView, PastTable
from spip_desktop.ui.retention.lines import DueTable
from spip_desktop.ui.retention.panels import ErasePanel, HoldPanel, LiftPanel, Panel, PreviewPanel, dossiers
from spip_desktop.ui.tab_order import stops_tab
from spip_desktop.ui.tasks import Task, Tasks
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_EMPTY = "Aucun dossier n’est à effacer."
_EMPTY_ADVICE = (
    "Un dossier vient ici cinq ans après la fin de la dernière mesure, ou trente jours après sa saisie s’il n’a ni "
    "mesure ni écrou ; l’écrou seul, deux ans après sa levée."
)
_EXPLAINED = (
    "Les règles proposent, vous décidez. Rien ne s’efface seul. Une fin prévue n’est pas une fin : seule une fin notée "
    "compte."
)
_DRAFTS = "retention"
_CHOOSE = "Choisissez au moins un dossier."


class RetentionPage(Page):
    """Erasing runs in a worker; the page says how far it is, then shows the certificate."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Conservation", name="retention")
        self._services, self._guard = services, guard
        self.tasks = Tasks(self)
        self.printing = PrintLine(services.printing, name="retention.printing")
        self.due, self.past = DueTable(), PastTable()
        self.certificate = CertificateView()
        self.empty = EmptyState(_EMPTY, french_spaces(_EMPTY_ADVICE))
        self.panel: Panel | None = None
        self._shown: Printable | None = None
        self._build()

    def _build(self) -> None:
        self.open_button = self.add_action("Ouvrir le dossier", "folder", self._open, name="retention.open")
        self.layout().insertWidget(2, self.printing)  # type: ignore[union-attr]
        self.copies = Section("Des copies gardent encore ce qui a été effacé", name="retention.copies", gap=8)
        self.copies_said = SmallText("")
        self.renew = Button("Refaire les sauvegardes", "refresh", name="retention.renew")
        self.copies.add(self.copies_said, _from_the_left(self.renew))
        self._build_acts()
        holder = QWidget()
        self._place = column(holder, gap=0)
        self.section = Section("À effacer", self.acts, holder, self.due, self.empty, name="retention.section", gap=8)
        self.before = Section("Effacements passés", self.past, name="retention.past", gap=8)
        self.add(SmallText(french_spaces(_EXPLAINED)), self.copies, self.certificate, self.section, self.before)
        self._connect()

    def _build_acts(self) -> None:
        self.every = QuietButton("Tout choisir", name="retention.all")
        self.none = QuietButton("Ne rien choisir", name="retention.none")
        self.look = Button("Voir ce qui sera effacé", "eye", name="retention.look")
        self.hold = Button("Suspendre l’effacement", "lock", name="retention.suspend")
        self.lift = Button("Lever la suspension", name="retention.release")
        self.erase = Button("Effacer définitivement", "trash", name="retention.delete")
        self.why = SmallText(_CHOOSE)
        self.acts = FlowRow(gap=8, line_gap=8)
        self.acts.add(self.every, self.none, self.look, self.hold, self.lift, self.erase)

    def _connect(self) -> None:
        self.section.lines.insertWidget(2, self.why)
        self.due.choice_changed.connect(self._show_acts)
        self.due.current_changed.connect(lambda _: self._show_acts())
        self.every.clicked.connect(lambda: self.due.choose(every=True))
        self.none.clicked.connect(lambda: self.due.choose(every=False))
        self.look.clicked.connect(self._preview)
        self.hold.clicked.connect(self._ask_hold)
        self.lift.clicked.connect(self._ask_lift)
        self.erase.clicked.connect(self._ask_erase)
        self.renew.clicked.connect(self._renew_copies)
        self.past.opened.connect(self._show_certificate)
        self.certificate.closed.connect(self._close_certificate)
        self.certificate.print_asked.connect(self.print_document)
        self.printing.printed.connect(self.notice.show_sentence)
        self.printing.failed.connect(self.band.show_sentence)

    # -- what every page does --------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        """The list as it is now, its rows in focus."""
        self.notice.hide()
        self._close_certificate()
        self._close_panel()
        self.reload()
        if not self.show_field(place.field) and self.due.lines():
            self.due.setFocus()

    def reload(self) -> None:
        service = self._services.retention
        lines = service.lines()
        self.due.show_lines(lines)
        for part in (self.due, self.acts, self.why):
            part.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        self.section.heading.set_title(f"À effacer, {dossiers(len(lines))}" if lines else "À effacer")
        past = service.past()
        self.past.show_batches(past)
        self.before.setVisible(bool(past))
        self._show_copies(service.old_copies())
        self._show_acts()

    def flush(self) -> bool:
        """Keep the reason that is being typed: a lock folds the panel."""
        texts = self.panel.typed() if self.panel else {}
        if texts:
            self._services.desk.keep([Draft(_DRAFTS, self._mine(), code, text) for code, text in texts.items()])
        return True

    def _mine(self) -> UUID:
        return self._services.context.officer_id

    def leave(self) -> None:
        self.printing.stop()
        self.tasks.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """No passphrase stays on a page that was left."""
        super().hideEvent(event)
        if not event.spontaneous() and isinstance(self.panel, ErasePanel):
            self.panel.forget()

    def print_document(self) -> None:
        """Ctrl+P: the certificate shown."""
        if self._shown is not None:
            self.band.clear()
            self.printing.ask(self._shown)

    # -- what may be done now --------------------------------------------------------------------------------

    def _show_acts(self) -> None:
        chosen = self.due.chosen()
        held = [line for line in chosen if line.hold]
        busy = self.tasks.busy()
        self.look.set_available(bool(chosen) and not busy, _CHOOSE)
        self.hold.set_available(bool(chosen) and not held and not busy, _CHOOSE if not chosen else "Déjà suspendu.")
        self.lift.set_available(bool(held) and len(held) == len(chosen) and not busy, "Rien n’y est suspendu.")
        self.erase.set_available(bool(chosen) and not held and not busy, _CHOOSE if not chosen else "Suspendu.")
        self.why.setText(_said(chosen, held))
        current = self.due.current_key()
        self.open_button.set_available(current is not None and bool(self.due.lines()))

    def _open(self) -> None:
        key = self.due.current_key()
        line = next((one for one in self.due.lines() if one.due.person_id == key), None)
        if line is None:
            return
        if line.due.scope is Scope.REQUEST:
            self.go("requests", field=str(key))
        else:
            self.go("person.synthese", line.due.person_id)

    # -- panels ----------------------------------------------------------------------------------------------

    def _preview(self) -> None:
        service = self._services.retention

        def count() -> list[Mapping[str, int]]:
            return [service.preview(line.due) for line in self.due.chosen()]

        counts = self._guard.run(count, refused=self._tell)
        if counts:
            panel = PreviewPanel(counts)
            self._unfold(panel)
            panel.go.setFocus()

    def _ask_hold(self) -> None:
        reasons = reference.load("hold_reasons").options(self._services.clock.today())
        panel = HoldPanel(len(self.due.chosen()), reasons)
        self._unfold(panel)
        panel.asked.connect(partial(self._hold, panel))
        panel.form.field("hold_reason").setFocus()

    def _hold(self, panel: HoldPanel) -> None:
        service, persons = self._services.retention, [line.due.person_id for line in self.due.chosen()]
        reason, detail = panel.reason(), panel.detail()
        self._act(panel, lambda: [service.hold(one, reason, detail) for one in persons], "Effacement suspendu.")

    def _ask_lift(self) -> None:
        panel = LiftPanel(len(self.due.chosen()))
        self._unfold(panel)
        panel.asked.connect(partial(self._lift, panel))
        panel.form.field("lift_reason").setFocus()

    def _lift(self, panel: LiftPanel) -> None:
        service, reason = self._services.retention, panel.reason()
        holds = [line.hold.id for line in self.due.chosen() if line.hold]

        def lift() -> None:
            for one in holds:
                service.lift(one, reason)

        self._act(panel, lift, "Suspension levée.")

    def _act(self, panel: Panel, do: Callable[[], object], said: str) -> None:
        refusals: list[Refusal] = []
        self._guard.run(do, refused=refusals.append)
        if refusals:
            panel.tell(refusals[0])
            return
        self._forget_drafts()
        self._close_panel()
        self.saved.emit(self._services.clock.now())
        self.due.choose(every=False)
        self.reload()
        self.notice.show_sentence(said)
        self.due.setFocus()

    def _unfold(self, panel: Panel) -> None:
        self._close_panel()
        self.notice.hide()
        self.band.clear()
        self.panel = panel
        self._place.addWidget(panel)
        if panel.form is not None:
            drafts = self._services.desk.of(_DRAFTS, self._mine())
            panel.form.set_drafts({draft.field: draft.text for draft in drafts})
        _put_in_tab_order(self.erase, panel, self.due)
        panel.left.connect(self._fold)

    def _fold(self) -> None:
        self._forget_drafts()
        self._close_panel()
        (self.due if self.due.lines() else self).setFocus()

    def _forget_drafts(self) -> None:
        self._services.desk.drop(_DRAFTS, self._mine())

    def _close_panel(self) -> None:
        if isinstance(self.panel, ErasePanel):
            self.panel.forget()
        clear(self._place)
        self.panel = None

    # -- erasing ---------------------------------------------------------------------------------------------

    def _ask_erase(self) -> None:
        panel = ErasePanel(len(self.due.chosen()))
        self._unfold(panel)
        panel.asked.connect(partial(self._erase, panel))
        panel.form.field("erase_reason").setFocus()

    def _erase(self, panel: ErasePanel) -> None:
        chosen = [line.due for line in self.due.chosen()]
        passphrase, reason = panel.passphrase(), panel.reason()
        persons = frozenset(one.person_id for one in chosen)
        panel.wait(True)
        self.due.setEnabled(False)

        def work(task: Task) -> Erased:
            return self._services.retention.erase(chosen, passphrase, reason, task.progress)

        def over() -> None:
            self.due.setEnabled(True)
            panel.wait(False)

        def refused(refusal: Refusal) -> None:
            over()
            panel.tell(refusal)

        def done(erased: Erased) -> None:
            over()
            self._erased(erased, persons)

        def failed(error: Exception) -> None:
            over()
            self._guard.report(error)

        task = self.tasks.follow(work, done, refused=refused, failed=failed, cancelled=over)
        task.progressed.connect(panel.show_progress)
        task.finished.connect(self._show_acts)
        self._show_acts()

    def _erased(self, erased: Erased, persons: frozenset[UUID]) -> None:
        self._forget_drafts()
        self._close_panel()
        self.saved.emit(self._services.clock.now())
        self.erased.emit(persons)
        self.reload()
        self.notice.show_sentence(f"{dossiers(len(persons)).capitalize()}{NBSP}: effacement terminé.")
        self._show_certificate(erased.batch)

    def _renew_copies(self) -> None:
        self.renew.setEnabled(False)

        def done(left: OldCopies | None) -> None:
            self.renew.setEnabled(True)
            self._show_copies(left)
            if left is None:
                self.notice.show_sentence("Les sauvegardes sont refaites. Plus aucune ne garde ce qui a été effacé.")

        def refused(refusal: Refusal) -> None:
            self.renew.setEnabled(True)
            self._tell(refusal)

        self.tasks.follow(lambda task: self._services.retention.renew_copies(task.progress), done, refused=refused)

    def _show_copies(self, left: OldCopies | None) -> None:
        self.copies.setVisible(left is not None)
        if left is None:
            return
        if left.folder is None:
            said = "Les sauvegardes n’ont pas pu être refaites. Faites de la place sur le disque, puis recommencez."
        else:
            said = (
                f"Le dossier {left.folder} n’a pas pu être atteint : il garde des copies d’avant. Branchez ce support, "
                "puis refaites les sauvegardes. S’il ne sert plus, détruisez-le."
            )
        self.copies_said.setText(french_spaces(said))

    # -- certificates ----------------------------------------------------------------------------------------

    def _show_certificate(self, batch: object) -> None:
        assert isinstance(batch, UUID)
        paper = self._guard.run(self._services.retention.certificate, batch, refused=self._tell)
        if isinstance(paper, Printable):
            self._shown = paper
            self.certificate.show_paper(paper.content)
            self.body.verticalScrollBar().setValue(0)
            self.certificate.print_button.setFocus()

    def _close_certificate(self) -> None:
        self._shown = None
        self.printing.hide()
        self.certificate.hide()

    def _tell(self, refusal: Refusal) -> None:
        self.band.show_sentence(sentence(refusal))


def _said(chosen: list[DueLine], held: list[DueLine]) -> str:
    """What is chosen, and what it does not allow."""
    if not chosen:
        return _CHOOSE
    if held:
        return f"{dossiers(len(chosen)).capitalize()}, dont {len(held)} suspendu{'s' if len(held) > 1 else ''}."
    oldest = min(line.due.due_on for line in chosen)
    return f"{dossiers(len(chosen)).capitalize()}. Le plus ancien est échu depuis le {dates.short(oldest)}."


def _from_the_left(button: Button) -> FlowRow:
    line = FlowRow()
    line.add(button)
    return line


def _put_in_tab_order(before: QWidget, panel: QWidget, after: QWidget) -> None:
    """What was made last would be the last stop of Tab: these come between the acts and the list."""
    inside = [one for one in panel.findChildren(QWidget) if one.window() is panel.window()]  # no list that unfolds
    stops = [one for one in inside if stops_tab(one)]
    for one, following in pairwise([before, *stops, after]):
        QWidget.setTabOrder(one, following)
