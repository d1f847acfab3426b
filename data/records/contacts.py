"""How to reach persons: only with their consent, to nobody by default, each reading written down, erased for good.

The audit names a contact by an identifier that says nothing, never the person: what is erased here leaves no trace
there, and the chain holds.
"""

import contextlib
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Connection, delete, func, insert, select

from data.errors import AtlasError
from data.records import audit
from data.records.audit import AuditRow, Entry
from data.records.database import Database
from data.records.errors import RecordNotFound, StoreUnavailable
from data.records.repository import now
from data.records.rights import Person, RightsError, reaches, require
from data.records.tables import consents, contacts

PURPOSES = ("projects", "meetings", "emergencies")
"""What a person agreed to be called for."""
PROOFS = ("paper", "message", "spoken")
"""How they said so: a signed paper, a message that is kept, before a witness."""
ERASED_BECAUSE = ("withdrawn", "changed", "mistake")
TEXT_VERSION = "1"
"""Of the sentences a person agrees to (`contacts.consent_text` in the texts): raised whenever they are changed."""
LONGEST = 200
SHORTEST_ASKED, SHORTEST_PHONE = 3, 9
"""Letters, and digits, that a search for a person needs at least; nine digits are a Moroccan number without its 0."""
MAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\".]{2,}")
PHONE = re.compile(r"\+?[0-9][0-9 .()/-]{6,24}")


class ContactError(AtlasError, ValueError):
    """A contact cannot be kept.

    Attributes
    ----------
    reasons
        All that is wrong: `name`, `reach` (neither a phone nor an e-mail), `phone`, `email`, `purpose`, `proof`,
        `given_at` (no day, or one to come), `consent` (not confirmed) (`contacts.problem.<reason>` in the texts).
    """

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = reasons
        super().__init__("contact: " + ", ".join(reasons))


@dataclass(frozen=True)
class Consent:
    """What a person agreed to: for what, how they said it, on which day (ISO), to a text of which language."""

    purpose: str
    proof: str
    given_at: str
    language: str
    confirmed: bool = False


@dataclass(frozen=True)
class Contact:
    """A person and how to reach them: personal data, never to be written anywhere else."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class KeptContact:
    """What may be said of a contact without reading it."""

    contact_id: str
    organisation_code: str
    consent: Consent


@dataclass(frozen=True)
class Contacts:
    """The contacts of a database, for one person who asks.

    Attributes
    ----------
    places_of
        Organisation code → codes of the territories it belongs to, none where nobody knows: a validator meets the
        contacts of those that lie where they decide.
    """

    database: Database
    person: Person
    places_of: Callable[[str], Iterable[str]]
    clock: Callable[[], str] = now

    def keep(self, organisation_code: str, contact: Contact, consent: Consent) -> str:
        """Keep how to reach somebody of an organisation, with their consent; return the identifier.

        Raises
        ------
        RightsError, ContactError, StoreUnavailable
            Nothing was kept.
        """
        self._require("keep_contacts", organisation_code)
        if reasons := _wrong(contact, consent, today=self.clock()[:10]):
            raise ContactError(reasons)
        contact_id, consent_id, at = f"con-{secrets.token_hex(8)}", f"yes-{secrets.token_hex(8)}", self.clock()
        agreed = {"purpose": consent.purpose, "proof": consent.proof, "given_at": consent.given_at}
        agreed |= {"language": consent.language, "text_version": TEXT_VERSION}
        reached = {"name": contact.name.strip(), "phone": contact.phone.strip(), "email": contact.email.strip()}
        with self.database.writing() as connection:
            who = {"consent_id": consent_id, "person": reached["name"], "recorded_by": self.person.account_id}
            connection.execute(insert(consents).values(**who, **agreed))
            kept = {"contact_id": contact_id, "consent_id": consent_id, "organisation_code": organisation_code}
            connection.execute(insert(contacts).values(**kept, **reached, created_at=at))
            self._write_down(connection, "contact_kept", contact_id, organisation_code, agreed)
        return contact_id

    def of(self, organisation_code: str) -> list[KeptContact]:
        """Return the contacts of an organisation without who they are, the latest first.

        Raises
        ------
        RightsError, StoreUnavailable
            They are not told.
        """
        self._require("keep_contacts", organisation_code)
        asked = (
            select(contacts.c.contact_id, contacts.c.organisation_code, consents)
            .join(consents, contacts.c.consent_id == consents.c.consent_id)
            .where(contacts.c.organisation_code == organisation_code)
            .order_by(contacts.c.created_at.desc(), contacts.c.contact_id)
        )
        with self.database.reading() as connection:
            rows = connection.execute(asked).mappings().all()
        return [_kept(row) for row in rows]

    def count(self, organisation_code: str) -> int:
        """Count the contacts of an organisation. Raises like `of`."""
        self._require("keep_contacts", organisation_code)
        asked = select(func.count()).select_from(contacts).where(contacts.c.organisation_code == organisation_code)
        with self.database.reading() as connection:
            return int(connection.execute(asked).scalar_one())

    def read(self, contact_id: str) -> Contact:
        """Return a contact; that it was read, or refused, is written down in the same transaction.

        Raises
        ------
        RightsError, RecordNotFound, StoreUnavailable
            It is not told.
        """
        require(self.person, "read_contacts")
        with self.database.writing() as connection:
            row = _row(connection, contact_id)
            refused = self._refusal(row["organisation_code"])
            act = "contact_refused" if refused else "contact_read"
            self._write_down(connection, act, contact_id, row["organisation_code"])
        if refused:
            raise RightsError("read_contacts", refused)
        return _contact(row)

    def find(self, said: str) -> list[tuple[KeptContact, Contact]]:
        """Return what is kept of a person who asks: by their name (its words), their phone or their e-mail.

        Each that is found was read, and is written down so; those of organisations elsewhere are left to who decides
        there. Fewer than three letters or digits find nobody.

        Raises
        ------
        RightsError, StoreUnavailable
            Nothing is told.
        """
        require(self.person, "read_contacts")
        asked = select(contacts, consents).join(consents, contacts.c.consent_id == consents.c.consent_id)
        with self.database.writing() as connection:
            meant = [row for row in connection.execute(asked).mappings() if _is_meant(row, said)]
            rows = [row for row in meant if not self._refusal(row["organisation_code"])]
            for row in rows:
                self._write_down(connection, "contact_read", row["contact_id"], row["organisation_code"])
        return [(_kept(row), _contact(row)) for row in rows]

    def erase(self, contact_id: str, *, because: str) -> None:
        """Erase a contact and the consent that names the person, in the database and what it keeps of its past.

        Raises
        ------
        RightsError, RecordNotFound, StoreUnavailable
            Nothing was erased.
        """
        with self.database.writing() as connection:
            row = _row(connection, contact_id)
            self._require("keep_contacts", row["organisation_code"])
            connection.execute(delete(contacts).where(contacts.c.contact_id == contact_id))
            connection.execute(delete(consents).where(consents.c.consent_id == row["consent_id"]))
            reason = {"because": because if because in ERASED_BECAUSE else ERASED_BECAUSE[0]}
            self._write_down(connection, "contact_erased", contact_id, row["organisation_code"], reason)
        with contextlib.suppress(StoreUnavailable):  # erased all the same: the log is emptied when its readers are done
            self.database.forget(str(contacts.name), str(consents.name))

    def acts_on(self, contact_id: str) -> list[AuditRow]:
        """Return what was done with a contact that is there or was, by whom and when, oldest first.

        Raises
        ------
        RightsError, StoreUnavailable
            It is not told.
        """
        require(self.person, "read_contacts")
        done = audit.of_subject(self.database, contact_id)
        if done and (refused := self._refusal(_organisation_of(done[0]))):
            raise RightsError("read_contacts", refused)
        return done

    def _require(self, act: str, organisation_code: str) -> None:
        require(self.person, act)
        if refused := self._refusal(organisation_code):
            raise RightsError(act, refused)

    def _refusal(self, organisation_code: str) -> str:
        """Say why an organisation is not one this person looks after; nothing when it is.

        A contributor looks after those they write for, a validator after those of their territories too.
        """
        if organisation_code in self.person.organisation_codes:
            return ""
        if not self.person.is_at_least("validator"):
            return "not_yours"
        return "" if reaches(self.person, self.places_of(organisation_code)) else "territory"

    def _write_down(
        self, connection: Connection, act: str, contact_id: str, organisation_code: str, more: Mapping[str, str] = {}
    ) -> None:
        said = {"organisation": organisation_code, **more}
        audit.append(connection, self.clock(), [Entry(self.person.account_id, act, contact_id, after=said)])


def _row(connection: Connection, contact_id: str) -> Mapping[Any, Any]:
    row = connection.execute(select(contacts).where(contacts.c.contact_id == contact_id)).mappings().first()
    if row is None:
        raise RecordNotFound(contact_id[:40])
    return row


def _organisation_of(row: AuditRow) -> str:
    return str(orjson.loads(row.after or "{}").get("organisation", ""))


def _kept(row: Mapping[Any, Any]) -> KeptContact:
    consent = Consent(row["purpose"], row["proof"], row["given_at"], row["language"], confirmed=True)
    return KeptContact(row["contact_id"], row["organisation_code"], consent)


def _contact(row: Mapping[Any, Any]) -> Contact:
    return Contact(row["name"] or "", row["phone"] or "", row["email"] or "")


def _is_meant(row: Mapping[Any, Any], said: str) -> bool:
    """Tell whether a person is called so, or reached there; +212 6… and 06… are one number."""
    asked, digits = said.strip().casefold(), _digits(said)
    if len(asked) < SHORTEST_ASKED:
        return False
    if len(digits) >= SHORTEST_PHONE and _digits(row["phone"] or "")[-SHORTEST_PHONE:] == digits[-SHORTEST_PHONE:]:
        return True
    names = (row["name"] or "").casefold().split()
    return asked == (row["email"] or "").casefold() or all(word in names for word in asked.split())


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _wrong(contact: Contact, consent: Consent, *, today: str) -> list[str]:
    name, phone, email = contact.name.strip(), contact.phone.strip(), contact.email.strip()
    rules = {
        "name": not 0 < len(name) <= LONGEST or not name.isprintable(),
        "reach": not phone and not email,
        "phone": bool(phone) and not PHONE.fullmatch(phone),
        "email": bool(email) and (len(email) > LONGEST or not MAIL.fullmatch(email)),
        "purpose": consent.purpose not in PURPOSES,
        "proof": consent.proof not in PROOFS,
        "given_at": not _is_a_past_day(consent.given_at, today),
        "consent": not consent.confirmed,
    }
    return [reason for reason, broken in rules.items() if broken]


def _is_a_past_day(said: str, today: str) -> bool:
    try:
        return date.fromisoformat(said) <= date.fromisoformat(today)
    except ValueError:
        return False
