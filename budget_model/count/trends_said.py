"""What is said of a trend: how far it went, where it breaks, and which years have no figure and why."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from budget_model.count.saying import counted, listed
from budget_model.count.trends import Break, Difference, Missing, Point, Trend
from budget_model.money import percent, pounds

Named = Callable[[str], str]
"""What a body is called."""

WHY: Mapping[Missing, str] = {
    Missing.NO_MAP: "nothing is on the map",
    Missing.NO_LINE: "no line of it is on the map",
    Missing.NO_PRICES: "no deflator is known",
    Missing.NO_PEOPLE: "nobody has counted these people",
    Missing.NOT_HELD: "it is not held here",
    Missing.NOT_IN_RETURN: "its return of that year has no such line",
}


def sentence(trend: Trend, subject: str) -> str:
    """How far a trend went over the latest years that are counted alike, and how many others are not."""
    known = trend.known
    if len(known) == 1:
        return f"{subject} has a figure for one year alone: {pounds(_of(known[0]))} in {known[0].year}."
    if _other_bodies(trend):
        return _not_comparable(
            subject,
            known,
            "Different bodies sent figures in these years, so the difference is no change in spending.",
        )
    alike = counted_alike(trend)
    if not alike:
        return _not_comparable(
            subject,
            known,
            "No two years were counted alike, so the difference is no change in spending.",
        )
    return f"{_change(subject, alike[0], alike[-1])}{_not_alike(len(known) - len(alike))}."


def counted_alike(trend: Trend) -> tuple[Point, ...]:
    """The latest years with a figure, two or more, that were all counted like the year before; empty where none were."""
    runs: list[list[Point]] = []
    for point in trend.points:
        if point.breaks or not runs:
            runs.append([])
        if point.amount is not None:
            runs[-1].append(point)
    return next((tuple(run) for run in reversed(runs) if len(run) > 1), ())


def _not_comparable(subject: str, known: Sequence[Point], why: str) -> str:
    first, last = known[0], known[-1]
    return (
        f"{subject} that is on the map: {pounds(_of(first))} in {first.year} and {pounds(_of(last))} in {last.year}. "
        f"{why}"
    )


def _change(subject: str, first: Point, last: Point) -> str:
    before, after = _of(first), _of(last)
    if before == after:
        return f"{subject} is the same in {first.year} and {last.year}: {pounds(after)}"
    if pounds(before) == pounds(after):
        return f"{subject} is nearly the same in {first.year} and {last.year}: {pounds(after)}"
    way = "rose" if after > before else "fell"
    share = f" by {percent(abs(after - before), before)}" if before > 0 else ""
    ends = f"between {first.year} and {last.year}"
    return f"{subject} {way}{share} {ends}, from {pounds(before)} to {pounds(after)}"


def _not_alike(years: int) -> str:
    """How many other years are not to be set beside them; empty where all are."""
    are = "is" if years == 1 else "are"
    return f"; {counted(years, 'other year', 'other years')} {are} not counted like these" if years else ""


def _other_bodies(trend: Trend) -> bool:
    """Whether years were counted on different bodies, so that they cannot be set beside each other."""
    return any(one.what is Difference.BODIES for point in trend.broken for one in point.breaks)


def _of(point: Point) -> Decimal:
    return point.amount if point.amount is not None else Decimal(0)


def largest_step(trend: Trend) -> str:
    """The largest change between two financial years that follow each other unbroken; empty where none do."""
    steps = [
        (_of(later) - _of(earlier), earlier.year, later.year)
        for earlier, later in zip(trend.points, trend.points[1:], strict=False)
        if earlier.amount is not None and later.amount is not None and not later.breaks
    ]
    if not steps:
        return ""
    amount, earlier, later = max(steps, key=lambda step: abs(step[0]))
    if not amount:
        return ""
    way = "more" if amount > 0 else "less"
    return f"The largest change between two years counted alike: {pounds(abs(amount))} {way} in {later} than in {earlier}."


def break_in_words(one: Break, named: Named) -> str:
    """Why two years are not made alike at one body."""
    body = named(one.organisation)
    if one.what is Difference.DEFINITION:
        return one.after.rstrip(".")
    if one.what is Difference.BODIES:
        return (
            f"{body} is counted here and not before"
            if one.after
            else f"{body} is counted before and not here"
        )
    word = {Difference.PHASE: "figures", Difference.PARTS: "parts sent", Difference.SHARE: "share by"}[
        one.what
    ]
    return f"{body}, {word}: {one.before} before, {one.after} here"


def breaks(trend: Trend, named: Named) -> str:
    """Where the series breaks and why, in one sentence; empty where it does not."""
    said = [f"{point.year} ({'; '.join(_of_a_year(point.breaks, named))})" for point in trend.broken]
    return f"Not counted like the year before: {'; '.join(said)}." if said else ""


def _of_a_year(every: Iterable[Break], named: Named) -> list[str]:
    """Breaks of one year in words; bodies that changed in the same way are named together."""
    alike: defaultdict[tuple[Difference, str, str], list[Break]] = defaultdict(list)
    for one in every:
        alike[(one.what, one.before, one.after)].append(one)
    return [_alike(found, named) for found in alike.values()]


def _alike(found: Sequence[Break], named: Named) -> str:
    """One break that several bodies have in common, or one body's own."""
    first, bodies = found[0], listed([named(one.organisation) for one in found], most=3)
    said = break_in_words(first, lambda _: bodies)
    return said.replace(f"{bodies} is ", f"{bodies} are ", 1) if len(found) > 1 else said


def gaps(trend: Trend, named: Named) -> str:
    """Which years have no figure and why, in one sentence; empty where all have one."""
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    for point in trend.points:
        if point.missing:
            reasons[missing_in_words(point, named)].append(point.year)
    said = [f"{listed(years, most=8)} ({why})" for why, years in reasons.items()]
    return f"No figure for {'; '.join(said)}: a gap is not zero." if said else ""


def missing_in_words(point: Point, named: Named) -> str:
    """Why one year has no figure; empty where it has one."""
    if point.missing is Missing.NOT_SENT:
        verb = "has" if len(point.absent) == 1 else "have"
        return f"{listed([named(body) for body in point.absent], most=3)} {verb} not sent it"
    return WHY[point.missing] if point.missing else ""


def bodies_counted(trend: Trend) -> str:
    """The bodies that a trend stands on, in a few words."""
    return f"the {counted(len(trend.bodies), 'body that has', 'bodies that have')} sent every year shown"


def left_out(trend: Trend, named: Named) -> str:
    """Which bodies have not sent every year shown and so are in none; empty where all have."""
    names = listed(sorted(named(body) for body in trend.left_out), most=8)
    return f"Not counted, since they have not sent every year shown: {names}." if names else ""


def people(trend: Trend) -> str:
    """Whom figures per head stand on, where their number was worked out between two counts; else empty."""
    between = [
        point.year for point in trend.points if point.people and point.people.basis.startswith("interpolated")
    ]
    return f"Between two counts of the people, so interpolated: {listed(between, most=8)}." if between else ""
