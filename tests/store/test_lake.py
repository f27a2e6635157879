"""A lake answers as one file does, several machines write to it, and nothing acknowledged is lost or half there."""

import dataclasses
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import count
from pathlib import Path

import duckdb
import pytest

from budget_model.__main__ import main
from budget_model.access import Act
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import versions
from budget_model.store.backup import DATABASE, TABLE_NAMES, backup, restore
from budget_model.store.lake import Address, Lake
from budget_model.store.lake_copy import LakeShared
from budget_model.store.places import keep_place
from budget_model.store.published_places import published_places
from budget_model.store.spending import by, total, years
from budget_model.store.store import Store, usual_path
from budget_model.store.submissions import change_status, write_audit
from budget_model.vocabulary import Basis, Dimension, SubmissionStatus, View
from tests import postgres
from tests.sampled import WHOLE
from tests.store.test_owned import ROOT, WRITES, broken, noted, soon
from tests.towns import YEAR, line, receive, submission
from tests.towns import town as town_place

SCOPES = 200 if WHOLE else 40
HALF = "half"
NUMBERS = count(1)


def settings(patch: pytest.MonkeyPatch, folder: Path, catalogue: str) -> None:
    """Have the store be a lake whose files and first copy are in a folder."""
    patch.setenv("BUDGET_MODEL_STORE", f"ducklake:{catalogue}")
    patch.setenv("BUDGET_MODEL_LAKE_FILES", str(folder / "files"))
    patch.setenv("BUDGET_MODEL_COPY", str(folder / "first.duckdb"))


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of a lake of one machine that is not made yet: its catalogue is a file."""
    settings(monkeypatch, tmp_path, str(tmp_path / "catalogue.ducklake"))


@pytest.fixture
def shared_lake(server: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of a lake that several machines reach, and that is not made yet."""
    made = postgres.make_database(server, f"lake{next(NUMBERS)}")
    settings(monkeypatch, tmp_path, f"postgres:{made}")


@pytest.fixture(scope="session")
def city_kept(joined_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the city whose bodies meet, to be brought back into lakes."""
    folder = tmp_path_factory.mktemp("city")
    copy = folder / "budget.duckdb"
    copy.write_bytes(joined_made.read_bytes())
    with Store(copy) as store:
        return backup(store, folder).folder


@pytest.fixture(scope="session")
def town_lake(server: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small town on a lake of several machines, made once and copied: its files and its first copy."""
    folder = tmp_path_factory.mktemp("town-lake")
    with pytest.MonkeyPatch.context() as patch:
        settings(patch, folder, f"postgres:{postgres.make_database(server, 'town')}")
        with Store() as store, store.writing() as writer:
            keep_place(writer, town_place())
    return folder


@pytest.fixture
def town(server: Path, town_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The small town on a lake, opened by the first of several machines."""
    made = postgres.make_database(server, f"town{next(NUMBERS)}", like="town")
    settings(monkeypatch, tmp_path, f"postgres:{made}")
    shutil.copytree(town_lake / "files", tmp_path / "files")
    for name in ("first", "second"):
        shutil.copy(town_lake / "first.duckdb", tmp_path / f"{name}.duckdb")
    with Store() as store:
        yield store


@pytest.fixture
def second(town: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The same lake, opened by another machine."""
    monkeypatch.setenv("BUDGET_MODEL_COPY", str(tmp_path / "second.duckdb"))
    with Store() as store:
        yield store


def contents(store: Store) -> dict[str, list[str]]:
    """Every table of a store, row for row, without what says that a backup was brought back."""
    return {
        name: sorted(
            str(row)
            for row in store.table(f'select * from "{name}"').to_pylist()
            if row.get("what") != "backup brought back"
        )
        for (name,) in store.select(TABLE_NAMES)
    }


def scopes(store: Store) -> Iterator[Scope]:
    """Scopes of every kind, always the same ones."""
    chance = random.Random(17)
    bodies = [part.key for part in by(store, Scope(year=years(store)[0]), Dimension.ORGANISATION)]
    themes = [part.key for part in by(store, Scope(year=years(store)[0]), Dimension.THEME)]
    for _ in range(SCOPES):
        yield Scope(
            year=chance.choice(years(store)),
            basis=chance.choice(list(Basis)),
            view=chance.choice(list(View)),
            schools=chance.random() < 0.5,
            capital=chance.random() < 0.5,
            transfers_to_individuals=chance.random() < 0.5,
            organisations=tuple(sorted(chance.sample(bodies, chance.randint(0, len(bodies))))),
            themes=tuple(sorted(chance.sample(themes, chance.randint(0, min(2, len(themes)))))),
        )


def answers(store: Store, asked: list[Scope]) -> list[object]:
    by_service = [by(store, scope, Dimension.SERVICE) for scope in asked[:20]]
    return [*(total(store, scope) for scope in asked), *by_service]


def send(store: Store, body: str, pounds: int, part: str = "revenue") -> None:
    data = f"{body} {part} {pounds}".encode()
    made = submission(body, [line("Care", pounds, "care")], part=part)
    receive(store, dataclasses.replace(made, sha256=hashlib.sha256(data).hexdigest()), data, by="Ann")


def pounds(store: Store) -> Decimal:
    return total(store, Scope(year=YEAR)).total


def snapshot(store: Store) -> int:
    assert isinstance(store.shared, LakeShared)
    return store.shared.snapshot


def test_a_lake_holds_a_backup_row_for_row_and_answers_every_scope_asked_to_the_penny(
    shared_lake: None, city_kept: Path, joined_made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    restore(city_kept, usual_path())
    file = tmp_path / "one file.duckdb"
    file.write_bytes(joined_made.read_bytes())
    with Store() as store, Store(file) as single:
        asked = list(scopes(single))
        assert contents(store) == contents(single)
        assert answers(store, asked) == answers(single, asked)
        assert len({scope for scope in asked if total(single, scope).total}) > SCOPES // 4
        assert broken(store) == []
    assert main(["total", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)


def test_a_lake_takes_the_steps_of_the_map_and_a_machine_that_starts_anew_has_them_all(
    lake: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store() as store:
        with store.writing() as writer:
            keep_place(writer, town_place())
        send(store, "council", 90)
        send(store, "nhs", 50)
        assert pounds(store) == 140
        number = versions.publish(store, "For May", by="Ann").number
        [(nhs,)] = store.select("select id from submission where organisation = 'nhs'")
        change_status(store, int(nhs), SubmissionStatus.WITHDRAWN, by="Ann")
        assert pounds(store) == 90
        with pytest.raises(ZeroDivisionError), store.writing() as writer:
            write_audit(writer, "Ann", "noted", HALF, "", "")
            raise ZeroDivisionError
        assert HALF not in noted(store, "Ann")
        before = contents(store)
        assert store.changes == snapshot(store)
        again = backup(store, tmp_path / "kept").folder
    with Store(again / DATABASE) as back:
        assert contents(back) == before
    monkeypatch.setenv("BUDGET_MODEL_COPY", str(tmp_path / "anew.duckdb"))
    with Store() as anew:
        assert contents(anew) == before
        assert pounds(anew) == 90
        assert pounds(versions.opened(anew, number)) == 140
        assert broken(anew) == []


def test_what_one_machine_writes_every_other_sees(town: Store, second: Store) -> None:
    send(town, "council", 90)
    assert soon(lambda: second.changes == town.changes)
    assert pounds(second) == 90
    send(second, "nhs", 50)
    assert soon(lambda: town.changes == second.changes)
    assert pounds(town) == pounds(second) == 140
    assert contents(town) == contents(second)


def test_eight_writers_on_two_machines_lose_nothing_and_count_every_number_once(
    town: Store, second: Store
) -> None:
    def write(who: int) -> list[int]:
        given: list[int] = []
        for number in range(3):
            with (town, second)[who % 2].writing(Act.SET_UP) as writer:
                write_audit(writer, f"writer {who}", "noted", str(number), "", "")
                given += writer.numbers("event_id", 2)
        return given

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for given in pool.map(write, range(8)) for number in given]
    assert len(set(numbers)) == 8 * 3 * 2
    assert soon(lambda: town.changes == second.changes)
    for store in (town, second):
        assert all(noted(store, f"writer {who}") == ["0", "1", "2"] for who in range(8))
        assert broken(store) == []


def test_a_program_that_is_killed_while_it_writes_loses_nothing_acknowledged_and_leaves_nothing_half(
    town: Store, tmp_path: Path
) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT), "BUDGET_MODEL_COPY": str(tmp_path / "killed.duckdb")}
    asked = [sys.executable, "-c", WRITES, env["BUDGET_MODEL_COPY"], "killed", "3"]
    told = subprocess.Popen(
        asked, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert [told.stdout.readline().strip() for _ in range(4)] == ["0", "1", "2", HALF]
    told.send_signal(signal.SIGKILL)
    told.wait()
    send(town, "council", 90)  # the lock of the killed was let go
    assert noted(town, "killed") == ["0", "1", "2"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUDGET_MODEL_COPY", env["BUDGET_MODEL_COPY"])
        with Store() as again:
            assert contents(again) == contents(town)
            assert broken(again) == []


def test_a_change_that_the_lake_has_and_the_copy_could_not_keep_is_taken_over(
    town: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(town.shared, LakeShared)
    lake, send_to = town.shared.lake, town.shared.lake.send
    before = snapshot(town)
    monkeypatch.setattr(lake, "send", lambda parcels, since: send_to(parcels, since) and 2**70)
    with pytest.raises(Refusal, match="do not do it again"):
        send(town, "council", 90)
    monkeypatch.undo()
    assert soon(lambda: snapshot(town) > before)
    assert pounds(town) == 90
    assert broken(town) == []


def test_a_change_is_refused_and_not_kept_where_another_program_changed_rows_under_it(town: Store) -> None:
    assert isinstance(town.shared, LakeShared)
    strange = Lake(town.shared.lake.address)
    with pytest.raises(Refusal, match="do it again"), town.writing() as writer:
        write_audit(writer, "Ann", "noted", HALF, "", "")
        strange._database.execute("insert into lake.number_given values ('strange', 0)")
    strange.close()
    assert HALF not in noted(town, "Ann")
    send(town, "council", 90)
    assert pounds(town) == 90


def test_a_compacted_lake_holds_the_same_in_fewer_files_and_a_copy_that_is_far_behind_reads_it_anew(
    lake: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store() as store:
        with store.writing() as writer:
            keep_place(writer, town_place())
        send(store, "council", 93)
    behind = usual_path().read_bytes()
    with Store() as store:
        send(store, "nhs", 50)
        before = contents(store)
    assert main(["compact", "--keep-days", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["snapshots"] == 1
    with Store() as store:
        assert contents(store) == before
        send(store, "police", 1)
        assert pounds(store) == 144
        before = contents(store)
    usual_path().write_bytes(behind)
    with Store() as store:
        assert contents(store) == before


def test_what_is_no_lake_or_not_the_lakes_copy_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, town_made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = tmp_path / "catalogue.ducklake"
    monkeypatch.setenv("BUDGET_MODEL_STORE", f"ducklake:{where}")
    monkeypatch.setenv("BUDGET_MODEL_LAKE_FILES", str(tmp_path / "files"))
    monkeypatch.setenv("BUDGET_MODEL_COPY", str(tmp_path / "copy.duckdb"))
    with pytest.raises(Refusal, match="There is no lake at"):
        Store.existing()
    assert not where.exists()
    usual_path().write_bytes(town_made.read_bytes())
    with pytest.raises(Refusal, match="another store than the lake's copy"):
        Store()
    usual_path().unlink()
    Store().close()
    with duckdb.connect(str(tmp_path / "copy.duckdb")) as database:
        assert database.execute("select count(*) from lake_position").fetchone() == (1,)
    address = Address.set()
    assert address is not None
    newer = Lake(address)
    newer._database.execute("insert into lake.migration values (9999, 'newer', now())")
    newer.close()
    with pytest.raises(Refusal, match="newer version"):
        Store()
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(tmp_path / "copy.duckdb"))
    with pytest.raises(Refusal, match="copy of a lake"):
        Store()
    assert main(["compact"]) == 1
    assert "names no lake" in capsys.readouterr().err


def in_lake(patch: pytest.MonkeyPatch, folder: Path, place: str) -> Store:
    """The store of one of several places in a lake, opened by a machine of its own."""
    patch.setenv("BUDGET_MODEL_LAKE_PLACE", place)
    patch.setenv("BUDGET_MODEL_COPY", str(folder / f"{place}.duckdb"))
    return Store()


def load(store: Store, name: str, amount: int) -> None:
    with store.writing() as writer:
        keep_place(writer, town_place(id=name.lower(), name=name))
    send(store, "council", amount)


def told_of(store: Store) -> list[tuple[str, list[str]]]:
    """The places that a store knows of, each with the total of each map that it published."""
    known = published_places(store).known
    return [(place.name, [str(year.total) for each in place.maps for year in each.years]) for place in known]


@pytest.mark.slow
def test_places_in_one_lake_have_each_their_own_figures_and_of_each_other_what_is_published(
    shared_lake: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_lake(monkeypatch, tmp_path, "ash-by") as ashby, in_lake(monkeypatch, tmp_path, "brook") as brook:
        load(ashby, "Ashby", 90)
        load(brook, "Brook", 50)
        assert (pounds(ashby), pounds(brook)) == (90, 50)
        assert soon(lambda: snapshot(ashby) == snapshot(brook))
        before = ashby.changes
        versions.publish(brook, "May", by="Ann")
        assert soon(lambda: told_of(ashby) == [("Ashby", []), ("Brook", ["50.00"])])
        assert soon(lambda: ashby.changes > before)
        published = ashby.changes
        send(brook, "nhs", 7)
        assert soon(lambda: snapshot(ashby) == snapshot(brook))
        assert ashby.changes == published  # what is kept from its own figures stays kept
        assert told_of(ashby) == [("Ashby", []), ("Brook", ["50.00"])]
        assert isinstance(ashby.shared, LakeShared)
        ashby.shared.compact(0)
        send(ashby, "nhs", 10)
        assert (pounds(ashby), pounds(brook)) == (100, 57)
        assert (broken(ashby), broken(brook)) == ([], [])
        before_it_starts_again = contents(ashby)
    monkeypatch.setenv("BUDGET_MODEL_LAKE_PLACE", "ash-by")
    monkeypatch.setenv("BUDGET_MODEL_COPY", str(tmp_path / "another machine.duckdb"))
    with Store() as anew:
        assert contents(anew) == before_it_starts_again


def test_a_place_that_a_lake_does_not_hold_is_refused_with_those_that_it_holds(
    lake: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_lake(monkeypatch, tmp_path, "brook").close()
    monkeypatch.setenv("BUDGET_MODEL_LAKE_PLACE", "ashby")
    with pytest.raises(Refusal, match="holds no place ashby; it holds brook"):
        Store.existing()
    monkeypatch.setenv("BUDGET_MODEL_LAKE_PLACE", 'brook"')
    with pytest.raises(Refusal, match="small letters, digits and hyphens"):
        Store()
    monkeypatch.setenv("BUDGET_MODEL_LAKE_PLACE", "ashby")
    with pytest.raises(Refusal, match=r"another store than the lake's copy"):
        Store()  # the file is the copy of another place
