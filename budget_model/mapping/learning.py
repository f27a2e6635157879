"""What a line pays for, learnt from lines whose answer is known.

Each known line is an example: its words, its letters (so that "highway" meets "highways"), the body it
belongs to and its account code. How alike two lines are is one number, made of those four; an answer is
then each example's answer weighed by likeness, with the weights that fit all examples best (kernel ridge
regression, solved exactly; see Rifkin and Klautau, "In Defense of One-Vs-All Classification", JMLR 5,
2004). It needs no library beyond numpy and scipy, learns several thousand examples in about a second, and
so learns anew whenever something was confirmed.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from budget_model.mapping.wording import AccountCode, account, letter_runs, plain, take_code, words_and_pairs

Indices = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float32]
"""Single precision: likenesses need no more, and the examples are learnt in half the time."""
MOST_WORDS_KEPT = 50_000
"""Words whose letters are remembered: a few megabytes."""
AT_ONCE = 5_000
"""Lines weighed in one go: keeps memory under 100 MB."""
MANY_PAIRS = 300_000
"""Pairs of a line and an example from which it pays to add up the examples first."""
NOWHERE = -1
"""The place of what is not among those known."""
LEAST = 1e-4
"""What is left of an answer that the other examples speak against."""


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
    is_one_of: bool = False
    """Known only to be one of its answers: the other examples tell how likely each of them is."""


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

    def __init__(
        self,
        parts: Callable[[str], Sequence[str]],
        texts: Sequence[str],
        *,
        by_word: bool,
        beyond: "_Counter | None" = None,
    ) -> None:
        """`by_word`: a text's parts are those of its words, so that each word is taken apart only once.

        `beyond` has counted other texts already.
        """
        self._parts = parts
        self._by_word = by_word
        self._of_word: dict[str, list[int]] = {}
        self._texts: int = len(texts) + (beyond._texts if beyond else 0)
        self._seen: dict[str, int] = dict(beyond._seen) if beyond else {}
        for text in texts:
            for part in set(parts(text)):
                self._seen[part] = self._seen.get(part, 0) + 1
        self._place = {part: at for at, part in enumerate(self._seen)}
        often = np.fromiter(self._seen.values(), np.float32, len(self._seen))
        self._rarity = 1 + np.log((1 + self._texts) / (1 + often))

    def rows(self, texts: Sequence[str]) -> Any:
        from scipy.sparse import csr_matrix

        different = {text: at for at, text in enumerate(dict.fromkeys(texts))}
        starts: list[int] = [0]
        places: list[int] = []
        for text in different:
            places += self._places(text)
            starts.append(len(places))
        column = np.asarray(places, np.int32)
        counted = csr_matrix(
            (np.ones(len(column), np.float32), column, starts), (len(different), len(self._place))
        )
        counted.sum_duplicates()
        counted.data = (1 + np.log(counted.data)) * self._rarity[counted.indices]
        rows = _length_one(counted)
        if len(different) == len(texts):
            return rows
        return rows[np.fromiter((different[text] for text in texts), np.int64, len(texts))]

    def _places(self, text: str) -> list[int]:
        if not self._by_word:
            return self._known_features(text)
        places: list[int] = []
        for word in text.split():
            known = self._of_word.get(word)
            if known is None:
                known = self._known_features(word)
                if len(self._of_word) < MOST_WORDS_KEPT:
                    self._of_word[word] = known
            places += known
        return places

    def _known_features(self, text: str) -> list[int]:
        return [self._place[part] for part in self._parts(text) if part in self._place]


def _length_one(rows: Any) -> Any:
    from scipy.sparse import diags_array

    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scale = (1 / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return (diags_array(scale) @ rows).tocsr()


@dataclass(frozen=True, slots=True)
class Compared:
    """Lines made ready to be compared with examples."""

    texts: Any
    """A sparse row for each line: its words, and beside them its letters."""
    named: Indices
    """Which row of `near` is for the body that each line names; the last row is for a line that names none."""
    near: Numbers
    """How alike the name of each body named is to that of each body known; the last column is zeros."""
    body: Indices
    """Each line's own body among those known, or `NOWHERE`."""
    stem: Indices
    """Each line's body of accounts among those known, or `NOWHERE`."""
    number: Numbers
    """The number of each line's account."""


def _labels_of(examples: Iterable[Example]) -> tuple[str, ...]:
    """Every answer that any of some examples has, in order."""
    return tuple(sorted({label for example in examples for label, _ in example.answers}))


class Learned:
    """Examples learnt: scores every label for any line, and names the example that a line is most like."""

    def __init__(
        self,
        examples: Sequence[Example],
        weights: Mapping[str, float],
        *,
        kept: Path | None = None,
        beyond: "Learned | None" = None,
    ) -> None:
        """Learn, or take over what was learnt before from exactly these examples and kept in a file.

        `beyond` is what was learnt already, from other examples of the same labels: these examples then
        correct it, and its scores have to be added to theirs.
        """
        self.examples = tuple(examples)
        self.labels: tuple[str, ...] = beyond.labels if beyond else _labels_of(self.examples)
        self._weights = weights
        self._beyond = beyond
        self._is_line = np.array([example.is_line for example in self.examples], np.bool_)
        self._is_certain = np.array([not example.is_one_of for example in self.examples], np.bool_)
        self.answers = self._known_answers()
        self.usual: Numbers = beyond.usual if beyond else self._usual()
        known = [example.wording for example in self.examples]
        texts = [f"{one.words} {one.headings}" for one in known]
        words, letters = (beyond._words, beyond._letters) if beyond else (None, None)
        self._words: _Counter = _Counter(words_and_pairs, texts, by_word=False, beyond=words)
        self._letters: _Counter = _Counter(letter_runs, texts, by_word=True, beyond=letters)
        bodies = [one.organisation for one in known]
        self._body_at = _numbered(bodies)
        self._bodies = _Counter(str.split, bodies, by_word=True)
        self._body_rows = self._bodies.rows(list(self._body_at))
        self._stem_at = _numbered(map(_stem, known))
        self._compared = self.compared(known)
        self._examples_of = {
            label: np.flatnonzero((self.answers[:, at] > 0) & self._is_certain)
            for at, label in enumerate(self.labels)
        }
        self._fitted: Numbers = self._fit(kept)
        self._sum_up()

    def keep(self, path: Path) -> None:
        """Keep what was learnt, so that the next start need not learn it again."""
        np.savez_compressed(path, fitted=self._fitted.astype(np.float16), learnt_from=self._fingerprint())

    def _fit(self, kept: Path | None) -> Numbers:
        """The weights as a file keeps them, where they were learnt from exactly these examples; else worked out."""
        if kept is not None and kept.exists():
            with np.load(kept, allow_pickle=False) as held:
                if str(held["learnt_from"]) == self._fingerprint():
                    return np.asarray(held["fitted"], np.float32)
        # Rounded as it is when it is kept, so that a start from the file answers the same.
        return self._solved().astype(np.float16).astype(np.float32)

    def _fingerprint(self) -> str:
        told = repr((self.examples, sorted(self._weights.items())))
        return hashlib.sha256(told.encode()).hexdigest()

    def _known_answers(self) -> Numbers:
        place = {label: at for at, label in enumerate(self.labels)}
        answers: Numbers = np.zeros((len(self.examples), len(self.labels)), np.float32)
        for row, example in enumerate(self.examples):
            for label, part in example.answers:
                answers[row, place[label]] += part
        return answers

    def _usual(self) -> Numbers:
        whole_lines = self._is_line & self._is_certain
        lines = self.answers[whole_lines] if whole_lines.any() else self.answers
        return np.asarray(lines.sum(axis=0) / max(len(lines), 1), np.float32)

    # Comparing

    def compared(self, lines: Sequence[Wording]) -> Compared:
        """Lines made ready to be compared with the examples."""
        from scipy.sparse import hstack

        asked = _numbered(line.organisation for line in lines)
        near = self._bodies.rows([*asked, ""]) @ self._body_rows.T
        return Compared(
            texts=hstack(
                [self._with_headings(counter, lines) for counter in (self._words, self._letters)],
                format="csr",
            ),
            named=np.array([asked.get(line.organisation, len(asked)) for line in lines], np.int64),
            near=np.pad(near.toarray() * np.float32(self._weights["like_body"]), ((0, 0), (0, 1))),
            body=np.array([self._body_at.get(line.organisation, NOWHERE) for line in lines], np.int64),
            stem=np.array([self._stem_at.get(_stem(line), NOWHERE) for line in lines], np.int64),
            number=np.array([line.account.number if line.account else 0 for line in lines], np.float32),
        )

    def _with_headings(self, counter: _Counter, lines: Sequence[Wording]) -> Any:
        rows = counter.rows([line.words for line in lines])
        if not any(line.headings for line in lines):
            return rows
        return _length_one(rows + self._weights["heading"] * counter.rows([line.headings for line in lines]))

    def _alike(self, lines: Compared, rows: Indices, examples: Indices) -> Numbers:
        """How alike some of the lines and some of the examples are."""
        weights, known = self._weights, self._compared
        # The two halves of a text's row, words and letters, each have length one.
        alike: Numbers = self._alike_texts(lines, rows, examples)
        same = (lines.body[rows, None] == known.body[examples]) & (known.body[examples] != NOWHERE)
        alike[same] = alike[same] * (1 + weights["same_body"]) + weights["body_alone"]
        # An example of no body looks at the column of zeros that comes last.
        alike += lines.near[lines.named[rows]][:, known.body[examples]]
        line, example = np.nonzero(
            (lines.stem[rows, None] == known.stem[examples]) & (known.stem[examples] != NOWHERE)
        )
        alike[line, example] += self._near_codes(lines.number[rows][line] - known.number[examples][example])
        return alike

    def _alike_texts(self, lines: Compared, rows: Indices, examples: Indices) -> Numbers:
        return np.asarray(0.5 * (lines.texts[rows] @ self._compared.texts[examples].T).toarray())

    def _near_codes(self, apart: Numbers) -> Numbers:
        weights = self._weights
        return np.asarray(
            weights["near_code"] * np.exp(-np.abs(apart) / np.float32(weights["near_code_reach"])), np.float32
        )

    # Learning

    def _solved(self) -> Numbers:
        """The weights that fit the examples; those known in part are first given what the others tell."""
        every = np.arange(len(self.examples))
        alike = self._alike(self._compared, every, every)
        penalty = np.where(self._is_line, self._weights["penalty"], self._weights["penalty_words"])
        penalty[~self._is_certain] = self._weights["penalty_one_of"]
        certain = np.flatnonzero(self._is_certain)
        if len(certain) < len(every):
            partly = np.flatnonzero(~self._is_certain)
            first = _ridge(
                alike[np.ix_(certain, certain)], penalty[certain], self.answers[certain] - self.usual
            )
            told = alike[np.ix_(partly, certain)] @ first + self.usual
            possible = np.clip(told, LEAST, None) * (self.answers[partly] > 0)
            self.answers[partly] = possible / possible.sum(axis=1, keepdims=True)
        known_already = self.usual + (self._beyond.said(self.examples) if self._beyond else np.float32(0))
        return _ridge(alike, penalty, self.answers - known_already)

    def _sum_up(self) -> None:
        """Add up beforehand what the examples say of each word, run of letters and body."""
        known = self._compared
        self._of_texts: Numbers = np.asarray(0.5 * (known.texts.T @ self._fitted), np.float32)
        self._in_body = _gathered(known.body)
        self._of_bodies: Numbers = np.zeros((len(self._body_at) + 1, len(self.labels)), np.float32)
        for body, mine in self._in_body.items():
            self._of_bodies[body] = self._fitted[mine].sum(axis=0)
        self._in_stem = _gathered(known.stem)

    # Asking

    def scores(self, lines: Compared) -> Numbers:
        """How strongly each line speaks for each label, beyond what is usual; not yet a probability.

        The same as each example's say weighed by its likeness, added up the other way round: what all
        examples say of a word is added up once for all lines.
        """
        weights, known = self._weights, self._compared
        scores: Numbers = np.asarray(lines.texts @ self._of_texts)
        scores += (lines.near @ self._of_bodies)[lines.named]
        for body, rows in _gathered(lines.body).items():
            mine = self._in_body[body]
            scores[rows] += weights["same_body"] * self._texts_say(lines, rows, mine)
            scores[rows] += weights["body_alone"] * self._fitted[mine].sum(axis=0)
        for stem, rows in _gathered(lines.stem).items():
            mine = self._in_stem[stem]
            near = self._near_codes(lines.number[rows, None] - known.number[mine])
            scores[rows] += near @ self._fitted[mine]
        return scores

    def _texts_say(self, lines: Compared, rows: Indices, examples: Indices) -> Numbers:
        """What some examples say of some lines by their texts alone: whichever way round is less work."""
        if len(rows) * len(examples) < MANY_PAIRS:
            return self._alike_texts(lines, rows, examples) @ self._fitted[examples]
        together = self._compared.texts[examples].T @ self._fitted[examples]
        return np.asarray(0.5 * (lines.texts[rows] @ together))

    def said(self, examples: Sequence[Example]) -> Numbers:
        """What was learnt here of other examples: their scores."""
        return self.scores(self.compared([example.wording for example in examples]))

    def nearest(self, lines: Compared, rows: Indices, label: str) -> list[tuple[Example, float]]:
        """For some of the lines, the example of a label that each is most like, and how much."""
        examples = self._examples_of[label]
        if not len(examples):
            return []
        alike = self._alike(lines, rows, examples)
        most = alike.argmax(axis=1)
        return [
            (self.examples[at], how)
            for at, how in zip(examples[most], alike.max(axis=1).tolist(), strict=True)
        ]


def _ridge(alike: Numbers, penalty: Numbers, answers: Numbers) -> Numbers:
    """The weights of examples that fit their answers best, with a penalty on each (ridge regression)."""
    from scipy.linalg import cho_factor, cho_solve

    with_penalty = alike + np.diag(penalty.astype(np.float32))
    # Likenesses are inner products, so with the penalty the matrix is positive definite.
    factor = cho_factor(with_penalty, lower=True, overwrite_a=True, check_finite=False)
    return np.asarray(cho_solve(factor, answers, check_finite=False), np.float32)


def _numbered(names: Iterable[str]) -> dict[str, int]:
    """Each different name that is not empty, numbered in order of the alphabet."""
    return {name: at for at, name in enumerate(sorted(set(names) - {""}))}


def _gathered(places: Indices) -> dict[int, Indices]:
    """Which rows are at each place; those that are nowhere are left out."""
    if not len(places):
        return {}
    order = np.argsort(places, kind="stable")
    different, starts = np.unique(places[order], return_index=True)
    parts = np.split(order, starts[1:])
    return {int(at): rows for at, rows in zip(different, parts, strict=True) if at != NOWHERE}


def _stem(line: Wording) -> str:
    """The body of accounts a code stands in: a code without letters means something in its own body alone."""
    if line.account is None:
        return ""
    return line.account.stem or f"{line.organisation}:"


def probabilities(scores: Numbers, sharpness: float | Numbers) -> Numbers:
    """Scores as probabilities: what is below zero is as good as nothing, and the rest makes one."""
    weight = np.clip(scores, 1e-4, None) ** np.asarray(sharpness, np.float32)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))
