"""By what persons may be looked for, sorted, filtered and counted across dossiers, and why (R. 113-51).

A column that is in no list here is in no condition, no order and no figure of a reading across dossiers.
"""

_WHO = "who it is: names, birth, numbers"
_FOLLOWED = "who follows, since when, until when"
_AGENDA = "when an appointment is, and what waits of it: nobody is forgotten; told to who follows"
_FIXED = "whether the appointment that was decided after an absence is fixed: nobody is forgotten"
_LINK = "ties a record to its person, or to what it is of"
_KEPT = "bookkeeping: the bin, the revisions"
_WHERE = "where the person sleeps: escorts and visits are organised by it; told only of dossiers within reach"
_WHEN = "a date of the file: what comes next is organised by it; told only of dossiers within reach"
_RUNS = "whether something runs: nobody is assigned to what has ended"
_MILIEU = "inside or outside: the work is shared out by it"
_SHEET = "the sheet's own state, for who follows the person"
_REQUEST = "for whom a request is, since when it waits: never what is asked"
_OPEN_DATA = "open data on structures and services, of nobody"
_JOURNAL = "who did what and when: no word of the dossier"
_CARRIED = "whether a fact was entered elsewhere as it is now, by its kind, its day and its revision: never its words"
_CARRIED_FROM = {
    "address": "starts", "breach": "happened_on", "incident": "happened_on", "request": "received_on",
    "obligation_check": "checked_on", "obligation_proof": "seen_on", "payment": "paid_on",
    "work_session": "done_on", "hours_line": "happened_on",
}  # fmt: skip

#: Every column that a reading across dossiers may compare, sort by or count; and why.
COLUMNS: dict[str, str] = {
    **{f"person.{name}": _WHO for name in ("id", "sort_key", "birth_date", "birth_key", "usual_key", "appi_number")},
    "custody.ecrou_number": _WHO,
    **{f"assignment.{name}": _FOLLOWED for name in ("officer_id", "starts", "ends")},
    **{f"interim.{name}": _FOLLOWED for name in ("absent_id", "replacement_id", "starts", "ends")},
    **{f"officer.{name}": _FOLLOWED for name in ("id", "first_name", "family_name")},
    **{f"custody.{name}": _WHERE for name in ("establishment", "building", "floor", "cell")},
    "custody.hosted": _MILIEU,
    "custody.release_target_on": _WHEN,
    "custody.starts": "the day of the écrou: who arrives is met by it; identity and who follows, no more, is told",
    **{
        f"sentence_sheet.{name}": _WHEN
        for name in ("adjustment_decided_for", "lsc_on", "end_official", "commission_on", "leave_possible")
    },
    "sentence_sheet.as_of": _WHEN,
    "interview.held_on": "the day of the last interview: who was not met yet is seen to",
    "interview.closed_on": "which notes are drafts: what waits is seen to",
    **{
        f"interview.{part}": "whether a draft says anything, never what: a page opened by mistake proves no interview"
        for part in ("since_last", "today", "decisions", "next_steps")
    },
    "evaluation.interview_on": "the day of the last interview: who was not met yet is seen to",
    "evaluation.number": "which version of an evaluation is the newest",
    "pacep.submitted_on": _WHEN,
    "pacep.level": "how many persons of each level an officer carries: counted, nobody is named or ranked",
    "pacep.number": "which version of a plan is the newest",
    **{
        f"pacep_axes_objectives_actions.{name}": "whether an action says who and when: what lacks it is seen to"
        for name in ("who", "due", "frequency", "binned_on")
    },
    **{f"{table}.ends": _RUNS for table in ("custody", "basis")},
    "evaluation.frozen_on": "which versions are drafts: the code of a paper opens one",
    "event.kind": "facts of sheets: to whom a letter went",
    "event.code": "how far a paper is in its life (shared, seen, closed): what waits is seen to",
    "todo_outcome.line": "which rule of which record was answered: written by the program, no word of anyone",
    **{f"appointment.{name}": _AGENDA for name in ("standing", "day", "begins", "officer_id")},
    **{f"officer_absence.{name}": "when an officer is away, of no person" for name in ("starts", "ends")},
    **{f"appointment.{name}": _FIXED for name in ("kind", "made_on")},
    "measure.ended_on": _RUNS,
    "measure.starts": _RUNS,
    **{f"request.{name}": _REQUEST for name in ("answered_on", "received_on", "officer_id")},
    **{f"prescription.{name}": _SHEET for name in ("id", "person_id", "sheet_code", "drafted_on")},
    **{
        f"prescription.{name}": "a paper in hand, by the random code it bears"
        for name in ("answer_code", "sheet_number")
    },
    **{f"carried.{name}": _CARRIED for name in ("block", "mark", "answer", "noted_at")},
    **{f"{table}.changed_at": _CARRIED for table in (*_CARRIED_FROM, "person", "event", "interview", "appointment")},
    "appointment.milieu": _CARRIED,
    **{f"{table}.{day}": _CARRIED for table, day in _CARRIED_FROM.items()},
    "event.happened_on": "the days of sheets: counted per partner without a name, small numbers hidden",
    **{f"journal.{name}": _JOURNAL for name in ("seq", "at", "officer", "act", "object", "kind", "reason")},
}
COLUMNS |= {
    "erasure.scope": "which dossiers were erased: a package does not bring them back",
    "import_staging.number": "the order of the lines of a package",
    "transfer_dispute.found_at": "what is to be settled first: when it was found",
    "transfer_waiting.arrived_at": "what waits longest: when it arrived",
    "revision.kind": "which kind of record, not what it says: what travels in a package",
    "revision.act": "what was done to a record, not what it says: documents that stand in two versions",
    "person_duplicate.state": "whether two dossiers were merged: what a package brings of one lands in the other",
}
#: The same of any table.
ANY_TABLE: dict[str, str] = {
    "id": _LINK, "person_id": _LINK, "root_id": _LINK, "object_id": _LINK, "position": _LINK, "lineage": _LINK,
    "deleted_at": _KEPT, "at": _KEPT, "seq": _KEPT, "name": _KEPT, "value": _KEPT,
}  # fmt: skip

#: Columns that an index speeds up, and why: none is of words typed about someone.
INDEXED: dict[str, str] = {
    **{f"person.{name}": _WHO for name in ("sort_key", "birth_key", "usual_key", "appi_number", "id")},
    "custody.ecrou_number": _WHO,
    **{f"assignment.{name}": _FOLLOWED for name in ("officer_id", "person_id", "starts", "ends")},
    "interim.replacement_id": _FOLLOWED,
    "officer.identifier": _FOLLOWED,
    "journal.object": _JOURNAL, "journal.officer": _JOURNAL, "journal.act": _JOURNAL,
    "explored_field.step": "which step of the form, not what was written in it",
    "finding.step": "which step of the form, not what was written in it",
    "confidence.author_id": "who holds it: it is read by nobody else",
    **{f"interview.{name}": _WHEN for name in ("held_on", "closed_on")},
    "known_word.officer_id": "who taught the word to their own spelling",
    "sentence_sheet.as_of": _WHEN,
    "prescription.sheet_number": "random, printed on a paper that comes back",
    "prescription.answer_code": "random, printed on a paper that comes back",
    **{f"request.{name}": _REQUEST for name in ("answered_on", "received_on")},
    "caseload_view.officer_id": "whose view it is, of nobody followed",
    **{f"appointment.{name}": _WHEN for name in ("day", "officer_id", "standing")},
    **{
        f"todo_outcome.{name}": "what became of a line of « À traiter », not what was written of it"
        for name in ("line", "answer", "until", "decided_at")
    },
    "import_staging.kind": "which kind of record a package brings, until it is merged",
    "officer_absence.officer_id": "when an officer is away, of no person",
    "service_sheet.code": "which sheet of the service, of nobody",
    "service_form.code": "which form of the service, of nobody",
    **{f"carried.{name}": _CARRIED for name in ("block", "mark", "answer")},
    **{f"{table}.changed_at": _CARRIED for table in ("interview", "appointment")},
    "appointment.milieu": _CARRIED,
    "event.kind": "which kind of paper a fact is of, not what it says",
    "erasure.batch": "the numbers of what is erased",
    "event.code": "how far a paper is in its life",
    **{f"{table}.number": "which version, not what it says" for table in ("evaluation", "pacep")},
    "evaluation.frozen_on": _WHEN,
    "evaluation.interview_on": _WHEN,
    "pacep.submitted_on": _WHEN,
    "prescription.sheet_code": "which kind of sheet, not what it says",
    "prescription.drafted_on": _WHEN,
    **{f"public_structure.{name}": _OPEN_DATA for name in ("id", "words", "department", "vanished_on")},
    **{f"public_service.{name}": _OPEN_DATA for name in ("id", "words", "department", "vanished_on", "themes")},
    "public_service.structure_id": _OPEN_DATA,
}  # fmt: skip
