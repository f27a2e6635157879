"""Every law that the store must keep, and a proof of each over what is in it.

A check is a query that gives one sentence for each row that breaks the law, so that an empty answer is
the proof. They run over everything; `python -m budget_model check` prints them.
"""

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget_model.money import NOTHING, exact_pounds, to_penny
from budget_model.scope import Scope
from budget_model.store import chain
from budget_model.store.changes import on_the_map, what_is_on_the_map
from budget_model.store.contributions import LINES_READ
from budget_model.store.mapped import map_everything
from budget_model.store.places import has_place, place_of
from budget_model.store.spending import by, submissions, total, years
from budget_model.store.store import PLACE_TABLES, Store
from budget_model.store.twice import loaded_twice
from budget_model.store.versions import differing
from budget_model.vocabulary import Basis, Dimension, View

MOST = 100
"""Sentences given for one law; more would not be read."""


@dataclass(frozen=True, slots=True)
class Check:
    """One law, and a sentence for each thing that breaks it; none means that it holds."""

    law: str
    troubles: tuple[str, ...]


LAWS_IN_SQL = {
    "Every line belongs to a submission, and every submission has its events": "check_orphans",
    "No number is given to two submissions or two lines": "check_numbers",
    "What a submission says was read is what its lines add up to": "check_read_totals",
    "One submission at most is in force for an organisation, year, phase and part": "check_in_force",
    "The services of a line make the whole line": "check_line_shares",
    "The delivery boards’ shares of every service make one": "check_board_shares",
    "Every line names organisations, services, shares and grades that the place knows": "check_names",
    "A place’s share is not less than zero nor more than one": "check_city_shares",
    "The parts of a line on the map make the place’s share of it, to the penny": "check_parts",
    "No part of a line gives or receives more than it holds": "check_eliminations",
    "Every line in force is on the map once, and nothing else is": "check_on_map",
    "The sums kept beside the map are the map’s": "check_sums",
    "A consultation has as many answers as links that were used": "check_consultations",
}


def _originals(store: Store) -> tuple[str, ...]:
    troubles = []
    for sha, file in store.select(
        "select distinct sha256, file from submission where sha256 not in (select sha256 from original)"
    ):
        troubles.append(f"The original of {file} ({sha[:12]}…) is not in the store.")
    for (sha,) in store.select("select distinct sha256 from original"):
        data = store.select("select bytes from original where sha256 = $sha limit 1", {"sha": sha})[0][0]
        if hashlib.sha256(data).hexdigest() != sha:
            troubles.append(f"The original kept as {sha[:12]}… is not the file that was sent.")
    return tuple(troubles)


def _as_read(store: Store) -> tuple[str, ...]:
    """Hold the lines of every submission to the totals and the fingerprint that were kept when it was read."""
    now = {int(number): str(mark) for number, mark in store.ask("lines_fingerprint", {"submission": None})}
    totals: dict[int, Decimal] = dict(store.select("select id, read_total from submission"))
    kept = store.select("select submission, document from reading_kept order by submission")
    return tuple(
        sentence
        for number, document in kept
        for sentence in _altered(
            int(number), json.loads(document), totals.get(number, NOTHING), now.get(int(number), "")
        )
    )


def _altered(number: int, kept: Mapping[str, Any], read: Decimal, fingerprint: str) -> Iterator[str]:
    sheets = to_penny(sum((Decimal(one["total"]) for one in kept["sheets"]), NOTHING))
    if sheets != read:
        yield (
            f"Submission {number} says that {exact_pounds(read)} was read; the sheets of its file made "
            f"{exact_pounds(sheets)}. Send the file again."
        )
    if kept.get(LINES_READ, fingerprint) != fingerprint:
        yield (
            f"The lines of submission {number} are not those that were read of its file: some were altered, "
            "added or taken away afterwards. Send the file again."
        )


def _views(store: Store) -> tuple[str, ...]:
    troubles = []
    for year, basis in itertools.product(years(store), Basis):
        for schools, benefits, capital, homes in itertools.product((True, False), repeat=4):
            scope = Scope(
                year=year,
                basis=basis,
                schools=schools,
                transfers_to_individuals=benefits,
                capital=capital,
                housing_revenue_account=homes,
            )
            payer = total(store, scope).total
            spender = total(store, scope.switched(view=View.PROVIDER)).total
            if payer != spender:
                troubles.append(
                    f"In {year} the payers’ view has {exact_pounds(payer)} and the providers’ view "
                    f"{exact_pounds(spender)} for {scope}."
                )
    return tuple(troubles)


def _breakdowns(store: Store) -> tuple[str, ...]:
    troubles = []
    for year, view in itertools.product(years(store), View):
        scope = Scope(year=year, view=view)
        whole = total(store, scope).total
        for dimension in Dimension:
            summed = sum((part.amount for part in by(store, scope, dimension)), NOTHING)
            if summed != whole:
                troubles.append(
                    f"In {year}, {view} view, the parts by {dimension} make {exact_pounds(summed)}, "
                    f"the total is {exact_pounds(whole)}."
                )
    return tuple(troubles)


def _totals_stated(store: Store) -> tuple[str, ...]:
    """The total of pages and exports, that of comparisons, and what all certificates say is counted."""
    if not has_place(store):
        return ()
    place, sent, troubles = place_of(store), submissions(store), []
    for year in years(store):
        parts = (what_is_on_the_map(store, one, place).counted for one in sent if one.year == year)
        stated = {
            "comparisons start from": on_the_map(store, year).total,
            "certificates add up to": sum(parts, NOTHING),
        }
        whole = total(store, Scope(year=year)).total
        troubles += [
            f"In {year} {who} {exact_pounds(said)}, the total is {exact_pounds(whole)}."
            for who, said in stated.items()
            if said != whole
        ]
    return tuple(troubles)


class _UndoError(Exception):
    """Ends a change that was only made to compare."""


def _map_remade(store: Store) -> tuple[str, ...]:
    troubles: list[str] = []
    try:
        with store.writing() as writer:
            writer.execute("create or replace temporary table map_before as select * from mapped")
            map_everything(writer)
            for (sentence,) in writer.ask("check_made_again"):
                troubles.append(str(sentence))
            raise _UndoError
    except _UndoError:
        pass
    return tuple(troubles)


def _as_written(store: Store) -> tuple[str, ...]:
    return tuple(itertools.islice(chain.altered(store.select, PLACE_TABLES), MOST))


def _as_last_written(store: Store) -> tuple[str, ...]:
    return tuple(chain.lost(store.select, store.path))


def _asked(name: str) -> Callable[[Store], tuple[str, ...]]:
    """Prove a law by its query: a row for each thing that breaks it."""
    return lambda store: tuple(str(row[0]) for row in store.ask(name))


LAWS: dict[str, Callable[[Store], tuple[str, ...]]] = {
    **{law: _asked(name) for law, name in LAWS_IN_SQL.items()},
    "Every submission’s original file is kept, and its fingerprint is true": _originals,
    "Both views have the same total, whatever is switched off": _views,
    "Every breakdown adds up to the total": _breakdowns,
    "Every place that states the place’s total states the same": _totals_stated,
    "The map made again from what is in force is the same": _map_remade,
    "No money of a year is on the map twice, of one body or of two": loaded_twice,
    "Every published version gives the figures that it was published with, to the penny": differing,
    "The lines of every submission are those that were read of its file": _as_read,
    "No entry of the audit was altered, added or taken away": lambda store: tuple(chain.broken(store.select)),
    "Everything that was kept is as its entry of the audit wrote it": _as_written,
    "The newest entry of the audit is the one that was written last": _as_last_written,
}
"""Every law as a sentence, and what proves it: a sentence for each thing that breaks it, none where it holds."""


def check(store: Store) -> tuple[Check, ...]:
    """Prove every law, one result each."""
    return tuple(Check(law, prove(store)[:MOST]) for law, prove in LAWS.items())
