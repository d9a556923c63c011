"""« Repères »: other questions, what to explore, cues of responsivity. They enter no calculation."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from spip_desktop.forms.schema import PromptKind, Step
from spip_desktop.forms.session import FormSession
from spip_desktop.ui.buttons import QuietButton
from spip_desktop.ui.labels import Rule, SmallText
from spip_desktop.ui.layout import row
from spip_desktop.ui.page import SideColumn
from spip_desktop.ui.text import Text
from spip_desktop.wording.evaluation import NO_CALCULATION

_PARTS = (
    (PromptKind.OTHER, "Autres questions"),
    (PromptKind.EXPLORE, "À explorer"),
    (PromptKind.RECEPTIVITY, "Pour la réceptivité"),
    (PromptKind.SELF_ASSESSMENT, "Ce que la personne lit"),
)


class Guide(SideColumn):
    """The column at the right of a step; « Replier » gives its room to the note."""

    fold_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Repères", 252)

    def show_step(self, session: FormSession, step: Step, said_by_others: QWidget) -> None:
        """The sentences for this person at this step, and what the other professions brought to the evaluation."""
        self.empty()
        fold = QuietButton("Replier", trailing="chevron-right", name="guide.fold", small=True)
        fold.clicked.connect(self.fold_asked)
        head = row(gap=8)
        head.addWidget(Text("Repères", "bold"), 1)
        head.addWidget(fold)
        self.add(head)
        for kind, title in _PARTS:
            sentences = session.prompts(step, kind)
            if not sentences:
                continue
            self.add(SmallText(title), *(Text(one, "body", wrap=True) for one in sentences))
        self.add(Rule("filet"), SmallText(NO_CALCULATION))
        if not said_by_others.isHidden():
            self.add(Rule("filet"), Text("Contributions", "bold"), said_by_others)
