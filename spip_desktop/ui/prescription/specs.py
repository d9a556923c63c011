"""The fields of a sheet's page, bound to the record; typed fields of the sheet have the code `values.<field>`."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from spip_desktop import reference
from spip_desktop.domain.dates import parse_hour
from spip_desktop.domain.prescription import Prescription
from spip_desktop.domain.text import NBSP
from spip_desktop.services.prescription import PrescriptionView
from spip_desktop.ui.binding import YES_NO, Bound
from spip_desktop.ui.bound_fields import yes_no
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.readers import hour_reader, show_hour
from spip_desktop.wording import sentence

TYPED, OPINION = "values.", "opinions."


class SheetRecord:
    """The record as its fields are named on the page."""

    def __init__(self, prescription: Prescription) -> None:
        self._prescription = prescription

    def __getattr__(self, name: str) -> object:
        if name.startswith(TYPED):
            return self._prescription.values.get(name.removeprefix(TYPED), "")
        if name.startswith(OPINION):
            return self._prescription.opinions.get(name.removeprefix(OPINION), "")
        return getattr(self._prescription, name)


def _identifier(value: object) -> object:
    return UUID(str(value)) if value else None


def _as_code(value: object) -> object:
    return str(value) if value else ""


def _hour(value: object) -> object:
    """« 9 h 30 » as the field of an hour holds it."""
    return parse_hour(str(value)) if value else None


def _hour_text(value: object) -> object:
    return show_hour(value) if value else ""


def asks(view: PrescriptionView) -> Bound:
    return Bound(FieldSpec("asks", "Ce que nous demandons", FieldKind.TICKS, view.asks))


def objective(view: PrescriptionView) -> Bound:
    tick = next((one.label for one in view.ticks if one.code == "objectif"), "")
    told = f"Transmis si la case «{NBSP}{tick}{NBSP}» est cochée." if tick else ""
    return Bound(
        FieldSpec(
            "objective_words", view.objective_label, FieldKind.NOTE, help=told, max_length=view.objective_max, lines=3
        )
    )


def ticked(view: PrescriptionView) -> Bound:
    offered = tuple((one.code, one.label) for one in view.ticks)
    return Bound(FieldSpec("ticked", "Transmis si la personne est d’accord", FieldKind.TICKS, offered))


def recipient(view: PrescriptionView, today: date) -> tuple[Bound, ...]:
    """To whom, when and where they meet; the letterhead where there is a choice."""
    services = tuple((str(one.service_id), _partner_label(one.label, one.why)) for one in view.partners)
    found = [
        Bound(FieldSpec("service_id", view.recipient_label, FieldKind.CHOICE, services), _as_code, _identifier),
        Bound(
            FieldSpec("contact_id", "Contact", FieldKind.CHOICE, contacts(view), width="half"), _as_code, _identifier
        ),
        Bound(
            FieldSpec("channel", "Voie de remise prévue", FieldKind.CHOICE, _options("channels", today), width="half")
        ),
        Bound(FieldSpec("meeting_on", "Permanence ou rendez-vous", FieldKind.DATE, width="half")),
        Bound(
            FieldSpec(
                "meeting_hour", "Heure", FieldKind.PARSED, width="half", parse=hour_reader(sentence), show=show_hour
            ),
            _hour,
            _hour_text,
        ),
        Bound(FieldSpec("meeting_place", "Lieu")),
    ]
    if len(view.letterheads) > 1:
        words = "L’en-tête neutre ne nomme ni le service ni la justice."
        found.append(Bound(FieldSpec("letterhead", "En-tête", FieldKind.RADIO, view.letterheads, words)))
        found.append(yes_no("with_return", "Demander un retour, même avec l’en-tête neutre", always=True))
    return tuple(found)


def contacts(view: PrescriptionView) -> tuple[tuple[str, str], ...]:
    """The contacts of the service chosen."""
    chosen = next((one for one in view.partners if one.service_id == view.prescription.service_id), None)
    return tuple((str(one.id), one.name or "Sans nom") for one in chosen.contacts) if chosen else ()


_INTERNAL = f"Interne{NBSP}: le partenaire ne le lit pas."


def opinion(view: PrescriptionView) -> tuple[Bound, ...]:
    """ML6 and the other conditions that only a person can judge: the officer's view, which no partner reads."""
    found: list[Bound] = []
    if view.asks_employment:
        label = "Proche de l’emploi ou de la formation"
        found += _judgement("near_employment", "near_employment_reason", label, "")
    for one in view.judged:
        found += _judgement(f"{OPINION}{one.code}", f"{OPINION}{one.code}.reason", one.label, one.help)
    return tuple(found)


def _judgement(code: str, reason: str, label: str, help_: str) -> tuple[Bound, Bound]:
    return (
        Bound(FieldSpec(code, label, FieldKind.RADIO, YES_NO, help_)),
        Bound(FieldSpec(reason, "Motif, en une ligne", help=_INTERNAL)),
    )


def calendar() -> tuple[Bound, ...]:
    useful = "Le partenaire en lit la date, pas la raison."
    return (
        Bound(FieldSpec("report_wanted_by", "Bilan souhaité avant le", FieldKind.DATE, width="half")),
        Bound(FieldSpec("useful_on", "Date utile", FieldKind.DATE, help=useful, width="half")),
    )


def typed(view: PrescriptionView) -> tuple[Bound, ...]:
    """What is written on the sheet itself; long ones over two lines, with their count."""
    return tuple(
        Bound(FieldSpec(f"{TYPED}{one.code}", one.label, FieldKind.NOTE, max_length=one.limit, lines=2))
        if one.limit > 80
        else Bound(FieldSpec(f"{TYPED}{one.code}", one.label, width="half"))
        for one in view.typed
    )


def _partner_label(label: str, why: str) -> str:
    return f"{label} ({why})" if why else label


def _options(kind: str, today: date) -> tuple[tuple[str, str], ...]:
    return reference.load(kind).options(today)


#: Where each check is put right: a field of this page, or a place of the dossier with its field.
LEADS: Mapping[str, tuple[str, str]] = {
    "adult": ("person.situation", "birth_date"),
    "age_band": ("person.situation", "birth_date"),
    "convicted": ("person.situation", "custodies"),
    "window": ("person.situation", "sheets"),
    "remaining_at_most": ("person.situation", "sheets"),
    "sentence_at_most": ("person.situation", "sheets"),
    "open_milieu": ("person.situation", "bases"),
    "in_the_open": ("person.situation", "bases"),
    "detained": ("person.situation", "custodies"),
    "near_employment": ("", "near_employment"),
    "human": ("", OPINION),
    "prepared": ("person.situation", "preparations"),
    "served": ("person.situation", "addresses"),
    "document": ("person.situation", "documents"),
    "measure": ("person.situation", "measures"),
    "hours": ("person.situation", "measures"),
}


def where(view: PrescriptionView, rule: str) -> tuple[str, str]:
    """The place (kind, field) where this condition is put right; an empty kind is the page itself."""
    check = next(one.check for one in view.results if one.code == rule)
    kind, field = LEADS[check]
    if check == "served" and view.prescription.service_id is None:
        return "", "service_id"
    return kind, f"{OPINION}{rule}" if field == OPINION else field


NOTHING_TO_SHOW = f"rien n’est noté dans le dossier{NBSP}: la case ne montrerait rien"
