"""Words of « À reporter »."""

from spip_desktop.domain import dates
from spip_desktop.domain.carrying import Answer, Block, BlockKind, Carried, System
from spip_desktop.domain.text import NBSP, french_spaces

REFUSALS = {
    "block_gone": "Ce bloc n’attend plus : le dossier a changé, ou il est déjà reporté. Rien n’a été noté.",
    "block_changed": "Le dossier a changé depuis que vous lisez ce bloc. Relisez-le avant de noter le report.",
    "carried_before": "Le report ne peut pas être avant le fait lui-même.",
    "carried_withdrawn": "Ce report est déjà retiré.",
}
TITLE = "À reporter"
SYSTEMS = {System.APPI: "APPI", System.GENESIS: "GENESIS", System.PRISME: "PRISME"}
DONE_IN = {
    System.APPI: "Reporté dans APPI",
    System.GENESIS: "Reporté dans GENESIS",
    System.PRISME: "Reporté dans PRISME",
}
NOT_INSTEAD = "Ce logiciel ne remplace ni APPI ni GENESIS."
#: A block whose fact left the dossier once it was reported.
GONE = "Retiré du dossier ici : à corriger là où c’est reporté."
#: The columns of the printed list and their shares.
COLUMNS = (("Personne", 2.4), ("Où", 2.4), ("Texte à reporter", 6.6), ("Le", 1.3))
TO_CHECK = "rubrique à vérifier par le service"
EMPTY = "Rien à reporter."
EMPTY_ADVICE = (
    "Ce que vous notez dans les dossiers que vous suivez, et qui doit être saisi de nouveau dans APPI ou GENESIS, "
    "vient ici dans l’ordre des faits, prêt à copier."
)

START = (
    "Tout ce qui a été noté depuis la création de chaque dossier est demandé. Si c’est déjà dans APPI et GENESIS, le "
    "service peut partir d’aujourd’hui : seuls les faits à venir, et ceux du jour, seront demandés à tous."
)
STARTED = "« À reporter » part d’aujourd’hui, pour tout le service."
START_KEPT = "Tout reste demandé depuis la création de chaque dossier. Une date se fixe dans « Régler »."


def done(line: Carried, who: str) -> str:
    """« Reporté dans APPI le 22/11/2026 par Claire Vasseur », « Pas à reporter, le … par … : motif »."""
    on = f"le {dates.short(line.happened_on)} par {who}"
    if line.answer is Answer.SET_ASIDE:
        return f"Pas à reporter, {on}{NBSP}: {french_spaces(line.reason)}"
    return f"{DONE_IN[line.system]} {on}"


def withdrawn(line: Carried, who: str) -> str:
    """« Retiré le 22/11/2026 par Claire Vasseur : mauvaise personne »."""
    said = f"Retiré le {dates.short(line.happened_on)} par {who}"
    return f"{said}{NBSP}: {french_spaces(line.reason)}" if line.reason else said


def changed_since(line: Carried) -> str:
    """« Modifié depuis le report du 22/11/2026 »."""
    what = "le report" if line.answer is Answer.CARRIED else "la décision"
    return f"Modifié depuis {what} du {dates.short(line.happened_on)}"


def where(kind: BlockKind) -> str:
    """« APPI, Suivi, comptes rendus d’entretien »."""
    return f"{SYSTEMS[kind.system]}, {kind.rubric}"


def where_and_state(block: Block) -> str:
    return f"{where(block.kind)}\n{state(block)}"


def state(block: Block) -> str:
    return changed_since(block.former) if block.former else "Jamais reporté"


def waiting(count: int) -> str:
    return f"{count}{NBSP}bloc{'s' if count > 1 else ''}"


def legend() -> str:
    return french_spaces("↓ bloc suivant, C copier, R noter le report : le bloc suivant vient aussitôt.")
