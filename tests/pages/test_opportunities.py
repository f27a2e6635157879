"""Opportunities as a director works through them: the list, one of them, its weights, the law and the register."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.exhibits.figures import Dots
from budget_model.store import joint
from budget_model.store.store import Store
from budget_model.vocabulary import RingFence, Side
from pages.shared import kept
from pages.shared.drawn import dots
from tests.pages import joined, riverton
from tests.pages.conftest import opened, said
from tests.towns import receive

pytestmark = pytest.mark.slow

SCOPE = riverton.YEAR


@pytest.fixture
def visit(joined_city: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(joined_city, monkeypatch)


def learning(app: Any) -> Any:
    """The id of the opportunity in learning disability, as its row in the list is keyed."""
    from budget_model.together.candidates import opportunity_id

    return opportunity_id(["council", "health"], ["learning-disability"])


def labels(app: Any) -> Any:
    return [one.proto.label for one in app.get("page_link")]


def notes(app: Any) -> Any:
    return "\n".join(one.value for one in (*app.warning, *app.info, *app.caption))


def test_the_list_opens_with_what_could_be_planned_together_each_line_once(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("opportunities"))
    assert "£22.0m could be planned together" in words  # 15 + 5 + 2 of the smaller partners
    assert "To plan together is to decide together how money is spent" in words
    assert "saving" not in words.lower()


def test_the_largest_pool_that_the_law_opens_today_is_named_with_its_power(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("opportunities")
    assert "Largest pool that the law allows" in said(app)
    assert "National Health Service Act 2006, section 75; needs legal advice" in said(app)
    assert any(
        "Open the largest pool that the law of the year allows: Learning disability support" in label
        for label in labels(app)
    )


def test_within_one_board_and_across_boards_are_told_apart(visit: Callable[..., AppTest]) -> None:
    words = said(visit("opportunities"))
    assert "Within one board: align these first" in words
    assert "Across boards: pool these after" in words


def test_a_word_finds_the_opportunity_that_it_is_about(visit: Callable[..., AppTest]) -> None:
    app = visit("opportunities", search="learning disability")
    ranked = [label for label in labels(app) if label[:1].isdigit()]
    assert ranked
    assert all("Learning disability" in one for one in ranked)


def test_looking_for_a_service_says_at_once_why_it_is_ranked_where_it_is(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("opportunities", search="learning disability"))
    assert "Why it is ranked there." in words
    assert "It is 1st of" in words
    assert "Why not further." in words
    assert "Why it is ranked there." not in said(visit("opportunities"))
    assert "Why it is ranked there." not in said(visit("opportunities", search="riverton"))


def test_a_word_that_finds_nothing_says_what_to_do(visit: Callable[..., AppTest]) -> None:
    assert "Take away a word or a choice." in said(visit("opportunities", search="zeppelins"))


def test_one_opportunity_says_why_it_is_ranked_where_it_is(visit: Callable[..., AppTest]) -> None:
    words = said(visit("opportunities", opportunity=learning(None)))
    assert "Why it is ranked here" in words
    assert "It is 1st of" in words
    assert "of 100, by the weights in use" in words


def test_one_opportunity_shows_both_sides_lines_route_limits_steps_and_what_is_left_out(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("opportunities", opportunity=learning(None)))
    for part in (
        "Learning disability: supported living",
        "Learning disability: assessment and treatment",
        "council.xlsx, Budget C5",
        "National Health Service Act 2006, section 75",
        "Needs legal advice",
        "✓ text read",
        "NHS Act 2006 s.75",
        "Why not higher.",
        "The first three steps",
        "Left out for want of data",
        "Nobody has recorded how ready",
        "between £14",
        "Grade 2",
    ):
        assert part in words


def test_an_unverified_rule_says_so(visit: Callable[..., AppTest]) -> None:
    from budget_model.together.candidates import opportunity_id

    words = said(
        visit("opportunities", opportunity=opportunity_id(["council", "police"], ["community-safety"]))
    )
    assert "unverified" in words
    assert "By the law of the map’s year it can go as far as Joint procurement or shared service" in words


@pytest.mark.parametrize(
    "identity", ["nothing-12345678", "<script>alert(1)</script>", "\x00", "../../etc/passwd", "a" * 5000]
)
def test_a_link_to_an_opportunity_that_is_not_there_shows_the_list_and_says_so(
    visit: Callable[..., AppTest], identity: str
) -> None:
    app = visit("opportunities", opportunity=identity)
    assert "is not on this map" in notes(app)
    assert "could be planned together" in said(app)


@pytest.mark.usefixtures("unfolded")
def test_the_weights_are_moved_kept_in_the_link_and_put_back(visit: Callable[..., AppTest]) -> None:
    app = visit("opportunities")
    before = app.slider(key="weight_materiality").value
    app.slider(key="weight_materiality").set_value(90).run()
    assert app.query_params["weights"].split("-")[5] == "90"
    assert "your own weights" in "".join(expander.label for expander in app.expander)
    app.button(key="weights_reset").click().run()
    assert "weights" not in app.query_params
    assert app.slider(key="weight_materiality").value == before


def test_weights_of_zero_are_answered_with_a_sentence(visit: Callable[..., AppTest]) -> None:
    words = said(visit("opportunities", weights="0-0-0-0-0-0-0-0"))
    assert "Every weight is zero" in words
    assert "go back to the place’s own" in words


@pytest.mark.parametrize(
    "weights", ["1-2", "a-b-c-d-e-f-g-h", "999-1-1-1-1-1-1-1-1", "-1-1-1-1-1-1-1-1", "١-1-1-1-1-1-1-1"]
)
def test_weights_that_cannot_be_read_are_the_places_own(visit: Callable[..., AppTest], weights: Any) -> None:
    app = visit("opportunities", weights=weights)
    assert "cannot be read" in notes(app)
    assert "£22.0m could be planned together" in said(app)


@pytest.mark.slow
def test_an_opportunity_goes_into_the_register_with_who_and_when_and_moves_on(
    own_visit: Callable[..., AppTest],
) -> None:
    app = own_visit("opportunities", opportunity=learning(None))
    key = learning(app)
    app.button(key=f"write_{key}").click().run()
    assert "Type your name first" in notes(app)
    app.text_input(key=f"signed_decide_{key}").input("R. Officer").run()
    app.selectbox(key=f"state_{key}").select("explored").run()
    app.text_input(key=f"owner_{key}").input("Director of adult care")
    app.text_area(key=f"comment_{key}_0").input("Ask the health body first.")
    app.button(key=f"write_{key}").click().run()
    words = said(app)
    assert "In the register: explored" in words
    assert "Ask the health body first." in words
    assert "R. Officer" in words
    joint.decide(kept.store(), key, by="R. Officer", review=date(2016, 1, 1))
    app = own_visit("opportunities", show="register")
    assert "One opportunity is in the register, with no decisions of the Board yet" in said(app)
    assert "review overdue" in said(app)
    assert "Director of adult care" in said(app)


@pytest.mark.slow
def test_a_decision_is_flagged_when_the_money_beneath_it_changes(own_visit: Callable[..., AppTest]) -> None:
    visit = own_visit
    app = visit("opportunities", opportunity=learning(None))
    key = learning(app)
    app.text_input(key=f"signed_decide_{key}").input("R. Officer").run()
    app.button(key=f"write_{key}").click().run()
    assert "In the register: idea" in said(app)
    more = dict(joined.LINES) | {
        "health": (
            (
                "Learning disability: assessment and treatment",
                "learning-disability",
                18_000,
                Side.EXPENDITURE,
                "Joint",
            ),
        )
    }
    whole, data = riverton.submission("health", "Vale", more["health"], 2, "health-direct")
    receive(kept.store(), whole, data, by="finance officer")
    words = said(visit("opportunities", opportunity=learning(None)))
    assert "£3.0m more could be planned together" in words
    assert "Southern Vale Clinical Commissioning Group £15.0m then, £18.0m now" in words


@pytest.mark.slow
def test_legal_advice_takes_the_place_of_the_rule_with_a_reason_and_can_be_taken_back(
    own_visit: Callable[..., AppTest],
) -> None:
    app = own_visit("opportunities", opportunity=learning(None))
    app.text_input(key="signed_override").input("City solicitor").run()
    app.selectbox(key="override_level").select(2).run()
    app.button(key="override_try").click().run()
    assert "level 6 now, 2 then; number 1 now, 3 then" in said(app)
    app.button(key="override_record").click().run()
    assert "Say why the limit is another" in notes(app)
    app.text_area(key="override_reason").input("Counsel's opinion of March.").run()
    app.button(key="override_record").click().run()
    words = said(app)
    assert "City solicitor set the legal limit to Align" in words
    assert "Counsel&#39;s opinion of March." in words
    app.button(key="override_withdraw").click().run()
    assert "City solicitor set the legal limit" not in said(app)


def test_readiness_that_partners_record_enters_the_score(own_visit: Callable[..., AppTest]) -> None:
    app = own_visit("opportunities", opportunity=learning(None))
    app.text_input(key="signed_readiness").input("R. Officer").run()
    app.selectbox(key="readiness_points").select(3).run()
    app.button(key="readiness_record").click().run()
    assert "Readiness: 3 of 4" in said(app)


HOSTILE: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "all ring-fenced": (
        {"ring_fence": RingFence.STATUTORY},
        {
            "overlap": "Common pounds are what two bodies both spend on one service",
            "opportunities": "Nothing could be planned together",
            "pools": "all their money there is ring-fenced, paid to people or in kind",
            "targets": "none is worse than the baseline",
        },
    ),
    "nothing but zeros": (
        {
            "lines": {
                body: tuple((line[0], line[1], 0, *line[3:]) for line in lines)
                for body, lines in joined.LINES.items()
            }
        },
        {
            "overlap": "Every line in this choice comes to zero, so no two bodies can overlap.",
            "opportunities": "No two bodies spend on the same service",
            "pools": "No two bodies spend on the same service",
            "targets": "most spending on related services is People living at home: £0.",
        },
    ),
    "nothing but income": (
        {
            "lines": {
                body: tuple((*line[:3], Side.INCOME, line[4]) for line in lines)
                for body, lines in joined.LINES.items()
            }
        },
        {
            "overlap": "and no two spend on the same service",
            "opportunities": "No two bodies spend on the same service",
            "pools": "No two bodies spend on the same service",
            "targets": "most spending on related services is People living at home: −£70.0m.",
        },
    ),
    "one organisation": (
        {"bodies": ("council",)},
        {
            "overlap": "Only Riverton City Council has money in this choice, and it takes two to overlap.",
            "opportunities": "Only Riverton City Council has money in this choice, and it takes two to join up.",
            "pools": "Only Riverton City Council has money in this choice, and it takes two to join up.",
            "targets": "most spending on related services is People living at home: £50.0m.",
        },
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", HOSTILE)
def test_every_page_says_in_a_sentence_what_a_strange_city_means_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    changes, sentences = HOSTILE[case]
    visit = opened(joined.build(tmp_path / "store.duckdb", **changes), monkeypatch)
    for page, sentence in sentences.items():
        assert sentence in said(visit(page)), page


@pytest.mark.slow
def test_money_of_nothing_or_less_breaks_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = dict(joined.LINES) | {
        "health": (
            ("Learning disability", "learning-disability", 0, Side.EXPENDITURE, "Joint"),
            ("Income for older people", "older-people", 5_000, Side.INCOME, "Joint"),
        )
    }
    visit = opened(joined.build(tmp_path / "store.duckdb", lines=lines), monkeypatch)
    for page in ("opportunities", "overlap", "pools", "targets"):
        visit(page)
    assert "£2.0m could be planned together" in said(visit("opportunities"))


def test_a_city_without_targets_says_that_no_pool_is_recommended(
    joined_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from budget_model.store.places import keep_place

    path = Path(shutil.copy(joined_made, tmp_path / "store.duckdb"))
    with Store(path) as store, store.writing() as writer:
        keep_place(writer, replace(joined.place(), targets=(), target_services=()))
    visit = opened(path, monkeypatch)
    assert "No service is linked to a target" in said(visit("opportunities"))
    assert "No targets are set for this place" in "".join(title.value for title in visit("targets").title)


def test_the_picture_keeps_every_dot_apart_and_every_name_inside(joined_made: Path, tmp_path: Path) -> None:
    from budget_model.answers import Answers
    from budget_model.exhibits import catalogue
    from budget_model.scope import Scope

    with Store(shutil.copy(joined_made, tmp_path / "store.duckdb")) as store:
        shown = catalogue.show(Answers(store, Scope(year=SCOPE)), "opportunities", "every=yes")
    assert isinstance(shown.figure, Dots)
    spots, _, _ = dots.spots_of(shown.figure)
    assert len(spots) == len(shown.figure.dots)
    for number, spot in enumerate(spots):
        assert 0 <= spot.x <= dots.WIDTH
        for other in spots[number + 1 :]:
            apart = ((spot.x - other.x) ** 2 + (spot.y - other.y) ** 2) ** 0.5
            assert apart >= (spot.size + other.size) / 2
