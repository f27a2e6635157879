"""Words on a page: the headline, sections and findings, notes and sentences, and the marks inside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from budget_model.vocabulary import Reconciliation
from pages.shared import once
from pages.shared.components.render import draw, markup, put
from pages.shared.components.strips import ANY_WIDTH, Group

LONG: Final = 80
"""Letters of a finding that are read at a glance; beyond, the part before its first pause is the headline."""
STAMPS: Final = {
    Reconciliation.RECONCILED: ("agrees", "✓ Reconciled"),
    Reconciliation.EXPLAINED: ("explained", "≈ Difference explained"),
    Reconciliation.NOT_RECONCILED: ("differs", "✗ Not reconciled"),
    Reconciliation.NO_CONTROL_TOTAL: ("untested", "– No control total"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Words inside a sentence that are set apart; `tag` is how."""

    text: str
    tag: Literal["strong", "b", "small", "em", "span", "code"] = "strong"


@dataclass(frozen=True, slots=True)
class Badge:
    """A short label in a frame, coloured by what it means."""

    text: str
    kind: Literal["", "open", "late", "illustrative"] = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """The reconciliation of a submission as a stamp: a colour, a sign and words."""

    state: str

    @property
    def kind(self) -> str:
        """How the stamp is coloured."""
        return STAMPS[Reconciliation(self.state)][0]

    @property
    def text(self) -> str:
        """What the stamp says."""
        return STAMPS[Reconciliation(self.state)][1]


Text = str | Sequence[str | Run | Badge | Stamp]
"""Words, or words with parts set apart. Whatever they hold is shown as it is, never as markup."""


def strong(text: str) -> Run:
    """Words that matter most in their sentence."""
    return Run(text)


def small(text: str) -> Run:
    """Words of less weight, on a line of their own beneath."""
    return Run(text, "small")


def headline(title: Text, *, eyebrow: str = "", standfirst: Text = "", made_up: str = "") -> None:
    """What a page says first: above it what it is about, beneath it the sentence that explains it.

    `made_up` says, after the badge "illustrative", that some of what follows is made up.
    """
    if isinstance(title, str):
        once.head(title, standfirst if isinstance(standfirst, str) else "")
    draw(
        "words",
        "headline",
        title=title,
        is_long=isinstance(title, str) and len(title) > LONG,
        eyebrow=eyebrow,
        standfirst=standfirst,
        made_up=made_up,
    )


def standfirst(text: Text) -> None:
    """The sentence beneath a title."""
    draw("words", "standfirst", text=text)


def section(title: Text, about: str = "", level: int = 2) -> None:
    """The heading of a part of the page, whole, and beneath it what it is about."""
    draw("words", "section", title=title, about=about, level=level)


def finding(
    sentence: str, about: str, level: int = 3, groups: Sequence[Group] = (), below: int = ANY_WIDTH
) -> None:
    """A finding as a headline, its details in smaller type where it is long, and beneath it what it counts.

    The sentence that is the page's own headline is not said again. `groups` are the bars that stand for its chart where
    there are at most `below` pixels of width.
    """
    put(
        _said(sentence, about, level),
        markup("strips", "groups", shown=groups, below=below, level=level + 1) if groups else Markup(),
    )


def _said(sentence: str, about: str, level: int) -> Markup:
    if once.is_headline(sentence):
        return markup("words", "section", title="", about=about, level=level)
    head, details = parted(sentence.removesuffix("."))
    title = (head, Run(details, "span")) if details else head
    return markup("words", "section", title=title, about=about, level=level)


def parted(sentence: str) -> tuple[str, str]:
    """A long sentence cut before its first pause; a short one whole, with nothing after it.

    >>> parted("Healthy City is the largest board, " + "x" * 50 + ": three bodies pay")[1]
    ': three bodies pay'
    """
    places = [place for mark in (": ", "; ") if (place := sentence.find(mark)) > 0]
    if len(sentence) <= LONG or not places:
        return sentence, ""
    return sentence[: min(places)], sentence[min(places) :]


def question(text: str) -> None:
    """The question that the next controls and chart answer."""
    draw("words", "question", text=text)


def note(*paragraphs: Text) -> None:
    """Quiet sentences beneath a figure or a control, one on each line."""
    draw("words", "note", paragraphs=paragraphs)


def counts(text: str) -> None:
    """What a page's figures count, in one line as wide as the page, as a chart says it beneath its finding."""
    draw("words", "paragraph", text=text, kind="counts")


def say(text: Text) -> None:
    """A sentence in full voice."""
    draw("words", "paragraph", text=text, kind="say")


def ask(text: str, detail: str = "") -> None:
    """What a person is about to decide, and beneath it what that means."""
    draw("words", "paragraph", text=(text, small(detail)) if detail else text, kind="ask")


def aside(text: str) -> None:
    """What is beneath a table or a list: how many more there are, and where."""
    draw("words", "paragraph", text=text, kind="table-note")


def constant(text: Text) -> None:
    """What does not change, whatever else is tried out."""
    draw("words", "paragraph", text=text, kind="constant")


def callout(text: Text, *, grave: bool, changed: bool = False) -> None:
    """What should be known before reading on; `changed` where it came about since the page was last seen."""
    kind, role = "flagged" if grave else "noted", "status" if changed else "note"
    draw("words", "callout", text=text, kind=kind, role=role)


def badges(*shown: Badge | Stamp | str) -> None:
    """Badges side by side."""
    draw("words", "badges", shown=shown)


def foot(text: str) -> None:
    """The foot of every page: whose figures these are."""
    draw("words", "foot", text=text)
