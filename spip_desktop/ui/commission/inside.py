"""What lives inside a version of a CPI: who sat, and what was decided; each line saves the version it is in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from spip_desktop.domain import dates
from spip_desktop.domain.board_review import BoardDecision, BoardMember, BoardReview
from spip_desktop.services.commission_labels import profession
from spip_desktop.services.lines import Saved, Stored
from spip_desktop.ui.binding import Bound
from spip_desktop.ui.commission.specs import decision_fields, member_fields
from spip_desktop.ui.dossier import DossierPage
from spip_desktop.ui.layout import column
from spip_desktop.ui.line_section import LineSection, LineShape, LineWords
from spip_desktop.ui.readers import date_reader
from spip_desktop.ui.record_form import Target
from spip_desktop.wording import sentence

SaveLine = Callable[[UUID, UUID, Mapping[str, object], int], Saved]


@dataclass(frozen=True, slots=True)
class InsideKind:
    """One kind of line: the field of the version it is in, its words, how it is said, made and saved."""

    field: str
    words: LineWords
    removed: str
    describe: Callable[[Any], tuple[str, str]]
    fields: tuple[Bound, ...]
    new: Callable[[UUID], object]
    save: SaveLine


class InsideLines(QWidget):
    """The lines of one kind; Tab, « Ajouter », « Supprimer » and « Annuler » as everywhere."""

    def __init__(self, page: DossierPage, kind: InsideKind) -> None:
        super().__init__()
        self.setObjectName(kind.field)
        self._page, self._kind = page, kind
        self._stored: Stored[BoardReview] | None = None
        target = Target(f"board_{kind.field}", self._save, page.services.desk, page.guard.report)
        parse = date_reader(page.services.clock.today, sentence)
        shape = LineShape(kind.describe, lambda _: kind.fields, target, parse)
        self.section = LineSection(f"{kind.field}.lines", kind.words, shape)
        self.section.add_asked.connect(self._add)
        self.section.remove_asked.connect(self._remove)
        self.section.saved.connect(page.note_saved)
        self.section.failed.connect(page.save_failed)
        self.section.done.connect(page.history.push)
        self.section.changed.connect(page.reload)
        column(self, gap=0).addWidget(self.section)
        self.setFocusProxy(self.section)

    def show_review(self, stored: Stored[BoardReview], *, read_only: bool) -> None:
        self._stored = stored
        self.section.show_lines([(one.id, one, stored.lock) for one in self._lines()])
        self.section.set_read_only(read_only)

    def follow(self, stored: Stored[BoardReview]) -> None:
        """The version was saved by another part of the page; nothing being typed here is touched."""
        self._stored = stored

    def flush(self) -> bool:
        return self.section.flush()

    def _save(self, id_: UUID, changes: Mapping[str, object], _: int | None) -> Saved:
        """Under the lock of the version as it is shown: its lines share it."""
        stored = self._shown()
        return self._kind.save(stored.value.id, id_, changes, stored.lock)

    def _add(self) -> None:
        if self._stored is None or not self._page.flush():
            return
        new, before = self._kind.new(self._page.services.context.ids.new()), self._lines()
        if self._page.act(lambda: self._write((*before, new)), "", lambda: self._write(before)):
            self.section.open_line(new.id)  # type: ignore[attr-defined]

    def _remove(self, id_: UUID) -> None:
        if self._page.flush():
            before = self._lines()
            kept = tuple(one for one in before if one.id != id_)
            self._page.act(lambda: self._write(kept), self._kind.removed, lambda: self._write(before))

    def _lines(self) -> tuple[Any, ...]:
        lines: tuple[Any, ...] = getattr(self._shown().value, self._kind.field)
        return lines

    def _write(self, lines: tuple[Any, ...]) -> None:
        stored = self._shown()
        draft = self._page.services.commissions.draft
        draft.save_fields(stored.value.id, {self._kind.field: lines})

    def _shown(self) -> Stored[BoardReview]:
        assert self._stored is not None
        return self._stored


def members(page: DossierPage) -> InsideLines:
    """Who sat, by profession."""
    kind = InsideKind(
        field="members",
        words=LineWords("Membres présents", "Ajouter un membre", "Aucun membre noté."),
        removed="Membre supprimé",
        describe=lambda one: (one.name or profession(one.profession), profession(one.profession) if one.name else ""),
        fields=member_fields(page.services.clock.today()),
        new=lambda id_: BoardMember(id=id_),
        save=page.services.commissions.draft.save_member,
    )
    return InsideLines(page, kind)


def decisions(page: DossierPage) -> InsideLines:
    """What was decided, by whom and until when."""
    kind = InsideKind(
        field="decisions",
        words=LineWords("Décisions", "Ajouter une décision", "Aucune décision notée."),
        removed="Décision supprimée",
        describe=_decision,
        fields=decision_fields(),
        new=lambda id_: BoardDecision(id=id_, lineage=id_),
        save=page.services.commissions.draft.save_decision,
    )
    return InsideLines(page, kind)


def _decision(one: BoardDecision) -> tuple[str, str]:
    due = f"pour le {dates.short(one.due)}" if one.due else "date à écrire"
    said = ", ".join(part for part in (one.who or "qui, à écrire", due) if part)
    return one.label or "Décision à écrire", said[:1].upper() + said[1:]
