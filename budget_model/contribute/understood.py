"""What a file that was read says for one organisation and year: its lines, its own totals, what is open.

A reading knows the workbook; only here is it known whose money is being sent and of which year. So the
questions that depend on that are asked here: whose rows of a national table, which year's column.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.contribute.about import About
from budget_model.intake.reading import Reading, ReadLine, lines, measures_to_load
from budget_model.intake.table import Measure, Question, Table
from budget_model.mapping.wording import plain
from budget_model.money import NOTHING
from budget_model.place.model import Organisation
from budget_model.problem import Place as Where
from budget_model.problem import Problem, Severity
from budget_model.vocabulary import OrganisationType, Side

BODY = "body"
"""The question: whose rows of a table that has a row for each of many bodies."""
YEAR = "year"
"""The question: whether figures headed with another year are to be loaded all the same."""
EVERY_ROW = "all rows"
MANY_BODIES = 20
"""A column with at least so many different names lists bodies rather than parts of one."""
COUNCIL_WORDS = frozenset(
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
)
LIKE_ENOUGH = 88
"""How alike two names have to be, of 100, for the one to be offered for the other."""
AMOUNT = "line amount"
APRIL = 4
MOST_DATES = 2_000
"""Lines whose dates are looked at to tell the year."""
_DATE = re.compile(r"^(?:(20\d\d)-(\d\d)-\d\d|(\d{1,2})/(\d{1,2})/(20\d\d))(?:\s|T|$)")


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

    @property
    def read_total(self) -> Decimal:
        """Expenditure less income over every line, pounds."""
        return _net(self.lines)

    @property
    def printed_total(self) -> Decimal | None:
        """What the file itself prints for all that is loaded; None where a sheet prints no such total."""
        printed = [sheet.printed for sheet in self.sheets]
        if not printed or any(one is None for one in printed):
            return None
        return sum((one for one in printed if one is not None), NOTHING)


def understood(
    reading: Reading, about: About, organisation: Organisation, answers: Mapping[str, str]
) -> Understood:
    """Take from a reading what is about one organisation and year, and ask what that leaves open."""
    if reading.refused:
        return Understood(reading, (), (), (), (), reading.problems, "", reading.refused)
    questions = [*_open(reading, about, answers)]
    problems = [*reading.problems]
    found: list[ReadLine] = []
    sheets: list[SheetRead] = []
    for number in reading.chosen:
        table = reading.tables[number]
        problems += table.problems
        taken, asked = _of_organisation(reading, number, about, organisation, answers)
        questions += asked
        found += taken
        sheets.append(_sheet(number, table, about, taken))
    questions += _other_year(found, about, answers)
    return Understood(
        reading, tuple(found), tuple(sheets), tuple(_left_out(reading, sheets)), _once(questions),
        tuple(dict.fromkeys([*problems, *_without_words(reading, found)])), layout_of(reading),
    )  # fmt: skip


def layout_of(reading: Reading) -> str:
    """The fingerprint under which answers to this layout's questions are remembered."""
    return " ".join(reading.tables[number].fingerprint for number in reading.chosen)


def columns_of_year(table: Table, year: str) -> tuple[Measure, ...]:
    """The columns of amounts that would be loaded: those of the year asked for where the table has them."""
    usual = measures_to_load(table)
    of_year = _of_year(table, year)
    if not of_year or any(one in usual for one in of_year):
        return usual
    choice = of_year[-1].choice
    return tuple(one for one in of_year if one.choice == choice)


def _of_year(table: Table, year: str) -> list[Measure]:
    return [one for one in table.measures if one.role == AMOUNT and one.year and _same_year(one.year, year)]


def _of_organisation(
    reading: Reading, number: int, about: About, organisation: Organisation, answers: Mapping[str, str]
) -> tuple[list[ReadLine], list[Question]]:
    table = reading.tables[number]
    bodies = next((list(one.texts) for one in table.words if one.letter == table.body_column), [])
    named = _named_elsewhere(table, organisation)
    whose, asked = EVERY_ROW, list[Question]()
    if named is None and len([body for body in bodies if body]) > 1:
        whose, asked = _whose([body for body in bodies if body], organisation, answers)
    taken = [
        line
        for measure in columns_of_year(table, about.year)
        for line in lines(
            reading,
            tables=[number],
            measure=_name_of(table, measure),
            body=None if whose == EVERY_ROW else whose,
        )
    ]
    if named is not None:
        taken = [
            line for line in taken if named in (line.description, line.body, *dict(line.attributes).values())
        ]
    return sorted(taken, key=lambda line: line.row), asked


def _named_elsewhere(table: Table, organisation: Organisation) -> str | None:
    """The organisation's name as another column than that of the bodies holds it among other names.

    A table of colleges by council has a row for each college; the college's own name tells more than
    the council's.
    """
    names = _names(organisation)
    for column in table.words:
        if column.letter == table.body_column or len(column.texts) < MANY_BODIES:
            continue
        if match := next((text for text in column.texts if plain(text) in names), None):
            return match
    return None


def _names(organisation: Organisation) -> set[str]:
    return {
        plain(one) for one in (organisation.name, organisation.short_name, organisation.id.replace("-", " "))
    }


def _core(name: str) -> str:
    """A council's name without the words that every council has.

    >>> _core("Derby City Council"), _core("Derby UA"), _core("City of London Corporation")
    ('derby', 'derby', 'london corporation')
    """
    return " ".join(word for word in plain(name).split() if word not in COUNCIL_WORDS)


def _whose(
    bodies: Sequence[str], organisation: Organisation, answers: Mapping[str, str]
) -> tuple[str, list[Question]]:
    """The body whose rows are meant, and the question where that is not plain."""
    if answer := answers.get(BODY):
        wanted = plain(answer)
        if match := next((body for body in bodies if plain(body) == wanted), None):
            return match, []
        if answer == EVERY_ROW:
            return EVERY_ROW, []
    names = _names(organisation)
    for body in bodies:
        if plain(body) in names:
            return body, []
    from rapidfuzz import fuzz, process

    close = process.extract(
        plain(organisation.name),
        {body: plain(body) for body in bodies},
        scorer=fuzz.token_sort_ratio,
        limit=5,
    )
    near = [str(body) for _, score, body in close if score >= LIKE_ENOUGH]
    if organisation.type is OrganisationType.COUNCIL:
        near = [body for body in bodies if _core(body) == _core(organisation.name)] + near
    best = near[0] if near else EVERY_ROW
    options = tuple(dict.fromkeys([best, *(str(body) for *_, body in close), EVERY_ROW]))
    reason = f"its name is like {organisation.name}" if near else f"no row is named like {organisation.name}"
    return best, [
        Question(
            BODY,
            f"The table has rows for {len(bodies)} bodies. Whose are {organisation.name}'s?",
            best,
            reason,
            options,
        )
    ]


def _name_of(table: Table, measure: Measure) -> str:
    """What a column is asked for by: its name where no other has it, else its letter."""
    alike = [one for one in table.measures if one.name.casefold() == measure.name.casefold()]
    return measure.name if len(alike) == 1 else measure.letter


def _other_year(found: Sequence[ReadLine], about: About, answers: Mapping[str, str]) -> list[Question]:
    years = {line.year for line in found if line.year} or _years_of_dates(found)
    if not years or any(_same_year(year, about.year) for year in years) or answers.get(YEAR) == "yes":
        return []
    said = ", ".join(sorted(years))
    return [
        Question(
            YEAR,
            f"The figures are of {said}. Load them as {about.year} all the same?",
            "no",
            "a figure of another year would be counted as this year's",
            ("no", "yes"),
        )
    ]


def _years_of_dates(found: Sequence[ReadLine]) -> set[str]:
    """The financial years of the dates beside the amounts, where there are dates."""
    years = set()
    for line in found[:MOST_DATES]:
        for _, text in line.attributes:
            if (date := _DATE.match(text)) is None:
                continue
            year, month = (int(date[1]), int(date[2])) if date[1] else (int(date[5]), int(date[4]))
            first = year if month >= APRIL else year - 1
            years.add(f"{first}-{(first + 1) % 100:02}")
            break
    return years


def _same_year(said: str, year: str) -> bool:
    """Whether two ways of writing a financial year mean the same one.

    >>> _same_year("2016/17", "2016-17"), _same_year("2016-2017", "2016-17"), _same_year("2015-16", "2016-17")
    (True, True, False)
    """
    figures = [part for part in said.replace("/", "-").replace("–", "-").split("-") if part.isdigit()]
    if not figures or figures[0] != year[:4]:
        return False
    return len(figures) == 1 or figures[-1][-2:] == year[-2:]


def _open(reading: Reading, about: About, answers: Mapping[str, str]) -> Iterator[Question]:
    """What the reading asks and nobody has answered; the year asked for chooses among columns of years."""
    asked = [*reading.questions]
    settled = set(answers)
    for number in reading.chosen:
        table = reading.tables[number]
        asked += table.questions
        if len({one.choice for one in _of_year(table, about.year)}) == 1:
            settled.add(f"choice:{table.fingerprint}")
    for question in asked:
        if question.key not in settled:
            yield question


def _once(questions: Sequence[Question]) -> tuple[Question, ...]:
    return tuple({question.key: question for question in questions}.values())


def _sheet(number: int, table: Table, about: About, taken: Sequence[ReadLine]) -> SheetRead:
    columns = columns_of_year(table, about.year)
    total = _net(taken)
    differences = [_printed_less_read(table, one) for one in columns]
    parted = sum(one.lines for one in columns) != len(taken)
    known = None if parted or not columns or any(one is None for one in differences) else differences
    disagreeing = tuple(
        f"{check.what}: printed {check.printed:,}, its lines make {check.computed:,}"
        for check in table.checks
        if check.difference
    )
    return SheetRead(
        number, table.sheet, str(table.extent), str(table.unit) if table.unit else "not stated",
        tuple(one.name for one in columns), len(taken), total,
        None if known is None else total + sum((one for one in known if one is not None), NOTHING),
        len(table.checks), disagreeing,
    )  # fmt: skip


def _printed_less_read(table: Table, measure: Measure) -> Decimal | None:
    """By how much the table's own total of a column differs from its lines; None where it prints none."""
    covering = [
        check for check in table.checks if check.computed == measure.total and _in(check.what, measure)
    ]
    if not covering:
        return None
    income = table.side_of_column.get(measure.column) == 2
    difference = covering[-1].difference
    return -difference if income else difference


def _in(what: str, measure: Measure) -> bool:
    """Whether a check is of this column: it names its cell."""
    cell = what.rpartition("(cell ")[2].rstrip(")")
    return cell.rstrip("0123456789") == measure.letter if cell != what else True


def _left_out(reading: Reading, sheets: Sequence[SheetRead]) -> Iterator[LeftOut]:
    from budget_model.intake.rows import RowRole

    loaded = {sheet.table for sheet in sheets}
    named = {
        RowRole.TOTAL: ("totals and subtotals", "each is what other rows add up to"),
        RowRole.HEADING: ("headings", "they hold words alone"),
        RowRole.NOTE: ("notes", "they hold no amount"),
        RowRole.REPEATED_HEADER: ("repeated headers", "they name the columns again"),
    }
    for number, table in enumerate(reading.tables):
        if number not in loaded:
            amounts = measures_to_load(table)
            total = sum((one.total or NOTHING for one in amounts), NOTHING) if amounts else None
            yield LeftOut(
                table.sheet,
                f"table {table.extent}",
                sum(one.lines for one in amounts),
                table.set_aside or "it was not chosen to be loaded",
                total,
            )
            continue
        roles = table.roles.unpack()
        for role, (what, reason) in named.items():
            how_many = int((roles == role).sum())
            if how_many:
                one = what.replace("totals and subtotals", "total").removesuffix("s")
                yield LeftOut(table.sheet, one if how_many == 1 else what, how_many, reason)


def _without_words(reading: Reading, found: Sequence[ReadLine]) -> Iterator[Problem]:
    bare = [line for line in found if not line.description.strip()]
    if bare:
        yield Problem(
            Where(reading.file, bare[0].sheet, bare[0].row, bare[0].column),
            f"{len(bare)} line{'s have' if len(bare) > 1 else ' has'} an amount and no description.",
            "Say what it pays for, so that it can be mapped.",
            Severity.WARNING,
            "no-description",
        )


def _net(taken: Sequence[ReadLine]) -> Decimal:
    return sum((one.amount if one.side is Side.EXPENDITURE else -one.amount for one in taken), NOTHING)
