"""A short way through the product for whoever is new: five pages in an order, for each kind of user."""

from dataclasses import dataclass
from typing import Final

from budget_model.access import Asker, Role


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the way: its title, what to look for there, and the page's folder and address."""

    title: str
    look_for: str
    page: str
    address: str
    query: tuple[tuple[str, str], ...] = ()
    """What its link asks the page for."""


@dataclass(frozen=True, slots=True)
class Guide:
    """The steps for one kind of user, in their order."""

    key: str
    reader: str
    """Whom it is for, as 'a finance officer'."""
    question: str
    """What they know at its end."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class GuidePosition:
    """Where somebody stands: in which guide, at which step (0 is before the first), and whether they left it."""

    guide: str
    step: int
    left: bool = False


VISITOR: Final = "visitor"
"""The guide for those who may see published maps alone."""

GUIDES: Final = (
    Guide(
        "director",
        "the partnership director",
        "What is spent here, who is missing, and what could the partners do together?",
        (
            Step(
                "See the total",
                "The total with its range, who spends it, on what, and how much of it is bodies’ own figures.",
                "overview",
                "overview",
            ),
            Step(
                "See what is missing",
                "Which bodies have not sent figures for the year, and how well the figures of the others hold.",
                "submissions",
                "submissions",
            ),
            Step(
                "Ask the bodies",
                "Each late or awaited body has its letter here, with the workbook to fill in.",
                "submissions",
                "submissions",
                (("show", "asking"),),
            ),
            Step(
                "Find the first opportunities",
                "The largest services that several bodies pay for; open one to see who pays, and which law lets them share.",
                "opportunities",
                "opportunities",
            ),
            Step(
                "Tell the Board",
                "A story is screens for the away-day and slides for the Board’s papers; change its order and its words.",
                "board_pack",
                "board-pack",
            ),
        ),
    ),
    Guide(
        "officer",
        "a finance officer",
        "What is asked of my body, and how do I send it?",
        (
            Step(
                "See what is asked of your body",
                "What is due and by when, and what was sent before.",
                "my_body",
                "my-body",
            ),
            Step(
                "Send the spreadsheet that you have",
                "Drop the file as it is; answer what the reader is not sure of; compare its total with yours.",
                "upload",
                "upload",
            ),
            Step(
                "Say what the lines are for",
                "Lines without a service are listed here; while you send a file, those to look at come first, the largest first.",
                "mapping",
                "mapping",
            ),
            Step(
                "See it approved",
                "Where people sign in, another person of your body approves it; then it is included.",
                "submissions",
                "submissions",
            ),
            Step(
                "Find your own cells",
                "Every figure leads to the cells behind it: look for a line that you know.",
                "lines",
                "lines",
            ),
        ),
    ),
    Guide(
        "board",
        "a Board member",
        "Where does the money go, are we on course, and what must we decide?",
        (
            Step(
                "See where the money goes",
                "The total, the largest bodies and services, and how sure the figures are.",
                "overview",
                "overview",
            ),
            Step(
                "See a delivery board’s money",
                "What each board’s services cost, who pays, and what is paid to people beside it.",
                "themes",
                "themes",
            ),
            Step(
                "See what is off course",
                "Which targets will be missed as things stand, and which risks need the Board.",
                "performance",
                "performance",
            ),
            Step(
                "See what could be done together",
                "The largest services that several bodies pay for, and how far the law lets them go.",
                "opportunities",
                "opportunities",
            ),
            Step(
                "Look at the Board’s story",
                "The screens of the away-day, one message each; the same become slides.",
                "away_day",
                "away-day",
            ),
        ),
    ),
    Guide(
        VISITOR,
        "anybody who looks",
        "What is spent here, on what, and how is that known?",
        (
            Step(
                "See the total",
                "The total with its range, who spends it, and on what.",
                "overview",
                "overview",
            ),
            Step(
                "Explore it",
                "Choose a picture, and open a body or a service to see what is inside.",
                "explore",
                "explore",
            ),
            Step(
                "Find the cells behind a figure",
                "Each line names its file, sheet and cell.",
                "lines",
                "lines",
            ),
            Step(
                "See how it was worked out",
                "How money is counted once, how shares are estimated, and where each figure comes from.",
                "method",
                "method",
            ),
        ),
    ),
)
"""Every guide, the director's first."""

BY_KEY: Final = {guide.key: guide for guide in GUIDES}
_FOR: Final = {
    Role.OFFICER: "officer",
    Role.APPROVER: "officer",
    Role.BOARD_MEMBER: "board",
    Role.THEME_LEAD: "board",
}


def guides_for(asker: Asker) -> tuple[Guide, ...]:
    """The guides all of whose pages somebody may open, their own role's first; the visitor's where there is no other."""
    own = {_FOR.get(role, "director") for role in asker.roles}
    may = [guide for guide in GUIDES if all(asker.may_open(step.address) for step in guide.steps)]
    others = [guide for guide in may if guide.key != VISITOR] or may
    return tuple(sorted(others, key=lambda guide: guide.key not in own))


def next_step(position: GuidePosition) -> GuidePosition | None:
    """The step after this one; None after the last."""
    step = position.step + 1
    return None if step > len(BY_KEY[position.guide].steps) else GuidePosition(position.guide, step)
