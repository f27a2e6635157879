"""Kinds of layouts that were once read wrong: amounts with words, levels that nothing proves, gross beside net, signs."""

from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.reading import Reading, lines
from budget_model.vocabulary import Side
from tests.intake.sheets import keys, loaded, only, read, read_amount, sheet


def net(reading: Reading) -> Decimal:
    """Expenditure less income."""
    return sum(
        (line.amount if line.side is Side.EXPENDITURE else -line.amount for line in lines(reading)),
        Decimal(0),
    )


@pytest.mark.parametrize("typed", ["£1,204 pa", "1,204 + VAT", "1,204 (1,2)", "1,204¶", "£1,204 per annum"])
def test_an_amount_is_read_with_what_is_said_of_it(typed: str) -> None:
    assert read_amount(typed) == 1_204


@pytest.mark.parametrize("typed", ["1,204 of which lent", "350k–400k"])
@pytest.mark.parametrize("at", [0, 2])
def test_an_amount_with_words_that_are_not_known_heads_no_table_and_is_named(typed: str, at: int) -> None:
    amounts: list[Any] = [2_311, 417, 228]
    amounts.insert(at, typed)
    rows = [["Service", "Budget £"], *([name, a] for name, a in zip("ABCD", amounts, strict=True))]
    reading = read(rows)
    assert loaded(reading) == 2_956
    assert any(typed[:5] in str(problem) for table in reading.tables for problem in table.problems)


def test_codes_whose_only_parts_say_them_again_are_asked_about_unless_a_total_shows_it() -> None:
    rows: list[list[Any]] = [
        ["Code", "Service", "Budget £"],
        ["10", "Libraries", 1_204],
        ["11", "Museums", 1_204],
    ]
    rows += [["20", "Parks", 2_311], ["21", "Leisure", 2_311], ["30", "Waste", 417]]
    assert "row" in keys(read(rows))
    reading = read([*rows, [None, "Total", 3_932]])
    assert (loaded(reading), keys(reading)) == (3_932, [])


def test_a_quarter_is_not_the_sum_of_the_quarters_before_it() -> None:
    rows: list[list[Any]] = [["Service £", "Q1", "Q2", "Q3", "Q4"]]
    rows += [
        [name, *(amount * k for k in range(1, 5))] for name, amount in (("Roads", 1_204), ("Parks", 417))
    ]
    assert loaded(read(rows)) == 4 * 1_621


def test_of_a_plan_over_several_years_the_first_is_guessed() -> None:
    rows: list[list[Any]] = [
        ["Medium-term financial plan"],
        ["Service", "2026-27 £", "2027-28 £", "2028-29 £"],
    ]
    rows += [["Roads", 1_204, 1_304, 1_404], ["Parks", 417, 427, 437]]
    reading = read(rows)
    assert (loaded(reading), keys(reading)) == (1_621, ["choice"])


@pytest.mark.parametrize(
    ("gross", "net_of_it", "head"), [("Gross", "Net", "{} £"), ("Brutto", "Netto", "Ansatz £")]
)
def test_of_a_sheet_of_gross_and_one_of_net_only_net_is_guessed(
    gross: str, net_of_it: str, head: str
) -> None:
    names = ["Roads", "Schools", "Parks"]
    first = [["Service", head.format(gross)], *zip(names, [1_304, 2_411, 417], strict=True)]
    second = [["Service", head.format(net_of_it)], *zip(names, [1_204, 2_311, 317], strict=True)]
    reading = read(sheet(gross, list(map(list, first))), sheet(net_of_it, list(map(list, second))))
    assert (loaded(reading), keys(reading)) == (3_832, ["net"])


def test_income_beside_gross_and_net_is_what_net_takes_off() -> None:
    names = ["Roads", "Schools", "Parks"]
    sheets = []
    for name, amounts in (
        ("Gross", (1_304, 2_411, 417)),
        ("Income", (100, 100, 100)),
        ("Net", (1_204, 2_311, 317)),
    ):
        sheets.append(sheet(name, [["Service", f"{name} £"], *map(list, zip(names, amounts, strict=True))]))
    assert net(read(*sheets)) == 3_832


def test_in_a_list_that_ends_with_a_surplus_above_zero_the_costs_carry_the_minus() -> None:
    rows: list[list[Any]] = [
        ["Account", "Budget £"],
        ["Council tax", 4_160],
        ["Pay", -2_311],
        ["Supplies", -417],
    ]
    assert net(read([*rows, ["Surplus", 1_432]])) == -1_432
    assert net(read([*rows, ["Surplus/(deficit)", 1_432]])) == -1_432


@pytest.mark.parametrize(("fees", "asked"), [("Council tax", False), ("Northern area", True)])
def test_a_column_called_sign_says_the_sides_and_is_asked_about_where_no_words_do(
    fees: str, asked: bool
) -> None:
    rows: list[list[Any]] = [
        ["Sign", "Account", "£"],
        ["-", fees, 4_160],
        ["+", "Pay", 2_311],
        ["+", "Post", 417],
    ]
    reading = read(rows)
    assert ("side" in keys(reading)) is asked
    assert abs(net(reading)) == 1_432
    if not asked:
        assert net(reading) == -1_432


def test_roman_and_arabic_numbers_before_the_names_are_an_outline() -> None:
    rows: list[list[Any]] = [["Poz.", "Treść", "Kwota £"], ["I", "Bieżące", 3_515], ["1", "Płace", 1_204]]
    rows += [["2", "Zakupy", 2_311], ["II", "Majątkowe", 417], ["1", "Drogi", 417]]
    assert loaded(read(rows)) == 3_932


@pytest.mark.parametrize("head", ["Actual to 30 Sept £", "Spend YTD £"])
def test_what_is_so_at_a_day_within_the_year_is_asked_about(head: str) -> None:
    assert "choice" in keys(read([["Service", head], ["Roads", 1_204], ["Parks", 417]]))


@pytest.mark.parametrize(
    "head", ["Year to 30 June 2026 £", "12 months to 31 December 2025 £", "Budget as at 1 April 2026 £"]
)
def test_a_whole_year_that_ends_or_was_decided_on_a_day_is_no_part_of_one(head: str) -> None:
    assert keys(read([["Service", head], ["Roads", 1_204], ["Parks", 417]])) == []


@pytest.mark.parametrize(
    ("earned", "spent", "total"),
    [
        ("Të ardhura", "Shpenzime", "Gjithsej"),
        ("Mapato", "Matumizi", "Jumla ya"),
        ("Dħul", "Nefqa", "Total"),
        ("Inkomste", "Uitgawes", "Totaal"),
        ("შემოსავლები", "ხარჯები", "სულ"),
    ],
)
def test_the_sides_are_known_in_smaller_languages_too(earned: str, spent: str, total: str) -> None:
    rows: list[list[Any]] = [
        ["", "2026 £"],
        [earned, None],
        ["a", 1_204],
        ["b", 417],
        [f"{total} {earned}", 1_621],
    ]
    rows += [[spent, None], ["c", 2_311], ["d", 228], [f"{total} {spent}", 2_539]]
    assert net(read(rows)) == 918


@pytest.mark.parametrize(("error", "total"), [("#REF!", "Total"), ("#BEZUG!", "Summe"), ("tbc", "Razem")])
def test_a_line_whose_amount_is_missing_parts_no_block_so_that_the_total_below_it_is_one(
    error: str, total: str
) -> None:
    rows: list[list[Any]] = [["Service", "Budget £"], ["Roads", 1_204], ["Schools", error], ["Parks", 417]]
    assert loaded(read([*rows, [total, 3_932]])) == 1_621


def test_the_total_of_a_part_is_one_though_all_but_one_of_its_lines_are_missing() -> None:
    rows: list[list[Any]] = [["Service", "Budget £"], ["Place", None], ["Roads", 1_204], ["Parks", "#VALUE!"]]
    rows += [["Total Place", 1_621], ["People", None], ["Schools", 2_311], ["Total People", 2_311]]
    assert loaded(read([*rows, ["Grand total", 3_932]])) == 3_515


def test_what_was_adopted_is_a_budget_though_its_header_does_not_say_so() -> None:
    rows: list[list[Any]] = [["Department £", "FY25 Actual", "FY26 Budget", "FY27 Adopted"]]
    assert loaded(read([*rows, ["Police", 1_004, 1_104, 1_204], ["Fire", 317, 327, 417]])) == 1_621


def test_forward_estimates_are_no_budget_that_somebody_decided() -> None:
    rows: list[list[Any]] = [
        ["Program", "2026-27 Budget £", "2027-28 Forward estimate £", "2028-29 Forward estimate £"]
    ]
    assert loaded(read([*rows, ["Schools", 1_204, 1_304, 1_404], ["Parks", 417, 427, 437]])) == 1_621


@pytest.mark.parametrize(
    ("earned", "spent"), [("Ingressos", "Despeses"), ("Príjmy", "Výdavky"), ("Income", "Expenditure")]
)
def test_a_side_over_the_first_lines_is_no_part_of_the_header_though_codes_stand_before_the_labels(
    earned: str, spent: str
) -> None:
    rows: list[list[Any]] = [
        ["Code", "Service", "Amount £"],
        [None, earned, None],
        ["C1", "a", 1_204],
        ["C2", "b", 417],
    ]
    assert net(read([*rows, [None, spent, None], ["C3", "c", 2_311], ["C4", "d", 228]])) == 918


@pytest.mark.parametrize("label", ["Capital works", "Contribution"])
def test_a_line_below_a_result_that_no_total_counts_is_asked_about(label: str) -> None:
    rows: list[list[Any]] = [["Item", "Budget £"], ["Income", None], ["Precept", 4_160], ["Fees", 417]]
    rows += [["Total income", 4_577], ["Expenditure", None], ["Staff", 2_311], ["Premises", 1_204]]
    rows += [["Total expenditure", 3_515], ["Net surplus", 1_062]]
    reading = read([*rows, [label, 228]])
    assert (net(reading), keys(reading)) == (-834, ["row"])


def test_what_is_as_much_as_the_total_above_it_and_called_otherwise_is_asked_about() -> None:
    rows: list[list[Any]] = [
        ["Item", "Budget £"],
        ["Roads", 1_204],
        ["Parks", 417],
        ["Net cost of services", 1_621],
    ]
    assert "row" in keys(read([*rows, ["Capital works", 1_621]]))
    assert keys(read([*rows, ["Budget requirement", 1_621]])) == []


def test_a_grand_word_before_the_name_of_a_heading_is_the_total_of_that_heading() -> None:
    rows: list[list[Any]] = [["Nazwa", "Kwota £"], ["Oświata", None], ["Szkoły", 1_204], ["Żłobki", 417]]
    rows += [
        ["Ogółem Oświata", 1_621],
        ["Zieleń", None],
        ["Parki", 2_311],
        ["Place", 228],
        ["Ogółem Zieleń", 2_539],
    ]
    reading = read(rows)
    assert (loaded(reading), keys(reading)) == (4_160, [])


@pytest.mark.parametrize("unit", ["1000 kr", "1.000 €", "(1 000 €)"])
def test_a_unit_alone_above_the_table_is_no_amount(unit: str) -> None:
    rows: list[list[Any]] = [["Budget 2026"], [unit], ["Tekst", "Beløp"], ["Skoler", 1_204], ["Veier", 417]]
    assert loaded(read(rows)) == 1_621_000


@pytest.mark.parametrize(
    ("last", "this"), [("Mar-25 £", "Mar-26 £"), ("12 months to 31.03.25 £", "12 months to 31.03.26 £")]
)
def test_one_month_of_two_years_names_the_years_that_end_with_it(last: str, this: str) -> None:
    reading = read([["Service", last, this], ["Roads", 1_104, 1_204], ["Parks", 407, 417]])
    assert (loaded(reading), keys(reading)) == (1_621, ["choice"])
    assert reading.tables[0].measures[-1].year == "2025-26"


SPENT = [["Item", "Budget £"], ["Pay", 1_204], ["Supplies", 2_311], ["Rent", 417]]


@pytest.mark.parametrize("name", ["निर्वाचन आयोग", "आयुर्वेद", "মেলা আয়োজন", "வருவாய்த் துறை"])
def test_a_word_for_income_within_another_word_of_an_indian_language_says_no_side(name: str) -> None:
    assert net(read(sheet(name, SPENT))) == 3_932


@pytest.mark.parametrize("label", ["कुलपति", "মোটরযান"])
def test_a_word_for_a_total_within_another_word_of_an_indian_language_says_no_total(label: str) -> None:
    assert loaded(read([*SPENT, [label, 228], ["Post", 33]])) == 4_193


@pytest.mark.parametrize("name", ["Kita Sonnenschein", "Hasil pertanian", "محصولات کشاورزی", "রাজস্ব বাজেট"])
def test_a_name_that_is_income_in_another_language_says_no_side(name: str) -> None:
    assert net(read(sheet(name, SPENT))) == 3_932


@pytest.mark.parametrize("label", ["Somma urgenza", "Masjid Jami", "اداره کل آموزش", "میزان آب"])
def test_a_word_for_a_total_that_says_so_only_alone_is_a_line_beside_others(label: str) -> None:
    assert loaded(read([*SPENT, [label, 228], ["Post", 33]])) == 4_193


@pytest.mark.parametrize("label", ["Somma", "Jami", "Jami xarajatlar", "کل", "کل اخراجات"])
def test_such_a_word_alone_or_before_what_is_spent_is_a_total_though_it_disagrees(label: str) -> None:
    reading = read([*SPENT, [label, 3_900]])
    assert (loaded(reading), [check.difference for check in only(reading).checks]) == (3_932, [-32])


def test_a_year_that_begins_on_a_day_is_not_named_after_the_year_before() -> None:
    reading = read(
        [["Service", "From 01.04.25 £", "From 01.04.26 £"], ["Roads", 1_104, 1_204], ["Parks", 407, 417]]
    )
    assert [measure.year for measure in reading.tables[0].measures if measure.year] == []
    assert keys(reading) == ["choice"]


@pytest.mark.parametrize("beside", ["HT", "TTC", "/an", "H.T."])
def test_amounts_of_a_french_list_are_read_with_what_is_said_of_tax_behind_their_currency(
    beside: str,
) -> None:
    rows: list[list[Any]] = [
        ["Libellé", "Montant €"],
        ["Voirie", f"1 204 € {beside}"],
        ["Écoles", f"417 € {beside}"],
    ]
    assert loaded(read([*rows, ["Parcs", 228]])) == 1_849


@pytest.mark.parametrize(
    ("head", "side"), [("Income £", -1), ("Einnahmen £", -1), ("Revenue £", 1), ("Income support £", 1)]
)
def test_a_list_whose_only_amounts_are_headed_income_is_income(head: str, side: int) -> None:
    assert net(read([["Service", head], ["Roads", 1_204], ["Parks", 417]])) == side * 1_621


def test_a_header_of_income_does_not_reach_a_list_in_which_a_line_speaks_of_expenditure() -> None:
    assert net(read([["Item", "Income £"], ["Fees", 1_204], ["Less expenditure on hire", -417]])) == 787


@pytest.mark.parametrize(
    "heads",
    [
        ["April 2024", "May 2024"],
        ["Apr-24"],
        ["Q1 2024-25 (£000)"],
        ["Q1 2024-25", "Q2 2024-25"],
        ["First half 2024"],
        ["2024-04"],
    ],
)
def test_fewer_columns_than_the_parts_of_a_year_are_asked_about_however_few(heads: list[str]) -> None:
    rows: list[list[Any]] = [["Revenue (£)"], ["Service", *heads]]
    rows += [[name, *(amount + 7 * k for k in range(len(heads)))] for name, amount in PLAIN]
    (question,) = read(rows).questions
    assert question.key.startswith("choice:")
    assert question.best == "add them up"


@pytest.mark.parametrize(
    "heads",
    [
        ["31 March 2025"],
        ["Budget April 2024"],
        ["Q1 forecast 2024-25"],
        ["H1 2024", "H2 2024"],
        ["Q1 2024", "Q2 2024", "Q3 2024", "Q4 2024"],
    ],
)
def test_a_whole_year_is_not_asked_about_for_a_month_in_its_header(heads: list[str]) -> None:
    rows: list[list[Any]] = [["Revenue (£)"], ["Service", *heads]]
    rows += [[name, *(amount + 7 * k for k in range(len(heads)))] for name, amount in PLAIN]
    assert not read(rows).questions


PLAIN = [("Parks", 2_311), ("Libraries", 417), ("Museums", 228), ("Theatres", 1_204)]


@pytest.mark.parametrize("total", ["Grand total", "Total général", "Total geral"])
def test_a_grand_total_with_a_name_is_of_its_block_where_the_next_block_has_one_too(total: str) -> None:
    rows: list[list[Any]] = [
        ["Service", "Budget £"],
        ["Staff", 1_200],
        ["Running", 300],
        [f"{total} Schools", 1_500],
    ]
    rows += [["Staff", 800], ["Running", 250], [f"{total} Roads", 1_050]]
    reading = read(rows)
    assert loaded(reading) == 2_550
    assert not reading.questions


def test_the_posting_keys_of_a_ledger_say_which_rows_are_taken_off() -> None:
    rows: list[list[Any]] = [
        ["Account", "Text", "PK", "Amount £"],
        ["410000", "Invoice", 40, 1_204],
        ["410000", "Reversal", 50, 417],
        ["420000", "Accrual", 40, 228],
    ]
    assert net(read(rows)) == 1_015
    rows[0][2] = "Cost centre"
    assert net(read(rows)) == 1_849


@pytest.mark.parametrize("headers", [("Households £", "Businesses £"), ("Ménages (€)", "Entreprises (€)")])
def test_columns_named_by_who_receives_the_money_are_guessed_to_add_up(headers: tuple[str, str]) -> None:
    reading = read([["Scheme", *headers], ["Grants", 2_000, 500], ["Loans", 311, 145]])
    assert loaded(reading) == 2_956
    assert "choice" in keys(reading)


def of_keys(header: str, *keys: int | str) -> list[list[Any]]:
    """An invoice of 1,204, and of each further key a row of 300, 55 and so on."""
    amounts = (1_204, 300, 55, 417)
    entries = [["410000", "Entry", key, amount] for key, amount in zip(keys, amounts, strict=False)]
    return [["Account", "Text", header, "Amount £"], *entries]


@pytest.mark.parametrize("header", ["Posting key", "PstKy", "Buchungsschlüssel", "Clé de comptabilisation"])
def test_a_ledger_may_have_more_than_two_posting_keys(header: str) -> None:
    for some in ((40, 81, 91, 50), ("40", "86", "96", "50")):
        reading = read(of_keys(header, *some))
        assert net(reading) == 1_204 + 300 - 55 - 417
        assert not reading.questions


def test_posting_keys_of_vendors_and_customers_are_asked_about() -> None:
    for some, total in ((("31", "31", "21"), 1_449), (("01", "01", "11"), -1_449), ((40, 81, 31), 1_449)):
        reading = read(of_keys("Posting key", *some))
        assert net(reading) == total
        assert [question.key.split(":")[0] for question in reading.questions] == ["side"]


def by_part(header: str, names: list[str]) -> list[list[Any]]:
    """The same two services in each part of a year, one row each."""
    return [
        [header, "Service", "Amount £"],
        *([p, s, a] for p in names for s, a in (("Parks", 2_311), ("Homes", 645))),
    ]


@pytest.mark.parametrize(
    ("header", "names"),
    [("Month", ["Apr-24"]), ("Monat", ["Januar", "Februar"]), ("Quarter", ["Q1", "Q2", "Q3"])],
)
def test_rows_of_some_months_or_quarters_are_asked_about(header: str, names: list[str]) -> None:
    reading = read(by_part(header, names))
    assert loaded(reading) == 2_956 * len(names)
    (question,) = reading.questions
    assert f"are of {len(names)} of the " in question.ask
    assert loaded(read(by_part(header, names), answers={question.key: "leave it out"})) == 0


def test_rows_of_every_quarter_are_added_up_though_each_costs_the_same() -> None:
    reading = read(by_part("Quarter", ["Q1", "Q2", "Q3", "Q4"]))
    assert loaded(reading) == 4 * 2_956
    assert not reading.questions


def test_the_month_in_which_a_contract_begins_is_no_part_of_the_year_that_is_paid() -> None:
    assert not read(by_part("Start month", ["April", "May"])).questions
