"""The lists of the appointments as values: kinds, outcomes, where one is met, how a convocation is handed over."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from spip_desktop.db.appointment import outcomes
from spip_desktop.domain import dates
from spip_desktop.domain.appointment import AppointmentKind, Where
from spip_desktop.domain.appointment_states import AskedBy, EventCode, OutcomeKind
from spip_desktop.domain.errors import Refusal
from spip_desktop.domain.event import Event
from spip_desktop.domain.measure import Milieu
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.reference import Entry, load
from spip_desktop.wording.appointment import ASKED, EVENTS

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WhereKind:
    """Where one is met: `own` for a place of the service, else a text asked as `detail`.

    `noted`: so in a note; `template`: the paper of what is held there.
    """

    code: Where
    label: str
    own: bool
    milieux: frozenset[str]
    detail: str
    noted: str
    template: str


@dataclass(frozen=True, slots=True)
class ConvocationTemplate:
    """How a paper begins (« Vous êtes convoqué(e) {when} »), calls who is prevented, and says that nobody came."""

    opening: str
    cannot: str
    missed: str


@cache
def kinds() -> Mapping[str, AppointmentKind]:
    return MappingProxyType({one.code: _kind(one) for one in load("appointment_types").entries})


def kind_of(code: str) -> AppointmentKind:
    """The kind, or Refusal `choose_one`."""
    found = kinds().get(code)
    if found is None:
        raise Refusal("choose_one", "kind")
    return found


def kind_label(code: str) -> str:
    return load("appointment_types").label(code)


def outcomes_in(milieu: Milieu) -> tuple[OutcomeKind, ...]:
    """Those offered in a milieu, in their order."""
    return tuple(one for one in outcomes().values() if milieu in one.milieux)


@cache
def wheres() -> Mapping[Where, WhereKind]:
    return MappingProxyType({Where(one.code): _where(one) for one in load("appointment_places").entries})


def reception_hours() -> tuple[str, str]:
    """When the service begins and stops receiving: « 08:00 » and « 18:00 »."""
    usual = load("reception_hours").entries[0]
    return usual.text("opens"), usual.text("closes")


def template_of(kind: AppointmentKind, where: Where) -> ConvocationTemplate:
    """The paper of a kind, where it is usually held; else that of the place."""
    code = kind.template if where is kind.where else wheres()[where].template
    entry = load("convocation_templates").get(code)
    assert entry is not None, code
    return ConvocationTemplate(entry.text("opening"), entry.text("cannot"), entry.text("missed"))


def label_of(kind: str, code: str) -> str:
    """What a code of one of these lists is called; nothing for no code."""
    return french_spaces(load(kind).label(code)) if code else ""


#: Where the code of a list stands in an event, and which list.
_CODED = {
    EventCode.HANDED: ("how", "handing_ways"),
    EventCode.OUTCOME: ("outcome", "appointment_outcomes"),
    EventCode.ANSWER: ("answer", "appointment_answers"),
}


def fact_words(event: Event, *, on: bool = False) -> str:
    """« Issue : absent. Confusion avec son frère »; `on`: « Issue, le 08/12/2026 : absent »."""
    code = EventCode(event.code)
    said = f"{EVENTS[code]}, le {dates.short(event.happened_on)}" if on else EVENTS[code]
    if code in _CODED:
        name, kind = _CODED[code]
        label = label_of(kind, event.detail.get(name, ""))
        said = f"{said}{NBSP}: {label[:1].lower()}{label[1:]}"
    said = " ".join(part for part in (said, asked_words(event)) if part)
    return ". ".join(part for part in (said, event.comment) if part)


def asked_words(event: Event) -> str:
    """« à la demande de la personne », of what was moved or called off."""
    by = event.detail.get("by", "")
    return ASKED[AskedBy(by)] if by else ""


def ways_in(milieu: Milieu) -> Options:
    """How a convocation is handed over: those of custody first inside, left out in the open."""
    every = load("handing_ways").entries
    inside = milieu is Milieu.CUSTODY
    offered = [one for one in every if inside or not one.flag("custody")]
    return tuple((one.code, one.label) for one in sorted(offered, key=lambda one: inside and not one.flag("custody")))


def _kind(one: Entry) -> AppointmentKind:
    return AppointmentKind(
        code=one.code,
        label=one.label,
        said=one.text("said") or one.label,
        lasts=one.number("lasts") or 30,
        where=Where(one.text("where")),
        milieux=frozenset(one.texts("milieux")),
        template=one.text("template"),
        any_day=one.flag("any_day"),
        first=one.flag("first"),
        outside=one.flag("outside"),
        together=one.flag("together"),
        by_dpip=one.flag("by_dpip"),
        rules=one.texts("rules"),
        legal=french_spaces(one.legal),
        bring=one.text("bring"),
        consequences=one.text("consequences"),
    )


def _where(one: Entry) -> WhereKind:
    return WhereKind(
        code=Where(one.code),
        label=one.label,
        own=one.flag("own"),
        milieux=frozenset(one.texts("milieux")),
        detail=one.text("detail"),
        noted=one.text("noted") or one.code,
        template=one.text("template"),
    )


def outcome_kind(code: str) -> OutcomeKind | None:
    """What an outcome means, of either milieu."""
    return outcomes().get(code)
