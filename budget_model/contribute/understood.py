"""What a file that was read says for one organisation and year: its lines, its own totals, what is open.

A reading knows the workbook; only here is it known whose money is being sent and of which year. So the
questions that depend on that are asked here: whose rows of a national table, which year's column.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain

from budget_model.contribute.about import About
from budget_model.contribute.pennies import in_whole_pennies
from budget_model.contribute.submission import net
from budget_model.contribute.years import dated_years, other_years, same_year
from budget_model.intake.reading import Reading, ReadLine, lines, measures_to_load
from budget_model.intake.rules.on_checks.printed_totals import GAP_UNDER_TOTAL
from budget_model.intake.sheet.table import INCOME_SIDE, Measure, Question, SheetTable
from budget_model.mapping.wording import plain
from budget_model.money import NOTHING, to_penny
from budget_model.place.model import Organisation
from budget_model.problem import Location, Problem, Severity
from budget_model.vocabulary import OrganisationType, Side

BODY = "body"
"""The question: whose rows of a table that has a row for each of many bodies."""
YEAR = "year"
"""The question: whether figures headed with another year are to be loaded all the same."""
NOT_THIS_YEAR, ALL_THE_SAME = "no", "yes"
EVERY_ROW = "all rows"
INCOME = "income"
"""The question: whether a layout that speaks of nothing but income is what the body receives, or has to spend."""
SPENT, RECEIVED = "what it has to spend", "what it receives"
TAKE = "take"
"""A correction: 'take:' and a table's fingerprint, whether it is to be loaded at all."""
SAME_COLUMNS = "measures"
"""The question: which of several tables with the same columns and bodies is to be loaded."""
MANY_BODIES = 20
"""A column with at least so many different names lists bodies rather than parts of one."""
COMMON_WORDS: Mapping[OrganisationType, frozenset[str]] = {
    OrganisationType.COUNCIL: frozenset(
        [
            "authority",
            "bc",
            "borough",
            "cc",
            "city",
            "council",
            "county",
            "dc",
            "district",
            "mbc",
            "metropolitan",
            "of",
            "the",
            "ua",
            "unitary",
        ]
    ),
    OrganisationType.NHS: frozenset(
        ["ccg", "clinical", "commissioning", "foundation", "group", "nhs", "the", "trust"]
    ),
}
"""Words that every body of a kind has in its name, and that tell none of them apart."""
LIKE_ENOUGH = 88
"""How alike two names have to be, of 100, for the one to be offered for the other."""
PUTTING_IN = ("load", "money")
"""The kinds of question whether a table that is not loaded should be."""
AMOUNT = "line amount"


@dataclass(frozen=True, slots=True)
class SheetRead:
    """One table that is loaded: its money, pounds net of income, and what it prints itself."""

    table: int
    sheet: str
    extent: str
    unit: str
    columns: tuple[str, ...]
    lines: int
    total: Decimal
    printed: Decimal | None
    """None where the table prints no total of all its lines."""
    checked: int
    """How many printed totals were held against their lines."""
    disagreeing: tuple[str, ...]
    """A sentence for each printed total that its lines do not come to."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the file that is not loaded, counted, with the reason."""

    sheet: str
    what: str
    how_many: int
    reason: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Understood:
    """What a file says for one organisation and year, before any of it is mapped."""

    reading: Reading
    lines: tuple[ReadLine, ...]
    sheets: tuple[SheetRead, ...]
    left_out: tuple[LeftOut, ...]
    questions: tuple[Question, ...]
    """Those that nobody has answered."""
    problems: tuple[Problem, ...]
    layout: str
    """The fingerprints of the headers, under which answers are remembered."""
    refused: str | None = None
    tables: tuple[int, ...] = ()
    """Which tables of the reading are loaded."""
    aside: Mapping[int, str] = field(default_factory=dict)
    """Tables that the reading would load and this organisation does not, and why."""

    @property
    def read_total(self) -> Decimal:
        """Expenditure less income over every line, pounds."""
        return net(self.lines)

    @property
    def printed_total(self) -> Decimal | None:
        """What the file itself prints for all that is loaded; None where a sheet prints no such total.

        Where another sheet's total disagrees with its lines, a sheet that prints none stands for itself, so
        that the difference is not lost.
        """
        disagrees = any(sheet.printed not in (None, sheet.total) for sheet in self.sheets)
        if not self.sheets or (not disagrees and any(sheet.printed is None for sheet in self.sheets)):
            return None
        return sum(
            (sheet.total if sheet.printed is None else sheet.printed for sheet in self.sheets), NOTHING
        )


def understood(
    reading: Reading, about: About, organisation: Organisation, answers: Mapping[str, str]
) -> Understood:
    """Take from a reading what is about one organisation and year, and ask what that leaves open."""
    if reading.refused:
        return Understood(reading, (), (), (), (), reading.problems, "", reading.refused)
    parts = [_part(reading, number, about, organisation, answers) for number in _wanted(reading, answers)]
    loaded, aside, asked = _each_amount_once(parts, organisation, answers)
    loaded, of_side = _nothing_but_income(loaded, organisation, answers)
    loaded = tuple(replace(part, lines=in_whole_pennies(part.lines)) for part in loaded)
    read_lines = list(chain.from_iterable(part.lines for part in loaded))
    tables = tuple(part.number for part in loaded)
    questions = [
        *_open_questions(reading, tables, about, answers, of_body=any(_is_return(part) for part in loaded)),
        *asked,
        *chain.from_iterable(part.asked for part in loaded),
        *of_side,
        *_other_year(reading, tables, read_lines, about, answers),
    ]
    sheets = tuple(_sheet(part, about) for part in loaded)
    problems = [*reading.problems, *(problem for part in loaded for problem in part.table.problems)]
    return Understood(
        reading,
        tuple(read_lines),
        sheets,
        tuple(_left_out(reading, loaded, aside)),
        _once(questions),
        tuple(dict.fromkeys([*problems, *_without_words(reading, read_lines)])),
        layout_of(reading, tables),
        tables=tables,
        aside=aside,
    )


def layout_of(reading: Reading, tables: Sequence[int]) -> str:
    """The fingerprint under which answers to this layout's questions are remembered."""
    return " ".join(reading.tables[number].fingerprint for number in tables)


def whole_tables(
    reading: Reading, tables: Sequence[int], about: About
) -> tuple[tuple[SheetRead, ...], tuple[LeftOut, ...]]:
    """What some tables hold whose every row is one organisation's, and what of their sheets is left out.

    Tables of other sheets are left out in silence: they are another submission's.
    """
    parts = [
        _Part(number, reading.tables[number], in_whole_pennies(lines(reading, tables=[number])), (), "", 0)
        for number in tables
    ]
    sheets = {part.table.sheet for part in parts}
    left = (out for out in _left_out(reading, parts, {}) if out.sheet in sheets)
    return tuple(_sheet(part, about) for part in parts), tuple(left)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one table holds for the organisation."""

    number: int
    table: SheetTable
    lines: tuple[ReadLine, ...]
    asked: tuple[Question, ...]
    whose: str
    """The body whose rows were taken; empty where every row was."""
    bodies: int
    """How many bodies have rows in it."""
    turned: bool = False
    """Whether what reads as income is spending."""


def _wanted(reading: Reading, answers: Mapping[str, str]) -> tuple[int, ...]:
    """The tables that the reading would load, but for those that the officer put in or left out."""
    said = {number: answers.get(f"{TAKE}:{table.fingerprint}") for number, table in enumerate(reading.tables)}
    return tuple(
        number
        for number, answer in said.items()
        if answer == "yes" or (answer != "no" and number in reading.chosen)
    )


def _each_amount_once(
    parts: Sequence[_Part], organisation: Organisation, answers: Mapping[str, str]
) -> tuple[tuple[_Part, ...], dict[int, str], tuple[Question, ...]]:
    """Set aside what says the organisation's figures a second time: a form that looks them up, other measures.

    A return of many bodies comes with a sheet that shows any one of them at a time: whose figures it holds
    just now is chance. And the same columns on several sheets, for the same bodies, are several measures of
    the same money.
    """
    own = [part for part in parts if _is_return(part)]
    aside = _one_body_at_a_time(parts, own[0], answers) if own else {}
    others, asked = _one_measure(_alike(own), organisation, answers)
    aside |= others
    return tuple(part for part in parts if part.number not in aside), aside, asked


def _one_body_at_a_time(parts: Sequence[_Part], own: _Part, answers: Mapping[str, str]) -> dict[int, str]:
    """Why tables without bodies beside a return of many are left out, but for those that the officer put in."""
    where = own.table.sheet or "the table of all bodies"
    return {
        part.number: f"it shows one body at a time; {own.whose}'s own row is on '{where}'"
        for part in parts
        if not part.bodies and answers.get(f"{TAKE}:{part.table.fingerprint}") != "yes"
    }


def _one_measure(
    alike: Sequence[_Part], organisation: Organisation, answers: Mapping[str, str]
) -> tuple[dict[int, str], tuple[Question, ...]]:
    """Of tables with the same columns, why all but one are left out, and the question while nobody has chosen."""
    if len(alike) < 2:
        return {}, ()
    question = _which_measure(alike, organisation)
    answer = answers.get(question.key)
    is_open = answer not in question.options
    kept = question.best if is_open else answer
    aside = {
        part.number: f"it is another measure of the same columns as '{kept}'"
        for name, part in zip(question.options, alike, strict=True)
        if name != kept
    }
    return aside, (question,) if is_open else ()


def _which_measure(alike: Sequence[_Part], organisation: Organisation) -> Question:
    """The question which of several tables with the same columns is to be loaded, each by a name of its own."""
    names = [_distinct_name(part, alike) for part in alike]
    best = next((name for name in names if _NET_CURRENT.search(name)), names[0])
    return Question(
        f"{SAME_COLUMNS}:{alike[0].table.fingerprint}",
        f"{len(alike)} sheets have the same columns for {organisation.name}: they are measures of the same money. "
        "Which one is to be loaded?",
        best,
        "it is what the services cost to run"
        if _NET_CURRENT.search(best)
        else "it comes first, and adding them up would count the same money again",
        tuple(names),
    )


def _nothing_but_income(
    parts: tuple[_Part, ...], organisation: Organisation, answers: Mapping[str, str]
) -> tuple[tuple[_Part, ...], tuple[Question, ...]]:
    """Ask what a file of grants and allocations is: as income alone it would take money off the map."""
    read_lines = [line for part in parts for line in part.lines]
    if not read_lines or any(line.side is Side.EXPENDITURE for line in read_lines):
        return parts, ()
    key = f"{INCOME}:{parts[0].table.fingerprint}"
    answer = answers.get(key)
    question = Question(
        key,
        f"Every amount reads as income. Is it what {organisation.name} has to spend, or what it receives?",
        SPENT,
        "the map shows what is spent, and an allocation is spent by whoever is given it",
        (SPENT, RECEIVED),
    )
    asked = () if answer in (SPENT, RECEIVED) else (question,)
    if answer == RECEIVED:
        return parts, asked
    return tuple(
        replace(part, lines=tuple(replace(line, side=Side.EXPENDITURE) for line in part.lines), turned=True)
        for part in parts
    ), asked


_NET_CURRENT = re.compile(r"\bnet current\b", re.IGNORECASE)


def _is_return(part: _Part) -> bool:
    """Whether a table has a row for each of many bodies, and the organisation's own was found."""
    return bool(part.whose) and part.bodies >= MANY_BODIES


def _alike(parts: Sequence[_Part]) -> tuple[_Part, ...]:
    """The tables that have most of the first one's columns, whichever of them would be loaded."""
    names = [{plain(measure.name) for measure in part.table.measures} for part in parts]
    first = names[0] if names else set[str]()
    return tuple(
        part
        for part, own in zip(parts, names, strict=True)
        if len(first) > 2 and len(first & own) >= 0.5 * min(len(first), len(own) or 1)
    )


def _distinct_name(part: _Part, others: Sequence[_Part]) -> str:
    """A table by its sheet and by the words above it that the others have not."""
    theirs = {title for other in others if other is not part for title in other.table.titles}
    own = next((title for title in part.table.titles if title not in theirs), "")
    return f"{part.table.sheet}: {own}"[:90] if own else part.table.sheet or str(part.table.extent)


def columns_of_year(table: SheetTable, year: str) -> tuple[Measure, ...]:
    """The columns of amounts that would be loaded: those of the year asked for where the table has them."""
    years = _years_of(table)
    usual = measures_to_load(table)
    of_year = _of_year(table, year)
    said = {years[measure] for measure in usual if years.get(measure)}
    if not of_year or not said or any(same_year(one or "", year) for one in said):
        return usual
    choice = of_year[-1].choice
    return tuple(measure for measure in of_year if measure.choice == choice)


def _of_year(table: SheetTable, year: str) -> list[Measure]:
    return [measure for measure, said in _years_of(table).items() if said and same_year(said, year)]


def _years_of(table: SheetTable) -> dict[Measure, str | None]:
    """The year of each column of amounts; of columns headed by year ends, the financial year that ends there."""
    amounts = [measure for measure in table.measures if measure.role == AMOUNT]
    ends = dated_years([amount.name for amount in amounts])
    return {amount: end or amount.year for amount, end in zip(amounts, ends, strict=True)}


def _part(
    reading: Reading, number: int, about: About, organisation: Organisation, answers: Mapping[str, str]
) -> _Part:
    table = reading.tables[number]
    bodies = [text for word in table.words if word.letter == table.body_column for text in word.texts if text]
    named = _named_elsewhere(table, organisation)
    whose, asked = EVERY_ROW, list[Question]()
    if named is None and len(bodies) > 1:
        whose, asked = _body_meant(bodies, organisation, answers)
    own = "" if whose == EVERY_ROW else whose
    taken = _lines_of(reading, number, about.year, own)
    if named is not None:
        name, rows = named
        taken = tuple(line for line in taken if line.row in rows)
        return _Part(number, table, taken, (), name, max(len(bodies), MANY_BODIES))
    return _Part(number, table, taken, tuple(asked), own, len(bodies))


def _lines_of(reading: Reading, number: int, year: str, body: str) -> tuple[ReadLine, ...]:
    """The lines of one table for a year, of one body where it is named, in the order of the sheet."""
    table = reading.tables[number]
    years = _years_of(table)
    taken = [
        replace(line, year=years[measure] or line.year)
        for measure in columns_of_year(table, year)
        for line in lines(reading, tables=[number], measure=_name_of(table, measure), body=body or None)
    ]
    return tuple(sorted(taken, key=lambda line: line.row))


def _named_elsewhere(table: SheetTable, organisation: Organisation) -> tuple[str, frozenset[int]] | None:
    """The organisation's name as another column than that of the bodies holds it, and its rows.

    A table of colleges by council has a row for each college; the college's own name tells more than
    the council's.
    """
    names = _names(organisation)
    for column in table.words:
        if column.letter == table.body_column or len(column.texts) < MANY_BODIES:
            continue
        codes = {code for code, text in enumerate(column.texts) if plain(text) in names}
        if codes:
            said = column.codes.unpack().tolist()
            rows = table.line_rows.unpack().tolist()
            found = (table.first_row + row + 1 for row, code in zip(rows, said, strict=True) if code in codes)
            return column.texts[min(codes)], frozenset(found)
    return None


def _names(organisation: Organisation) -> set[str]:
    return {
        plain(one) for one in (organisation.name, organisation.short_name, organisation.id.replace("-", " "))
    }


def _core(name: str, kind: OrganisationType) -> str:
    """A body's name without the words that every body of its kind has; empty for kinds that have none.

    >>> _core("Derby City Council", OrganisationType.COUNCIL), _core("Derby UA", OrganisationType.COUNCIL)
    ('derby', 'derby')
    >>> _core("NHS Vale Clinical Commissioning Group", OrganisationType.NHS)
    'vale'
    """
    common = COMMON_WORDS.get(kind)
    return " ".join(word for word in plain(name).split() if word not in common) if common else ""


def _called(bodies: Sequence[str], names: Collection[str]) -> str:
    """The first body with one of some names; empty where none has."""
    return next((body for body in bodies if plain(body) in names), "")


def _named(bodies: Sequence[str], organisation: Organisation, answer: str | None) -> str:
    """The body that an answer names, else the one with the organisation's own name; empty where neither is there."""
    answered = _called(bodies, {plain(answer)}) if answer else ""
    if answered or answer == EVERY_ROW:
        return answered or EVERY_ROW
    return _called(bodies, _names(organisation))


def _body_meant(
    bodies: Sequence[str], organisation: Organisation, answers: Mapping[str, str]
) -> tuple[str, list[Question]]:
    """The body whose rows are meant, and the question where that is not plain."""
    if named := _named(bodies, organisation, answers.get(BODY)):
        return named, []
    from rapidfuzz import fuzz, process

    close = process.extract(
        plain(organisation.name),
        {body: plain(body) for body in bodies},
        scorer=fuzz.token_sort_ratio,
        limit=5,
    )
    near = [str(body) for _, score, body in close if score >= LIKE_ENOUGH]
    if core := _core(organisation.name, organisation.type):
        same = [body for body in bodies if _core(body, organisation.type) == core]
        if len(same) == 1:
            # 'Derby UA' can be no other than Derby City Council: only one council is called Derby.
            return same[0], []
        near = same + near
    best, reason = EVERY_ROW, f"no row is named like {organisation.name}"
    if near:
        best, reason = near[0], f"its name is like {organisation.name}"
    options = tuple(dict.fromkeys([best, *(str(body) for *_, body in close), EVERY_ROW]))
    return best, [
        Question(
            BODY,
            f"The table has rows for {len(bodies)} bodies. Whose are {organisation.name}'s?",
            best,
            reason,
            options,
        )
    ]


def _name_of(table: SheetTable, measure: Measure) -> str:
    """What a column is asked for by: its name where no other has it, else its letter."""
    alike = [one for one in table.measures if one.name.casefold() == measure.name.casefold()]
    return measure.name if len(alike) == 1 else measure.letter


def _other_year(
    reading: Reading,
    tables: Sequence[int],
    lines: Sequence[ReadLine],
    about: About,
    answers: Mapping[str, str],
) -> list[Question]:
    others = other_years(reading, tables, lines, about)
    if not others or answers.get(YEAR) == ALL_THE_SAME:
        return []
    return [
        Question(
            YEAR,
            f"The figures are of {', '.join(others)}. Load them as {about.year} all the same?",
            NOT_THIS_YEAR,
            "a figure of another year would be counted as this year’s",
            (NOT_THIS_YEAR, ALL_THE_SAME),
        )
    ]


def _open_questions(
    reading: Reading, tables: Sequence[int], about: About, answers: Mapping[str, str], *, of_body: bool
) -> Iterator[Question]:
    """What the reading asks of the tables that are loaded and nobody has answered.

    The year asked for chooses among columns of years. `of_body` says that the organisation's own row was found
    in a return of many: what else is in the workbook is then not its own.
    """
    loaded = [reading.tables[number] for number in tables]
    settled = {f"choice:{table.fingerprint}" for table in loaded if _year_chooses(table, about.year)}
    also = [] if of_body else [*PUTTING_IN]
    if any(table.unit_guessed for table in loaded):
        also.append("unit")  # one question of unit serves every table for which the same is guessed
    for question in _asked_about(reading, loaded, also, of_body=of_body):
        if question.key not in settled and question.key not in answers:
            yield question


def _year_chooses(table: SheetTable, year: str) -> bool:
    """Whether the year asked for says which of a table's columns are meant."""
    usual, of_year = measures_to_load(table), _of_year(table, year)
    if any(dated_years([measure.name for measure in of_year])):
        return False  # a day in a header may be the year's end or the day of a report
    is_alone = len({measure.choice for measure in of_year}) == 1
    return is_alone and (
        usual != columns_of_year(table, year) or any(measure in usual for measure in of_year)
    )


def _asked_about(
    reading: Reading, loaded: Sequence[SheetTable], also: Collection[str], *, of_body: bool
) -> Iterator[Question]:
    """What the reading asks of the tables that are loaded, answered or not; questions of the kinds `also` of others too."""
    prints = {table.fingerprint for table in loaded}
    idle = {table.fingerprint for table in reading.tables} - prints
    for question in chain(reading.questions, *(table.questions for table in loaded)):
        kind, _, rest = question.key.partition(":")
        wanted = kind in also or rest.partition(":")[0] not in idle
        if wanted and (kind != "tables" or (not of_body and len(prints) > 1)):
            yield question


def grouped(questions: Sequence[Question]) -> tuple[tuple[Question, ...], ...]:
    """Questions that one answer serves: the same choice, put about several tables of a workbook."""
    found: dict[tuple[str, str, tuple[str, ...]], list[Question]] = {}
    for question in questions:
        kind = question.key.partition(":")[0]
        same = (kind, question.best, question.options) if kind == "choice" else (question.key, "", ())
        found.setdefault(same, []).append(question)
    return tuple(tuple(group) for group in found.values())


def _once(questions: Sequence[Question]) -> tuple[Question, ...]:
    return tuple({question.key: question for question in questions}.values())


def _sheet(part: _Part, about: About) -> SheetRead:
    table, total = part.table, net(part.lines)
    columns = columns_of_year(table, about.year)
    printed = _printed(part, columns, total)
    checked, disagreeing = len(table.checks), _disagreeing(table)
    if part.whose:
        across = _printed_across(part, columns) if printed is None else None
        checked, disagreeing = int(across is not None), ()
        printed = across if printed is None else printed
    return SheetRead(
        part.number,
        table.sheet,
        str(table.extent),
        str(table.unit) if table.unit else "not stated",
        tuple(column.name for column in columns),
        len(part.lines),
        total,
        None if printed is None else to_penny(printed),
        checked,
        disagreeing,
    )


def _disagreeing(table: SheetTable) -> tuple[str, ...]:
    """A sentence for each printed total that its lines do not come to."""
    return tuple(
        f"{check.what}: printed {check.printed:,}, its lines make {check.computed:,}"
        for check in table.checks
        if to_penny(check.difference)
    ) + tuple(problem.sentence for problem in table.problems if problem.code == GAP_UNDER_TOTAL)


def _printed(part: _Part, columns: Sequence[Measure], total: Decimal) -> Decimal | None:
    """What a table prints for all that is loaded of it, by its columns or in one cell; None where it prints no such total."""
    if sum(column.lines for column in columns) != len(part.lines):
        return None
    known = [
        difference
        for column in columns
        if (difference := _printed_less_read(part.table, column, turned=part.turned)) is not None
    ]
    printed = total + sum(known, NOTHING) if columns and len(known) == len(columns) else None
    if part.whose:
        return printed
    cell = _printed_in_one_cell(part.table, columns, total, columns_agree=printed is not None)
    if cell is not None:
        return cell
    return _printed_in_part(part.table, columns, total) if printed is None else printed


def _printed_in_part(table: SheetTable, columns: Sequence[Measure], total: Decimal) -> Decimal | None:
    """What a table that prints no total of all its lines would come to by the totals that it does print.

    Lines that no total covers stand for themselves. None where every printed total is made by its lines,
    give or take rounding: then there is nothing that disagrees. Of several that disagree the largest counts,
    since the smaller ones are parts of it.
    """
    rounding = (
        Decimal(sum(column.lines * column.unit.factor for column in columns if column.unit.factor > 1)) / 2
    )
    off = [
        check
        for check in table.checks
        if abs(check.difference) > rounding and any(_in(check.what, column) for column in columns)
    ]
    return total + max(off, key=lambda check: abs(check.printed)).difference if off else None


_ACROSS = re.compile(r" across, all lines \(column (?P<letter>[A-Z]+)\)$")


def _printed_in_one_cell(
    table: SheetTable, columns: Sequence[Measure], total: Decimal, *, columns_agree: bool
) -> Decimal | None:
    """The total of the totals that one cell prints for all that is loaded; None where there is none to hold against.

    The printed totals of single columns may all agree while rows that hold only a total are in none of them.
    Where the columns have totals of their own (`columns_agree`), differences that rounding makes are left to those.
    """
    rounding = _rounding(columns)
    for check in table.checks:
        match = _ACROSS.search(check.what)
        if match is None or to_penny(check.computed) not in (total, -total):
            continue
        if columns_agree and abs(check.difference) <= rounding:
            continue
        cell = re.compile(rf"\(cell {match['letter']}\d+\)$")
        printed = [check.printed for check in table.checks if cell.search(check.what)]
        if printed:
            return printed[-1] if to_penny(check.computed) == total else -printed[-1]
    return None


def _printed_across(part: _Part, columns: Sequence[Measure]) -> Decimal | None:
    """What the body's own row prints as the total of the columns that are loaded; None where it prints none."""
    table = part.table
    measure = _total_of(table, columns)
    if measure is None:
        return None
    rows = {line.row for line in part.lines}
    figures = table.figures[measure.column]
    whole, filled = figures.whole.unpack().tolist(), figures.filled.unpack().tolist()
    found = [
        Decimal(int(amount)).scaleb(-figures.places) * measure.unit.factor
        for row, amount, some in zip(table.line_rows.unpack().tolist(), whole, filled, strict=True)
        if some and table.first_row + row + 1 in rows
    ]
    return sum(found, NOTHING) if len(found) == len(rows) else None


def _total_of(table: SheetTable, columns: Sequence[Measure]) -> Measure | None:
    """The column that prints the total of those that are loaded: it is named so, or comes to the same in all."""
    totals = _totals_across(table)
    covering = {column.adds_up_to for column in columns}
    if printed := [measure for measure, _ in totals if covering == {measure.column}]:
        return printed[0]
    if len(columns) < 2:
        return None
    whole = sum((column.total or NOTHING for column in columns), NOTHING)
    rounding = int(_rounding(columns))
    return next((measure for measure, total in totals if abs(total - whole) <= rounding), None)


def _totals_across(table: SheetTable) -> list[tuple[Measure, Decimal]]:
    """The columns that print totals of others, with what they come to."""
    across = [measure for measure in table.measures if measure.role == "total across"]
    return [(measure, measure.total) for measure in across if measure.total is not None]


def _rounding(columns: Iterable[Measure]) -> Decimal:
    """By how much columns of rounded amounts may differ from their total: half a unit a line."""
    return Decimal(sum(column.lines * column.unit.factor for column in columns)) / 2


def _printed_less_read(table: SheetTable, measure: Measure, *, turned: bool) -> Decimal | None:
    """By how much the table's own total of a column differs from its lines; None where it prints none.

    A surplus that is printed is the net with its sign turned.
    """
    net = measure.total
    covering = [
        check
        for check in table.checks
        if net is not None and check.computed in (net, -net) and _in(check.what, measure)
    ]
    if not covering:
        return None
    income = table.side_of_column.get(measure.column) == INCOME_SIDE and not turned
    surplus = covering[-1].computed != net
    difference = covering[-1].difference
    return -difference if income != surplus else difference


def _in(what: str, measure: Measure) -> bool:
    """Whether a check is of this column: it names its cell."""
    cell = what.rpartition("(cell ")[2].rstrip(")")
    return cell.rstrip("0123456789") == measure.letter if cell != what else True


def _left_out(reading: Reading, loaded: Sequence[_Part], aside: Mapping[int, str]) -> Iterator[LeftOut]:
    from budget_model.intake.sheet.roles import RowRole

    of_table = {part.number: part for part in loaded}
    named = {
        RowRole.TOTAL: ("totals and subtotals", "each is what other rows add up to"),
        RowRole.HEADING: ("headings", "they hold words alone"),
        RowRole.NOTE: ("notes", "they hold no amount"),
        RowRole.REPEATED_HEADER: ("repeated headers", "they name the columns again"),
    }
    for number, table in enumerate(reading.tables):
        if number not in of_table:
            yield _whole_table(table, aside.get(number))
            continue
        part = of_table[number]
        others = len(table.line_rows.unpack()) - len({line.row for line in part.lines}) if part.whose else 0
        if others:
            yield LeftOut(table.sheet, "rows", others, f"they are other bodies', not {part.whose}'s")
        roles = table.roles.unpack()
        for role, (what, reason) in named.items():
            how_many = int((roles == role).sum())
            if how_many:
                one = what.replace("totals and subtotals", "total").removesuffix("s")
                yield LeftOut(table.sheet, one if how_many == 1 else what, how_many, reason)


def _whole_table(table: SheetTable, aside: str | None) -> LeftOut:
    """A table of which nothing is loaded, with what its lines come to."""
    amounts = measures_to_load(table)
    total = sum((amount.total or NOTHING for amount in amounts), NOTHING) if amounts else None
    how_many = sum(amount.lines for amount in amounts)
    why = aside or table.set_aside or "it was not chosen to be loaded"
    return LeftOut(table.sheet, f"table {table.extent}", how_many, why, total)


def _without_words(reading: Reading, read_lines: Sequence[ReadLine]) -> Iterator[Problem]:
    bare = [line for line in read_lines if not line.description.strip()]
    if bare:
        yield Problem(
            Location(reading.file, bare[0].sheet, bare[0].row, bare[0].column),
            f"{len(bare)} line{'s have' if len(bare) > 1 else ' has'} an amount and no description.",
            "Say what it pays for, so that it can be mapped.",
            Severity.WARNING,
            "no-description",
        )
