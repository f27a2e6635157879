"""Budgets as bodies of many countries write them: signs, scales, character sets, sides told by totals, notes below."""

from decimal import Decimal

import pytest

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.reading import Reading, lines, understand
from budget_model.intake.sheet.units import unit_in
from budget_model.vocabulary import Side
from tests.intake.sheets import keys, read, read_amount


def of_csv(text: str, encoding: str = "utf-8") -> Reading:
    """What is understood of a CSV file."""
    return understand(open_workbook(text.encode(encoding), "budget.csv"), {})


def net(reading: Reading) -> Decimal:
    """Expenditure less income of all that would be loaded."""
    return sum(
        (line.amount if line.side is Side.EXPENDITURE else -line.amount for line in lines(reading)),
        Decimal(0),
    )


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Kshs. Million", "KES million"),
        ("Затверджено на 2025 рік, тис. грн", "UAH thousand"),
        ("Сумма, тыс. руб.", "RUB thousand"),
        ("План, млн грн", "UAH million"),
        ("2025/26 Budget R'000", "ZAR thousand"),
        ("2025 Budget N'000", "NGN thousand"),
        ("FY 2025 (in thousand pesos)", "PHP thousand"),
        ("Budget, million", "None million"),
    ],
)
def test_a_scale_behind_a_comma_or_a_short_form_with_a_point_is_a_unit(header: str, unit: str) -> None:
    stated = unit_in(header)
    assert stated is not None
    assert f"{stated.currency} {'thousand' if stated.factor == 1000 else 'million'}" == unit


def test_an_amount_in_a_sentence_is_still_no_unit() -> None:
    assert unit_in("Savings of 1,200.5 million were found") is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("412 500:-", "412500"), ("R 412 500", "412500"), ("-R1 234.50", "-1234.50")]
)
def test_amounts_of_sweden_and_south_africa_are_read(typed: str, meant: str) -> None:
    assert read_amount(typed) == Decimal(meant)


def test_a_code_that_begins_with_r_is_no_amount() -> None:
    assert read_amount("R412500") is None


@pytest.mark.parametrize(
    ("header", "currency"), [("Budget 2025 (mio. kr.)", "DKK"), ("Budget 2025 (SEK million)", "SEK")]
)
def test_kroner_are_those_of_the_language_unless_the_code_is_printed(header: str, currency: str) -> None:
    reading = of_csv(
        f"Område;{header}\nBørn og unge;412,5\nVeje og udgifter;131,2\nTilskud til kultur;87,4\n"
    )
    (question,) = reading.questions
    assert f"are in {currency}" in question.ask
    assert ("language" in question.reason) is (currency == "DKK")
    assert {measure.unit.currency for measure in reading.tables[0].measures} == {currency}


JAPANESE = "款,項,予算額（千円）\n民生費,社会福祉費,4152300\n教育費,小学校費,1804100\n合計,,5956400\n"
RUSSIAN = "Раздел;Наименование;Сумма, руб.\n0700;Образование;112340\n0800;Культура;9120\nВсего;;121460\n"
SERBIAN = (
    "Позиција;Опис;План 2025 дин\n1;Плате запослених;4521050\n2;Стални трошкови;912030\nУкупно;;5433080\n"
)


@pytest.mark.parametrize(
    ("text", "encoding", "total"),
    [
        *((JAPANESE, encoding, 5_956_400_000) for encoding in ("shift_jis", "cp932", "euc_jp", "iso2022_jp")),
        *(
            (RUSSIAN, encoding, 121_460)
            for encoding in ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")
        ),
        *((SERBIAN, encoding, 5_433_080) for encoding in ("cp1251", "iso8859_5")),
    ],
)
def test_each_script_is_read_in_every_character_set_that_it_is_written_in(
    text: str, encoding: str, total: int
) -> None:
    assert net(of_csv(text, encoding)) == total


def test_costs_with_a_minus_beside_income_without_one_are_costs() -> None:
    reading = of_csv(
        "Tehtävä;Menot;Tulot;Netto\nPerusopetus;-31040;1540;-29500\nKirjasto;-2810;210;-2600\nLiikunta;-900;0;-900\n"
    )
    assert net(reading) == 33_000


SIDES = [
    ["Taxes", 124_000],
    ["Grants", 43_000],
    ["Total income", 167_000],
    ["Staff", 131_000],
    ["Works", 52_000],
]


@pytest.mark.parametrize(
    "words",
    [
        ("Total income", "Total expenditure"),
        ("Příjmy celkem", "Výdaje celkem"),
        ("Summe Erträge", "Summe Aufwendungen"),
    ],
)
def test_totals_of_income_and_of_expenditure_say_which_lines_are_which(words: tuple[str, str]) -> None:
    income, expenditure = words
    rows = [["Heading", "Budget £"], *SIDES[:2], [income, 167_000], *SIDES[3:], [expenditure, 183_000]]
    assert net(read(rows)) == 16_000


def test_what_pays_for_the_deficit_is_no_line() -> None:
    rows = [
        ["Položka", "Rozpočet v Kč"],
        ["Daně", 124_000],
        ["Transfery", 43_000],
        ["Příjmy celkem", 167_000],
    ]
    rows += [["Běžné výdaje", 131_000], ["Kapitálové výdaje", 52_000], ["Výdaje celkem", 183_000]]
    assert net(read([*rows, ["Saldo", -16_000], ["Financování", 16_000]])) == 16_000


@pytest.mark.parametrize(
    "memo", ["Pro memoria: deuda viva", "Nachrichtlich: Schulden", "Справочно: долг", "For information: debt"]
)
def test_what_is_printed_below_for_information_is_no_line(memo: str) -> None:
    rows = [
        ["Concepto", "Importe €"],
        ["Educación", 4_125_300],
        ["Vías", 3_882_500],
        ["Total gastos", 8_007_800],
    ]
    assert net(read([*rows, [memo, 25_400_000]])) == 8_007_800


def test_what_is_held_before_and_after_the_year_below_the_only_total_is_no_line() -> None:
    rows = [["Service", "Budget £"], ["Parks", 4_125_300], ["Roads", 3_882_500], ["Culture", 1_204_000]]
    rows += [["Net cost of services", 9_211_800], ["General fund balance at 1 April", 5_200_000]]
    assert net(read([*rows, ["General fund balance at 31 March", 4_800_000]])) == 9_211_800


def test_what_is_owed_to_lenders_is_asked_about() -> None:
    reading = of_csv("Prêteur;Capital restant dû au 01/01/2025 €\nCDC;2500000\nCaisse;1800000\n")
    assert "load" in keys(reading)
    assert not reading.chosen


@pytest.mark.parametrize("error", ["#BEZUG!", "#VALEUR!", "#¡REF!", "#RIF!", "#ADR!", "#ССЫЛКА!"])
def test_an_error_in_the_words_of_another_program_is_named_by_its_cell(error: str) -> None:
    rows = [["Bezeichnung", "Ansatz £"], ["Schulen", 4_125_300], ["Straßen", error], ["Kultur", 1_204_000]]
    reading = read([*rows, ["Summe", 9_211_800]])
    assert any("B3" in str(problem) for problem in reading.tables[0].problems)


def test_a_draft_and_what_was_decided_of_it_are_asked_about_with_the_decision_as_the_best_guess() -> None:
    from tests.intake.sheets import sheet

    names = ["Schulen", "Straßen", "Kultur", "Sport", "Kitas"]
    rows = [["Bezeichnung", "Ansatz 2025 £"], *([name, 84_380.0 + 7_919 * k] for k, name in enumerate(names))]
    decided = [*rows[:-1], ["Kitas", 120_000.0]]
    reading = read(sheet("Entwurf", rows), sheet("Beschluss", decided))
    (question,) = [question for question in reading.questions if question.key.startswith("twice")]
    assert question.best == "once, from Beschluss"


def test_numbered_chapters_whose_only_part_is_as_large_count_once() -> None:
    rows = [
        ["Dział", "Rozdział", "§", "Treść", "Plan na 2025 r. zł"],
        [600, None, None, "Transport", 4_521_050.0],
    ]
    rows += [[None, 60016, None, "Drogi gminne", 4_521_050.0], [None, None, 4270, "Zakup usług", 1_521_050.0]]
    rows += [[None, None, 6050, "Inwestycje", 3_000_000.0], [801, None, None, "Oświata", 2_345_000.0]]
    rows += [
        [None, 80101, None, "Szkoły podstawowe", 2_345_000.0],
        [None, None, 4010, "Wynagrodzenia", 2_000_000.0],
    ]
    rows += [[None, None, 4110, "Składki", 345_000.0], ["Razem", None, None, None, 6_866_050.0]]
    assert net(read(rows)) == 6_866_050


def test_round_heads_that_leave_no_row_over_are_totals_and_asked_about() -> None:
    rows = [
        ["Klassifikaator", "Eelarve 2025 €"],
        ["Tulud", 16_700_000],
        ["Maksutulud", 12_400_000],
        ["Toetused", 4_300_000],
    ]
    rows += [["Kulud", 18_300_000], ["Tööjõukulud", 13_100_000], ["Majandamiskulud", 5_200_000]]
    reading = read(rows)
    assert net(reading) == 1_600_000
    assert keys(reading).count("row") == 2


def test_what_expenditure_leaves_of_income_makes_it_no_copy_of_income() -> None:
    rows = [
        ["Poste", "Budget $"],
        ["Revenus", None],
        ["Taxes", 4_100_000],
        ["Transferts", 2_150_000],
        ["Total des revenus", 6_250_000],
    ]
    rows += [
        ["Charges", None],
        ["Sécurité", 3_300_000],
        ["Loisirs", 2_650_000],
        ["Total des charges", 5_950_000],
    ]
    assert net(read([*rows, ["Excédent", 300_000]])) == -300_000


def test_the_same_money_by_who_pays_is_not_loaded_again_where_one_of_them_pays_by_itself() -> None:
    rows = [["Service", "Budget £"], ["Care", 4_100_000], ["Roads", 2_150_000], ["Total", 6_250_000]]
    rows += [["By funder", None], ["Council", 3_300_000], ["Health", 2_650_000], ["Subtotal", 5_950_000]]
    assert net(read([*rows, ["Grants", 300_000]])) == 6_250_000


def test_indian_thousands_are_parted_to_the_last_two_digits() -> None:
    assert read_amount("12,45,05") == Decimal(124_505)


def test_where_nothing_names_a_currency_the_best_guess_is_that_of_the_language() -> None:
    reading = of_csv("Nazwa;Wydatki\nOświata;4521050\nPomoc społeczna;2345000\nRazem;6866050\n")
    assert reading.questions[0].best == "PLN"


@pytest.mark.parametrize(
    "heads",
    [("bis 31.03.", "bis 30.06.", "bis 30.09.", "bis 31.12."), ("au 31/3", "au 30/6", "au 30/9", "au 31/12")],
)
def test_the_year_so_far_at_the_end_of_each_quarter_is_the_last_of_them_and_not_all_four(
    heads: tuple[str, ...],
) -> None:
    rows = [
        ["Leistung", *heads],
        ["Schulen", 100_310, 205_000, 307_700, 410_900],
        ["Straßen", 53_100, 101_200, 153_300, 205_500],
    ]
    reading = read([*rows, ["Kultur", 20_500, 41_200, 60_300, 80_700]])
    (choice,) = [question for question in reading.questions if question.key.startswith("choice")]
    assert choice.best == heads[-1]
    assert net(reading) == 697_100


@pytest.mark.parametrize("label", ["For information services", "For reference libraries"])
def test_a_service_for_information_is_a_line(label: str) -> None:
    rows = [["Service", "Budget £"], ["Schools", 4_125_300], ["Roads", 3_882_500], [label, 45_000]]
    assert net(read(rows)) == 8_052_800


def test_what_is_called_a_part_and_is_more_than_the_line_above_is_asked_about() -> None:
    rows = [["Service", "Budget £"], ["Schools", 4_125_300], ["Roads", 3_882_500]]
    assert "row" in keys(read([*rows, ["Including bridges", 9_000_000]]))
    assert "row" not in keys(read([*rows, ["Including bridges", 900_000]]))


@pytest.mark.parametrize("header", ["Pol", "Cofog"])
def test_a_column_that_a_total_across_needs_holds_money_although_its_header_is_a_code_elsewhere(
    header: str,
) -> None:
    rows = [
        ["Service", "Fire", header, "Ambulances", "Total £"],
        ["Wages", 100_000, 230_000, 310_000, 640_000],
    ]
    assert (
        net(
            read([*rows, ["Vans", 55_000, 66_000, 71_000, 192_000], ["Fuel", 21_000, 33_000, 41_000, 95_000]])
        )
        == 927_000
    )


def test_what_is_called_a_result_and_is_not_what_the_totals_leave_is_named() -> None:
    rows = [
        ["Service", "Budget £"],
        ["Income", None],
        ["Taxes", 167_000],
        ["Fees", 20_000],
        ["Total income", 187_000],
    ]
    rows += [["Expenditure", None], ["Staff", 131_000], ["Works", 52_000], ["Total expenditure", 183_000]]
    for result, named in ((4_000, False), (45_000, True)):
        problems = read([*rows, ["Saldo", result]]).tables[0].problems
        assert any(problem.code == "left-out-by-words" for problem in problems) is named
