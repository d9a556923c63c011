"""What the papers of the commissions say, every word chosen; the documents only lay them out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CpuAdvice:
    """« Avis du SPIP pour la CPU ». `known` says what exists of the evaluation and of the plan."""

    person: str
    held: str
    custody: str
    theme: str
    service: str
    prepared_by: str
    known: tuple[str, ...]
    situation: str
    advice: str
    person_view: str
    informed: str
    presumed_innocent: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """A short list under its title."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CpiSynthesis:
    """The synthesis of a CPI. `analysis` is of the evaluation arrêtée, `voices` of each profession (who, what).

    `decisions`: what, who, for when.
    """

    person: str
    held: str
    frame: str
    theme: str
    chair: str
    members: tuple[str, ...]
    service: str
    prepared_by: str
    version: int
    known: tuple[str, ...]
    situation: str
    analysis: tuple[Lines, ...]
    voices: tuple[tuple[str, str], ...]
    person_view: str
    advice: str
    decisions: tuple[tuple[str, str, str], ...]
    informed: str
    presumed_innocent: bool = False
