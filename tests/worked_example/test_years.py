"""Derby, year after year, loaded by the same path as an upload."""

from decimal import Decimal

import pytest

from budget_model.contribute.load_place import ReadPlace
from budget_model.contribute.submission import net
from budget_model.scope import Scope
from budget_model.store.spending import by, submissions, total
from budget_model.store.store import Store
from budget_model.vocabulary import Dimension, View

pytestmark = pytest.mark.slow
"""The whole worked example is loaded first."""

WHOLE = ("2014-15", "2015-16", "2016-17", "2017-18")
LOCAL = ("2021-22", "2022-23", "2023-24", "2024-25")
YEARS = ("2013-14", *WHOLE, *LOCAL)


def held(store: Store, year: str) -> dict[str, Decimal]:
    return {part.key: part.amount for part in by(store, Scope(year=year), Dimension.ORGANISATION)}


@pytest.mark.parametrize("year", YEARS)
def test_every_submission_of_every_year_agrees_with_its_published_total(every_year: Store, year: str) -> None:
    assert {submission.reconciliation for submission in submissions(every_year, year)} == {"reconciled"}


@pytest.mark.parametrize("year", YEARS)
def test_every_year_is_mapped_and_the_same_in_both_views(every_year: Store, year: str) -> None:
    shown = {view: total(every_year, Scope(year=year, view=view)) for view in View}
    assert {glance.unmapped for glance in shown.values()} == {0}
    assert len({glance.total for glance in shown.values()}) == 1


def test_the_health_commissioner_s_allocation_is_counted_once_in_every_year_that_has_one(
    every_year: Store,
) -> None:
    for year in ("2013-14", *WHOLE):
        assert (
            total(every_year, Scope(year=year)).eliminated
            >= held(every_year, year)["southern-derbyshire-ccg"]
        )


def test_the_council_of_2024_25_is_its_published_net_total_to_the_penny(every_year: Store) -> None:
    assert held(every_year, "2024-25")["derby-city-council"] == Decimal("480995240.00")


def test_a_year_that_only_council_police_and_fire_have_sent_holds_nobody_else(every_year: Store) -> None:
    local = {"derby-city-council", "derbyshire-police", "derbyshire-fire"}
    assert all(set(held(every_year, year)) == local for year in LOCAL)


def test_a_summary_line_is_split_as_the_budget_of_2016_17_and_keeps_its_total(whole_derby: ReadPlace) -> None:
    (sent,) = [
        submission.submission
        for submission in whole_derby.submissions
        if (submission.submission.organisation, submission.submission.year, submission.submission.part)
        == ("derby-city-council", "2015-16", "revenue")
    ]
    education = next(line for line in sent.lines if line.code == "190")
    parts = {part.service: part.share for part in education.services}
    assert sum(parts.values()) == 1
    # secondary schools have 39,565 of the 189,142 thousand of the budget's education lines
    assert parts["secondary-schools"] == Decimal("0.2092")
    assert education.grade == 3


def test_everything_that_was_sent_is_read_to_the_penny_and_mapped_under_its_own_words(
    whole_derby: ReadPlace,
) -> None:
    read = whole_derby
    assert len(read.submissions) == len(read.place.submissions)
    confirmed = {
        (mapping.organisation, mapping.line_code): mapping.description for mapping in read.place.mappings
    }
    beside = {(memorandum.organisation, memorandum.part) for memorandum in read.place.memoranda}
    assert beside
    for sent, planned in zip(read.submissions, read.place.submissions, strict=True):
        lines = sent.submission.lines
        assert net(lines) == planned.control_total
        # what a return says spending is made of stands beside the map, under no service
        for line in lines if (planned.organisation, planned.part) not in beside else ():
            assert line.services, f"{planned.organisation}: {line.description} is not mapped"
            if line.code is not None:
                assert confirmed[planned.organisation, line.code] == line.description
    council = [
        sent.submission for sent in read.submissions if sent.submission.organisation == "derby-city-council"
    ]
    sides = [
        sum((line.amount for line in council[1].lines if line.side == side), Decimal(0))
        for side in ("income", "expenditure")
    ]
    assert sides == [Decimal(56_708_000), Decimal(54_554_000)]
