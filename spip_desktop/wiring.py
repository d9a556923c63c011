"""Puts the services together over one open store: the one place where they meet. No Qt.

Each is imported and made the first time it is asked for: the first page needs few of them.
"""

from functools import cached_property
from typing import TYPE_CHECKING

from spip_desktop.domain.clock import Clock
from spip_desktop.services.context import Context

if TYPE_CHECKING:
    from spip_desktop.services.access import AccessService
    from spip_desktop.services.access_answer import AccessAnswers
    from spip_desktop.services.account import AccountService
    from spip_desktop.services.agenda import AgendaService
    from spip_desktop.services.appointment import AppointmentService
    from spip_desktop.services.arrival import ArrivalService
    from spip_desktop.services.arrival_list import ArrivalList
    from spip_desktop.services.backup import BackupService
    from spip_desktop.services.breach import BreachService
    from spip_desktop.services.carrying import CarryingService
    from spip_desktop.services.caseload import CaseloadService
    from spip_desktop.services.catalogue import Catalogue
    from spip_desktop.services.commission import CommissionService
    from spip_desktop.services.confidence import ConfidenceService
    from spip_desktop.services.conflict import ConflictService
    from spip_desktop.services.contribution import ContributionService
    from spip_desktop.services.deadline import DeadlineService
    from spip_desktop.services.desk import DeskService
    from spip_desktop.services.dossier_paper import DossierPaper
    from spip_desktop.services.dossier_search import DossierSearch
    from spip_desktop.services.duplicates import DuplicateService
    from spip_desktop.services.evaluation import EvaluationService
    from spip_desktop.services.form_library import FormLibrary
    from spip_desktop.services.habilitation import HabilitationService
    from spip_desktop.services.handover import HandoverService
    from spip_desktop.services.health import HealthService
    from spip_desktop.services.held_data import HeldData
    from spip_desktop.services.incident import IncidentService
    from spip_desktop.services.interview import InterviewService
    from spip_desktop.services.journal import JournalService
    from spip_desktop.services.keys import KeyService
    from spip_desktop.services.list_export import ListExport
    from spip_desktop.services.movement import MovementService
    from spip_desktop.services.obligation import ObligationService
    from spip_desktop.services.pacep import PacepService
    from spip_desktop.services.partner import PartnerDirectory
    from spip_desktop.services.partner_figures import PartnerFiguresService
    from spip_desktop.services.partner_public import PublicDirectory
    from spip_desktop.services.partner_sheet import PartnerSheets
    from spip_desktop.services.pep import PepService
    from spip_desktop.services.person import PersonService
    from spip_desktop.services.person_import import PersonLists
    from spip_desktop.services.prescription import PrescriptionService
    from spip_desktop.services.printing import PrintingService
    from spip_desktop.services.report import ReportService
    from spip_desktop.services.request import RequestService
    from spip_desktop.services.retention import RetentionService
    from spip_desktop.services.sheet_library import SheetLibrary
    from spip_desktop.services.situation import SituationService
    from spip_desktop.services.spelling import SpellingService
    from spip_desktop.services.synthesis import SynthesisService
    from spip_desktop.services.timeline import TimelineService
    from spip_desktop.services.todo import TodoService
    from spip_desktop.services.transfer_in import TransferIn
    from spip_desktop.services.transfer_out import TransferOut
    from spip_desktop.services.transfers import TransferService
    from spip_desktop.services.workload import WorkloadService


class Services:
    """Everything an officer can do in the open store."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @property
    def clock(self) -> Clock:
        return self.context.clock

    @cached_property
    def access(self) -> "AccessService":
        from spip_desktop.services.access import AccessService

        return AccessService(self.context)

    @cached_property
    def account(self) -> "AccountService":
        from spip_desktop.services.account import AccountService

        return AccountService(self.context)

    @cached_property
    def habilitations(self) -> "HabilitationService":
        from spip_desktop.services.habilitation import HabilitationService

        return HabilitationService(self.context, lambda: [one.officer for one in self.keys.accesses() if one.opens])

    @cached_property
    def keys(self) -> "KeyService":
        from spip_desktop.services.keys import KeyService

        return KeyService(self.context, self.account, self.backups)

    @cached_property
    def backups(self) -> "BackupService":
        from spip_desktop.services.backup import BackupService

        return BackupService(self.context)

    @cached_property
    def health(self) -> "HealthService":
        from spip_desktop.services.health import HealthService

        return HealthService(self.context)

    @cached_property
    def desk(self) -> "DeskService":
        from spip_desktop.services.desk import DeskService

        return DeskService(self.context)

    @cached_property
    def persons(self) -> "PersonService":
        from spip_desktop.services.person import PersonService

        return PersonService(self.context, self.access)

    @cached_property
    def catalogue(self) -> "Catalogue":
        from spip_desktop.services.catalogue import Catalogue

        return Catalogue()

    @cached_property
    def situation(self) -> "SituationService":
        from spip_desktop.services.situation import SituationService

        return SituationService(self.context, self.access, self.catalogue)

    @cached_property
    def obligations(self) -> "ObligationService":
        from spip_desktop.services.obligation import ObligationService

        return ObligationService(self.context, self.access, self.catalogue, self.synthesis)

    @cached_property
    def synthesis(self) -> "SynthesisService":
        from spip_desktop.services.synthesis import SynthesisService

        return SynthesisService(self.context, self.access, self.catalogue)

    @cached_property
    def evaluations(self) -> "EvaluationService":
        from spip_desktop.services.evaluation import EvaluationService

        return EvaluationService(self.context, self.access)

    @cached_property
    def confidences(self) -> "ConfidenceService":
        from spip_desktop.services.confidence import ConfidenceService

        return ConfidenceService(self.context, self.access)

    @cached_property
    def contributions(self) -> "ContributionService":
        from spip_desktop.services.contribution import ContributionService

        return ContributionService(self.context, self.access)

    @cached_property
    def agenda(self) -> "AgendaService":
        from spip_desktop.services.agenda import AgendaService

        return AgendaService(self.context, self.access)

    @cached_property
    def appointments(self) -> "AppointmentService":
        from spip_desktop.services.appointment import AppointmentService

        return AppointmentService(self.context, self.access)

    @cached_property
    def arrivals(self) -> "ArrivalService":
        from spip_desktop.services.arrival import ArrivalService

        return ArrivalService(self.context, self.access)

    @cached_property
    def breaches(self) -> "BreachService":
        from spip_desktop.services.breach import BreachService

        return BreachService(self.context, self.access)

    @cached_property
    def reports(self) -> "ReportService":
        from spip_desktop.services.report import ReportService

        return ReportService(self.context, self.access)

    @cached_property
    def incidents(self) -> "IncidentService":
        from spip_desktop.services.incident import IncidentService

        return IncidentService(self.context, self.access)

    @cached_property
    def requests(self) -> "RequestService":
        from spip_desktop.services.request import RequestService

        return RequestService(self.context, self.access)

    @cached_property
    def arrival_list(self) -> "ArrivalList":
        from spip_desktop.services.arrival_list import ArrivalList

        return ArrivalList(self.context, self.access)

    @cached_property
    def caseload(self) -> "CaseloadService":
        from spip_desktop.services.caseload import CaseloadService

        return CaseloadService(self.context, self.access)

    @cached_property
    def carrying(self) -> "CarryingService":
        from spip_desktop.services.carrying import CarryingService

        return CarryingService(self.context, self.access)

    @cached_property
    def pep(self) -> "PepService":
        from spip_desktop.services.pep import PepService

        return PepService(self.context, self.access)

    @cached_property
    def commissions(self) -> "CommissionService":
        from spip_desktop.services.commission import CommissionService

        return CommissionService(self.context, self.access, self.evaluations, self.pacep)

    @cached_property
    def interviews(self) -> "InterviewService":
        from spip_desktop.services.interview import InterviewService

        return InterviewService(self.context, self.access)

    @cached_property
    def access_answers(self) -> "AccessAnswers":
        from spip_desktop.services.access_answer import AccessAnswers

        return AccessAnswers(self.context, self.access, self._held())

    @cached_property
    def dossier_paper(self) -> "DossierPaper":
        from spip_desktop.services.dossier_paper import DossierPaper

        return DossierPaper(self.context, self.access, self._held(), self.keys.reauthenticate)

    def _held(self) -> "HeldData":
        from spip_desktop.services.evaluation_ground import Ground
        from spip_desktop.services.held_data import HeldData

        return HeldData(Ground(self.context, self.access))

    @cached_property
    def list_export(self) -> "ListExport":
        from spip_desktop.services.list_export import ListExport

        return ListExport(self.context)

    @cached_property
    def timeline(self) -> "TimelineService":
        from spip_desktop.services.timeline import TimelineService

        return TimelineService(self.context, self.access)

    @cached_property
    def spelling(self) -> "SpellingService":
        from spip_desktop.services.spelling import SpellingService

        return SpellingService(self.context, self.access)

    @cached_property
    def partners(self) -> "PartnerDirectory":
        from spip_desktop.services.partner import PartnerDirectory

        return PartnerDirectory(self.context)

    @cached_property
    def partner_sheets(self) -> "PartnerSheets":
        from spip_desktop.services.partner_sheet import PartnerSheets

        return PartnerSheets(self.context, lambda: self.backups.before("import"))

    @cached_property
    def person_lists(self) -> "PersonLists":
        from spip_desktop.services.person_import import PersonLists

        return PersonLists(self.context, lambda: self.backups.before("import"))

    @cached_property
    def workload(self) -> "WorkloadService":
        from spip_desktop.services.workload import WorkloadService

        return WorkloadService(self.context, self.access)

    @cached_property
    def partner_figures(self) -> "PartnerFiguresService":
        from spip_desktop.services.partner_figures import PartnerFiguresService

        return PartnerFiguresService(self.context)

    @cached_property
    def public_directory(self) -> "PublicDirectory":
        from spip_desktop.services.partner_public import PublicDirectory

        return PublicDirectory(self.context, lambda: self.backups.before("import"))

    @cached_property
    def prescriptions(self) -> "PrescriptionService":
        from spip_desktop.services.prescription import PrescriptionService

        return PrescriptionService(self.context, self.access)

    @cached_property
    def sheets(self) -> "SheetLibrary":
        from spip_desktop.services.sheet_library import SheetLibrary

        return SheetLibrary(self.context)

    @cached_property
    def forms(self) -> "FormLibrary":
        from spip_desktop.services.form_library import FormLibrary

        return FormLibrary(self.context)

    @cached_property
    def printing(self) -> "PrintingService":
        from spip_desktop.services.printing import PrintingService

        return PrintingService(self.context)

    @cached_property
    def pacep(self) -> "PacepService":
        from spip_desktop.services.pacep import PacepService

        return PacepService(self.context, self.access, self.synthesis)

    @cached_property
    def movement(self) -> "MovementService":
        from spip_desktop.services.movement import MovementService

        return MovementService(self.context, self.access)

    @cached_property
    def retention(self) -> "RetentionService":
        from spip_desktop.services.retention import RetentionService

        return RetentionService(self.context, self.keys.reauthenticate, self.backups.start_over)

    @cached_property
    def journal(self) -> "JournalService":
        from spip_desktop.services.journal import JournalService

        return JournalService(self.context, self.keys.reauthenticate)

    @cached_property
    def dossier_search(self) -> "DossierSearch":
        from spip_desktop.services.dossier_search import DossierSearch

        return DossierSearch(self.context, self.access)

    @cached_property
    def transfer_out(self) -> "TransferOut":
        from spip_desktop.services.transfer_out import TransferOut

        return TransferOut(self.context, self.access)

    @cached_property
    def conflicts(self) -> "ConflictService":
        from spip_desktop.services.conflict import ConflictService

        return ConflictService(self.context, self.access)

    @cached_property
    def duplicates(self) -> "DuplicateService":
        from spip_desktop.services.duplicates import DuplicateService

        return DuplicateService(self.context, self.access)

    @cached_property
    def handovers(self) -> "HandoverService":
        from spip_desktop.services.handover import HandoverService
        from spip_desktop.services.handover_paper import HandoverPapers, Readers

        readers = Readers(
            synthesis=self.synthesis.synthesis,
            obligations=self.obligations.view,
            appointment=self.appointments.next,
            partners=self.prescriptions.reading.of_person,
            waiting=self.todo.of_person,
        )
        return HandoverService(self.context, self.access, HandoverPapers(self.context, self.access, readers))

    @cached_property
    def transfer_in(self) -> "TransferIn":
        from spip_desktop.services.transfer_in import TransferIn

        return TransferIn(self.context)

    @cached_property
    def transfers(self) -> "TransferService":
        from spip_desktop.services.transfers import TransferService

        return TransferService(
            self.context,
            self.access,
            self.transfer_out,
            self.transfer_in,
            self.keys.confirm,
            lambda: self.backups.before("import"),
        )

    @cached_property
    def deadlines(self) -> "DeadlineService":
        from spip_desktop.services.deadline import DeadlineService

        return DeadlineService(self.context, self.access)

    @cached_property
    def todo(self) -> "TodoService":
        from spip_desktop.services.todo import TodoService

        return TodoService(self.context, self.access)


def make_services(context: Context) -> Services:
    return Services(context)
