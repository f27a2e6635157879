"""How much money works towards each outcome, who pays for one, and how late each outcome is known."""

from collections.abc import Mapping, Sequence
from typing import Final

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, number, opened
from budget_model.exhibits.colours import NAVY, UNMAPPED_COLOUR
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import exhibit_of, marks_of, parts_of, plain_bars, share_of, ways_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING, percent, pounds
from budget_model.together.outcomes import Framework, Metric, Outcome, OutcomeMoney, OutcomesMoney
from budget_model.vocabulary import Dimension

BETWEEN: Final = "~"
OPTIONS: Final[Mapping[str, str]] = {"": "National outcomes", Framework.OWN.value: "The place’s own"}
WITH_NONE: Final = "No outcome"


def framework_of(chosen: str) -> Framework:
    """The framework that a choice names; the national one for any other word."""
    return Framework.OWN if chosen == Framework.OWN.value else Framework.NATIONAL


def sentence(outcomes_money: OutcomesMoney) -> str:
    """How much works towards an outcome and how much towards none, in one sentence."""
    if not outcomes_money.outcomes:
        return "This place has set no outcomes of its own, so no money is matched with one."
    if not outcomes_money.whole:
        return "No money on services is in this choice, so none works towards an outcome."
    if outcomes_money.none < 0:
        return (
            f"{pounds(outcomes_money.linked)} spent on services works towards {_whose(outcomes_money)}; services with no outcome take in "
            f"{pounds(-outcomes_money.none)} more than they cost."
        )
    return (
        f"{pounds(outcomes_money.linked)} of {pounds(outcomes_money.whole)} spent on services works towards {_whose(outcomes_money)} "
        f"({percent(outcomes_money.linked, outcomes_money.whole)}); {pounds(outcomes_money.none - outcomes_money.unknown)} works towards none{_unknown(outcomes_money)}."
    )


def _unknown(outcomes_money: OutcomesMoney) -> str:
    """Of how much nobody can say whether it works towards an outcome, to end a sentence; empty for nothing."""
    if not outcomes_money.unknown:
        return ""
    return f", and for {pounds(outcomes_money.unknown)} without a service it is unknown"


def _whose(outcomes_money: OutcomesMoney) -> str:
    """Whose outcomes they are, and whether they are made up to show how the page works: all are, or none is."""
    many = len(outcomes_money.outcomes)
    if outcomes_money.framework is Framework.NATIONAL:
        return f"one of {many} national outcomes"
    illustrative = "" if all(each.outcome.seen for each in outcomes_money.outcomes) else "illustrative "
    if many == 1:
        return f"the place’s own {illustrative}outcome"
    return f"one of the place’s own {number(many)} {illustrative}outcomes"


def how_late(outcomes_money: OutcomesMoney) -> str:
    """How late the outcomes are known: from the shortest lag to the longest, and how many have no metric."""
    lags = [metric.lag for each in outcomes_money.outcomes for metric in each.outcome.metrics]
    without = sum(1 for each in outcomes_money.outcomes if not each.outcome.metrics)
    said = [_between(lags, outcomes_money.framework)] if lags else []
    said += [f"{opened(counted(without, 'outcome has', 'outcomes have'))} no metric yet."] if without else []
    return " ".join(said) or "None of them has a metric yet."


def how_many_read(outcomes_money: OutcomesMoney) -> str:
    """Of the national framework, how many of the metrics here were read, and where."""
    metrics = [metric for each in outcomes_money.outcomes for metric in each.outcome.metrics]
    read = sum(1 for metric in metrics if metric.seen)
    first = "The outcomes and their aims are those of the framework’s first edition."
    if read < len(metrics):
        return (
            f"{first} Of {counted(len(metrics), 'metric', 'metrics')} here, {number(read)} were read in one of its editions, or "
            "where one is quoted; the others are marked unverified."
        )
    return (
        f"{first} All {counted(read, 'metric', 'metrics')} here were read in one of its lists, or where one is quoted: those of the first "
        "edition, of July 2026, whole as Gateshead’s comparator lists them, and those of February and September 2026, the last not whole."
    )


def _between(lags: Sequence[int | None], framework: Framework) -> str:
    """How late metrics are known; of the national ones no publication states it, so that it is estimated."""
    known = [lag for lag in lags if lag is not None]
    if not known:
        return "How late their metrics are known is not stated."
    some = f"Of their {number(len(lags))} metrics, {number(len(known))}" if len(known) < len(lags) else ""
    said = f"{some or 'Their metrics'} are known {min(known)} to {max(known)} months after what they measure"
    if framework is Framework.OWN:
        return f"{said}."
    others = "; for the others nothing is estimated" if some else ""
    return f"{said}, as this map estimates it: no published delay was found{others}."


def outcomes(answers: Answers, chosen: str) -> Shown:
    """The money of each outcome, and of none."""
    outcomes_money = answers.outcomes(framework_of(chosen))
    if not outcomes_money.outcomes:
        return Gone(
            sentence(outcomes_money),
            "Set targets in the place’s targets.csv, or look at the national outcomes.",
        )
    marks = (
        Mark(WITH_NONE, WITH_NONE, UNMAPPED_COLOUR),
        *(
            Mark(each.outcome.id, each.outcome.name, NAVY, note=_lag(each.outcome, outcomes_money.framework))
            for each in outcomes_money.outcomes
        ),
    )
    amounts = (outcomes_money.none, *(each.amount for each in outcomes_money.outcomes))
    figure = Bars("Outcome", marks, (Series("Amount", NAVY, amounts),))
    finding = Finding(sentence(outcomes_money), outcomes_money.linked, why=how_late(outcomes_money))
    notes = (
        "each pound is counted once; which services work towards which outcome, and in what parts, is estimated here",
    )
    return exhibit_of(
        answers, finding, figure, _table(outcomes_money), about="money on services", notes=notes
    )


def _lag(outcome: Outcome, framework: Framework) -> str:
    """How late an outcome is known, in a few words beside its name."""
    if not outcome.metrics:
        return "no metric yet"
    known = [metric.lag for metric in outcome.metrics if metric.lag is not None]
    if not known:
        return "lag not stated"
    months = counted(max(known), "month", "months")
    or_more = " or more" if outcome.longest_lag is None else ""
    about = "about " if framework is Framework.NATIONAL else ""
    return f"known after {about}{months}{or_more}"


def _known_after(framework: Framework) -> str:
    return "Known after, months (estimated)" if framework is Framework.NATIONAL else "Known after, months"


def _table(outcomes_money: OutcomesMoney) -> Table:
    columns = (
        Column("Outcome"),
        Column("Amount", Kind.POUNDS),
        Column("Share", Kind.SHARE),
        Column("Metrics", Kind.COUNT),
        Column(_known_after(outcomes_money.framework), Kind.COUNT),
        Column("Source", detail=True),
    )
    rows: list[tuple[Value, ...]] = [
        (
            each.outcome.name,
            each.amount,
            share_of(each.amount, outcomes_money.whole),
            len(each.outcome.metrics),
            each.outcome.longest_lag,
            source_of(each.outcome),
        )
        for each in outcomes_money.outcomes
    ]
    rows.append(
        (WITH_NONE, outcomes_money.none, share_of(outcomes_money.none, outcomes_money.whole), None, None, "")
    )
    rows.append(
        (
            "Together",
            outcomes_money.whole,
            share_of(outcomes_money.whole, outcomes_money.whole),
            None,
            None,
            "",
        )
    )
    return Table("Money by outcome", columns, tuple(rows), totals=1)


def source_of(outcome: Outcome) -> str:
    """Where an outcome is stated; what was not read says so."""
    return outcome.source if outcome.seen else f"{outcome.source} (unverified)"


def outcome(answers: Answers, chosen: str) -> Shown:
    """Who pays towards one outcome; `chosen` is its framework and its id."""
    framework, _, identity = chosen.partition(BETWEEN)
    outcomes_money = answers.outcomes(framework_of(framework))
    one = outcomes_money.of(identity)
    if one is None:
        return Gone(f"There is no outcome “{identity[:80]}”.", "Choose another.")
    if not one.by_organisation:
        return Gone(f"No money in this choice works towards {one.outcome.name}.")
    names = answers.names(Dimension.ORGANISATION)
    parts = parts_of(one.by_organisation, names)
    services = [service for service, _ in one.by_service]
    within = ((Dimension.SERVICE, services[0]),) if len(services) == 1 else ()
    marks = marks_of(
        parts,
        Dimension.ORGANISATION,
        colours=answers.colours(Dimension.ORGANISATION),
        short=answers.short_names(Dimension.ORGANISATION),
        within=within,
    )
    finding = Finding(of_one(one), one.amount, why=one.outcome.ambition)
    figure = plain_bars(answers, "Body", parts, marks)
    return exhibit_of(answers, finding, figure, services_of(answers, one), ways=ways_of(marks))


def of_one(outcome_money: OutcomeMoney) -> str:
    """One outcome with its money and how many bodies pay, in a sentence."""
    bodies = counted(
        sum(1 for _, amount in outcome_money.by_organisation if amount > 0), "body spends", "bodies spend"
    )
    return f"{outcome_money.outcome.name}: {bodies} {pounds(outcome_money.amount)} on its services."


def services_of(answers: Answers, outcome_money: OutcomeMoney) -> Table:
    """The services of one outcome."""
    names = answers.names(Dimension.SERVICE)
    rows: list[tuple[Value, ...]] = [
        (names.get(service, service), amount) for service, amount in outcome_money.by_service
    ]
    rows.append(("Together", outcome_money.amount))
    columns = (Column("Service"), Column("Amount", Kind.POUNDS))
    return Table(f"Services for {outcome_money.outcome.name}", columns, tuple(rows), totals=1)


def without(answers: Answers, outcomes_money: OutcomesMoney) -> Table:
    """The services whose money works towards no outcome."""
    names = answers.names(Dimension.SERVICE)
    rows: list[tuple[Value, ...]] = [
        (names.get(key, key), amount) for key, amount in outcomes_money.none_by_service
    ]
    rows.append(("Together", sum((amount for _, amount in outcomes_money.none_by_service), NOTHING)))
    columns = (Column("Service"), Column("Amount", Kind.POUNDS))
    return Table("Money with no outcome", columns, tuple(rows), totals=1)


def metrics(outcomes_money: OutcomesMoney) -> Table:
    """Every metric with how late it is known."""
    rows = tuple(
        (
            each.outcome.name,
            metric.name,
            metric.publisher,
            metric.frequency or None,
            metric.lag,
            _read(metric),
        )
        for each in outcomes_money.outcomes
        for metric in each.outcome.metrics
    )
    columns = (
        Column("Outcome"),
        Column("Metric"),
        Column("Published by"),
        Column("How often"),
        Column(_known_after(outcomes_money.framework), Kind.COUNT),
        Column("Where it was read"),
    )
    return Table("How late each outcome is known", columns, rows)


def _read(metric: Metric) -> str:
    return metric.source or "yes" if metric.seen else "unverified"
