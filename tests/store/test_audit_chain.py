"""Whatever is altered, added or taken away by hand is found and named by `check`, and so is work that is gone."""

import dataclasses
import hashlib
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.contribute.about import About
from budget_model.store.backup import backup, restore
from budget_model.store.chain import BY_ROW, BY_SUBMISSION, Entry, entries, head_path
from budget_model.store.checks import check
from budget_model.store.contributions import begin, explain
from budget_model.store.joint import decide, enter
from budget_model.store.mapped import map_everything
from budget_model.store.places import keep_place
from budget_model.store.quality import set_due_days
from budget_model.store.store import PLACE_TABLES, Store
from budget_model.together.decisions import Snapshot
from budget_model.vocabulary import Phase
from tests.store.older import taken_back
from tests.towns import YEAR, line, receive, submission, town


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "budget.duckdb"
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(writer, town())
        sent = submission("council", [line("Care", 90, "care"), line("Homes", 10, "care")])
        receive(
            store, dataclasses.replace(sent, sha256=hashlib.sha256(b"file").hexdigest()), b"file", by="Ann"
        )
        explain(store, 1, "difference", "A grant came late.", by="Ann")
        begin(store, About("nhs", YEAR), "nhs.csv", b"draft", by="Bob")
        set_due_days(store, YEAR, {Phase.OUTTURN: date(2026, 6, 30)}, by="Dee")
        enter(
            store, "care", "Care together", ["council", "nhs"], ["care"], Snapshot(Decimal(5), ()), by="Dee"
        )
        decide(store, "care", by="Dee", comment="Agreed in June.")
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    shutil.copy(head_path(made), tmp_path / "budget.duckdb.head")
    return Path(shutil.copy(made, tmp_path / "budget.duckdb"))


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


def by_hand(store: Store, *statements: str) -> str:
    """Do to the store what somebody with a database tool could, and give what `check` says of it."""
    with store.writing(audited=False) as writer:
        for sql in statements:
            writer.execute(sql)
    return "\n".join(trouble for law in list(check(store))[-3:] for trouble in law.troubles)


def test_a_store_that_nobody_touched_is_whole_and_each_change_has_its_entry(store: Store) -> None:
    assert by_hand(store) == ""
    said = [(entry.what, entry.made_by) for entry in entries(store.select)]
    assert said == [
        ("written", said[0][1]),
        ("submission approved", "Ann"),
        ("explained", "Ann"),
        ("draft begun", "Bob"),
        ("due day set", "Dee"),
        ("decision registered", "Dee"),
        ("decision comment", "Dee"),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("damage", "named"),
    [
        (
            "update audit_entry set made_by = 'Eve' where number = 3",
            "What entry 3 of the audit (explained 1, Eve",
        ),
        ("update audit_entry set made_at = made_at - interval 1 day where number = 2", "What entry 2 of"),
        ("delete from audit_entry where number = 5", "Entry 5 of the audit is missing"),
        ("delete from audit_entry where number > 4", "and entry 7 was written: the newest work is gone"),
        ("update submission_event set made_by = 'Eve'", "(submission approved 1, Ann"),
        ("update decision_event set comment = 'Refused.' where comment <> ''", "(decision comment care, Dee"),
        ("delete from decision", "A row of decision was altered or taken away that entry 6"),
        (
            "delete from draft_step where kind = 'about'",
            "A row of draft_step was altered or taken away that entry 4",
        ),
        ("update explanation set words = 'Nothing.'", "that entry 3 of the audit (explained 1, Ann"),
        ("update due set due_on = date '2027-01-01'", "A row of due was altered"),
        (
            "insert into explanation select submission, 'x', 'Mine.', made_at, 'Eve' from explanation",
            "is one that no entry of the audit wrote: {'submission': 1, 'subject': x",
        ),
        ("update line_service set made_by = 'Eve'", "The rows of line_service of submission 1 are not those"),
        ("update share set numerator = numerator + 1", "The list share is not what entry 1"),
    ],
)
def test_what_is_altered_by_hand_is_found_and_named(store: Store, damage: str, named: str) -> None:
    assert named in by_hand(store, damage)


def test_an_entry_tells_its_time_by_the_clock_on_the_wall_as_every_page_does() -> None:
    summer = datetime(2026, 5, 3, 14, 5, 9, tzinfo=UTC)
    entry = Entry(3, summer, "Ann", "", "", "explained", "1", "", "", "", "")
    assert str(entry) == "entry 3 of the audit (explained 1, Ann, 3 May 2026 at 15:05)"


def test_a_million_put_onto_a_line_is_found_however_consistently_it_was_done(store: Store) -> None:
    with store.writing(audited=False) as writer:
        for sql in (
            "update line set amount = amount + 1000000 where description = 'Care'",
            "update submission set read_total = read_total + 1000000",
            "update reading_kept set document = '{}'",
        ):
            writer.execute(sql)
        map_everything(writer)
    said = by_hand(store)
    assert (
        "The rows of line of submission 1 are not those that entry 2 of the audit (submission approved 1, Ann"
        in said
    )
    assert "A row of submission was altered" in said


@pytest.mark.slow
def test_a_store_that_lost_its_newest_work_with_its_write_ahead_file_is_found(
    path: Path, tmp_path: Path
) -> None:
    before = tmp_path / "before.duckdb"
    shutil.copy(path, before)
    with Store(path) as store:
        explain(store, 1, "difference", "It came in May.", by="Ann")
    shutil.copy(before, path)
    with Store(path) as store:
        assert "ends with entry 7, and entry 8 was written: the newest work is gone" in by_hand(store)


@pytest.mark.slow
def test_a_backup_brought_back_says_so_and_goes_on_with_its_own_chain(path: Path, tmp_path: Path) -> None:
    with Store(path) as store:
        folder = backup(store, tmp_path / "backups").folder
        explain(store, 1, "difference", "It came in May.", by="Ann")
    restore(folder, path)
    with Store(path) as store:
        assert by_hand(store) == ""
        assert [entry.what for entry in entries(store.select)][-1] == "backup brought back"


@pytest.mark.slow
def test_a_store_from_before_the_chain_is_sealed_as_it_stands(path: Path) -> None:
    with Store(path) as store, store.writing(audited=False) as writer:
        writer.execute("delete from audit_entry")
        writer.execute("insert into audit values (now(), 'Ann', 'explained', '1', '', 'Late.')")
    taken_back(path, 16)
    with Store(path) as store:
        assert [entry.what for entry in entries(store.select)] == ["chain begun"]
        assert by_hand(store) == ""
        assert "A row of audit was altered or taken away" in by_hand(
            store, "update audit set made_by = 'Eve'"
        )


UNSEALED = {
    "the audit itself, the steps of the store, and how it counts": {
        "audit_entry",
        "migration",
        "number_given",
        "lake_position",
    },
    "worked out anew from what is sealed": {"mapped", "mapped_sum"},
    "of an older format, and written by nothing": {"weights_set"},
    "held to their own fingerprints": {"original", "map_version_file"},
    "deleted in time, or when somebody has done": {
        "consultation_link",
        "consultation_draft",
        "first_steps",
        "place_draft",
        "presence",
    },
}
"""Tables whose rows the chain does not seal, and why."""


def test_every_table_is_sealed_by_the_chain_or_there_is_a_reason_why_not(store: Store) -> None:
    there = {
        str(name) for (name,) in store.select("select table_name from duckdb_tables() where not internal")
    }
    sealed = {*BY_ROW, *BY_SUBMISSION, *PLACE_TABLES}
    assert there - sealed == {table for tables in UNSEALED.values() for table in tables}
    assert sealed <= there
