"""What a room tries out and holds itself to: what-ifs, the register of pools, and targets; each from one scope."""

from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

from budget_model.board.counted import Counted
from budget_model.board.exhibits import (
    MOST_BARS,
    NAVY,
    PLUM,
    TEAL,
    Gone,
    Shown,
    exhibit_of,
    listed_parts,
    parts_of,
    plain_bars,
)
from budget_model.board.figures import (
    OTHERS_COLOUR,
    UNMAPPED_COLOUR,
    Bars,
    Column,
    ColumnKind,
    Series,
    Table,
    Value,
    fixed_colour,
)
from budget_model.count.findings import Finding
from budget_model.count.saying import counted as said_count
from budget_model.count.saying import listed
from budget_model.money import NOTHING, exact_pounds, pounds
from budget_model.place.model import strength_in_words
from budget_model.together import titles
from budget_model.together.ladder import arrangement_name
from budget_model.together.pools import missing
from budget_model.together.scenarios import Outcome, Scenario, compare, from_link
from budget_model.together.targets import TargetMoney, Track
from budget_model.vocabulary import Dimension

MOST_COMPARED = 4
TRACKS = {
    Track.GOING_BACK: PLUM, Track.OFF_TRACK: "#F46A25", Track.ON_TRACK: TEAL, Track.MET: NAVY,
}  # fmt: skip


# What if


def what_if(counted: Counted, chosen: str) -> Shown:
    """One what-if: what each puts in, who holds it, and who bears an overspend."""
    scenario = from_link(chosen) if chosen else None
    if scenario is None:
        return Gone("The what-if of this view cannot be read any more. Build it again, and pin it anew.")
    outcome = counted.worked_out(scenario)
    if outcome.fund <= 0:
        return Gone("Nobody has money left to put into this what-if.")
    short = counted.short_names(Dimension.ORGANISATION)
    total = exact_pounds(outcome.place_before.quantize(Decimal(1))).removesuffix(".00")
    why = f"The place’s total stays {total}: joining up moves money, it adds none."
    said = Finding(titles.of_outcome(outcome, short), outcome.fund, why=why)
    name = scenario.name or "A pool of your own"
    about = f"{name}: {arrangement_name(scenario.arrangement).lower()}"
    return exhibit_of(
        counted, said, _rows_of(counted, outcome), about=about, whole=_before_and_after(counted, outcome)
    )


def _rows_of(counted: Counted, outcome: Outcome) -> Bars:
    """What each partner puts in, who holds it then, and who bears the variance: three wholes."""
    part = [one for one in outcome.effects if one.puts_in or one.bears]
    host = outcome.scenario.host
    moved = any(one.holds != one.before for one in outcome.effects)
    puts_in = {one.organisation: one.puts_in for one in part}
    holds = {host: outcome.fund} if moved and host else puts_in
    rows: list[tuple[str, dict[str, Decimal]]] = [
        ("What each puts in", puts_in),
        ("Who holds it then", holds),
    ]
    if outcome.borne.variance:
        over = outcome.borne.variance > 0
        rows.append(
            (f"Who {'bears' if over else 'keeps'} the {'over' if over else 'under'}spend", _borne(outcome))
        )
    return _wholes(counted, "Step", rows)


POOL, NOBODY_YET = "the pool", "nobody"


def _borne(outcome: Outcome) -> dict[str, Decimal]:
    """Who bears how much of a variance, whichever way it goes."""
    borne = {one.organisation: abs(one.bears) for one in outcome.effects if one.bears}
    if outcome.borne.retained:
        borne[POOL] = abs(outcome.borne.retained)
    if outcome.borne.unallocated:
        borne[NOBODY_YET] = abs(outcome.borne.unallocated)
    return borne


def _wholes(counted: Counted, of: str, rows: Sequence[tuple[str, dict[str, Decimal]]]) -> Bars:
    """Rows that are each one whole, in the colours of the bodies."""
    short = counted.short_names(Dimension.ORGANISATION) | {
        POOL: "Stays in the pool",
        NOBODY_YET: "Nobody yet",
    }
    colours = counted.colours(Dimension.ORGANISATION)
    tones = {POOL: OTHERS_COLOUR, NOBODY_YET: "#8F1D2C"}
    weight: dict[str, Decimal] = {}
    for _, held in rows:
        for body, amount in held.items():
            weight[body] = max(weight.get(body, NOTHING), amount)
    bodies = sorted(
        (one for one in weight if weight[one] > 0), key=lambda one: (one in tones, -weight[one], one)
    )
    series = tuple(
        Series(
            short.get(body, body),
            tones.get(body) or fixed_colour(colours.get(body, ""), body),
            tuple(held.get(body, NOTHING) for _, held in rows),
            doubtful=body == NOBODY_YET,
        )
        for body in bodies
    )
    return Bars(of, tuple(name for name, _ in rows), series, level=True, summed=False)


def _before_and_after(counted: Counted, outcome: Outcome) -> Table:
    """Every body that takes part, before and after; the others as one row; and the place."""
    names = counted.names(Dimension.ORGANISATION)
    fields = ("before", "puts_in", "holds", "bears", "after")
    part = [one for one in outcome.effects if one.puts_in or one.bears or one.holds != one.before]
    rest = [one for one in outcome.effects if one not in part]
    rows: list[tuple[Value, ...]] = [
        (names.get(one.organisation, one.organisation), *(getattr(one, field) for field in fields))
        for one in part
    ]
    if rest:
        sums = (sum((getattr(one, field) for one in rest), NOTHING) for field in fields)
        rows.append((f"{said_count(len(rest), 'other body', 'other bodies')}, unchanged", *sums))
    extra = outcome.borne.retained + outcome.borne.unallocated
    if extra:
        rows.append(("In the pool or borne by nobody yet", NOTHING, NOTHING, NOTHING, extra, extra))
    whole = [sum((getattr(one, field) for one in outcome.effects), NOTHING) for field in fields]
    rows.append(("The place", *whole[:3], whole[3] + extra, whole[4] + extra))
    heads = ("Spends today", "Puts in", "Holds after", "Bears", "Pays for in the end")
    return Table(
        (Column("Body"), *(Column(name, ColumnKind.POUNDS) for name in heads)), tuple(rows), totals=1
    )


def names_as_link(names: Sequence[str]) -> str:
    """Saved what-ifs as a view names them.

    >>> names_as_link(["A & B", "C"])
    'named=A+%26+B&named=C'
    """
    return urlencode([("named", name) for name in names])


def compared(counted: Counted, chosen: str) -> Shown:
    """Saved what-ifs side by side: who bears the variance in each."""
    saved = {one.name: one for one in counted.scenarios()}
    asked = [name for key, name in parse_qsl(chosen) if key == "named"]
    gone = [name for name in asked if name not in saved]
    found: list[Scenario] = [saved[name] for name in asked if name in saved][:MOST_COMPARED]
    if gone:
        return Gone(f"The what-if “{gone[0][:80]}” is no longer saved.")
    if len(found) < 2:
        return Gone("It takes two saved what-ifs to set them side by side.")
    outcomes = [counted.worked_out(one) for one in found]
    names, short = counted.names(Dimension.ORGANISATION), counted.short_names(Dimension.ORGANISATION)
    columns = [Column("Body")]
    for one in found:
        columns += [Column(f"{what}: {one.name}", ColumnKind.POUNDS) for what in ("Puts in", "Bears")]
    rows: list[tuple[Value, ...]] = []
    for body, effects in compare(outcomes):
        cells: list[Value] = []
        for effect in effects:
            cells += [effect.puts_in if effect else None, effect.bears if effect else None]
        rows.append((names.get(body, body), *cells))
    whole: list[Value] = []
    for outcome in outcomes:
        whole += [outcome.fund, outcome.borne.variance]
    figure = _wholes(counted, "What-if", [(outcome.scenario.name, _borne(outcome)) for outcome in outcomes])
    said = Finding(
        titles.of_comparison(outcomes, short), NOTHING, why="The place’s total is the same in all of them."
    )
    return exhibit_of(
        counted, said, figure, about="who bears the variance in each",
        whole=Table(tuple(columns), (*rows, ("Together", *whole)), totals=1),
    )  # fmt: skip


def pools(counted: Counted, _: str) -> Shown:
    """The register of pools: what each partner puts in."""
    found = counted.pools()
    if not found:
        return Gone("No pool is in the register yet.")
    names = counted.names(Dimension.ORGANISATION)
    heads = (
        Column("Pool"), Column("Holds", ColumnKind.POUNDS), Column("Host"), Column("Review"),
        Column("Required and missing", ColumnKind.COUNT),
    )  # fmt: skip
    rows = tuple(
        (
            pool.name, pool.total, names.get(pool.host, pool.host), f"{pool.review:%-d %B %Y}" if pool.review else "",
            sum(1 for content in missing(pool) if content.required),
        )
        for pool in found
    )  # fmt: skip
    shown = sorted((pool for pool in found if pool.total > 0), key=lambda pool: (-pool.total, pool.id))[
        :MOST_BARS
    ]
    made_up = "Some are illustrative." if any(pool.illustrative for pool in found) else ""
    said = Finding(titles.of_pools(found), NOTHING, why=made_up)
    if not shown:
        return exhibit_of(counted, said, Table(heads, rows))
    kept = [
        (pool.name, {body: amount for body, amount in pool.by_partner.items() if amount > 0})
        for pool in shown
    ]
    return exhibit_of(counted, said, _wholes(counted, "Pool", kept), whole=Table(heads, rows))


# Targets


def targets(counted: Counted, _: str) -> Shown:
    """The money behind each target, in the colour of where the target is heading."""
    found = counted.behind_targets()
    if not found.targets:
        return Gone("No targets are set for this place.")
    shown = found.targets[:MOST_BARS]
    tracks = [track for track in TRACKS if any(one.track is track for one in shown)]
    series = tuple(
        Series(
            str(track).capitalize(), TRACKS[track],
            tuple(one.linked if one.track is track else NOTHING for one in shown),
        )
        for track in tracks
    )  # fmt: skip
    names = counted.names(Dimension.ORGANISATION)
    heads = (
        Column("Target"), Column("Heading"), Column("On its services", ColumnKind.POUNDS),
        Column("Weighed by strength", ColumnKind.POUNDS), Column("Way come", ColumnKind.SHARE), Column("Lead"),
    )  # fmt: skip
    rows = tuple(
        (
            one.target.name, str(one.track), one.linked, one.weighed, one.progress,
            names.get(one.target.lead, one.target.lead),
        )
        for one in found.targets
    )  # fmt: skip
    figure = Bars("Target", tuple(one.target.name for one in shown), series, summed=False)
    off = [one.target.name for one in found.targets if one.off_track]
    why = f"Off track: {listed(off, most=2)}." if off else "Every target is on track or met."
    said = Finding(
        titles.of_targets(found), found.targets[0].linked, why=f"{why}{_made_up(found.illustrative)}"
    )
    about = "one pound can work towards several targets"
    return exhibit_of(counted, said, figure, about=about, whole=Table(heads, rows))


def _made_up(illustrative: bool) -> str:
    return " Targets marked illustrative are made up; the money is real." if illustrative else ""


def target(counted: Counted, chosen: str) -> Shown:
    """One target: where it began, is, is forecast to be and should be; and the money on its services."""
    found = {one.target.id: one for one in counted.behind_targets().targets}
    one = found.get(chosen)
    if one is None:
        return Gone(f"The target “{chosen[:80]}” is not one of this place any more.")
    aim = one.target
    points = (
        (f"Began, {aim.baseline_year}", aim.baseline, UNMAPPED_COLOUR),
        (f"Is, {aim.latest_year}", aim.latest, NAVY),
        (f"Forecast, {aim.target_year}", aim.forecast, "#F46A25"),
        (f"Target, {aim.target_year}", aim.target, TEAL),
    )
    figure = Bars(
        "Point",
        tuple(name for name, _, _ in points),
        (Series(aim.unit or "Figure", NAVY, tuple(value for _, value, _ in points)),),
        tuple(colour for _, _, colour in points),
        ColumnKind.NUMBER,
        summed=False,
    )
    said = Finding(titles.of_target(one), one.linked, why=one.sentence)
    return exhibit_of(counted, said, figure, about=f"bars: {aim.unit}", whole=_services_of(counted, one))


def _services_of(counted: Counted, one: TargetMoney) -> Table:
    services = counted.names(Dimension.SERVICE)
    rows = tuple(
        (services.get(service, service), amount, strength_in_words(strength))
        for service, amount, strength in one.by_service
    )
    heads = (Column("Service"), Column("Amount", ColumnKind.POUNDS), Column("How strongly"))
    return Table(heads, (*rows, ("Total", one.linked, "")), totals=1)


def unlinked(counted: Counted, _: str) -> Shown:
    """Money that works towards no target, by service."""
    found = counted.behind_targets()
    names = counted.names(Dimension.SERVICE)
    parts = parts_of(found.unlinked_by_service, names)
    if not any(part.amount > 0 for part in parts):
        return Gone("Every service with money works towards some target.")
    why = f"{pounds(found.linked)} works towards some target. Unlinked is not useless, only not tied to one."
    said = Finding(titles.of_unlinked(found, names), found.unlinked, why=why)
    figure = plain_bars(counted, "Service", parts, UNMAPPED_COLOUR)
    return exhibit_of(counted, said, figure, whole=listed_parts(counted, "Service", parts))
