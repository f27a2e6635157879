"""Why something is read as it is: every reason there is, each with the sentence that tells it.

A reason is a value: what is decided afterwards asks which reason it was, never how its sentence reads. The
sentence is made where it is shown. The method page lists them all.
"""

from dataclasses import dataclass
from enum import Enum


class Reason(Enum):
    """A reason, and its sentence; the places in braces are filled with what stands in the file."""

    # -- rows ---------------------------------------------------------------------------------
    HOLDS_AMOUNTS = "it holds amounts of its own"
    HEADER_AGAIN = "it says the header again"
    PERCENTAGES = "its figures are percentages"
    NOT_SEEN = "it is {0}, and left out"
    OTHER_CURRENCY = "its amount is in {0}, and only those in {1} are loaded"
    NO_FIGURE = "it gives no figure, only a mark in its place"
    ONLY_WORDS = "it holds words and no amounts"
    HEADS_LINES = "its words apply to the lines below it"
    STRAY_FIGURES = "it is a note that carries stray figures"
    NO_MONEY_IN_WORDS = "its words name a count, a rate or a ratio and no money"
    MORE_THAN_ABOVE = "its words call it a part of what stands above it, and it is more than row {0}"
    NO_MONEY_BUT_MORE = "its words name a count, a rate or a ratio beside what may cost money"
    HEADED_FOR_INFORMATION = "it stands below row {0}, which says that what follows is for information"
    STATISTIC = "it is {0} of the lines above it"
    ROW_AGAIN = "it says row {0} again"
    PART_OF_ABOVE = "its words say that it is part of the line above it"
    OVER_AGAIN = "with the rows beside it, it is row {0} over again"
    PAYS_FOR = "it says what pays for row {0}: the same money from the other side"
    RESULT_OF_ZERO = "it is a result, and comes to zero"
    MOVED_BELOW_ZERO = (
        "it shows what moved within an account that is printed as zero; the totals do not count it"
    )
    BALANCE_HELD = "it is a balance held at a date, not money of the year"
    CALLED_RESULT = "column {0} calls it a result: what the other rows leave"
    CALLED_FINANCING = "column {0} calls it financing: neither earned nor spent"
    HEADED_FINANCING = "its heading calls it financing, and no total counts it: neither earned nor spent"
    FINANCES_THE_RESULT = "it is called financing and is as much as row {0} leaves: neither earned nor spent"
    LEFT_OF_OTHERS = "its words say that it is what the other rows leave"
    STRAY_BELOW_TOTAL = "it says no word, and the total in row {0} above it is of all that does"
    OUTSIDE_GRAND_TOTAL = (
        "it stands below the lines of which the total in row {0} is, and the total is not of it"
    )
    TOTAL_OF_PARTS = "it is the sum of what is said of parts"
    SHOWN_BY_FILTER = "it adds up the rows that a filter shows"
    ABOUT_THE_TABLE = "it says something about the table: its year, its source, its unit"
    NAMES_COLUMNS = "it names the columns by numbers, the last of them as the total"
    ANOTHER_WAY = "its block comes to the same as that of '{0}': the same money by another classification"
    CHECKS_SHEET = "with it the sheet checks itself; it holds no money"
    OFFICER_NO_LINE = "the officer says that it is left out as no line"
    FIGURES_ABOVE = "it is a few figures without a header, above a table that has one"
    TOTAL_OF_SHEETS = "it is the total of {0}"

    # -- totals of rows: what they are computed from --------------------------------------------
    SUM = "it is the sum of {0}"
    EQUALS = "it equals, and is taken for the total of, {0}"
    DIFFERENCE = "it is the difference of {0}"
    SUM_BUT_FOR_COLUMNS = "it is, but for some columns, the sum of {0}"
    WORDED_BUT_DISAGREES = "its words say total, but it disagrees with the sum of {0}"
    AS_IN_OTHER_BLOCKS = "as in the other blocks, it is computed from {0}"
    PAYS_AND_EQUALS = "it pays for, and equals, {0}"
    SUM_OF_LEVEL_BELOW = "it stands a level above, and is the sum of, {0}"
    ABOVE_BUT_DISAGREES = "it stands a level above {0}, but is not their sum in every column"

    # -- what stays in doubt about a row --------------------------------------------------------
    TOTAL_WITHOUT_LINES = "its words say total, but no lines beside it add up to it"
    TOTAL_WITHOUT_LINES_ABOVE = "its words say total, but no lines above it add up to it"
    EQUALS_LINE_ABOVE = "it equals the line above it and may be its total"
    EQUALS_LINE_BELOW = "it equals the line below it, and may be a line beside it as well as its total"
    FEW_DIGITS = "it is the sum of the lines beside it, but by few digits"
    BELOW_THE_RESULT = (
        "it stands below row {0}, which is what all lines above come to, and no total counts it"
    )
    NO_STATISTIC = "its words speak of an average, a largest or a smallest, and its figures are none of them"
    SPEAKS_OF_BALANCE = "its words speak of a balance held at a date, which is not spent in the year"

    # -- columns ------------------------------------------------------------------------------
    OFFICER = "the officer says so"
    NOTHING_IN_IT = "nothing stands in it"
    MARKS_ONLY = "it holds marks in place of figures"
    DATES = "it holds dates"
    WORDS = "it holds words"
    PERCENT_SIGN = "its header, '{0}', ends in a percent sign"
    YEARS = "its figures are years"
    HEADER_NAMES = "its header, '{0}', names {1}"
    FRACTIONS = "its figures are fractions below one"
    PENCE = "its figures have pence"
    NUMBERS_SAID_ONCE = "its figures are numbers of something, each said once"
    COUNTS_UP = "its figures count up one by one"
    ORDERED_CODES = "its figures all have the same length and stand in order"
    ZEROS_AND_ONES = "its figures are only zeros and ones"
    SHAPE_OF_AMOUNTS = "its figures have the shape of amounts"
    CALLED_THE_AMOUNT = "column {0} is the one that is called {1}"
    NUMBERS_ROWS = "it numbers the rows, before the names"
    SAME_NUMBER = "it says the same number on every row, before the names"
    SAME_LENGTH = "its figures all have as many digits, before the names"
    OUTLINE = "its figures number the rows as an outline does: 1, 1.1, 1.2, 2"
    SIGNS = "it holds nothing but a plus or a minus, before the names"
    PACKAGE_NAMES_OTHERS = "the package names others as its amounts"
    PACKAGE_STATES = "the package states that it is {0}"
    TOTALS_LEAVE_IT_OUT = (
        "its header does not speak of money, and the totals of the other columns leave it out"
    )
    HELD_AT_DATE = "it is what is held at a date, not money of the year"
    ACROSS = "it is {0}"
    DIFFERENCE_ACROSS = "it is the difference {0}"
    BALANCE_ABOVE = "it is the balance above it, {0}"
    WITH_TAX = "it is {0}, tax included"
    TAX_ON_TOP = "it is tax on top, reclaimed as a rule"
    TOTALS_SET_OUT = "its figures are what column {0} comes to, block by block"
    COLUMN_AGAIN = "it says column {0} over again"
    GROUP_TOTAL = "it repeats on each line what column {0} comes to over a group"
    LEADS_TO_BUDGET = "it leads from one budget to {0}"
    PRODUCT = "it is what one costs times how many there are: {0}"
    PRICE = "it says what one costs: column {0} is {1}"
    NUMBER_OF = "it says how many there are: column {0} is {1}"
    NEEDED_BY_TOTAL = "the total across in column {0} is right only with it"
    PAID_TO_COUNTED = "its header, '{0}', says what is paid, not how many there are"
    TITLE_SAYS_MONEY = "the title, '{0}', says that the figures are money"
    PAYS_PART_OF = "it says who pays for a part of what stands in column {0}"
    PART_OF_COLUMN = "its header says that it is part of another column"

    # -- rows that are parted, so that they are not added to each other ---------------------------
    COLUMN_SAYS_YEAR = "column {0} names the year of each row"
    COLUMN_SAYS_PHASE = "column {0} says of each row whether it is {1}"
    COLUMN_SAYS_VERSION = "with each of {1} in column {0} every line comes again, with nearly the same amount"
    LABELS_COME_AGAIN = "the same years or phases come again under each heading"

    # -- which lines are income -----------------------------------------------------------------
    HEADERS_NAME_SIDES = "the headers of the columns name income and expenditure"
    COLUMN_TAKEN_OFF = "one column is taken off another"
    SOURCE_OF_CAPITAL = "grants, borrowing and receipts add up to what is spent, by what pays for it"
    COLUMN_SAYS_SIDE = "column {0} says which rows are income"
    CODES_SAY_SIDE = "the codes of column {0} begin with I for income and E for expenditure"
    TABLE_HEADED_INCOME = "the table is headed as income"
    HEADINGS_SAY_SIDE = "headings say which lines are income"
    TOTALS_SAY_SIDE = "the totals of income and of expenditure say which lines are which"
    NET_TOTAL_SAYS_SIDE = "'{0}' takes income and expenditure off each other"
    INCOME_WITH_MINUS = "lines of income are printed with a minus"
    COSTS_WITH_MINUS = "'{0}' adds up income and costs printed with a minus"
    WORDS_SAY_SIDE = "the words of the lines say so, and nothing else does"
    PLUS_TAKEN_FOR_INCOME = (
        "a plus or a minus stands before each line, and no words say which of them is income"
    )
    ONLY_WORDS_SAY_SIDE = "their words say so"
    TAKEN_OFF_UNSAID = "nothing in its header says what it is"
    SECOND_TAKEN_FOR_INCOME = (
        "'{0}' takes some lines off others without saying which are income; the second were taken for income"
    )
    MINUS_ON_INCOME = "its income is printed with a minus"
    MINUS_ON_EXPENDITURE = "its expenditure is printed with a minus, and its income without one"
    MINUS_UNLIKE_OTHERS = "its sign is the other way round from that of the other lines of income"

    # -- which columns name the lines ------------------------------------------------------------
    HEADED_AS_BODIES = "its header says that it names bodies"
    CALLED_AS_BODIES = "nearly all of its many texts are called as public bodies are"
    HEADED_AS_DESCRIPTION = "its header says that it describes"
    SAYS_MOST = "it says more different things than the others before the amounts"
    CODES_ONLY = "it holds codes, and no column holds words"
    HEADED_AS_CODES = "its header speaks of codes or accounts"
    HOLDS_CODES = "it holds codes"

    # -- tables that are not loaded -------------------------------------------------------------
    NO_AMOUNTS = "it holds no amounts of money"
    ONLY_ZERO = "it holds no amounts other than zero"
    COUNTS_ONLY = "its figures are counts, rates or codes, not amounts of money"
    ABOUT_SOMETHING_ELSE = "the file is about {0}, and nothing in this table says money"
    IN_CURRENCIES = "its amounts are in {0}"
    NOTHING_SAYS_MONEY = "nothing says that its figures are amounts of money"
    HOLDINGS = "its title names what is held and owed at a date, not what a year costs"
    PRICED_ITEMS = "its headers say what each thing is charged at"
    PRICE_LIST = "its title names a list of prices or scales"
    BALANCES_AND_MOVEMENTS = "it shows balances and the movements between them"
    SHEET_HIDDEN = "its sheet is hidden"
    SAME_IN_MORE_DETAIL = "{0} comes to the same figures in more detail"
    LINES_ARE_TOTALS = "its lines are the totals of {0}"
    WITH_TABLES_BESIDE = "with the tables beside it, it comes to the figures of {0}"
    TABLES_IN_MORE_DETAIL = "the tables of {0} together come to the same figures in more detail"
    WHERE_IT_COMES_FROM = "it says where the money of {0} comes from, and is as much"
    SUM_OF_SHEETS = "it is the sum of the other sheets with the same lines"
    OTHER_MEASURE = "it is another measure of the same lines as {0}"
    SAME_MONEY_LOADED = "the same money is loaded from {0}"
    ADDS_UP = "it adds up with the others that hold the same lines"
    PART_OF_SHEET = "its lines are part of those on sheet '{0}'"

    def of(self, *words: object) -> "Because":
        """Give this reason with what stands in the file.

        >>> str(Reason.ROW_AGAIN.of(7))
        'it says row 7 again'
        """
        return Because(self, tuple(map(str, words)))


@dataclass(frozen=True, slots=True)
class Because:
    """A reason, and the words of the file that its sentence names."""

    reason: Reason
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.reason.value.format(*self.words) if self.words else self.reason.value
