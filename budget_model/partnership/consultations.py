"""What forum members are asked, and what they said: counted by sector, so that nobody can be told from a figure.

A group of fewer than five answers is never shown alone: such groups are shown together, and where that is still
fewer than five, together with the next smallest. So the groups that are shown always sum to all answers. Figures are
shown when a consultation has closed: figures that grow one answer at a time tell whose answer came last.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from budget_model.contribute.asking import Letter
from budget_model.dates import day

SMALLEST_GROUP: Final = 5
"""A group of fewer answers is never shown alone."""
KEPT_FOR: Final = timedelta(days=30)
"""How long after closing names, addresses and links of those who were asked are held."""
SCALE: Final = ("1", "2", "3", "4", "5")
LONGEST_ANSWER: Final = 2_000
"""Letters of one comment."""
MOST_QUESTIONS, MOST_OPTIONS, LONGEST_TEXT = 40, 12, 1_000
EXAMPLES: Final = Path(__file__).parents[2] / "data" / "consultations"


class Kind(StrEnum):
    """How a question is answered."""

    CHOICE = "choice"
    SCALE = "scale"
    TEXT = "free text"


class Sector(StrEnum):
    """For whom a member of the forum speaks."""

    PUBLIC = "public"
    PRIVATE = "private"
    VOLUNTARY = "voluntary"
    COMMUNITY = "community"
    EDUCATION = "education"
    FAITH = "faith"
    RESIDENTS = "residents"
    OTHER = "other"


class Stage(StrEnum):
    """How far a consultation has come."""

    NOT_YET = "not open yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked; `options` are those of a choice, or the words at both ends of a scale."""

    text: str
    kind: Kind = Kind.CHOICE
    options: tuple[str, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """Everything that may be answered, in order; empty where it is free text."""
        if self.kind is Kind.SCALE:
            return SCALE
        return self.options if self.kind is Kind.CHOICE else ()

    def called(self, answer: str) -> str:
        """An answer in words.

        >>> Question("Agree?", Kind.SCALE, ("not at all", "wholly")).called("5")
        '5, wholly'
        """
        ends = dict(zip((SCALE[0], SCALE[-1]), self.options, strict=False)) if self.kind is Kind.SCALE else {}
        return f"{answer}, {ends[answer]}" if answer in ends else answer


@dataclass(frozen=True, slots=True)
class Consultation:
    """What is put to members, between which days, and the decision that its result belongs to."""

    id: str
    name: str
    about: str
    questions: tuple[Question, ...]
    opens: date
    closes: date
    """The last day on which answers are taken."""
    decision: str = ""
    """Id of the opportunity of the decision register that it is kept with; empty for none."""
    source: str = ""

    def stage(self, on: date) -> Stage:
        """How far it has come on a day."""
        if on < self.opens:
            return Stage.NOT_YET
        return Stage.OPEN if on <= self.closes else Stage.CLOSED

    @property
    def forgotten_after(self) -> date:
        """The last day on which it is held who was asked."""
        return self.closes + KEPT_FOR

    @property
    def when(self) -> str:
        """Its days in words."""
        return f"{day(self.opens)} to {day(self.closes)}"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is asked: only until a month after the consultation has closed."""

    name: str
    address: str
    sector: Sector


@dataclass(frozen=True, slots=True)
class Invited:
    """A member with the link that was made for them, whether it is answered, and whether it is void."""

    member: Member
    mark: str
    """The fingerprint of the link's secret."""
    answered: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """One member's answers by the place of each question, with the sector that they speak for and nothing else of them."""

    id: int
    sector: Sector
    said: Mapping[int, str]


class Verdict(StrEnum):
    """What became of a comment before anybody else saw it."""

    WAITING = "waiting"
    SHOWN = "shown"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of one answer to one question, and whether it may be shown."""

    answer: int
    question: int
    text: str
    sector: Sector
    verdict: Verdict = Verdict.WAITING


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of each group gave each answer to a question; those who left it out are a row of their own."""

    question: Question
    place: int
    groups: tuple[tuple[str, int], ...]
    """Every group that is shown with its answers, the largest first."""
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    """Each answer in words, with how many of each group gave it."""

    @property
    def total(self) -> int:
        """All answers."""
        return sum(size for _, size in self.groups)


@dataclass(frozen=True, slots=True)
class Result:
    """What a consultation came to."""

    consultation: Consultation
    stage: Stage
    asked: int | None
    """How many links were made; None where that is no longer held."""
    answers: int
    groups: tuple[tuple[str, int], ...]
    questions: tuple[Counted, ...]
    comments: tuple[tuple[str, int, str], ...]
    """Comments that may be shown: of which group, to which question, and the words."""
    waiting: int
    """Comments that nobody has read yet."""

    @property
    def is_shown(self) -> bool:
        """Whether its figures may be shown: it has closed, and enough people answered."""
        return bool(self.groups)

    @property
    def why_not(self) -> str:
        """Why no figures are shown, in a sentence; empty where they are."""
        if self.is_shown:
            return ""
        if self.stage is not Stage.CLOSED:
            return "Results are shown when it has closed, so that nobody’s answer can be told from a change in them."
        if not self.answers:
            return "Nobody answered."
        return f"Fewer than {SMALLEST_GROUP} people answered, so their answers are not shown: they could be told apart."


def groups_of(sectors: Iterable[Sector]) -> dict[Sector, str]:
    """The group under which each sector's answers are shown; empty where there are too few answers altogether.

    >>> groups_of([Sector.PUBLIC] * 6 + [Sector.FAITH] * 2)
    {<Sector.PUBLIC: 'public'>: 'public and faith', <Sector.FAITH: 'faith'>: 'public and faith'}
    """
    counts = Counter(sectors)
    if counts.total() < SMALLEST_GROUP:
        return {}
    together = _shown_together(counts)
    alone = [sector for sector in Sector if sector in counts and sector not in together]
    return {sector: str(sector) for sector in alone} | dict.fromkeys(together, _listed(together))


def _shown_together(counts: Counter[Sector]) -> list[Sector]:
    """The sectors that are too small to be shown alone, with the next larger ones until they are enough together."""
    small: list[Sector] = []
    for sector in sorted(counts, key=lambda sector: (counts[sector], list(Sector).index(sector))):
        enough = not small or sum(counts[each] for each in small) >= SMALLEST_GROUP
        if counts[sector] < SMALLEST_GROUP or not enough:
            small.append(sector)
    return sorted(small, key=list(Sector).index)


def _listed(sectors: Sequence[Sector]) -> str:
    """Several sectors as one name."""
    names = [str(sector) for sector in sectors]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""


def result(
    consultation: Consultation,
    answers: Sequence[Answer],
    comments: Sequence[Comment],
    asked: int | None,
    on: date,
) -> Result:
    """Count what was said, where it may be shown on that day."""
    stage = consultation.stage(on)
    named = groups_of(answer.sector for answer in answers) if stage is Stage.CLOSED else {}
    sizes = Counter(named[answer.sector] for answer in answers) if named else Counter[str]()
    groups = tuple(sorted(sizes.items(), key=lambda group: (-group[1], group[0])))
    shown = tuple(
        (named[comment.sector], comment.question, comment.text)
        for comment in comments
        if named and comment.verdict is Verdict.SHOWN
    )
    return Result(
        consultation,
        stage,
        asked,
        len(answers),
        groups,
        _counted(consultation, answers, named, groups) if groups else (),
        shown,
        sum(1 for comment in comments if comment.verdict is Verdict.WAITING),
    )


def _counted(
    consultation: Consultation,
    answers: Sequence[Answer],
    named: Mapping[Sector, str],
    groups: tuple[tuple[str, int], ...],
) -> tuple[Counted, ...]:
    counted = []
    for place, question in enumerate(consultation.questions):
        if question.kind is Kind.TEXT:
            continue
        given = Counter((answer.said.get(place, ""), named[answer.sector]) for answer in answers)
        rows = tuple(
            (question.called(option) or "not answered", tuple(given[option, group] for group, _ in groups))
            for option in (*question.answers, "")
        )
        counted.append(Counted(question, place, groups, rows))
    return tuple(counted)


def comments_of(
    consultation: Consultation, answers: Iterable[Answer], verdicts: Mapping[tuple[int, int], Verdict]
) -> tuple[Comment, ...]:
    """Every comment in the answers, with what was decided of it."""
    return tuple(
        Comment(
            answer.id,
            place,
            answer.said[place],
            answer.sector,
            verdicts.get((answer.id, place), Verdict.WAITING),
        )
        for answer in answers
        for place, question in enumerate(consultation.questions)
        if question.kind is Kind.TEXT and answer.said.get(place)
    )


def faults_of(consultation: Consultation) -> tuple[str, ...]:
    """What has to be put right before a consultation can be kept, a sentence each."""
    faults = []
    if not consultation.name.strip():
        faults.append("Give the consultation a name.")
    if consultation.closes < consultation.opens:
        faults.append("It closes before it opens. Choose a later day to close.")
    if not consultation.questions:
        faults.append("Ask at least one question.")
    if len(consultation.questions) > MOST_QUESTIONS:
        faults.append(
            f"It has {len(consultation.questions)} questions; at most {MOST_QUESTIONS} can be asked."
        )
    if max(map(len, (consultation.name, consultation.about))) > LONGEST_TEXT * 2:
        faults.append(
            f"The name and the text above the questions have at most {LONGEST_TEXT * 2:,} characters."
        )
    faults += [
        f"Question {number}: {fault}"
        for number, question in enumerate(consultation.questions, start=1)
        for fault in _faults_of_question(question)
    ]
    return tuple(faults)


def _faults_of_question(question: Question) -> tuple[str, ...]:
    kind, options, how_many = question.kind, question.options, len(question.options)
    faults = {
        f"it needs a text of at most {LONGEST_TEXT:,} characters.": not _is_text(question.text),
        "each of its answers needs a text.": not all(map(_is_text, options)),
        f"a choice needs 2 to {MOST_OPTIONS} answers to choose from, one on each line.": kind is Kind.CHOICE
        and not 2 <= how_many <= MOST_OPTIONS,
        "two of its answers are the same.": len(set(options)) < how_many,
        "a scale has a word for each end, two in all, or none.": kind is Kind.SCALE
        and how_many not in (0, 2),
        "a free text has no answers to choose from.": kind is Kind.TEXT and how_many > 0,
    }
    return tuple(sentence for sentence, is_so in faults.items() if is_so)


def _is_text(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST_TEXT


def clean_answer(consultation: Consultation, said: Mapping[int, str]) -> dict[int, str]:
    """What of a sent form answers the questions: nothing that was not offered, and comments without blanks around."""
    clean = {}
    for place, question in enumerate(consultation.questions):
        text = said.get(place, "").replace("\r\n", "\n").replace("\0", "").strip()
        if text and (question.kind is Kind.TEXT or text in question.answers):
            clean[place] = text
    return clean


def too_long(consultation: Consultation, said: Mapping[int, str]) -> str:
    """A sentence where a comment is too long to be kept; else nothing."""
    longest = max((len(text) for text in clean_answer(consultation, said).values()), default=0)
    if longest <= LONGEST_ANSWER:
        return ""
    return (
        f"A comment has {longest:,} characters; at most {LONGEST_ANSWER:,} are kept. Shorten it, then send."
    )


def read_members(text: str) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    """Members as they are typed, one on a line: name, address, sector; and a sentence for each line that is not one.

    >>> read_members("Ann Lee, ann@firm.example, private")[0][0].sector
    <Sector.PRIVATE: 'private'>
    >>> read_members("Ann Lee; ann; shops")[1]
    ('Line 1: “ann” is no email address.',)
    """
    members: dict[str, Member] = {}
    faults = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = [part.strip() for part in line.replace("\t", ",").replace(";", ",").split(",")]
        fault = _fault_of_line(parts, members)
        if fault:
            faults.append(f"Line {number}: {fault}")
        else:
            members[parts[1].casefold()] = Member(parts[0], parts[1], Sector(parts[2].casefold()))
    return tuple(members.values()), tuple(faults)


def _is_address(text: str) -> bool:
    before, _, after = text.partition("@")
    return bool(before) and "." in after and "@" not in after and " " not in text and len(text) <= 200


def _fault_of_line(parts: Sequence[str], members: Mapping[str, Member]) -> str:
    """What is wrong with one member's line; empty for nothing."""
    if len(parts) != 3 or not all(parts):
        return "write a name, an email address and a sector, with commas between."
    name, address, sector = parts
    if not _is_address(address):
        return f"“{address[:80]}” is no email address."
    if sector.casefold() not in {str(known) for known in Sector}:
        return f"“{sector[:80]}” is none of the sectors: {', '.join(Sector)}."
    if address.casefold() in members:
        return f"{address} stands on an earlier line already."
    return f"the name has more than 200 characters: {name[:40]}…" if len(name) > 200 else ""


def letter(consultation: Consultation, member: Member, link: str, place: str) -> Letter:
    """The letter that asks one member, with the link that is theirs alone."""
    text = (
        f"Dear {member.name},\n\n"
        f"As a member of the {place} forum ({member.sector} sector) you are asked: {consultation.name}.\n\n"
        f"Answer here, by the end of {day(consultation.closes)}:\n{link}\n\n"
        "The link is yours alone and takes one answer; you need no account. Please do not pass it on.\n"
        "Your answer is kept with your sector and without your name. Results are shown when the consultation has "
        f"closed, and no group of fewer than {SMALLEST_GROUP} people is shown alone. Your name and address are deleted "
        f"after {day(consultation.forgotten_after)}."
    )
    return Letter((member.address,), f"{place}: {consultation.name}", text)


def examples(folder: Path = EXAMPLES) -> tuple[Consultation, ...]:
    """The consultations that come with the product, as examples to begin from; nobody has answered them."""
    return tuple(_read_example(path) for path in sorted(folder.glob("*.toml")))


def _read_example(path: Path) -> Consultation:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    questions = tuple(
        Question(" ".join(asked["text"].split()), Kind(asked["kind"]), tuple(asked.get("options", ())))
        for asked in written["question"]
    )
    about = " ".join(written["about"].split())
    return Consultation(
        path.stem,
        written["name"],
        about,
        questions,
        written["opens"],
        written["closes"],
        source=written["source"],
    )
