"""What the program that locks says to the one that takes its place: how it is started, what the entrance shows."""

import sys

from spip_desktop.cli import Options


def this_program() -> tuple[str, ...]:
    """How this program is started, before its options."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "spip_desktop")


def options_of(options: Options, locked: str) -> list[str]:
    """The options of the program that takes the place of this one."""
    command = ["--locked", locked]
    if options.demonstration:
        command.append("--demo")
    if options.folder:
        command += ["--folder", str(options.folder)]
    if options.today:
        command += ["--today", options.today.isoformat()]
    return command


def said_of_lock(locked: str) -> str:
    """« Verrouillé à 13 h 47 après 5 minutes sans activité… », or nothing on a first opening."""
    if not locked:
        return ""
    reason, hour, minutes, kept = (*locked.split("@"), "saved")[:4]
    why = {
        "idle": f" après {minutes}\u00a0minutes sans activité",
        "interview": ", à la fin de l’entretien",
        "session": ", avec la session du poste",
        "sleep": ", à la mise en veille du poste",
        "twelve_hours": " après douze heures d’ouverture",
    }.get(reason, "")
    said = {
        "saved": "Votre travail est enregistré\u00a0; vous reviendrez à la même place.",
        "aside": "Le disque n’a pas tout pris\u00a0: votre dernier texte est gardé à part et reviendra à sa place.",
        "outside": "Personne n’était entré\u00a0: ouvrez de nouveau.",
        "lost": "Le disque n’a rien pris\u00a0: votre dernier texte n’a pas pu être gardé.",
    }[kept]
    return f"Verrouillé à {hour}{why}. {said}"
