"""How a day and a moment are written wherever somebody reads them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/London")
"""The clock by which people read: what is kept, is kept in UTC."""


def today() -> date:
    """The day that it is by the clock on the wall: what every rule, page and command means by today."""
    return day_of(datetime.now(UTC))


def day_of(when: datetime) -> date:
    """The day on which a moment fell, by the clock on the wall; a moment without a zone is one of UTC.

    >>> day_of(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)), day_of(datetime(2026, 12, 31, 23, 30))
    (datetime.date(2026, 7, 1), datetime.date(2026, 12, 31))
    """
    return _by_the_clock(when).date()


def day(when: date) -> str:
    """A day as it is written in a sentence.

    >>> day(date(2026, 5, 3))
    '3 May 2026'
    """
    return f"{when.day} {when:%B %Y}"


def moment(when: datetime) -> str:
    """A day with its time, by the clock on the wall; a moment without a zone is one of UTC.

    >>> moment(datetime(2026, 5, 3, 14, 5, tzinfo=UTC)), moment(datetime(2026, 12, 3, 14, 5))
    ('3 May 2026 at 15:05', '3 December 2026 at 14:05')
    """
    known = _by_the_clock(when)
    return f"{day(known)} at {known:%H:%M}"


def moment_in_table(when: datetime) -> str:
    """The same in a column of moments, which sorts by its words.

    >>> moment_in_table(datetime(2026, 5, 3, 14, 5, 9, tzinfo=UTC))
    '2026-05-03 15:05:09'
    """
    return f"{_by_the_clock(when):%Y-%m-%d %H:%M:%S}"


def _by_the_clock(when: datetime) -> datetime:
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(HERE)


def moment_of(text: str) -> str:
    """A moment that was kept as text, such as '2026-05-03 14:05', as it is written.

    >>> moment_of("2026-05-03 14:05"), moment_of("an old note")
    ('3 May 2026 at 15:05', 'an old note')
    """
    try:
        return moment(datetime.fromisoformat(text))
    except ValueError:
        return text
