"""The facts that the officer notes: the person's agreement, the handing over, an end, another version."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from spip_desktop.domain.prescription_states import REPLACING, Agreement
from spip_desktop.domain.text import NBSP
from spip_desktop.services.prescription import PrescriptionService, PrescriptionView
from spip_desktop.ui.binding import YES_NO
from spip_desktop.ui.fact_desk import FactPanel
from spip_desktop.ui.fields import FieldKind, FieldSpec, Parse, TicksField
from spip_desktop.ui.form import FormView
from spip_desktop.ui.prescription.fact_fields import (
    DAY,
    chosen_in,
    contact_name,
    day_of,
    fact_form,
    name_fields,
    options,
    tells_spec,
    text_in,
)


def agreement_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """What the person answered on the signed paper."""
    form = fact_form(
        (
            FieldSpec("answer", "Réponse de la personne", FieldKind.RADIO, options("agreements", today)),
            FieldSpec(
                "accepted",
                "Ce que la personne accepte",
                FieldKind.TICKS,
                tuple((one.code, one.label) for one in view.paper_ticks),
                f"Décochez ce qu’elle refuse{NBSP}: une version sans cela sera préparée.",
            ),
            FieldSpec("read_aloud", "La fiche a été lue à voix haute", FieldKind.RADIO, YES_NO, width="half"),
            FieldSpec(DAY, "Le", FieldKind.DATE, width="half"),
            FieldSpec("comment", "Ses mots", FieldKind.NOTE, lines=2, help="Tels que la personne les a dits."),
        ),
        parse,
        today,
    )

    every = tuple(one.code for one in view.paper_ticks)
    form.set_values({"accepted": every})
    ticks = form.field("accepted")
    if isinstance(ticks, TicksField):
        ticks.ticks.in_columns = True

    def visible(shown: FormView) -> list[str]:
        return [code for code in shown.fields if code != "accepted" or shown.value("answer") == Agreement.PARTIAL]

    def record(shown: FormView) -> None:
        kept = shown.value("accepted")
        service.course.note_agreement(
            view.prescription.id,
            Agreement(chosen_in(shown, "answer")),
            day_of(shown),
            read_aloud=shown.value("read_aloud") == "oui",
            comment=text_in(shown, "comment"),
            accepted=kept if isinstance(kept, tuple) else (),
        )

    return FactPanel("Accord de la personne", "Noter l’accord", form, record, visible)


def withdrawal_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """The person takes the agreement back, for what the partner already holds."""
    meaning = "À partir de ce jour, le partenaire ne doit plus utiliser ces informations. Il reste à le prévenir."
    form = fact_form(
        (
            FieldSpec(DAY, "Le", FieldKind.DATE, help=meaning, width="half"),
            FieldSpec("comment", "Ses mots", FieldKind.NOTE, lines=2, help="Tels que la personne les a dits."),
        ),
        parse,
        today,
    )

    def record(shown: FormView) -> None:
        service.course.withdraw(view.prescription.id, day_of(shown), text_in(shown, "comment"))

    return FactPanel("Retrait de l’accord", "Noter le retrait de l’accord", form, record)


def handing_over_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """When, how and to whom the sheet was given."""
    form = fact_form(
        (
            FieldSpec("channel", "Voie", FieldKind.CHOICE, options("channels", today), width="half"),
            FieldSpec(DAY, "Le", FieldKind.DATE, width="half"),
            FieldSpec("recipient", "Remise à"),
        ),
        parse,
        today,
    )
    form.set_values({"channel": view.prescription.channel, "recipient": contact_name(view)})

    def record(shown: FormView) -> None:
        service.course.hand_over(
            view.prescription.id, day_of(shown), text_in(shown, "channel"), text_in(shown, "recipient")
        )

    return FactPanel("Remise", "Noter la remise", form, record)


def cancel_panel(service: PrescriptionService, view: PrescriptionView, parse: Parse, today: date) -> FactPanel:
    """Why the sheet is cancelled; its paper stays kept."""
    reasons = tuple(one for one in options("cancel_reasons", today) if one[0] not in REPLACING)
    form = fact_form(
        (
            FieldSpec("reason", "Motif", FieldKind.CHOICE, reasons, width="half"),
            FieldSpec(DAY, "Le", FieldKind.DATE, width="half"),
            tells_spec(today),
            FieldSpec("comment", "Précision", FieldKind.NOTE, lines=2),
        ),
        parse,
        today,
    )

    def record(shown: FormView) -> None:
        service.course.cancel(
            view.prescription.id,
            text_in(shown, "reason"),
            day_of(shown),
            text_in(shown, "comment"),
            tells=text_in(shown, "tells"),
        )

    return FactPanel("Annuler la fiche", "Annuler la fiche", form, record)


def amendment_panel(
    service: PrescriptionService, view: PrescriptionView, today: date, prepared: Callable[[UUID], None]
) -> FactPanel:
    """Why what the partner holds changes; `prepared` is called with the new version."""
    meaning = "Le partenaire garde la version remise jusqu’à la remise de la nouvelle, qui dit ce qui change."
    specs = (
        FieldSpec("reason", "Motif", FieldKind.CHOICE, options("amendment_reasons", today), help=meaning),
        FieldSpec("comment", "Précision", FieldKind.NOTE, lines=2, help=f"Interne{NBSP}: aucun papier ne la reprend."),
    )

    def record(shown: FormView) -> None:
        prepared(service.course.amend(view.prescription.id, text_in(shown, "reason"), text_in(shown, "comment")))

    form = FormView(specs)
    name_fields(form)
    return FactPanel("Nouvelle version de la fiche remise", "Préparer la nouvelle version", form, record)
