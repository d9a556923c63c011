"""Which right each method of the services asks for; those that ask for none, and why."""

from spip_desktop.domain.officer import Right

_REGISTERS = ("checks", "proofs", "plans", "payments", "sessions", "terms", "hours")
_LINES = ("add", "save_fields", "bin", "restore")


def _each(right: Right, of: str, *methods: str) -> dict[str, Right]:
    return {f"{of}.{method}": right for method in methods}


RIGHTS: dict[str, Right] = {
    **_each(Right.READ_PERSON, "access", "needs_reason", "open", "interims"),
    **_each(Right.ASSIGN, "access", "add_interim", "end_interim"),
    **_each(Right.MANAGE_KEYS, "account", "new_officer", "check_officer"),
    **_each(Right.MANAGE_KEYS, "keys", "add_officer", "give_access", "remove_officer"),
    **_each(Right.MANAGE_KEYS, "keys", "draw_paper", "paper", "note_paper", "confirm_paper"),
    **_each(Right.SET_SERVICE, "account", "save_service"),
    **_each(Right.HABILITATE, "habilitations", "change"),
    **_each(Right.WRITE_PERSON, "persons", "quick_start", "similar", "save_fields"),
    **_each(Right.READ_PERSON, "persons", "civil", "search", "page", "count", "assignments", "ended", "officers"),
    **_each(Right.ASSIGN, "persons", "assign", "end_assignment"),
    **_each(Right.WRITE_PERSON, "persons.addresses", *_LINES),
    **_each(Right.WRITE_PERSON, "persons.preparations", *_LINES),
    **_each(Right.WRITE_PERSON, "persons.documents", *_LINES),
    **_each(Right.WRITE_PERSON, "persons.contacts", *_LINES),
    **_each(Right.READ_PERSON, "situation", "penal", "may_act"),
    **_each(Right.WRITE_SITUATION, "situation", "new_edition", "save_sheet_line", "add_obligations"),
    **_each(Right.WRITE_SITUATION, "situation", "accept_suspension", "take_back_suspension"),
    **_each(Right.WRITE_SITUATION, "situation.custodies", *_LINES),
    **_each(Right.WRITE_SITUATION, "situation.sheets", *_LINES),
    **_each(Right.WRITE_SITUATION, "situation.bases", *_LINES),
    **_each(Right.WRITE_SITUATION, "situation.measures", *_LINES),
    **_each(Right.WRITE_SITUATION, "situation.obligations", *_LINES),
    **_each(Right.READ_PERSON, "obligations", "view"),
    **{
        path: right
        for kind in _REGISTERS
        for path, right in _each(Right.WRITE_SITUATION, f"obligations.{kind}", "note", "withdraw").items()
    },
    **_each(Right.PRINT, "obligations.papers", "state", "own"),
    **_each(Right.READ_PERSON, "obligations.papers", "usual_copy"),
    **_each(Right.ERASE, "retention", "lines", "preview", "erasures", "hold", "lift", "erase"),
    **_each(Right.ERASE, "retention", "past", "certificate", "old_copies", "renew_copies"),
    **_each(Right.READ_JOURNAL, "journal", "page", "count", "officers", "acts", "kinds", "consultations"),
    **_each(Right.READ_JOURNAL, "journal", "verify", "old", "trim"),
    **_each(Right.READ_PERSON, "dossier_search", "texts"),
    **_each(Right.SET_SERVICE, "backups", "set_second_folder"),
    **_each(Right.MANAGE_KEYS, "backups", "renew"),
    **_each(Right.ACKNOWLEDGE_LOSS, "health", "acknowledge"),
    **_each(Right.ERASE, "backups", "start_over"),
    **_each(Right.READ_PERSON, "synthesis", "header", "synthesis"),
    "evaluations.reading.form": Right.READ_EVALUATION,
    **_each(
        Right.READ_EVALUATION,
        "evaluations.reading",
        "versions",
        "current",
        "draft_of",
        "view",
        "blocking",
        "left_as_is",
    ),
    **_each(Right.READ_EVALUATION, "evaluations.changes", "between"),
    **_each(Right.PRINT, "evaluations.changes", "paper"),
    **_each(Right.READ_EVALUATION, "evaluations.guide", "guide", "find"),
    **_each(Right.PRINT, "evaluations.guide", "paper", "own_view"),
    **_each(Right.READ_EVALUATION, "confidences", "mine"),
    **_each(Right.WRITE_EVALUATION, "confidences", "add", "save", "bin", "restore"),
    **_each(Right.OPEN_CONFIDENCE, "confidences", "sealed", "open_sealed"),
    **_each(Right.READ_EVALUATION, "evaluations.own", "steps", "asked_by_present_form"),
    **_each(Right.WRITE_EVALUATION, "evaluations.own", "share", "say"),
    **_each(Right.WRITE_EVALUATION, "evaluations.draft", "start", "save", "save_step", "review"),
    **_each(Right.WRITE_EVALUATION, "evaluations.draft", "adapt_to_situation", "bin", "restore", "take_present_form"),
    **_each(
        Right.WRITE_EVALUATION, "evaluations.findings", "add", "quote", "save", "bin", "restore", "prioritise", "move"
    ),
    **_each(Right.WRITE_EVALUATION, "evaluations.course", "freeze", "record"),
    **_each(Right.READ_EVALUATION, "contributions", "of_person"),
    **_each(Right.CONTRIBUTE, "contributions", "start", "save_fields", "bin", "restore", "settle"),
    **_each(Right.READ_PERSON, "appointments", "of_person", "next"),
    **_each(Right.READ_PERSON, "appointments.reading", "of_person", "next", "view", "person_of"),
    **_each(Right.READ_PERSON, "appointments.draft", "offered", "legal_day", "usual_place"),
    **_each(Right.WRITE_APPOINTMENT, "appointments.draft", "start", "move", "cancel", "reopen", "bin", "restore"),
    **_each(Right.WRITE_APPOINTMENT, "appointments.course", "hand_over", "note_outcome"),
    **_each(Right.DECIDE, "appointments.course", "answer"),
    **_each(Right.READ_PERSON, "appointments.papers", "may_issue"),
    **_each(Right.PRINT, "appointments.papers", "issue", "batch"),
    **_each(Right.READ_PERSON, "agenda.reading", "days", "to_note"),
    **_each(Right.READ_PERSON, "agenda.setup", "places", "absences", "permanences"),
    **_each(Right.WRITE_APPOINTMENT, "agenda.setup", "add_place", "close_place", "open_place"),
    **_each(Right.WRITE_APPOINTMENT, "agenda.setup", "add_absence", "remove_absence", "restore_absence"),
    **_each(Right.WRITE_APPOINTMENT, "agenda.setup", "add_permanence", "remove_permanence", "restore_permanence"),
    **_each(Right.PRINT, "agenda.papers", "day_list", "call_list", "export"),
    **_each(Right.READ_EVALUATION, "arrivals", "circuit"),
    **_each(Right.WRITE_EVALUATION, "arrivals", "note_meeting"),
    **_each(Right.READ_INCIDENT, "incidents", "of_person", "red"),
    **_each(Right.WRITE_INCIDENT, "incidents", "note", "inform", "not_yet", "add_line"),
    **_each(Right.READ_INCIDENT, "breaches", "of_person"),
    **_each(Right.WRITE_INCIDENT, "breaches", "note", "explain", "judge", "decide", "report", "correct"),
    **_each(Right.TAKE_REQUEST, "requests", "page", "of_person", "add", "answer", "reopen", "bin", "restore"),
    **_each(Right.READ_PERSON, "arrival_list", "of_day"),
    **_each(Right.WRITE_PERSON, "arrival_list", "take_back", "restore"),
    **_each(Right.READ_EVALUATION, "pep", "cards"),
    **_each(Right.WRITE_EVALUATION, "pep", "copy"),
    **_each(Right.READ_EVALUATION, "commissions.reading", "person_of", "view", "of_person", "mine"),
    **_each(Right.WRITE_EVALUATION, "commissions.draft", "start", "save_fields", "save_member", "save_decision"),
    **_each(Right.WRITE_EVALUATION, "commissions.draft", "new_version", "bin", "restore"),
    **_each(Right.PRINT, "commissions.papers", "project", "issued"),
    **_each(Right.READ_EVALUATION, "commissions.papers", "shown", "preview", "known"),
    **_each(Right.WRITE_EVALUATION, "commissions.course", "issue", "copy_decision", "add_action", "note_outcome"),
    **_each(Right.WRITE_EVALUATION, "commissions.course", "note_paper_answer"),
    **_each(Right.VISA, "commissions.course", "note_visa", "send_back"),
    **_each(Right.READ_INTERVIEW, "interviews.reading", "person_of", "of_person", "view"),
    **_each(Right.WRITE_INTERVIEW, "interviews.writing", "begin", "save_fields", "bin", "restore", "close", "complete"),
    **_each(Right.READ_PERSON, "timeline", "of_person"),
    **_each(Right.PRINT, "timeline", "paper"),
    **_each(Right.READ_PARTNER, "partners", "summaries", "get", "all"),
    **_each(Right.WRITE_PARTNER, "partners", "add", "save_fields", "bin", "restore"),
    **_each(Right.WRITE_PARTNER, "partners", "add_service", "save_service", "remove_service", "put_service_back"),
    **_each(Right.WRITE_PARTNER, "partners", "add_contact", "save_contact", "remove_contact", "put_contact_back"),
    **_each(Right.WRITE_PARTNER, "partners.conventions", "add", "save", "remove", "put_back"),
    **_each(Right.READ_PARTNER, "public_directory", "last", "count", "search", "service", "gone"),
    **_each(Right.WRITE_PARTNER, "public_directory", "take"),
    **_each(Right.WRITE_PERSON, "person_lists", "read", "look", "carry_out", "taken_up", "take_back"),
    **_each(Right.WRITE_PARTNER, "partner_sheets", "read", "look", "carry_out"),
    **_each(Right.READ_PRESCRIPTION, "partner_figures", "of"),
    **_each(Right.PRINT, "partner_figures", "paper", "table"),
    **_each(Right.WRITE_PARTNER, "public_directory.imports", "look", "carry_out"),
    **_each(Right.READ_PARTNER, "partners.needs", "lines", "steps", "of"),
    **_each(Right.WRITE_PARTNER, "partners.needs", "add", "save_note", "bin", "restore"),
    **_each(Right.READ_PRESCRIPTION, "prescriptions", "view"),
    **_each(Right.READ_PRESCRIPTION, "prescriptions.offers", "to", "for_draft"),
    **_each(Right.SET_SERVICE, "sheets", "lines", "model", "paper", "preview", "install", "withdraw"),
    **_each(Right.READ_PACEP, "pacep.reading", "lines", "axes_by_finding"),
    "movement.of": Right.READ_EVALUATION,
    "movement.paper": Right.PRINT,
    **_each(Right.SET_SERVICE, "forms", "lines", "model", "paper", "preview", "install", "withdraw"),
    **_each(Right.READ_PRESCRIPTION, "prescriptions.reading", "of_person", "mine", "of_action", "person_of"),
    **_each(Right.READ_PRESCRIPTION, "prescriptions.reading", "may_start", "view"),
    **_each(Right.WRITE_PRESCRIPTION, "prescriptions.draft", "start", "bin", "restore", "save_fields"),
    **_each(Right.WRITE_PRESCRIPTION, "prescriptions.draft", "pass_over", "take_back", "mark_read", "change_addressee"),
    **_each(Right.WRITE_PRESCRIPTION, "prescriptions.course", "make_ready", "note_agreement", "hand_over", "amend"),
    **_each(Right.WRITE_PRESCRIPTION, "prescriptions.course", "note_state", "cancel", "withdraw", "prepare_edition"),
    **_each(Right.READ_PRESCRIPTION, "prescriptions.returns", "find", "fields", "plan_to_review", "review_reason"),
    **_each(Right.WRITE_PRESCRIPTION, "prescriptions.returns", "note"),
    **_each(Right.READ_PRESCRIPTION, "prescriptions.forms", "name", "may_leave"),
    **_each(Right.PRINT, "prescriptions.forms", "save"),
    **_each(Right.READ_PRESCRIPTION, "prescriptions.follow_up", "silent"),
    **_each(Right.PRINT, "prescriptions.follow_up", "make_letter", "last_letter"),
    **_each(Right.READ_PRESCRIPTION, "prescriptions.batches", "batches"),
    **_each(Right.PRINT, "prescriptions.batches", "papers"),
    **_each(Right.WRITE_PRESCRIPTION, "prescriptions.forms", "read", "sheet_of"),
    **_each(Right.READ_PRESCRIPTION, "prescriptions.papers", "preview", "content"),
    **_each(Right.PRINT, "prescriptions.papers", "project", "issued"),
    **_each(Right.PRINT, "printing", "note", "note_failure"),
    **_each(Right.TRANSFER, "transfer_out", "collect"),
    **_each(Right.TRANSFER, "transfer_in", "preview"),
    **_each(Right.READ_PACEP, "pacep", "view", "current", "open_actions"),
    **_each(Right.READ_PACEP, "pacep.reading", "view", "chain", "missing", "current", "open_actions", "action"),
    **_each(Right.WRITE_PACEP, "pacep.draft", "start", "new_version", "attach_evaluation", "bin", "restore"),
    **_each(Right.WRITE_PACEP, "pacep.draft", "save_fields", "take_fields_back", "add_axis", "add_objective"),
    **_each(Right.WRITE_PACEP, "pacep.draft", "add_action", "move", "bin_part", "restore_part", "tie", "untie"),
    **_each(Right.PRINT, "pacep.papers", "project", "to_sign", "copy", "changes"),
    **_each(Right.READ_PERSON, "pacep.papers", "frame_of"),
    **_each(Right.READ_PACEP, "pacep.papers", "usual_copy", "words_to_read"),
    **_each(Right.WRITE_PACEP, "pacep.course", "submit", "note_agreement", "note_visa"),
    **_each(Right.VISA, "pacep.course", "send_back"),
    **_each(Right.WRITE_PACEP, "pacep.course", "put_in_force", "note_progress"),
    **_each(Right.WRITE_PACEP, "pacep.course", "remove_part", "take_part_back", "note_sent"),
    **_each(Right.WRITE_PACEP, "pacep.review", "put_off", "advance"),
    **_each(Right.READ_PERSON, "todo", "groups", "of_person", "counts", "outcomes"),
    **_each(Right.DECIDE, "todo", "answer", "take_back"),
    **_each(Right.PRINT, "todo", "paper"),
    **_each(Right.READ_PERSON, "deadlines", "of_person", "moves_of_measure"),
    **_each(Right.SET_SERVICE, "deadlines", "set_rule", "set_territory", "impact"),
}
#: What a CPIP may look at without a reason where there is no DPIP: the reason is asked for by the act itself.
WITHOUT_REASON = frozenset(
    {"backups.start_over"}
    | {f"retention.{name}" for name in ("lines", "preview", "erasures", "past", "certificate")}
    | {f"retention.{name}" for name in ("old_copies", "renew_copies")}
)

#: Only a service holds a transaction: these are called inside an act that has asked for its right.
INSIDE = frozenset(
    {
        "access.require", "access.reach", "transfer_in.merge",
        "prescriptions.papers.issue", "pacep.papers.issue_to_sign",
        "commissions.papers.drawn", "commissions.papers.keep",
        *(f"persons.{kind}.of" for kind in ("addresses", "documents", "preparations", "contacts")),
        *(f"obligations.{kind}.of" for kind in _REGISTERS),
        *(f"situation.{kind}.of" for kind in ("custodies", "sheets", "bases", "measures", "obligations")),
    }
)  # fmt: skip

_LISTS = "lists shipped with the program, the same for everybody"
_OWN = "one's own details, drafts, seat or passphrase, and nobody else's"
_BACKUP = "a backup is encrypted like the store, and made by the program whoever is at work"
#: Open to every officer of the store, and why.
OPEN: dict[str, str] = {
    "account.me": _OWN,
    "sheets.may_set": "a question about oneself",
    "forms.may_set": "a question about oneself",
    "persons.may_follow": "a question about oneself",
    "confidences.may_open_sealed": "a question about oneself",
    "account.save_me": _OWN,
    "keys.change_passphrase": _OWN,
    "keys.reauthenticate": _OWN,
    **dict.fromkeys(("keys.enable_quick", "keys.disable_quick", "keys.quick_until"), _OWN),
    "keys.require_quick_offered": "what this workstation's system offers",
    "keys.drop_paper": "forgets a key that was drawn and not put in force",
    "keys.may_manage": "a question about oneself",
    "account.may_give_roles": "a question about oneself",
    "keys.accesses": "colleagues, and who still opens the store, are known to all",
    "backups.refresh_keys": "puts the present key file beside the copies, after an act that has asked for its right",
    "backups.renew_second": "puts copies under the store's present key, at the unlocking of whoever comes first",
    "account.service": "the letterhead of the service",
    "account.officers": "colleagues, their roles and their habilitations are known to all",
    "habilitations.past": "colleagues, their roles and their habilitations are known to all",
    "account.nameable": _LISTS,
    "account.named": "colleagues, their roles and their habilitations are known to all",
    "habilitations.may_change": "a question about oneself",
    "habilitations.must_say_why": "a question about oneself",
    "account.may_set_service": "a question about oneself",
    "account.may_manage_keys": "a question about oneself",
    **dict.fromkeys(("account.functions", "account.function_label", "account.roles", "account.role_label"), _LISTS),
    **dict.fromkeys((f"desk.{name}" for name in ("keep", "drop", "of", "sit", "seat")), _OWN),
    **dict.fromkeys((f"spelling.{name}" for name in ("mine", "teach", "forget")), "one's own words of the spelling"),
    "timeline.kinds": "a question about oneself",
    "desk.log": "places in the program, never a word of anyone",
    "desk.technical_log": "places in the program, never a word of anyone",
    **{
        f"catalogue.{name}": _LISTS
        for name in (
            "measure_label", "measures", "obligation_label", "obligation_place", "control_measures",
            "obligations", "obligation_rule", "kept_in_custody",
        )
    },
    **{
        f"backups.{name}": _BACKUP
        for name in (
            "root", "every", "status", "changed", "due", "make", "make_everywhere", "before", "try_newest",
            "second_folder",
        )
    },
    "backups.copy_to": "an encrypted copy: whoever is at work saves the work when the disk is full",
    **{
        f"health.{name}": "looks after the file and the clock, and tells no word of anyone"
        for name in ("begin", "take_reserve", "due", "check", "rest", "loss", "watch_clock")
    },
    "health.may_acknowledge": "a question about oneself",
    "health.must_say_why": "a question about oneself",
    "backups.may_choose_second": "a question about oneself",
    "retention.may_look": "a question about oneself",
    "journal.may_read": "a question about oneself",
    "journal.may_trim": "a question about oneself",
    "deadlines.may_set": "a question about oneself",
    "deadlines.rules": "the rules of the service, of nobody",
    "deadlines.territory": "the calendar of the service, of nobody",
}  # fmt: skip

#: Ids that are of no dossier, and methods that take one before it is open; why.
NOT_OF_A_DOSSIER: dict[str, str] = {
    "partner_id": "a structure of the directory",
    "service_id": "a service of a structure",
    "contact_id": "a contact of a structure",
    "convention_id": "an agreement with a structure",
    "need_id": "a line of the table of needs and partners",
    "officer_id": "a colleague",
    "list_id": "a list that one took up oneself: what somebody worked on since stays",
    "place_id": "a place of the service",
    "absence_id": "when an officer is away",
    "permanence_id": "a time when the service receives",
    "absent_id": "a colleague",
    "replacement_id": "a colleague",
    "interim_id": "who stands in for whom",
    "object_id": "what a paper already in hand is about",
    "hold_id": "what holds an erasure back",
    "own_id": "a version of a sheet or of a form",
    "package": "a package of another station, set aside: it says itself of whom it is",
    "batch": "dossiers that are erased: their numbers, no more",
    **dict.fromkeys(
        ("confidences.sealed", "confidences.open_sealed"), "the DPIP's alone, to whom every dossier is open"
    ),
    **dict.fromkeys(
        ("retention.hold", "retention.preview"), "of dossiers that have ended: their name and what is counted, no more"
    ),
    "requests.add": "a message for whoever follows: it is typed by whoever takes the call, and nothing is read",
    "access.needs_reason": "asks whether the dossier may be opened",
    "interviews.reading.person_of": "says which dossier to open first, and nothing of it",
    "appointments.reading.person_of": "says which dossier to open first, and nothing of it",
    "commissions.reading.person_of": "says which dossier to open first, and nothing of it",
    "prescriptions.reading.person_of": "says which dossier to open first, and nothing of it",
}
