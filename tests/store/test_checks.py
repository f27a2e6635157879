"""The checks hold on sound data, and each one fails when its law is broken."""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.scope import Scope
from budget_model.store.changes import certificate_of, would_change_status
from budget_model.store.checks import LAWS, check
from budget_model.store.places import keep_place, place_of
from budget_model.store.spending import total
from budget_model.store.store import Store
from budget_model.vocabulary import SubmissionStatus
from tests.towns import line, receive, submission, town, transfer


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two bodies with a payment between them, to be copied and damaged."""
    path = tmp_path_factory.mktemp("made") / "budget.duckdb"
    with Store(path) as opened:
        with opened.writing() as writer:
            keep_place(writer, town(transfers=[transfer("t", "council", "nhs", 40)]))
        for body, service in (("council", "care"), ("nhs", {"health": "0.5", "care": "0.5"})):
            data = body.encode()
            import hashlib

            sent = submission(body, [line("a", "100.01", service)], sha256=hashlib.sha256(data).hexdigest())
            receive(opened, sent, data, by="test")
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def troubled(store: Any) -> Any:
    return [one.law for one in check(store) if one.troubles]


@pytest.mark.slow
def test_every_law_holds_on_sound_data(store: Store) -> None:
    assert troubled(store) == []
    assert len(check(store)) >= 15


@pytest.mark.parametrize(
    ("damage", "law"),
    [
        ("delete from submission where organisation = 'nhs'", "Every line belongs"),
        ("delete from submission_event", "Every line belongs"),
        ("update line set id = 1", "No number is given"),
        ("update line set amount = amount + 0.01", "What a submission says"),
        ("update submission set organisation = 'council'", "One submission at most"),
        ("update line_service set share = 0.4 where share = 0.5", "The services of a line"),
        ("update service_theme set share = 0.6 where share = 0.5", "The delivery boards"),
        ("update line_service set service = 'nonsense'", "Every line names"),
        ("update share set numerator = 3", "A place’s share"),
        ("update mapped set amount = amount + 0.01 where entry = 'line'", "The parts of a line"),
        ("update mapped set amount = -500 where entry <> 'line'", "No part of a line"),
        ("delete from mapped where organisation = 'nhs'", "Every line in force"),
        ("update original set bytes = 'changed'::blob", "Every submission’s original"),
        ("delete from mapped_sum where entry = 'out of provider view'", "Both views"),
        ("update mapped_sum set amount = amount + 0.01", "The sums kept"),
        ("update mapped set theme = 'safer' where theme = 'healthy'", "The sums kept"),
        ("update mapped set theme = 'safer' where entry = 'line'", "The map made again"),
        ("update mapped set submission = 9 where organisation = 'nhs'", "Every place that states"),
    ],
)
def test_each_law_is_seen_to_be_broken(store: Store, damage: Any, law: Any) -> None:
    with store.writing() as writer:
        writer.execute(damage)
    proofs = [prove for name, prove in LAWS.items() if name.startswith(law)]
    assert proofs
    assert any(prove(store) for prove in proofs)


def test_a_place_comes_back_from_the_store_as_it_went_in(store: Store) -> None:
    place = town(transfers=[transfer("t", "council", "nhs", 40)])
    assert place_of(store) == place
    assert place_of(store).shares[1].value == Decimal("0.2441392840")


def test_what_is_counted_once_is_said_alike_on_every_certificate_and_before_every_change(
    store: Store,
) -> None:
    """Two bodies of 100.01 with a payment of 40 between them make 160.02, wherever the total is said."""
    place, whole = place_of(store), Decimal("160.02")
    assert total(store, Scope(year="2016-17")).total == whole
    links = [
        link for one in (1, 2) for link in certificate_of(store, one).links if link.name.startswith("Part of")
    ]
    assert sum(link.amount for link in links) == whole
    assert all(f"total of £{whole}" in link.says for link in links)
    withdrawn = would_change_status(store, 2, SubmissionStatus.WITHDRAWN, place)
    assert (withdrawn.before, withdrawn.after) == (whole, Decimal("100.01"))
