"""Budget workbooks of random layouts whose true totals are known.

Each is put together from what officers really do: title rows, units in odd places, headings, totals above or
below their detail, bold subtotals without a word, blank rows, codes that look like amounts, percentages,
posts, notes, two years side by side, gross, income and net, directorates on sheets with a summary, pages
that say the header again. The truth is kept beside the workbook, in pence.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from budget_model.intake.files.grid import CellValue, Facts, Sheet, Visibility, Workbook

SERVICES = [
    "Assessment and care management",
    "Home care",
    "Residential placements",
    "Fostering",
    "Adoption",
    "Youth justice",
    "School transport",
    "Early years",
    "Libraries",
    "Museums",
    "Parks",
    "Street lighting",
    "Winter service",
    "Waste collection",
    "Recycling",
    "Street cleansing",
    "Homelessness",
    "Housing advice",
    "Planning policy",
    "Building control",
    "Licensing",
    "Trading standards",
    "Community safety",
    "Electoral registration",
    "Audit",
    "Legal services",
    "Human resources",
    "Revenues and benefits",
    "Customer services",
    "Car parking",
    "Bus subsidy",
    "Public health nursing",
    "Substance misuse",
    "Sexual health",
    "Leisure centres",
    "Arts",
    "Tourism",
    "Markets",
]
DIRECTORATES = ["Adults", "Children", "Place", "Resources", "Public Health", "Housing", "Chief Executive's"]
SUBJECTIVE = [
    "Employees",
    "Premises",
    "Transport",
    "Supplies and services",
    "Third party payments",
    "Support services",
]
INCOME = ["Fees and charges income", "Government grants income", "Rental income", "Other income"]
BODIES = [
    f"{name} {kind}"
    for name in (
        "Amber",
        "Birch",
        "Cedar",
        "Dale",
        "Elm",
        "Fern",
        "Glen",
        "Heath",
        "Isle",
        "Jarrow",
        "Kelso",
        "Lune",
        "Marsh",
        "Nidd",
        "Oak",
        "Pine",
        "Quay",
        "Ridge",
        "Stone",
        "Tarn",
        "Ure",
        "Vale",
        "Wold",
        "Yarrow",
    )
    for kind in ("Borough Council", "District Council")
]


@dataclass
class Case:
    """A workbook and what it truly comes to."""

    seed: int
    family: str
    workbook: Workbook
    truth: dict[str, Decimal]
    """What the chosen tables' amounts come to in pounds, by a part of the measure's name."""
    doubtful: bool = False
    """Whether the file is wrong or ambiguous by design, so that a doubt has to be named."""
    traps: list[str] = field(default_factory=list)


class Grid:
    """Rows put down one by one, with the looks of each."""

    def __init__(self) -> None:
        self.rows: list[list[CellValue]] = []
        self.bold: set[int] = set()

    def add(self, *cells: CellValue, bold: bool = False) -> int:
        if bold:
            self.bold.add(len(self.rows))
        self.rows.append(list(cells))
        return len(self.rows) - 1

    def sheet(self, name: str) -> Sheet:
        return Sheet(name, self.rows, facts=Facts(looked=True, bold_rows=frozenset(self.bold)))


def workbook(seed: int, sheets: list[Sheet]) -> Workbook:
    return Workbook(f"generated-{seed}.xlsx", "xlsx", f"{seed:064d}", 10_000, sheets)


def amounts(rng: random.Random, count: int, style: str) -> list[int]:
    """Amounts in the smallest unit written: whole pounds, thousands, or pence."""
    found = []
    for _ in range(count):
        size = rng.choice([3, 4, 4, 5, 5, 6, 6, 7])
        value = rng.randrange(10 ** (size - 1), 10**size)
        if style == "rounded":
            value = round(value, -rng.choice([0, 2, 2, 3]) if value > 3000 else 0)
        found.append(value)
    return found


def written(rng: random.Random, value: int, places: int, look: str) -> CellValue:
    """An amount as it stands in a cell."""
    number = value / 10**places if places else value
    if look == "text":
        text = f"{abs(number):,.{places}f}"
        return f"({text})" if value < 0 else text
    if look == "pounds":
        return f"{'-' if value < 0 else ''}£{abs(number):,.{places}f}"
    return float(number)


def budget_book(seed: int) -> Case:
    """One sheet with sections, subtotals and a grand total, in one or more columns of years."""
    rng = random.Random(seed)
    traps: list[str] = []
    grid = Grid()
    years = rng.choice([["2016/17"], ["2015/16", "2016/17"], ["2015/16", "2016/17", "2017/18"]])
    phase = rng.choice(["Budget", "Original Budget", "Estimate"])
    places = rng.choice([0, 0, 2])
    look = rng.choice(["number", "number", "text", "pounds"])
    unit = rng.choice(["£", "£000"]) if places == 0 and look != "pounds" else "£"
    factor = 1000 if unit == "£000" else 1
    unit_at = rng.choice(["title", "row", "header"])
    code = rng.random() < 0.5
    variation = len(years) == 2 and rng.random() < 0.5
    percent = len(years) >= 2 and rng.random() < 0.3
    posts = rng.random() < 0.3
    notes = rng.random() < 0.3
    where = rng.choice(["below", "below", "below", "above", "none"])
    label = rng.choice(["total", "total", "name", "bold", "blank"])
    gap = rng.random() < 0.5
    heading = rng.random() < 0.7 or where == "none"
    grand = (
        rng.choice(["below", "below", "above", "none"])
        if where != "above"
        else rng.choice(["below", "above"])
    )
    indent = rng.random() < 0.3
    left = rng.choice([0, 0, 0, 1])

    for _ in range(rng.randrange(4)):
        grid.add(
            *[None] * left,
            rng.choice(
                [
                    "Borough of Example",
                    "Revenue budget book",
                    f"General Fund {years[-1]}",
                    "Cabinet 14 February",
                ]
            ),
        )
    if unit_at == "title":
        grid.add(*[None] * left, f"Revenue estimates ({unit})")
    if rng.random() < 0.5:
        grid.add()
    head: list[CellValue] = [*[None] * left, *(["Cost Centre"] if code else []), "Service"]
    if posts:
        head.append("FTE")
        traps.append("posts")
    head += [f"{year} {phase}" + (f" {unit}" if unit_at == "header" else "") for year in years]
    if variation:
        head.append("Variation")
    if percent:
        head.append("% change")
    if notes:
        head.append("Notes")
    header = list(head)
    grid.add(*head)
    if unit_at == "row":
        row: list[CellValue] = [None] * len(head)
        first = head.index(f"{years[0]} {phase}")
        for j in range(first, first + len(years) + variation):
            row[j] = unit
        grid.add(*row)
    if rng.random() < 0.3:
        grid.add()

    def line(
        name: str, values: list[int], *, number: str | None, total: bool = False, bold: bool = False
    ) -> None:
        cells: list[CellValue] = [None] * left
        if code:
            cells.append(number)
        cells.append(("   " + name if indent and not total and name else name) or None)
        if posts:
            cells.append(None if total else round(rng.uniform(1, 90), 1))
        cells += [written(rng, value, places, look) for value in values]
        if variation:
            cells.append(written(rng, values[1] - values[0], places, look))
        if percent:
            cells.append(round((values[-1] - values[0]) / abs(values[0]), 4) if values[0] else None)
        if notes:
            cells.append(
                rng.choice([None, None, "one-off", "see appendix 3", "growth of 2 posts"])
                if not total
                else None
            )
        grid.add(*cells, bold=bold)

    totals = [0] * len(years)
    place_of_grand = len(grid.rows)
    if grand == "above":
        grid.add()
    for section in rng.sample(DIRECTORATES, rng.randrange(2, 6)):
        names = rng.sample(SERVICES, rng.randrange(1, 8))
        table = [
            [
                v * rng.choice([1, 1, 1, 1, 1, -1])
                for v in amounts(rng, len(years), rng.choice(["exact", "rounded"]))
            ]
            for _ in names
        ]
        sub = [sum(row[k] for row in table) for k in range(len(years))]
        totals = [a + b for a, b in zip(totals, sub, strict=True)]
        said = {
            "total": f"Total {section}",
            "name": section,
            "bold": section,
            "blank": "",
        }[label]
        if where == "above":
            line(section, sub, number=None, total=True, bold=label == "bold")
        elif heading:
            grid.add(*[None] * left, *([None] if code else []), section, bold=rng.random() < 0.5)
        for name, figures in zip(names, table, strict=True):
            line(
                name,
                figures,
                number=f"{rng.choice('ABCDE')}{rng.randrange(1000, 9999)}"
                if rng.random() < 0.5
                else str(rng.randrange(10000, 99999)),
            )
        if where == "below":
            if label == "blank" and not code:
                said = ""
            line(said, sub, number=None, total=True, bold=label == "bold")
        if gap:
            grid.add()
    if grand == "below":
        line(
            rng.choice(["Total", "Grand Total", "Total General Fund", "NET EXPENDITURE", "Overall total"]),
            totals,
            number=None,
            total=True,
        )
    elif grand == "above":
        keep = grid.rows
        grid.rows = []
        bold = set(grid.bold)
        line("Total General Fund", totals, number=None, total=True)
        made = grid.rows[0]
        grid.rows = keep
        grid.bold = bold
        grid.rows[place_of_grand] = made
    if rng.random() < 0.3:
        grid.add()
        grid.add(*[None] * left, "Note: figures include recharges between services as agreed in February.")
    if rng.random() < 0.2 and len(grid.rows) > 25:
        middle = rng.randrange(15, len(grid.rows) - 3)
        grid.rows.insert(middle, header)
        grid.bold = {row + (row >= middle) for row in grid.bold}
        traps.append("repeated header")
    scale = Decimal(factor) / (10**places)
    truth = {f"{year}": total * scale for year, total in zip(years, totals, strict=True)}
    traps += [f"totals {where}", f"labels {label}", f"grand {grand}"]
    return Case(seed, "budget book", workbook(seed, [grid.sheet("Budget")]), truth, traps=traps)


def gross_and_net(seed: int) -> Case:
    """Gross expenditure, income and net across; income with or without a minus."""
    rng = random.Random(seed)
    grid = Grid()
    minus = rng.random() < 0.5
    grid.add("Service budgets 2016/17 (£)")
    grid.add()
    grid.add("Service", "Gross Expenditure", "Income", "Net Expenditure")
    gross = income = 0
    rows = []
    for name in rng.sample(SERVICES, rng.randrange(4, 14)):
        g, i = rng.randrange(50_000, 5_000_000), rng.randrange(0, 800_000)
        rows.append((g, i))
        grid.add(name, float(g), float(-i if minus else i), float(g - i))
        gross, income = gross + g, income + i
    if rng.random() < 0.7:
        grid.add("Total", float(gross), float(-income if minus else income), float(gross - income))
    truth = {"Gross Expenditure": Decimal(gross), "Income": Decimal(income)}
    return Case(seed, "gross and net", workbook(seed, [grid.sheet("Net")]), truth)


def cross_table(seed: int) -> Case:
    """Services down, kinds of cost across, totals both ways."""
    rng = random.Random(seed)
    grid = Grid()
    kinds = rng.sample(SUBJECTIVE, rng.randrange(3, 7))
    total_column = rng.random() < 0.7
    ends = rng.random() < 0.5
    grid.add("Subjective analysis 2016/17")
    grid.add("£")
    head: list[CellValue] = ["Service", *kinds]
    grid.add(
        *(
            head + ["Total"]
            if total_column and ends
            else ["Service", "Total", *kinds]
            if total_column
            else head
        )
    )
    sums = [0] * len(kinds)
    for name in rng.sample(SERVICES, rng.randrange(4, 12)):
        values = [rng.randrange(1000, 900_000) if rng.random() < 0.8 else 0 for _ in kinds]
        sums = [a + b for a, b in zip(sums, values, strict=True)]
        cells = [float(v) if v else rng.choice([None, 0.0, "-"]) for v in values]
        whole = float(sum(values))
        grid.add(
            *(
                [name, *cells, whole]
                if total_column and ends
                else [name, whole, *cells]
                if total_column
                else [name, *cells]
            )
        )
    if rng.random() < 0.7:
        whole = float(sum(sums))
        cells = [float(v) for v in sums]
        grid.add(
            *(
                ["Total", *cells, whole]
                if total_column and ends
                else ["Total", whole, *cells]
                if total_column
                else ["Total", *cells]
            )
        )
    return Case(seed, "cross table", workbook(seed, [grid.sheet("Subjective")]), {"": Decimal(sum(sums))})


def directorates(seed: int) -> Case:
    """A sheet for each directorate, and a summary in pounds, thousands or millions."""
    rng = random.Random(seed)
    sheets = []
    whole = []
    columns = rng.choice([["2016/17 Budget"], ["2015/16 Budget", "2016/17 Budget"]])
    same_lines = rng.random() < 0.3
    for name in rng.sample(DIRECTORATES, rng.randrange(3, 6)):
        grid = Grid()
        grid.add(f"{name} directorate")
        grid.add("Service" if not same_lines else "Cost type", *[f"{c} £" for c in columns])
        names = SUBJECTIVE if same_lines else rng.sample(SERVICES, rng.randrange(3, 9))
        table = [amounts(rng, len(columns), "exact") for _ in names]
        for label, row in zip(names, table, strict=True):
            grid.add(label, *map(float, row))
        sub = [sum(row[k] for row in table) for k in range(len(columns))]
        if rng.random() < 0.8:
            grid.add(rng.choice([f"Total {name}", "Total"]), *map(float, sub))
        sheets.append(grid.sheet(name))
        whole.append((name, sub))
    totals = [sum(sub[k] for _, sub in whole) for k in range(len(columns))]
    summary = rng.choice(["£", "£", "£000", "£m", "none"])
    if summary != "none":
        factor, places = {"£": (1, 0), "£000": (1000, 0), "£m": (1_000_000, 3)}[summary]
        grid = Grid()
        grid.add(f"Summary of directorate budgets ({summary})")
        grid.add("Directorate", *columns)
        for name, sub in whole:
            grid.add(name, *[round(v / factor, places) for v in sub])
        grid.add("Total", *[round(v / factor, places) for v in totals])
        sheets.insert(rng.choice([0, len(sheets)]), grid.sheet("Summary"))
    truth = {c.split()[0]: Decimal(t) for c, t in zip(columns, totals, strict=True)}
    return Case(
        seed,
        "directorates",
        workbook(seed, sheets),
        truth,
        traps=[f"summary {summary}", f"same lines {same_lines}"],
    )


def payments(seed: int) -> Case:
    """A list of payments with references, dates and credit notes; perhaps an unlabelled total below."""
    rng = random.Random(seed)
    grid = Grid()
    order = rng.choice([0, 1])
    grid.add(
        *(
            ["Department", "Supplier", "Date", "Transaction No", "Amount"],
            ["Date", "Ref", "Supplier Name", "Expense Type", "Net Amount (£)"],
        )[order]
    )
    total = 0
    day = date(2016, 4, 1)
    for _ in range(rng.randrange(20, 120)):
        pence = rng.choice(
            [rng.randrange(25_000, 9_000_000), rng.choice([50_000, 100_000, 150_000, 200_000])]
        ) * rng.choice([1] * 12 + [-1])
        total += pence
        day += timedelta(days=rng.randrange(3))
        supplier = rng.choice(
            [
                "Total Gas & Power",
                "Net World Sports",
                "Grand Hotel",
                "Smith Ltd",
                "Balance Ltd",
                "County Supplies",
            ]
        )
        ref = float(rng.randrange(100_000, 999_999))
        orders: tuple[list[CellValue], ...] = (
            [rng.choice(DIRECTORATES), supplier, day, ref, pence / 100],
            [day, ref, supplier, rng.choice(SUBJECTIVE), pence / 100],
        )
        grid.add(*orders[order])
        if rng.random() < 0.02:
            grid.add()
    if rng.random() < 0.4:
        grid.add(None, None, None, None, total / 100)
    elif rng.random() < 0.3:
        grid.add("Total", None, None, None, total / 100)
    return Case(seed, "payments", workbook(seed, [grid.sheet("Payments")]), {"Amount": Decimal(total) / 100})


def months(seed: int) -> Case:
    """A sheet of payments for each month."""
    rng = random.Random(seed)
    sheets = []
    total = 0
    for name in ["Apr 16", "May 16", "Jun 16"][: rng.randrange(2, 4)]:
        grid = Grid()
        grid.add(
            "Expenditure Category", "Date", rng.choice(["Invoice Amount", "* Invoice Amount"]), "Supplier"
        )
        for k in range(rng.randrange(12, 40)):
            pence = rng.randrange(25_000, 4_000_000)
            total += pence
            grid.add(
                rng.choice(SUBJECTIVE),
                date(2016, 4, 1 + k % 28),
                pence / 100,
                f"Supplier {rng.randrange(99)}",
            )
        sheets.append(grid.sheet(name))
    return Case(seed, "months", workbook(seed, sheets), {"Amount": Decimal(total) / 100})


def side_by_side(seed: int) -> Case:
    """Two tables next to each other, each with labels of its own."""
    rng = random.Random(seed)
    left, right = rng.sample(SERVICES, 8), rng.sample(INCOME, 4)
    grid = Grid()
    grid.add("Budget 2016/17 £")
    grid.add("Expenditure", "Amount", None, "Income", "Amount")
    first = [rng.randrange(1000, 3_000_000) for _ in left]
    second = [rng.randrange(1000, 3_000_000) for _ in right]
    for k, name in enumerate(left):
        pair: list[CellValue] = [right[k], float(second[k])] if k < len(right) else [None, None]
        grid.add(name, float(first[k]), None, *pair)
    grid.add("Total", float(sum(first)), None, "Total", float(sum(second)))
    return Case(
        seed, "side by side", workbook(seed, [grid.sheet("Both")]), {"": Decimal(sum(first) - sum(second))}
    )


def national(seed: int) -> Case:
    """A row for each council, services across with totals, England at the foot, classes below it."""
    rng = random.Random(seed)
    grid = Grid()
    grid.add("Revenue account budget 2016-17 (£ thousand)")
    grid.add()
    services = [
        "Education services",
        "Highways services",
        "Adult social care",
        "Housing services",
        "Other services",
    ]
    grid.add("E-code", "Local authority", "Class", *services, "TOTAL SERVICE EXPENDITURE")
    columns = [0] * len(services)
    by_class: dict[str, list[int]] = {}
    bodies = rng.sample(BODIES, rng.randrange(22, 45))
    for k, body in enumerate(sorted(bodies)):
        kind = rng.choice(["UA", "SD", "MD"])
        values = [rng.randrange(-500, 90_000) for _ in services]
        columns = [a + b for a, b in zip(columns, values, strict=True)]
        by_class[kind] = [a + b for a, b in zip(by_class.get(kind, [0] * len(services)), values, strict=True)]
        grid.add(f"E{1000 + k}", body, kind, *map(float, values), float(sum(values)))
    grid.add()
    grid.add(None, "ENGLAND", None, *map(float, columns), float(sum(columns)))
    if rng.random() < 0.5:
        grid.add()
        for kind, values in sorted(by_class.items()):
            grid.add(
                None,
                {"UA": "UNITARIES", "SD": "DISTRICTS", "MD": "METROPOLITANS"}[kind],
                kind,
                *map(float, values),
                float(sum(values)),
            )
    grid.add()
    grid.add("Source: returns from local authorities, as received by the department in June.")
    return Case(seed, "national", workbook(seed, [grid.sheet("Data")]), {"": Decimal(sum(columns)) * 1000})


def income_below(seed: int) -> Case:
    """Expenditure, then income, each with a total, then the net of the two."""
    rng = random.Random(seed)
    minus = rng.random() < 0.4
    grid = Grid()
    grid.add("Annual budget 2016/17")
    grid.add("", "£")
    grid.add("EXPENDITURE")
    spend = [rng.randrange(10_000, 4_000_000) for _ in range(rng.randrange(3, 8))]
    for name, value in zip(rng.sample(SERVICES, len(spend)), spend, strict=True):
        grid.add(name, float(value))
    grid.add("Total expenditure", float(sum(spend)))
    grid.add("INCOME")
    received = [rng.randrange(10_000, 900_000) for _ in range(rng.randrange(1, 4))]
    for name, value in zip(rng.sample(INCOME, len(received)), received, strict=True):
        grid.add(name, float(-value if minus else value))
    if rng.random() < 0.8:
        grid.add("Total income", float(-sum(received) if minus else sum(received)))
    grid.add("Net expenditure", float(sum(spend) - sum(received)))
    return Case(
        seed,
        "income below",
        workbook(seed, [grid.sheet("Budget")]),
        {"": Decimal(sum(spend) - sum(received))},
    )


def wrong_total(seed: int) -> Case:
    """A printed total that its lines do not come to."""
    rng = random.Random(seed)
    grid = Grid()
    grid.add("Budget 2016/17 (£)")
    grid.add("Service", "Budget")
    values = [rng.randrange(10_000, 900_000) for _ in range(rng.randrange(4, 10))]
    for name, value in zip(rng.sample(SERVICES, len(values)), values, strict=True):
        grid.add(name, float(value))
    grid.add("Total", float(sum(values) + rng.choice([1, -1]) * rng.randrange(100, 60_000)))
    return Case(
        seed, "wrong total", workbook(seed, [grid.sheet("Budget")]), {"": Decimal(sum(values))}, doubtful=True
    )


def years_stacked(seed: int) -> Case:
    """A flat list with a column of years, and one of income or expenditure."""
    rng = random.Random(seed)
    grid = Grid()
    sided = rng.random() < 0.5
    grid.add(
        "Year", "Department", "Account code", *(["Account type"] if sided else []), "Description", "Amount"
    )
    totals: dict[int, int] = {}
    for year in (2014, 2015, 2016):
        for _ in range(rng.randrange(10, 30)):
            kind = rng.choice(["Expense", "Expense", "Revenue"])
            value = rng.randrange(1000, 800_000)
            totals[year] = totals.get(year, 0) + (-value if sided and kind == "Revenue" else value)
            grid.add(
                float(year),
                rng.choice(DIRECTORATES),
                float(rng.randrange(10_000, 99_999)),
                *([kind] if sided else []),
                rng.choice(SERVICES),
                float(value),
            )
    return Case(
        seed,
        "years stacked",
        workbook(seed, [grid.sheet("Data")]),
        {str(y): Decimal(t) for y, t in totals.items()},
    )


def of_which(seed: int) -> Case:
    """Lines with a memo line below them that is part of the line above."""
    rng = random.Random(seed)
    grid = Grid()
    grid.add("Budget 2016/17 £")
    grid.add("Service", "2016/17 Budget")
    total = 0
    for name in rng.sample(SERVICES, rng.randrange(4, 10)):
        value = rng.randrange(50_000, 4_000_000)
        total += value
        grid.add(name, float(value))
        if rng.random() < 0.4:
            grid.add(
                f"of which: {rng.choice(['salaries', 'grants', 'one-off'])}",
                float(rng.randrange(1000, value)),
            )
    if rng.random() < 0.8:
        grid.add("Total", float(total))
    return Case(seed, "of which", workbook(seed, [grid.sheet("Budget")]), {"": Decimal(total)})


def two_measures(seed: int) -> Case:
    """The same lines on two sheets for two years: never to be added up."""
    rng = random.Random(seed)
    names = rng.sample(SERVICES, 8)
    sheets = []
    truth = {}
    for year in ("2015-16", "2016-17"):
        grid = Grid()
        grid.add(f"Net budget {year} (£)")
        grid.add("Service", "Net budget")
        values = [rng.randrange(10_000, 900_000) for _ in names]
        for name, value in zip(names, values, strict=True):
            grid.add(name, float(value))
        grid.add("Total", float(sum(values)))
        sheets.append(grid.sheet(year))
        truth[year] = Decimal(sum(values))
    return Case(
        seed, "two measures", workbook(seed, sheets), {"any": truth["2015-16"], "any ": truth["2016-17"]}
    )


def hidden_repeat(seed: int) -> Case:
    """A hidden sheet with the same money."""
    case = budget_book(seed)
    again = case.workbook.sheets[0]
    case.workbook.sheets.append(
        Sheet("Working", [list(row) for row in again.rows], Visibility.HIDDEN, facts=again.facts)
    )
    case.family = "hidden repeat"
    return case


def funded_budget(seed: int) -> Case:
    """A police or fire budget: gross, income and net, then the grants and precept that fund it to zero."""
    rng = random.Random(seed)
    grid = Grid()
    grid.add("Budget summary")
    grid.add(None, "2015/16 £000", "2016/17 £000")
    spend = [[rng.randrange(3_000, 90_000) for _ in range(2)] for _ in range(rng.randrange(4, 8))]
    for name, row in zip(rng.sample(SERVICES, len(spend)), spend, strict=True):
        grid.add(name, *map(float, row))
    gross = [sum(row[k] for row in spend) for k in (0, 1)]
    grid.add("Gross Expenditure", *map(float, gross))
    income = [rng.randrange(900, 3_000) for _ in (0, 1)]
    grid.add("Income", *(float(-v) for v in income))
    net = [g - i for g, i in zip(gross, income, strict=True)]
    grid.add("Net Budget", *map(float, net))
    grid.add("Funded by:")
    grant = [n // 2 + rng.randrange(-900, 900) for n in net]
    grid.add("Police Grant", *(float(-v) for v in grant))
    grid.add("Council Tax Precept", *(float(g - n) for g, n in zip(grant, net, strict=True)))
    grid.add("Total Funding", *(float(-v) for v in net))
    truth = {"2015-16": Decimal(0), "2016-17": Decimal(0)}
    return Case(seed, "funded budget", workbook(seed, [grid.sheet("Summary")]), truth)


def form_of_account(seed: int) -> Case:
    """An account with income first, expenditure below, then what turns the cost into a surplus."""
    rng = random.Random(seed)
    grid = Grid()
    grid.add("Housing Revenue Account (£)")
    grid.add(None, "2016/17 Estimate")
    grid.add("INCOME")
    income = [rng.randrange(100_000, 60_000_000) for _ in range(rng.randrange(2, 5))]
    sign = rng.choice([1, -1])
    for name, value in zip(rng.sample(INCOME, len(income)), income, strict=True):
        grid.add(name, float(sign * value))
    grid.add("Total income", float(sign * sum(income)))
    grid.add()
    grid.add("EXPENDITURE")
    spend = [rng.randrange(100_000, 30_000_000) for _ in range(rng.randrange(2, 6))]
    for name, value in zip(rng.sample(SERVICES, len(spend)), spend, strict=True):
        grid.add(name, float(value))
    grid.add("Total expenditure", float(sum(spend)))
    grid.add()
    net = sum(spend) - sum(income)
    grid.add("Net cost of services", float(net))
    interest = rng.randrange(1_000_000, 9_000_000)
    grid.add("Interest payable", float(interest))
    grid.add("(Surplus) / deficit for the year", float(net + interest))
    return Case(
        seed, "form of account", workbook(seed, [grid.sheet("HRA")]), {"2016-17": Decimal(net + interest)}
    )


def months_across(seed: int) -> Case:
    """Months across with a year to date, and a forecast that is another measure."""
    rng = random.Random(seed)
    grid = Grid()
    months = ["Apr", "May", "Jun", "Jul", "Aug", "Sep"][: rng.randrange(3, 7)]
    grid.add("Monitoring report (£)")
    grid.add("Service", *months, "Year to date", "Forecast outturn")
    sums = [0] * len(months)
    far = 0
    for name in rng.sample(SERVICES, rng.randrange(4, 10)):
        values = [rng.randrange(2_000, 90_000) for _ in months]
        forecast = rng.randrange(500_000, 900_000)
        far += forecast
        sums = [a + b for a, b in zip(sums, values, strict=True)]
        grid.add(name, *map(float, values), float(sum(values)), float(forecast))
    grid.add("Total", *map(float, sums), float(sum(sums)), float(far))
    truth = {month: Decimal(value) for month, value in zip(months, sums, strict=True)} | {
        "Forecast": Decimal(far)
    }
    return Case(seed, "months across", workbook(seed, [grid.sheet("Month")]), truth)


def year_blocks(seed: int) -> Case:
    """Two years next to each other under a heading each: expenditure, income and net."""
    rng = random.Random(seed)
    grid = Grid()
    grid.add("Service budgets")
    grid.add("£000")
    grid.add(None, "2015/16 Budget", None, None, "2016/17 Budget", None, None)
    grid.add("Service", *["Expenditure", "Income", "Net"] * 2)
    sums = [0] * 6
    for name in rng.sample(SERVICES, rng.randrange(4, 12)):
        row = []
        for _ in (0, 1):
            gross, income = rng.randrange(500, 90_000), rng.randrange(0, 9_000)
            row += [gross, income, gross - income]
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        grid.add(name, *map(float, row))
    if rng.random() < 0.7:
        grid.add("Total", *map(float, sums))
    truth = {
        "2015/16 Budget Expenditure": Decimal(sums[0]) * 1000,
        "2015/16 Budget Income": Decimal(sums[1]) * 1000,
        "2016/17 Budget Expenditure": Decimal(sums[3]) * 1000,
        "2016/17 Budget Income": Decimal(sums[4]) * 1000,
    }
    return Case(seed, "year blocks", workbook(seed, [grid.sheet("Blocks")]), truth)


FAMILIES = [
    funded_budget,
    form_of_account,
    months_across,
    year_blocks,
    budget_book,
    budget_book,
    budget_book,
    gross_and_net,
    cross_table,
    directorates,
    directorates,
    payments,
    months,
    side_by_side,
    national,
    income_below,
    wrong_total,
    years_stacked,
    of_which,
    two_measures,
    hidden_repeat,
]


def case(seed: int) -> Case:
    """The workbook of a seed."""
    return FAMILIES[seed % len(FAMILIES)](seed)
