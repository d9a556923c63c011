"""What a request says of itself, with the labels of its lists."""

from spip_desktop.domain import dates
from spip_desktop.domain.request import Request
from spip_desktop.reference import load


def asked_by(request: Request) -> str:
    """« La famille, par téléphone »."""
    said = load("request_askers").label(request.asker)
    return f"{said}, {load('request_channels').label(request.channel).lower()}"


def answered(request: Request) -> str:
    """« Répondu le 22/11/2026, par téléphone », or nothing."""
    if request.answered_on is None:
        return ""
    how = load("request_channels").label(request.answer_how).lower()
    return f"Répondu le {dates.short(request.answered_on)}, {how}"
