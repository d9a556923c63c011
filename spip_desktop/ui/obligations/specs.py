"""The fields of each register, as data: the code of a field is the name of what the line holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from spip_desktop.domain import dates
from spip_desktop.domain.hours import HoursLine, HoursStep
from spip_desktop.domain.money import amount, parse_cents
from spip_desktop.domain.payment import Payment, PaymentPlan
from spip_desktop.domain.proof import Check, Proof
from spip_desktop.domain.register import RegisterLine
from spip_desktop.domain.week_hours import duration, hour, in_words, parse_duration, parse_week
from spip_desktop.domain.work import WorkSession, WorkTerms, length
from spip_desktop.reference import load
from spip_desktop.ui.fields import FieldKind, FieldSpec
from spip_desktop.ui.readers import reading
from spip_desktop.wording import sentence

ORIGINAL = (("oui", "Original vu"), ("non", "Copie"))
SIGNED = (("oui", "Signée par l’organisme"), ("non", "Pas encore"))
#: Fields that a line holds as yes or no.
YES_NO = frozenset({"original", "signed"})
_MONEY = reading(parse_cents, sentence)
_WEEK = reading(lambda text: parse_week(text) or None, sentence)
_DURATION = reading(parse_duration, sentence)


def _minutes(text: str) -> int | None:
    found = dates.parse_hour(text)
    return None if found is None else found[0] * 60 + found[1]


_HOUR = reading(_minutes, sentence)


def _date(code: str, label: str, help: str = "") -> FieldSpec:
    return FieldSpec(code, label, FieldKind.DATE, width="half", help=help)


def _read(code: str, label: str, parse: Any, show: Callable[[Any], str], help: str = "") -> FieldSpec:
    return FieldSpec(code, label, FieldKind.PARSED, width="half", parse=parse, show=show, help=help)


def _list(code: str, label: str, name: str, column: str = "") -> FieldSpec:
    options = tuple((one.code, one.label) for one in load(name).entries if not column or one.flag(column))
    return FieldSpec(code, label, FieldKind.CHOICE, options=options)


def _note(help: str = "") -> FieldSpec:
    return FieldSpec("note", "Remarque", help=help)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSpec:
    """How a line of one register is asked for. `fixed` is what the line holds that no field says.

    `made` completes the values read; `needed` must have an answer.
    """

    register: str
    line: type[RegisterLine]
    title: str
    verb: str
    fields: Callable[[], tuple[FieldSpec, ...]]
    needed: frozenset[str]
    today: tuple[str, ...] = ()
    fixed: Mapping[str, object] | None = None
    made: Callable[[dict[str, Any]], dict[str, Any]] = dict


def _proof() -> tuple[FieldSpec, ...]:
    return (
        _list("kind", "Papier", "proof_kinds"),
        _date("covers_from", "Couvre du"),
        _date("covers_until", "Au", "Laissez vide si le papier ne couvre aucune période."),
        FieldSpec("original", "Vu comment", FieldKind.RADIO, options=ORIGINAL),
        _date("seen_on", "Vu le"),
        _note("Jamais de contenu médical : l’existence d’un suivi suffit."),
    )


def _check() -> tuple[FieldSpec, ...]:
    return (_list("result", "Constaté", "check_results"), _date("checked_on", "Le"), _note())


def _payment() -> tuple[FieldSpec, ...]:
    return (
        _read("cents", "Montant, en euros", _MONEY, amount),
        _date("paid_on", "Versé le"),
        FieldSpec("original", "Reçu", FieldKind.RADIO, options=ORIGINAL),
        _note(),
    )


def _plan() -> tuple[FieldSpec, ...]:
    return (
        _read("monthly_cents", "Somme par mois, en euros", _MONEY, amount),
        _date("starts", "Première échéance le"),
        _read("total_cents", "En tout, en euros", _MONEY, amount, "Laissez vide si la somme n’est pas fixée."),
        _date("ends", "Dernière échéance le"),
        _list("set_by", "Fixé par", "payment_deciders"),
        _note(),
    )


def _session() -> tuple[FieldSpec, ...]:
    return (
        _date("done_on", "Séance du"),
        FieldSpec("host", "Organisme", width="half"),
        _read("begins", "De", _HOUR, hour),
        _read("finishes", "À", _HOUR, hour),
        _read("pause", "Pause", _DURATION, duration),
        _read("minutes", "Ou durée, sans horaires", _DURATION, duration, "Pour des heures faites avant ce dossier."),
        FieldSpec("signed", "Feuille de présence", FieldKind.RADIO, options=SIGNED),
        _note(),
    )


def _timed(values: dict[str, Any]) -> dict[str, Any]:
    """The length comes from the hours where they are known."""
    values["pause"] = values["pause"] or 0
    if values["begins"] is not None and values["finishes"] is not None:
        values["minutes"] = length(values["begins"], values["finishes"], values["pause"])
    return values | {"minutes": values["minutes"] or 0}


def _terms() -> tuple[FieldSpec, ...]:
    return (
        FieldSpec("host", "Organisme", width="half"),
        FieldSpec("works", "Travaux", width="half"),
        FieldSpec("hours", "Horaires", width="half"),
        _read("job_minutes", "Emploi, par semaine", _DURATION, duration, "Pour l’article R. 623-16 : 47 h en tout."),
        _list("authority", "Décidé par", "hours_authorities", "work"),
        _date("decided_on", "Décision du"),
        _date("starts", "À partir du"),
        _note(),
    )


def _asked() -> tuple[FieldSpec, ...]:
    return (
        _read("slots", "Heures demandées", _WEEK, in_words, "Par exemple : lun-ven 8h-18h ; sam 9h-12h."),
        _date("happened_on", "Demandé le"),
        _date("starts", "Pour le"),
        FieldSpec("note", "Pourquoi", help="Dans les mots de la personne."),
    )


def _granted() -> tuple[FieldSpec, ...]:
    return (
        _read("slots", "Heures de sortie", _WEEK, in_words, "Par exemple : lun-ven 8h-18h ; sam 9h-12h."),
        _list("authority", "Décidé par", "hours_authorities", "hours"),
        _date("happened_on", "Décision du"),
        _date("jap_on", "Autorisation du juge du", "Art. L. 424-1, quand un autre que le juge décide."),
        _date("starts", "À partir du"),
        _date("ends", "Jusqu’au", "Pour un changement d’un temps : les heures d’avant reprennent ensuite."),
        _note(),
    )


def _refused() -> tuple[FieldSpec, ...]:
    return (
        _list("authority", "Refusé par", "hours_authorities", "hours"),
        _date("happened_on", "Décision du"),
        FieldSpec("note", "Motif donné"),
    )


def _none_is_zero(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"job_minutes": values["job_minutes"] or 0}


def _none_is_empty(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"slots": values.get("slots") or ()}


SPECS: Mapping[str, RegisterSpec] = {
    "proof": RegisterSpec(
        register="proofs", line=Proof, title="Justificatif", verb="Noter le justificatif", fields=_proof,
        needed=frozenset({"kind", "seen_on", "original"}), today=("seen_on",),
    ),
    "check": RegisterSpec(
        register="checks", line=Check, title="Vérification", verb="Noter la vérification", fields=_check,
        needed=frozenset({"result", "checked_on"}), today=("checked_on",),
    ),
    "payment": RegisterSpec(
        register="payments", line=Payment, title="Versement", verb="Noter le versement", fields=_payment,
        needed=frozenset({"cents", "paid_on", "original"}), today=("paid_on",),
    ),
    "plan": RegisterSpec(
        register="plans", line=PaymentPlan, title="Échéancier", verb="Noter l’échéancier", fields=_plan,
        needed=frozenset({"monthly_cents", "starts"}),
    ),
    "session": RegisterSpec(
        register="sessions", line=WorkSession, title="Séance de travail", verb="Noter la séance", fields=_session,
        needed=frozenset({"done_on", "signed"}), today=("done_on",), made=_timed,
    ),
    "terms": RegisterSpec(
        register="terms", line=WorkTerms, title="Décision sur le travail", verb="Noter la décision", fields=_terms,
        needed=frozenset({"host", "authority", "decided_on", "starts"}), made=_none_is_zero,
    ),
    "asked": RegisterSpec(
        register="hours", line=HoursLine, title="Changement d’horaires demandé", verb="Noter la demande",
        fields=_asked, needed=frozenset({"happened_on"}), today=("happened_on",), made=_none_is_empty,
        fixed={"step": HoursStep.ASKED},
    ),
    "granted": RegisterSpec(
        register="hours", line=HoursLine, title="Horaires décidés", verb="Noter les horaires", fields=_granted,
        needed=frozenset({"slots", "authority", "happened_on"}), today=("happened_on",), made=_none_is_empty,
        fixed={"step": HoursStep.GRANTED},
    ),
    "refused": RegisterSpec(
        register="hours", line=HoursLine, title="Changement d’horaires refusé", verb="Noter le refus",
        fields=_refused, needed=frozenset({"authority", "happened_on"}), today=("happened_on",), made=_none_is_empty,
        fixed={"step": HoursStep.REFUSED},
    ),
}  # fmt: skip
#: Which panel corrects a line of hours.
OF_STEP = {HoursStep.ASKED: "asked", HoursStep.GRANTED: "granted", HoursStep.REFUSED: "refused"}


def spec_of(line: RegisterLine) -> str:
    """The panel that a line was written with."""
    if isinstance(line, HoursLine):
        return OF_STEP[line.step]
    return next(name for name, one in SPECS.items() if one.line is type(line))
