"""Who may come in, and as what: roles given and taken, and that by which people prove who they are.

Rows are only ever added. Of what proves a person, the store holds fingerprints from which the secret cannot be
got back; the one exception is the secret of one-time codes, which has to be known to check a code.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from budget_model.access import GIVEN, OF_BOARDS, OF_BODIES, Act, Asker, Grant, Role
from budget_model.problem import Refusal
from budget_model.store.mapping_memory import moment
from budget_model.store.store import Store, Writer, now
from budget_model.store.submissions import write_audit

INVITED_FOR: Final = timedelta(days=7)
"""How long the link of an invitation or of a reset opens."""
LONGEST: Final = 200
LONGEST_REASON: Final = 2_000
ALL: Final = 1_000_000
"""More changes of roles than there are."""
OF_A_PERSON: Final = ("first_steps", "place_draft")
"""Tables that hold what is a person's alone, by their account: it goes when the person goes."""
SERVICE_ENDS: Final = "@service"
"""What the account of a program ends with."""
_ACCOUNT: Final = re.compile(r"[^@\s,;:<>()\"]+@[^@\s,;:<>()\"]+")
"""One address of mail alone: what parts addresses in a letter's head, and names them, is in none."""


class Proof(StrEnum):
    """By what a person proves who they are."""

    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105  # the name of a kind
    ONE_TIME = "one-time code"
    SERVICE = "service token"  # the name of a kind
    """Of a program that works in its own name on the command line."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may come in, with what they are here."""

    account: str
    name: str
    grants: tuple[Grant, ...]

    @property
    def reads_mail(self) -> bool:
        """Whether the account is an address of mail; that of a program is none."""
        return not self.account.endswith(SERVICE_ENDS)

    def asker(self, source: str) -> Asker:
        """The person as the one in whose name something is asked."""
        return Asker(self.name, self.account, self.grants, source)


def people(store: Store) -> tuple[Person, ...]:
    """Everybody who holds a role, by their account."""
    rows = store.ask("people")
    found: dict[str, Person] = {}
    for account, name, role, body in rows:
        before = found.get(account, Person(str(account), str(name), ()))
        found[account] = Person(str(account), str(name), (*before.grants, Grant(Role(role), str(body))))
    return tuple(found.values())


def person_of(store: Store, account: str) -> Person | None:
    """Who holds an account, whatever the case it is typed in; None for nobody who has a role."""
    wanted = plain_account(account)
    return next((person for person in people(store) if person.account == wanted), None)


@dataclass(frozen=True, slots=True)
class RoleChange:
    """One role that was given or taken: whose, by whom, when and why."""

    number: int
    account: str
    name: str
    grant: Grant
    removed: bool
    at: datetime
    by: str
    reason: str


def role_changes(store: Store, most: int = 50) -> tuple[RoleChange, ...]:
    """The latest roles that were given or taken; raises `Refusal` for whoever may not give roles."""
    store.asker.must(Act.GIVE_ROLES)
    return tuple(
        RoleChange(
            int(number),
            str(account),
            str(name),
            Grant(Role(role), str(body)),
            bool(removed),
            moment(at),
            str(by),
            str(reason or ""),
        )
        for number, account, name, role, body, removed, at, by, reason in store.ask(
            "role_changes", {"most": most}
        )
    )


def undo(store: Store, number: int, *, by: str, reason: str) -> None:
    """Take back that a role was given, or give back one that was taken: a change of its own.

    Raises `Refusal` where it is no longer as the change left it.
    """
    change = next((change for change in role_changes(store, most=ALL) if change.number == number), None)
    if change is None:
        raise Refusal(f"There is no change {number} of roles.")
    person = person_of(store, change.account)
    holds = person is not None and change.grant in person.grants
    if holds is change.removed:
        now_so = "holds it again" if holds else "does not hold it any more"
        raise Refusal(f"{change.name} {now_so}: there is nothing to undo.")
    if change.removed:
        give(
            store,
            change.account,
            change.grant.role,
            change.grant.body,
            name=change.name,
            by=by,
            reason=reason,
        )
    else:
        remove(store, change.account, by=by, role=change.grant.role, body=change.grant.body, reason=reason)


def give(
    store: Store, account: str, role: Role, body: str = "", *, name: str = "", by: str, reason: str = ""
) -> Person:
    """Give somebody a role, for a body where it is one of a body; raises `Refusal` where it cannot be given."""
    wanted = plain_account(account)
    _refuse_ungivable(store, wanted, role, body)
    held = person_of(store, wanted)
    called = (name.strip() or (held.name if held else wanted))[:LONGEST]
    with store.writing(Act.GIVE_ROLES) as writer:
        _add(writer, wanted, called, role, body, by, removed=False, reason=reason)
        said = f"{role} {body}".strip()
        write_audit(
            writer, by, "role given", wanted, _in_words(held), f"{said}: {reason}" if reason else said
        )
    given = person_of(store, wanted)
    if given is None:
        raise RuntimeError("Somebody who was just given a role has none.")
    return given


def remove(
    store: Store, account: str, *, by: str, role: Role | None = None, body: str = "", reason: str = ""
) -> None:
    """Take every role from somebody, or one; with the last go what proves who they are, and what is theirs alone."""
    person = person_of(store, account)
    if person is None:
        raise Refusal(f"Nobody with the account {plain_account(account)} has a role here.")
    going = [grant for grant in person.grants if role is None or grant == Grant(role, body)]
    if not going:
        raise Refusal(f"{person.name} is not {role} {body}".strip() + ".")
    with store.writing(Act.GIVE_ROLES) as writer:
        for grant in going:
            _add(writer, person.account, person.name, grant.role, grant.body, by, removed=True, reason=reason)
        if len(going) == len(person.grants):
            for kind in Proof:
                _prove(writer, person.account, kind, "", by)
            for table in OF_A_PERSON:
                writer.execute(f"delete from {table} where account = $account", {"account": person.account})
        write_audit(
            writer,
            by,
            "person removed" if role is None else "role taken",
            person.account,
            _in_words(person),
            reason,
        )


def invite(store: Store, account: str, *, by: str, reason: str = "") -> str:
    """Give the token of a link by which a person chooses a password, once, within a week; an earlier one is void."""
    person = person_of(store, account)
    if person is None:
        raise Refusal(f"Give {plain_account(account)} a role first.")
    token = secrets.token_urlsafe(32)
    with store.writing(Act.GIVE_ROLES) as writer:
        _prove(writer, person.account, Proof.INVITATION, _mark(token), by, lasting=INVITED_FOR)
        write_audit(writer, by, "invited", person.account, "", reason.strip()[:LONGEST_REASON])
    return token


def invited(store: Store, token: str) -> Person | None:
    """Whose invitation a link's token is; None for one that is void, used or too old."""
    mark = _mark(token)
    for account, proof, until in store.ask("credentials", {"kind": str(Proof.INVITATION)}):
        if proof and hmac.compare_digest(proof, mark) and until is not None and moment(until) > now():
            return person_of(store, account)
    return None


def set_password(store: Store, token: str, fingerprint: str, *, one_time: str = "") -> Person:
    """Keep the fingerprint of the password that an invited person chose; the invitation is used up with it.

    `one_time` is the secret of one-time codes where the person wants them. Raises `Refusal` for a link that is void.
    """
    person = invited(store, token)
    if person is None:
        raise Refusal("This link was used already, or is too old. Ask an administrator for another.")
    with store.writing(Act.GIVE_ROLES) as writer:
        _prove(writer, person.account, Proof.INVITATION, "", person.name)
        _prove(writer, person.account, Proof.PASSWORD, fingerprint, person.name)
        _prove(writer, person.account, Proof.ONE_TIME, one_time, person.name)
        write_audit(
            writer,
            person.name,
            "password chosen",
            person.account,
            "",
            "with one-time codes" if one_time else "",
        )
    return person


def make_service(store: Store, name: str, role: Role, body: str = "", *, by: str) -> tuple[str, str]:
    """Give a program a role under a name of its own; its account, and the token that it shows, which is told once."""
    account = plain_account(f"{name.strip()}{SERVICE_ENDS}")
    give(store, account, role, body, name=name.strip(), by=by)
    token = secrets.token_urlsafe(32)
    with store.writing(Act.GIVE_ROLES) as writer:
        _prove(writer, account, Proof.SERVICE, _mark(token), by)
        write_audit(writer, by, "service token made", account, "", "")
    return account, token


def service_asker(store: Store, account: str, token: str) -> Asker:
    """The program whose account and token these are; raises `Refusal` where they are nobody's."""
    wanted = plain_account(account)
    person = person_of(store, wanted)
    kept = proof_of(store, wanted, Proof.SERVICE)
    if person is None or not kept or not hmac.compare_digest(kept, _mark(token)):
        raise Refusal(
            f"No service {wanted} has this token. An administrator makes one with `people service NAME --role ROLE`."
        )
    return person.asker("the command line")


def proof_of(store: Store, account: str, kind: Proof) -> str:
    """What is kept of a person's password or one-time codes; empty where there is none."""
    rows = store.ask("credentials", {"kind": str(kind)})
    return next((str(proof) for held, proof, _ in rows if held == plain_account(account)), "")


def plain_account(account: str) -> str:
    """An account as it is kept: an address of mail in small letters, or the name of a service.

    >>> plain_account(" Ann@Fire.Example ")
    'ann@fire.example'
    """
    return account.strip().casefold()[:LONGEST]


def _refuse_ungivable(store: Store, account: str, role: Role, body: str) -> None:
    if not _ACCOUNT.fullmatch(account):
        raise Refusal(f"{account or 'Nothing'} is not an address of mail, such as ann@fire.example.")
    if role not in GIVEN:
        raise Refusal(f"The role {role} is not given: it is whoever works on the machine itself.")
    if role in OF_BODIES and not body:
        raise Refusal(f"The role {role} is held for a body: name it with --organisation.")
    if body and role not in OF_BODIES | OF_BOARDS:
        raise Refusal(f"The role {role} is held for the whole place; leave the organisation out.")
    table, what = ("theme", "board") if role in OF_BOARDS else ("organisation", "organisation")
    if body and not store.select(f"select id from {table} where id = $id", {"id": body}):
        raise Refusal(f"There is no {what} {body} in this place.")


def _add(
    writer: Writer, account: str, name: str, role: Role, body: str, by: str, *, removed: bool, reason: str
) -> None:
    kept = (account, name, str(role), body, removed, now(), by, reason.strip()[:LONGEST_REASON])
    writer.add(
        "person",
        ("id", "account", "name", "role", "body", "removed", "made_at", "made_by", "reason"),
        [(writer.numbers("person_id", 1)[0], *kept)],
    )


def _prove(
    writer: Writer, account: str, kind: Proof, proof: str, by: str, *, lasting: timedelta | None = None
) -> None:
    until = now() + lasting if lasting else None
    writer.add(
        "credential",
        ("id", "account", "kind", "proof", "until", "made_at", "made_by"),
        [(writer.numbers("person_id", 1)[0], account, str(kind), proof, until, now(), by)],
    )


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _in_words(person: Person | None) -> str:
    return ", ".join(f"{grant.role} {grant.body}".strip() for grant in person.grants) if person else ""
