"""A convocation, slips and the lists of a day, as values: invented persons."""

from datetime import date

from spip_desktop.domain.agenda import Half
from spip_desktop.domain.appointment_paper import Convocation, MovementSlip, ReminderLetter
from spip_desktop.domain.sheet import Letterhead
from spip_desktop.wording.appointment import CALL_COLUMNS, HALVES

DAY = date(2026, 12, 8)
CONVOCATION = Convocation(
    sender=Letterhead(
        heading="De la part de", name="SPIP, antenne de Valbrune", lines=("4, rue des Tanneurs", "31999 Valbrune")
    ),
    recipient=Letterhead(
        heading="À l’attention de", name="Madame Martine BRÉAUD", lines=("2, rue Haute", "31999 Valbrune")
    ),
    title="Rendez-vous à la sortie de détention (741-1)",
    day=DAY,
    hour="14 h 30",
    place="Point-justice d’Orsanne",
    address="3, place du Marché, 31997 Orsanne",
    opening="Vous êtes convoquée {when}",
    cannot="Si vous ne pouvez pas venir",
    lasts=90,
    access="Bus 4, arrêt Marché. Sonnez à la porte de gauche.",
    bring="Une pièce d’identité, votre billet de sortie et un justificatif de domicile.",
    consequences="Si vous ne venez pas à cette date, le juge de l’application des peines en sera informé et votre "
    "sursis probatoire pourra être révoqué.",
    phone="05 36 49 30 10",
    signed_by="Claire Vasseur",
    made_on=date(2026, 11, 22),
)
REMINDER = ReminderLetter(
    sender=CONVOCATION.sender,
    recipient=CONVOCATION.recipient,
    day=DAY,
    hour="14\u00a0h\u00a030",
    missed="Vous n’êtes pas venue au rendez-vous fixé {when}",
    parts=(
        (
            "Ce que nous vous rappelons",
            "Vous devez répondre à nos convocations et respecter les obligations qui vous ont été notifiées.",
        ),
        ("Ce que vous avez à faire maintenant", "Appelez-nous au 05 36 49 30 10 dès que vous recevez cette lettre."),
        (
            "Votre prochain rendez-vous",
            "Il est fixé le mardi 15 décembre 2026 à 10\u00a0h\u00a000, Point-justice d’Orsanne, 3, place du Marché, "
            "31997 Orsanne.",
        ),
        (
            "Sans nouvelles de votre part",
            "Le magistrat chargé de votre suivi pourra être informé de votre absence.",
        ),
    ),
    signed_by="Claire Vasseur",
    made_on=date(2026, 12, 9),
)
SLIPS = [
    MovementSlip(
        person=person,
        ecrou=ecrou,
        cell=cell,
        day=DAY,
        hour=hour,
        place="Maison d’arrêt de Valbrune, bureaux du SPIP, Bureau 2",
        officer="Claire Vasseur",
    )
    for person, ecrou, cell, hour in (
        ("Loïc PERRIN", "48213", "Bâtiment B, étage 2, cellule 214", "9 h 30"),
        ("Antonio DA SILVA REIS", "", "", "10 h 15"),
        ("Ibrahima N’DIAYE", "47902", "Bâtiment A, cellule 12", "11 h 00"),
        ("Yann LE GALL", "48655", "Bâtiment B, étage 1, cellule 103", "14 h 00"),
        ("İsmail YILDIZ", "48001", "Bâtiment SL, cellule 4", "16 h 30"),
    )
]
CALLS = {
    f"Bâtiment {name}, {HALVES[half].lower()}": [(hour, person, ecrou, cell, "Bureau 2", "Claire Vasseur", "")]
    for name, half, hour, person, ecrou, cell in (
        ("A", Half.MORNING, "11 h 00", "Ibrahima N’DIAYE", "47902", "cellule 12"),
        ("B", Half.MORNING, "9 h 30", "Loïc PERRIN", "48213", "étage 2, cellule 214"),
        ("B", Half.AFTERNOON, "14 h 00", "Yann LE GALL", "48655", "étage 1, cellule 103"),
    )
}
HEADS = CALL_COLUMNS
