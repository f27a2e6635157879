"""From one year, phase or version of the map to another: why the money is more or less than it was."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count import changes_said
from budget_model.count.called import CALLED
from budget_model.count.changes_said import MEANT, reason_name
from budget_model.count.ends import End, end_of, read_end
from budget_model.count.findings import Finding
from budget_model.count.results import BESIDE_BOARDS
from budget_model.count.saying import listed, opened, possessive
from budget_model.count.what_changed import Reason, WhatChanged
from budget_model.exhibits.colours import CHARCOAL, NAVY, PLUM, TEAL
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Step, Waterfall
from budget_model.exhibits.parts import exhibit_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING
from budget_model.vocabulary import PAID_TO_PEOPLE, Dimension

BETWEEN = "~"
"""What parts the earlier map from the way of telling in what is chosen."""
TELLINGS: Final[Mapping[str, str]] = {
    "": "By reason",
    "organisation": "By body",
    "theme": "By board",
    "service": "By service",
}
OPTIONS: Final[Mapping[str, str]] = {
    f"{BETWEEN}{telling}" if telling else "": name for telling, name in TELLINGS.items()
}
"""The ways of telling, as a view of the nearest earlier map keeps them."""
DIMENSIONS: Final = {
    "organisation": Dimension.ORGANISATION,
    "theme": Dimension.THEME,
    "service": Dimension.SERVICE,
}
ONE_MAP = "Only one phase of one year is on the map, so there is nothing to compare it with."


def others(answers: Answers) -> tuple[End, ...]:
    """Every map that this scope's can be set beside, the nearest earlier year first."""
    own = end_of(answers.scope)
    ends = [End(year) for year in answers.years()]
    ends += [End(year, phase) for year, phase in answers.phases_to_compare()]
    ends += [
        End(own.year, own.phase, version.number)
        for version in answers.versions()
        if own.year in version.years
    ]
    ends += [End(own.year, own.phase)] if own.version else []
    return tuple(sorted((end for end in ends if end != own), key=lambda end: _nearness(own, end)))


def _nearness(own: End, end: End) -> tuple[bool, bool, bool, int, str]:
    """Earlier years first, the last of them before the others; then later years, phases and versions."""
    other_map = end.phase != own.phase or end.version != own.version
    distance = int(end.year[:4]) - int(own.year[:4])
    return (other_map, distance >= 0, distance == 0, abs(distance) * 1000 - end.version, str(end))


def read_choice(answers: Answers, chosen: str) -> tuple[End | None, str]:
    """The other map and the way of telling that a view names; the nearest map where it names none."""
    start, _, telling = chosen.partition(BETWEEN)
    if start:
        return read_end(start), telling
    nearest = others(answers)
    return (nearest[0] if nearest else None), telling


def written_choice(start: End, telling: str) -> str:
    """What is chosen, as a view keeps it."""
    return f"{start}{BETWEEN}{telling}" if telling else str(start)


def between(answers: Answers, chosen: str) -> tuple[Answers, WhatChanged] | Gone:
    """The bridge between the scope's map and the one chosen, the earlier first, with the answers of the later."""
    start, telling = read_choice(answers, chosen)
    if telling not in TELLINGS:
        return Gone(f"A change is not told by “{telling[:80]}”.")
    if start is None:
        named = chosen.partition(BETWEEN)[0]
        return Gone(f"“{named[:80]}” is no year of the map.", "Choose another.") if named else Gone(ONE_MAP)
    own = end_of(answers.scope)
    later, earlier = (own, start) if _order(start) <= _order(own) else (start, own)
    after = answers.for_scope(later.scope_of(answers.scope))
    for end in (earlier, later):
        if not answers.for_scope(end.scope_of(answers.scope)).total().lines:
            return Gone(
                f"Nothing is on the map of {end.name} in this choice.", "Choose another year or phase."
            )
    changes = after.changed_since(earlier)
    if not changes.compared:
        return Gone(
            f"No body has sent figures for both {earlier.name} and {later.name}, so the two cannot be compared. "
            f"{changes_said.not_compared(changes.left_out, after.called(Dimension.ORGANISATION))}".strip(),
            "Choose another year or phase.",
        )
    return after, changes


def _order(end: End) -> tuple[str, int, int]:
    """Which of two maps is the earlier: its year, then its version, today's last, then its phase."""
    phases = ("", "original budget", "revised budget", "forecast", "outturn")
    return (end.year, end.version or 10**9, phases.index(str(end.phase or "")))


def what_changed(answers: Answers, chosen: str) -> Shown:
    """Why the later map has more or less money than the earlier: bars that add up to the change."""
    pair = between(answers, chosen)
    if isinstance(pair, Gone):
        return pair
    after, changes = pair
    telling = read_choice(answers, chosen)[1]
    if not telling:
        return _exhibit(after, changes, _by_reason(changes), _reasons_table(changes), ())
    dimension = DIMENSIONS[telling]
    parts = _wholes(changes, telling)
    named = after.called(dimension)
    ways = [
        Way(named(key), ((Dimension.THEME if key == PAID_TO_PEOPLE else dimension, key),)) for key, _ in parts
    ]
    steps = [_step(named(key), amount) for key, amount in parts]
    figure = _waterfall(changes, steps, "smaller changes")
    return _exhibit(after, changes, figure, _parts_table(changes, telling, after), ways)


def _wholes(changes: WhatChanged, telling: str) -> list[tuple[str, Decimal]]:
    """The whole change of each body, board or service, the largest first."""
    sums = {key: sum(reasons.values(), NOTHING) for key, reasons in changes.by(telling).items()}
    return sorted(sums.items(), key=lambda pair: (-abs(pair[1]), pair[0]))


def _step(name: str, amount: Decimal, note: str = "") -> Step:
    return Step(name, amount, colour=TEAL if amount > 0 else PLUM, note=note)


def _waterfall(changes: WhatChanged, steps: Sequence[Step], rest: str) -> Waterfall:
    first = Step(changes.start.name, changes.before, level=True, colour=CHARCOAL)
    last = Step(changes.end.name, changes.after, level=True, colour=NAVY)
    changed = sorted((step for step in steps if step.amount), key=lambda step: -abs(step.amount))
    return Waterfall((first, *changed, last), rest)


def _by_reason(changes: WhatChanged) -> Waterfall:
    steps = [
        _step(opened(reason_name(reason, changes)), amount, MEANT[reason])
        for reason, amount in changes.reasons()
    ]
    return _waterfall(changes, steps, "smaller reasons")


def _reasons_table(changes: WhatChanged) -> Table:
    """Every reason with its pounds and what it means."""
    rows: list[tuple[Value, ...]] = [(changes.start.name, changes.before, "")]
    rows += [
        (opened(reason_name(reason, changes)), amount, MEANT[reason]) for reason, amount in changes.reasons()
    ]
    rows.append((changes.end.name, changes.after, ""))
    columns = (Column("Reason"), Column("Amount", Kind.POUNDS), Column("What it is"))
    return Table(_title(changes), columns, tuple(rows), totals=1)


def _title(changes: WhatChanged) -> str:
    return f"What changed between {changes.start.name} and {changes.end.name}"


def _parts_table(found: WhatChanged, telling: str, answers: Answers) -> Table:
    """Every body, board or service: earlier, each reason, later."""
    named, reasons = answers.called(DIMENSIONS[telling]), [reason for reason, _ in found.reasons()]
    changes, ends = found.by(telling), found.ends_by(telling)
    keys = sorted(ends, key=lambda key: (-abs(ends[key][1] - ends[key][0]), key))
    rows = [_row(named(key), ends[key], changes.get(key, {}), reasons) for key in keys]
    rows.append(_row("Total", (found.before, found.after), dict(found.reasons()), reasons))
    columns = (
        Column(CALLED[DIMENSIONS[telling]]),
        Column(found.start.name, Kind.POUNDS),
        *(Column(opened(reason_name(reason, found)), Kind.POUNDS, detail=True) for reason in reasons),
        Column("Change", Kind.POUNDS),
        Column(found.end.name, Kind.POUNDS),
    )
    return Table(f"{_title(found)}, {TELLINGS[telling].lower()}", columns, tuple(rows), totals=1)


def _row(
    name: str, ends: tuple[Decimal, Decimal], changes: Mapping[Reason, Decimal], reasons: Sequence[Reason]
) -> tuple[Value, ...]:
    before, after = ends
    return (name, before, *(changes.get(reason, NOTHING) for reason in reasons), after - before, after)


def _exhibit(
    answers: Answers, changes: WhatChanged, figure: Waterfall, table: Table, ways: Sequence[Way]
) -> Exhibit:
    """The bridge with what it says, on which bodies it stands, and what is not compared."""
    bodies = answers.called(Dimension.ORGANISATION)
    real = {
        key: reasons[Reason.REAL]
        for key, reasons in changes.by("service").items()
        if key not in BESIDE_BOARDS and reasons.get(Reason.REAL)
    }
    named = answers.called(Dimension.SERVICE)
    services = changes_said.largest_changes(real, named, real=changes.separated and not changes.same_year)
    why = " ".join(changes_said.joined_up((changes_said.largest_reasons(changes), services)))
    return exhibit_of(
        answers,
        Finding(changes_said.change(changes, subject(answers)), changes.after - changes.before, why=why),
        figure,
        replace(table, notes=remarks(changes, bodies)),
        notes=(f"compared on {changes_said.compared_on(changes)}",),
        ways=ways,
    )


def subject(answers: Answers) -> str:
    """Whose money a sentence is about, and on what: 'Spending for Anytown’s residents', 'Spending by Police on Safer'."""
    scope = answers.scope
    names = answers.short_names(Dimension.ORGANISATION) | answers.short_names(Dimension.THEME)
    by, on = (listed([names.get(key, key) for key in keys]) for keys in (scope.organisations, scope.themes))
    if not by and not on:
        return f"Spending for {possessive(answers.place.name)} residents"
    return " ".join(word for word in ("Spending", by and f"by {by}", on and f"on {on}") if word)


def remarks(changes: WhatChanged, bodies: changes_said.Named) -> tuple[str, ...]:
    """What has to be known to read the bridge: who is not compared, what differs besides, prices and residents."""
    return changes_said.joined_up(
        (
            changes_said.not_compared(changes.left_out, bodies),
            changes_said.one_sided_parts(changes, bodies),
            changes_said.different_phases(changes, bodies),
            changes_said.measured_by(changes),
        )
    )
