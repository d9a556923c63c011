"""What a version of a form asks otherwise than another: values, for the preview and its words."""

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    NEW = "nouveau"
    CHANGED = "change"
    GONE = "retire"


class Aspect(StrEnum):
    """What of a question is not as it was; an answer added, taken out or called otherwise is one each."""

    PLACE = "champ"
    WORDING = "libelle"
    HELP = "aide"
    ANSWER_NEW = "reponse_nouvelle"
    ANSWER_GONE = "reponse_retiree"
    ANSWER_WORDING = "reponse_libelle"
    CONDITION = "condition"
    REQUIRED = "obligatoire"
    KIND = "nature"
    LENGTH = "longueur"


class Around(StrEnum):
    """What else is not as it was, beside the questions."""

    TITLE = "titre"
    ORDER = "ordre"
    BANNER_NEW = "avertissement_nouveau"
    BANNER_GONE = "avertissement_retire"
    VARIANT = "forme"
    STEP_HELP = "aide_etape"
    STEP_STATE = "etat_demande"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing of a question; `before` and `now` are words where there are any to show."""

    aspect: Aspect
    before: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChange:
    """`label` as the new version asks it; as the former one did when it is gone."""

    kind: ChangeKind
    label: str
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """What moved in one step. `spoken`: the sentences to say or to keep in mind that came, then those that went."""

    kind: ChangeKind
    label: str
    before: str
    questions: tuple[QuestionChange, ...]
    spoken: tuple[tuple[ChangeKind, str], ...]
