"""Rules on what hangs on a person: addresses, contacts, identity documents, assignments."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from spip_desktop.domain.errors import Problem
from spip_desktop.domain.person import (
    Address,
    AddressKind,
    Assignment,
    Contact,
    ContactKind,
    IdentityDocument,
    Preparation,
    phone_is_readable,
)

_POSTAL_CODE = re.compile(r"\d{5}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
#: How long before its end an identity document is worth renewing (a service habit, not a rule of law).
RENEW_BEFORE = timedelta(days=90)


def address_problems(address: Address) -> list[Problem]:
    """A French postal code has five digits; an address with a country in its complement may have none."""
    problems = []
    if address.postal_code and not _POSTAL_CODE.fullmatch(address.postal_code):
        problems.append(Problem("postal_code_format", "postal_code"))
    if address.starts and address.ends and address.ends < address.starts:
        problems.append(Problem("end_before_start", "ends"))
    return problems


def contact_problems(contact: Contact) -> list[Problem]:
    """Of a coordinating doctor only the existence is recorded: no name is asked, no note is kept."""
    problems = []
    if contact.kind == ContactKind.COORDINATING_DOCTOR and contact.note:
        problems.append(Problem("doctor_existence_only", "note"))
    if contact.email and not _EMAIL.fullmatch(contact.email):
        problems.append(Problem("email_format", "email"))
    if contact.phone and not phone_is_readable(contact.phone):
        problems.append(Problem("phone_format", "phone"))
    return problems


def document_problems(document: IdentityDocument, today: date) -> list[Problem]:
    problems = []
    if document.issued and document.issued > today:
        problems.append(Problem("date_in_future", "issued"))
    if document.issued and document.expires and document.expires < document.issued:
        problems.append(Problem("end_before_start", "expires"))
    return problems


def preparation_problems(preparation: Preparation) -> list[Problem]:
    late = preparation.starts and preparation.ends and preparation.ends < preparation.starts
    return [Problem("end_before_start", "ends")] if late else []


def document_warnings(document: IdentityDocument, today: date) -> list[Problem]:
    """An end of validity gone by, near, or not noted."""
    if document.expires is None:
        return [Problem("document_without_end", "expires")]
    if document.expires < today:
        return [Problem("document_over", "expires")]
    return [Problem("document_soon_over", "expires")] if document.expires <= today + RENEW_BEFORE else []


def assignment_problems(assignment: Assignment, others: Iterable[Assignment]) -> list[Problem]:
    """Several officers may follow at once, not twice the same one."""
    problems = []
    if assignment.ends and assignment.ends < assignment.starts:
        problems.append(Problem("end_before_start", "ends"))
    same = [one for one in others if one.officer_id == assignment.officer_id and one.id != assignment.id]
    if assignment.ends is None and any(one.ends is None for one in same):
        problems.append(Problem("already_assigned", "officer_id"))
    return problems


def assignment_is_open(assignment: Assignment, today: date) -> bool:
    return assignment.starts <= today and (assignment.ends is None or assignment.ends >= today)


def current_address(addresses: Iterable[Address], kind: str, today: date) -> Address | None:
    """The newest address of a kind that holds today."""
    found = [
        one
        for one in addresses
        if one.kind == kind and (one.starts is None or one.starts <= today) and (one.ends is None or one.ends >= today)
    ]
    return max(found, key=lambda one: (one.starts or date.min, one.id), default=None)


def address_at_release(addresses: Iterable[Address]) -> Address | None:
    """Where the person will live when they leave: no date is asked of it, it lies ahead."""
    found = [one for one in addresses if one.kind == AddressKind.AT_RELEASE]
    return max(found, key=lambda one: one.id, default=None)
