"""What a row, a column or a table can be: the roles that rules give."""

from enum import IntEnum, StrEnum


class RowRole(IntEnum):
    """What a row is for."""

    BLANK = 0
    LINE = 1
    TOTAL = 2
    HEADING = 3
    NOTE = 4
    REPEATED_HEADER = 5


class Role(StrEnum):
    """What a column is for."""

    AMOUNT = "line amount"
    TOTAL = "total across"
    MEMO = "memo"
    RATE = "rate"
    COUNT = "count"
    CODE = "code"
    DATE = "date"
    YEAR = "year"
    WORDS = "words"
    EMPTY = "empty"


class Direction(IntEnum):
    """Which way the money of a row or a column goes; what nothing says is expenditure."""

    UNKNOWN = 0
    EXPENDITURE = 1
    INCOME = 2


class Minus(IntEnum):
    """Which amounts of a table, of a column or of some rows are printed with a minus that is not theirs."""

    NONE = 0
    ON_INCOME = 1
    ON_EXPENDITURE = 2
    UNLIKE_THE_REST = 3
    """Income whose sign is the other way round from the rest: funding listed below fees with a minus."""


class Naming(StrEnum):
    """What a column of words or codes names on every line."""

    BODY = "body"
    DESCRIPTION = "description"
    CODE = "code"


class Fate(StrEnum):
    """What becomes of a table."""

    LOAD = "load it"
    LEAVE = "leave it out"
