"""More small budgets, laid out as public bodies of many countries lay them out, each with what it truly comes to."""

import io
from decimal import Decimal

import xlsxwriter
import xlwt

from tests.intake.invented_base import ALL, AMOUNTS, Layout, Made, Row, book, csv, grouped, plain, sheet
from tests.intake.invented_words import SPEECHES, Speech

LEDGER = {
    "en": ("Debit", "Credit"),
    "de": ("Soll", "Haben"),
    "fr": ("Débit", "Crédit"),
    "es": ("Debe", "Haber"),
    "it": ("Dare", "Avere"),
    "nl": ("Debet", "Credit"),
    "pl": ("Winien", "Ma"),
    "pt": ("Débito", "Crédito"),
    "sv": ("Debet", "Kredit"),
    "cs": ("Má dáti", "Dal"),
    "ru": ("Дебет", "Кредит"),
    "bg": ("Дебит", "Кредит"),
    "tr": ("Borç", "Alacak"),
    "cy": ("Debyd", "Credyd"),
    "ja": ("借方", "貸方"),
    "el": ("Χρέωση", "Πίστωση"),
    "hu": ("Tartozik", "Követel"),
    "fi": ("Debet", "Kredit"),
    "ro": ("Debit", "Credit"),
    "hr": ("Duguje", "Potražuje"),
    "uk": ("Дебет", "Кредит"),
    "da": ("Debet", "Kredit"),
    "no": ("Debet", "Kredit"),
    "zh": ("借方", "贷方"),
    "ar": ("مدين", "دائن"),
    "he": ("חובה", "זכות"),
    "ko": ("차변", "대변"),
    "id": ("Debet", "Kredit"),
    "sk": ("Má dať", "Dal"),
    "sl": ("Breme", "Dobro"),
    "lt": ("Debetas", "Kreditas"),
    "ca": ("Deure", "Haver"),
    "vi": ("Nợ", "Có"),
    "hi": ("नामे", "जमा"),
}
SEE = {
    "en": "see note 4",
    "de": "siehe Anm. 4",
    "fr": "voir note 4",
    "es": "ver nota 4",
    "it": "vedi nota 4",
    "nl": "zie noot 4",
    "pl": "patrz przypis 4",
    "pt": "ver nota 4",
    "sv": "se not 4",
    "cs": "viz pozn. 4",
    "ru": "см. прим. 4",
    "bg": "виж бел. 4",
    "tr": "bkz. not 4",
    "cy": "gweler nodyn 4",
    "ja": "注4参照",
    "el": "βλ. σημ. 4",
    "hu": "lásd 4. jegyzet",
    "fi": "ks. liite 4",
    "ro": "vezi nota 4",
    "hr": "vidi bilj. 4",
    "uk": "див. прим. 4",
    "da": "se note 4",
    "no": "se note 4",
    "zh": "见附注4",
    "ar": "انظر الملاحظة 4",
    "he": "ראה הערה 4",
    "ko": "주석 4 참조",
    "id": "lihat catatan 4",
    "sk": "pozri pozn. 4",
    "sl": "glej op. 4",
    "lt": "žr. 4 pastabą",
    "ca": "vegeu nota 4",
    "vi": "xem ghi chú 4",
    "hi": "टिप्पणी 4 देखें",
}
ABOUT = {
    "en": "c.",
    "de": "ca.",
    "fr": "env.",
    "es": "aprox.",
    "it": "circa",
    "nl": "ca.",
    "pl": "ok.",
    "pt": "aprox.",
    "sv": "ca",
    "cs": "cca",
    "ru": "около",
    "bg": "около",
    "tr": "yakl.",
    "cy": "tua",
    "ja": "約",
    "el": "περίπου",
    "hu": "kb.",
    "fi": "noin",
    "ro": "aprox.",
    "hr": "cca",
    "uk": "близько",
    "da": "ca.",
    "no": "ca.",
    "zh": "约",
    "ar": "حوالي",
    "he": "בערך",
    "ko": "약",
    "id": "sekitar",
    "sk": "cca",
    "sl": "pribl.",
    "lt": "apie",
    "ca": "aprox.",
    "vi": "khoảng",
    "hi": "लगभग",
}
UP_TO = {
    "en": "up to",
    "de": "bis zu",
    "fr": "jusqu'à",
    "es": "hasta",
    "it": "fino a",
    "nl": "tot",
    "pl": "do",
    "pt": "até",
    "sv": "upp till",
    "cs": "až",
    "ru": "до",
    "bg": "до",
    "tr": "en fazla",
    "cy": "hyd at",
    "ja": "最大",
    "el": "έως",
    "hu": "legfeljebb",
    "fi": "enintään",
    "ro": "până la",
    "hr": "do",
    "uk": "до",
    "da": "op til",
    "no": "opp til",
    "zh": "最多",
    "ar": "حتى",
    "he": "עד",
    "ko": "최대",
    "id": "hingga",
    "sk": "do",
    "sl": "do",
    "lt": "iki",
    "ca": "fins a",
    "vi": "tối đa",
    "hi": "अधिकतम",
}
PER_HEAD = {
    "en": "Cost per head",
    "de": "Kosten je Einwohner",
    "fr": "Coût par habitant",
    "es": "Coste por habitante",
    "it": "Costo per abitante",
    "nl": "Kosten per inwoner",
    "pl": "Koszt na mieszkańca",
    "pt": "Custo por habitante",
    "sv": "Kostnad per invånare",
    "cs": "Náklady na obyvatele",
    "ru": "Расходы на душу населения",
    "bg": "Разходи на човек",
    "tr": "Kişi başına maliyet",
    "cy": "Cost y pen",
    "ja": "一人当たり",
    "el": "Κόστος ανά κάτοικο",
    "hu": "Kiadás egy főre",
    "fi": "Menot asukasta kohti",
    "ro": "Cost pe locuitor",
    "hr": "Trošak po stanovniku",
    "uk": "Видатки на особу",
    "da": "Udgift pr. indbygger",
    "no": "Utgift per innbygger",
    "zh": "人均支出",
    "ar": "التكلفة للفرد",
    "he": "עלות לתושב",
    "ko": "1인당 비용",
    "id": "Belanja per kapita",
    "sk": "Náklady na obyvateľa",
    "sl": "Stroški na prebivalca",
    "lt": "Išlaidos vienam gyventojui",
    "ca": "Cost per habitant",
    "vi": "Chi bình quân đầu người",
    "hi": "प्रति व्यक्ति व्यय",
}
FINANCING = {
    "en": "Financing",
    "de": "Finanzierung",
    "fr": "Financement",
    "es": "Financiación",
    "it": "Finanziamento",
    "nl": "Financiering",
    "pl": "Finansowanie",
    "pt": "Financiamento",
    "sv": "Finansiering",
    "cs": "Financování",
    "ru": "Финансирование",
    "bg": "Финансиране",
    "tr": "Finansman",
    "cy": "Cyllido",
    "ja": "財政調整",
    "el": "Χρηματοδότηση",
    "hu": "Finanszírozás",
    "fi": "Rahoitus",
    "ro": "Finanțare",
    "hr": "Financiranje",
    "uk": "Фінансування",
    "da": "Finansiering",
    "no": "Finansiering",
    "zh": "转移性收支",
    "ar": "التمويل",
    "he": "מימון",
    "ko": "내부거래",
    "id": "Pembiayaan",
    "sk": "Finančné operácie",
    "sl": "Financiranje",
    "lt": "Finansavimas",
    "ca": "Finançament",
    "vi": "Bù đắp bội chi",
    "hi": "वित्तपोषण",
}


def _language(s: Speech) -> str:
    return next(key for key, speech in SPEECHES.items() if speech is s)


# -- marks --------------------------------------------------------------------------------------


def marks_see_note_first(s: Speech) -> Made:
    rows = plain(s)
    rows[1:1] = [[s.services[8], SEE[_language(s)]], [s.services[9], SEE[_language(s)]]]
    return csv(rows), (ALL,)


def marks_about(s: Speech) -> Made:
    rows = plain(s)
    for k in (1, 3):
        rows[k][1] = f"{ABOUT[_language(s)]} {grouped(s, AMOUNTS[k - 1])}"
    return csv(rows, "\t"), (ALL,)


def marks_up_to(s: Speech) -> Made:
    rows = plain(s)
    rows[3][1] = f"{UP_TO[_language(s)]} {grouped(s, 50_000)}"
    return csv(rows, "\t"), ()


def marks_range(s: Speech) -> Made:
    rows = plain(s)
    rows[3][1] = f"{grouped(s, 10_000)} - {grouped(s, 20_000)}"
    return csv(rows, "\t"), ()


def marks_currency_glued(s: Speech) -> Made:
    rows = plain(s, s.amount)
    for k, row in enumerate(rows[1:]):
        text = grouped(s, int(str(row[1])), 2)
        row[1] = f"{s.currency}{text}" if k % 2 else f"{text}{s.currency}"
    return csv(rows, "\t"), (ALL,)


def marks_brackets(s: Speech) -> Made:
    rows = plain(s)
    rows.append([s.services[8], f"({grouped(s, 20_500, 2)})"])
    return csv(rows, "\t"), (ALL - 20_500,)


def marks_leading_spaces_and_tabs(s: Speech) -> Made:
    rows = plain(s)
    for row in rows[1:]:
        row[1] = f"   {row[1]}\N{NO-BREAK SPACE}"
    return csv(rows), (ALL,)


def marks_gap_under_header(s: Speech) -> Made:
    rows = plain(s)
    rows[1:1] = [[s.services[8], None]]
    return book(rows), (ALL,)


# -- levels -------------------------------------------------------------------------------------


def levels_inner_and_outer_column(s: Speech) -> Made:
    """Items in an inner column, what each block comes to in an outer one."""
    rows: list[Row] = [[s.service, s.currency, s.currency]]
    for k in (0, 4):
        rows += [[n, v, None] for n, v in zip(s.services[k : k + 3], AMOUNTS[k : k + 3], strict=True)]
        rows += [[s.services[k + 3], AMOUNTS[k + 3], sum(AMOUNTS[k : k + 4])]]
    rows += [[s.total, None, ALL]]
    return book(rows), (ALL,)


def levels_codes_in_labels(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.amount} {s.currency}"]]
    for k in (0, 4):
        rows += [[f"0{k // 4 + 1} {s.services[8 + k // 4]}", sum(AMOUNTS[k : k + 4])]]
        rows += [
            [f"0{k // 4 + 1}.{i + 1} {n}", v]
            for i, (n, v) in enumerate(zip(s.services[k : k + 4], AMOUNTS[k : k + 4], strict=True))
        ]
    return csv(rows), (ALL,)


def levels_roman(s: Speech) -> Made:
    rows: list[Row] = [["Nr", s.service, f"{s.amount} {s.currency}"]]
    for k in (0, 4):
        rows += [["I" * (k // 4 + 1), s.services[8 + k // 4], sum(AMOUNTS[k : k + 4])]]
        rows += [
            [f"{'I' * (k // 4 + 1)}.{i + 1}", n, v]
            for i, (n, v) in enumerate(zip(s.services[k : k + 4], AMOUNTS[k : k + 4], strict=True))
        ]
    return csv(rows), (ALL,)


def levels_totals_with_keys(s: Speech) -> Made:
    """Keys on every row, and a total row below each chapter that repeats its key."""
    rows: list[Row] = [["K", "T", s.service, f"{s.amount} {s.currency}"]]
    for k in (0, 4):
        rows += [
            [k // 4 + 1, 10 * i + 10, n, v]
            for i, (n, v) in enumerate(zip(s.services[k : k + 4], AMOUNTS[k : k + 4], strict=True))
        ]
        rows += [[k // 4 + 1, None, f"{s.total} {k // 4 + 1}", sum(AMOUNTS[k : k + 4])]]
    return csv([*rows, [None, None, s.total, ALL]]), (ALL,)


def levels_total_in_second_column(s: Speech) -> Made:
    rows: list[Row] = [[s.code, s.service, f"{s.amount} {s.currency}"]]
    rows += [[f"A{k}", n, v] for k, (n, v) in enumerate(zip(s.services, AMOUNTS, strict=False))]
    return book([*rows, [None, s.total.upper(), ALL]]), (ALL,)


# -- direction ----------------------------------------------------------------------------------

INTO = tuple(v // 7 for v in AMOUNTS)


def direction_ledger_columns(s: Speech) -> Made:
    a, b = LEDGER[_language(s)]
    rows: list[Row] = [[s.code, s.service, f"{a} {s.currency}", f"{b} {s.currency}"]]
    rows += [[f"K{k}", n, v, i] for k, (n, v, i) in enumerate(zip(s.services, AMOUNTS, INTO, strict=False))]
    return csv(rows), (ALL - sum(INTO),)


def direction_net_column(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.out} {s.currency}", f"{s.into} {s.currency}", f"Saldo {s.currency}"]]
    rows += [[n, v, -i, v - i] for n, v, i in zip(s.services, AMOUNTS, INTO, strict=False)]
    return book([*rows, [s.total, ALL, -sum(INTO), ALL - sum(INTO)]]), (ALL - sum(INTO),)


def direction_financing_type(s: Speech) -> Made:
    rows: list[Row] = [[s.service, s.side, f"{s.amount} {s.currency}"]]
    kinds = [s.out] * 5 + [s.into] * 2 + [FINANCING[_language(s)]]
    rows += [[n, kind, v] for n, kind, v in zip(s.services, kinds, AMOUNTS, strict=False)]
    return csv(rows), (sum(AMOUNTS[:5]) - sum(AMOUNTS[5:7]),)


def direction_numbered_sections(s: Speech) -> Made:
    rows: list[Row] = [[None, s.service, f"{s.budget} 2025 {s.currency}"], ["I.", s.into.upper(), None]]
    rows += [[k + 1, n, v] for k, (n, v) in enumerate(zip(s.services[:3], AMOUNTS[:3], strict=True))]
    rows += [[None, f"{s.total} I", sum(AMOUNTS[:3])], ["II.", s.out.upper(), None]]
    rows += [[k + 1, n, v] for k, (n, v) in enumerate(zip(s.services[3:8], AMOUNTS[3:8], strict=True))]
    return book([*rows, [None, f"{s.total} II", sum(AMOUNTS[3:8])]]), (sum(AMOUNTS[3:8]) - sum(AMOUNTS[:3]),)


def direction_side_by_side(s: Speech) -> Made:
    """What comes in on the left, what goes out on the right, each with its labels."""
    rows: list[Row] = [[s.into, s.currency, None, s.out, s.currency]]
    for k in range(4):
        rows.append([s.services[k], AMOUNTS[k + 4], None, s.services[k + 4], AMOUNTS[k]])
    rows.append([s.total, sum(AMOUNTS[4:]), None, s.total, sum(AMOUNTS[:4])])
    return book(rows), (sum(AMOUNTS[:4]) - sum(AMOUNTS[4:]),)


# -- below and around ---------------------------------------------------------------------------


def below_per_head(s: Speech) -> Made:
    return book([*plain(s), [s.total, ALL], [PER_HEAD[_language(s)], 58.53]]), (ALL,)


def below_signatures(s: Speech) -> Made:
    return book(
        [*plain(s), [s.total, ALL], [], ["J. Smith", None], ["01332 293111", None], ["31.12.2024", None]]
    ), (ALL,)


def below_source_note(s: Speech) -> Made:
    return book(
        [
            *plain(s),
            [s.total, ALL],
            [],
            [f"1) {s.services[2]}: 2023 = 117 204 {s.currency}, 2022 = 98 310 {s.currency}"],
        ]
    ), (ALL,)


def above_people(s: Speech) -> Made:
    """A few figures of the place above the table."""
    return book([[f"{s.budget} 2025"], [s.inhabitants, 248_700], [], *plain(s), [s.total, ALL]]), (ALL,)


def beside_remarks(s: Speech) -> Made:
    rows = plain(s)
    rows[0].append("*")
    for k, row in enumerate(rows[1:]):
        row.append(f"({k + 1}) {s.services[k]} 2024: {1_000 * k + 517}" if k % 3 == 0 else None)
    return book(rows), (ALL,)


# -- periods ------------------------------------------------------------------------------------


def periods_band_of_years(s: Speech) -> Made:
    """Years over phases: 2024 budget and actual, 2025 budget."""
    rows: list[Row] = [
        [f"({s.currency})"],
        [None, 2024, None, 2025],
        [s.service, s.budget, s.actual, s.budget],
    ]
    rows += [[n, v, v - 57, v + 1_000] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (ALL, ALL + 8_000)


def periods_change_and_percent(s: Speech) -> Made:
    rows: list[Row] = [
        [s.service, f"{s.budget} 2024 {s.currency}", f"{s.budget} 2025 {s.currency}", "+/-", "%"]
    ]
    rows += [
        [n, v, v + 100 * k, 100 * k, round(100 * k / v, 4)]
        for k, (n, v) in enumerate(zip(s.services, AMOUNTS, strict=False), 1)
    ]
    return book(rows), (ALL, ALL + 3_600)


def periods_five_months(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.actual} 2025 ({s.currency})"], [s.service, *s.months[:5]]]
    rows += [[n, *(v + 11 * k for k in range(5))] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(rows), (5 * ALL + 8 * 110,)


def periods_running(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.actual} 2025 ({s.currency})"], [s.service, *s.months]]
    rows += [
        [n, *(v * (k + 1) + 17 * k for k in range(12))] for n, v in zip(s.services, AMOUNTS, strict=False)
    ]
    return book(rows), (12 * ALL + 8 * 17 * 11,)


def periods_transposed(s: Speech) -> Made:
    """Years down, services across."""
    rows: list[Row] = [["2024-2026", *s.services[:8]]]
    rows += [[year, *(v + more for v in AMOUNTS)] for year, more in ((2024, 0), (2025, 90), (2026, 190))]
    rows.insert(0, [f"{s.budget} ({s.currency})"])
    return book(rows), (ALL, ALL + 720, ALL + 1_520)


# -- units --------------------------------------------------------------------------------------

SMALL = tuple(v // 100 for v in AMOUNTS)


def units_under_header(s: Speech) -> Made:
    rows = plain(s, s.budget, SMALL)
    rows.insert(1, [None, s.thousand])
    return book(rows), (1000 * sum(SMALL),)


def units_in_footnote(s: Speech) -> Made:
    return book([*plain(s, f"{s.budget} 2025", SMALL), [s.total, sum(SMALL)], [], [f"* {s.thousand}"]]), (
        1000 * sum(SMALL),
    )


def units_differ_by_column(s: Speech) -> Made:
    rows: list[Row] = [[s.service, f"{s.budget} 2024 ({s.thousand})", f"{s.budget} 2025 ({s.currency})"]]
    rows += [[n, v, v * 1000 + 57] for n, v in zip(s.services, SMALL, strict=False)]
    return book(rows), (1000 * sum(SMALL), 1000 * sum(SMALL) + 8 * 57)


def units_on_another_sheet(s: Speech) -> Made:
    notes: list[Row] = [[f"{s.budget} 2025"], [s.thousand]]
    return book(
        sheet(notes, "0"), sheet([*plain(s, f"{s.budget} 2025", SMALL), [s.total, sum(SMALL)]], "1")
    ), (1000 * sum(SMALL),)


# -- twice --------------------------------------------------------------------------------------


def twice_in_two_languages(s: Speech) -> Made:
    other = SPEECHES["en" if s is not SPEECHES["en"] else "cy"]
    return book(sheet(plain(s), "A"), sheet(plain(other, plain(s)[0][1]), "B")), (ALL,)  # type: ignore[arg-type]


def twice_transposed(s: Speech) -> Made:
    rows = plain(s)
    turned: list[Row] = [[row[0] for row in rows], [row[1] for row in rows]]
    return book(sheet(rows, "A"), sheet(turned, "B")), (ALL,)


def twice_below_each_other(s: Speech) -> Made:
    """The same table once more on the same sheet."""
    return book([["A"], *plain(s), [s.total, ALL], [], [], ["B"], *plain(s), [s.total, ALL]]), (ALL,)


def twice_with_percentages(s: Speech) -> Made:
    short: list[Row] = [[s.service, f"{s.amount} {s.currency}", "%"]]
    short += [[n, v, round(v / ALL, 4)] for n, v in zip(s.services, AMOUNTS, strict=False)]
    return book(sheet(plain(s), "1"), sheet(short, "2")), (ALL,)


# -- statements ---------------------------------------------------------------------------------


def statement_cash_book(s: Speech) -> Made:
    """Dates, what comes in, what goes out, and what is held after each entry."""
    rows: list[Row] = [
        ["Date", s.service, f"{s.into} {s.currency}", f"{s.out} {s.currency}", f"Saldo {s.currency}"]
    ]
    held = 900_000
    for k, (n, v) in enumerate(zip(s.services, AMOUNTS, strict=False)):
        into, out = (v, None) if k in (2, 5) else (None, v)
        held += (into or 0) - (out or 0)
        rows.append([f"2025-0{k + 1}-15", n, into, out, held])
    spent = sum(v for k, v in enumerate(AMOUNTS) if k not in (2, 5))
    return csv(rows), (spent - AMOUNTS[2] - AMOUNTS[5],)


def statement_staff(s: Speech) -> Made:
    """People and posts: no money."""
    rows: list[Row] = [[s.service, s.number, "FTE"]]
    rows += [[n, 5 + 3 * k, 4.5 + 2.5 * k] for k, n in enumerate(s.services[:8])]
    return book(rows), ()


def statement_inhabitants(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.inhabitants} 2020-2024"], [s.service, 2020, 2021, 2022]]
    rows += [[n, 12_000 + 317 * k, 12_100 + 311 * k, 12_250 + 309 * k] for k, n in enumerate(s.services[:8])]
    return book(rows), ()


# -- doors --------------------------------------------------------------------------------------


def doors_xlsx(s: Speech) -> Made:
    memory = io.BytesIO()
    made = xlsxwriter.Workbook(memory, {"in_memory": True})
    page = made.add_worksheet("A")
    for i, row in enumerate([*plain(s), [s.total, ALL]]):
        page.write_row(i, 0, row)
    made.close()
    return (memory.getvalue(), "book.xlsx"), (ALL,)


def doors_xls(s: Speech) -> Made:
    made = xlwt.Workbook(encoding="utf-8")
    page = made.add_sheet("A")
    rows: list[Row] = [*plain(s), [s.total, ALL]]
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            page.write(i, j, value)
    memory = io.BytesIO()
    made.save(memory)
    return (memory.getvalue(), "book.xls"), (ALL,)


def doors_hidden_rows_of_xlsx(s: Speech) -> Made:
    memory = io.BytesIO()
    made = xlsxwriter.Workbook(memory, {"in_memory": True})
    page = made.add_worksheet("A")
    for i, row in enumerate([*plain(s), [s.total, ALL]]):
        page.write_row(i, 0, row)
    page.set_row(3, None, None, {"hidden": True})
    made.close()
    return (memory.getvalue(), "book.xlsx"), (ALL,)


def doors_indents_of_xlsx(s: Speech) -> Made:
    """Levels told by the indents of Excel's alignment alone, in round amounts."""
    memory = io.BytesIO()
    made = xlsxwriter.Workbook(memory, {"in_memory": True})
    page = made.add_worksheet("A")
    page.write_row(0, 0, [s.service, f"{s.amount} {s.currency}"])
    tree = [
        (0, 900_000),
        (1, 500_000),
        (2, 300_000),
        (2, 200_000),
        (1, 400_000),
        (2, 100_000),
        (2, 300_000),
        (0, 700_000),
        (1, 700_000),
        (2, 450_000),
        (2, 250_000),
    ]
    for i, (depth, value) in enumerate(tree, 1):
        page.write_string(i, 0, s.services[i % 10], made.add_format({"indent": depth}))
        page.write_number(i, 1, value)
    made.close()
    return (memory.getvalue(), "book.xlsx"), (1_600_000,)


def doors_sep_line(s: Speech) -> Made:
    data, name = csv(plain(s))
    return (b"sep=;\n" + data, name), (ALL,)


def doors_trailing_separators(s: Speech) -> Made:
    rows: list[Row] = [[f"{s.budget} 2025"], [], *plain(s)]
    text = "\n".join(";".join("" if c is None else str(c) for c in row) + ";;;;" for row in rows)
    return (text.encode("utf-8-sig"), "book.csv"), (ALL,)


def doors_double_encoded(s: Speech) -> Made:
    text = "\n".join(";".join(map(str, row)) for row in plain(s))
    return (text.encode("utf-8").decode("latin-1").encode("utf-8"), "book.csv"), (ALL,)


def doors_utf_16_without_mark(s: Speech) -> Made:
    text = "\r\n".join("\t".join(map(str, row)) for row in plain(s))
    return (text.encode("utf-16-le"), "book.txt"), (ALL,)


def doors_html_grouped(s: Speech) -> Made:
    cells = "".join(
        "<tr>" + "".join(f"<td>{grouped(s, c) if isinstance(c, int) else c}</td>" for c in row) + "</tr>"
        for row in plain(s)
    )
    return (f"<html><body><h1>{s.budget}</h1><table>{cells}</table></body></html>".encode(), "book.html"), (
        ALL,
    )


# -- pennies ------------------------------------------------------------------------------------


def pennies_exact(s: Speech) -> Made:
    values = [Decimal(v) + Decimal(k * 13 % 100) / 100 for k, v in enumerate(AMOUNTS)]
    rows: list[Row] = [
        [s.service, f"{s.amount} {s.currency}"],
        *([n, float(v)] for n, v in zip(s.services, values, strict=False)),
    ]
    return book([*rows, [s.total, float(sum(values))]]), (sum(values),)


def pennies_rounded_total(s: Speech) -> Made:
    values = [v + 0.37 for v in AMOUNTS]
    rows: list[Row] = [
        [s.service, f"{s.amount} {s.currency}"],
        *([n, v] for n, v in zip(s.services, values, strict=False)),
    ]
    return book([*rows, [s.total, round(sum(values))]]), (ALL + Decimal("2.96"),)


MORE: dict[str, tuple[Layout, ...]] = {
    "3 marks": (
        marks_see_note_first,
        marks_about,
        marks_up_to,
        marks_range,
        marks_currency_glued,
        marks_brackets,
        marks_leading_spaces_and_tabs,
        marks_gap_under_header,
    ),
    "4 levels": (
        levels_inner_and_outer_column,
        levels_codes_in_labels,
        levels_roman,
        levels_totals_with_keys,
        levels_total_in_second_column,
        doors_indents_of_xlsx,
    ),
    "5 direction": (
        direction_ledger_columns,
        direction_net_column,
        direction_financing_type,
        direction_numbered_sections,
        direction_side_by_side,
    ),
    "6 below": (
        below_per_head,
        below_signatures,
        below_source_note,
        above_people,
        beside_remarks,
        statement_cash_book,
        statement_staff,
        statement_inhabitants,
    ),
    "7 periods": (
        periods_band_of_years,
        periods_change_and_percent,
        periods_five_months,
        periods_running,
        periods_transposed,
    ),
    "8 units": (units_under_header, units_in_footnote, units_differ_by_column, units_on_another_sheet),
    "9 twice": (twice_in_two_languages, twice_transposed, twice_below_each_other, twice_with_percentages),
    "10 hidden": (doors_hidden_rows_of_xlsx,),
    "12 doors": (
        doors_xlsx,
        doors_xls,
        doors_sep_line,
        doors_trailing_separators,
        doors_double_encoded,
        doors_utf_16_without_mark,
        doors_html_grouped,
    ),
    "13 pennies": (pennies_exact, pennies_rounded_total),
}
"""Layouts by kind."""
NAMED: dict[Layout, str] = {
    marks_up_to: "range|limit|no single amount",
    marks_range: "range|limit|no single amount",
}
