"""What voluntary bodies receive: every pound once, in every view the same, and no private person by name."""

import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from budget_model.access import Asker, Grant, Role
from budget_model.contribute.grant_files import read_grant_file, typed_rows
from budget_model.contribute.grant_rows import FileKind, GrantFile, GrantRow, RowKind
from budget_model.contribute.recipients import INDIVIDUAL, Recognised, may_be_a_person, recipient
from budget_model.intake.plain_sheets import PlainBook, PlainSheet
from budget_model.place.model import Area, AreaGrant
from budget_model.problem import Refusal
from budget_model.store import voluntary as kept
from budget_model.store.store import Store
from budget_model.together.compact import PROMISES, Kept
from budget_model.together.voluntary import (
    SMALL,
    Given,
    Length,
    Size,
    Voluntary,
    Why,
    Words,
    amount_of,
    by,
    count_of,
    notice_by,
    programme_of,
    voluntary,
)
from tests.towns import town

TITLES = (
    "Identifier",
    "Title",
    "Currency",
    "Amount Awarded",
    "Award Date",
    "Planned Dates:Start Date",
    "Planned Dates:Duration (months)",
    "Recipient Org:Identifier",
    "Recipient Org:Name",
    "Recipient Ind:Name",
    "Funding Org:Name",
    "Beneficiary Location:0:Geographic Code",
)


def grant(key: str, amount: object = 5000, **more: object) -> tuple[str, ...]:
    """A row of the standard: £5,000 of the Big Fund to a hospice for 2023, a year long."""
    row = dict(
        zip(
            TITLES,
            (
                key,
                "Help",
                "GBP",
                amount,
                "2023-01-01",
                "2023-01-01",
                12,
                "GB-CHC-1",
                "Anytown Hospice",
                "",
                "Big Fund",
                "",
            ),
            strict=True,
        )
    )
    return tuple(str(more.get(title.casefold().replace(" ", "_"), value)) for title, value in row.items())


def grants(*rows: tuple[str, ...], name: str = "grants.csv") -> GrantFile:
    return typed_rows(PlainBook((PlainSheet("", (TITLES, *rows)),)), name, name)


def payments(*rows: tuple[str, str, str], name: str = "spend.csv") -> GrantFile:
    head = ("Supplier Name", "Payment Date", "Net Amount (£)", "Purpose")
    cells = tuple((*row, "") for row in rows)
    return typed_rows(
        PlainBook((PlainSheet("", (("Spending over £500",), head, *cells)),)), name, name, "Council"
    )


def known(*files: GrantFile, words: Words | None = None) -> Voluntary:
    return voluntary(town(), files, words or Words())


def row(number: int, amount: Decimal, name: str, funder: str, months: int) -> GrantRow:
    starts = date(2023, 1, 1)
    return GrantRow(
        f"g{number}",
        f"row {number}",
        RowKind.GRANT,
        funder,
        name,
        f"GB-CHC-{name}",
        Recognised.IDENTIFIER,
        "",
        "",
        amount,
        awarded=starts,
        starts=starts,
        ends=date(2023 + months // 12, months % 12 + 1, 1),
    )


rows_of_a_file = st.lists(
    st.tuples(
        st.integers(1, 40_000_000).map(lambda pennies: Decimal(pennies) / 100),
        st.sampled_from("abc"),
        st.sampled_from(("Big Fund", "Council")),
        st.integers(1, 60),
    ),
    max_size=12,
)


@given(rows_of_a_file)
def test_funders_boards_sizes_and_lengths_each_make_the_total(
    made: list[tuple[Decimal, str, str, int]],
) -> None:
    file = GrantFile("f", "f", FileKind.GRANTS, tuple(row(number, *each) for number, each in enumerate(made)))
    voluntary_sector = known(file)
    whole = sum(each[0] for each in made)
    assert voluntary_sector.total == whole
    for view in (lambda one: one.funder, lambda one: one.board, lambda one: one.size, lambda one: one.length):
        groups = by(voluntary_sector.given, view)
        assert sum(amount_of(group) for group in groups.values()) == whole
        assert sum(count_of(group) for group in groups.values()) == len(made) == voluntary_sector.grants
    assert sum(body.amount for body in voluntary_sector.bodies) == whole


@given(rows_of_a_file, st.integers(0, 12))
def test_a_grant_in_two_files_is_counted_once(made: list[tuple[Decimal, str, str, int]], cut: int) -> None:
    rows = tuple(row(number, *each) for number, each in enumerate(made))
    first, second = (
        GrantFile(name, name, FileKind.GRANTS, part) for name, part in (("a", rows), ("b", rows[:cut]))
    )
    assert known(first, second).total == known(first).total
    again = known(first, second).asides.get(Why.AGAIN)
    assert (again.rows if again else 0) == min(cut, len(rows))


@example(
    [
        (Decimal(9_000), "a", "Council", 12),
        (Decimal(1_000), "a", "Council", 12),
        (Decimal(10_000), "a", "Council", 12),
    ]
)
@example([(Decimal(9_999), "a", "Council", 12), (Decimal(10_000), "a", "Council", 12)])
@given(rows_of_a_file)
def test_the_share_of_small_grants_lies_between_none_and_all_and_says_who_depends(
    made: list[tuple[Decimal, str, str, int]],
) -> None:
    file = GrantFile("f", "f", FileKind.GRANTS, tuple(row(number, *each) for number, each in enumerate(made)))
    for body in known(file).bodies:
        small = sum((each[0] for each in made if each[1] == body.name and each[0] < SMALL), Decimal(0))
        assert body.small_share * body.amount == pytest.approx(small)
        assert body.depends is bool(small and small * 2 >= body.amount)


def test_the_file_loaded_last_says_what_a_grant_is() -> None:
    voluntary_sector = known(
        grants(grant("360G-1", 5000)), grants(grant("360G-1", 6000), name="corrected.csv")
    )
    assert (voluntary_sector.total, voluntary_sector.given[0].source) == (6000, "corrected.csv, row 2")


def test_payments_of_one_year_are_one_sum_and_two_alike_are_two_payments() -> None:
    paid = ("Anytown Voluntary Action", "2024-05-01", "750")
    voluntary_sector = known(
        payments(paid, paid, ("Anytown Voluntary Action", "2025-05-01", "100")),
        words=Words({"name:anytown voluntary action": True}),
    )
    assert [(one.year, one.amount, one.grants, one.title) for one in voluntary_sector.given] == [
        (2024, 1500, 1, "2 payments"),
        (2025, 100, 1, ""),
    ]


def test_the_payment_of_a_grant_that_is_counted_is_not_counted_again() -> None:
    granted = grants(grant("360G-1", 5000, **{"funding_org:name": "The Council"}))
    paid = payments(("Anytown Hospice", "2023-02-01", "5000"), ("Anytown Hospice", "2025-06-01", "700"))
    voluntary_sector = known(granted, paid)
    assert voluntary_sector.total == 5700, "The second is paid over a year after the grant ended."
    assert voluntary_sector.asides[Why.PAID].amount == 5000


def test_a_funders_published_sums_give_way_to_its_own_grants_of_that_year() -> None:
    place = replace(
        town(),
        area_grants=tuple(
            AreaGrant("Big Fund", year, "ward", 9, Decimal(90_000), "published") for year in (2022, 2023)
        ),
    )
    voluntary_sector = voluntary(place, [grants(grant("360G-1"))], Words())
    assert (voluntary_sector.total, voluntary_sector.grants) == (95_000, 10)
    assert by(voluntary_sector.given, lambda one: str(one.size)).keys() == {Size.TOGETHER, Size.SMALL}


def test_several_grants_published_together_are_small_only_where_all_of_them_must_be() -> None:
    assert Given("Fund", Decimal(9_999), grants=3).size is Size.SMALL
    assert Given("Fund", Decimal(10_000), grants=3).size is Size.TOGETHER
    assert Given("Fund", Decimal(10_000)).size is Size.TENS


def test_a_grant_for_another_place_is_kept_and_not_counted() -> None:
    place = replace(town(), areas=(Area("any", "Anytown", "city", "E06000999", "", ""),))
    here, there, wide = (
        grant(f"360G-{code}", **{"beneficiary_location:0:geographic_code": code})
        for code in ("E06000999", "E06000001", "E92000001")
    )
    voluntary_sector = voluntary(place, [grants(here, there, wide)], Words())
    assert (voluntary_sector.grants, voluntary_sector.asides[Why.ELSEWHERE].rows) == (2, 1)


def test_a_body_is_voluntary_by_a_register_or_an_officers_word_and_never_by_a_guess() -> None:
    company = {"recipient_org:identifier": "GB-COH-7"}
    file = grants(
        grant("1"),
        grant("2", **company | {"recipient_org:name": "Anytown Wheels CIC"}),
        grant(
            "3",
            **company
            | {"recipient_org:name": "Anytown Community Wheels Ltd", "recipient_org:identifier": ""},
        ),
        grant(
            "4",
            **company
            | {"recipient_org:name": "Wheels Engineering Ltd", "recipient_org:identifier": "GB-COH-8"},
        ),
        grant(
            "5",
            **company | {"recipient_org:name": "Anytown Council", "recipient_org:identifier": "GB-LAE-ANY"},
        ),
    )
    voluntary_sector = known(file)
    assert [body.name for body in voluntary_sector.bodies] == ["Anytown Hospice", "Anytown Wheels CIC"]
    assert [(waiting.name, waiting.recognised) for waiting in voluntary_sector.waiting] == [
        ("Anytown Community Wheels Ltd", Recognised.WORDS),
        ("Wheels Engineering Ltd", Recognised.UNKNOWN),
    ]
    assert voluntary_sector.asides[Why.OTHER].rows == 1
    said = Words({"name:anytown community wheels": True, "GB-COH-8": False, "GB-CHC-1": False})
    assert [body.name for body in known(file, words=said).bodies] == [
        "Anytown Community Wheels Ltd",
        "Anytown Wheels CIC",
    ]


def test_a_name_without_an_identifier_is_the_body_that_has_one_in_another_file() -> None:
    voluntary_sector = known(grants(grant("360G-1")), payments(("ANYTOWN HOSPICE LTD", "2025-06-01", "700")))
    assert [(body.name, body.amount) for body in voluntary_sector.bodies] == [("Anytown Hospice", 5700)]
    assert voluntary_sector.shared[0].funders == ("Big Fund", "Council")


PERSONS = (
    "Jane Roe",
    "JANE ROE",
    "Roe, Jane",
    "J Roe",
    "J. P. Roe",
    "Roe J",
    "Mr J Roe",
    "Mr. & Mrs. Roe",
    "Dr Aisha Begum",
    "Mohammed Abdul Rahman Khan Chowdhury",
    "Siobhán O’Brien-Łukasz",
    "Timothy West",
    "Charles Dance",
    "Victoria Derbyshire",
    "Shirley Temple",
    "Mike England",
    "Khan",
    "Charlotte Church",
    "Robert Hall",
    "Amy House",
    "Jane Roe T/A Roe Gardening Services",
    "Roe trading as Sunny Taxis",
    "REDACTED PERSONAL DATA",
    "Foster carer payment",
    "Estate of Jane Roe (deceased) Services",
    "Cllr Jane Roe Community Fund",
    "Rev Roe",
    "Sir John Roe",
    "李 小龙",
    "",
)
ORGANISATIONS = (
    "Padley Centre",
    "Derby Hospice Trust",
    "St John’s Church",
    "The Old Bridge",
    "YMCA Derbyshire",
    "Roe & Sons Ltd",
    "Age UK Derby",
    "Friends of Markeaton Park",
    "Derby County Community Trust",
    "Women's Refuge",
    "Anytown Council",
)


@pytest.mark.parametrize("name", PERSONS)
def test_what_is_or_could_be_a_private_persons_name_is_neither_kept_nor_shown(name: str) -> None:
    for identifier in ("", "360G-bigfund-IND-77", "supplier 1234"):
        assert recipient(name, identifier) == recipient("", "", is_person=True)
    row_of = grant(
        "360G-1", title=f"For {name}", **{"recipient_org:name": name, "recipient_org:identifier": ""}
    )
    stored = repr(grants(row_of).rows[0])
    assert not name or name not in stored
    assert INDIVIDUAL in stored


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_an_organisations_name_is_kept(name: str) -> None:
    assert not may_be_a_person(name)
    assert recipient(name).name == name


def test_the_standards_own_individuals_are_never_named_whatever_they_are_called() -> None:
    row_of = grant(
        "360G-1",
        **{
            "recipient_org:name": "",
            "recipient_org:identifier": "",
            "recipient_ind:name": "Roe Community Trust",
        },
    )
    file = grants(row_of, grant("360G-2"))
    assert "Roe" not in repr(file)
    voluntary_sector = known(file)
    assert (voluntary_sector.total, voluntary_sector.asides[Why.INDIVIDUALS].amount) == (5000, 5000)


FAULTS = (
    (
        {"amount_awarded": "tbc"},
        "grants.csv, cell D2: “tbc” is no amount in pounds. Type a number; until then the row is kept and not counted.",
        0,
    ),
    (
        {"amount_awarded": ""},
        "grants.csv, cell D2: The amount is empty. Type a number; until then the row is kept and not counted.",
        0,
    ),
    (
        {"amount_awarded": "-5"},
        "grants.csv, cell D2: An amount of -5 is no grant. Correct it; a grant that was taken back is left out of the file.",
        0,
    ),
    (
        {"currency": "EUR"},
        "grants.csv, cell C2: The amount is in EUR, not in pounds. Give it in pounds; until then the row is kept and not counted.",
        0,
    ),
    (
        {"award_date": ""},
        "grants.csv, cell E2: The grant has no award date; it stands under no year. Fill it in if it is known.",
        5000,
    ),
    (
        {"award_date": "31/02/2023"},
        "grants.csv, cell E2: “31/02/2023” is no day. Write it as 2026-03-31; until then the row counts without it.",
        5000,
    ),
    (
        {"planned_dates:duration_(months)": "a while"},
        "grants.csv, cell G2: “a while” is no number of months. Write how many, such as 12.",
        5000,
    ),
    (
        {"funding_org:name": ""},
        "grants.csv, cell K2: It names no funder. Fill in “Funding Org:Name”, or choose the funder beside the file.",
        0,
    ),
)


@pytest.mark.parametrize(("fault", "sentence", "counted"), FAULTS)
def test_each_fault_is_a_sentence_with_its_place_and_the_row_is_kept(
    fault: dict[str, str], sentence: str, counted: int
) -> None:
    file = grants(grant("360G-1", **fault))
    assert [str(problem) for problem in file.problems] == [sentence]
    assert len(file.rows) == 1
    assert known(file).total == counted


def test_the_same_identifier_twice_in_a_file_is_one_grant_and_another_grant_under_it_is_told() -> None:
    file = grants(grant("360G-1"), grant("360G-1"), grant("360G-1", 7000))
    assert [str(problem) for problem in file.problems] == [
        "grants.csv, cell A3: The grant 360G-1 is in row 2 too; it is counted once.",
        "grants.csv, cell A4: The identifier 360G-1 is in row 2 too, with other words or figures; the first is counted. "
        "Give each grant its own identifier.",
    ]
    assert (known(file).total, len(file.rows)) == (5000, 3)


def test_a_spreadsheet_a_package_and_a_text_file_are_read_alike_behind_the_guard() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Read me"
    book.active.append(("About this file",))
    sheet = book.create_sheet("Grants")
    for cells in (TITLES, grant("360G-1", 1250.5)):
        sheet.append([float(cell) if cell == "1250.5" else cell for cell in cells])
    packed = io.BytesIO()
    book.save(packed)
    package = {
        "grants": [
            {
                "id": "360G-1",
                "title": "Help",
                "currency": "GBP",
                "amountAwarded": 1250.5,
                "awardDate": "2023-01-01T00:00:00Z",
                "plannedDates": [{"startDate": "2023-01-01", "duration": 12}],
                "recipientOrganization": [{"id": "GB-CHC-1", "name": "Anytown Hospice"}],
                "fundingOrganization": [{"name": "Big Fund"}],
            }
        ]
    }
    text = "\n".join(",".join(cells) for cells in (TITLES, grant("360G-1", 1250.5)))
    files = [
        read_grant_file(data, name)
        for data, name in (
            (packed.getvalue(), "a.xlsx"),
            (json.dumps(package).encode(), "a.json"),
            (text.encode(), "a.csv"),
        )
    ]
    rows = [replace(file.rows[0], place="") for file in files]
    assert rows[0] == rows[1] == rows[2]
    assert (rows[0].amount, rows[0].ends, rows[0].months) == (Decimal("1250.5"), date(2023, 12, 31), 12)
    assert "nothing of it was read" in str(files[0].problems[0])


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b'{"grants": [' + b"[" * 100_000, "deep.json", "cannot be read"),
        (b'{"grants": {"a": 1}}', "none.json", "has no list of grants"),
        (b"PK\x03\x04 not a book", "bad.xlsx", "bad.xlsx"),
        (b"Title,Cost\nRoads,5\n", "other.csv", "is neither a file of grants nor a list of payments"),
        (b"Supplier,Date,Amount\nRoads Ltd,2024-01-01,5\n", "paid.csv", "Choose the body that paid."),
    ],
)
def test_a_file_that_harms_or_is_no_list_is_refused_in_a_sentence(
    data: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_grant_file(data, name)


def test_five_thousand_grants_in_one_file_are_all_kept() -> None:
    rows = [grant(f"360G-{number}", 10) for number in range(5000)]
    text = "\n".join(",".join(cells) for cells in (TITLES, *rows))
    file = read_grant_file(text.encode(), "many.csv")
    assert (len(file.rows), file.problems, known(file).total) == (5000, (), 50_000)


def test_what_ends_is_told_with_the_day_by_which_notice_is_due() -> None:
    voluntary_sector = known(
        grants(grant("360G-1"), grant("360G-2", **{"planned_dates:duration_(months)": "48"}))
    )
    assert [(one.ends, one.length) for one in voluntary_sector.ending(date(2023, 1, 1))] == [
        (date(2023, 12, 31), Length.ONE),
        (date(2026, 12, 31), Length.LONGER),
    ]
    assert notice_by(date(2023, 12, 31)) == date(2023, 9, 30)
    assert not voluntary_sector.ending(date(2027, 1, 1))


@pytest.fixture
def store(town_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def test_the_same_file_twice_is_asked_about_and_counts_nothing_twice(store: Store) -> None:
    file = grants(grant("360G-1"))
    kept.keep_file(store, file, by="Ann")
    with pytest.raises(Refusal, match=r"grants\.csv is loaded already: Ann loaded it on"):
        kept.keep_file(store, file, by="Bo")
    kept.keep_file(store, file, by="Bo", again=True)
    assert [(each.file, each.made_by) for each in kept.files(store)] == [(file, "Bo")]
    kept.withdraw_file(store, kept.files(store)[0], by="Ann")
    assert not kept.files(store)
    kept.keep_file(store, file, by="Ann")
    assert len(kept.files(store)) == 1


def test_an_officer_loads_payments_of_the_own_body_alone_and_a_visitor_nothing(store: Store) -> None:
    officer = store.asked_by(Asker("Bo", "bo@nhs.example", (Grant(Role.OFFICER, "nhs"),)))
    paid = payments(("Anytown Hospice", "2024-01-01", "5"))
    kept.keep_file(officer, paid, by="Bo", body="nhs")
    with pytest.raises(Refusal, match="may not enter external funding"):
        kept.keep_file(officer, replace(paid, sha256="other"), by="Bo", body="council")
    visitor = store.asked_by(Asker("Vi", "vi@place.example", (Grant(Role.VISITOR),)))
    with pytest.raises(Refusal, match="Vi is visitor here"):
        kept.keep_file(visitor, grants(grant("1")), by="Vi")
    with pytest.raises(Refusal, match="Vi is visitor here"):
        kept.confirm(visitor, {"GB-CHC-1": True}, by="Vi")
    other = store.asked_by(Asker("Cy", "cy@nhs.example", (Grant(Role.OFFICER, "nhs"),)))
    with pytest.raises(Refusal, match="Cy is officer here"):
        kept.withdraw_file(other, kept.files(store)[0], by="Cy")
    kept.withdraw_file(officer, kept.files(store)[0], by="Bo")


def test_the_last_word_on_a_recipient_a_programme_and_a_promise_stands(store: Store) -> None:
    kept.confirm(store, {"GB-COH-7": True}, by="Ann")
    kept.confirm(store, {"GB-COH-7": False}, by="Bo")
    kept.put_under_boards(store, {programme_of("Big Fund", ""): "healthy"}, by="Ann")
    kept.say_of_promise(store, "length", Kept.PARTLY, "Three | years for some", by="Ann")
    said = kept.words(store)
    assert (said.voluntary, said.boards) == ({"GB-COH-7": False}, {"big fund|": "healthy"})
    assert known(grants(grant("1")), words=said).given[0].board == "healthy"
    stands = kept.promises(store)["length"]
    assert (stands.kept, stands.reason, stands.by) == (Kept.PARTLY, "Three | years for some", "Ann")
    with pytest.raises(Refusal, match="without a reason nobody can check it"):
        kept.say_of_promise(store, "length", Kept.YES, " ", by="Ann")


def test_each_promise_names_its_source_and_shows_what_the_grants_show() -> None:
    voluntary_sector = known(
        grants(grant("360G-1"), grant("360G-2", **{"planned_dates:duration_(months)": "48"}))
    )
    evidence = {promise.key: promise.evidence(voluntary_sector, date(2023, 11, 1)) for promise in PROMISES}
    assert all("The Compact, Cabinet Office, December 2010" in promise.source for promise in PROMISES)
    assert evidence["length"].startswith(
        "Of two grants that state how long they run, 1 run over two years (50%"
    )
    assert evidence["notice"] == (
        "Two grants end on a known day to come; for 1 of them (£5,000) three months’ notice of a change can no longer be given."
    )
    assert evidence["full-cost"] == ""
    assert {promise.key for promise in PROMISES if not promise.repeated_by} == {
        "open",
        "independence",
        "support",
    }, "part 1 alone was read in its own words; each other promise says who repeats it"
