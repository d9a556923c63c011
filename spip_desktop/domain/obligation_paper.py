"""What the two papers of the obligations say, as words ready to be laid out."""

from dataclasses import dataclass, field

from spip_desktop.domain.plan_content import CopyKept


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """One obligation, and the facts known of it."""

    name: str
    number: str = ""
    precision: str = ""
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatePart:
    """One measure: its obligations, then what is counted (work, hours out)."""

    title: str
    lines: tuple[StateLine, ...] = ()
    counted: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationState:
    """« État des obligations », for the judge."""

    person: str
    born: str = ""
    frame: str = ""
    service: str = ""
    prepared_by: str = ""
    parts: tuple[StatePart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnLine:
    """One thing to do: a plain title, what it means, what was noted."""

    title: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnObligations:
    """« Mes obligations », for the person; in the variant that may stay in a cell nothing tells why one is held.

    `untold`: something is asked, of which this copy may say nothing.
    """

    person: str
    day: str
    kept: CopyKept
    lines: tuple[OwnLine, ...] = ()
    untold: bool = False
    counsellor: str = field(default="conseiller")
