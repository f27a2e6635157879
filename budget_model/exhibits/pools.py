"""What a room tries out: one what-if, saved what-ifs side by side, and the register of pools."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, number, opened
from budget_model.exhibits.colours import OTHERS_COLOUR, WARNING
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Doubt, Mark
from budget_model.exhibits.parts import above_zero, exhibit_of, wholes
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING, pounds
from budget_model.together import titles
from budget_model.together.assumed import Assumed, in_words
from budget_model.together.ladder import arrangement_name
from budget_model.together.pools import Pool, missing
from budget_model.together.scenarios import Effect, Outcome, compare, from_link
from budget_model.vocabulary import Dimension

MOST_COMPARED = 4
POOL, NOBODY_YET = "the pool", "nobody"
IN_NO_BOOKS = "In the pool or borne by nobody yet"


# What if


def what_if(answers: Answers, chosen: str) -> Shown:
    """One what-if: what each puts in, who holds it, and who bears an overspend."""
    scenario = from_link(chosen) if chosen else None
    if scenario is None:
        return Gone("The what-if of this view cannot be read any more. Build it and pin it again.")
    outcome = answers.worked_out(scenario)
    if outcome.fund <= 0:
        return Gone("Nobody has money left to put into this what-if.")
    short = answers.short_names(Dimension.ORGANISATION)
    total = pounds(outcome.place_before)
    assumed = answers.assumed_in(scenario)
    why = " ".join(
        (in_words(assumed, short), f"The place’s total stays {total}: joining up moves money, it adds none.")
    ).strip()
    finding = Finding(titles.of_outcome(outcome, short), outcome.fund, why=why)
    name = scenario.name or "A pool of your own"
    about = f"{name}: {arrangement_name(scenario.arrangement).lower()}"
    figure = _three_wholes(answers, outcome, assumed)
    return exhibit_of(answers, finding, figure, _before_and_after(answers, outcome, assumed), about=about)


def _three_wholes(answers: Answers, outcome: Outcome, assumed: Assumed) -> Bars:
    """What each partner puts in, who holds it then, and who bears the variance."""
    part = [effect for effect in outcome.effects if effect.puts_in or effect.bears]
    host = outcome.scenario.host
    moved = any(effect.holds != effect.before for effect in outcome.effects)
    puts_in = {effect.organisation: effect.puts_in for effect in part}
    rows = [
        (f"What each contributes{_aside(assumed)}", puts_in),
        ("Who holds it then", {host: outcome.fund} if moved and host else puts_in),
    ]
    if outcome.borne.variance:
        over = outcome.borne.variance > 0
        spend = "overspend" if over else "underspend"
        rows.append((f"Who {'bears' if over else 'keeps'} the {spend}", _borne(outcome)))
    return _of_bodies(answers, "Step", rows)


def _aside(assumed: Assumed) -> str:
    return f" ({assumed.label})" if assumed.label else ""


def _borne(outcome: Outcome) -> dict[str, Decimal]:
    """Who bears how much of a variance, whichever way it goes."""
    borne = {effect.organisation: abs(effect.bears) for effect in outcome.effects if effect.bears}
    if outcome.borne.retained:
        borne[POOL] = abs(outcome.borne.retained)
    if outcome.borne.unallocated:
        borne[NOBODY_YET] = abs(outcome.borne.unallocated)
    return borne


def _of_bodies(answers: Answers, of: str, rows: Sequence[tuple[str, Mapping[str, Decimal]]]) -> Bars:
    """Rows that are each one whole, in the colours of the bodies."""
    names = answers.short_names(Dimension.ORGANISATION) | {
        POOL: "Stays in the pool",
        NOBODY_YET: "Nobody yet",
    }
    colours = answers.colours(Dimension.ORGANISATION) | {POOL: OTHERS_COLOUR, NOBODY_YET: WARNING}
    marks = [(Mark(name, name), held) for name, held in rows]
    return wholes(of, marks, names, colours, last=(POOL, NOBODY_YET), doubts={NOBODY_YET: Doubt.NOBODY})


FIELDS = ("before", "puts_in", "holds", "bears", "after")


def _before_and_after(answers: Answers, outcome: Outcome, assumed: Assumed) -> Table:
    """Every body that takes part, before and after; the others as one row; and the place."""
    names = answers.names(Dimension.ORGANISATION)
    part = [effect for effect in outcome.effects if _takes_part(effect)]
    rest = [effect for effect in outcome.effects if effect not in part]
    rows: list[tuple[Value, ...]] = [
        (names.get(effect.organisation, effect.organisation), *_fields(effect)) for effect in part
    ]
    if rest:
        rows.append((f"{counted(len(rest), 'other body', 'other bodies')}, unchanged", *_sums(rest)))
    extra = outcome.borne.retained + outcome.borne.unallocated
    if extra:
        rows.append((IN_NO_BOOKS, NOTHING, NOTHING, NOTHING, extra, extra))
    whole = _sums(outcome.effects)
    rows.append(("The place", *whole[:3], whole[3] + extra, whole[4] + extra))
    heads = ("Spends today", f"Contributes{_aside(assumed)}", "Holds after", "Bears", "Pays for in the end")
    columns = (Column("Body"), *(Column(name, Kind.POUNDS) for name in heads))
    title = f"Before and after: {outcome.scenario.name or 'what if'}"
    notes = tuple(filter(None, (in_words(assumed, answers.short_names(Dimension.ORGANISATION)),)))
    return Table(title, columns, tuple(rows), totals=1, notes=notes)


def _takes_part(effect: Effect) -> bool:
    """Whether anything of a body changes."""
    return bool(effect.puts_in or effect.bears) or effect.holds != effect.before


def _fields(effect: Effect) -> list[Decimal]:
    return [getattr(effect, field) for field in FIELDS]


def _sums(effects: Sequence[Effect]) -> list[Decimal]:
    return [sum(column, NOTHING) for column in zip(*map(_fields, effects), strict=True)]


# Side by side


def names_as_link(names: Sequence[str]) -> str:
    """Saved what-ifs as a view names them.

    >>> names_as_link(["A & B", "C"])
    'named=A+%26+B&named=C'
    """
    return urlencode([("named", name) for name in names])


def compared(answers: Answers, chosen: str) -> Shown:
    """Saved what-ifs side by side: who bears the variance in each."""
    saved = {scenario.name: scenario for scenario in answers.scenarios()}
    asked = [name for key, name in parse_qsl(chosen) if key == "named"]
    gone = next((name for name in asked if name not in saved), None)
    if gone is not None:
        return Gone(f"The what-if “{gone[:80]}” is no longer saved.")
    if len(asked) < 2:
        return Gone("It takes two saved what-ifs to set them side by side.")
    scenarios = [saved[name] for name in asked[:MOST_COMPARED]]
    outcomes = [answers.worked_out(scenario) for scenario in scenarios]
    rows = [(outcome.scenario.name, _borne(outcome)) for outcome in outcomes]
    figure = _of_bodies(answers, "What-if", rows)
    sentence = titles.of_comparison(outcomes, answers.short_names(Dimension.ORGANISATION))
    why = "The place’s total is the same in all of them."
    return exhibit_of(
        answers,
        Finding(sentence, NOTHING, why=why),
        figure,
        _beside_each_other(answers, outcomes),
        about="who bears the variance in each",
        notes=("the place’s total is the same in all",),
    )


def _beside_each_other(answers: Answers, outcomes: Sequence[Outcome]) -> Table:
    names = answers.names(Dimension.ORGANISATION)
    columns = [Column("Body")]
    for outcome in outcomes:
        given = f"Contributes{_aside(answers.assumed_in(outcome.scenario))}"
        heads = (f"{what}: {outcome.scenario.name}" for what in (given, "Bears"))
        columns += [Column(head, Kind.POUNDS) for head in heads]
    rows: list[tuple[Value, ...]] = []
    for body, effects in compare(outcomes):
        cells: list[Value] = []
        for effect in effects:
            cells += [effect.puts_in if effect else None, effect.bears if effect else None]
        rows.append((names.get(body, body), *cells))
    pot: list[Value] = []
    whole: list[Value] = []
    for outcome in outcomes:
        pot += [None, outcome.borne.retained + outcome.borne.unallocated or None]
        whole += [outcome.fund, outcome.borne.variance]
    if any(pot):
        rows.append((IN_NO_BOOKS, *pot))
    return Table("What-ifs side by side", tuple(columns), (*rows, ("Together", *whole)), totals=1)


# The register


def pools(answers: Answers, _: str) -> Shown:
    """The register of pools: what each partner puts in."""
    register = answers.pools()
    if not register:
        return Gone("No pool is in the register yet.")
    table = _register(register, answers.names(Dimension.ORGANISATION))
    finding = Finding(titles.of_pools(register), NOTHING, why=_made_up(register))
    ordered = sorted(register, key=lambda pool: (-pool.total, pool.id))
    held = [(pool.name, above_zero(pool.by_partner)) for pool in ordered if pool.total > 0]
    figure = _of_bodies(answers, "Pool", held) if held else table
    return exhibit_of(answers, finding, figure, table, notes=("what each partner contributes",))


def _made_up(register: Sequence[Pool]) -> str:
    """How many of the pools are made up to show how the register works; empty where none is."""
    many = sum(1 for pool in register if pool.illustrative)
    if not many:
        return ""
    if many == len(register):
        return "It is illustrative." if many == 1 else "All of them are illustrative."
    return f"{opened(number(many))} of them {'is' if many == 1 else 'are'} illustrative."


def _register(register: Sequence[Pool], names: Mapping[str, str]) -> Table:
    """Every pool: what it holds, who hosts it, when it is reviewed, and what its agreement does not say."""
    columns = (
        Column("Pool"),
        Column("Holds", Kind.POUNDS),
        Column("Host"),
        Column("Review"),
        Column("Ends", detail=True),
        Column("Required and missing", Kind.COUNT),
        Column("Missing", detail=True),
    )
    rows = tuple(
        (
            pool.name,
            pool.total,
            names.get(pool.host, pool.host),
            _day(pool.review),
            _day(pool.ends),
            sum(content.required for content in missing(pool)),
            ", ".join(content.label for content in missing(pool)),
        )
        for pool in register
    )
    return Table("The register of pools", columns, rows)


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""
