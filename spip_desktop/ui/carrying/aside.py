"""« Pas à reporter » of a block: the written reason, kept as a draft until it is noted or left."""

from collections.abc import Callable
from uuid import UUID

from spip_desktop.domain.carrying import Block
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.text import NBSP
from spip_desktop.ui.fact_desk import FactDesk, FactPanel
from spip_desktop.ui.fields import FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.wiring import Services

KIND = "carrying"
_HELP = "Par exemple : saisi par le greffe, déjà dans le rapport. Le bloc revient si le fait change."
_VERB = "Noter"


class AsideDesk(FactDesk):
    """The panel above the list."""

    def __init__(self, services: Services, report: Callable[[Exception], object]) -> None:
        super().__init__(services.desk, services.clock, KIND, report)
        self._services = services
        #: The line just written, for « Annuler ».
        self.last: UUID | None = None

    def ask_about(self, block: Block, name: str) -> None:
        self.ask(block.key, block.person_id, self._made(block, name))

    def come_back_to(self, person_id: UUID, find: Callable[[str], Block | None]) -> bool:
        """Open again what was being written of a block of this person; False when there is none."""

        def make(key: str) -> FactPanel | None:
            block = find(key)
            return self._made(block, "") if block else None

        self.come_back(person_id, make)
        return self.panel is not None

    def tell(self, refusal: Refusal) -> None:
        if self.panel:
            self.panel.form.show_refusal(refusal, str)

    def _made(self, block: Block, name: str) -> FactPanel:
        form = FormView((FieldSpec("reason", "Pourquoi ce bloc n’est pas à reporter", help=_HELP),))

        def record(shown: FormView) -> None:
            self.last = self._services.carrying.set_aside(block, str(shown.value("reason")))

        title = f"{name}{NBSP}: {block.title}" if name else block.title
        return FactPanel(title, _VERB, form, record)
