"""What is spent in each part of the place: a map, one area in full, need beside money, and grants by area."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.contribute.recipients import same_name
from budget_model.count.by_area import AreaFigure, AreaSum, ByArea
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, listed, number
from budget_model.exhibits.colours import LILAC, NAVY, OTHERS_COLOUR, PLUM, TEAL
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import AreaMap, Bars, Mark, Ring, Series, Shape
from budget_model.exhibits.parts import exhibit_of, ways_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Chosen, Way
from budget_model.money import NOTHING, PENNY, percent, pounds
from budget_model.place.model import Area
from budget_model.together.voluntary import Given, amount_of, count_of
from budget_model.vocabulary import AreaBasis, Dimension

BETWEEN: Final = "~"
PRIORITY: Final = "priority neighbourhood"
NO_AREAS: Final = Gone(
    "Nothing can be said by area: the place names no areas with their residents.",
    "Give them in the place’s areas.csv, area_measures.csv and area_weights.csv.",
)
VOWELS: Final = "aeiou"
HISSES: Final = ("s", "x", "ch", "sh")
"""What a word ends in that takes another syllable for several."""
UNVERIFIED: Final = "Unverified"
"""How the source of what nobody has confirmed begins."""
BY: Final[Mapping[AreaBasis, str]] = {
    AreaBasis.DIRECT: "by a body’s own figure",
    AreaBasis.ACTIVITY: "by what was done there",
    AreaBasis.NEED: "by deprivation",
    AreaBasis.AGE_GROUP: "by the age group that a service is for",
    AreaBasis.RESIDENTS: "by residents alone",
}
"""How a sentence says by which rung money reached an area."""
SHARED: Final[Mapping[AreaBasis, tuple[str, str]]] = {
    AreaBasis.DIRECT: ("A body’s own figure", NAVY),
    AreaBasis.ACTIVITY: ("Activity", TEAL),
    AreaBasis.NEED: ("Deprivation", PLUM),
    AreaBasis.AGE_GROUP: ("Age group", LILAC),
    AreaBasis.RESIDENTS: ("Residents", OTHERS_COLOUR),
}
"""What each rung is called in a key and a table, and its colour."""
COUNTED: Final[Mapping[str, str]] = {
    "head": "£ for each resident",
    "pounds": "Pounds",
    "need": "Residents in the most deprived fifth",
}
"""What the map can show."""
BESIDE_THE_MAP: Final = "beside the map, in no total of it"
CAUTION: Final = (
    "An area’s figure is a share of the whole place’s, not what anybody counted there: two areas alike in people, age and "
    "deprivation have the same"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which areas, what of their money, and what is shown of it."""

    kind: str = "ward"
    part: str = ""
    """'theme:healthy-city' or 'service:libraries'; empty for all of the money."""
    shows: str = "head"

    def __str__(self) -> str:
        """As a view keeps it.

        >>> str(Choice()), str(Choice("area panel", "theme:healthy", "pounds"))
        ('ward~~head', 'area panel~theme:healthy~pounds')
        """
        return BETWEEN.join((self.kind, self.part, self.shows))

    @property
    def asked(self) -> dict[str, str]:
        """The part of the money as `ByArea` is asked for it."""
        return part_asked(self.part)


def part_asked(part: str) -> dict[str, str]:
    """A part of the money as `ByArea` is asked for it.

    >>> part_asked("theme:healthy"), part_asked("")
    ({'board': 'healthy'}, {})
    """
    word, _, key = part.partition(":")
    return {{"theme": "board", "service": "service"}.get(word, word): key} if key else {}


def read_choice(chosen: str, kinds: Sequence[str]) -> Choice:
    """What a view names; the usual in place of what is not known."""
    kind, part, shows = (*chosen.split(BETWEEN), "", "", "")[:3]
    usual = "ward" if "ward" in kinds else next(iter(kinds), "")
    known = part.partition(":")[0] in ("", "theme", "service")
    return Choice(
        kind if kind in kinds else usual, part if known else "", shows if shows in COUNTED else "head"
    )


# The map


def area_map(answers: Answers, chosen: str) -> Shown:
    """The areas of one kind in their outlines, shaded by what is spent for each resident, in pounds, or by need."""
    areas = answers.areas()
    if areas is None or not areas.kinds:
        return NO_AREAS
    choice = read_choice(chosen, areas.kinds)
    figures = figures_of(areas, choice)
    if not any(each.amount for each in figures):
        return Gone(f"None of this money is shared out to {plural(choice.kind)}.")
    shapes = tuple(_shapes(areas, figures, choice))
    marks = AreaMap(choice.kind.capitalize(), COUNTED[choice.shows], shapes, _kind_of(choice.shows))
    figure = marks if any(shape.rings for shape in shapes) else marks.bars()
    return exhibit_of(
        answers,
        _spread(answers, areas, figures, choice),
        figure,
        areas_table(answers, areas, choice),
        about=_about(answers, choice),
        notes=(CAUTION, *in_no_area(areas, choice.asked), *unverified(areas, choice.kind)),
    )


def unverified(areas: ByArea, kind: str) -> tuple[str, ...]:
    """What is not known for sure of the areas of a kind, as their sources say it."""
    said = (area.source for area in areas.areas(kind) if area.source.startswith(UNVERIFIED))
    return tuple(dict.fromkeys(said))


def figures_of(areas: ByArea, choice: Choice) -> tuple[AreaFigure, ...]:
    """What each area of a kind has, the most for each resident first."""
    every = (areas.figure(area, **choice.asked) for area in areas.areas(choice.kind))
    return tuple(sorted(every, key=lambda each: (-(each.per_head or NOTHING), each.area.name)))


def plural(kind: str) -> str:
    """Several areas of a kind.

    >>> plural("ward"), plural("parish"), plural("locality")
    ('wards', 'parishes', 'localities')
    """
    if kind.endswith("y") and kind[-2:-1] not in VOWELS:
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith(HISSES) else f"{kind}s"


def _kind_of(shows: str) -> Kind:
    return Kind.SHARE if shows == "need" else Kind.POUNDS


def _value(figure: AreaFigure, shows: str) -> Decimal | None:
    return {"head": figure.per_head, "pounds": figure.amount, "need": figure.deprived_share}[shows]


def _about(answers: Answers, choice: Choice) -> str:
    return name_of_part(answers, choice.part) if choice.part else ""


def name_of_part(answers: Answers, part: str) -> str:
    """What a part of the money is called."""
    word, _, key = part.partition(":")
    dimension = Dimension.THEME if word == "theme" else Dimension.SERVICE
    return answers.called(dimension)(key)


def _shapes(areas: ByArea, figures: Sequence[AreaFigure], choice: Choice) -> Iterable[Shape]:
    """Every area by its own outline, else by those of its parts; the rest of the place as ground."""
    of_areas = [(each, _outlines(areas, each.area)) for each in figures]
    if choice.kind == PRIORITY:
        for ground in areas.areas("ward"):
            yield Shape(Mark(ground.id, ground.name), rings_of(ground.outline), None)
    for each, rings in of_areas:
        mark = Mark(each.area.id, each.area.name, short=_short(each.area.name))
        yield Shape(mark, rings, _value(each, choice.shows), _note(each))


def _short(name: str) -> str:
    return name.removesuffix(" panel").removesuffix(" neighbourhood")


def _note(figure: AreaFigure) -> str:
    need = (
        "" if figure.deprived_share is None else f", {figure.deprived_share:.0%} in the most deprived fifth"
    )
    return f"{pounds(figure.amount)}, {figure.residents:,.0f} residents{need}, grade {figure.grade}"


def _outlines(areas: ByArea, area: Area) -> tuple[Ring, ...]:
    """The outline of an area; where it has none, those of the largest areas that it is made of."""
    if area.outline:
        return rings_of(area.outline)
    own = areas.leaves[area.id]
    parts = [area for area in areas.place.areas if area.outline and areas.leaves[area.id] <= own]
    held: set[str] = set()
    rings: list[Ring] = []
    for part in sorted(parts, key=lambda part: -len(areas.leaves[part.id])):
        if not areas.leaves[part.id] & held:
            held |= areas.leaves[part.id]
            rings += rings_of(part.outline)
    return tuple(rings)


def rings_of(outline: str) -> tuple[Ring, ...]:
    """The rings of an outline in words.

    >>> rings_of("0 0, 1 0, 0 1")
    (((0.0, 0.0), (1.0, 0.0), (0.0, 1.0)),)
    """
    return tuple(
        tuple(_point(words) for words in ring.split(",")) for ring in outline.split("/") if ring.strip()
    )


def _point(words: str) -> tuple[float, float]:
    longitude, latitude = words.split()
    return float(longitude), float(latitude)


def _spread(answers: Answers, areas: ByArea, figures: Sequence[AreaFigure], choice: Choice) -> Finding:
    """From which area to which, and by what the money was shared."""
    counted_heads = [each for each in figures if each.per_head]
    most, least = counted_heads[0], counted_heads[-1]
    of = f" of {name_of_part(answers, choice.part)}" if choice.part else ""
    sentence = (
        f"{most.area.name} has an estimated £{in_three(most.per_head):,.0f}{of} for each resident, {least.area.name} "
        f"£{in_three(least.per_head):,.0f}."
        if most is not least
        else f"{most.area.name} has an estimated £{in_three(most.per_head):,.0f}{of} for each resident."
    )
    return Finding(sentence, most.amount, why=how_known(areas, figures, choice.asked))


def how_known(areas: ByArea, figures: Sequence[AreaFigure], asked: Mapping[str, str]) -> str:
    """By which rungs the money reached areas, and what reached none, in a sentence or two."""
    whole = sum((each.amount for each in figures), NOTHING)
    sums = {basis: sum((each.by_basis.get(basis, NOTHING) for each in figures), NOTHING) for basis in BY}
    own = sums[AreaBasis.DIRECT]
    first = (
        f"{percent(own, whole)} of it is a body’s own figure for the area; the rest is estimated"
        if own
        else "No body has said what it spends in any of them, so all of it is estimated"
    )
    rest = listed(
        [
            f"{percent(sums[basis], whole)} {BY[basis]}"
            for basis in BY
            if basis is not AreaBasis.DIRECT and sums[basis]
        ]
    )
    return " ".join((f"{first}: {rest}.", *(f"{words}." for words in in_no_area(areas, asked))))


def in_no_area(areas: ByArea, asked: Mapping[str, str]) -> tuple[str, ...]:
    """What reaches no area, so that the areas' figures are less than the place's; empty where all of it does."""
    left = areas.left(**asked)
    return (f"{pounds(left)} more serves the whole place or beyond, and is in no area’s figure",) * (left > 0)


def in_three(amount: Decimal | None) -> Decimal:
    """Pounds in three figures, since an estimate is no surer; whole pounds under a thousand, zero for None.

    >>> in_three(Decimal("8300.73")), in_three(Decimal("35.4")), in_three(None)
    (Decimal('8300'), Decimal('35'), Decimal('0'))
    """
    step = Decimal(10) ** max(0, (amount or NOTHING).adjusted() - 2)
    return ((amount or NOTHING) / step).quantize(Decimal(1)) * step


def areas_table(answers: Answers, areas: ByArea, choice: Choice) -> Table:
    """Every area of a kind with its pounds, range, need and grade; with what is not placed where they make the whole."""
    figures = figures_of(areas, choice)
    rows = [_row(each) for each in figures]
    totals = 0
    if makes_whole(areas, choice.kind):
        placed, left = sum((each.amount for each in figures), NOTHING), areas.left(**choice.asked)
        rows += [_sum_row("Placed in no area", left), _sum_row("Total", placed + left)]
        totals = 1
    columns = (
        Column(choice.kind.capitalize()),
        Column("Pounds", Kind.POUNDS),
        Column("At least", Kind.POUNDS, detail=True),
        Column("At most", Kind.POUNDS, detail=True),
        Column("Residents", Kind.NUMBER),
        Column("£ per resident", Kind.NUMBER),
        Column("In most deprived fifth", Kind.SHARE),
        *(Column(f"Shared by: {name.lower()}", Kind.SHARE, detail=True) for name, _ in SHARED.values()),
        Column("Grade", Kind.COUNT),
        Column("What the area is", detail=True),
    )
    what = f" of {name_of_part(answers, choice.part)}" if choice.part else ""
    return Table(
        f"Money{what} by {choice.kind}, {answers.scope.year}",
        columns,
        tuple(rows),
        totals,
        notes=(f"{CAUTION}.",),
    )


def _row(each: AreaFigure) -> tuple[Value, ...]:
    per_head = None if each.per_head is None else each.per_head.quantize(PENNY)
    parts = tuple(each.part(basis) for basis in SHARED)
    return (
        each.area.name,
        each.amount,
        each.low.quantize(PENNY),
        each.high.quantize(PENNY),
        each.residents,
        per_head,
        each.deprived_share,
        *parts,
        each.grade,
        each.area.source,
    )


def _sum_row(name: str, amount: Decimal) -> tuple[Value, ...]:
    return (name, amount, *(None,) * (5 + len(SHARED)), None, None)


def makes_whole(areas: ByArea, kind: str) -> bool:
    """Whether the areas of a kind cover the place, each part of it once."""
    leaves = [leaf for area in areas.areas(kind) for leaf in areas.leaves[area.id]]
    every = frozenset().union(*areas.leaves.values())
    return len(leaves) == len(every) and set(leaves) == every


# One area


def one_area(answers: Answers, chosen: str) -> Shown:
    """One area's money by board or by service, with how each part of it is known."""
    areas = answers.areas()
    key, _, by = chosen.partition(BETWEEN)
    area = areas.named(key) if areas else None
    if areas is None or area is None or area.id not in areas.shown:
        return Gone("There is no such area in this place.", "Choose another.") if areas else NO_AREAS
    sums = areas.chosen(area.id)
    if not sums:
        return Gone(f"No money of this choice is placed in {area.name}.")
    dimension = Dimension.SERVICE if by == "service" else Dimension.THEME
    figure = _bars_of(answers, sums, dimension)
    finding = Finding(sentence_of(answers, areas, area), areas.figure(area).amount, why=sure_of(areas, area))
    table = one_table(answers, areas, area, dimension)
    notes = (f"{area.name}: {area.source}",)
    return exhibit_of(answers, finding, figure, table, notes=notes, ways=ways_of(figure.marks))


def sentence_of(answers: Answers, areas: ByArea, area: Area) -> str:
    """What is spent in an area and how sure that is, in one sentence."""
    each = areas.figure(area)
    heads = (
        f", £{in_three(each.per_head):,.0f} for each of {each.residents:,.0f} residents"
        if each.per_head
        else ""
    )
    own = each.part(AreaBasis.DIRECT)
    by = (
        f"{percent(own * 100, Decimal(100))} of it a body’s own figure"
        if own
        else "all of it estimated, none of it a body’s own figure"
    )
    return (
        f"About {pounds(each.amount)} of {answers.scope.year} is for {area.name}{heads}; it may "
        f"be {pounds(each.low)} to {pounds(each.high)} (data quality grade {each.grade} of 6), {by}."
    )


def sure_of(areas: ByArea, area: Area) -> str:
    """By which rungs an area's money is known, and how it stands beside the rest of the place."""
    each = areas.figure(area)
    rungs = listed(
        [
            f"{percent(each.by_basis[basis], each.amount)} {BY[basis]}"
            for basis in BY
            if basis in each.by_basis
        ]
    )
    rest = rest_of(areas, [each])
    beside = (
        f" Everywhere else in {areas.place.name} has £{in_three(rest.per_head):,.0f} for each resident."
        if rest and rest.per_head
        else ""
    )
    need = (
        ""
        if each.deprived_share is None
        else f" {each.deprived_share:.0%} of its residents live in England’s most deprived fifth."
    )
    beyond = "".join(f" {words}." for words in in_no_area(areas, {}))
    return f"It was worked out {rungs}.{beside}{need}{beyond}"


def _bars_of(answers: Answers, sums: Sequence[AreaSum], dimension: Dimension) -> Bars:
    """Bars of boards or services, each made of the rungs by which it is known."""
    held: defaultdict[str, defaultdict[AreaBasis, Decimal]] = defaultdict(
        lambda: defaultdict(lambda: NOTHING)
    )
    for area_sum in sums:
        held[_key(area_sum, dimension)][area_sum.basis] += area_sum.amount
    keys = sorted(held, key=lambda key: (-sum(held[key].values(), NOTHING), key))
    called, short = answers.called(dimension), answers.called(dimension, short=True)
    marks = tuple(
        Mark(key, called(key), short=short(key), way=_way(called(key), dimension, key)) for key in keys
    )
    series = tuple(
        Series(name, colour, tuple(held[key][basis] for key in keys))
        for basis, (name, colour) in SHARED.items()
    )
    used = tuple(one for one in series if any(one.values))
    return Bars("Service" if dimension is Dimension.SERVICE else "Board", marks, used)


def _key(area_sum: AreaSum, dimension: Dimension) -> str:
    return area_sum.service if dimension is Dimension.SERVICE else area_sum.board


def _way(name: str, dimension: Dimension, key: str) -> Way:
    """Down to the place's lines of a board or service: an area's money is a share of them."""
    chosen: Chosen = ((dimension, key),)
    return Way(f"{name}, whole place", chosen)


def _each(figure: AreaFigure | None) -> Decimal | None:
    """Pounds and pennies for each resident of an area; None where residents are not counted."""
    return None if figure is None or figure.per_head is None else figure.per_head.quantize(PENNY)


def one_table(answers: Answers, areas: ByArea, area: Area, dimension: Dimension) -> Table:
    """An area's boards or services: pounds, for each resident here and in the rest of the place, rung and grade."""
    each, rest = areas.figure(area), rest_of(areas, [areas.figure(area)])
    keys = sorted({_key(area_sum, dimension) for area_sum in areas.chosen(area.id)})
    called = answers.called(dimension)
    rows: list[tuple[Value, ...]] = []
    for key in keys:
        asked = {"service": key} if dimension is Dimension.SERVICE else {"board": key}
        part = areas.figure(area, **asked)
        other = rest_of(areas, [part], **asked) if rest else None
        by = listed([SHARED[basis][0].lower() for basis in part.by_basis if basis in SHARED])
        rows.append((called(key), part.amount, _each(part), _each(other), by, part.grade))
    rows.sort(key=lambda row: (-row[1] if isinstance(row[1], Decimal) else NOTHING, str(row[0])))
    columns = (
        Column("Service" if dimension is Dimension.SERVICE else "Board"),
        Column("Pounds", Kind.POUNDS),
        Column("£ per resident", Kind.NUMBER),
        Column(f"£ per resident, rest of {areas.place.name}", Kind.NUMBER),
        Column("Shared by", detail=True),
        Column("Grade", Kind.COUNT),
    )
    last = ("Total", each.amount, _each(each), _each(rest), "", each.grade)
    title = f"Money for {area.name}, {answers.scope.year}"
    return Table(title, columns, (*rows, last), totals=1, notes=(f"{CAUTION}.", area.source))


def rest_of(
    areas: ByArea, taken: Sequence[AreaFigure], service: str = "", board: str = ""
) -> AreaFigure | None:
    """What the place has outside some areas that do not overlap, as one area; None where no kind of area covers it."""
    kind = next((kind for kind in areas.kinds if makes_whole(areas, kind)), None)
    if kind is None:
        return None
    every = [areas.figure(area, service, board) for area in areas.areas(kind)]
    return together(f"The rest of {areas.place.name}", every, taken)


def together(name: str, every: Sequence[AreaFigure], without: Sequence[AreaFigure] = ()) -> AreaFigure:
    """Several areas as one, without others of them."""

    def left(value: str) -> Decimal:
        return sum((getattr(each, value) or NOTHING for each in every), NOTHING) - sum(
            (getattr(each, value) or NOTHING for each in without), NOTHING
        )

    known = all(each.deprived is not None for each in every)
    by_basis = {
        basis: sum((each.by_basis.get(basis, NOTHING) for each in every), NOTHING)
        - sum((each.by_basis.get(basis, NOTHING) for each in without), NOTHING)
        for basis in AreaBasis
    }
    area = Area("", name, "", "", "", "")
    return AreaFigure(
        area,
        left("amount"),
        left("low"),
        left("high"),
        left("residents"),
        left("deprived") if known else None,
        {basis: amount for basis, amount in by_basis.items() if amount},
        max((each.grade for each in every), default=0),
    )


# Priority neighbourhoods, and need beside money


def _bars_for_each_resident(shown: Sequence[AreaFigure]) -> Bars:
    """Pounds for each resident of some areas; what is no area of the place's own is grey."""
    marks = tuple(
        Mark(
            area_figure.area.id or area_figure.area.name,
            area_figure.area.name,
            NAVY if area_figure.area.id else OTHERS_COLOUR,
        )
        for area_figure in shown
    )
    values = tuple((area_figure.per_head or NOTHING).quantize(PENNY) for area_figure in shown)
    return Bars("Area", marks, (Series("£ for each resident", NAVY, values),), summed=False, gathers=False)


def neighbourhoods(answers: Answers, _: str) -> Shown:
    """The priority neighbourhoods, each and together, beside the rest of the place, for each resident."""
    areas = answers.areas()
    if areas is None:
        return NO_AREAS
    each = sorted(
        (areas.figure(area) for area in areas.areas(PRIORITY)),
        key=lambda area_figure: -(area_figure.per_head or NOTHING),
    )
    rest = rest_of(areas, each) if each else None
    if rest is None or not rest.per_head:
        return Gone(
            "The place names no priority neighbourhoods.",
            f"Add areas of the kind ‘{PRIORITY}’ to its areas.csv.",
        )
    all_of_them = together(f"All {number(len(each))} together", each)
    shown = [*each, *([all_of_them] if len(each) > 1 else []), rest]
    figure = _bars_for_each_resident(shown)
    subject = (
        f"The {number(len(each))} priority neighbourhoods have"
        if len(each) > 1
        else f"{each[0].area.name} has"
    )
    sentence = (
        f"{subject} an estimated £{in_three(all_of_them.per_head):,.0f} for each resident, the rest "
        f"of {areas.place.name} £{in_three(rest.per_head):,.0f}: {_apart(all_of_them, rest)}."
    )
    by_need = all_of_them.part(AreaBasis.NEED)
    why = (
        f"{by_need:.0%} of this is shared out by deprivation, so part of the difference comes from how this map shares "
        "money, not from what anybody decided."
        if by_need
        else ""
    )
    table = _beside_table(answers, shown)
    notes = (CAUTION, *in_no_area(areas, {}), *unverified(areas, PRIORITY))
    return exhibit_of(answers, Finding(sentence, all_of_them.amount, why=why), figure, table, notes=notes)


def _beside_table(answers: Answers, shown: Sequence[AreaFigure]) -> Table:
    columns = (
        Column("Area"),
        Column("Pounds", Kind.POUNDS),
        Column("Residents", Kind.NUMBER),
        Column("£ per resident", Kind.NUMBER),
        Column("In most deprived fifth", Kind.SHARE),
        Column("Grade", Kind.COUNT),
        Column("What the area is", detail=True),
    )
    rows = tuple(
        (
            area_figure.area.name,
            area_figure.amount,
            area_figure.residents,
            area_figure.per_head and area_figure.per_head.quantize(PENNY),
            area_figure.deprived_share,
            area_figure.grade,
            area_figure.area.source,
        )
        for area_figure in shown
    )
    title = f"Priority neighbourhoods beside the rest, {answers.scope.year}"
    return Table(title, columns, rows, notes=(f"{CAUTION}.",))


def need_beside_money(answers: Answers, chosen: str) -> Shown:
    """Pounds for each resident of each area, those with most residents among the most deprived first."""
    areas = answers.areas()
    if areas is None:
        return NO_AREAS
    choice = read_choice(chosen, areas.kinds)
    figures = [
        area_figure
        for area_figure in figures_of(areas, choice)
        if area_figure.per_head and area_figure.deprived_share is not None
    ]
    if len(figures) < 2:
        return Gone("No need is given for these areas, so none can stand beside the money.")
    ordered = sorted(figures, key=lambda figure: (-(figure.deprived_share or NOTHING), figure.area.name))
    marks = tuple(
        Mark(
            area_figure.area.id,
            f"{_short(area_figure.area.name)}, {area_figure.deprived_share:.0%} in the most deprived fifth",
        )
        for area_figure in ordered
    )
    values = tuple((area_figure.per_head or NOTHING).quantize(PENNY) for area_figure in ordered)
    series = (Series("£ for each resident", NAVY, values),)
    figure = Bars(choice.kind.capitalize(), marks, series, summed=False, gathers=False)
    table = areas_table(answers, areas, choice)
    return exhibit_of(
        answers,
        needier(figures, choice.kind),
        figure,
        table,
        about="the most deprived first",
        notes=(CAUTION, *in_no_area(areas, choice.asked)),
    )


def needier(figures: Sequence[AreaFigure], kind: str) -> Finding:
    """What the more deprived half of the areas of a kind has beside the other half."""
    ordered = sorted(figures, key=lambda figure: -(figure.deprived_share or NOTHING))
    half = (len(ordered) + 1) // 2
    more, less = together("", ordered[:half]), together("", ordered[half:])
    whole = together("", figures)
    several = (
        f"most deprived {kind} has" if half == 1 else f"{number(half)} most deprived {plural(kind)} have"
    )
    sentence = (
        f"The {several} an estimated £{in_three(more.per_head):,.0f} for each resident, the "
        f"{'other' if len(ordered) == half + 1 else 'others'} £{in_three(less.per_head):,.0f}: {_apart(more, less)}."
    )
    direct = whole.part(AreaBasis.DIRECT)
    own = f"{direct:.0%} is a body’s own figure" if direct else "none of it is a body’s own figure"
    why = (
        f"{whole.part(AreaBasis.NEED):.0%} of the money is shared by deprivation itself, and {own}: this cannot show whether "
        "bodies spend more where need is greater."
    )
    return Finding(sentence, more.amount, why=why)


def _apart(area_figure: AreaFigure, other: AreaFigure) -> str:
    """How much more or less an area has for each resident than another, as both are said."""
    apart = in_three(area_figure.per_head) - in_three(other.per_head)
    return f"£{abs(apart):,.0f} {'more' if apart > 0 else 'less'}" if apart else "the same"


# Grants


def grants(answers: Answers, _: str) -> Shown:
    """What funders granted to organisations in each area, in all the years at hand: published by area or loaded."""
    held = _grants_with_area(answers)
    if not held:
        return Gone(
            "No grants by area are known here.",
            "Load grants whose file has codes of wards under Third sector, or give them in the place’s area_grants.csv.",
        )
    named = {area.id: area.name for area in answers.place.areas}
    sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for one in held:
        sums[one.area] += one.amount
    keys = sorted(sums, key=lambda key: (-sums[key], key))
    marks = tuple(Mark(key, named.get(key, key)) for key in keys)
    figure = Bars("Ward", marks, (Series("Grants", TEAL, tuple(sums[key] for key in keys)),))
    whole, funders = amount_of(held), len({same_name(one.funder) for one in held})
    sentence = (
        f"{counted(funders, 'funder', 'funders')} made {count_of(held):,} grants of {pounds(whole)} to "
        f"organisations in {answers.place.name}, {percent(sums[keys[0]], whole)} of it in {named.get(keys[0], keys[0])}."
    )
    sentence = f"{sentence[:1].upper()}{sentence[1:]}"
    awards = _awards_of(held)
    why = (
        f"{awards}; where the organisation is, which is not always where the money is spent."
        f"{_without_area(answers)}"
    )
    unit = f"Pounds · {awards[:1].lower()}{awards[1:]} · cash of each year"
    return Exhibit(
        sentence, figure, grants_table(answers), why, unit, "", BESIDE_THE_MAP, held[0].source, answers.scope
    )


def _grants_with_area(answers: Answers) -> tuple[Given, ...]:
    """The grants to voluntary bodies of which somebody says in which part of the place they are."""
    held = (one for one in answers.voluntary().given if one.area)
    return tuple(sorted(held, key=lambda one: (one.funder, one.year or 0, one.area, one.title)))


def _awards_of(held: Iterable[Given]) -> str:
    """The calendar years of grants, in words."""
    years = {one.year for one in held if one.year}
    return f"Awards of {min(years)} to {max(years)}" if years else "Awards without a day"


def _without_area(answers: Answers) -> str:
    """How much more is known of which nobody says the area; empty where it is nothing."""
    rest = amount_of(one for one in answers.voluntary().given if not one.area)
    return f" {pounds(rest)} more is known under Third sector without an area." if rest else ""


def grants_table(answers: Answers) -> Table:
    """Every funder's grants by area and year."""
    named = {area.id: area.name for area in answers.place.areas}
    held = _grants_with_area(answers)
    rows = [
        (one.funder, one.year, named.get(one.area, one.area), one.grants, one.amount, one.source)
        for one in held
    ]
    total = ("Total", None, "", count_of(held), amount_of(held), "")
    columns = (
        Column("Funder"),
        Column("Year"),
        Column("Where the recipients are"),
        Column("Grants", Kind.COUNT),
        Column("Amount", Kind.POUNDS),
        Column("Source", detail=True),
    )
    return Table("Grants by funder, year and area", columns, (*rows, total), totals=1)
