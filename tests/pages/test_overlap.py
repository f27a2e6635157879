"""Overlap as a director reads it: who meets whom, on what, and how each figure is to be read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.intake.sheet.table import Measure
from tests.pages.conftest import opened, said, unfold

pytestmark = pytest.mark.slow


@pytest.fixture
def visit(joined_city: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(joined_city, monkeypatch)


def test_the_page_opens_on_the_council_and_says_with_whom_it_overlaps_most_and_on_what(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("overlap"))
    assert "Riverton City Council spends on the same things as two other bodies" in words
    assert "Southern Vale Clinical Commissioning Group (£20.0m, most on learning disability support)" in words
    assert "Valeshire Police (£2.0m, most on community safety)" in words


def test_every_measure_stands_beside_its_caution(visit: Callable[..., AppTest]) -> None:
    partners, payers = said(visit("overlap")), said(visit("overlap", show="league"))
    assert "coarser services overlap more" in partners
    assert "reaches 100%" in partners
    assert "one payer alone gives 1" in payers
    assert "does not judge" in payers
    assert "one large common service can hide all else" in said(visit("overlap", measure="cosine"))


def test_two_bodies_are_shown_line_by_line_with_their_cells(visit: Callable[..., AppTest]) -> None:
    words = said(visit("overlap", body="council", **{"with": "police"}))
    assert "City Council and Police have £2.0m in common on one service" in words
    assert "Community safety team" in words
    assert "Safer neighbourhoods" in words
    assert "police.xlsx, Budget C5" in words


def test_two_bodies_with_nothing_in_common_are_told_so_and_where_to_look(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("overlap", body="health", **{"with": "police"})
    assert "spend on no service in common" in said(app)
    assert "look under Opportunities" in said(app)
    assert "What Police could join up for the same people" in [
        one.proto.label for one in app.get("page_link")
    ]


def test_the_other_body_is_chosen_from_a_list_and_goes_into_the_link(visit: Callable[..., AppTest]) -> None:
    app = visit("overlap", show="pair")
    app.selectbox(key="choice_with").select("police").run()
    assert app.query_params["with"] == "police"
    assert "City Council and Police have £2.0m in common" in said(app)


@pytest.mark.parametrize(
    ("measure", "finding"),
    [
        ("common", "City Council and Vale CCG have most in common, £20.0m"),
        ("overlap", "City Council and Vale CCG overlap most: 10% of the smaller one’s money"),
        ("amount", "The largest shared payer is City Council, £30.0m on social care for older people"),
        ("location_quotient", "times the place’s"),
    ],
)
def test_the_matrix_says_its_finding_for_the_measure_that_is_chosen(
    visit: Callable[..., AppTest], measure: Measure, finding: Any
) -> None:
    assert finding in said(visit("overlap", measure=measure))


def test_a_threshold_that_nobody_reaches_says_to_lower_it(visit: Callable[..., AppTest]) -> None:
    words = said(visit("overlap", least="10000000"))
    assert "learning" in words
    assert "Lower the threshold." in said(visit("overlap", least="10000000", org=["council", "police"]))


def test_the_league_of_boards_says_who_pays(visit: Callable[..., AppTest]) -> None:
    app = unfold(visit("overlap", league="theme"), "more_league_theme")
    assert "On Healthy City, bodies other than the largest payer spend" in said(app)
    assert "Who pays for each board" in said(app)
    app.button_group(key="choice_league").set_value("service").run()
    assert "On learning disability support" in said(app), "The view stays when its own choice is taken back."


def test_one_body_alone_cannot_overlap_and_is_told_what_to_do(visit: Callable[..., AppTest]) -> None:
    words = said(visit("overlap", org="council"))
    assert "Only Riverton City Council has money in this choice, and it takes two to overlap." in words
    assert "Widen the choice" in words


def test_a_link_to_a_body_that_is_not_there_shows_another_and_says_so(visit: Callable[..., AppTest]) -> None:
    app = visit("overlap", body="../../etc", measure="<b>", least="-1", league="?", service="'--")
    assert "The body that this link names pays for nothing here" in "".join(info.value for info in app.info)
    assert "Riverton City Council" in said(app)


def test_per_head_and_the_provider_view_do_not_apply_and_the_page_says_so(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("overlap", view="provider", per_head="yes"))
    assert "do not apply to joining up" in words
    assert "£20.0m" in words


def test_the_network_is_the_same_whatever_the_order_and_keeps_to_the_room_that_it_has() -> None:
    from decimal import Decimal

    from budget_model.together.alignment import align
    from budget_model.together.meeting import MOST_SERVICES, network_of
    from budget_model.together.spend import JointSpend
    from budget_model.vocabulary import OrganisationType

    spend = [
        JointSpend(
            f"body-{number % 9}",
            OrganisationType.OTHER,
            f"service-{number % 31}",
            "b",
            Decimal(1000 + number),
        )
        for number in range(400)
    ]
    network = network_of(align(spend), Decimal(0))
    assert network == network_of(align(reversed(spend)), Decimal(0))
    assert len(network.services) == MOST_SERVICES
    assert network.left_out == 31 - MOST_SERVICES
    assert {link.service for link in network.links} == set(network.services)


def test_the_crowded_city_is_drawn_whole(visit_crowded: Callable[..., AppTest]) -> None:
    app = visit_crowded("overlap", show="matrix")
    assert "not shown" in said(app)
