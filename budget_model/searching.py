"""What somebody looks for in their own words: bodies, services, opportunities, lines, pages, the likeliest first.

Every name, synonym and title is cut into words once. A question is answered from those words: a word counts
from its first letters on, and one that nothing begins with is taken for the nearest that there is.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from rapidfuzz import fuzz, process

from budget_model.answers import Answers
from budget_model.mapping.tables import lists
from budget_model.mapping.wording import plain
from budget_model.money import NOTHING, pounds
from budget_model.place.model import Target, ThemeKind
from budget_model.together import titles
from budget_model.together.targets import figure_text
from budget_model.vocabulary import Dimension

LONGEST = 120
"""Letters of a question that are read."""
ALIKE = 74
"""How alike, of 100, two words must be to be taken for the same misspelt one: 'polcie' and 'police'."""
LEAST_CORRECTED = 4
"""Letters of the shortest word whose spelling is put right: shorter ones are alike by chance."""
WHOLE_QUESTION, QUESTION = 120, 4
"""The score of what answers a whole question that is known, and of how many words a question is at least."""
KNOWN = 2
"""Words of a question that something is called by, beside which its other words are not taken for misspelt ones."""
PASSED_OVER = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "at",
        "by",
        "can",
        "do",
        "does",
        "for",
        "from",
        "how",
        "i",
        "in",
        "is",
        "it",
        "me",
        "much",
        "must",
        "my",
        "of",
        "on",
        "or",
        "our",
        "should",
        "show",
        "spend",
        "spends",
        "spent",
        "tell",
        "that",
        "the",
        "their",
        "there",
        "this",
        "to",
        "today",
        "up",
        "us",
        "was",
        "we",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whose",
        "why",
        "will",
        "with",
        "you",
    ]
)
"""Words of a question that say nothing about what is looked for, unless there are no others."""


class Sort(StrEnum):
    """What kinds of things there are to be looked for, in the words of a heading."""

    PAGE = "Pages"
    BODY = "Organisations"
    BOARD = "Boards and themes"
    SERVICE = "Services"
    AREA = "Areas"
    OPPORTUNITY = "Opportunities"
    TARGET = "Targets"
    TERM = "Words explained"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be looked for: what it is called, by which other names, and its figure in words."""

    sort: Sort
    key: str
    name: str
    others: tuple[str, ...] = ()
    """What else people call it."""
    figure: str = ""
    about: str = ""
    amount: Decimal = NOTHING
    """What it is ranked by among others that are named as well, pounds."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that answers a question, and by which of its other names where not by its own."""

    entry: Entry
    score: int
    called: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a question, the likeliest first, and how the question was read where that was not as typed."""

    asked: str
    read_as: str
    hits: tuple[Hit, ...]

    @property
    def corrected(self) -> bool:
        """Whether a word was taken for another that is spelt nearly alike."""
        return self.read_as != self.asked

    def by_sort(self) -> dict[Sort, tuple[Hit, ...]]:
        """The hits of each kind, the kind with the likeliest first."""
        kinds: dict[Sort, list[Hit]] = {}
        for hit in self.hits:
            kinds.setdefault(hit.entry.sort, []).append(hit)
        return {sort: tuple(hits) for sort, hits in kinds.items()}


@dataclass(frozen=True)
class Index:
    """Everything that can be looked for, with the words that each is called by."""

    entries: tuple[Entry, ...]
    everyday: Mapping[str, str]
    """What people say, and the words that names have for it."""
    place: str = ""
    """What the place is called: all of it is about the place, so that in a question its name tells nothing."""

    @cached_property
    def wordings(self) -> tuple[tuple[int, str, str, frozenset[str]], ...]:
        """Every name: of which entry, as written, in plain letters, and its words."""
        return tuple(
            (place, name, plain(name), frozenset(plain(name).split()))
            for place, entry in enumerate(self.entries)
            for name in (entry.name, *entry.others)
        )

    @cached_property
    def by_word(self) -> Mapping[str, tuple[int, ...]]:
        """In which wordings each word stands."""
        places: dict[str, list[int]] = {}
        for place, (_, _, _, words) in enumerate(self.wordings):
            for word in words:
                places.setdefault(word, []).append(place)
        return {word: tuple(held) for word, held in places.items()}

    @cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """Every word, in the order of the alphabet."""
        return tuple(sorted(self.by_word))

    def beginning(self, start: str) -> tuple[str, ...]:
        """Every word that begins so."""
        first = bisect_left(self.vocabulary, start)
        last = bisect_left(self.vocabulary, f"{start}\uffff")
        return self.vocabulary[first:last]

    def nearest(self, word: str) -> str:
        """The word itself where anything begins with it; else what it means, or what is spelt nearly alike."""
        if self.beginning(word):
            return word
        if word in self.everyday or len(word) < LEAST_CORRECTED:
            return self.everyday.get(word, word)
        # A first letter is seldom wrong, and words that differ in it are seldom meant.
        close = process.extractOne(word, self.beginning(word[:1]), scorer=fuzz.ratio, score_cutoff=ALIKE)
        return close[0] if close else word

    def find(self, question: str) -> Found:
        """What answers a question: those that most of its words name, whole names before parts of them."""
        asked = plain(question[:LONGEST])
        words = self._looked_for(self._telling(asked.split()), asked)
        read = tuple(" ".join(map(self.nearest, words)).split())
        read_as = asked if read == words else " ".join(read)
        named = self._named(read)
        most = max(named.values(), default=0)
        hits: dict[int, Hit] = {}
        for place, count in named.items():
            if count < most:
                continue
            at, name, wording, held = self.wordings[place]
            entry = self.entries[at]
            own = name == entry.name
            score = WHOLE_QUESTION if _asks(wording, asked) else _score(wording, held, read, own=own)
            score += _alike_as_questions(name, held, asked)
            hit = Hit(entry, score, "" if own else name)
            if at not in hits or hits[at].score < hit.score:
                hits[at] = hit
        ordered = sorted(hits.values(), key=lambda hit: (-hit.score, -hit.entry.amount, hit.entry.name))
        return Found(asked, read_as, tuple(ordered))

    def _telling(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words of a question that say what is looked for; all of them where none does."""
        home = plain(self.place).split() if len(words) >= QUESTION else ()
        return tuple(word for word in words if word not in PASSED_OVER and word not in home) or tuple(words)

    def _looked_for(self, words: tuple[str, ...], asked: str) -> tuple[str, ...]:
        """The words to look for: of a question that several words answer, without those that nothing is called by.

        Such a word is seldom misspelt: people ask in words of their own, as whether something is "getting" better.
        """
        known = tuple(word for word in words if self.beginning(word) or word in self.everyday)
        is_answered = len(asked.split()) >= QUESTION and len(known) >= KNOWN
        return known if is_answered else words

    def _named(self, words: Sequence[str]) -> Counter[int]:
        """How many of some words each wording has."""
        named: Counter[int] = Counter()
        for word in words:
            named.update({place for known in self.beginning(word) for place in self.by_word[known]})
        return named


def _asks(wording: str, asked: str) -> bool:
    """Whether what is typed is a question as it stands in a list of them, or its beginning."""
    return len(asked.split()) >= QUESTION and wording.startswith(asked)


def _alike_as_questions(name: str, held: frozenset[str], asked: str) -> int:
    """What a known question gains by the words that it has in common with one that is asked, those that tell nothing too.

    Twice their number, which outweighs what it loses by its length; 0 for what is no question.
    """
    words = asked.split()
    are_questions = name.endswith("?") and len(words) >= QUESTION
    return 2 * len(held.intersection(words)) if are_questions else 0


def _score(wording: str, held: frozenset[str], words: Sequence[str], *, own: bool) -> int:
    """How well a name answers some words, of 100: said whole, begun with them, holding them, or begun with their letters.

    Whole words come before longer words that begin with the same letters: 'plan' means a plan before a plant.
    """
    phrase = " ".join(words)
    if wording == phrase:
        score = 100
    elif wording.startswith(f"{phrase} "):
        score = 92
    elif all(word in held for word in words):
        score = 86
    else:
        score = 64 if wording.startswith(phrase) else 56
    return score - (0 if own else 5) - min(len(held), 12)


# What there is to be looked for


def index(answers: Answers, pages: Iterable[Entry] = (), *, joined: bool = True) -> Index:
    """Everything of one scope that can be looked for; `joined` says whether opportunities may be seen."""
    return Index(
        (
            *pages,
            *_bodies(answers),
            *_boards(answers),
            *_services(answers),
            *_areas(answers),
            *(_opportunities(answers) if joined else ()),
            *_targets(answers),
            *_terms(answers),
        ),
        lists().everyday_words,
        answers.place.name,
    )


def _figures(answers: Answers, dimension: Dimension) -> dict[str, Decimal]:
    return {part.key: part.amount for part in answers.by(dimension)}


def _figure(amounts: Mapping[str, Decimal], key: str) -> str:
    return pounds(amounts[key]) if key in amounts else "no money in this choice"


def _bodies(answers: Answers) -> list[Entry]:
    amounts = _figures(answers, Dimension.ORGANISATION)
    return [
        Entry(
            Sort.BODY,
            body.id,
            body.name,
            (body.short_name, str(body.type)),
            _figure(amounts, body.id),
            str(body.type),
            amounts.get(body.id, NOTHING),
        )
        for body in answers.place.organisations
    ]


def _boards(answers: Answers) -> list[Entry]:
    amounts = _figures(answers, Dimension.THEME)
    return [
        Entry(
            Sort.BOARD,
            theme.id,
            theme.name,
            (theme.short_name,),
            _figure(amounts, theme.id) if theme.kind is ThemeKind.DELIVERY_BOARD else "",
            str(theme.kind),
            amounts.get(theme.id, NOTHING),
        )
        for theme in answers.place.themes
    ]


def _services(answers: Answers) -> list[Entry]:
    amounts, words = _figures(answers, Dimension.SERVICE), lists().service_words
    return [
        Entry(
            Sort.SERVICE,
            service.id,
            service.name,
            (*service.synonyms, *words.get(service.id, ())),
            _figure(amounts, service.id),
            service.group,
            amounts.get(service.id, NOTHING),
        )
        for service in answers.place.services
    ]


def _areas(answers: Answers) -> list[Entry]:
    """The parts of the place that have a page of their own."""
    return [
        Entry(Sort.AREA, area.id, area.name, about=area.kind)
        for area in answers.place.areas
        if area.within and area.kind != "small area"
    ]


def _opportunities(answers: Answers) -> list[Entry]:
    names = answers.names(Dimension.SERVICE)
    return [
        Entry(
            Sort.OPPORTUNITY,
            each.id,
            each.title,
            tuple(names[service] for service in each.services if service in names),
            titles.amount_of(each),
            f"number {each.number}",
            each.amount,
        )
        for each in answers.opportunities().opportunities
    ]


def _targets(answers: Answers) -> list[Entry]:
    boards = answers.names(Dimension.THEME)
    return [
        Entry(
            Sort.TARGET,
            target.id,
            target.name,
            (target.description,) if target.description else (),
            _reading(target),
            boards.get(target.board, ""),
        )
        for target in answers.place.targets
    ]


def _reading(target: Target) -> str:
    """A measure's latest figure with its unit and year; one that is made up says so."""
    made_up = ", illustrative" if target.illustrative else ""
    return f"{figure_text(target.latest)} {target.unit}, {target.latest_year}{made_up}"


def _terms(answers: Answers) -> list[Entry]:
    return [Entry(Sort.TERM, term.term, term.term, about=term.meaning) for term in answers.place.glossary]
