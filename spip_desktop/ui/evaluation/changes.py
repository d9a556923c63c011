"""« Ce qui a changé »: any two versions side by side, what went barred and what came underlined."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.evaluation_changes import AnswerChange, Comparison, FindingChange, FindingChangeKind
from spip_desktop.domain.text import NBSP
from spip_desktop.domain.text_diff import Op, Piece, pieces_between
from spip_desktop.services.evaluation_reading import Version
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.changed_text import ChangedText
from spip_desktop.ui.fields import ChoiceField, FieldKind, FieldSpec
from spip_desktop.ui.labels import Rule, SectionTitle, SmallText
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.text import Text
from spip_desktop.wording.evaluation_changes import (
    CHANGES_TITLE,
    FINDING_CHANGES,
    NO_CHANGE,
    NOT_GIVEN,
    asked_words,
    finding_words,
    path_words,
    version_words,
)

_LEGEND = "Barré, ce qui n’y est plus ; souligné, ce qui est nouveau. Rien n’est compté ni noté."


class ChangesView(QWidget):
    """Two versions to choose, and what changed from the earlier to the later."""

    compared = Signal(object, object)  # the ids of two versions
    print_asked = Signal()

    def __init__(self, versions: Sequence[Version]) -> None:
        super().__init__()
        self.setObjectName("changes")
        inside = column(self, gap=12)
        inside.addWidget(SectionTitle(CHANGES_TITLE, role="section"))
        options = tuple((str(one.evaluation.id), version_words(one.evaluation)) for one in versions)
        self.first = ChoiceField(FieldSpec("changes.first", "De la version", FieldKind.CHOICE, options=options))
        self.second = ChoiceField(FieldSpec("changes.second", "À la version", FieldKind.CHOICE, options=options))
        self.print = Button("Imprimer sur une page", "printer", name="changes.print", size="key")
        self.print.clicked.connect(self.print_asked)
        for field in (self.first, self.second):
            field.edited.connect(lambda _: self._ask())
            inside.addWidget(field)
        line = FlowRow(gap=16, line_gap=8)
        line.add(self.print, SmallText(_LEGEND))
        inside.addWidget(line)
        self._found = column(gap=8)
        inside.addLayout(self._found)

    def ids(self) -> tuple[UUID, UUID] | None:
        """The two versions chosen; nothing while one is not."""
        first, second = str(self.first.value() or ""), str(self.second.value() or "")
        return (UUID(first), UUID(second)) if first and second else None

    def show_comparison(self, compared: Comparison) -> None:
        """What changed, findings first, then step by step."""
        self.first.set_value(str(compared.before.id))
        self.second.set_value(str(compared.now.id))
        self.show_sentence("")
        if compared.nothing:
            self._add(Text(NO_CHANGE, "bold"))
        if compared.findings:
            self._add(SectionTitle("Constats"))
            for change in compared.findings:
                self._add(*_finding_parts(compared, change), Rule("filet"))
        for code in compared.labels:
            answers = [one for one in compared.answers if one.step == code]
            if answers:
                self._add(SectionTitle(compared.labels[code]))
                for answer in answers:
                    self._add(*_answer_parts(answer), Rule("filet"))
        if compared.not_reviewed:
            steps = ", ".join(compared.labels[code] for code in compared.not_reviewed)
            self._add(SmallText(f"Repris sans avoir été revus{NBSP}: {steps}."))

    def show_sentence(self, sentence: str) -> None:
        """Nothing but a sentence, or nothing at all."""
        clear(self._found)
        if sentence:
            self._add(Text(sentence, "body", wrap=True))

    def _ask(self) -> None:
        if ids := self.ids():
            self.compared.emit(*ids)

    def _add(self, *parts: QWidget) -> None:
        for part in parts:
            self._found.addWidget(part)
            part.show()


def _finding_parts(compared: Comparison, change: FindingChange) -> list[QWidget]:
    place = compared.labels.get(change.finding.step, "")
    parts: list[QWidget] = [Text(f"{FINDING_CHANGES[change.kind]}, {place.lower()}", "small_bold", wrap=True)]
    before = "" if change.kind is FindingChangeKind.NEW else finding_words(change.before)
    stands = change.kind in (FindingChangeKind.NEW, FindingChangeKind.EVOLVED)
    parts.append(ChangedText(pieces_between(before, finding_words(change.now) if stands else "")))
    if path := path_words(change):
        parts.append(SmallText(path))
    return parts


def _answer_parts(change: AnswerChange) -> list[QWidget]:
    label = Text(asked_words(change), "small_bold", wrap=True)
    if change.pieces:
        return [label, ChangedText(change.pieces)]
    before, now = change.before or NOT_GIVEN, change.now or NOT_GIVEN
    return [label, ChangedText((Piece(Op.GONE, before), Piece(Op.NEW, now)))]
