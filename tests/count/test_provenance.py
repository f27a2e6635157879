"""How figures came about: each of five words is used for one thing."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.answers import Answers
from budget_model.contribute.certificate import text_of
from budget_model.count.consolidate import Flow, Part, consolidate
from budget_model.count.provenance import source_of
from budget_model.count.results import Cell
from budget_model.scope import Scope
from budget_model.store.changes import certificate_of
from budget_model.store.places import keep_place
from budget_model.store.spending import by, lines, submissions
from budget_model.store.store import Store
from budget_model.vocabulary import ControlSource, Dimension, Provenance
from tests.towns import YEAR, line, receive, submission, town

NAMES = {"council": "Council", "police": "Police", "fire": "Fire"}


def between(payer: Provenance, payee: Provenance) -> str:
    """What is said of a transfer that one figure puts at £14 and the other at £25."""
    parts = [Part(0, "department", "s", Decimal(100)), Part(1, "college", "s", Decimal(25))]
    flow = Flow("t", "department", "college", Decimal(14), Decimal(25), (0,), (1,), True, payer, payee)
    return consolidate(parts, [flow]).mismatches[0].figures


def test_a_payer_states_nothing_that_somebody_estimated_for_it() -> None:
    said = between(Provenance.ESTIMATED, Provenance.ALLOCATED)
    assert said == "The payer’s figure is an estimate, £14, and the payee’s figure is an allocation, £25."


def test_only_a_figure_that_a_body_gave_is_stated_by_it() -> None:
    said = between(Provenance.STATED, Provenance.AUDITED)
    assert said == "The payer states £14, and the payee’s audited figure is £25."
    every = {between(provenance, provenance) for provenance in Provenance}
    assert len(every) == len(Provenance)
    assert len([text for text in every if "states" in text]) == 1


def test_a_source_names_what_is_published_apart_from_what_is_estimated() -> None:
    cells = [
        Cell(("estimated", "police"), Decimal(60)),
        Cell(("published", "council"), Decimal(30)),
        Cell(("estimated", "fire"), Decimal(-10)),
    ]
    assert source_of(cells, NAMES) == "Published figures of Council (30%) and estimates for two bodies (70%)"
    assert source_of([], NAMES) == ""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A council with £300 published and £100 allocated of its own, and the town's part of the police's £1,019.50."""
    with Store(tmp_path / "town.duckdb") as made:
        with made.writing() as writer:
            keep_place(writer, town())
        own = [line("Care", 300, "care"), line("Grant", 100, "care", provenance=Provenance.ALLOCATED)]
        council = submission("council", own, provenance=Provenance.PUBLISHED, control_total=Decimal(400))
        police = submission(
            "police",
            [line("Police", "1019.50", "safety", row=2)],
            share="quarter",
            provenance=Provenance.PUBLISHED,
            control_total=Decimal("1019.50"),
            control_source=ControlSource.OUR_SUM,
        )
        for sent in (council, police):
            receive(made, sent, b"x", by="officer")
        yield made


def test_a_line_keeps_its_word_and_a_part_by_a_ratio_is_an_estimate(store: Store) -> None:
    amounts = {part.key: part.amount for part in by(store, Scope(year=YEAR), Dimension.PROVENANCE)}
    assert amounts == {
        "published": Decimal("300.00"),
        "allocated": Decimal("100.00"),
        "estimated": Decimal("248.90"),
    }
    found = lines(store, Scope(year=YEAR)).lines
    assert {line_on_map.description: str(line_on_map.provenance) for line_on_map in found} == {
        "Care": "published",
        "Grant": "allocated",
        "Police": "published",
    }


def test_agreeing_with_our_own_sum_is_not_agreeing_with_a_body_s_total(store: Store) -> None:
    answers = Answers(store, Scope(year=YEAR))
    assert answers.relied_on().agreed == Decimal("648.90")
    assert answers.reconciled() == "62% checked against bodies’ own totals"  # 400 of 648.90
    assert answers.reconciliation().startswith(
        "62% of the money agrees with the bodies’ own totals and 38% with our own sums of the same rows, which "
        "prove only that no row was lost;"
    )
    assert answers.source() == (
        "Published figures of Anytown Council (46%), allocations to Anytown Council (15%) and estimates for "
        "Shire Police (38%)"
    )


def test_what_somebody_else_adds_up_is_named_on_the_certificate(store: Store) -> None:
    told = {one.organisation: text_of(certificate_of(store, one.submission)) for one in submissions(store)}
    assert "Compared with: our own sum of the same rows." in told["police"]
    assert "Compared with: the body’s own total." in told["council"]
