"""Lists of a page: facts, bullets, steps, gaps, ranked rows, lines with their cells, histories and ladders."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pages.shared.components.render import draw
from pages.shared.components.words import Badge, Stamp, Text

FIRST = 4
"""Gaps of a block that are shown at once; the rest opens."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not known, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Block:
    """Gaps of one kind under a title, or the sentence that there are none."""

    title: str
    gaps: tuple[Gap, ...]
    nothing: str

    @property
    def first(self) -> tuple[Gap, ...]:
        """Those that are shown at once: a single one more is shown too."""
        return self.gaps if len(self.gaps) <= FIRST + 1 else self.gaps[:FIRST]

    @property
    def rest(self) -> tuple[Gap, ...]:
        """Those behind a click."""
        return self.gaps[len(self.first) :]


@dataclass(frozen=True, slots=True)
class CellLine:
    """A budget line as it stands in a short list: its words, where it comes from, and its amount."""

    description: str
    where: str
    amount: str


@dataclass(frozen=True, slots=True)
class Side:
    """One body's lines, to stand beside another's."""

    title: str
    total: str
    lines: tuple[CellLine, ...]
    more: str
    """How many are not shown, in words; empty for none."""
    nothing: str


@dataclass(frozen=True, slots=True)
class Card:
    """A submission in a register: its name and stamp, what is known of it, and its sums by name."""

    name: str
    stamp: Stamp
    about: str
    sums: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """One arrangement of the ladder, whether it is where one stands, open or shut, and why it is marked."""

    level: int
    name: str
    means: str
    state: Literal["here", "open", "shut"]
    marks: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that has to be in order before something is sent."""

    state: Literal["done", "open", "note"]
    sentence: str

    @property
    def sign(self) -> str:
        """The state as a sign."""
        return {"done": "✓", "open": "✗", "note": "!"}[self.state]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a measure is read: its name, what it says, the caution with it and its formula."""

    name: str
    says: str
    caution: str
    formula: str


def facts(
    known: Mapping[str, str] | Iterable[tuple[str, str]], kind: Literal["", "method", "glossary"] = ""
) -> None:
    """Names with what each is."""
    pairs = tuple(known.items()) if isinstance(known, Mapping) else tuple(known)
    draw("lists", "facts", pairs=pairs, kind=kind)


def bullets(items: Iterable[Text]) -> None:
    """Sentences one beneath the other."""
    draw("lists", "plain", items=tuple(items), tag="ul")


def steps(items: Iterable[Text]) -> None:
    """Sentences in their order, numbered."""
    draw("lists", "plain", items=tuple(items), tag="ol")


def numbered_findings(sentences: Sequence[str], label: str) -> None:
    """The findings with most at stake, side by side."""
    draw("lists", "numbered_findings", sentences=sentences, label=label)


def blocks(shown: Sequence[Block]) -> None:
    """What is missing, by kind."""
    draw("lists", "blocks", shown=shown)


def lines_behind(name: str, summary: str, lines: Sequence[CellLine]) -> None:
    """The largest lines behind a part of a chart."""
    draw("lists", "lines_behind", name=name, summary=summary, lines=lines)


def sides(shown: Sequence[Side]) -> None:
    """Several bodies' lines side by side."""
    draw("lists", "sides", shown=shown)


def ranked(facts_shown: Sequence[Text | Badge], why: str = "") -> None:
    """What is known of one entry of a ranked list, in a row."""
    draw("lists", "ranked", facts=facts_shown, why=why)


def cards(shown: Sequence[Card]) -> None:
    """A register of submissions."""
    draw("lists", "cards", shown=shown)


def ladder(rungs: Sequence[Rung]) -> None:
    """How far bodies can join up, the closest arrangement first."""
    draw("lists", "ladder", rungs=rungs)


def history(events: Sequence[tuple[str, str]]) -> None:
    """What became of something: what was done, and by whom and when."""
    draw("lists", "history", events=events)


def checklist(checks: Sequence[Check]) -> None:
    """What is in order and what is not, before something is sent."""
    draw("lists", "checklist", checks=checks)


def readings(shown: Sequence[Reading]) -> None:
    """How to read each measure of a chart, and the caution with it, for whoever asks; on paper always."""
    draw("lists", "readings", shown=shown)


def draft_card(body: str, about: str, below: str) -> None:
    """A draft that waits to be taken up again."""
    draw("lists", "draft_card", body=body, about=about, below=below)


def draft_bar(about: str, more: str) -> None:
    """Which figures a draft is about, above its steps."""
    draw("lists", "draft_bar", about=about, more=more)
