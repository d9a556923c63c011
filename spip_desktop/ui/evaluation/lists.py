"""Two short lists of the page: what keeps a version from being arrêtée, and the versions there are."""

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QBoxLayout, QWidget

from spip_desktop.domain.evaluation_states import EvaluationState
from spip_desktop.domain.text import NBSP
from spip_desktop.services.evaluation_ground import Blocking
from spip_desktop.services.evaluation_reading import Version
from spip_desktop.ui.buttons import LinkButton
from spip_desktop.ui.evaluation.course import remarks, told
from spip_desktop.ui.labels import Paragraph, Rule, SectionTitle, SmallText
from spip_desktop.ui.layout import column, row
from spip_desktop.ui.text import Text
from spip_desktop.wording import sentence
from spip_desktop.wording.evaluation import KINDS
from spip_desktop.wording.evaluation_changes import CHANGES_TITLE

_NOTHING = "Rien ne bloque : vous pouvez arrêter cette version depuis la dernière étape."
_LEFT = (
    "Ce qui suit n’empêche rien, mais restera ainsi : une version arrêtée ne se modifie plus. Complétez, ou arrêtez "
    "quand même ; une nouvelle version pourra reprendre celle-ci."
)


class BlockingView(QWidget):
    """Each thing to put right, with a link to its field."""

    went = Signal(object)  # Place

    def __init__(self, blocking: Sequence[Blocking]) -> None:
        super().__init__()
        self.setObjectName("blocking")
        inside = column(self, gap=8)
        inside.addWidget(SectionTitle("Ce qui bloque", role="section"))
        if not blocking:
            inside.addWidget(Paragraph(_NOTHING))
        for number, one in enumerate(blocking):
            _add_line(inside, one, f"blocking.{number}", self.went)


class FreezingView(QWidget):
    """Before a version is arrêtée: what it would keep for ever as it is, each thing one click away."""

    went = Signal(object)  # Place

    def __init__(self, left: Sequence[Blocking]) -> None:
        super().__init__()
        self.setObjectName("freezing")
        inside = column(self, gap=8)
        inside.addWidget(SectionTitle("Avant d’arrêter cette version", role="section"))
        inside.addWidget(Paragraph(_LEFT))
        for number, one in enumerate(left):
            _add_line(inside, one, f"freezing.{number}", self.went)


def _add_line(inside: QBoxLayout, one: Blocking, name: str, went: SignalInstance) -> None:
    """A sentence, and « Y aller »."""
    words = sentence(one.problem)
    line = row(gap=16)
    line.addWidget(Text(words, "body", wrap=True), 1)
    link = LinkButton("Y aller", name=name)
    link.setAccessibleName(f"Y aller{NBSP}: {words}")
    link.clicked.connect(lambda: went.emit(one.place))
    line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
    inside.addLayout(line)
    inside.addWidget(Rule("filet"))


class VersionsView(QWidget):
    """Every version, newest first; a draft may be put in the bin."""

    opened = Signal(object)  # id
    binned = Signal(object)  # id
    changes_asked = Signal(object, object)  # the ids of two versions
    movement_asked = Signal()

    def __init__(self, versions: Sequence[Version], shown: UUID) -> None:
        super().__init__()
        self.setObjectName("versions")
        inside = column(self, gap=8)
        inside.addWidget(SectionTitle("Versions", role="section"))
        before = {one.evaluation.id: earlier.evaluation.id for one, earlier in pairwise(versions)}
        for one in versions:
            line = row(gap=16)
            said = column(gap=0)
            said.addWidget(
                Text(f"Version {one.evaluation.number}, {KINDS[one.evaluation.kind].lower()}", "body", wrap=True)
            )
            said.addWidget(SmallText(told(one)))
            for remark in remarks(one):
                said.addWidget(Text(remark, "body", wrap=True))
            line.addLayout(said, 1)
            for text, signal in self._links(one, shown):
                link = LinkButton(text, name=f"version.{one.evaluation.number}.{text}")
                link.setAccessibleName(f"{text}{NBSP}: version {one.evaluation.number}")
                link.clicked.connect(lambda _=False, emit=signal, id_=one.evaluation.id: emit.emit(id_))
                line.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
            inside.addLayout(line)
            if one.evaluation.id in before:
                said.addWidget(self._changes_link(one, before[one.evaluation.id]), 0, Qt.AlignmentFlag.AlignLeft)
            inside.addWidget(Rule("filet"))
        movement = LinkButton("Au fil des versions", name="versions.movement")
        movement.clicked.connect(self.movement_asked)
        inside.addWidget(movement, 0, Qt.AlignmentFlag.AlignLeft)

    def _changes_link(self, one: Version, earlier: UUID) -> LinkButton:
        """« Ce qui a changé » since the version before; any two may be chosen there."""
        link = LinkButton(CHANGES_TITLE, name=f"version.{one.evaluation.number}.changes", small=True)
        link.setAccessibleName(f"{CHANGES_TITLE}{NBSP}: version {one.evaluation.number}")
        link.clicked.connect(lambda: self.changes_asked.emit(earlier, one.evaluation.id))
        return link

    def _links(self, one: Version, shown: UUID) -> list[tuple[str, SignalInstance]]:
        links = [("Ouvrir" if one.evaluation.id != shown else "Revenir", self.opened)]
        if one.state is EvaluationState.DRAFT:
            links.append(("Mettre à la corbeille", self.binned))
        return links
