"""What a line pays for, learnt from lines whose answer is known.

Each known line is an example: its words, its letters (so that "highway" meets "highways"), the body it
belongs to and its account code. How alike two lines are is one number, made of those four; an answer is
then each example's answer weighed by likeness, with the weights that fit all examples best (kernel ridge
regression, solved exactly; see Rifkin and Klautau, "In Defense of One-Vs-All Classification", JMLR 5,
2004). It needs no library beyond numpy and scipy, learns several thousand examples in about a second, and
so learns anew whenever something was confirmed.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from budget_model.mapping.wording import AccountCode, account, letter_runs, plain, take_code, words_and_pairs

Numbers = npt.NDArray[np.float32]
"""Single precision: likenesses need no more, and the examples are learnt in half the time."""
MOST_WORDS_KEPT = 50_000
"""Words whose letters are remembered: a few megabytes."""
AT_ONCE = 1_000
"""Lines compared with all examples in one go: keeps memory under 100 MB."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A line as it is compared: its words, the words above it, whose it is, and its account code."""

    words: str
    headings: str = ""
    organisation: str = ""
    account: AccountCode | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A line whose answer is known."""

    wording: Wording
    answers: tuple[tuple[str, float], ...]
    """What it pays for: one label, or several in parts that make one."""
    shown_as: str
    """How the example is named in a reason."""
    is_line: bool = True
    """A whole line that a body classified, rather than a word or synonym."""


def wording(
    description: str,
    organisation: str = "",
    code: str | None = None,
    headings: Sequence[str] = (),
    abbreviations: Mapping[str, str] | None = None,
) -> Wording:
    """A line brought to the form in which lines are compared."""
    leading, rest = take_code(description)
    short = abbreviations or {}
    return Wording(
        words=_in_full(plain(rest), short),
        headings=_in_full(plain(" ".join(headings)), short),
        organisation=plain(organisation.replace("-", " ")),
        account=account(code or leading) if code or leading else None,
    )


def _in_full(words: str, abbreviations: Mapping[str, str]) -> str:
    """The words, each known abbreviation followed by what it stands for, or left out if it says nothing."""
    if not abbreviations:
        return words
    full: list[str] = []
    for word in words.split():
        meaning = abbreviations.get(word)
        if meaning is None:
            full.append(word)
        elif meaning:
            full += [word, meaning]
    return " ".join(full) or words


class _Counter:
    """Turns texts into rows of weights, rare features counting for more (tf-idf), each row of length one."""

    def __init__(self, parts: Callable[[str], list[str]], texts: Sequence[str], *, by_word: bool) -> None:
        """`by_word`: a text's parts are those of its words, so that each word is taken apart only once."""
        self._parts = parts
        self._by_word = by_word
        self._of_word: dict[str, list[int]] = {}
        seen: dict[str, int] = {}
        for text in texts:
            for part in set(parts(text)):
                seen[part] = seen.get(part, 0) + 1
        self._place = {part: at for at, part in enumerate(seen)}
        self._rarity = 1 + np.log((1 + len(texts)) / (1 + np.fromiter(seen.values(), np.float32, len(seen))))

    def rows(self, texts: Sequence[str]) -> Any:
        from scipy.sparse import csr_matrix

        starts: list[int] = [0]
        places: list[int] = []
        for text in texts:
            places += self._places(text)
            starts.append(len(places))
        column = np.asarray(places, np.int32)
        counted = csr_matrix(
            (np.ones(len(column), np.float32), column, starts), (len(texts), len(self._place))
        )
        counted.sum_duplicates()
        counted.data = (1 + np.log(counted.data)) * self._rarity[counted.indices]
        return _length_one(counted)

    def _places(self, text: str) -> list[int]:
        if not self._by_word:
            return self._known(text)
        places: list[int] = []
        for word in text.split():
            known = self._of_word.get(word)
            if known is None:
                known = self._known(word)
                if len(self._of_word) < MOST_WORDS_KEPT:
                    self._of_word[word] = known
            places += known
        return places

    def _known(self, text: str) -> list[int]:
        return [self._place[part] for part in self._parts(text) if part in self._place]


def _length_one(rows: Any) -> Any:
    from scipy.sparse import diags_array

    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scale = (1 / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return (diags_array(scale) @ rows).tocsr()


class Learned:
    """Examples learnt: scores every label for any line, and names the example that a line is most like."""

    def __init__(
        self, examples: Sequence[Example], weights: Mapping[str, float], kept: Path | None = None
    ) -> None:
        """Learn, or take over what was learnt before from exactly these examples and kept in a file."""
        self.examples = tuple(examples)
        self.labels = tuple(sorted({label for one in examples for label, _ in one.answers}))
        self._weights = weights
        place = self._label_at = {label: at for at, label in enumerate(self.labels)}
        self.answers: Numbers = np.zeros((len(examples), len(self.labels)), np.float32)
        for row, one in enumerate(self.examples):
            for label, part in one.answers:
                self.answers[row, place[label]] += part
        known = [one.wording for one in self.examples]
        texts = [f"{one.words} {one.headings}" for one in known]
        self._words = _Counter(words_and_pairs, texts, by_word=False)
        self._letters = _Counter(letter_runs, texts, by_word=True)
        self._bodies = _Counter(str.split, [one.organisation for one in known], by_word=True)
        self._places_of: dict[str, list[int]] = {}
        self._accounts: dict[str, list[int]] = {}
        for row, line in enumerate(known):
            if line.organisation:
                self._places_of.setdefault(line.organisation, []).append(row)
            if line.account is not None:
                self._accounts.setdefault(_stem(line), []).append(row)
        self._numbers = np.array([one.account.number if one.account else 0 for one in known], np.float32)
        self._text_rows = self._rows(known).T.tocsr()
        self._body_names = sorted(self._places_of)
        body_at = {name: at for at, name in enumerate(self._body_names)}
        # Examples of no body look at the column of noughts that comes last.
        self._body_at = np.array([body_at.get(one.organisation, -1) for one in known])
        self._body_rows = self._bodies.rows(self._body_names)
        self._examples_of = [np.flatnonzero(column) for column in self.answers.T]
        self._is_line = np.array([one.is_line for one in self.examples])
        self.usual: Numbers = self._usual()
        self._fitted: Numbers = np.empty(0, np.float32)
        if not self._taken_over(kept):
            self._solve(known)

    def keep(self, path: Path) -> None:
        """Keep what was learnt, so that the next start need not learn it again."""
        np.savez_compressed(path, fitted=self._fitted.astype(np.float16), learnt_from=self._fingerprint())

    def _taken_over(self, kept: Path | None) -> bool:
        if kept is None or not kept.exists():
            return False
        with np.load(kept, allow_pickle=False) as held:
            if str(held["learnt_from"]) != self._fingerprint():
                return False
            self._fitted = held["fitted"].astype(np.float32)
        return True

    def _fingerprint(self) -> str:
        told = repr((self.examples, sorted(self._weights.items())))
        return hashlib.sha256(told.encode()).hexdigest()

    def _usual(self) -> Numbers:
        lines = self.answers[self._is_line] if self._is_line.any() else self.answers
        return np.asarray(lines.sum(axis=0) / max(len(lines), 1), np.float32)

    def likeness(self, lines: Sequence[Wording]) -> Numbers:
        """How alike each line and each example are."""
        weights = self._weights
        # The two halves of a text's row, words and letters, each have length one.
        alike: Numbers = 0.5 * (self._rows(lines) @ self._text_rows).toarray()
        near_bodies = self._near_bodies(lines)
        for row, line in enumerate(lines):
            same = self._places_of.get(line.organisation)
            if same is not None:
                alike[row, same] = alike[row, same] * (1 + weights["same_body"]) + weights["body_alone"]
            if line.organisation:
                alike[row] += near_bodies[line.organisation]
            if line.account is not None:
                near = self._accounts.get(_stem(line))
                if near is not None:
                    apart = np.abs(self._numbers[near] - line.account.number)
                    alike[row, near] += weights["near_code"] * np.exp(-apart / weights["near_code_reach"])
        return alike

    def scores(self, alike: Numbers) -> Numbers:
        """How strongly each line speaks for each label, beyond what is usual; not yet a probability."""
        return np.asarray(alike @ self._fitted)

    def nearest(self, alike: Numbers, label: str) -> Example:
        """The example of a label that one line is most like."""
        of_label = self._examples_of[self._label_at[label]]
        return self.examples[int(of_label[np.argmax(alike[of_label])])]

    def _near_bodies(self, lines: Sequence[Wording]) -> dict[str, Numbers]:
        """For each organisation named, how alike its name is to that of each example's organisation."""
        asked = sorted({line.organisation for line in lines} - {""})
        if not asked:
            return {}
        near = (self._bodies.rows(asked) @ self._body_rows.T).toarray() * self._weights["like_body"]
        padded = np.hstack([near, np.zeros((len(asked), 1), np.float32)]).astype(np.float32)
        return {name: padded[row, self._body_at] for row, name in enumerate(asked)}

    def _rows(self, lines: Sequence[Wording]) -> Any:
        from scipy.sparse import hstack

        return hstack(
            [self._with_headings(counter, lines) for counter in (self._words, self._letters)], format="csr"
        )

    def _with_headings(self, counter: _Counter, lines: Sequence[Wording]) -> Any:
        rows = counter.rows([line.words for line in lines])
        if not any(line.headings for line in lines):
            return rows
        return _length_one(rows + self._weights["heading"] * counter.rows([line.headings for line in lines]))

    def _solve(self, known: Sequence[Wording]) -> None:
        from scipy.linalg import cho_factor, cho_solve

        alike = self.likeness(known)
        penalty = np.where(self._is_line, self._weights["penalty"], self._weights["penalty_words"])
        alike[np.diag_indices_from(alike)] += penalty.astype(np.float32)
        # Likenesses are inner products, so with the penalty the matrix is positive definite.
        factor = cho_factor(alike, lower=True, overwrite_a=True, check_finite=False)
        self._fitted = cho_solve(factor, self.answers - self.usual, check_finite=False)


def _stem(line: Wording) -> str:
    """The body of accounts a code stands in: a code without letters means something in its own body alone."""
    stem = line.account.stem if line.account else ""
    return stem if stem else f"{line.organisation}:"


def probabilities(scores: Numbers, sharpness: float | Numbers) -> Numbers:
    """Scores as probabilities: what is below nought is as good as nothing, and the rest makes one."""
    weight = np.clip(scores, 1e-4, None) ** np.asarray(sharpness, np.float32)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))
