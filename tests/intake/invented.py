"""Small budgets of every kind that a reader has stumbled over, in thirty-four languages, with what they truly come to.

Each layout is a function of a language; `every_budget` makes them all. They are judged as the books with a trap
are: what would be loaded were every question answered by its best guess must be the truth, or a question or a
problem must name the doubt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.files.grid import Visibility, Workbook
from budget_model.intake.reading import Reading, lines, understand
from budget_model.problem import Refusal
from budget_model.vocabulary import Side
from tests.intake import invented_more
from tests.intake.invented_base import ALL, AMOUNTS, Layout, Made, Row, book, csv, grouped, plain, sheet
from tests.intake.invented_words import SPEECHES, Speech

SLACK = Decimal("0.51")
OWN = (412_537, 388_264, 120_418, 96_353, 41_207)
TAKEN = (83_211, 60_492)
NET = sum(OWN) - sum(TAKEN)


@dataclass(frozen=True)
class Invented:
    """One budget: its kind, its layout and language, the file, and what may be loaded of it."""

    kind: str
    layout: str
    language: str
    book: Workbook | tuple[bytes, str]
    right: tuple[Decimal, ...]
    no_budget: bool = False
    """Whether it must be refused, left out or asked about."""
    named: str = ""
    """What a question or a problem may say in place of the right load."""

    @property
    def name(self) -> str:
        """The kind, the layout and the language."""
        return f"{self.kind}/{self.layout}/{self.language}"


@dataclass(frozen=True)
class Verdict:
    """What came of one budget: 'right', 'asked', 'named', 'refused', 'left out' or 'SILENT'."""

    what: str
    net: Decimal | None
    told: tuple[str, ...] = ()


def judge(budget: Invented) -> Verdict:
    """Read a budget and hold what would be loaded against the truth."""
    reading = read(budget)
    if reading is None or reading.refused:
        return Verdict(
            "right" if budget.no_budget else "refused", None, (reading.refused or "" if reading else "",)
        )
    told = tuple(
        [question.ask for question in reading.questions]
        + [str(p) for p in reading.problems]
        + [str(p) for table in reading.tables for p in table.problems]
        + list(reading.notes)
    )
    if budget.named and any(re.search(budget.named, one, re.IGNORECASE) for one in told):
        return Verdict("right", None, told)
    if not reading.chosen:
        return Verdict("right" if budget.no_budget else "left out", None, told)
    net = sum((x.amount if x.side is Side.EXPENDITURE else -x.amount for x in lines(reading)), Decimal(0))
    asked = [q for q in reading.questions if not q.key.startswith("unit")]
    if budget.no_budget:
        return Verdict("right" if asked else "SILENT", net, told)
    if any(abs(net - one) <= SLACK for one in budget.right):
        return Verdict("right", net, told)
    if any(re.search("difference|printed|fractions", one) for one in told):
        return Verdict("named", net, told)
    return Verdict("asked" if asked else "SILENT", net, told)


def read(budget: Invented) -> Reading | None:
    """What is understood of a budget; None where its bytes are refused."""
    if isinstance(budget.book, Workbook):
        return understand(budget.book)
    try:
        return understand(open_workbook(*budget.book))
    except Refusal:
        return None


# -- 3: amounts with marks ----------------------------------------------------------------------


def marks_footnotes(s: Speech) -> Made:
    marks = ["{}*", "{}¹", "{} (a)", "{} [1]", "{}†", "{} **", "{} 2)", "{}"]
    rows = plain(s)
    for row, mark in zip(rows[1:], marks, strict=True):
        row[1] = mark.format(grouped(s, int(str(row[1]))))
    return csv([*rows, [], ["* provisional"]]), (ALL,)


def marks_flags(s: Speech) -> Made:
    marks = ["{} r", "{} p", "{} e", "{}", "{}", "{} r", "{}", "{}"]
    rows = plain(s)
    for row, mark in zip(rows[1:], marks, strict=True):
        row[1] = mark.format(grouped(s, int(str(row[1]))))
    return csv(rows), (ALL,)


def marks_currency_in_front(s: Speech) -> Made:
    rows = plain(s, s.amount)
    for row in rows[1:]:
        row[1] = f"{s.currency} {grouped(s, int(str(row[1])), 2)}"
    return csv(rows, "\t"), (ALL,)


def marks_currency_behind(s: Speech) -> Made:
    rows = plain(s, s.amount)
    for row in rows[1:]:
        row[1] = f"{grouped(s, int(str(row[1])), 2)} {s.currency}"
    return csv(rows, "\t"), (ALL,)


def marks_no_break_spaces(s: Speech) -> Made:
    rows = plain(s)
    for row in rows[1:]:
        row[1] = f"{int(str(row[1])):,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return csv(rows, "\t"), (ALL,)


def marks_apostrophes(s: Speech) -> Made:
    rows = plain(s)
    for row in rows[1:]:
        row[1] = f"{int(str(row[1])):,}".replace(",", "'")
    return csv(rows, "\t"), (ALL,)


def marks_trailing_minus(s: Speech) -> Made:
    rows = plain(s)
    rows.append([f"{s.services[8]}", f"{grouped(s, 20_500)}-"])
    rows[1][1] = grouped(s, 412_537)
    return csv(rows), (ALL - 20_500,)


def marks_dash_for_zero(s: Speech) -> Made:
    rows = plain(s)
    rows[3:3] = [[s.services[8], "-"], [s.services[9], "–"]]
    return csv(rows), (ALL,)


def marks_unsaid(s: Speech) -> Made:
    rows = plain(s)
    rows[3:3] = [[s.services[8], s.unsaid]]
    return csv(rows), (ALL,)


def marks_guarded(s: Speech) -> Made:
    rows = plain(s)
    rows[1][1], rows[2][1], rows[3][1] = '="412537"', "'388264", "+120418"
    return csv(rows, "\t"), (ALL,)


def marks_scientific(s: Speech) -> Made:
    rows = plain(s)
    rows.append([s.services[8], "4,00E+07" if s.continental else "4.00E+07"])
    return csv(rows), (ALL + 40_000_000,)


def marks_dots_or_commas_only(s: Speech) -> Made:
    rows = plain(s)
    for row in rows[1:]:
        row[1] = grouped(s, int(str(row[1])))
    return csv(rows), (ALL,)


def marks_crowded(s: Speech) -> Made:
    rows = plain(s)
    rows.insert(4, [s.services[8], "########"])
    return csv(rows), ()


# -- 3: false headers -------------------------------------------------------------------------


def heads_amounts_like_years(s: Speech) -> Made:
    values = (1991, 2033, 2012, 1987, 5_066, 3_921, 2_048, 9_441)
    return book(plain(s, amounts=values)), (sum(values),)


def heads_row_of_unsaid(s: Speech) -> Made:
    rows: list[Row] = [[s.service, "2024", "2025", "2026"]]
    rows += [[n, v, v + 90, v + 190] for n, v in zip(s.services, AMOUNTS, strict=False)]
    rows.insert(4, [s.services[9], s.unsaid, s.unsaid, s.unsaid])
    rows.insert(0, [f"{s.budget} ({s.currency})"])
    return book(rows), (ALL, ALL + 8 * 90, ALL + 8 * 190)


def heads_numbered_columns(s: Speech) -> Made:
    rows = plain(s)
    rows = [[900 + k if k else s.code, *row] for k, row in enumerate(rows)]
    rows.insert(1, [1, 2, 3])
    return book(rows), (ALL,)


def heads_lettered_columns(s: Speech) -> Made:
    rows: list[Row] = [
        [s.code, s.service, f"{s.original} {s.currency}", f"{s.revised} {s.currency}"],
        ["a", "b", 1, 2],
    ]
    rows += [[2110 + k, n, v, v + 500] for k, (n, v) in enumerate(zip(s.services, AMOUNTS, strict=False))]
    rows.append([None, s.total, ALL, ALL + 8 * 500])
    return book(rows), (ALL, ALL + 8 * 500)


def heads_years_as_numbers(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.budget} ({s.currency})"], [s.service, 2024, 2025]]
    rows += [[n, v, v + 90] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (ALL, ALL + 8 * 90)


def heads_two_rows(s: Speech) -> Made:
    rows: list[Row] = [[None, s.original, s.revised], [s.service, s.currency, s.currency]]
    rows += [[n, v, v + 90] for n, v in zip(s.services, AMOUNTS, strict=False)]
    rows.append([s.total, ALL, ALL + 8 * 90])
    return book(rows), (ALL, ALL + 8 * 90)


def heads_codes_and_people(s: Speech) -> Made:
    rows: list[Row] = [[s.code, s.service, s.number, f"{s.amount} {s.currency}"]]
    rows += [
        [4_410_010 + 70 * k, n, 3 + k * 2, v]
        for k, (n, v) in enumerate(zip(s.services, AMOUNTS, strict=False))
    ]
    return book(rows), (ALL,)


def heads_price_and_number(s: Speech) -> Made:
    numbers = (120, 75, 340, 18, 220, 65, 90, 410)
    prices = (1_250.5, 980.25, 12.4, 7_420.0, 310.1, 88.75, 1_999.99, 45.3)
    rows: list[Row] = [[s.service, f"{s.price} {s.currency}", s.number, f"{s.amount} {s.currency}"]]
    rows += [[n, p, k, round(p * k, 2)] for n, p, k in zip(s.services, prices, numbers, strict=False)]
    return book(rows), (sum(Decimal(str(round(p * k, 2))) for p, k in zip(prices, numbers, strict=True)),)


def heads_metadata_above(s: Speech) -> Made:
    keys: list[Row] = [["SOURCE", "Statements p. 82"], ["YEAR", 2025], ["ROWS", 8], ["CURRENCY", "EUR"]]
    return csv([*keys, [], *plain(s, s.amount)]), (ALL,)


def heads_metadata_with_multiplier(s: Speech) -> Made:
    keys: list[Row] = [["SOURCE", "Statements p. 82"], ["UNITS_MULTIPLIER", 1000], ["YEAR", 2025]]
    return csv([*keys, *plain(s, s.amount)[1:]], ","), (ALL * 1000, ALL)


# -- 4: levels --------------------------------------------------------------------------------

TREE = (
    ("1", 0, 917_572 + 120_418),
    ("1.1", 1, 800_801),
    ("1.1.1", 2, 412_537),
    ("1.1.2", 2, 388_264),
    ("1.2", 1, 237_189),
    ("1.2.1", 2, 120_418),
    ("1.2.2", 2, 116_771),
    ("2", 0, 437_987),
    ("2.1", 1, 69_018),
    ("2.1.1", 2, 41_207),
    ("2.1.2", 2, 27_811),
    ("2.2", 1, 368_969),
    ("2.2.1", 2, 310_046),
    ("2.2.2", 2, 58_923),
)
OF_TREE = 1_037_990 + 437_987


def _named(s: Speech) -> list[tuple[str, int, str, int]]:
    return [(code, depth, f"{s.services[k % 10]}{' ' * 0}", v) for k, (code, depth, v) in enumerate(TREE)]


def levels_dotted(s: Speech) -> Made:
    rows: list[Row] = [[s.code, s.service, f"{s.amount} {s.currency}"]]
    rows += [[code, name, v] for code, _, name, v in _named(s)]
    return csv(rows), (OF_TREE,)


def levels_prefixes(s: Speech) -> Made:
    rows: list[Row] = [[s.code, s.service, f"{s.original} {s.currency}", f"{s.revised} {s.currency}"]]
    rows += [[code.replace(".", ""), name, v, v * 2] for code, _, name, v in _named(s)]
    return csv(rows), (OF_TREE, 2 * OF_TREE)


def levels_zeros(s: Speech) -> Made:
    rows: list[Row] = [[s.code, s.service, f"{s.amount} {s.currency}"]]
    rows += [[int(code.replace(".", "").ljust(4, "0")), name, v] for code, _, name, v in _named(s)]
    return book(rows), (OF_TREE,)


def levels_column(s: Speech) -> Made:
    rows: list[Row] = [[s.level, s.service, f"{s.amount} {s.currency}"]]
    rows += [[depth + 1, name, v] for _, depth, name, v in _named(s)]
    return book(rows), (OF_TREE,)


def levels_parents(s: Speech) -> Made:
    rows: list[Row] = [["id", "parent", s.service, f"{s.amount} {s.currency}"]]
    rows += [
        [code.replace(".", "-"), code.rpartition(".")[0].replace(".", "-") or None, name, v]
        for code, _, name, v in _named(s)
    ]
    return csv(rows), (OF_TREE,)


def levels_staircase(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.level} 1", f"{s.level} 2", f"{s.level} 3", f"{s.amount} {s.currency}"]]
    rows += [[*[None] * depth, name, *[None] * (2 - depth), v] for _, depth, name, v in _named(s)]
    return book(rows), (OF_TREE,)


def levels_indents(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.amount} {s.currency}"]]
    rows += [[f"{'   ' * depth}{name}", v] for _, depth, name, v in _named(s)]
    return book(rows), (OF_TREE,)


def levels_round(s: Speech) -> Made:
    """Round amounts: only the codes carry the hierarchy."""
    tree = (
        ("A", 900),
        ("A1", 500),
        ("A11", 300),
        ("A12", 200),
        ("A2", 400),
        ("A21", 100),
        ("A22", 300),
        ("B", 700),
        ("B1", 700),
        ("B11", 450),
        ("B12", 250),
    )
    rows: list[Row] = [[s.code, s.service, f"{s.amount} {s.currency}"]]
    rows += [[code, s.services[k % 10], v * 1000] for k, (code, v) in enumerate(tree)]
    return csv(rows), (1_600_000,)


def levels_single_children(s: Speech) -> Made:
    """Directorate, department, group, product; most groups hold one product, and each level its total."""
    rows: list[Row] = [["D", "A", "G", "P", s.service, f"{s.amount} {s.currency}"]]
    groups = [AMOUNTS[0:1], AMOUNTS[1:2], AMOUNTS[2:4], AMOUNTS[4:5], AMOUNTS[5:6], AMOUNTS[6:8]]
    for d, own in ((1, groups[:3]), (2, groups[3:])):
        rows.append([f"D{d}", None, None, None, s.services[d], sum(map(sum, own))])
        rows.append([f"D{d}", f"A{d}0", None, None, s.services[d], sum(map(sum, own))])
        for g, values in enumerate(own):
            rows.append([f"D{d}", f"A{d}0", f"G{d}{g}", None, s.services[g + 3], sum(values)])
            rows += [
                [f"D{d}", f"A{d}0", f"G{d}{g}", f"P{d}{g}{p}", s.services[p + 5], v]
                for p, v in enumerate(values)
            ]
    return csv(rows), (ALL,)


def levels_totals_below(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.amount} {s.currency}"]]
    for k in (0, 4):
        rows += [
            [f"{k // 4 + 1}"],
            *([n, v] for n, v in zip(s.services[k : k + 4], AMOUNTS[k : k + 4], strict=True)),
        ]
        rows += [[f"{s.total} {k // 4 + 1}", sum(AMOUNTS[k : k + 4])]]
    return book([*rows, [s.total, ALL]]), (ALL,)


def levels_grand_total_on_top(s: Speech) -> Made:
    rows = plain(s)
    rows.insert(1, [s.total, ALL])
    return book(rows), (ALL,)


# -- 5: direction -----------------------------------------------------------------------------


def _sided(s: Speech) -> list[tuple[str, bool, int]]:
    return [(s.services[k], k >= len(OWN), v) for k, v in enumerate((*OWN, *TAKEN))]


def direction_words(s: Speech) -> Made:
    rows: list[Row] = [[s.service, s.side, f"{s.amount} {s.currency}"]]
    rows += [[n, s.into if income else s.out, v] for n, income, v in _sided(s)]
    return csv(rows), (NET,)


def direction_capitals(s: Speech) -> Made:
    rows: list[Row] = [[s.side.upper(), s.service, f"{s.amount} {s.currency}"]]
    rows += [[(s.into if income else s.out).upper(), n, v] for n, income, v in _sided(s)]
    return book(rows), (NET,)


def direction_sections(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.amount} {s.currency}"], [s.out]]
    rows += [[n, v] for n, income, v in _sided(s) if not income]
    rows += [[f"{s.total} {s.out}", sum(OWN)], [s.into]]
    rows += [[n, v] for n, income, v in _sided(s) if income]
    return book([*rows, [f"{s.total} {s.into}", sum(TAKEN)]]), (NET,)


def direction_income_first(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.amount} {s.currency}"], [s.into.upper()]]
    rows += [[n, v] for n, income, v in _sided(s) if income]
    rows += [[f"{s.total} {s.into.lower()}", sum(TAKEN)], [], [s.out.upper()]]
    rows += [[n, v] for n, income, v in _sided(s) if not income]
    return book([*rows, [f"{s.total} {s.out.lower()}", sum(OWN)]]), (NET,)


def direction_columns(s: Speech) -> Made:
    into = [v // 7 for v in AMOUNTS]
    rows: list[Row] = [[s.service, f"{s.out} {s.currency}", f"{s.into} {s.currency}"]]
    rows += [[n, v, i] for n, v, i in zip(s.services, AMOUNTS, into, strict=False)]
    return book([*rows, [s.total, ALL, sum(into)]]), (ALL - sum(into),)


def direction_sheets(s: Speech) -> Made:
    out: list[Row] = [
        [s.service, f"{s.amount} {s.currency}"],
        *([n, v] for n, i, v in _sided(s) if not i),
        [s.total, sum(OWN)],
    ]
    into: list[Row] = [
        [s.service, f"{s.amount} {s.currency}"],
        *([n, v] for n, i, v in _sided(s) if i),
        [s.total, sum(TAKEN)],
    ]
    return book(sheet(out, s.out), sheet(into, s.into)), (NET,)


def direction_letters(s: Speech) -> Made:
    a, b = s.out[0].upper(), s.into[0].upper()
    if a == b:
        a, b = "D", "C"
    rows: list[Row] = [[s.service, f"{a}/{b}", f"{s.amount} {s.currency}"]]
    rows += [[n, b if income else a, v] for n, income, v in _sided(s)]
    return csv(rows), (NET,)


def direction_repeated_columns(s: Speech) -> Made:
    """Both sides for two years, side by side."""
    rows: list[Row] = [[None, s.out, None, s.into, None], [s.service, 2024, 2025, 2024, 2025]]
    rows += [[n, v, v + 100, v // 5, v // 5 + 10] for n, v in zip(s.services, AMOUNTS, strict=False)]
    into = sum(v // 5 for v in AMOUNTS)
    rows.insert(0, [f"{s.budget} ({s.currency})"])
    return book(rows), (ALL - into, ALL + 800 - into - 80)


def direction_two_tables(s: Speech) -> Made:
    rows: list[Row] = [
        [s.into],
        [s.service, f"{s.amount} {s.currency}"],
        *([n, v] for n, i, v in _sided(s) if i),
    ]
    rows += [[s.total, sum(TAKEN)], [], [s.out], [s.service, f"{s.amount} {s.currency}"]]
    rows += [[n, v] for n, i, v in _sided(s) if not i]
    return book([*rows, [s.total, sum(OWN)]]), (NET,)


# -- 6: below, beside and around ----------------------------------------------------------------


def below_of_which(s: Speech) -> Made:
    rows: list[Row] = [
        *plain(s),
        [s.total, ALL],
        [f"{s.of_which} {s.services[8]}", 20_114],
        [f"{s.of_which} {s.services[9]}", 8_033],
    ]
    return book(rows), (ALL,)


def below_memo_block(s: Speech) -> Made:
    rows: list[Row] = [
        *plain(s),
        [s.total, ALL],
        [],
        [f"{s.of_which}:"],
        [s.services[8], 20_114],
        [s.services[9], 8_033],
    ]
    return book(rows), (ALL,)


def below_stray(s: Speech) -> Made:
    rows: list[Row] = [
        *plain(s),
        [s.total, ALL],
        *([] for _ in range(6)),
        [None, 268_000_417],
        [None, 91_003],
    ]
    return book(rows), (ALL,)


def below_unlabelled_total(s: Speech) -> Made:
    return book([*plain(s), [], [None, ALL]]), (ALL,)


def below_wrong_total(s: Speech) -> Made:
    return book([*plain(s), [s.total, ALL + 1_917]]), (ALL,)


def below_balances(s: Speech) -> Made:
    rows: list[Row] = [*plain(s), [s.total, ALL], [], [s.opening, 2_114_208], [s.closing, 2_114_208 - ALL]]
    return book(rows), (ALL,)


def below_inhabitants(s: Speech) -> Made:
    return book([*plain(s), [s.total, ALL], [], [s.inhabitants, 248_700]]), (ALL,)


def below_reserves_of_accounts(s: Speech) -> Made:
    """Grand total on top; below, accounts that close at nil show what moved their reserves."""
    rows: list[Row] = [[s.code, s.service, f"{s.amount} {s.currency}"], [None, s.total, ALL]]
    for k in (0, 4):
        rows.append([1000 * (k // 4 + 1), s.services[k].upper(), sum(AMOUNTS[k : k + 4])])
        rows += [
            [100 * (k // 4 + 1) + 10 * i, n, v]
            for i, (n, v) in enumerate(zip(s.services[k : k + 4], AMOUNTS[k : k + 4], strict=True))
        ]
    rows += [
        [],
        [2850, s.services[8].upper(), 0],
        [None, "Fonds +", 4_741_286],
        [2860, s.services[9].upper(), 0],
        [None, "Fonds -", -7_723_560],
    ]
    return csv(rows), (ALL,)


def below_filtered(s: Speech) -> Made:
    rows: list[Row] = [*plain(s), [], [None, sum(AMOUNTS[:3])]]
    return book(sheet(rows, hidden_rows=frozenset(range(4, 9)))), (ALL,)


def below_next_table(s: Speech) -> Made:
    """Below, the same money by kind of cost."""
    rows: list[Row] = [*plain(s), [s.total, ALL], [], [], [s.level, f"{s.amount} {s.currency}"]]
    rows += [["A", 1_000_000], ["B", ALL - 1_000_000], [s.total, ALL]]
    return book(rows), (ALL,)


# -- 7: periods and measures --------------------------------------------------------------------


def periods_months_equal(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.budget} 2025 ({s.currency})"], [s.service, *s.months]]
    rows += [[n, *[v] * 12] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (12 * ALL,)


def periods_months(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.budget} 2025 ({s.currency})"], [s.service, *s.months]]
    rows += [[n, *(v + 13 * k for k in range(12))] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (12 * ALL + 8 * 13 * 66,)


def periods_months_and_total(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.budget} 2025 ({s.currency})"], [s.service, *s.months, s.total]]
    rows += [[n, *[v] * 12, 12 * v] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (12 * ALL,)


def periods_quarters(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.budget} 2025 ({s.currency})"], [s.service, "Q1", "Q2", "Q3", "Q4"]]
    rows += [[n, *[v] * 4] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (4 * ALL,)


def periods_variance(s: Speech) -> Made:
    rows: list[Row] = [
        [
            f"{s.service}",
            f"{s.budget} 2025 {s.currency}",
            f"{s.actual} 2025 {s.currency}",
            f"{s.variance} {s.currency}",
        ]
    ]
    rows += [
        [n, v, v - 41 * k, -41 * k] for k, (n, v) in enumerate(zip(s.services, AMOUNTS, strict=False), 1)
    ]
    return book(rows), (ALL,)


def periods_phases(s: Speech) -> Made:
    rows: list[Row] = [
        [s.service, f"{s.original} {s.currency}", f"{s.revised} {s.currency}", f"{s.actual} {s.currency}"]
    ]
    rows += [[n, v, v + 417, v - 1_033] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (ALL, ALL + 8 * 417)


def periods_years(s: Speech) -> Made:
    rows: list[Row] = [[s.service, *(f"{s.budget} {year} {s.currency}" for year in (2024, 2025, 2026))]]
    rows += [[n, v, v + 90, v + 190] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (ALL, ALL + 720, ALL + 1520)


def periods_stacked_years(s: Speech) -> Made:
    rows: list[Row] = [[s.service, "Year", f"{s.amount} {s.currency}"]]
    for year, more in ((2024, 0), (2025, 77)):
        rows += [[n, year, v + more] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return csv(rows), (ALL, ALL + 8 * 77)


def periods_stacked_versions(s: Speech) -> Made:
    rows: list[Row] = [[s.service, "Version", f"{s.amount} {s.currency}"]]
    rows += [
        [n, what, v + more]
        for n, v in zip(s.services, AMOUNTS, strict=False)
        for what, more in ((s.original, 0), (s.revised, 417), (s.actual, -1_033))
    ]
    return csv(rows), (ALL, ALL + 8 * 417, ALL - 8 * 1_033)


# -- 6: statements ------------------------------------------------------------------------------


def statement_balance_sheet(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.balance_sheet} 31.12.2024 ({s.currency})"], [None, 2024, 2023]]
    rows += [[n, v, v - 90] for n, v in zip(("Land", "Plant", "Cash", "Debtors"), AMOUNTS, strict=False)]
    rows += [[s.total, sum(AMOUNTS[:4]), sum(AMOUNTS[:4]) - 360]]
    return book(rows), ()


def statement_cash_flow(s: Speech) -> Made:
    """Months, receipts with their total, payments with theirs, and what was held before and after."""
    head: Row = [None, s.months[0], s.months[1], s.months[2], s.total]
    into = [(71_204, 75_113, 53_091), (93_602, 132_007, 120_655), (31_542, 34_518, 16_309)]
    out = [(110_418, 135_522, 149_731), (34_517, 28_533, 11_414), (44_003, 37_902, 15_816)]
    rows: list[Row] = [[f"Cash flow ({s.currency})"], head, [s.into.upper()]]
    rows += [[s.services[k], *v, sum(v)] for k, v in enumerate(into)]
    sums = [sum(v[k] for v in into) for k in range(3)]
    rows += [[f"{s.total} {s.into}", *sums, sum(sums)], [s.out.upper()]]
    rows += [[s.services[k + 3], *v, sum(v)] for k, v in enumerate(out)]
    spent = [sum(v[k] for v in out) for k in range(3)]
    rows += [[f"{s.total} {s.out}", *spent, sum(spent)]]
    held = [981_300]
    for a, b in zip(sums, spent, strict=True):
        held.append(held[-1] + a - b)
    rows += [[s.opening, *held[:3], None], [s.closing, *held[1:], None]]
    return csv(rows), (sum(spent) - sum(sums), sum(spent))


def statement_results_plan(s: Speech) -> Made:
    """Signs before the labels, results after each block; all lines positive."""
    into, out = (733_670, 338_191, 22_898), (388_988, 32_287, 685_738)
    names = s.services
    rows: list[Row] = [["Nr.", s.service, f"{s.budget} 2025 {s.currency}", f"{s.budget} 2026 {s.currency}"]]
    rows += [[f"{k + 1:02d}", f"{'+ ' if k else ''}{names[k]}", v, v + 1_000] for k, v in enumerate(into)]
    rows += [["04", f"= {s.into}", sum(into), sum(into) + 3_000]]
    rows += [[f"{k + 5:02d}", f"- {names[k + 3]}", v, v + 2_000] for k, v in enumerate(out)]
    rows += [["08", f"= {s.out}", sum(out), sum(out) + 6_000]]
    rows += [["09", "= (4 - 8)", sum(into) - sum(out), sum(into) - sum(out) - 3_000]]
    return csv(rows), (sum(out) - sum(into), sum(out) - sum(into) + 3_000)


def statement_price_list(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.price} {s.currency}"]]
    rows += [[n, p] for n, p in zip(s.services, (12.5, 8.0, 3.75, 110.0, 42.0, 9.9, 15.0, 6.5), strict=False)]
    return book(rows), ()


# -- 8: units -----------------------------------------------------------------------------------

SMALL = tuple(v // 100 for v in AMOUNTS)


def units_thousand_title(s: Speech) -> Made:
    return book([[f"{s.budget} 2025 ({s.thousand})"], *plain(s, "2025", SMALL)]), (1000 * sum(SMALL),)


def units_thousand_header(s: Speech) -> Made:
    return book(plain(s, f"{s.amount} ({s.thousand})", SMALL)), (1000 * sum(SMALL),)


def units_million_header(s: Speech) -> Made:
    return book(plain(s, f"{s.amount} ({s.million})", tuple(v // 10_000 for v in AMOUNTS))), (
        1_000_000 * sum(v // 10_000 for v in AMOUNTS),
    )


def units_million_title(s: Speech) -> Made:
    return book(
        [[f"{s.budget} 2025, {s.million}"], *plain(s, "2025", tuple(v // 10_000 for v in AMOUNTS))]
    ), (1_000_000 * sum(v // 10_000 for v in AMOUNTS),)


def units_by_row(s: Speech) -> Made:
    rows: list[Row] = [[s.service, "Unit", s.amount]]
    rows += [[n, s.thousand, v] for n, v in zip(s.services[:4], SMALL, strict=False)]
    rows += [[n, s.million, v // 100] for n, v in zip(s.services[4:8], SMALL[4:], strict=False)]
    return csv(rows), (1000 * sum(SMALL[:4]) + 1_000_000 * sum(v // 100 for v in SMALL[4:]),)


def units_currencies(s: Speech) -> Made:
    rows: list[Row] = [[s.service, "Currency", s.amount]]
    rows += [
        [n, c, v]
        for (n, v), c in zip(zip(s.services, AMOUNTS, strict=False), ("EUR", "USD") * 4, strict=False)
    ]
    return csv(rows), ()


# -- 9: money twice -------------------------------------------------------------------------------


def twice_copied(s: Speech) -> Made:
    rows: list[Row] = [*plain(s), [s.total, ALL]]
    return book(sheet(rows, "2025"), sheet([list(row) for row in rows], "2025 (2)")), (ALL,)


def twice_in_thousands(s: Speech) -> Made:
    small: list[Row] = [
        [s.service, s.thousand],
        *([n, round(v / 1000, 1)] for n, v in zip(s.services, AMOUNTS, strict=False)),
    ]
    return book(sheet(plain(s), "A"), sheet(small, "B")), (
        ALL,
        sum(Decimal(str(round(v / 1000, 1))) for v in AMOUNTS) * 1000,
    )


def twice_one_line_changed(s: Speech) -> Made:
    rows, again = plain(s), plain(s)
    again[3][1] = 121_000
    return book(sheet(rows, s.original), sheet(again, s.revised)), (ALL, ALL + 582)


def twice_summary_and_detail(s: Speech) -> Made:
    detail: list[Row] = [[s.level, s.service, f"{s.amount} {s.currency}"]]
    detail += [
        ["A" if k < 4 else "B", n, v] for k, (n, v) in enumerate(zip(s.services, AMOUNTS, strict=False))
    ]
    short: list[Row] = [
        [s.level, f"{s.amount} {s.currency}"],
        ["A", sum(AMOUNTS[:4])],
        ["B", sum(AMOUNTS[4:])],
        [s.total, ALL],
    ]
    return book(sheet(short, "1"), sheet(detail, "2")), (ALL,)


def twice_same_header(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.amount} {s.currency}", f"{s.amount} {s.currency}"]]
    rows += [[n, v, v] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (ALL,)


def twice_sorted_again(s: Speech) -> Made:
    rows = plain(s)
    return book(
        sheet(rows, "A"), sheet([rows[0], *sorted(rows[1:], key=lambda row: float(str(row[1])))], "B")
    ), (ALL,)


# -- 10: hidden -----------------------------------------------------------------------------------


def hidden_rows(s: Speech) -> Made:
    return book(sheet([*plain(s), [s.total, ALL]], hidden_rows=frozenset((3, 4)))), (ALL,)


def hidden_column(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.original} {s.currency}", f"{s.revised} {s.currency}"]]
    rows += [[n, v, v + 500] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(sheet(rows, hidden_columns=frozenset((1,)))), (ALL + 8 * 500, ALL)


def hidden_sheet(s: Speech) -> Made:
    other = plain(s, amounts=tuple(v + 311 for v in AMOUNTS))
    return book(sheet(plain(s), "1"), sheet(other, "2", Visibility.HIDDEN)), (ALL,)


def hidden_struck(s: Speech) -> Made:
    rows: list[Row] = [*plain(s), [s.total, ALL - AMOUNTS[2]]]
    return book(sheet(rows, struck_cells=frozenset(((3, 0), (3, 1))))), (ALL - AMOUNTS[2], ALL)


# -- 11: a difference by its cell -----------------------------------------------------------------


def gaps_error_under_total(s: Speech) -> Made:
    rows: list[Row] = [*plain(s), [s.total, ALL + 91_337]]
    rows.insert(4, [s.services[8], None])
    return book(sheet(rows, error_cells={(4, 1): "#REF!"})), (ALL,)


def gaps_blank_under_total(s: Speech) -> Made:
    rows: list[Row] = [*plain(s), [s.total, ALL + 91_337]]
    rows.insert(4, [s.services[8], None])
    return book(rows), (ALL,)


# -- 12: more doors -------------------------------------------------------------------------------


def doors_html(s: Speech) -> Made:
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in plain(s))
    return (
        f'<html><head><meta charset="utf-8"></head><body><table>{cells}</table></body></html>'.encode(),
        "export.xls",
    ), (ALL,)


def doors_excel_2003(s: Speech) -> Made:
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    cells = "".join(
        "<Row>"
        + "".join(
            f'<Cell><Data ss:Type="{"Number" if isinstance(c, int) else "String"}">{c}</Data></Cell>'
            for c in row
        )
        + "</Row>"
        for row in plain(s)
    )
    text = f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook {space}><Worksheet ss:Name="A"><Table>{cells}</Table></Worksheet></Workbook>'
    return (text.encode(), "export.xls"), (ALL,)


def doors_fixed_width(s: Speech) -> Made:
    lines_ = [f"{row[0]!s:<34}{row[1]!s:>16}" for row in plain(s)]
    return ("\n".join(lines_).encode(), "listing.txt"), (ALL,)


CODINGS = {
    "de": "iso-8859-15",
    "fr": "iso-8859-15",
    "es": "cp1252",
    "it": "cp1252",
    "nl": "cp1252",
    "pl": "cp1250",
    "pt": "iso-8859-15",
    "sv": "cp1252",
    "cs": "cp1250",
    "ru": "cp1251",
    "bg": "cp1251",
    "tr": "cp1254",
    "ja": "shift_jis",
    "cy": "cp1252",
    "en": "cp1252",
    "el": "cp1253",
    "hu": "cp1250",
    "fi": "iso-8859-15",
    "ro": "iso-8859-16",
    "hr": "cp1250",
    "uk": "cp1251",
    "da": "cp1252",
    "no": "cp1252",
    "zh": "gb18030",
    "ar": "cp1256",
    "he": "cp1255",
    "ko": "euc-kr",
    "id": "cp1252",
    "sk": "cp1250",
    "sl": "cp1250",
    "lt": "cp1257",
    "ca": "cp1252",
    "vi": "utf-8-sig",
    "hi": "utf-8",
}


def doors_own_coding(s: Speech) -> Made:
    language = next(key for key, speech in SPEECHES.items() if speech is s)
    return csv(plain(s), coding=CODINGS[language]), (ALL,)


def doors_utf_16(s: Speech) -> Made:
    return csv(plain(s), "\t", "utf-16", "export.xls"), (ALL,)


def doors_pipes(s: Speech) -> Made:
    return csv(plain(s), "|"), (ALL,)


def doors_thousands_unquoted(s: Speech) -> Made:
    rows: list[Row] = [*plain(s), [s.total, ALL]]
    text = "\n".join(
        f"{row[0]},{row[1]:,}" if isinstance(row[1], int) else f"{row[0]},{row[1]}" for row in rows
    )
    return (text.encode(), "book.csv"), (ALL,)


def doors_quoted_lines(s: Speech) -> Made:
    """Each line is quoted whole, as some exports write."""
    text = "\n".join('"' + ",".join(str(c) for c in row) + '"' for row in plain(s))
    return (text.encode(), "book.csv"), (ALL,)


KINDS: dict[str, tuple[Layout, ...]] = {
    "3 marks": (
        marks_footnotes,
        marks_flags,
        marks_currency_in_front,
        marks_currency_behind,
        marks_no_break_spaces,
        marks_apostrophes,
        marks_trailing_minus,
        marks_dash_for_zero,
        marks_unsaid,
        marks_guarded,
        marks_scientific,
        marks_dots_or_commas_only,
        marks_crowded,
        heads_amounts_like_years,
        heads_row_of_unsaid,
        heads_numbered_columns,
        heads_lettered_columns,
        heads_years_as_numbers,
        heads_two_rows,
        heads_metadata_above,
        heads_metadata_with_multiplier,
    ),
    "4 levels": (
        levels_dotted,
        levels_prefixes,
        levels_zeros,
        levels_column,
        levels_parents,
        levels_staircase,
        levels_indents,
        levels_round,
        levels_single_children,
        levels_totals_below,
        levels_grand_total_on_top,
    ),
    "5 direction": (
        direction_words,
        direction_capitals,
        direction_sections,
        direction_income_first,
        direction_columns,
        direction_sheets,
        direction_letters,
        direction_repeated_columns,
        direction_two_tables,
    ),
    "6 below": (
        below_of_which,
        below_memo_block,
        below_stray,
        below_unlabelled_total,
        below_wrong_total,
        below_balances,
        below_inhabitants,
        below_reserves_of_accounts,
        below_filtered,
        below_next_table,
        statement_balance_sheet,
        statement_cash_flow,
        statement_results_plan,
        statement_price_list,
    ),
    "7 periods": (
        periods_months_equal,
        periods_months,
        periods_months_and_total,
        periods_quarters,
        periods_variance,
        periods_phases,
        periods_years,
        periods_stacked_years,
        periods_stacked_versions,
        heads_codes_and_people,
        heads_price_and_number,
    ),
    "8 units": (
        units_thousand_title,
        units_thousand_header,
        units_million_header,
        units_million_title,
        units_by_row,
        units_currencies,
    ),
    "9 twice": (
        twice_copied,
        twice_in_thousands,
        twice_one_line_changed,
        twice_summary_and_detail,
        twice_same_header,
        twice_sorted_again,
    ),
    "10 hidden": (hidden_rows, hidden_column, hidden_sheet, hidden_struck),
    "11 gaps": (gaps_error_under_total, gaps_blank_under_total),
    "12 doors": (
        doors_html,
        doors_excel_2003,
        doors_fixed_width,
        doors_own_coding,
        doors_utf_16,
        doors_pipes,
        doors_thousands_unquoted,
        doors_quoted_lines,
    ),
}
NAMED: dict[Layout, str] = {
    marks_crowded: "#|could not be read|no amount",
    units_currencies: "currenc",
    statement_price_list: "money|belong|price",
}
"""Of some layouts a question or a problem is the right answer, whatever is loaded."""


def layouts(kind: str) -> tuple[Layout, ...]:
    """The layouts of one kind."""
    return (*KINDS.get(kind, ()), *invented_more.MORE.get(kind, ()))


def every_budget(languages: tuple[str, ...] = tuple(SPEECHES)) -> Iterator[Invented]:
    """Every layout in some languages."""
    for kind in {**KINDS, **invented_more.MORE}:
        for layout in layouts(kind):
            for language in languages:
                yield _made(kind, layout, language)


def in_turn(kind: str, each: int = 1) -> Iterator[Invented]:
    """Every layout of one kind in a language or a few, so that all have their turn."""
    languages = tuple(SPEECHES)
    for place, layout in enumerate(layouts(kind)):
        for turn in range(each):
            yield _made(kind, layout, languages[(place * each + turn + len(kind)) % len(languages)])


def _made(kind: str, layout: Layout, language: str) -> Invented:
    made, right = layout(SPEECHES[language])
    named = (NAMED | invented_more.NAMED).get(layout, "")
    return Invented(kind, layout.__name__, language, made, tuple(map(Decimal, right)), not right, named)
