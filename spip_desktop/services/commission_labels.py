"""A passage and a contribution in a few words: codes of the dated lists turned into what is read."""

from spip_desktop.domain.board_review import Board, BoardReview
from spip_desktop.domain.contribution import Contribution
from spip_desktop.domain.text import NBSP, french_spaces
from spip_desktop.reference import load
from spip_desktop.wording.commission import BOARDS


def theme_of(review: BoardReview) -> str:
    """The theme in words: from the list of R. 240-3 for a CPU, as written for a CPI."""
    return load("cpu_themes").label(review.theme) if review.board is Board.CPU and review.theme else review.theme


def title_of(review: BoardReview) -> str:
    """« CPU, Activités »."""
    return ", ".join(part for part in (BOARDS[review.board], theme_of(review)) if part)


def profession(code: str) -> str:
    return load("professions").label(code) if code else "Profession à choisir"


def who_said(one: Contribution) -> str:
    """« Psychologue, Mme Roux »."""
    return ", ".join(part for part in (profession(one.profession), one.author) if part)


def what_was_said(one: Contribution) -> str:
    """The words; of the unité sanitaire « Sport : compatible »."""
    if not one.opinion:
        return french_spaces(one.text)
    opinion = load("health_opinions").label(one.opinion).lower()
    return f"{load('health_activities').label(one.activity)}{NBSP}: {opinion}"
