"""« Conflits »: one section a record, with what it held, what it says here and what it says elsewhere."""

from PySide6.QtCore import Qt

from spip_desktop.domain import dates
from spip_desktop.domain.clock import PARIS
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.leaves import Leaf
from spip_desktop.domain.merging import Reason
from spip_desktop.domain.place import Place
from spip_desktop.services.conflict import Choice, Conflict
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.conflicts.field import DisputedField
from spip_desktop.ui.conflicts.lists import VersionsSection, WaitingSection
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import EmptyState, Paragraph, Section, SmallText
from spip_desktop.ui.layout import clear, column
from spip_desktop.ui.page import Page
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_EXPLAINED = (
    "Ces éléments ont été modifiés ici et sur un autre poste. Rien n’est perdu : ce que vous ne gardez pas reste dans "
    "l’historique, et votre décision part avec le prochain paquet."
)
_EMPTY = "Aucun conflit à traiter."
_ADVICE = (
    "Quand la même rubrique est modifiée ici et ailleurs, les deux versions viennent ici une fois le paquet repris."
)


class ConflictsPage(Page):
    """Each section is settled by itself; the page then shows those that are left."""

    def __init__(self, services: Services, guard: Guard) -> None:
        super().__init__("Conflits", name="conflicts")
        self._services, self._guard = services, guard
        self.explained = Paragraph(_EXPLAINED, colour="texte_2")
        self._sections = column(gap=24)
        self.empty = EmptyState(_EMPTY, _ADVICE)
        self.waiting, self.versions = WaitingSection(), VersionsSection()
        self.versions.opened.connect(self.went)
        self.add(self.explained, self._sections, self.empty, self.waiting, self.versions)

    def open(self, place: Place) -> None:
        super().open(place)
        self._give_focus()

    def reload(self) -> None:
        """Read again what is to be settled, and what waits."""
        service = self._services.conflicts
        conflicts = service.all()
        clear(self._sections)
        for one in conflicts:
            self._sections.addWidget(ConflictSection(self, one))
        self.explained.setVisible(bool(conflicts))
        self.empty.setVisible(not conflicts)
        self.waiting.show_late(service.waiting())
        self.versions.show_versions(service.versions())
        self.counted.emit(len(conflicts))

    def settle(self, section: "ConflictSection") -> None:
        """Keep what was chosen in one section, then show what is left."""
        done = self._guard.run(self._settled, section, refused=section.refuse)
        if done:
            self.reload()
            self.notice.show_sentence(f"{section.conflict.kind} : c’est réglé.")
            self._give_focus()

    def _settled(self, section: "ConflictSection") -> bool:
        self._services.conflicts.settle(section.conflict.object_id, section.choices())
        return True

    def _give_focus(self) -> None:
        item = self._sections.itemAt(0)
        widget = item.widget() if item else None
        (widget.first() if isinstance(widget, ConflictSection) else self.waiting.table).setFocus()


class ConflictSection(Section):
    """One record: what is asked, its fields in dispute, the act that settles them."""

    def __init__(self, page: ConflictsPage, conflict: Conflict) -> None:
        title = " – ".join(part for part in (conflict.person, conflict.kind) if part)
        found = dates.short(conflict.found_at.astimezone(PARIS).date())
        super().__init__(title, Paragraph(conflict.question), right=f"depuis le {found}", gap=8)
        self.conflict = conflict
        asks = conflict.reason is Reason.SAME_FIELD
        self.fields = [DisputedField(one, f"conflict.{conflict.object_id}", asks=asks) for one in conflict.fields]
        self.add(*self.fields)
        if conflict.merged:
            self.add(SmallText(f"Réuni sans rien demander : {', '.join(conflict.merged)}."))
        words = "Garder ces choix" if asks else "Garder le document arrêté"
        self.button = Button(words, "check", name=f"conflict.{conflict.object_id}.settle")
        self.button.clicked.connect(lambda: page.settle(self))
        self.lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def first(self) -> "DisputedField | Button":
        """Where one begins: the first choice, or the button when there is none to make."""
        return self.fields[0] if self.fields and self.fields[0].asks else self.button

    def choices(self) -> dict[Leaf, Choice]:
        return {one.field.leaf: choice for one in self.fields if (choice := one.value())}

    def refuse(self, refusal: Refusal) -> None:
        """The sentence beside the field that lacks a choice."""
        for one in self.fields:
            lacks = any(problem.field == one.field.leaf.field for problem in refusal.problems) and one.value() is None
            one.say(sentence(refusal) if lacks else "")
