"""« Ce qui manque », under the analysis: what was not looked at, each thing one click away."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.evaluation_gaps import gaps
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_reading import EvaluationView
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.evaluation.with_person import looks_of
from spip_desktop.ui.labels import SectionTitle, SmallText
from spip_desktop.ui.layout import FlowRow, clear, column
from spip_desktop.ui.text import Text
from spip_desktop.wording import sentence

_NOTHING = "Rien : chaque champ a été regardé, et rien n’est à reprendre."
_ADVICE = "Une liste, sans plus : rien n’en est déduit. Ce qui empêche d’arrêter la version est dans « Ce qui bloque »."


class MissingList(QWidget):
    """One line each, shown again only when it is not the same."""

    went = Signal(str)  # « step/thing in it »

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("missing")
        inside = column(self, gap=8)
        inside.addWidget(SectionTitle("Ce qui manque"))
        self._lines = column(gap=6)
        inside.addLayout(self._lines)
        inside.addWidget(SmallText(_ADVICE))
        self._shown: tuple[Problem, ...] | None = None

    def show_view(self, view: EvaluationView, today: date) -> None:
        """What is missing in this version."""
        labels = {step.code: step.label for step in view.session.steps()}
        fields = {code: stored.value for code, stored in view.fields.items()}
        found = gaps(fields, (one.value for one in view.findings), labels, today)
        found += tuple(
            Problem("evaluation_gap_to_discuss", one.step, {"label": one.label})
            for one in looks_of(view)
            if one.gap and not one.talked
        )
        if found != self._shown:
            self._shown = found
            self._fill(found)

    def _fill(self, found: Sequence[Problem]) -> None:
        clear(self._lines)
        if not found:
            self._lines.addWidget(Text(_NOTHING, "body", wrap=True))
        for number, one in enumerate(found):
            words = sentence(one)
            link = LinkButton("Y aller", name=f"missing.{number}", small=True)
            link.setAccessibleName(f"Y aller{NBSP}: {words}")
            detail = str(one.data.get("detail", ""))
            place = f"{one.field}/{detail}" if detail else one.field
            link.clicked.connect(lambda _=False, at=place: self.went.emit(at))
            line = FlowRow(gap=16, line_gap=4)
            line.add(Text(words, "body", wrap=True), link)
            self._lines.addWidget(line)
            line.show()
