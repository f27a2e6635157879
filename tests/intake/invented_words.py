"""The words of fifteen languages in which invented budgets are written."""

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Speech:
    """The words of one language that a budget needs."""

    services: tuple[str, ...]
    months: tuple[str, ...]
    service: str
    code: str
    amount: str
    """A header of amounts, without a currency."""
    total: str
    out: str
    into: str
    side: str
    of_which: str
    budget: str
    actual: str
    variance: str
    currency: str
    """As it is written beside amounts."""
    thousand: str
    """'in thousands' as a title or a header says it, with the currency."""
    million: str
    opening: str
    closing: str
    inhabitants: str
    unsaid: str
    """What stands for an amount that is not given."""
    price: str
    number: str
    original: str
    revised: str
    balance_sheet: str
    level: str
    continental: bool
    """Whether amounts are written 1.234,56 or 1 234,56."""


_FIELDS = tuple(field.name for field in fields(Speech))[2:-1]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


def _speech(services: str, months: str, rest: str, *, continental: bool = True) -> Speech:
    told = dict(zip(_FIELDS, _words(rest), strict=True))
    return Speech(_words(services), _words(months), continental=continental, **told)


SPEECHES = {
    "en": _speech(
        "Home care|Fostering|Libraries|Museums|Parks|Street lighting|Winter service|Recycling|Housing advice|Licensing",
        "Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Jan|Feb|Mar",
        "Service|Code|Budget|Total|Expenditure|Income|Type|of which|Budget|Actual|Variance|£|£000|£m|Opening balance|Closing balance|Population|n/a|Unit cost|Volume|Original budget|Revised budget|Balance sheet|Level",
        continental=False,
    ),
    "de": _speech(
        "Pflege|Kindertagesstätten|Büchereien|Museen|Grünanlagen|Straßenbeleuchtung|Winterdienst|Abfallwirtschaft|Wohnungswesen|Feuerwehr",
        "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember",
        "Bezeichnung|Konto|Ansatz|Gesamtsumme|Aufwendungen|Erträge|Art|davon|Plan|Ist|Abweichung|€|T€|Mio. €|Anfangsbestand|Endbestand|Einwohner|k. A.|Preis|Menge|Ansatz|Nachtrag|Bilanz|Ebene",
    ),
    "fr": _speech(
        "Écoles primaires|Voirie|Crèches|Espaces verts|Éclairage public|Médiathèque|Police municipale|Déchets|Musées|Logement",
        "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
        "Libellé|Compte|Montant|Total général|Dépenses|Recettes|Sens|dont|Budget|Réalisé|Écart|€|en milliers d'euros|M€|Solde d'ouverture|Solde de clôture|Habitants|n.d.|Prix unitaire|Quantité|Budget primitif|Budget modifié|Bilan|Niveau",
    ),
    "es": _speech(
        "Escuelas|Vías públicas|Guarderías|Parques|Alumbrado público|Biblioteca|Policía local|Residuos|Museos|Vivienda",
        "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre",
        "Descripción|Código|Importe|Total general|Gastos|Ingresos|Tipo|de los cuales|Presupuesto|Ejecutado|Desviación|€|en miles de euros|millones de euros|Saldo inicial|Saldo final|Habitantes|n.d.|Precio|Unidades|Presupuesto inicial|Presupuesto modificado|Balance de situación|Nivel",
    ),
    "it": _speech(
        "Scuole|Strade|Asili nido|Verde pubblico|Illuminazione pubblica|Biblioteca|Polizia locale|Rifiuti|Musei|Edilizia abitativa",
        "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre",
        "Descrizione|Capitolo|Importo|Totale generale|Spese|Entrate|Tipo|di cui|Previsione|Consuntivo|Scostamento|€|in migliaia di euro|mln €|Saldo iniziale|Saldo finale|Abitanti|n.d.|Prezzo|Quantità|Previsione iniziale|Previsione assestata|Stato patrimoniale|Livello",
    ),
    "nl": _speech(
        "Basisonderwijs|Wegen|Kinderopvang|Groenvoorziening|Openbare verlichting|Bibliotheek|Handhaving|Afval|Musea|Wonen",
        "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
        "Omschrijving|Taakveld|Bedrag|Totaal|Lasten|Baten|Soort|waarvan|Begroting|Realisatie|Afwijking|€|x € 1.000|mln. €|Beginsaldo|Eindsaldo|Inwoners|n.b.|Prijs|Aantal|Primitieve begroting|Begroting na wijziging|Balans|Niveau",
    ),
    "pl": _speech(
        "Szkoły podstawowe|Drogi|Żłobki|Zieleń miejska|Oświetlenie ulic|Biblioteka|Straż miejska|Gospodarka odpadami|Muzea|Mieszkania",
        "styczeń|luty|marzec|kwiecień|maj|czerwiec|lipiec|sierpień|wrzesień|październik|listopad|grudzień",
        "Nazwa|Rozdział|Kwota|Ogółem|Wydatki|Dochody|Rodzaj|w tym|Plan|Wykonanie|Odchylenie|zł|tys. zł|mln zł|Stan początkowy|Stan końcowy|Mieszkańcy|b.d.|Cena|Liczba|Plan|Plan po zmianach|Bilans|Poziom",
    ),
    "pt": _speech(
        "Escolas|Vias públicas|Creches|Espaços verdes|Iluminação pública|Biblioteca|Polícia municipal|Resíduos|Museus|Habitação",
        "janeiro|fevereiro|março|abril|maio|junho|julho|agosto|setembro|outubro|novembro|dezembro",
        "Designação|Código|Montante|Total geral|Despesas|Receitas|Tipo|dos quais|Orçamento|Executado|Desvio|€|em milhares de euros|milhões de euros|Saldo inicial|Saldo final|Habitantes|n.d.|Preço|Quantidade|Orçamento inicial|Orçamento corrigido|Balanço|Nível",
    ),
    "sv": _speech(
        "Grundskola|Gator och vägar|Förskola|Parker|Gatubelysning|Bibliotek|Räddningstjänst|Avfall|Museer|Bostäder",
        "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
        "Benämning|Konto|Belopp|Summa|Kostnader|Intäkter|Typ|varav|Budget|Utfall|Avvikelse|kr|tkr|mnkr|Ingående balans|Utgående balans|Invånare|saknas|Pris|Antal|Ursprunglig budget|Reviderad budget|Balansräkning|Nivå",
    ),
    "cs": _speech(
        "Základní školy|Silnice|Jesle|Veřejná zeleň|Veřejné osvětlení|Knihovna|Městská policie|Odpady|Muzea|Bydlení",
        "leden|únor|březen|duben|květen|červen|červenec|srpen|září|říjen|listopad|prosinec",
        "Název|Paragraf|Částka|Celkem|Výdaje|Příjmy|Druh|z toho|Rozpočet|Skutečnost|Rozdíl|Kč|tis. Kč|mil. Kč|Počáteční stav|Konečný stav|Obyvatel|neuvedeno|Cena|Počet|Schválený rozpočet|Upravený rozpočet|Rozvaha|Úroveň",
    ),
    "ru": _speech(
        "Школы|Дороги|Детские сады|Парки|Уличное освещение|Библиотеки|Пожарная охрана|Отходы|Музеи|Жилищное хозяйство",
        "январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь",
        "Наименование|Код|Сумма|Всего|Расходы|Доходы|Вид|в том числе|План|Факт|Отклонение|руб.|тыс. руб.|млн руб.|Остаток на начало|Остаток на конец|Население|н/д|Цена|Количество|Первоначальный план|Уточнённый план|Баланс|Уровень",
    ),
    "bg": _speech(
        "Училища|Пътища|Детски градини|Паркове|Улично осветление|Библиотека|Пожарна безопасност|Отпадъци|Музеи|Жилищно строителство",
        "януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември",
        "Наименование|Параграф|Сума|Всичко|Разходи|Приходи|Вид|в т.ч.|План|Отчет|Отклонение|лв.|хил. лв.|млн. лв.|Начално салдо|Крайно салдо|Население|н.д.|Цена|Брой|Първоначален план|Уточнен план|Баланс|Ниво",
    ),
    "tr": _speech(
        "İlkokullar|Yollar|Kreşler|Parklar|Sokak aydınlatması|Kütüphane|İtfaiye|Atık yönetimi|Müzeler|Konut",
        "Ocak|Şubat|Mart|Nisan|Mayıs|Haziran|Temmuz|Ağustos|Eylül|Ekim|Kasım|Aralık",
        "Açıklama|Kod|Tutar|Toplam|Giderler|Gelirler|Tür|bunun|Bütçe|Gerçekleşen|Fark|TL|bin TL|milyon TL|Açılış bakiyesi|Kapanış bakiyesi|Nüfus|yok|Birim fiyat|Miktar|Başlangıç bütçesi|Revize bütçe|Bilanço|Düzey",
    ),
    "cy": _speech(
        "Gofal cartref|Maethu|Llyfrgelloedd|Amgueddfeydd|Parciau|Goleuadau stryd|Gwasanaeth gaeaf|Ailgylchu|Cyngor tai|Trwyddedu",
        "Ebrill|Mai|Mehefin|Gorffennaf|Awst|Medi|Hydref|Tachwedd|Rhagfyr|Ionawr|Chwefror|Mawrth",
        "Gwasanaeth|Cod|Swm|Cyfanswm|Gwariant|Incwm|Math|y mae|Cyllideb|Gwirioneddol|Amrywiant|£|£000|£m|Balans agoriadol|Balans cau|Poblogaeth|d/b|Cost uned|Nifer|Cyllideb wreiddiol|Cyllideb ddiwygiedig|Mantolen|Lefel",
        continental=False,
    ),
    "ja": _speech(
        "小学校|道路|保育所|公園|街路灯|図書館|消防|廃棄物処理|博物館|住宅",
        "4月|5月|6月|7月|8月|9月|10月|11月|12月|1月|2月|3月",
        "項目|コード|金額|合計|歳出|歳入|区分|うち|予算|決算|差額|円|千円|百万円|期首残高|期末残高|人口|該当なし|単価|数量|当初予算|補正後予算|貸借対照表|レベル",
        continental=False,
    ),
}  # fmt: skip
