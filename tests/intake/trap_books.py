"""Budget books with a trap in each, and plain ones without, made from a seed: what they truly come to is known.

A book is plain where nothing in it is doubtful: the reader must load it right and ask nothing. In all others it
must load the truth, or ask; a wrong figure without a question or a named problem is a silent error.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from budget_model.intake.files.formats import open_workbook
from budget_model.intake.files.grid import CellValue, Facts, Sheet, Visibility, Workbook
from budget_model.intake.reading import Reading, lines, understand
from budget_model.problem import Refusal
from budget_model.vocabulary import Side

Row = list[CellValue]
HALF = Decimal("0.51")


@dataclass(frozen=True)
class TrapBook:
    """A book, its kind, and every net total (expenditure less income, in whole units) that may be loaded."""

    kind: str
    workbook: Workbook | tuple[bytes, str]
    right: tuple[Decimal, ...]
    plain: bool = False
    no_budget: bool = False
    """Whether it must be refused, left out or asked about."""


@dataclass(frozen=True)
class Judged:
    """What the reader made of a book."""

    right: bool
    asks: bool
    silent: bool
    net: Decimal | None


@dataclass(frozen=True)
class Tongue:
    """The words of one language that books are made of."""

    services: tuple[str, ...]
    service: str
    code: str
    amount: str
    total: str
    out: str
    into: str
    side: str
    months: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


TONGUES = {
    "en": Tongue(
        _words(
            "Home care|Fostering|Libraries|Museums|Parks|Street lighting|Winter service|Recycling|Housing advice|Building control|Licensing|Markets"
        ),
        "Service",
        "Code",
        "Budget £",
        "Total",
        "Expenditure",
        "Income",
        "Type",
        _words("Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Jan|Feb|Mar"),
    ),
    "de": Tongue(
        _words(
            "Pflege|Kindertagesstätten|Büchereien|Museen|Grünanlagen|Straßenbeleuchtung|Winterdienst|Abfall|Wohnen|Bauaufsicht|Märkte|Feuerwehr"
        ),
        "Bezeichnung",
        "Konto",
        "Ansatz €",
        "Summe",
        "Aufwand",
        "Ertrag",
        "Art",
        _words("Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"),
    ),
    "fr": Tongue(
        _words(
            "Écoles primaires|Voirie|Crèches|Espaces verts|Éclairage public|Médiathèque|Police municipale|Déchets|Musées|Logement|Sports|Marchés"
        ),
        "Libellé",
        "Compte",
        "Montant €",
        "Total",
        "Dépense",
        "Recette",
        "Sens",
        _words("janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"),
    ),
    "es": Tongue(
        _words(
            "Escuelas|Vías públicas|Guarderías|Parques|Alumbrado|Biblioteca|Policía local|Residuos|Museos|Vivienda|Deportes|Mercados"
        ),
        "Descripción",
        "Código",
        "Importe €",
        "Total general",
        "Gasto",
        "Ingreso",
        "Tipo",
        _words("enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"),
    ),
    "it": Tongue(
        _words(
            "Scuole|Strade|Asili nido|Verde pubblico|Illuminazione|Biblioteca|Polizia locale|Rifiuti|Musei|Casa|Sport|Mercati"
        ),
        "Descrizione",
        "Codice",
        "Importo €",
        "Totale",
        "Spesa",
        "Entrata",
        "Parte",
        _words(
            "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
        ),
    ),
    "nl": Tongue(
        _words(
            "Basisonderwijs|Wegen|Kinderopvang|Groen|Verlichting|Bibliotheek|Handhaving|Afval|Musea|Wonen|Sport|Markten"
        ),
        "Omschrijving",
        "Taakveld",
        "Bedrag €",
        "Totaal",
        "Lasten",
        "Baten",
        "Soort",
        _words("januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"),
    ),
    "pl": Tongue(
        _words(
            "Szkoły|Drogi|Żłobki|Zieleń|Oświetlenie|Biblioteka|Straż miejska|Odpady|Muzea|Mieszkania|Sport|Targowiska"
        ),
        "Nazwa",
        "Rozdział",
        "Kwota €",
        "Ogółem",
        "Wydatki",
        "Dochody",
        "Rodzaj",
        _words(
            "styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listopad|grudzień"
        ),
    ),
    "cs": Tongue(
        _words(
            "Školy|Silnice|Jesle|Zeleň|Osvětlení|Knihovna|Městská policie|Odpady|Muzea|Bydlení|Tělovýchova|Tržiště"
        ),
        "Název",
        "Paragraf",
        "Částka €",
        "Celkem",
        "Výdaje",
        "Příjmy",
        "Druh",
        _words("leden|únor|březen|duben|květen|červen|červenec|srpen|září|říjen|listopad|prosinec"),
    ),
}


@dataclass
class Made:
    """What a book is made with: chance, and a language."""

    rng: random.Random
    tongue: Tongue

    def names(self, many: int) -> list[str]:
        """Different services."""
        return self.rng.sample(self.tongue.services, many)

    def amount(self, *, coarse: bool = False) -> int:
        """An amount of four to seven digits; a coarse one is in thousands."""
        value = self.rng.randrange(4_000, 3_000_000)
        return max(1000, round(value, -3)) if coarse else value

    def amounts(self, many: int, *, coarse: bool = False) -> list[int]:
        """Several amounts."""
        return [self.amount(coarse=coarse) for _ in range(many)]

    def title(self) -> Row:
        """A title with a year."""
        return [f"Budget {self.rng.choice(['2024/25', '2025/26'])}"]


def _book(*sheets: Sheet) -> Workbook:
    return Workbook("book.xlsx", "xlsx", "0" * 64, 10_000, list(sheets))


def _sheet(
    rows: list[Row],
    name: str = "Budget",
    *,
    hidden: bool = False,
    hidden_rows: frozenset[int] = frozenset(),
) -> Sheet:
    seen = Visibility.HIDDEN if hidden else Visibility.VISIBLE
    return Sheet(name, rows, seen, facts=Facts(looked=True, hidden_rows=hidden_rows))


def _one(
    kind: str, rows: list[Row], *right: int | Decimal, plain: bool = False, no_budget: bool = False
) -> TrapBook:
    return TrapBook(kind, _book(_sheet(rows)), tuple(map(Decimal, right)), plain, no_budget)


# -- plain books ------------------------------------------------------------------------------


def plain_list(made: Made) -> TrapBook:
    """Services and amounts, perhaps with a title and a total."""
    values = made.amounts(made.rng.randrange(5, 12))
    rows: list[Row] = [made.title()] if made.rng.random() < 0.5 else []
    rows += [[made.tongue.service, made.tongue.amount]]
    rows += [[name, float(v)] for name, v in zip(made.names(len(values)), values, strict=True)]
    if made.rng.random() < 0.6:
        rows += [[made.tongue.total, float(sum(values))]]
    return _one("plain list", rows, sum(values), plain=True)


def plain_sections(made: Made) -> TrapBook:
    """Sections with a heading, a subtotal each, and a grand total."""
    rows: list[Row] = [made.title(), [made.tongue.service, made.tongue.amount]]
    grand = 0
    for section in "ABC"[: made.rng.randrange(2, 4)]:
        values = made.amounts(made.rng.randrange(2, 5))
        rows += [[f"{section}. Department"]]
        rows += [[name, float(v)] for name, v in zip(made.names(len(values)), values, strict=True)]
        rows += [[f"{made.tongue.total} {section}", float(sum(values))]]
        grand += sum(values)
    rows += [[made.tongue.total, float(grand)]]
    return _one("plain sections", rows, grand, plain=True)


def plain_sides(made: Made) -> TrapBook:
    """A column that says of every row, in words, on which side it is."""
    out, into = made.amounts(made.rng.randrange(4, 8)), made.amounts(made.rng.randrange(1, 4))
    kinds = [made.tongue.out] * len(out) + [made.tongue.into] * len(into)
    names = made.names(len(kinds))
    rows: list[Row] = [[made.tongue.service, made.tongue.side, made.tongue.amount]]
    rows += [[n, k, float(v)] for n, k, v in zip(names, kinds, [*out, *into], strict=True)]
    return _one("plain sides", rows, sum(out) - sum(into), plain=True)


def plain_months(made: Made) -> TrapBook:
    """Twelve months, equal or not, perhaps with their sum."""
    equal, summed = made.rng.random() < 0.5, made.rng.random() < 0.4
    rows: list[Row] = [["£"], [made.tongue.service, *made.tongue.months, *(["Total"] if summed else [])]]
    grand = 0
    for name in made.names(made.rng.randrange(4, 9)):
        own = [made.amount()] * 12 if equal else made.amounts(12)
        grand += sum(own)
        rows.append([name, *map(float, own), *([float(sum(own))] if summed else [])])
    return _one("plain months", rows, grand, plain=True)


def plain_door(made: Made) -> TrapBook:
    """A plain list in one of the many shapes of text files."""
    values = made.amounts(made.rng.randrange(5, 10))
    mark = made.rng.choice([";", "\t", ","])
    coding = made.rng.choice(["utf-8", "utf-8-sig", "utf-16", "utf-8"])
    rows = [[made.tongue.service, made.tongue.amount]]
    rows += [[name, str(v)] for name, v in zip(made.names(len(values)), values, strict=True)]
    end = made.rng.choice(["\n", "\r\n", "\r"])
    text = end.join(mark.join(row) for row in rows) + made.rng.choice(["", end])
    data = text.encode(coding)
    return TrapBook("plain door", (data, "book.csv"), (Decimal(sum(values)),), plain=True)


# -- levels -----------------------------------------------------------------------------------


def _tree(made: Made, *, coarse: bool) -> list[tuple[int, str, int]]:
    """Rows of a hierarchy, each with its depth; a parent stands above its parts and is their sum."""
    rows: list[tuple[int, str, int]] = []
    deep = made.rng.choice([2, 3])
    for _ in range(made.rng.randrange(2, 4)):
        rows += _branch(made, 0, deep, coarse=coarse)
    return rows


def _branch(made: Made, depth: int, deep: int, *, coarse: bool) -> list[tuple[int, str, int]]:
    name = made.rng.choice(made.tongue.services)
    if depth == deep - 1:
        return [(depth, name, made.amount(coarse=coarse))]
    below: list[tuple[int, str, int]] = []
    for _ in range(made.rng.choice([1, 2, 2, 3])):
        below += _branch(made, depth + 1, deep, coarse=coarse)
    return [(depth, name, sum(v for d, _, v in below if d == depth + 1)), *below]


def _several(tree: list[tuple[int, str, int]]) -> bool:
    """Whether some parent has several parts, so that its sum tells anything."""
    parents = [depth for depth, _, _ in tree]
    return any(a == b for a, b in pairwise(parents))


def levels(made: Made) -> TrapBook:
    """Every level with its total, carried by codes, levels, parents, columns or indents."""
    coarse = made.rng.random() < 0.4
    tree = _tree(made, coarse=coarse)
    while not _several(tree) or len(tree) < 6:
        tree = _tree(made, coarse=coarse)
    carrier = made.rng.choice([_coded, _dotted, _zeros, _level_column, _parents, _staircase, _keys, _indents])
    header, rows = carrier(made, tree)
    deepest = max(depth for depth, _, _ in tree)
    truth = sum(value for depth, _, value in tree if depth == deepest)
    return _one(f"levels {carrier.__name__.strip('_')}", [[*header, made.tongue.amount], *rows], truth)


def _numbers(tree: list[tuple[int, str, int]]) -> list[list[int]]:
    """The outline number of each row: [1], [1, 1], [1, 2], [2]."""
    counts: list[int] = []
    numbers = []
    for depth, _, _ in tree:
        counts = [*counts[: depth + 1], *[0] * (depth + 1 - len(counts))]
        counts[depth] += 1
        numbers.append(list(counts))
    return numbers


def _coded(made: Made, tree: list[tuple[int, str, int]]) -> tuple[Row, list[Row]]:
    rows: list[Row] = [
        ["".join(map(str, n)), name, float(v)] for n, (_, name, v) in zip(_numbers(tree), tree, strict=True)
    ]
    return [made.tongue.code, made.tongue.service], rows


def _dotted(made: Made, tree: list[tuple[int, str, int]]) -> tuple[Row, list[Row]]:
    part = made.rng.choice([".", "-", "/"])
    rows: list[Row] = [
        [part.join(map(str, n)), name, float(v)] for n, (_, name, v) in zip(_numbers(tree), tree, strict=True)
    ]
    return [made.tongue.code, made.tongue.service], rows


def _zeros(made: Made, tree: list[tuple[int, str, int]]) -> tuple[Row, list[Row]]:
    rows: list[Row] = [
        ["".join(map(str, n)).ljust(4, "0"), name, float(v)]
        for n, (_, name, v) in zip(_numbers(tree), tree, strict=True)
    ]
    return [made.tongue.code, made.tongue.service], rows


def _level_column(made: Made, tree: list[tuple[int, str, int]]) -> tuple[Row, list[Row]]:
    header = made.rng.choice(["Level", "Ebene", "Niveau", "Nivel", "Poziom", "Livello"])
    mark: Callable[[int], CellValue] = made.rng.choice(
        [lambda d: d + 1, lambda d: "abc"[d], lambda d: str(d + 1)]
    )
    return [header, made.tongue.service], [[mark(depth), name, float(v)] for depth, name, v in tree]


def _parents(made: Made, tree: list[tuple[int, str, int]]) -> tuple[Row, list[Row]]:
    ids = ["-".join(map(str, number)) for number in _numbers(tree)]
    above: list[CellValue] = [identity.rpartition("-")[0] or None for identity in ids]
    rows: list[Row] = [[i, a, name, float(v)] for i, a, (_, name, v) in zip(ids, above, tree, strict=True)]
    return ["id", "parent", made.tongue.service], rows


def _staircase(made: Made, tree: list[tuple[int, str, int]]) -> tuple[Row, list[Row]]:
    deepest = max(depth for depth, _, _ in tree)
    rows: list[Row] = [
        [*[None] * depth, name, *[None] * (deepest - depth), float(v)] for depth, name, v in tree
    ]
    return [f"{made.tongue.service} {k + 1}" for k in range(deepest + 1)], rows


def _keys(made: Made, tree: list[tuple[int, str, int]]) -> tuple[Row, list[Row]]:
    deepest = max(depth for depth, _, _ in tree)
    rows: list[Row] = []
    for number, (_, name, v) in zip(_numbers(tree), tree, strict=True):
        keys: Row = [f"{'DPX'[k]}{n:02d}" for k, n in enumerate(number)]
        rows.append([*keys, *[None] * (deepest + 1 - len(keys)), name, float(v)])
    return [*(f"{made.tongue.code} {k + 1}" for k in range(deepest + 1)), made.tongue.service], rows


def _indents(made: Made, tree: list[tuple[int, str, int]]) -> tuple[Row, list[Row]]:
    lead = made.rng.choice(["  ", "    ", "- "])
    return [made.tongue.service], [[f"{lead * depth}{name}", float(v)] for depth, name, v in tree]


# -- direction --------------------------------------------------------------------------------

PAIRS = [
    ("E", "R", "E/R"),
    ("D", "C", "D/C"),
    ("S", "H", "S/H"),
    ("G", "I", "G/I"),
    ("W", "D", "W/D"),
    ("U", "E", "E/U"),
    ("L", "B", "Baten/Lasten"),
    ("AUS", "EIN", "EIN/AUS"),
]


def direction_letters(made: Made) -> TrapBook:
    """Letters say the side of each row; all amounts are positive."""
    out, into = made.amounts(made.rng.randrange(4, 8)), made.amounts(2)
    a, b, header = made.rng.choice(PAIRS)
    kinds = [a] * len(out) + [b] * len(into)
    rows: list[Row] = [[made.tongue.service, header, made.tongue.amount]]
    rows += [[n, k, float(v)] for n, k, v in zip(made.names(len(kinds)), kinds, [*out, *into], strict=True)]
    return _one("direction letters", rows, sum(out) - sum(into))


def direction_columns(made: Made) -> TrapBook:
    """A column of what goes out beside one of what comes in, the latter with or without a minus."""
    many = made.rng.randrange(4, 10)
    out, into = made.amounts(many), [v // 3 for v in made.amounts(many)]
    sign = made.rng.choice([1, -1])
    rows: list[Row] = [[made.tongue.service, f"{made.tongue.out} 2025 €", f"{made.tongue.into} 2025 €"]]
    rows += [[n, float(a), float(sign * b)] for n, a, b in zip(made.names(many), out, into, strict=True)]
    return _one("direction columns", rows, sum(out) - sum(into))


def direction_financing(made: Made) -> TrapBook:
    """Loans and transfers between accounts stand among both sides, and are neither."""
    out, into, loan = made.amounts(5), made.amounts(2), made.amount()
    kinds = ["Expenditure"] * 5 + ["Revenue"] * 2 + [made.rng.choice(["Financing", "Interfund transfers"])]
    rows: list[Row] = [["Service", "Type", "Amount £"]]
    rows += [[n, k, float(v)] for n, k, v in zip(made.names(8), kinds, [*out, *into, loan], strict=True)]
    return _one("direction financing", rows, sum(out) - sum(into))


# -- below, beside and around -----------------------------------------------------------------


def _covered(made: Made) -> tuple[list[Row], int]:
    values = made.amounts(made.rng.randrange(5, 9))
    rows: list[Row] = [[made.tongue.service, made.tongue.amount]]
    rows += [[name, float(v)] for name, v in zip(made.names(len(values)), values, strict=True)]
    return rows, sum(values)


def below_memo(made: Made) -> TrapBook:
    """Below the grand total a block says parts of it again."""
    rows, truth = _covered(made)
    said = made.rng.choice(
        ["of which", "davon", "dont", "waarvan", "di cui", "z toho", "w tym", "de los cuales"]
    )
    parts = [truth // 50 + 7, truth // 90 + 3]
    rows += [
        [made.tongue.total, float(truth)],
        [],
        [made.rng.choice(["Memorandum", "For information", "Grants to others"])],
    ]
    rows += [[f"{said} {name}", float(v)] for name, v in zip(("grants", "staff"), parts, strict=True)]
    if made.rng.random() < 0.5:
        rows += [["Total of the above", float(sum(parts))]]
    return _one("below memo", rows, truth)


def below_stray(made: Made) -> TrapBook:
    """Figures without a word, far below the grand total."""
    rows, truth = _covered(made)
    rows += [[made.tongue.total, float(truth)], *[[] for _ in range(made.rng.randrange(3, 25))]]
    rows += [[None, float(made.amount())] for _ in range(made.rng.randrange(1, 3))]
    return _one("below stray", rows, truth)


def below_filtered(made: Made) -> TrapBook:
    """A filter hides rows, and below stands what the shown ones come to."""
    rows, truth = _covered(made)
    hidden = frozenset(range(4, len(rows)))
    shown = sum(int(float(str(rows[k][-1]))) for k in range(1, 4))
    rows += [[], [made.rng.choice(["Shown", "Visible rows", "Auswahl", None]), float(shown)]]
    return TrapBook("below filtered", _book(_sheet(rows, hidden_rows=hidden)), (Decimal(truth),))


def below_unlabelled(made: Made) -> TrapBook:
    """A total without a word after a blank row."""
    rows, truth = _covered(made)
    rows += [[], [None, float(truth)]]
    return _one("below unlabelled", rows, truth)


def below_wrong(made: Made) -> TrapBook:
    """A printed total that disagrees with its lines: said, and the lines loaded."""
    rows, truth = _covered(made)
    rows += [[made.tongue.total, float(truth + made.rng.choice([-1, 1]) * made.rng.randrange(200, 9_000))]]
    return _one("below wrong total", rows, truth)


def below_reserves(made: Made) -> TrapBook:
    """Reserves and what moves them, below the grand total."""
    rows, truth = _covered(made)
    opening, moved = made.amount(), made.amount() // 7
    rows += [[made.tongue.total, float(truth)], [], ["Reserves"]]
    rows += [
        ["Balance at 1 April", float(opening)],
        ["Transfer to reserves", float(moved)],
        ["Balance at 31 March", float(opening + moved)],
    ]
    return _one("below reserves", rows, truth)


# -- periods and measures ---------------------------------------------------------------------


def periods_monitoring(made: Made) -> TrapBook:
    """Some months, the year to date, the full year's budget, its forecast and the variance."""
    some = made.rng.randrange(3, 8)
    rows: list[Row] = [
        ["Monitoring (£)"],
        [
            "Service",
            *TONGUES["en"].months[:some],
            "YTD actual",
            "Full year budget",
            "Full year forecast",
            "Variance",
        ],
    ]
    truth = 0
    for name in made.names(made.rng.randrange(4, 9)):
        own, full = made.amounts(some), made.amount() * 4
        far = full + made.rng.randrange(-900, 900)
        truth += full
        rows.append([name, *map(float, own), float(sum(own)), float(full), float(far), float(far - full)])
    return _one("periods monitoring", rows, truth)


def periods_parts(made: Made) -> TrapBook:
    """Quarters or halves, equal or not, that only together make the year."""
    heads = made.rng.choice(
        [
            ["Q1", "Q2", "Q3", "Q4"],
            ["1. Quartal", "2. Quartal", "3. Quartal", "4. Quartal"],
            ["H1", "H2"],
            ["T1", "T2", "T3", "T4"],
        ]
    )
    rows: list[Row] = [["€"], [made.tongue.service, *heads]]
    truth = 0
    for name in made.names(made.rng.randrange(4, 9)):
        own = [made.amount()] * len(heads)
        truth += sum(own)
        rows.append([name, *map(float, own)])
    return _one("periods parts", rows, truth)


def periods_phases(made: Made) -> TrapBook:
    """The same lines budgeted, changed and spent, in columns or stacked in the rows."""
    phases = made.rng.choice(
        [
            ("Original", "Revised", "Actual"),
            ("Ansatz", "Nachtrag", "Ergebnis"),
            ("Schválený", "Upravený", "Skutečnost"),
            ("Presupuesto inicial", "Modificado", "Ejecutado"),
        ]
    )
    many = made.rng.randrange(4, 9)
    table = [made.amounts(3) for _ in range(many)]
    names = made.names(many)
    sums = [sum(row[k] for row in table) for k in range(3)]
    if made.rng.random() < 0.5:
        rows: list[Row] = [["€"], [made.tongue.service, *phases]]
        rows += [[name, *map(float, row)] for name, row in zip(names, table, strict=True)]
    else:
        rows = [[made.tongue.service, "Version", made.tongue.amount]]
        rows += [
            [n, p, float(v)]
            for n, row in zip(names, table, strict=True)
            for p, v in zip(phases, row, strict=True)
        ]
    return _one("periods phases", rows, *sums)


# -- statements -------------------------------------------------------------------------------


def statement_housing(made: Made) -> TrapBook:
    """An account with gross expenditure, gross income, net cost and what leads to the result; round amounts."""
    spend, earn = made.amounts(3, coarse=True), made.amounts(2, coarse=True)
    net, interest = sum(spend) - sum(earn), made.amount(coarse=True)
    rows: list[Row] = [
        ["Housing account 2024/25", "£"],
        ["Repairs", float(spend[0])],
        ["Management", float(spend[1])],
        ["Capital charges", float(spend[2])],
    ]
    rows += [
        ["Gross expenditure", float(sum(spend))],
        ["Dwelling rents", float(-earn[0])],
        ["Service charges", float(-earn[1])],
        ["Gross income", float(-sum(earn))],
    ]
    rows += [
        ["Net cost of services", float(net)],
        ["Interest payable", float(interest)],
        ["(Surplus)/deficit", float(net + interest)],
    ]
    return _one("statement housing", rows, net + interest)


def statement_requirement(made: Made) -> TrapBook:
    """A budget requirement, the grants taken off it and what the tax has to bring."""
    rows, truth = _covered(made)
    grants = [truth // 5, truth // 3]
    rows += [
        ["Budget requirement", float(truth)],
        ["Less: Revenue support grant", float(-grants[0])],
        ["Less: Retained business rates", float(-grants[1])],
    ]
    rows += [["Council tax requirement", float(truth - sum(grants))]]
    return _one("statement requirement", rows, truth, truth - sum(grants))


def statement_balance_sheet(made: Made) -> TrapBook:
    """A balance sheet is no budget."""
    title = made.rng.choice(
        [
            "Balance sheet as at 31 March 2024",
            "Bilanz zum 31.12.2024",
            "Bilan au 31 décembre 2024",
            "Balance de situación 2024",
        ]
    )
    assets, owed = made.amounts(3), made.amounts(2)
    rows: list[Row] = [[title], [None, "2024 £000"]]
    rows += [
        ["Property, plant and equipment", float(assets[0])],
        ["Long-term debtors", float(assets[1])],
        ["Cash", float(assets[2])],
    ]
    rows += [
        ["Short-term creditors", float(-owed[0])],
        ["Long-term borrowing", float(-owed[1])],
        ["Net assets", float(sum(assets) - sum(owed))],
    ]
    return _one("statement balance sheet", rows, no_budget=True)


def statement_fund_balances(made: Made) -> TrapBook:
    """What is held in each fund at the end of each month."""
    rows: list[Row] = [[None, "July 31", "Aug 31", "Sept 30"]]
    table = [made.amounts(3) for _ in range(4)]
    rows += [
        [n, *map(float, row)]
        for n, row in zip(("General", "Grants fund", "Vehicle tax", "Housing trust"), table, strict=True)
    ]
    rows += [["TOTAL FUND EQUITY", *(float(sum(row[k] for row in table)) for k in range(3))]]
    return _one("statement fund balances", rows, no_budget=True)


def statement_pooled(made: Made) -> TrapBook:
    """Who pays into a pool on one sheet, what it pays for on the next: the same money."""
    values = made.amounts(8)
    truth = sum(values)
    income: list[Row] = [
        ["4. Income"],
        ["Contributor", "Contribution £"],
        ["City Council", float(truth // 4)],
        ["NHS ICB", float(truth - truth // 4)],
        ["Total pooled budget", float(truth)],
    ]
    spend: list[Row] = [["5. Expenditure"], ["Scheme", "Area of spend", "Expenditure £"]]
    spend += [[name, "Social care", float(v)] for name, v in zip(made.names(8), values, strict=True)]
    spend += [["Total", None, float(truth)]]
    return TrapBook(
        "statement pooled",
        _book(_sheet(income, "4. Income"), _sheet(spend, "5. Expenditure")),
        (Decimal(truth),),
    )


# -- units, marks, twice, hidden --------------------------------------------------------------


def units_scaled(made: Made) -> TrapBook:
    """Thousands or millions, said in the title or the header of some language."""
    said, factor = made.rng.choice(
        [
            ("£000", 1000),
            ("T€", 1000),
            ("in Tsd. €", 1000),
            ("k€", 1000),
            ("en milliers d'euros", 1000),
            ("€m", 1_000_000),
            ("in Mio. €", 1_000_000),
            ("tys. zł", 1000),
            ("tis. Kč", 1000),
            ("x € 1.000", 1000),
            ("Rs. in lakh", 100_000),
            ("₹ crore", 10_000_000),
        ]
    )
    values = [made.rng.randrange(100, 9_000) for _ in range(7)]
    rows: list[Row] = (
        [[f"Budget 2025 ({said})"], [made.tongue.service, "2025"]]
        if made.rng.random() < 0.5
        else [[made.tongue.service, f"2025 ({said})"]]
    )
    rows += [[name, float(v)] for name, v in zip(made.names(7), values, strict=True)]
    return _one("units scaled", rows, sum(values) * factor)


def marks_notes(made: Made) -> TrapBook:
    """Amounts with footnote marks and flags beside plain ones."""
    rows, truth = _covered(made)
    for row in made.rng.sample(rows[1:], 3):
        value = int(float(str(row[1])))
        row[1] = made.rng.choice(
            [
                f"{value:,}*",
                f"{value:,} (a)",
                f"{value:,} [1]",
                f"{value:,}¹",
                f"{value:,} r",
                f"{value:,} p",
                f"{value:,}†",
            ]
        )
    return _one("marks notes", rows, truth)


def twice_copied(made: Made) -> TrapBook:
    """A sheet copied whole, or printed once more in thousands."""
    rows, truth = _covered(made)
    again: list[Row] = [list(row) for row in rows]
    if made.rng.random() < 0.5:
        again = [
            ["Budget, £000"],
            [made.tongue.service, "£000"],
            *([row[0], round(float(str(row[1])) / 1000, 1)] for row in rows[1:]),
        ]
        rounded = sum((Decimal(str(row[1])) for row in again[2:]), Decimal(0)) * 1000
        return TrapBook(
            "twice print", _book(_sheet(rows, "Detail"), _sheet(again, "Report")), (Decimal(truth), rounded)
        )
    return TrapBook(
        "twice copied", _book(_sheet(rows, "Budget"), _sheet(again, "Budget (2)")), (Decimal(truth),)
    )


def hidden_sheet(made: Made) -> TrapBook:
    """A hidden sheet with other money: left out and asked about, or loaded."""
    rows, truth = _covered(made)
    other, more = _covered(made)
    return TrapBook(
        "hidden sheet",
        _book(_sheet(rows), _sheet(other, "Working", hidden=True)),
        (Decimal(truth), Decimal(truth + more)),
    )


# -- preamble and heads -----------------------------------------------------------------------


def preamble_block(made: Made) -> TrapBook:
    """Lines of keys and values above the table, one of which is a number."""
    rows, truth = _covered(made)
    keys: list[Row] = [
        ["Source", "Financial statements, p.82"],
        ["Year", 2025.0],
        ["Version", "Approved"],
        ["Rows", float(len(rows) - 1)],
    ]
    return _one("preamble block", [*keys[: made.rng.randrange(1, 5)], [], *rows], truth)


def heads_price(made: Made) -> TrapBook:
    """Price, number and their product."""
    price = [made.rng.randrange(500, 90_000) / 100 for _ in range(6)]
    number = [made.rng.randrange(20, 4_000) for _ in range(6)]
    product = [round(p * n, 2) for p, n in zip(price, number, strict=True)]
    heads = made.rng.choice(
        [
            ["Unit cost £", "Volume", "Amount £"],
            ["Preis €", "Menge", "Betrag €"],
            ["Prix unitaire €", "Quantité", "Montant €"],
            ["Precio €", "Unidades", "Importe €"],
        ]
    )
    rows: list[Row] = [["Service", *heads]]
    rows += [[n, p, float(k), v] for n, p, k, v in zip(made.names(6), price, number, product, strict=True)]
    return _one("heads price", rows, sum(Decimal(str(v)) for v in product))


def heads_codes(made: Made) -> TrapBook:
    """Codes as numbers, headed in the language of the book, beside people and hours."""
    values = made.amounts(8)
    extra = made.rng.choice(
        [("FTE", 0.5), ("Stellen", 1.0), ("Etaty", 0.25), ("Počet", 1.0), ("Aantal", 1.0), ("Hours", 10.0)]
    )
    rows: list[Row] = [
        [
            made.rng.choice(["Kostenstelle", "Sachkonto", "Code", "Položka", "Capitolo", "Konto"]),
            made.tongue.service,
            extra[0],
            made.tongue.amount,
        ]
    ]
    rows += [
        [float(made.rng.randrange(1000, 9999)), n, extra[1] * made.rng.randrange(1, 60), float(v)]
        for n, v in zip(made.names(8), values, strict=True)
    ]
    return _one("heads codes", rows, sum(values))


def heads_cost_and_grant(made: Made) -> TrapBook:
    """The whole cost of projects beside what others pay of it."""
    cost = made.amounts(7)
    heads = made.rng.choice(
        [
            ("Total project cost £", "ERDF grant £"),
            ("Gesamtkosten €", "EU-Förderung €"),
            ("Coût total €", "Montant FEDER €"),
            ("Totale projectkost €", "EFRO bijdrage €"),
            ("Costo totale €", "Contributo UE €"),
        ]
    )
    rows: list[Row] = [["Project", *heads]]
    rows += [
        [n, float(c), float(c * 2 // 5 + k)] for k, (n, c) in enumerate(zip(made.names(7), cost, strict=True))
    ]
    granted = sum(c * 2 // 5 + k for k, c in enumerate(cost))
    return _one("heads cost and grant", rows, sum(cost), granted)


PLAIN = (plain_list, plain_sections, plain_sides, plain_months, plain_door)
TRAPS = (
    levels,
    levels,
    levels,
    levels,
    direction_letters,
    direction_columns,
    direction_financing,
    below_memo,
    below_stray,
    below_filtered,
    below_unlabelled,
    below_wrong,
    below_reserves,
    periods_monitoring,
    periods_parts,
    periods_phases,
    statement_housing,
    statement_requirement,
    statement_balance_sheet,
    statement_fund_balances,
    statement_pooled,
    units_scaled,
    marks_notes,
    twice_copied,
    hidden_sheet,
    preamble_block,
    heads_price,
    heads_codes,
    heads_cost_and_grant,
)


def trap_book(seed: int) -> TrapBook:
    """The book of a seed; every third is plain."""
    rng = random.Random(seed)
    tongue = TONGUES[rng.choice(sorted(TONGUES))]
    if seed % 3:
        return TRAPS[(seed - seed // 3) % len(TRAPS)](Made(rng, tongue))
    # another currency than the place's own is always asked about
    in_pounds = replace(tongue, amount=tongue.amount.replace("€", "£"))
    return PLAIN[seed // 3 % len(PLAIN)](Made(rng, in_pounds))


def read_book(book: TrapBook) -> Reading | None:
    """What is understood of a book; None where its bytes are refused."""
    if isinstance(book.workbook, Workbook):
        return understand(book.workbook)
    try:
        return understand(open_workbook(*book.workbook))
    except Refusal:
        return None


def judged(book: TrapBook) -> Judged:
    """Hold what would be loaded, were every question answered by its best guess, against the truth."""
    reading = read_book(book)
    if reading is None or reading.refused or not reading.chosen:
        asks = bool(reading and reading.questions)
        return Judged(book.no_budget, asks, False, None)
    net = sum((x.amount if x.side is Side.EXPENDITURE else -x.amount for x in lines(reading)), Decimal(0))
    right = any(abs(net - one) <= HALF for one in book.right)
    asks = bool(reading.questions)
    named = bool(reading.problems) or any(reading.tables[k].problems for k in reading.chosen)
    asked = any(not question.key.startswith("unit:") for question in reading.questions)
    if book.no_budget:
        return Judged(asked, asks, not asked and not named, net)
    return Judged(right, asks, not right and not asked and not named, net)
