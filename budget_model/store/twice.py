"""What is in force of a body and year, line by line, to tell money that is sent or was loaded twice."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from budget_model.contribute.about import About
from budget_model.contribute.twice import AGAIN, Again, OnTheMap, entry
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
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """Where its money is."""
        sheet = f", sheet '{self.sheet}'" if self.sheet else ""
        return f"submission {self.submission} ({self.part}, {self.file}{sheet})"


def on_the_map(store: Store, about: About) -> tuple[OnTheMap, ...]:
    """What counts of the other parts of a body's year, each as it is compared with what is being sent."""
    found: defaultdict[int, list[_Block]] = defaultdict(list)
    for block in _blocks(store, about.organisation, about.year):
        if block.part != about.part:
            found[block.submission].append(block)
    return tuple(
        OnTheMap(
            number,
            blocks[0].part,
            blocks[0].phase,
            blocks[0].file,
            listed(one for block in blocks for one in block.entries),
        )
        for number, blocks in sorted(found.items())
    )


def loaded_twice(store: Store) -> tuple[str, ...]:
    """A sentence for every two blocks of one body and year on the map that hold the same money unasked."""
    bodies = store.select(
        "select distinct organisation, year from submission join submission_now "
        "on submission_now.submission = submission.id where status = 'approved' order by all"
    )
    return tuple(
        sentence
        for organisation, year in bodies
        for sentence in _of_body(store, str(organisation), str(year))
    )


def _of_body(store: Store, organisation: str, year: str) -> Iterator[str]:
    blocks = _blocks(store, organisation, year)
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
        return any(answer == ADD_UP and key.partition(":")[0] in ("twice", "sheets") for key, answer in said)
    return _both_told(store, first, second) or _both_told(store, second, first)


def _both_told(store: Store, block: _Block, other: _Block) -> bool:
    kept = reading_kept(store, block.submission)
    said = dict(kept.answered) if kept else {}
    return said.get(f"{AGAIN}:{other.submission}") == Again.BOTH


def _blocks(store: Store, organisation: str, year: str) -> tuple[_Block, ...]:
    found: defaultdict[tuple[int, str, str, str, str], list[Entry]] = defaultdict(list)
    asked = {"organisation": organisation, "year": year}
    for number, part, phase, file, sheet, amount, side, description, headings, others in store.ask(
        "money_on_map", asked
    ):
        key = (int(number), str(part), str(phase), str(file), str(sheet))
        found[key].append(entry(amount, Side(side), description, headings, json.loads(others).values()))
    return tuple(_Block(*key, tuple(entries)) for key, entries in found.items())
