"""Who may see and do what: nine roles, the acts that the product knows, and one rule for each.

Pages and commands ask the store in somebody's name (`Store.asked_by`), and the store asks here. What has no
rule is allowed to nobody who signs in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from budget_model.problem import Refusal
from budget_model.vocabulary import Sensitivity


class Role(StrEnum):
    """What a person is to the partnership; officers and approvers are so for named bodies."""

    VISITOR = "visitor"
    OFFICER = "officer"
    APPROVER = "approver"
    BOARD_MEMBER = "board member"
    THEME_LEAD = "theme lead"
    DIRECTOR = "director"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    LOCAL = "local machine"
    """Whoever works on the machine itself: a dashboard without accounts, and the command line."""


GIVEN = tuple(role for role in Role if role is not Role.LOCAL)
"""The roles that an administrator gives to people."""
OF_BODIES = frozenset({Role.OFFICER, Role.APPROVER})
"""The roles that are held for named bodies, and reach no further."""
OF_BOARDS = frozenset({Role.THEME_LEAD})
"""The roles that may be held for one board; without one they are held for all."""


class Act(StrEnum):
    """Everything that can be done to what is kept, in words that complete 'may'."""

    CONTRIBUTE = "send and explain figures of this body"
    APPROVE = "approve, withdraw or bring back figures of this body"
    SETTLE = "say what was agreed about a transfer"
    REMIND = "ask bodies for their figures"
    SET_DUE = "set the day by which figures are asked for"
    WORK_TOGETHER = "record decisions, readiness, pools and what-ifs"
    FUND = "enter external funding and bids of this body"
    REPORT = "record readings, forecasts and risks of this body’s measures"
    OVERRULE = "put legal advice in place of a rule"
    PRESENT = "change stories and make packs"
    PUBLISH = "publish a version of the map"
    GIVE_ROLES = "invite and remove people and give roles"
    SET_UP = "load a place and change its settings"
    SET_TARGETS = "set the targets of this board"
    SAY_SHARE = "say what part of this body is the place’s"
    READ_AUDIT = "read the audit"
    CONSULT = "put questions to forum members and moderate what they write"
    ANSWER = "answer a consultation without a link"
    COMMENT = "read and write comments"
    LOOK = "try something out, keeping nothing"
    BE_THERE = "be seen at work"
    FOLLOW = "be led through the first steps"


_LOCAL = frozenset({Role.LOCAL})
_MEMBERS = frozenset(GIVEN) - {Role.VISITOR}
_STEERING = frozenset({Role.BOARD_MEMBER, Role.THEME_LEAD, Role.DIRECTOR})

MAY: Mapping[Act, frozenset[Role]] = {
    Act.CONTRIBUTE: frozenset({Role.OFFICER}),
    Act.APPROVE: frozenset({Role.APPROVER}),
    Act.SETTLE: frozenset({Role.OFFICER, Role.APPROVER, Role.DIRECTOR}),
    Act.REMIND: frozenset({Role.DIRECTOR, Role.ADMINISTRATOR}),
    Act.SET_DUE: frozenset({Role.DIRECTOR}),
    Act.WORK_TOGETHER: _STEERING,
    Act.FUND: _STEERING | {Role.OFFICER},
    Act.REPORT: frozenset({Role.OFFICER, Role.THEME_LEAD, Role.DIRECTOR}),
    Act.OVERRULE: frozenset({Role.DIRECTOR}),
    Act.PRESENT: _STEERING,
    Act.PUBLISH: frozenset({Role.DIRECTOR}),
    Act.GIVE_ROLES: frozenset({Role.ADMINISTRATOR}),
    Act.SET_UP: frozenset({Role.DIRECTOR, Role.ADMINISTRATOR}),
    Act.SET_TARGETS: frozenset({Role.THEME_LEAD, Role.DIRECTOR, Role.ADMINISTRATOR}),
    Act.SAY_SHARE: frozenset({Role.OFFICER, Role.DIRECTOR, Role.ADMINISTRATOR}),
    Act.READ_AUDIT: frozenset({Role.AUDITOR, Role.DIRECTOR, Role.ADMINISTRATOR}),
    Act.CONSULT: frozenset({Role.DIRECTOR}),
    Act.ANSWER: frozenset(),
    Act.COMMENT: _MEMBERS,
    Act.LOOK: _MEMBERS,
    Act.BE_THERE: frozenset({Role.OFFICER, Role.APPROVER}),
    Act.FOLLOW: frozenset(GIVEN),
}
"""Who may do what, beside the local machine, which may do all."""

_EVERYBODY = frozenset(GIVEN)
_SENDING = frozenset({Role.OFFICER, Role.APPROVER, Role.DIRECTOR, Role.AUDITOR})

PAGES: Mapping[str, frozenset[Role]] = {
    "overview": _EVERYBODY,
    "search": _EVERYBODY,
    "explore": _EVERYBODY,
    "organisations": _EVERYBODY,
    "themes": _EVERYBODY,
    "prevention": _EVERYBODY,
    "outcomes": _EVERYBODY,
    "trends": _EVERYBODY,
    "what-changed": _EVERYBODY,
    "plan-and-outturn": _EVERYBODY,
    "versions": _EVERYBODY,
    "reorganisation": _EVERYBODY,
    "lines": _EVERYBODY,
    "neighbours": _EVERYBODY,
    "places": _EVERYBODY,
    "areas": _EVERYBODY,
    "overlap": _EVERYBODY,
    "targets": _EVERYBODY,
    "external-funding": _EVERYBODY,
    "state-of-the-city": _EVERYBODY,
    "third-sector": _EVERYBODY,
    "method": _EVERYBODY,
    "glossary": _EVERYBODY,
    "first-steps": _EVERYBODY,
    "opportunities": _MEMBERS,
    "desks": _MEMBERS,
    "self-review": _MEMBERS,
    "performance": _MEMBERS,
    "portfolio": _MEMBERS,
    "back-office": _MEMBERS,
    "headroom": _MEMBERS,
    "who-gains": _MEMBERS,
    "pools": _MEMBERS,
    "plans": _MEMBERS,
    "fund-return": _MEMBERS,
    "away-day": _MEMBERS,
    "board-pack": _MEMBERS,
    "consultations": _MEMBERS,
    "mapping": _MEMBERS,
    "my-body": _SENDING,
    "upload": _SENDING,
    "submissions": _MEMBERS,
    "audit": MAY[Act.READ_AUDIT],
    "settings": MAY[Act.SET_UP] | MAY[Act.SET_TARGETS],
    "people": MAY[Act.GIVE_ROLES],
    "running": frozenset({Role.ADMINISTRATOR}),
}
"""Who may open each page, by its address, beside the local machine. A page that is not here opens for nobody else.

The page for answers to a consultation, `/answer`, stands beside the dashboard: it opens by a link's secret alone, in
every way of signing in, and shows nothing but the questions of that link.
"""

COMMANDS: Mapping[str, frozenset[Role]] = {
    **dict.fromkeys(
        (
            "total",
            "funding",
            "trends",
            "plan",
            "what-changed",
            "neighbours",
            "areas",
            "reorganise",
            "versions",
            "prevention",
            "outcomes",
            "external-funding",
            "third-sector",
            "search",
            "state-of-the-city",
        ),
        _EVERYBODY,
    ),
    **dict.fromkeys(
        (
            "suggest",
            "opportunities",
            "portfolio",
            "back-office",
            "who-gains",
            "headroom",
            "desk",
            "plans",
            "performance",
            "self-review",
            "board-pack",
            "fund-return",
            "comments",
            "consultations",
        ),
        _MEMBERS,
    ),
    "import": MAY[Act.CONTRIBUTE],
    "publish": MAY[Act.PUBLISH],
    "people": MAY[Act.GIVE_ROLES],
    "audit": MAY[Act.READ_AUDIT],
    "check": MAY[Act.READ_AUDIT],
    "reminders": MAY[Act.REMIND],
    "settings": MAY[Act.SET_UP] | MAY[Act.SET_TARGETS],
    "export-place": MAY[Act.SET_UP],
    **dict.fromkeys(("backup", "running"), frozenset({Role.ADMINISTRATOR})),
    **dict.fromkeys(("read", "seed", "new-place", "restore", "serve", "compact", "places"), frozenset()),
}
"""Who may have each command carried out in the name of a service; the machine's own user may all.

Of those that name nobody, `read` needs no store, and the others are for the machine's own user.
"""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role of a person, for a body where it is one of `OF_BODIES`, or for a board where it is one of `OF_BOARDS`."""

    role: Role
    body: str = ""

    def reaches(self, body: str) -> bool:
        """Whether it is held for a body or a board, or for the whole place."""
        return not body or self.body == body or (not self.body and self.role not in OF_BODIES)


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may read beyond what is published: the whole of what a question is filtered by."""

    every_draft: bool = False
    """Drafts and unpublished submissions of all bodies, not of their own alone."""
    every_line: bool = False
    """Lines that their body shows as totals only."""
    partner: bool = False
    """Lines that are for partners, and the people behind the figures."""
    bodies: frozenset[str] = frozenset()

    def person(self, name: str) -> str:
        """The name of somebody who stands behind a figure or a document; empty for whoever may not know them."""
        return name if self.partner else ""

    def sees_unpublished(self, body: str) -> bool:
        """Whether drafts, files and unpublished submissions of a body may be seen."""
        return self.every_draft or body in self.bodies

    def sees_line(self, body: str, sensitivity: str) -> bool:
        """Whether one line may be seen; its amount is in every total all the same."""
        if sensitivity == Sensitivity.PUBLIC or self.every_line or body in self.bodies:
            return True
        return sensitivity == Sensitivity.PARTNERS and self.partner


@lru_cache(maxsize=1024)
def _sight_of(grants: tuple[Grant, ...]) -> Sight:
    """What whoever holds these may read; a page asks this at each of its questions."""
    roles = frozenset(grant.role for grant in grants)
    return Sight(
        every_draft=bool(roles & {Role.DIRECTOR, Role.AUDITOR, Role.LOCAL}),
        every_line=Role.AUDITOR in roles,
        partner=bool(roles - {Role.VISITOR}),
        bodies=frozenset(grant.body for grant in grants if grant.role in OF_BODIES),
    )


@dataclass(frozen=True, slots=True)
class Asker:
    """In whose name something is asked or done, and from where."""

    name: str
    account: str
    """The address by which a person signs in, or the name of the account on this machine."""
    grants: tuple[Grant, ...]
    source: str = ""
    """From where: an address of the network, or the command line."""

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held, for whatever body."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def is_local(self) -> bool:
        """Whether this is the machine's own user, who holds the store's file anyway."""
        return Role.LOCAL in self.roles

    @property
    def bodies(self) -> frozenset[str]:
        """The bodies for which somebody is an officer or an approver."""
        return self.sight.bodies

    @property
    def sight(self) -> Sight:
        """What may be read."""
        return _sight_of(self.grants)

    def may(self, act: Act, body: str = "") -> bool:
        """Whether an act is allowed, to the body that it is about if it is about one.

        >>> Asker("Ann", "ann@fire.example", (Grant(Role.OFFICER, "fire"),)).may(Act.CONTRIBUTE, "council")
        False
        """
        allowed = MAY[act] | _LOCAL
        return any(grant.role in allowed and grant.reaches(body) for grant in self.grants)

    def may_open(self, page: str) -> bool:
        """Whether a page may be opened, by its address."""
        return bool(self.roles & (PAGES.get(page or "overview", frozenset()) | _LOCAL))

    def may_run(self, command: str) -> bool:
        """Whether a command may be carried out in this name."""
        return bool(self.roles & (COMMANDS.get(command, frozenset()) | _LOCAL))

    def must_run(self, command: str) -> None:
        """Raise `Refusal` where a command may not be carried out in this name."""
        if not self.may_run(command):
            held = " and ".join(sorted(self.roles))
            raise Refusal(
                f"{self.name} is {held} here, and may not run {command}. An administrator gives roles."
            )

    def must(self, act: Act, body: str = "") -> None:
        """Raise `Refusal` where an act is not allowed."""
        if not self.may(act, body):
            held = " and ".join(sorted(self.roles)) or "nobody that this place knows"
            of = f" ({body})" if body else ""
            raise Refusal(f"{self.name} is {held} here, and may not {act}{of}. An administrator gives roles.")

    def signs(self, typed: str = "") -> str:
        """The name beside what is written: one's own, but that the machine's user may write it for somebody else.

        >>> Asker("Night robot", "robot@service", ()).signs("Ann")
        'Night robot'
        """
        return typed.strip() or self.name if self.is_local else self.name

    def must_not_be(self, sender: str) -> None:
        """Raise `Refusal` where somebody would approve what they sent; the local machine stands for all people."""
        if sender and sender == self.account and not self.is_local:
            raise Refusal("You sent these figures, so another person has to approve them.")


def local(name: str, source: str = "this machine") -> Asker:
    """Whoever works on the machine itself."""
    return Asker(name, name, (Grant(Role.LOCAL),), source)


NOBODY = Asker("Nobody", "", ())
"""Somebody who is not signed in, where people sign in."""
