"""What changed between two maps is told in bars that add up to it, and only on bodies that both maps have."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.changes_said import change, largest_reasons, measured_by, not_compared
from budget_model.count.what_changed import Held, LeftOut, MapOf, Reason, WhatChanged, what_changed
from budget_model.place.model import Deflator, Organisation, Population, Share
from budget_model.vocabulary import OrganisationStatus, OrganisationType, ShareBasis

COUNCIL, POLICE, TRUST = "council", "police", "trust"


def body(key: str, opened: Any = None, closed: Any = None, successor: str = "") -> Organisation:
    return Organisation(
        key,
        key,
        key,
        OrganisationType.COUNCIL,
        OrganisationStatus.MAPPED,
        "",
        "#12436D",
        "",
        "",
        opened,
        closed,
        successor,
    )


BODIES = (body(COUNCIL), body(POLICE), body(TRUST))


def money(of: str, amount: Any, service: str = "care", part: str = "revenue", **more: Any) -> Held:
    return Held(
        of,
        part,
        more.get("phase", "outturn"),
        service,
        more.get("theme", "healthy"),
        more.get("share", "whole"),
        more.get("payer", ""),
        more.get("payee", ""),
        Decimal(str(amount)),
    )


def share(key: str, part: int, whole: int, basis: ShareBasis = ShareBasis.RESIDENT_POPULATION) -> Share:
    return Share(key, POLICE, "2016-17", basis, Decimal(part), "", Decimal(whole), "", 4, "", "")


def people(count: int) -> Population:
    return Population("E1", "Anytown", 2016, count, "counted", "")


def year(name: str, *held: Held, price: Any = 100, residents: int = 1000, **more: Any) -> MapOf:
    shares = {"whole": share("whole", 1, 1, ShareBasis.DIRECT)} | more.pop("shares", {})
    return MapOf(
        name,
        name,
        held,
        price and Deflator(name, Decimal(str(price)), "published", ""),
        people(residents),
        shares,
        **more,
    )


def reasons(changes: WhatChanged) -> dict[Reason, Decimal]:
    return dict(changes.reasons())


def test_prices_and_residents_are_taken_out_before_anything_is_called_a_real_change() -> None:
    changes = what_changed(
        year("2016-17", money(COUNCIL, 1000), price=100, residents=1000),
        year("2017-18", money(COUNCIL, 1200), price=102, residents=1100),
        BODIES,
    )
    # 1,000 in the prices of 2017-18 are 1,020; for 1,100 residents 1,122; 78 more are spent
    assert reasons(changes) == {Reason.INFLATION: 20, Reason.POPULATION: 102, Reason.REAL: 78}
    assert change(changes, "Spending in Anytown") == (
        "Spending in Anytown rose by £200 (20%) between 2016-17 and 2017-18, from £1,000 to £1,200."
    )


def test_a_share_that_moved_is_a_reason_of_its_own() -> None:
    quarter, third = share("police-2016", 1, 4), share("police-2017", 1, 3)
    changes = what_changed(
        year("2016-17", money(POLICE, 300, share="police-2016"), shares={"police-2016": quarter}),
        year("2017-18", money(POLICE, 420, share="police-2017"), shares={"police-2017": third}),
        BODIES,
    )
    assert reasons(changes) == {Reason.SHARES: 100, Reason.REAL: 20}  # 1,200 at a third are 400


def test_a_body_that_has_not_sent_one_year_is_left_out_and_named() -> None:
    changes = what_changed(
        year("2016-17", money(COUNCIL, 100), money(TRUST, 50)),
        year("2017-18", money(COUNCIL, 110), money(POLICE, 30)),
        BODIES,
    )
    assert (changes.before, changes.after) == (100, 110)
    assert [(one.organisation, one.why, one.amount) for one in changes.left_out] == [
        (POLICE, LeftOut.NOT_BEFORE, 30),
        (TRUST, LeftOut.NOT_AFTER, 50),
    ]
    assert not_compared(changes.left_out, str.upper) == (
        "Not compared: POLICE (£30), not on the earlier map; TRUST (£50), not on the later map."
    )
    assert "by the one body that can be compared" in change(changes, "Spending in Anytown")


def test_a_body_that_ended_and_one_that_began_between_the_years_are_compared() -> None:
    bodies = (
        body(COUNCIL),
        body(TRUST, closed=date(2017, 3, 31), successor=POLICE),
        body(POLICE, opened=date(2017, 4, 1)),
    )
    changes = what_changed(
        year("2016-17", money(COUNCIL, 100), money(TRUST, 50)),
        year("2017-18", money(COUNCIL, 100), money(POLICE, 70)),
        bodies,
    )
    assert reasons(changes) == {Reason.NEW: 70, Reason.ENDED: -50}
    assert not changes.left_out


def test_a_body_that_ended_is_left_out_where_nobody_that_took_its_functions_over_has_sent_figures() -> None:
    bodies = (
        body(COUNCIL),
        body(TRUST, closed=date(2017, 3, 31), successor="next"),
        body("next", opened=date(2017, 4, 1), closed=date(2018, 3, 31), successor="last"),
        body("last", opened=date(2018, 4, 1)),
    )
    before = year("2016-17", money(COUNCIL, 100), money(TRUST, 50))
    changes = what_changed(before, year("2018-19", money(COUNCIL, 110)), bodies)
    assert [one.organisation for one in changes.left_out] == [TRUST]
    assert (changes.before, changes.after) == (100, 110)
    sent = what_changed(before, year("2018-19", money(COUNCIL, 110), money("last", 40)), bodies)
    assert reasons(sent) == {Reason.NEW: 40, Reason.ENDED: -50, Reason.REAL: 10}


def test_a_body_that_ended_during_the_later_year_owes_its_figures_for_it() -> None:
    bodies = (body(COUNCIL), body(TRUST, closed=date(2017, 6, 30)))
    changes = what_changed(
        year("2016-17", money(COUNCIL, 100), money(TRUST, 50)), year("2017-18", money(COUNCIL, 100)), bodies
    )
    assert [one.organisation for one in changes.left_out] == [TRUST]


def test_a_part_of_a_budget_that_one_year_lacks_is_what_is_counted_and_no_real_change() -> None:
    changes = what_changed(
        year("2016-17", money(COUNCIL, 100), money(COUNCIL, 40, "homes", "housing revenue account")),
        year("2017-18", money(COUNCIL, 100)),
        BODIES,
    )
    assert reasons(changes) == {Reason.SCOPE: -40}
    assert changes.parts_on_one_map() == ((COUNCIL, "housing revenue account", False),)
    assert change(changes, "Spending").endswith(
        "; on the parts of budgets that both maps have it did not change."
    )


def test_budgets_whose_parts_are_all_called_otherwise_are_compared_whole() -> None:
    changes = what_changed(
        year("2016-17", money(COUNCIL, 100, part="revenue")),
        year("2017-18", money(COUNCIL, 130, part="revenue outturn")),
        BODIES,
    )
    assert reasons(changes) == {Reason.REAL: 30}


def test_money_that_passes_to_a_body_that_is_not_compared_counts_in_full() -> None:
    passed = money(COUNCIL, -25, payer=TRUST, payee=COUNCIL)
    changes = what_changed(
        year("2016-17", money(COUNCIL, 100)),
        year("2017-18", money(COUNCIL, 100), money(TRUST, 25), passed),
        BODIES,
    )
    assert changes.after == 100
    assert reasons(changes) == {}


def test_more_that_passes_between_bodies_on_both_maps_is_a_reason_of_its_own() -> None:
    passed = money(COUNCIL, -25, payer=TRUST, payee=COUNCIL)
    changes = what_changed(
        year("2016-17", money(COUNCIL, 100), money(TRUST, 25)),
        year("2017-18", money(COUNCIL, 100), money(TRUST, 25), passed),
        BODIES,
    )
    assert reasons(changes) == {Reason.TRANSFERS: -25}


def test_without_a_deflator_prices_are_said_not_to_be_told_apart() -> None:
    changes = what_changed(
        year("2016-17", money(COUNCIL, 100), price=None), year("2017-18", money(COUNCIL, 110)), BODIES
    )
    assert reasons(changes) == {Reason.REAL: 10}
    assert measured_by(changes) == (
        "Prices are not told apart: there is no deflator for both 2016-17 and 2017-18."
    )
    assert largest_reasons(changes) == "The largest reason is change in cash, prices not told apart (+£10)."


def test_two_versions_of_one_year_are_compared_whole() -> None:
    first = year("2016-17", money(COUNCIL, 100), version=1)
    second = year("2016-17", money(COUNCIL, 90), money(TRUST, 50), version=2)
    changes = what_changed(first, second, BODIES)
    assert reasons(changes) == {Reason.NEW: 50, Reason.REAL: -10}
    assert (
        largest_reasons(changes)
        == "The largest reasons are bodies that came onto the map (+£50) and other figures (−£10)."
    )


amounts = st.integers(-(10**9), 10**10).map(lambda pennies: Decimal(pennies) / 100)
shares = st.sampled_from(("whole", "quarter", "third"))
held = st.builds(
    lambda of, part, service, theme, amount, key: money(of, amount, service, part, theme=theme, share=key),
    st.sampled_from((COUNCIL, POLICE, TRUST)),
    st.sampled_from(("revenue", "homes")),
    st.sampled_from(("care", "roads")),
    st.sampled_from(("healthy", "safer")),
    amounts,
    shares,
)
passing = st.builds(
    lambda pair, amount: money(pair[1], -abs(amount), payer=pair[0], payee=pair[1]),
    st.sampled_from(((COUNCIL, POLICE), (POLICE, TRUST), (TRUST, COUNCIL))),
    amounts,
)
SHARES = {"quarter": share("quarter", 1, 4), "third": share("third", 1, 3, ShareBasis.ACTIVITY)}
maps = st.builds(
    lambda name, rows, price, residents: year(name, *rows, price=price, residents=residents, shares=SHARES),
    st.sampled_from(("2014-15", "2016-17", "2021-22")),
    st.lists(held | passing, max_size=14),
    st.none() | st.integers(50, 200),
    st.integers(1, 10**6),
)
dated = st.tuples(
    *(
        st.builds(
            body,
            st.just(key),
            st.none() | st.dates(date(2014, 1, 1), date(2022, 1, 1)),
            st.none() | st.dates(date(2014, 1, 1), date(2022, 1, 1)),
            st.sampled_from(("", COUNCIL, POLICE, TRUST)),
        )
        for key in (COUNCIL, POLICE, TRUST)
    )
)


@given(
    maps, maps, dated, st.sampled_from(((), (COUNCIL,), (POLICE, TRUST))), st.sampled_from(((), ("safer",)))
)
def test_the_bars_of_every_bridge_make_the_change_in_all_and_for_each_body_board_and_service(
    start: MapOf, end: MapOf, bodies: Any, chosen: Any, themes: Any
) -> None:
    changes = what_changed(start, end, bodies, chosen, themes)
    assert changes.before + sum(amount for _, amount in changes.reasons()) == changes.after
    for word in ("organisation", "theme", "service"):
        parts = changes.by(word)
        for key, (before, after) in changes.ends_by(word).items():
            assert before + sum(parts.get(key, {}).values()) == after
    assert changes.compared.isdisjoint(one.organisation for one in changes.left_out)


@given(maps, dated)
def test_nothing_changed_between_a_map_and_itself(one: MapOf, bodies: Any) -> None:
    assert what_changed(one, one, bodies).changes == ()
