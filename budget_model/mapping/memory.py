"""What people have confirmed about lines, remembered per organisation and shared with the partnership.

Each confirmation keeps who made it and when, and can be taken back; nothing is overwritten. The newest
standing confirmation of a line counts. Next year's file is matched by code and wording: years, capitals
and marks do not matter, and a changed wording is recognised when enough of it, or its code, stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from budget_model.mapping.tables import Thresholds, has_meaning, lists
from budget_model.mapping.wording import plain, take_code

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LETTER_PLACES = 16
"""Places that letters are counted in: few, so that counting is quick; enough to tell wordings apart."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One line that a person mapped: to one service, or to several by shares that make one."""

    organisation: str
    code: str | None
    description: str
    headings: tuple[str, ...]
    services: tuple[tuple[str, Decimal], ...]
    by: str
    on: datetime
    taken_back: bool = False


class Match(StrEnum):
    """How a remembered line was recognised, the surest first."""

    SAME_LINE = "same line"
    SAME_CODE = "same code, wording changed"
    SAME_WORDING = "same wording"
    LIKE_WORDING = "wording changed"


@dataclass(frozen=True, slots=True)
class Recalled:
    """A confirmation that fits a line, how it was recognised, and how alike the wordings are (0 to 1)."""

    confirmed: Confirmed
    match: Match
    likeness: float


@dataclass(frozen=True, slots=True)
class _Key:
    code: str
    words: str
    headings: tuple[str, ...]


def _key(code: str | None, description: str, headings: Sequence[str]) -> _Key:
    leading, rest = take_code(description)
    return _Key(
        (code or leading).strip().upper(),
        plain(rest),
        tuple(plain(heading) for heading in headings if heading),
    )


class Memory:
    """Finds what was confirmed for a line: by its own organisation, or by another of the partnership."""

    def __init__(self, confirmed: Iterable[Confirmed], thresholds: Thresholds) -> None:
        self._thresholds = thresholds
        self._without_meaning = lists().without_meaning
        standing = _standing(confirmed)
        self._by_line: dict[tuple[str, _Key], Confirmed] = {}
        self._by_code: dict[tuple[str, str], list[tuple[_Key, Confirmed]]] = {}
        self._by_words: dict[tuple[str, str], list[tuple[_Key, Confirmed]]] = {}
        self._shared: dict[str, list[Confirmed]] = {}
        wordings: dict[str, list[str]] = {}
        for key, one in standing:
            organisation = _name(one.organisation)
            self._by_line[organisation, key] = one
            if key.code:
                self._by_code.setdefault((organisation, key.code), []).append((key, one))
            if key.words:
                self._by_words.setdefault((organisation, key.words), []).append((key, one))
                self._shared.setdefault(key.words, []).append(one)
                wordings.setdefault(organisation, []).append(key.words)
        self._wordings = {body: _Wordings(known) for body, known in wordings.items()}
        self.standing = tuple(confirmed for _, confirmed in standing)
        """Every confirmation that counts, oldest first."""

    def own(
        self, organisation: str, code: str | None, description: str, headings: Sequence[str]
    ) -> Recalled | None:
        """What the organisation itself confirmed for this line, this year or before."""
        if not self.standing:
            return None
        body, key = _name(organisation), _key(code, description, headings)
        exact = self._by_line.get((body, key))
        if exact is not None:
            return Recalled(exact, Match.SAME_LINE, 1.0)
        return (
            self._same_code(body, key)
            or self._same_words(body, key)
            or (self._like_words(body, key) if key.words else None)
        )

    def partnership(self, organisation: str, description: str) -> tuple[Confirmed, ...]:
        """What other organisations confirmed for the same wording, newest first.

        A wording that says nothing by itself ('Central services') means something else in every body: what
        one confirmed for it is nothing to another.
        """
        words = plain(take_code(description)[1])
        if not has_meaning(words, self._without_meaning):
            return ()
        body = _name(organisation)
        return tuple(
            confirmed
            for confirmed in reversed(self._shared.get(words, []))
            if _name(confirmed.organisation) != body
        )

    def travels(self, confirmed: Confirmed) -> bool:
        """Whether a confirmation tells anything to another body than the one that made it."""
        return has_meaning(plain(take_code(confirmed.description)[1]), self._without_meaning)

    def _same_code(self, body: str, key: _Key) -> Recalled | None:
        if not key.code:
            return None
        best: Recalled | None = None
        for known, confirmed in self._by_code.get((body, key.code), []):
            likeness = _likeness(known.words, key.words)
            if likeness >= self._thresholds.same_code_wording and (best is None or likeness >= best.likeness):
                best = Recalled(confirmed, Match.SAME_CODE, likeness)
        return best

    def _same_words(self, body: str, key: _Key) -> Recalled | None:
        known = self._by_words.get((body, key.words), []) if key.words else []
        # The same words under several headings, mapped differently, are not the same line; nor are words
        # that say nothing by themselves under other headings, or under another code.
        if not has_meaning(key.words, self._without_meaning):
            known = [(that, confirmed) for that, confirmed in known if _stands_alike(that, key)]
        near = [confirmed for that, confirmed in known if set(that.headings) & set(key.headings)] or [
            confirmed for _, confirmed in known
        ]
        answers = {confirmed.services for confirmed in near}
        return Recalled(near[-1], Match.SAME_WORDING, 1.0) if len(answers) == 1 else None

    def _like_words(self, body: str, key: _Key) -> Recalled | None:
        if not has_meaning(key.words, self._without_meaning):
            return None
        wordings = self._wordings.get(body)
        found = wordings.like(key.words, self._thresholds.like_wording) if wordings else ()
        if not found:
            return None
        likeness = found[0][1]
        answers = {
            confirmed.services
            for words, score in found
            if score >= likeness - 3
            for _, confirmed in self._by_words[body, words]
        }
        if len(answers) > 1 or _numbers(found[0][0]) != _numbers(key.words):
            return None
        return Recalled(self._by_words[body, found[0][0]][-1][1], Match.LIKE_WORDING, likeness / 100)


def agree(confirmed: Confirmed, code: str | None, description: str, headings: Sequence[str]) -> bool:
    """Whether a line has the code and the headings of one that was confirmed; a line without either has not.

    Headings that say nothing by themselves ('Expenditure', 'Other services') stand in every body's book.

    >>> from datetime import datetime
    >>> one = Confirmed("council", "505", "Libraries", ("Culture",), (), "Ann", datetime(2016, 5, 1))
    >>> agree(one, None, "505 Libraries", ["CULTURE"]), agree(one, "505", "Libraries", [])
    (True, False)
    >>> agree(Confirmed("council", "505", "Arts", ("Expenditure",), (), "Ann", one.on), "505", "Arts", ["Expenditure"])
    False
    """
    mine, theirs = (
        _key(code, description, headings),
        _key(confirmed.code, confirmed.description, confirmed.headings),
    )
    if not mine.code or not any(has_meaning(heading, lists().without_meaning) for heading in mine.headings):
        return False
    return (mine.code, mine.headings) == (theirs.code, theirs.headings)


@lru_cache(maxsize=4)
def remembered(confirmed: tuple[Confirmed, ...]) -> Memory:
    """The memory of what was confirmed, made once, with what it found before; by the shipped thresholds."""
    return Memory(confirmed, lists().thresholds)


class _Wordings:
    """The wordings that one organisation confirmed, found again when they are much the same.

    How alike two wordings are is 1 − changes / letters of both, a change being one letter put in or taken
    out. So two of unlike length, or of unlike letters, are told apart before they are compared in full.
    """

    def __init__(self, wordings: Iterable[str]) -> None:
        import numpy as np

        self._known = sorted(((_sorted(words), words) for words in dict.fromkeys(wordings)), key=_length)
        self._sorted = [in_order for in_order, _ in self._known]
        self._lengths = np.array([len(in_order) for in_order in self._sorted], np.int16)
        self._letters = _letters(self._sorted)
        self._found: dict[str, tuple[tuple[str, float], ...]] = {}

    def like(self, words: str, least: float) -> tuple[tuple[str, float], ...]:
        """The three most alike, whatever the order of their words, each with its likeness up to 100."""
        if words not in self._found:
            self._found[words] = self._alike(_sorted(words), least)
        return self._found[words]

    def _alike(self, words: str, least: float) -> tuple[tuple[str, float], ...]:
        import numpy as np
        from rapidfuzz import fuzz, process

        size = len(words)
        shortest, longest = size * least / (2 - least), size * (2 - least) / least
        first, last = np.searchsorted(self._lengths, (shortest - 1, longest + 1))
        apart = np.abs(self._letters[:, first:last] - _letters([words])).sum(axis=0, dtype=np.int16)
        most = (1 - least) * (self._lengths[first:last] + size) + 1
        near = [int(first + at) for at in np.flatnonzero(apart <= most)]
        found = process.extract(
            words, [self._sorted[at] for at in near], scorer=fuzz.ratio, limit=3, score_cutoff=100 * least
        )
        return tuple((self._known[near[at]][1], score) for _, score, at in found)


def _letters(wordings: Sequence[str]) -> "npt.NDArray[np.int16]":
    """How often each wording has each letter, or one of those that share its place; a row for each place."""
    import numpy as np

    counted = np.zeros((LETTER_PLACES, len(wordings)), np.int16)
    for at, words in enumerate(wordings):
        for letter in words:
            counted[ord(letter) % LETTER_PLACES, at] += 1
    return counted


def _sorted(words: str) -> str:
    return " ".join(sorted(words.split()))


def _length(known: tuple[str, str]) -> int:
    return len(known[0])


def _standing(confirmed: Iterable[Confirmed]) -> list[tuple[_Key, Confirmed]]:
    """The last word on each line, those taken back left out; `confirmed` stand in the order in which they were said.

    The order is that of the record and not of the clock, which may have been set back.
    """
    latest: dict[tuple[str, _Key], Confirmed] = {}
    for one in confirmed:
        place = (_name(one.organisation), _key(one.code, one.description, one.headings))
        standing = latest.get(place)
        if not one.taken_back:
            latest.pop(place, None)
            latest[place] = one
        elif standing is not None and standing.services == one.services:
            del latest[place]
    return [(key, confirmed) for (_, key), confirmed in latest.items()]


def _name(organisation: str) -> str:
    return plain(organisation.replace("-", " "))


def _numbers(words: str) -> list[str]:
    """The numbers in a wording: "adults 18 64" and "adults 65" are not one wording changed."""
    return [word for word in words.split() if word.isdigit()]


def _stands_alike(known: _Key, key: _Key) -> bool:
    """Whether two lines stand under the same headings and no codes tell them apart."""
    return known.headings == key.headings and not (known.code and key.code)


def _likeness(first: str, second: str) -> float:
    from rapidfuzz import fuzz

    return max(fuzz.token_sort_ratio(first, second), fuzz.token_set_ratio(first, second)) / 100
