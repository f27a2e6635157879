"""Units and currencies in any language: in titles, headers, by row, by column and in number formats, or asked."""

from decimal import Decimal
from typing import Any

import pytest

from budget_model.intake.files.grid import Facts, Sheet
from budget_model.intake.sheet.units import Unit, unit_in, unit_of_format
from tests.intake.sheets import keys, loaded, only, read

SERVICES = ["Adult care", "Children", "Highways", "Waste", "Libraries"]
FIGURES = [412.5, 388.25, 120.4, 96.35, 41.2]
SUM = Decimal("1058.7")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Kwota (tys. zł)", "PLN thousand"),
        ("v tis. Kč", "CZK thousand"),
        ("mil. Kč", "CZK million"),
        ("R$ mil", "BRL thousand"),
        ("R$ milhões", "BRL million"),
        ("k€", "EUR thousand"),
        ("M€", "EUR million"),
        ("in T€", "EUR thousand"),
        ("in TEUR", "EUR thousand"),
        ("Ansatz 2025 in Mio. Euro", "EUR million"),
        ("in Mrd. €", "EUR billion"),
        ("(bedragen x € 1.000)", "EUR thousand"),
        ("en milliers d'euros", "EUR thousand"),
        ("миллионов рублей", "RUB million"),
        ("тыс. руб.", "RUB thousand"),
        ("млн грн.", "UAH million"),
        ("tūkst. Eur", "EUR thousand"),
        ("ezer Ft", "HUF thousand"),
        ("Mkr", "SEK million"),
        ("千円", "JPY thousand"),
        ("百万円", "JPY million"),
        ("億円", "JPY hundred million"),
        ("预算数（万元）", "CNY ten thousand"),
        ("亿元", "CNY hundred million"),
        ("천원", "KRW thousand"),
        ("Rs. in lakhs", "INR lakh"),
        ("₹ crore", "INR crore"),
        ("(₹ Cr)", "INR crore"),
        ("US$ millions", "USD million"),
        ("A$'000", "AUD thousand"),
        ("2025 (CHF m)", "CHF million"),
        ("£bn", "GBP billion"),
        ("milj. euroa", "EUR million"),
        ("хил. лв.", "BGN thousand"),
        ("Budget EUR", "EUR"),
        ("miles de millones de pesos", "MXN billion"),
        ("Rs. in hundred thousand", "INR lakh"),
        ("in hundreds of thousands of rupees", "INR lakh"),
        ("Rs. '00,000", "INR lakh"),
        ("in tens of thousands of yen", "JPY ten thousand"),
        ("In hundred million yen", "JPY hundred million"),
    ],
)
def test_units_in_the_short_forms_of_many_languages(text: Any, unit: Any) -> None:
    assert str(unit_in(text)) == unit


@pytest.mark.parametrize(
    "text",
    [
        "Waste bin",
        "Mill Lane",
        "LAC placements",
        "EFT",
        "Dr./Cr.",
        "Floor area (sq ft)",
        "ALL SERVICES",
        "5 million children",
        "KM driven",
        "Cost of 2 crore trees",
    ],
)
def test_words_that_only_look_like_units_are_none(text: Any) -> None:
    assert unit_in(text) is None


def table(header: Any = "Budget", title: Any = "", unit_rows: Any = (), figures: Any = FIGURES) -> Any:
    head = [[title], []] if title else []
    rows = [
        [name, figure, *unit_rows[k : k + 1]]
        for k, (name, figure) in enumerate(zip(SERVICES, figures, strict=True))
    ]
    return [*head, ["Service", header, *(["Unit"] if unit_rows else [])], *rows]


@pytest.mark.parametrize(
    ("said", "factor"), [("£ crore", 10**7), ("£ lakh", 10**5), ("(£m)", 10**6), ("£k", 1000)]
)
def test_a_unit_counts_in_the_title_and_in_the_header(said: Any, factor: Any) -> None:
    assert loaded(read(table(f"Budget {said}"))) == SUM * factor
    assert loaded(read(table(title=f"Budget book 2025-26, {said}"))) == SUM * factor


@pytest.mark.parametrize(
    "units",
    [
        ("£m", "£k", "£", "£k", "£m"),
        ("million", "thousand", "units", "thousand", "million"),
        ("M", "k", "", "k", "M"),
    ],
)
def test_a_column_says_the_unit_of_each_row(units: Any) -> None:
    factors = [10**6, 1000, 1, 1000, 10**6]
    wanted = sum(Decimal(str(figure)) * factor for figure, factor in zip(FIGURES, factors, strict=True))
    assert loaded(read(table("Budget £", unit_rows=units))) == wanted


def test_a_column_that_says_one_unit_on_every_row_is_the_unit() -> None:
    assert loaded(read(table("Budget", unit_rows=("£m",) * 5))) == SUM * 10**6


@pytest.mark.parametrize(
    "codes",
    [("GBP", "EUR", "EUR", "GBP", "GBP"), ("£", "€", "€", "£", "£"), ("USD", "CHF", "USD", "USD", "USD")],
)
def test_several_currencies_are_asked_and_never_added_up(codes: Any) -> None:
    reading = read(table("Budget", unit_rows=codes, figures=[100.0, 200.0, 300.0, 400.0, 5000.0]))
    assert "currency" in keys(reading)
    best = "GBP" if codes[0] in ("GBP", "£") else "USD"
    assert loaded(reading) == {"GBP": 5500, "USD": 5800}[best]


def test_two_columns_in_two_currencies_are_asked() -> None:
    reading = read(
        [
            ["Service", "Budget £", "Budget €"],
            *([name, 100.5 * (k + 1), 121.7 * (k + 2)] for k, name in enumerate(SERVICES)),
        ]
    )
    assert "currency" in keys(reading)
    assert loaded(reading) == Decimal("1507.5")


@pytest.mark.parametrize(
    ("header", "currency"),
    [
        ("Betrag (€)", "EUR"),
        ("Kwota w zł", "PLN"),
        ("Amount (US$)", "USD"),
        ("Montant (FCFA)", "XAF"),
        ("Belopp, tkr", "SEK"),
    ],
)
def test_another_currency_is_asked_before_it_is_loaded(header: Any, currency: Any) -> None:
    reading = read(table(header))
    (question,) = [question for question in reading.questions if question.key.startswith("currency")]
    assert currency in question.ask
    assert reading.tables[0].unit.currency == currency


@pytest.mark.parametrize(
    ("rows", "currency"),
    [
        (
            [
                ["Partida", "Denominación", "Importe previsto"],
                ["22000", "Material de oficina", 412500.25],
                ["22100", "Energía eléctrica", 388250.18],
                ["22601", "Atenciones", 215250.25],
            ],
            "EUR",
        ),
        (
            [
                ["Název", "Schválený rozpočet"],
                ["Školství", 412500.25],
                ["Výdaje na dopravu", 388250.18],
                ["Údržba", 1.75],
            ],
            "CZK",
        ),
        (
            [
                ["Наименование", "Сумма, тыс."],
                ["Расходы на образование", 412.5],
                ["Дороги и транспорт", 388.25],
            ],
            "RUB",
        ),
    ],
)
def test_where_no_currency_is_named_another_language_never_means_pounds_unasked(
    rows: Any, currency: Any
) -> None:
    reading = read(rows)
    (question,) = [question for question in reading.questions if question.key.startswith("unit")]
    assert question.best.startswith(currency)


@pytest.mark.parametrize("said", ["£m", "£ million", "£bn", "£ crore"])
def test_a_unit_that_contradicts_the_sizes_is_asked_with_figures_in_full_as_the_best_guess(said: Any) -> None:
    figures = [1434364.0, 5000000.0, 3706660.0, 2000000.0, 4100000.0]
    reading = read(table(f"Investment {said}", figures=figures))
    assert loaded(reading) == Decimal(sum(map(int, figures)))
    assert "unit" in keys(reading)
    answered = {
        question.key: f"GBP {'million'}" for question in reading.questions if question.key.startswith("unit")
    }
    assert (
        loaded(read(table(f"Investment {said}", figures=figures), answers=answered))
        == Decimal(sum(map(int, figures))) * 10**6
    )


@pytest.mark.parametrize(
    ("told", "unit"),
    [
        ('#,##0.0"m"', Unit(None, 10**6)),
        ('£#,##0"k"', Unit("GBP", 1000)),
        ('0.0,,"m"', None),
        ('#,##0 "тыс. руб."', Unit("RUB", 1000)),
        ("0.00", None),
    ],
)
def test_a_number_format_that_writes_a_unit_without_dividing_says_the_unit(told: Any, unit: Any) -> None:
    assert unit_of_format(told) == unit


def test_amounts_shown_with_a_unit_by_their_format_are_in_that_unit() -> None:
    rows = table("Budget £")
    formats = {(row, 1): '£#,##0.0"m"' for row in range(1, 6)}
    assert loaded(read(Sheet("A", rows, facts=Facts(looked=True, number_formats=formats)))) == SUM * 10**6


# -- pounds and pence in columns of their own -------------------------------------------------------

TWO_COLUMNS = [
    ("£", "p"),
    ("Pounds", "Pence"),
    ("Euro", "Cent"),
    ("€", "ct"),
    ("Euros", "Centimes"),
    ("Euros", "Céntimos"),
    ("zł", "gr"),
    ("Kč", "hal."),
    ("kr", "øre"),
    ("лв.", "ст."),
    ("Budget £", "Budget p"),
]


@pytest.mark.parametrize("heads", TWO_COLUMNS, ids=" ".join)
def test_pounds_and_pence_in_two_columns_are_one_amount(heads: tuple[str, str]) -> None:
    rows = [["Roads", 4_125, "50"], ["Parks", 3_882, "05"], ["Arts", -10, "45"], ["Total", 7_997, "10"]]
    reading = read([["Service", *heads], *rows])
    assert loaded(reading) == Decimal("7997.10")
    assert not {"choice", "together"} & set(keys(reading))
    assert [check.difference for check in only(reading).checks] == [0]


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (("£", "p"), [["Roads", 4_125, 150], ["Parks", 3_882, 20]]),
        (("£", "p"), [["Roads", 4_125.25, 50], ["Parks", 3_882, 20]]),
        (("Budget £", "Actual p"), [["Roads", 4_125, 50], ["Parks", 3_882, 20]]),
    ],
)
def test_what_cannot_be_pence_is_not_joined(heads: tuple[str, str], rows: list[list[object]]) -> None:
    assert len(only(read([["Service", *heads], *rows])).measures) == 2


# -- a title and a header that state different units ------------------------------------------------

TITLES_AND_HEADERS = [
    ("Revenue budget 2025-26 (£ million)", "£000"),
    ("Haushalt 2025 (in Mio. €)", "TEUR"),
    ("Budget 2025 en millions d'euros", "Budget k€"),
    ("All figures in £m", "Budget 2025-26 £'000"),
    ("Presupuesto 2025 (millones de euros)", "Miles de euros"),
]


@pytest.mark.parametrize(("title", "head"), TITLES_AND_HEADERS, ids=[head for _, head in TITLES_AND_HEADERS])
def test_which_of_two_units_is_right_is_asked_the_headers_first(title: str, head: str) -> None:
    rows = [[title], ["Service", head], ["Care", 412.5], ["Parks", 388.25]]
    reading = read(rows)
    asked = next(question for question in reading.questions if question.key.startswith("unit"))
    assert asked.best.endswith("thousand")
    assert loaded(reading) == 800_750
    assert loaded(read(rows, answers={asked.key: asked.options[1]})) == 800_750_000


def test_a_title_and_a_header_that_agree_raise_no_question_of_the_unit() -> None:
    rows = [["Budget 2025-26 (£000)"], ["Service", "Budget £'000"], ["Care", 412.5], ["Parks", 388.25]]
    assert "unit" not in keys(read(rows))


@pytest.mark.parametrize(
    ("first", "second"), [("£000", "£"), ("(in thousands)", "(in full)"), ("TEUR", "EUR")]
)
def test_a_unit_over_a_group_of_lines_counts_for_them_alone(first: str, second: str) -> None:
    rows: list[list[Any]] = [
        [first, None],
        ["Roads", 412],
        ["Parks", 88],
        [second, None],
        ["Books", 75_209],
        ["Waste", 4_117],
    ]
    assert loaded(read([["Service", "Budget"], *rows])) == 500_000 + 79_326
