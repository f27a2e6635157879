"""Settings on the screen: what somebody began to change, what it would change, and what was kept, by whom and why.

A change is a handful of rows, each before and after. It is kept whole or not at all, once the place that it makes
passes every check that a folder's files are held to, and it is taken back by the same rows turned round.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from typing import Final

from budget_model.access import Act, Asker
from budget_model.money import exact_pounds
from budget_model.place.editing import Edit, Fault, applied, between, checked, together, with_key_of
from budget_model.place.lists import LISTS, Rows, rows_of
from budget_model.place.model import Place
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.folder_out import as_expected, sent_of
from budget_model.store.mapped import map_everything, sum_everything
from budget_model.store.mapping_memory import moment
from budget_model.store.places import keep_place, place_of
from budget_model.store.spending import by, total, years
from budget_model.store.store import Store, Writer, now, question
from budget_model.store.submissions import write_audit
from budget_model.together.opportunities import Opportunity
from budget_model.vocabulary import Dimension, SubmissionStatus

LONGEST_REASON: Final = 2_000
MOST_EDITS: Final = 2_000
"""Rows that one change may hold."""
LEADING: Final = 10
"""Opportunities whose places are said before a change of weights is kept."""
ON_THE_MAP: Final = frozenset(
    {
        "organisations",
        "shares",
        "transfers",
        "services",
        "themes",
        "service_themes",
        "client_groups",
        "cofog",
        "grades",
    }
)
"""Parts of a place that the map is made of."""
JOINING: Final = frozenset({"weights", "legal_powers", "grant_terms", "needs", "targets", "target_services"})
"""Parts by which opportunities are found and ranked, beside the map."""
TARGETS: Final = frozenset({"targets", "target_services"})
NOBODYS: Final = "-"
"""Stands for the body of a share that is nobody's: no officer is of it."""
MEMORANDA: Final = "memoranda"
IN_USE: Final = "check_names"
"""The law that lines and submissions name nothing that is not there."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change that was kept."""

    number: int
    made_at: datetime
    made_by: str
    account: str
    reason: str
    edits: tuple[Edit, ...]
    undoes: int | None
    undone_by: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a year before and after a change, pounds."""

    year: str
    name: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would make of the map."""

    totals: tuple[Figure, ...] = ()
    """The place's total of each year that changes."""
    bodies: tuple[Figure, ...] = ()
    boards: tuple[Figure, ...] = ()
    leading: tuple[tuple[str, int | None, int | None], ...] = ()
    """Each opportunity among the first that changes its place: its title, its place before and after."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What changes, in sentences, the totals first."""
        moved = [*self.totals, *self.bodies, *self.boards]
        said = [
            f"{one.name} in {one.year} would change from {exact_pounds(one.before)} to {exact_pounds(one.after)}."
            for one in moved
        ]
        return (*said, *(_place_in_words(*one) for one in self.leading))


def _place_in_words(title: str, before: int | None, after: int | None) -> str:
    if before is None:
        return f"{title} would come in as number {after} of the opportunities."
    if after is None:
        return f"{title}, number {before} of the opportunities, would not be among the first {LEADING}."
    return f"{title} would go from number {before} to number {after} of the opportunities."


# What somebody may set


def may_set(asker: Asker, edit: Edit) -> bool:
    """Whether somebody may make an edit: any, or of their board's targets, or their body's area and first shares."""
    return asker.may(Act.SET_UP) or all(asker.may(act, body) for act, body in _acts(edit))


def _is_of_a_footprint(edit: Edit) -> bool:
    """Whether it changes what area a body spends in, and nothing else of it."""
    return edit.part == "organisations" and {name for name, *_ in edit.changes} == {"footprint"}


def _acts(edit: Edit) -> Iterator[tuple[Act, str]]:
    """What an edit asks to be allowed, for the boards or the body that it is about."""
    rows = [edit.of.to_plain(row) for row in (edit.before, edit.after) if row is not None]
    if edit.part == "targets":
        yield from ((Act.SET_TARGETS, row["board"]) for row in rows)
    elif edit.part == "shares" and edit.before is None:
        yield from ((Act.SAY_SHARE, row["organisation"] or NOBODYS) for row in rows)
    elif _is_of_a_footprint(edit):
        yield Act.SAY_SHARE, rows[0]["id"]
    else:
        yield Act.SET_UP, ""


def _refuse_what_may_not(store: Store, edits: Iterable[Edit]) -> None:
    for edit in (meant for made in edits for meant in _by_its_targets(store, made)):
        if not may_set(store.asker, edit):
            for act, body in _acts(edit):
                store.asker.must(act, body)


def _by_its_targets(store: Store, edit: Edit) -> Iterator[Edit]:
    """What works towards a target is set by whoever may set that target itself, as the row was and as it will be."""
    if edit.part != "target_services":
        yield edit
        return
    of = LISTS["targets"]
    known = {of.key_of(row): row for row in rows(store)["targets"]}
    for row in (edit.before, edit.after):
        if row is not None:
            target = known.get((edit.of.to_plain(row)["target"],))
            yield edit if target is None else Edit("targets", target, target)


# What stands, and what was begun


def rows(store: Store) -> Rows:
    """Every list of the place as it stands."""
    return store.once("lists of the place", lambda: rows_of(place_of(store)))


def begun(store: Store) -> tuple[Edit, ...]:
    """What the asker began to change and has not kept."""
    found = store.select(
        "select edits from place_draft where account = $account order by made_at desc, rowid desc limit 1",
        {"account": _whose(store.asker)},
    )
    return _edits(found[0][0]) if found else ()


def begin(store: Store, *edits: Edit) -> None:
    """Put more rows to what the asker began to change: all of them, or none where one is refused."""
    _refuse_what_may_not(store, edits)
    set_begun(store, reduce(together, edits, begun(store)))


def set_begun(store: Store, edits: Sequence[Edit]) -> None:
    """Have the asker's change be these rows, so that it is there when they come back; none ends it."""
    if len(edits) > MOST_EDITS:
        raise Refusal(f"One change holds {MOST_EDITS:,} rows at most. Keep it in parts.")
    with store.writing(_act(store), audited=False) as writer:
        _set_begun(writer, edits)


def _set_begun(writer: Writer, edits: Sequence[Edit]) -> None:
    account = _whose(writer.asker)
    writer.execute("delete from place_draft where account = $account", {"account": account})
    if edits:
        writer.execute(
            "insert into place_draft values ($account, $edits, $at)",
            {"account": account, "edits": _as_json(edits), "at": now()},
        )


def _whose(asker: Asker) -> str:
    """Under which account what was begun is kept: of this machine's user one, whatever name was typed."""
    return "" if asker.is_local else asker.account


def _act(store: Store) -> Act:
    """The act by which the asker writes settings: the widest that they have. Each row was asked for by itself."""
    return next(
        (act for act in (Act.SET_UP, Act.SET_TARGETS, Act.SAY_SHARE) if store.asker.may(act)), Act.SET_UP
    )


def faults(store: Store, edits: Sequence[Edit]) -> tuple[Fault, ...]:
    """What stops a change being kept; raises `Moved` where somebody else changed one of its rows."""
    made = _made(store, edits)
    return made if isinstance(made, tuple) else ()


def _made(store: Store, edits: Sequence[Edit]) -> Place | tuple[Fault, ...]:
    """The place that a change makes, or its faults."""
    there = rows(store)
    return checked(applied(there, edits), as_expected(sent_of(store), place_of(store)))


# What it would change


def preview(store: Store, edits: Sequence[Edit]) -> Preview:
    """What a change without faults would make of the map: made, looked at and taken back in one transaction."""
    made = _made(store, edits)
    if isinstance(made, tuple):
        raise _unkeepable(made)
    parts = _parts(edits)
    with store.trial() as (writer, tried):
        _write(writer, made, parts)
        return _compared(store, tried, parts)
    raise RuntimeError("A trial ended without an answer.")


def _unkeepable(faults_made: Sequence[Fault]) -> Refusal:
    """Why a change is neither kept nor tried on the map: its first fault in a sentence, and all of them."""
    return Refusal(
        f"This change cannot be kept. {faults_made[0]}", tuple(fault.problem for fault in faults_made)
    )


def _compared(store: Store, tried: Store, parts: frozenset[str]) -> Preview:
    moved = _years_that_differ(store, tried) if parts & ON_THE_MAP else ()
    totals: list[Figure] = []
    bodies: list[Figure] = []
    boards: list[Figure] = []
    for year in moved:
        scope = Scope(year=year)
        totals.append(
            Figure(
                year, f"{place_of(tried).name}’s total", total(store, scope).total, total(tried, scope).total
            )
        )
        bodies += _figures(store, tried, scope, Dimension.ORGANISATION)
        boards += _figures(store, tried, scope, Dimension.THEME)
    leading = tuple(_leading(store, tried)) if parts & JOINING else ()
    return Preview(
        tuple(figure for figure in totals if figure.before != figure.after),
        tuple(bodies),
        tuple(boards),
        leading,
    )


def _years_that_differ(store: Store, tried: Store) -> tuple[str, ...]:
    before: dict[str, int] = dict(store.ask("sums_by_year"))
    after: dict[str, int] = dict(tried.ask("sums_by_year"))
    return tuple(year for year in years(tried) if before.get(year) != after.get(year))


def _figures(store: Store, tried: Store, scope: Scope, dimension: Dimension) -> Iterator[Figure]:
    before = {part.key: part for part in by(store, scope, dimension)}
    after = {part.key: part for part in by(tried, scope, dimension)}
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        was, will = (old.amount if old else Decimal(0)), (new.amount if new else Decimal(0))
        if was != will:
            yield Figure(scope.year, (new or old).name if new or old else key, was, will)  # type: ignore[union-attr]


def _leading(store: Store, tried: Store) -> Iterator[tuple[str, int | None, int | None]]:
    """Each opportunity among the first whose place changes in the year that a screen shows first."""
    scope = Scope(year=place_of(tried).default_year)
    before, after = _opportunities(store, scope), _opportunities(tried, scope)
    first = [opportunity.id for found in (after, before) for opportunity in list(found.values())[:LEADING]]
    for key in dict.fromkeys(first):
        was, will = (_rank(found, key) for found in (before, after))
        if was != will:
            yield (after.get(key) or before[key]).title, was, will


def _opportunities(store: Store, scope: Scope) -> dict[str, Opportunity]:
    return {opportunity.id: opportunity for opportunity in joint.opportunities(store, scope).opportunities}


def _rank(opportunities: Mapping[str, Opportunity], key: str) -> int | None:
    place = list(opportunities).index(key) + 1 if key in opportunities else None
    return place if place is None or place <= LEADING else None


# Kept, and undone


def keep(store: Store, edits: Sequence[Edit], *, by: str, reason: str, undoes: int | None = None) -> int:
    """Keep a change, and give its number. Nothing is kept where anything is wrong with it.

    Raises `Moved` where somebody else changed one of its rows, and `Refusal` for a change without rows or reason,
    with faults, or that the asker may not make.
    """
    _refuse_empty(edits, reason)
    _refuse_what_may_not(store, edits)
    with store.writing(_act(store)) as writer:
        made = _made(store, edits)
        if isinstance(made, tuple):
            raise _unkeepable(made)
        edits = _as_read(edits, rows_of(made))
        _write(writer, made, _parts(edits))
        number = int(writer.execute("select coalesce(max(number), 0) + 1 from place_change")[0][0])
        _note(writer, number, edits, by=by, reason=reason, undoes=undoes)
        _set_begun(writer, ())
    return number


def _as_read(edits: Sequence[Edit], made: Rows) -> tuple[Edit, ...]:
    """Edits with each row as it is read, so that undoing finds it: without spaces about it, its usual words left out."""
    changed_again = {(edit.part, edit.before) for edit in edits}
    return tuple(
        edit
        if edit.after is None or not edit.of.key or (edit.part, edit.after) in changed_again
        else replace(edit, after=with_key_of(edit.after, made[edit.part], edit.of) or edit.after)
        for edit in edits
    )


def undo(store: Store, number: int, *, by: str, reason: str) -> int:
    """Take a change back as a change of its own; raises `Moved` where one of its rows was changed again since."""
    change = next((change for change in changes(store) if change.number == number), None)
    if change is None:
        raise Refusal(f"There is no change {number} of the settings.")
    if change.undone_by is not None:
        raise Refusal(f"Change {number} was undone already, by change {change.undone_by}.")
    turned = tuple(edit.turned() for edit in reversed(change.edits))
    return keep(store, turned, by=by, reason=reason, undoes=number)


def changes(store: Store) -> tuple[Change, ...]:
    """Every change that was kept, the latest first."""
    records = store.records(question("place_changes"))
    undone = {record["undoes"]: int(record["number"]) for record in records if record["undoes"] is not None}
    return tuple(
        Change(
            int(record["number"]),
            moment(record["made_at"]),
            str(record["made_by"]),
            str(record["account"]),
            str(record["reason"]),
            _edits(record["edits"]),
            record["undoes"],
            undone.get(record["number"]),
        )
        for record in records
    )


def overwritten(store: Store, read: Place) -> tuple[Edit, ...]:
    """What loading a place would put back of that which was changed on the screen since."""
    set_here = {
        (edit.part, edit.of.key_of(row))
        for change in changes(store)
        for edit in change.edits
        for row in (edit.before, edit.after)
        if row is not None
    }
    if not set_here:
        return ()
    return tuple(
        edit
        for edit in between(rows(store), rows_of(read))
        if (edit.part, edit.of.key_of(edit.before or edit.after or ())) in set_here
    )


def _refuse_empty(edits: Sequence[Edit], reason: str) -> None:
    if not edits:
        raise Refusal("Nothing is changed yet.")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Refusal("Say in a sentence why: the change is kept with its reason.")


def _parts(edits: Iterable[Edit]) -> frozenset[str]:
    return frozenset(part for edit in edits for part in edit.of.parts)


def _write(writer: Writer, place: Place, parts: frozenset[str]) -> None:
    keep_place(writer, place, only=parts)
    if parts & ON_THE_MAP:
        map_everything(writer)
    elif parts & TARGETS:
        sum_everything(writer)
    _refuse_in_use(writer)
    if MEMORANDA in parts:
        _refuse_misplaced(writer)


def _refuse_in_use(writer: Writer) -> None:
    """Raise `Refusal` where a row is taken away that lines or submissions name."""
    broken = [str(row[0]) for row in writer.ask(IN_USE)]
    if broken:
        more = f" So are {len(broken) - 1:,} more." if len(broken) > 1 else ""
        raise Refusal(f"What you take away is in use. {broken[0]}{more}")


def _refuse_misplaced(writer: Writer) -> None:
    """Raise `Refusal` where a part that is on the map would be called a memorandum, or one beside it no longer."""
    for number, body, part, status in writer.ask("memoranda_misplaced"):
        is_beside = status == SubmissionStatus.MEMORANDUM
        where = "is in force as a memorandum" if is_beside else "counts on the map"
        raise Refusal(
            f"Submission {number} of {body}, “{part}”, {where}. Withdraw it on Submissions before its part is "
            f"{'called one no longer' if is_beside else 'called a memorandum'}; approved again, it stands where this list says."
        )


def _note(
    writer: Writer, number: int, edits: Sequence[Edit], *, by: str, reason: str, undoes: int | None
) -> None:
    """Keep what was changed, and say of each row in the audit what stood there before and after."""
    writer.execute(
        "insert into place_change values ($number, $at, $by, $account, $reason, $edits, $undoes)",
        {
            "number": number,
            "at": now(),
            "by": by,
            "account": writer.asker.account,
            "reason": reason.strip(),
            "edits": _as_json(edits),
            "undoes": undoes,
        },
    )
    for edit in edits:
        before, after = ("; ".join(_in_words(edit, side)) for side in (1, 2))
        write_audit(writer, by, f"setting {edit.what}", f"{edit.of.title}: {edit.called}", before, after)
    what = f"settings change {number}" if undoes is None else f"settings change {number} undoes {undoes}"
    write_audit(writer, by, what, f"{len(edits)} rows", "", reason.strip())


def _in_words(edit: Edit, side: int) -> Iterator[str]:
    for change in edit.changes:
        if change[side]:
            yield f"{change[0].replace('_', ' ')}: {change[side]}"


def _as_json(edits: Iterable[Edit]) -> str:
    return json.dumps(
        [
            {
                "list": edit.part,
                "before": edit.of.to_plain(edit.before) if edit.before is not None else None,
                "after": edit.of.to_plain(edit.after) if edit.after is not None else None,
            }
            for edit in edits
        ],
        ensure_ascii=False,
    )


def _edits(said: str) -> tuple[Edit, ...]:
    return tuple(
        Edit(one["list"], _row(one["list"], one["before"]), _row(one["list"], one["after"]))
        for one in json.loads(said)
        if one["list"] in LISTS
    )


def _row(part: str, said: Mapping[str, str] | None) -> tuple[str, ...] | None:
    return None if said is None else LISTS[part].from_plain(said)
