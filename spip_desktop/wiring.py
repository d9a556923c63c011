"""Puts the services together over one open store: the one place where they meet. No Qt."""

from dataclasses import dataclass

from spip_desktop.domain.clock import Clock
from spip_desktop.services.access import AccessService
from spip_desktop.services.account import AccountService
from spip_desktop.services.backup import BackupService
from spip_desktop.services.catalogue import Catalogue
from spip_desktop.services.context import Context
from spip_desktop.services.desk import DeskService
from spip_desktop.services.dossier_search import DossierSearch
from spip_desktop.services.evaluation import EvaluationService
from spip_desktop.services.habilitation import HabilitationService
from spip_desktop.services.health import HealthService
from spip_desktop.services.journal import JournalService
from spip_desktop.services.keys import KeyService
from spip_desktop.services.pacep import PacepService
from spip_desktop.services.partner import PartnerDirectory
from spip_desktop.services.person import PersonService
from spip_desktop.services.prescription import PrescriptionService
from spip_desktop.services.printing import PrintingService
from spip_desktop.services.retention import RetentionService
from spip_desktop.services.sheet_library import SheetLibrary
from spip_desktop.services.situation import SituationService
from spip_desktop.services.synthesis import SynthesisService


@dataclass(frozen=True, slots=True)
class Services:
    """Everything an officer can do in the open store."""

    context: Context
    access: AccessService
    account: AccountService
    habilitations: HabilitationService
    keys: KeyService
    backups: BackupService
    health: HealthService
    desk: DeskService
    persons: PersonService
    catalogue: Catalogue
    situation: SituationService
    synthesis: SynthesisService
    evaluations: EvaluationService
    partners: PartnerDirectory
    prescriptions: PrescriptionService
    sheets: SheetLibrary
    printing: PrintingService
    pacep: PacepService
    retention: RetentionService
    journal: JournalService
    dossier_search: DossierSearch

    @property
    def clock(self) -> Clock:
        return self.context.clock


def make_services(context: Context) -> Services:
    access = AccessService(context)
    catalogue = Catalogue()
    synthesis = SynthesisService(context, access, catalogue)
    account, backups = AccountService(context), BackupService(context)
    keys = KeyService(context, account, backups)
    return Services(
        context=context,
        access=access,
        account=account,
        habilitations=HabilitationService(context, lambda: [one.officer for one in keys.accesses() if one.opens]),
        keys=keys,
        backups=backups,
        health=HealthService(context),
        desk=DeskService(context),
        persons=PersonService(context, access),
        catalogue=catalogue,
        situation=SituationService(context, access, catalogue),
        synthesis=synthesis,
        evaluations=EvaluationService(context, access),
        partners=PartnerDirectory(context),
        prescriptions=PrescriptionService(context, access),
        sheets=SheetLibrary(context),
        printing=PrintingService(context),
        pacep=PacepService(context, access, synthesis),
        retention=RetentionService(context, keys.reauthenticate, backups.start_over),
        journal=JournalService(context, keys.reauthenticate),
        dossier_search=DossierSearch(context, access),
    )
