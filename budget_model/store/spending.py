"""What the place spends, in any scope: totals, breakdowns and the lines behind them, added up in SQL.

Every figure of one scope comes from the same entries of the map, so that the total, the sum by
organisation, by theme, by service and by COFOG agree to the penny in both views.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from budget_model.access import Sight
from budget_model.contribute.strings import strings_said
from budget_model.contribute.submission import reconcile
from budget_model.count.results import (
    UNMAPPED,
    Cell,
    LineOnMap,
    PartOfTotal,
    SubmissionOnMap,
    Total,
    beside_boards,
)
from budget_model.count.what_changed import Held
from budget_model.money import PENNY
from budget_model.place.strings import NO_STRINGS
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.records import Record, value_of
from budget_model.store.store import Store, question
from budget_model.vocabulary import (
    KEPT_BACK,
    PAID_TO_PEOPLE,
    PAID_TO_PEOPLE_NAME,
    Basis,
    ControlSource,
    Dimension,
    Phase,
    Provenance,
    SubmissionStatus,
)

COLUMN: Mapping[Dimension, str] = {
    Dimension.ORGANISATION: "organisation",
    Dimension.ORGANISATION_TYPE: "organisation_type",
    Dimension.THEME: "theme",
    Dimension.SERVICE: "service",
    Dimension.DIVISION: "division",
    Dimension.COFOG: "cofog",
    Dimension.FUNDING: "funding",
    Dimension.NATURE: "nature",
    Dimension.RING_FENCE: "ring_fence",
    Dimension.DISCRETION: "discretion",
    Dimension.STAGE: "stage",
    Dimension.AREA: "area",
    Dimension.CLIENT_GROUP: "client_group",
    Dimension.KIND: "kind",
    Dimension.GRADE: "grade",
    Dimension.PROVENANCE: "provenance",
    Dimension.PHASE: "phase",
    Dimension.SUBMISSION: "submission",
}
"""The column of the map that each dimension is kept in: the only names that ever enter a query."""

LINES, SUMS = "mapped", "mapped_sum"
"""The two tables that a scope can be taken from: every part of every line, or the sums kept of them."""

KEPT_IN_SUMS = {
    Dimension.ORGANISATION,
    Dimension.ORGANISATION_TYPE,
    Dimension.THEME,
    Dimension.FUNDING,
    Dimension.KIND,
    Dimension.GRADE,
    Dimension.PROVENANCE,
    Dimension.PHASE,
    Dimension.SUBMISSION,
}

MOST_LOOKED_AT = 200
"""Lines that say the words of a search and are looked for on the map."""

GENERAL = "general"
"""The key of money that no funding stream is tied to."""


def total(store: Store, scope: Scope) -> Total:
    """The place's total in one scope, with the range that the confidence grades give."""
    row = store.select(_fill("total", of=SUMS), asked_of(scope) | _bands(store))[0]
    gross, eliminated, whole, unmapped, linked, paid, own, organisations, lines_counted = row[:-1]
    band = _to_penny(row[-1])
    return Total(
        scope.year,
        scope.view,
        scope.basis,
        gross,
        eliminated,
        whole,
        whole - band,
        whole + band,
        unmapped,
        linked,
        own,
        int(organisations),
        int(lines_counted),
        paid,
    )


def by(store: Store, scope: Scope, dimension: Dimension) -> tuple[PartOfTotal, ...]:
    """The total broken down along one dimension, the largest part first; what is no board after the boards."""
    rows = store.select(
        _fill("breakdown", (dimension,), of=_best_for((dimension,))), asked_of(scope) | _bands(store)
    )
    names = names_of(store, dimension)
    parts = []
    for key, amount, gross, eliminated, band in rows:
        word, off = str(key), _to_penny(band)
        parts.append(
            PartOfTotal(word, names.get(word, word), amount, gross, eliminated, amount - off, amount + off)
        )
    if dimension is Dimension.THEME:
        parts.sort(key=lambda part: beside_boards(part.key))
    return tuple(parts)


def providers(store: Store, scope: Scope) -> tuple[tuple[str, Decimal], ...]:
    """What the lines in a scope say of who provides, pounds by sort of provider; '' where they do not say."""
    rows = store.select(_fill("providers"), asked_of(scope))
    return tuple((str(provider), amount) for provider, amount in rows)


def pivot(store: Store, scope: Scope, dimensions: Sequence[Dimension]) -> tuple[Cell, ...]:
    """The total broken down along several dimensions at once; only cells that hold something."""
    if not dimensions:
        return (Cell((), total(store, scope).total),)
    rows = store.select(_fill("pivot", tuple(dimensions), of=_best_for(dimensions)), asked_of(scope))
    return tuple(Cell(tuple(str(key) for key in keys), amount) for *keys, amount in rows)


@dataclass(frozen=True, slots=True)
class LinesFound:
    """One page of lines, how many there are in all, and what they add up to, pounds."""

    lines: tuple[LineOnMap, ...]
    how_many: int
    city_amount: Decimal


def lines(
    store: Store,
    scope: Scope,
    chosen: Mapping[Dimension, str] | None = None,
    *,
    text: str = "",
    line: int | None = None,
    limit: int = 500,
    offset: int = 0,
) -> LinesFound:
    """The lines behind a figure, largest first: those in scope that match every key chosen and the text.

    Every word of `text` is looked for in the description, the code or the headings, whatever the case; `line` asks
    for one line by its number.
    """
    conditions = ["true"]
    asked: dict[str, object] = {}
    if line is not None:
        conditions.append("line = $line_asked")
        asked["line_asked"] = line
    for number, (dimension, key) in enumerate((chosen or {}).items()):
        conditions.append(f"cast({COLUMN[dimension]} as varchar) = $chosen_{number}")
        asked[f"chosen_{number}"] = key
    if text.strip():
        conditions.append(
            "line in (select line.id from line join submission on submission.id = line.submission "
            "where (line.sensitivity = 'public' or $every_line or list_contains($own, submission.organisation) "
            "or (line.sensitivity = 'partners' and $partner)) and list_aggregate([contains(lower(concat_ws("
            "' ', description, code, array_to_string(headings, ' '))), word) for word in $words], 'bool_and'))"
        )
        sight = store.sight
        asked |= {"words": text.lower().split(), "every_line": sight.every_line, "partner": sight.partner}
        asked["own"] = sorted(sight.bodies)
    return lines_where(store, asked_of(scope) | asked, " and ".join(conditions), limit, offset)


def lines_saying(store: Store, scope: Scope, words: Sequence[str], limit: int = 6) -> tuple[LineOnMap, ...]:
    """The largest lines of a scope whose descriptions say every word, in small letters; none for no words.

    Quick enough to be asked with each search: of the year's lines that say so the `MOST_LOOKED_AT` largest are
    looked for on the map.
    """
    if not words or not scope.year:
        return ()
    sight = store.sight
    asked = asked_of(scope) | {
        "words": list(words),
        "longest": max(words, key=len),
        "every_line": sight.every_line,
        "partner": sight.partner,
        "own": sorted(sight.bodies),
        "most": MOST_LOOKED_AT,
        "limit": limit,
    }
    found = store.records(question("lines_saying").replace("{in_scope}", scoped()), asked)
    numbers = [int(record["line"]) for record in found]
    if not numbers:
        return ()
    chosen = asked_of(scope) | {"numbers": numbers}
    return lines_where(store, chosen, "list_contains($numbers, line)", limit).lines


def lines_where(
    store: Store, asked: Mapping[str, object], condition: str, limit: int, offset: int = 0
) -> LinesFound:
    """One page of the lines in a scope that meet a condition of the store's own making, largest first.

    `asked` says the scope, as `asked_of` does, and what the condition needs besides.
    """
    records = store.records(
        _fill("lines_in_scope", chosen=condition), {**asked, "limit": limit, "offset": offset}
    )
    services = names_of(store, Dimension.SERVICE)
    page = tuple(
        _as_seen(_line_on_map(record, services), str(record["sensitivity"]), store.sight)
        for record in records
        if record["line"] is not None
    )
    return LinesFound(page, int(records[0]["how_many"]), records[0]["whole_amount"])


def submissions(store: Store, year: str = "", organisation: str = "") -> tuple[SubmissionOnMap, ...]:
    """Every submission, of one year or organisation if one is named, whatever its status."""
    found = []
    for row in store.ask("submissions", {"year": year, "organisation": organisation}):
        if not is_seen(store, str(row[1]), str(row[8])):
            continue
        read, printed, control = row[12], row[13], row[14]
        whose = ControlSource(row[22])
        agreement = reconcile(read, printed, control, row[20], whose)
        found.append(
            SubmissionOnMap(
                submission=int(row[0]),
                organisation=row[1],
                organisation_name=row[2] or row[1],
                year=row[3],
                phase=Phase(row[4]),
                part=row[5],
                file=row[6],
                sha256=row[7],
                status=row[8],
                lines=int(row[9]),
                expenditure=row[10],
                income=row[11],
                read_total=read,
                printed_total=printed,
                control_total=control,
                reconciliation=str(agreement.state),
                difference=agreement.difference,
                grade=int(row[15]),
                share=row[16],
                source=row[17],
                made_by=store.sight.person(row[18]),
                made_at=row[19],
                provenance=Provenance(row[21]),
                control_source=whose,
            )
        )
    return tuple(found)


def held(store: Store, scope: Scope) -> tuple[Held, ...]:
    """One map part by part, for every body and board, as two maps are compared.

    What is paid straight to people is one group beside the services.
    """
    wide = scope.switched(organisations=(), themes=())
    return tuple(
        _beside_services(Held(*row[1:])) for row in store.select(_fill("parts_of_map"), asked_of(wide))
    )


def _beside_services(one: Held) -> Held:
    return replace(one, service=PAID_TO_PEOPLE) if one.theme == PAID_TO_PEOPLE else one


def held_in_every_year(store: Store, scope: Scope) -> dict[str, tuple[Held, ...]]:
    """The maps of every year part by part, for every body and board, the earliest year first."""
    asked = asked_of(scope.switched(organisations=(), themes=()))
    del asked["year"]
    maps: dict[str, list[Held]] = {}
    for year, *row in store.select(_fill("parts_of_map", every_year=True), asked):
        maps.setdefault(str(year), []).append(Held(*row))
    return {year: tuple(maps[year]) for year in sorted(maps)}


def phases(store: Store) -> tuple[tuple[str, Phase], ...]:
    """The years on the map with the phases that each has lines of, the earliest first."""
    rows = store.select(
        "select distinct year, phase from mapped_sum where entry = 'line' order by year, phase"
    )
    return tuple((str(year), Phase(phase)) for year, phase in rows)


def phases_to_compare(store: Store) -> tuple[tuple[str, Phase], ...]:
    """The years and phases of budgets that were sent at more than one phase, the earliest first."""
    return tuple((str(year), Phase(phase)) for year, phase in store.ask("phases_to_compare"))


def is_seen(store: Store, body: str, status: str) -> bool:
    """Whether a submission may be seen: what is or was on the map by everybody, all else by its body and the director."""
    return status in PUBLISHED or store.sight.sees_unpublished(body)


PUBLISHED = frozenset({SubmissionStatus.APPROVED, SubmissionStatus.MEMORANDUM, SubmissionStatus.SUPERSEDED})


def years(store: Store) -> tuple[str, ...]:
    """The years that have anything on the map, the latest first."""
    rows = store.select("select distinct year from mapped_sum order by year desc")
    return tuple(str(row[0]) for row in rows)


NAME_TABLES: Mapping[Dimension, tuple[str, str]] = {
    Dimension.ORGANISATION: ("organisation", "id"),
    Dimension.THEME: ("theme", "id"),
    Dimension.SERVICE: ("service", "id"),
    Dimension.DIVISION: ("cofog", "code"),
    Dimension.COFOG: ("cofog", "code"),
    Dimension.FUNDING: ("funding_stream", "id"),
    Dimension.CLIENT_GROUP: ("client_group", "id"),
    Dimension.AREA: ("area", "id"),
}
OTHER_NAMES = {
    UNMAPPED: "Not mapped yet",
    PAID_TO_PEOPLE: PAID_TO_PEOPLE_NAME,
    GENERAL: "General funding",
    "whole place": "The whole place",
}


def names_of(store: Store, dimension: Dimension) -> dict[str, str]:
    """What each key along a dimension is called."""
    return dict(store.once(("names", dimension), lambda: _read_names(store, dimension)))


def _read_names(store: Store, dimension: Dimension) -> dict[str, str]:
    named = dict(OTHER_NAMES)
    if dimension in NAME_TABLES:
        table, key = NAME_TABLES[dimension]
        named |= dict(store.select(f"select {key}, name from {table}"))
    elif dimension is Dimension.SUBMISSION:
        named |= dict(store.select("select cast(id as varchar), file || ' (' || part || ')' from submission"))
    elif dimension is Dimension.GRADE:
        named |= dict(store.select("select cast(grade as varchar), grade || ' ' || meaning from grade"))
    return named


def switched_off(scope: Scope) -> int:
    """The scope switches that are off, as the map numbers them.

    >>> switched_off(Scope(schools=False, housing_revenue_account=False))
    9
    """
    return (
        (0 if scope.schools else 1)
        | (0 if scope.transfers_to_individuals else 2)
        | (0 if scope.capital else 4)
        | (0 if scope.housing_revenue_account else 8)
    )


def asked_of(scope: Scope) -> dict[str, object]:
    """What a scope says, as the parameters of `in_scope`; raises `Refusal` where it names no year."""
    if not scope.year:
        raise Refusal("A year is needed: say which one to count.")
    return {
        "year": scope.year,
        "phase": str(scope.phase) if scope.phase else None,
        "deducted": f"out of {scope.view} view",
        "switched_off": switched_off(scope),
        "net": scope.basis is Basis.NET,
        "organisations": list(scope.organisations),
        "themes": list(scope.themes),
    }


def scoped(of: str = LINES, *, every_year: bool = False) -> str:
    """The question that gives the entries in scope, of every line or of the sums kept beside them."""
    of_year = "true" if every_year else "year = $year"
    return question("in_scope").replace("{map}", of).replace("{of_year}", of_year)


def _best_for(dimensions: Sequence[Dimension]) -> str:
    """The sums, where they are kept at the grain asked for; else every line."""
    return SUMS if set(dimensions) <= KEPT_IN_SUMS else LINES


def _fill(
    name: str,
    dimensions: Sequence[Dimension] = (),
    chosen: str = "true",
    of: str = LINES,
    *,
    every_year: bool = False,
) -> str:
    """Put the scope, the columns and the conditions of this module's own making into a question."""
    columns = "".join(f"{COLUMN[dimension]}, " for dimension in dimensions)
    return (
        question(name)
        .replace("{in_scope}", scoped(of, every_year=every_year))
        .replace("{dimensions}", columns)
        .replace("{chosen}", chosen)
    )


def _bands(store: Store) -> dict[str, object]:
    """The width of each grade's band, in the order of the grades."""
    return {
        "bands": store.once(
            "bands", lambda: [float(row[0]) for row in store.select("select band from grade order by grade")]
        )
    }


def _to_penny(pounds: float) -> Decimal:
    return Decimal(pounds).quantize(PENNY, rounding=ROUND_HALF_EVEN)


def _as_seen(line: LineOnMap, sensitivity: str, sight: Sight) -> LineOnMap:
    """A line as somebody may see it: what its body keeps back has its money, and neither its words nor its cell."""
    if sight.sees_line(line.organisation, sensitivity):
        return replace(line, mapped_by=sight.person(line.mapped_by))
    return replace(
        line,
        description=KEPT_BACK,
        code=None,
        headings=(),
        measure="",
        file=KEPT_BACK,
        sheet="",
        row=0,
        column="",
        mapped_by="",
        mapping_reason="",
        strings=NO_STRINGS,
        kept_back=True,
    )


def _line_on_map(record: Record, services: Mapping[str, str]) -> LineOnMap:
    """One row of `lines_in_scope` as a value, its services named."""
    keys = str(record["service"]).split(";")
    agreement = reconcile(
        record["read_total"],
        record["printed_total"],
        record["control_total"],
        record["explained"],
        ControlSource(record["control_source"]),
    )
    more = {
        "service_name": " and ".join(services.get(key, key) for key in keys),
        "reconciliation": str(agreement.state),
        "provenance": Provenance(record["provenance"]),
        "control_source": ControlSource(record["control_source"]),
    }
    said = strings_said(tuple(json.loads(record["attributes"]).items()))
    return replace(value_of(LineOnMap, {**record, **more}), strings=said.strings)
