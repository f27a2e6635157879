"""What is in force of a year, line by line, to tell money that is sent or was loaded twice."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from budget_model.contribute.about import About
from budget_model.contribute.twice import AGAIN, Again, OnTheMap, entry, whole_again
from budget_model.intake.rules.twice import ADD_UP
from budget_model.money import exact_pounds
from budget_model.same_money import Entry, SameMoney, listed, same_money, sums_of
from budget_model.store.contributions import reading_kept
from budget_model.store.store import Store
from budget_model.vocabulary import Side


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of one sheet of one submission in force."""

    submission: int
    part: str
    phase: str
    file: str
    sheet: str
    organisation: str
    body: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """Where its money is."""
        sheet = f", sheet '{self.sheet}'" if self.sheet else ""
        return f"submission {self.submission} ({self.part}, {self.file}{sheet})"


def on_the_map(store: Store, about: About) -> tuple[OnTheMap, ...]:
    """What counts of the other parts of a body's year, and of other bodies, each as it is compared with what is sent."""
    found: defaultdict[int, list[_Block]] = defaultdict(list)
    own = (block for block in _blocks(store, about.organisation, about.year) if block.part != about.part)
    for block in (*own, *_blocks(store, about.organisation, about.year, others=True)):
        found[block.submission].append(block)
    return tuple(
        OnTheMap(
            number,
            blocks[0].part,
            blocks[0].phase,
            blocks[0].file,
            listed(one for block in blocks for one in block.entries),
            "" if blocks[0].organisation == about.organisation else blocks[0].body,
        )
        for number, blocks in sorted(found.items())
    )


def loaded_twice(store: Store) -> tuple[str, ...]:
    """A sentence for every two blocks of one body and year, and for books of two bodies, that hold the same money unasked."""
    bodies = store.select(
        "select distinct organisation, year from submission join submission_now "
        "on submission_now.submission = submission.id where status = 'approved' order by all"
    )
    years: defaultdict[str, list[_Block]] = defaultdict(list)
    found: list[str] = []
    for organisation, year in bodies:
        blocks = _blocks(store, str(organisation), str(year))
        years[str(year)] += blocks
        found += _of_body(store, str(organisation), str(year), blocks)
    return (
        *found,
        *(sentence for year, blocks in years.items() for sentence in _of_bodies(store, year, blocks)),
    )


def _of_bodies(store: Store, year: str, blocks: Sequence[_Block]) -> Iterator[str]:
    """A sentence for every two books of different bodies that are the same money as a whole."""
    books: defaultdict[int, list[_Block]] = defaultdict(list)
    for block in blocks:
        books[block.submission].append(block)
    money = {
        number: listed(one for block in parts for one in block.entries) for number, parts in books.items()
    }
    for one, other in combinations(books, 2):
        first, second = books[one][0], books[other][0]
        if first.organisation == second.organisation:
            continue
        match = whole_again(money[one], money[other])
        if match is not None and not _counted_on_purpose(store, first, second):
            both = f"{first.organisation} and {second.organisation}"
            yield _sentence(both, year, replace(first, sheet=""), replace(second, sheet=""), match)


def _of_body(store: Store, organisation: str, year: str, blocks: Sequence[_Block]) -> Iterator[str]:
    money = {block: listed(block.entries) for block in blocks}
    for first, second in combinations(blocks, 2):
        match = same_money(money[first], money[second])
        if match is None and first.submission != second.submission:
            match = sums_of(money[first], money[second])
        if match is not None and not _counted_on_purpose(store, first, second):
            yield _sentence(organisation, year, first, second, match)


def _sentence(organisation: str, year: str, first: _Block, second: _Block, match: SameMoney) -> str:
    same = match.likeness.of(first.name)
    return (
        f"{organisation}, {year}: {exact_pounds(match.amount)} is on the map twice: {second.name} has {same}. "
        "Withdraw one of them, or send the file again and say that both are to be counted."
    )


def _counted_on_purpose(store: Store, first: _Block, second: _Block) -> bool:
    """Whether an officer was asked about the two and said that both are to be counted."""
    if first.submission == second.submission:
        kept = reading_kept(store, first.submission)
        said = kept.answered if kept else ()
        return any(
            answer == ADD_UP and key.partition(":")[0] in ("twice", "sheets", "net") for key, answer in said
        )
    return _both_told(store, first, second) or _both_told(store, second, first)


def _both_told(store: Store, block: _Block, other: _Block) -> bool:
    kept = reading_kept(store, block.submission)
    said = dict(kept.answered) if kept else {}
    return said.get(f"{AGAIN}:{other.submission}") == Again.BOTH


def _blocks(store: Store, organisation: str, year: str, *, others: bool = False) -> tuple[_Block, ...]:
    """What is in force of a body, or of all others; of these only the lines that the asker may see."""
    found: defaultdict[tuple[int, str, str, str, str, str, str], list[Entry]] = defaultdict(list)
    asked = {"organisation": organisation, "year": year, "others": others}
    for number, *told, amount, side, description, headings, more, whose, body, sensitivity in store.ask(
        "money_on_map", asked
    ):
        if others and not store.sight.sees_line(whose, sensitivity):
            continue
        part, phase, file, sheet = map(str, told)
        key = (int(number), part, phase, file, sheet, str(whose), str(body))
        found[key].append(entry(amount, Side(side), description, headings, json.loads(more).values()))
    return tuple(_Block(*key, tuple(entries)) for key, entries in found.items())
