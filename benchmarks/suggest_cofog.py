"""How often the suggester knows the COFOG of a central department's line whose name it has never seen.

    python benchmarks/suggest_cofog.py [--folds 10] [--seeds 3]

Cross-validation over the names of the Treasury's regional analysis (data/mapping/treasury_names.csv): the
names are dealt into folds, each fold is suggested by a suggester that never saw its names, with the
department given as organisation. Printed for three ways of counting: each name of a department once
against its main group, each group of a name once, and each row of the Treasury's sheet; then how sure it
said it was against how often it was right; then what each help brings, by leaving it out.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from budget_model.mapping.suggestion import Evidence, Suggester, Suggestion
from budget_model.mapping.tables import Lists, TreasuryName, lists
from budget_model.mapping.wording import plain, take_code
from budget_model.place import Service, load

DATA = Path(__file__).resolve().parents[1] / "data"
Suggested = dict[TreasuryName, tuple[Suggestion, ...]]


@dataclass(frozen=True)
class Score:
    """Shares of names, or of rows, that were right."""

    division_first: float
    group_first: float
    group_in_three: float


def cross_validated(
    services: Sequence[Service], from_lists: Lists, folds: int, seed: int, *, without_codes: bool = False
) -> Suggested:
    """What is suggested for every name by a suggester that has not seen it."""
    names = sorted({name.name for name in from_lists.treasury_names})
    random.Random(seed).shuffle(names)
    fold_of = {name: at % folds for at, name in enumerate(names)}
    suggested: Suggested = {}
    for fold in range(folds):
        seen = tuple(name for name in from_lists.treasury_names if fold_of[name.name] != fold)
        unseen = [name for name in from_lists.treasury_names if fold_of[name.name] == fold]
        hidden = {plain(take_code(treasury_name.name)[1]) for treasury_name in unseen}
        earlier = tuple(name for name in from_lists.earlier_names if plain(name.name) not in hidden)
        suggester = Suggester(
            services, from_lists=replace(from_lists, treasury_names=seen, earlier_names=earlier)
        )
        lines = [
            Evidence(
                take_code(treasury_name.name)[1] if without_codes else treasury_name.name,
                treasury_name.department,
            )
            for treasury_name in unseen
        ]
        suggested |= dict(zip(unseen, suggester.suggest(lines), strict=True))
    return suggested


def another_year(services: Sequence[Service], from_lists: Lists, folds: int) -> float:
    """How often the division of a name of 2010 is right.

    Taught by the names of 2018, and by none of 2010 where `folds` is 1, else by those of the other folds.
    Bodies and programmes that had gone by 2018 are unlike any that is known then.
    """
    names = sorted(from_lists.earlier_names, key=lambda name: (name.department, name.name))
    random.Random(0).shuffle(names)
    right = 0
    for fold in range(folds):
        unseen = names[fold::folds]
        hidden = {plain(earlier_name.name) for earlier_name in unseen}
        seen = tuple(name for name in names if plain(name.name) not in hidden)
        known = tuple(
            name for name in from_lists.treasury_names if plain(take_code(name.name)[1]) not in hidden
        )
        suggester = Suggester(
            services, from_lists=replace(from_lists, treasury_names=known, earlier_names=seen)
        )
        found = suggester.suggest(
            [Evidence(earlier_name.name, earlier_name.department) for earlier_name in unseen]
        )
        right += sum(
            best.cofog_division in {group[:2] for group in earlier_name.groups}
            for earlier_name, (best, *_) in zip(unseen, found, strict=True)
        )
    return right / len(names)


def by_name(suggested: Suggested) -> Score:
    """Each name of a department once, against the group that most of its rows are in."""
    return _score(
        [
            (max(treasury_name.groups, key=lambda part: part[1])[0], found, 1.0)
            for treasury_name, found in suggested.items()
        ]
    )


def by_group(suggested: Suggested) -> Score:
    """Each group of each name once: a name that is in thirty groups cannot be right thirty times."""
    return _score(
        [
            (group, found, 1.0)
            for treasury_name, found in suggested.items()
            for group, _ in treasury_name.groups
        ]
    )


def by_row(suggested: Suggested) -> Score:
    """Each row of the Treasury's sheet once."""
    return _score(
        [
            (group, found, part * treasury_name.rows)
            for treasury_name, found in suggested.items()
            for group, part in treasury_name.groups
        ]
    )


def _score(judged: Sequence[tuple[str, tuple[Suggestion, ...], float]]) -> Score:
    whole = sum(weight for _, _, weight in judged)

    def share(right: Sequence[bool]) -> float:
        return sum(weight for (_, _, weight), is_right in zip(judged, right, strict=True) if is_right) / whole

    return Score(
        share([found[0].cofog_division == group[:2] for group, found, _ in judged]),
        share([found[0].cofog_group == group for group, found, _ in judged]),
        share([group in {suggestion.cofog_group for suggestion in found[:3]} for group, found, _ in judged]),
    )


def calibration(suggested: Suggested) -> list[tuple[float, float, int]]:
    """In each tenth of confidence: the mean confidence, the share that was right, how many names."""
    bands: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for treasury_name, suggestions in suggested.items():
        right = dict(treasury_name.groups).get(suggestions[0].cofog_group, 0.0)
        bands[min(int(suggestions[0].confidence * 10), 9)].append((suggestions[0].confidence, right))
    return [
        (sum(said for said, _ in band) / len(band), sum(right for _, right in band) / len(band), len(band))
        for _, band in sorted(bands.items())
    ]


def _print(title: str, score: Score) -> None:
    print(
        f"{title:<44} division first {score.division_first:6.1%}   "
        f"group first {score.group_first:6.1%}   in first three {score.group_in_three:6.1%}"
    )


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--seeds", type=int, default=3)
    asked = parser.parse_args()
    services = load(next(DATA.glob("*/place.toml")).parent, DATA / "reference").services
    bare = [replace(service, synonyms=()) for service in services]
    full = lists()
    for seed in range(asked.seeds):
        suggestions = cross_validated(services, full, asked.folds, seed)
        _print(f"deal {seed}: each name of a department", by_name(suggestions))
        _print("  each group of a name", by_group(suggestions))
        _print("  each row of the sheet", by_row(suggestions))
    print("How sure it said it was, and how often it was right:")
    for said, right, names in calibration(suggestions):
        print(f"  said {said:4.0%}, right {right:4.0%} ({names} names)")
    for title, folds in (("taught by 2018 alone", 1), ("taught by 2018 and the other names of 2010", 5)):
        print(f"Names of 2010, {title}: division first {another_year(services, full, folds):.1%}")
    print("What each help brings (each name of a department, deal 0):")
    for title, without, helped in (
        ("without the service list's synonyms", bare, full),
        ("without the spending words too", bare, replace(full, spending_words=())),
        ("without the names of 2010", services, replace(full, earlier_names=())),
        ("without abbreviations", services, replace(full, abbreviations={})),
    ):
        _print(f"  {title}", by_name(cross_validated(without, helped, asked.folds, 0)))
    no_codes = cross_validated(services, full, asked.folds, 0, without_codes=True)
    _print("  without account codes", by_name(no_codes))


if __name__ == "__main__":
    main()
