"""The card of this station: what others compare it by, and another one when its keys were lost."""

from collections.abc import Callable

from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.officer import Right
from spip_desktop.domain.text import french_spaces
from spip_desktop.ui.buttons import Button
from spip_desktop.ui.fields import FieldSpec
from spip_desktop.ui.form import FormView
from spip_desktop.ui.guard import Guard
from spip_desktop.ui.labels import Paragraph, Section
from spip_desktop.ui.layout import set_size
from spip_desktop.ui.transfers.likeness import LikenessView
from spip_desktop.ui.unfolding import buttons
from spip_desktop.wiring import Services
from spip_desktop.wording import sentence

_MINE = (
    "Donnez cette carte aux postes qui vous écriront. Elle ne contient aucun secret. Au téléphone, chacun lit les "
    "mots de la carte qu’il a reçue ; l’autre vérifie que ce sont les siens."
)
_RENEW = (
    "Quand ce poste ou une de ses copies a été perdu ou volé, refaites ses clés. Ce qui a été écrit pour l’ancienne "
    "carte ne s’ouvrira plus ici : donnez la nouvelle aux autres postes, qui la compareront de nouveau."
)


class OwnCard(Section):
    """Renewing unfolds below its button, and asks for a reason."""

    def __init__(self, services: Services, guard: Guard, renewed: Callable[[], object]) -> None:
        super().__init__("La carte de ce poste", name="contacts.own", gap=12)
        self._services, self._guard, self._renewed = services, guard, renewed
        self.likeness = LikenessView(name="contacts.mine")
        self.unfold = Button("Refaire les clés de ce poste", "refresh", name="contacts.unfold_renew")
        self.told = Paragraph(french_spaces(_RENEW), colour="texte_2")
        self.form = FormView((FieldSpec("renew_reason", "Motif", max_length=200, help="Écrit au journal."),))
        self.renew = Button("Refaire les clés", "key", name="contacts.renew")
        self.keep = Button("Annuler", name="contacts.keep_keys")
        self.add(
            Paragraph(french_spaces(_MINE), colour="texte_2"),
            self.likeness,
            buttons(self.unfold),
            self.told,
            set_size(self.form, max_width=640),
            buttons(self.renew, self.keep),
        )
        self.fold()
        self.unfold.clicked.connect(self._unfold)
        self.renew.clicked.connect(self._renew)
        self.keep.clicked.connect(self.fold)

    def reload(self) -> None:
        self.likeness.show_likeness(self._services.transfers.contacts.shown())
        may = self._services.context.actor.could(Right.TRUST_STATION)
        self.unfold.set_available(may, "" if may else "Cet acte revient au DPIP.")

    def fold(self) -> None:
        self._show(unfolded=False)

    def _unfold(self) -> None:
        self.form.set_values({"renew_reason": ""})
        self.form.show_problems({})
        self._show(unfolded=True)
        self.form.field("renew_reason").setFocus()

    def _show(self, *, unfolded: bool) -> None:
        self.unfold.setVisible(not unfolded)
        for part in (self.told, self.form, self.renew, self.keep):
            part.setVisible(unfolded)

    def _renew(self) -> None:
        reason, refusals = str(self.form.value("renew_reason") or ""), list[Refusal]()
        self._guard.run(self._services.transfers.contacts.renew, reason, refused=refusals.append)
        if refusals:
            self.form.show_problems({"renew_reason": sentence(refusals[0])})
            return
        self.fold()
        self.reload()
        self._renewed()
