"""The words of thirty-four languages in which invented budgets are written."""

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
    "el": _speech(
        "Δημοτικά σχολεία|Οδοποιία|Παιδικοί σταθμοί|Πάρκα|Ηλεκτροφωτισμός|Βιβλιοθήκη|Πυροπροστασία|Καθαριότητα|Μουσεία|Στέγαση",
        "Ιανουάριος|Φεβρουάριος|Μάρτιος|Απρίλιος|Μάιος|Ιούνιος|Ιούλιος|Αύγουστος|Σεπτέμβριος|Οκτώβριος|Νοέμβριος|Δεκέμβριος",
        "Περιγραφή|Κωδικός|Ποσό|Γενικό σύνολο|Έξοδα|Έσοδα|Είδος|εκ των οποίων|Προϋπολογισμός|Απολογισμός|Απόκλιση|€|σε χιλιάδες ευρώ|εκατ. €|Υπόλοιπο έναρξης|Υπόλοιπο λήξης|Κάτοικοι|μ.δ.|Τιμή|Ποσότητα|Αρχικός προϋπολογισμός|Αναμορφωμένος προϋπολογισμός|Ισολογισμός|Επίπεδο",
    ),
    "hu": _speech(
        "Általános iskolák|Utak|Bölcsődék|Parkok|Közvilágítás|Könyvtár|Tűzoltóság|Hulladékgazdálkodás|Múzeumok|Lakásügy",
        "január|február|március|április|május|június|július|augusztus|szeptember|október|november|december",
        "Megnevezés|Kód|Összeg|Összesen|Kiadások|Bevételek|Típus|ebből|Terv|Tény|Eltérés|Ft|ezer Ft|millió Ft|Nyitó egyenleg|Záró egyenleg|Lakosság|n.a.|Egységár|Mennyiség|Eredeti előirányzat|Módosított előirányzat|Mérleg|Szint",
    ),
    "fi": _speech(
        "Peruskoulut|Tiet ja kadut|Päiväkodit|Puistot|Katuvalaistus|Kirjasto|Pelastustoimi|Jätehuolto|Museot|Asuminen",
        "tammikuu|helmikuu|maaliskuu|huhtikuu|toukokuu|kesäkuu|heinäkuu|elokuu|syyskuu|lokakuu|marraskuu|joulukuu",
        "Nimike|Tili|Määräraha|Yhteensä|Menot|Tulot|Laji|josta|Talousarvio|Toteuma|Poikkeama|€|1 000 €|milj. €|Alkusaldo|Loppusaldo|Asukkaita|ei tietoa|Yksikköhinta|Määrä|Alkuperäinen talousarvio|Muutettu talousarvio|Tase|Taso",
    ),
    "ro": _speech(
        "Școli primare|Drumuri|Creșe|Parcuri|Iluminat public|Bibliotecă|Pompieri|Salubritate|Muzee|Locuințe",
        "ianuarie|februarie|martie|aprilie|mai|iunie|iulie|august|septembrie|octombrie|noiembrie|decembrie",
        "Denumire|Cod|Suma|Total general|Cheltuieli|Venituri|Tip|din care|Buget|Execuție|Diferență|lei|mii lei|mil. lei|Sold inițial|Sold final|Populație|n/a|Preț unitar|Cantitate|Buget inițial|Buget rectificat|Bilanț|Nivel",
    ),
    "hr": _speech(
        "Osnovne škole|Ceste|Vrtići|Parkovi|Javna rasvjeta|Knjižnica|Vatrogastvo|Gospodarenje otpadom|Muzeji|Stanovanje",
        "siječanj|veljača|ožujak|travanj|svibanj|lipanj|srpanj|kolovoz|rujan|listopad|studeni|prosinac",
        "Naziv|Šifra|Iznos|Ukupno|Rashodi|Prihodi|Vrsta|od toga|Plan|Izvršenje|Razlika|€|u tisućama eura|mil. €|Početno stanje|Završno stanje|Stanovnici|n/p|Cijena|Količina|Izvorni plan|Rebalans|Bilanca|Razina",
    ),
    "uk": _speech(
        "Школи|Дороги|Дитячі садки|Парки|Вуличне освітлення|Бібліотека|Пожежна охорона|Відходи|Музеї|Житлове господарство",
        "січень|лютий|березень|квітень|травень|червень|липень|серпень|вересень|жовтень|листопад|грудень",
        "Найменування|Код|Сума|Усього|Видатки|Доходи|Вид|у тому числі|План|Факт|Відхилення|грн|тис. грн|млн грн|Залишок на початок|Залишок на кінець|Населення|н/д|Ціна|Кількість|Початковий план|Уточнений план|Баланс|Рівень",
    ),
    "da": _speech(
        "Folkeskoler|Veje|Dagpleje|Parker|Gadebelysning|Bibliotek|Brandvæsen|Affald|Museer|Boliger",
        "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december",
        "Tekst|Konto|Beløb|I alt|Udgifter|Indtægter|Art|heraf|Budget|Forbrug|Afvigelse|kr.|1.000 kr.|mio. kr.|Primosaldo|Ultimosaldo|Indbyggere|ej oplyst|Pris|Antal|Oprindeligt budget|Korrigeret budget|Balance|Niveau",
    ),
    "no": _speech(
        "Grunnskoler|Veier|Barnehager|Parker|Gatelys|Bibliotek|Brannvesen|Renovasjon|Museer|Boliger",
        "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember",
        "Tekst|Konto|Beløp|Sum|Utgifter|Inntekter|Art|herav|Budsjett|Regnskap|Avvik|kr|1000 kr|mill. kr|Inngående saldo|Utgående saldo|Innbyggere|ikke oppgitt|Pris|Antall|Opprinnelig budsjett|Revidert budsjett|Balanse|Nivå",
    ),
    "zh": _speech(
        "小学教育|道路养护|托儿所|公园绿化|路灯照明|图书馆|消防救援|垃圾处理|博物馆|住房保障",
        "1月|2月|3月|4月|5月|6月|7月|8月|9月|10月|11月|12月",
        "项目|代码|金额|合计|支出|收入|类型|其中|预算数|执行数|差异|元|千元|百万元|期初余额|期末余额|人口|不适用|单价|数量|年初预算数|调整预算数|资产负债表|级次",
        continental=False,
    ),
    "ar": _speech(
        "المدارس الابتدائية|الطرق|رياض الأطفال|الحدائق|إنارة الشوارع|المكتبات|الإطفاء|النظافة|المتاحف|الإسكان",
        "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
        "البيان|الرمز|المبلغ|المجموع|النفقات|الإيرادات|النوع|منها|الموازنة|الفعلي|الفرق|درهم|بآلاف الدراهم|مليون درهم|الرصيد الافتتاحي|الرصيد الختامي|السكان|غير متوفر|سعر الوحدة|الكمية|الموازنة الأصلية|الموازنة المعدلة|الميزانية العمومية|المستوى",
        continental=False,
    ),
    "he": _speech(
        "בתי ספר יסודיים|כבישים|גני ילדים|גנים ציבוריים|תאורת רחוב|ספריה|כיבוי אש|פינוי אשפה|מוזיאונים|שיכון",
        "ינואר|פברואר|מרץ|אפריל|מאי|יוני|יולי|אוגוסט|ספטמבר|אוקטובר|נובמבר|דצמבר",
        'תיאור|קוד|סכום|סך הכל|הוצאות|הכנסות|סוג|מזה|תקציב|ביצוע|הפרש|ש"ח|באלפי ש"ח|מיליוני ש"ח|יתרת פתיחה|יתרת סגירה|תושבים|לא ידוע|מחיר|כמות|תקציב מקורי|תקציב מעודכן|מאזן|רמה',
        continental=False,
    ),
    "ko": _speech(
        "초등학교|도로|어린이집|공원|가로등|도서관|소방|폐기물 처리|박물관|주택",
        "1월|2월|3월|4월|5월|6월|7월|8월|9월|10월|11월|12월",
        "항목|코드|금액|합계|세출|세입|구분|이 중|예산|결산|증감|원|천원|백만원|기초잔액|기말잔액|인구|해당 없음|단가|수량|당초예산|추경예산|대차대조표|수준",
        continental=False,
    ),
    "id": _speech(
        "Sekolah dasar|Jalan|Taman kanak-kanak|Taman kota|Lampu jalan|Perpustakaan|Pemadam kebakaran|Persampahan|Museum|Perumahan",
        "Januari|Februari|Maret|April|Mei|Juni|Juli|Agustus|September|Oktober|November|Desember",
        "Uraian|Kode|Jumlah|Total|Belanja|Pendapatan|Jenis|di antaranya|Anggaran|Realisasi|Selisih|Rp|ribu rupiah|juta rupiah|Saldo awal|Saldo akhir|Penduduk|t.a.|Harga satuan|Volume|Anggaran awal|Anggaran perubahan|Neraca|Tingkat",
    ),
    "sk": _speech(
        "Základné školy|Cesty|Jasle|Verejná zeleň|Verejné osvetlenie|Knižnica|Mestská polícia|Odpady|Múzeá|Bývanie",
        "január|február|marec|apríl|máj|jún|júl|august|september|október|november|december",
        "Názov|Kód|Suma|Spolu|Výdavky|Príjmy|Druh|z toho|Rozpočet|Čerpanie|Rozdiel|€|tis. €|mil. €|Počiatočný stav|Konečný stav|Obyvatelia|neuvedené|Cena|Počet|Schválený rozpočet|Upravený rozpočet|Súvaha|Úroveň",
    ),
    "sl": _speech(
        "Osnovne šole|Ceste|Vrtci|Parki|Javna razsvetljava|Knjižnica|Gasilci|Odpadki|Muzeji|Stanovanja",
        "januar|februar|marec|april|maj|junij|julij|avgust|september|oktober|november|december",
        "Naziv|Šifra|Znesek|Skupaj|Odhodki|Prihodki|Vrsta|od tega|Plan|Realizacija|Razlika|€|v tisoč EUR|mio EUR|Začetno stanje|Končno stanje|Prebivalci|ni podatka|Cena|Količina|Sprejeti proračun|Veljavni proračun|Bilanca stanja|Raven",
    ),
    "lt": _speech(
        "Pradinės mokyklos|Keliai|Darželiai|Parkai|Gatvių apšvietimas|Biblioteka|Priešgaisrinė sauga|Atliekos|Muziejai|Būstas",
        "sausis|vasaris|kovas|balandis|gegužė|birželis|liepa|rugpjūtis|rugsėjis|spalis|lapkritis|gruodis",
        "Pavadinimas|Kodas|Suma|Iš viso|Išlaidos|Pajamos|Rūšis|iš jų|Planas|Įvykdyta|Skirtumas|€|tūkst. Eur|mln. Eur|Likutis pradžioje|Likutis pabaigoje|Gyventojai|n. d.|Kaina|Kiekis|Patvirtintas biudžetas|Patikslintas biudžetas|Balansas|Lygis",
    ),
    "ca": _speech(
        "Escoles de primària|Vies públiques|Llars d'infants|Parcs i jardins|Enllumenat públic|Biblioteca|Policia local|Residus|Museus|Habitatge",
        "gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre",
        "Descripció|Codi|Import|Total general|Despeses|Ingressos|Tipus|dels quals|Pressupost|Executat|Desviació|€|en milers d'euros|milions d'euros|Saldo inicial|Saldo final|Habitants|n.d.|Preu|Quantitat|Pressupost inicial|Pressupost definitiu|Balanç de situació|Nivell",
    ),
    "vi": _speech(
        "Trường tiểu học|Đường bộ|Nhà trẻ|Công viên|Chiếu sáng công cộng|Thư viện|Cứu hỏa|Rác thải|Bảo tàng|Nhà ở",
        "Tháng 1|Tháng 2|Tháng 3|Tháng 4|Tháng 5|Tháng 6|Tháng 7|Tháng 8|Tháng 9|Tháng 10|Tháng 11|Tháng 12",
        "Nội dung|Mã số|Số tiền|Tổng cộng|Chi|Thu|Loại|trong đó|Dự toán|Thực hiện|Chênh lệch|đồng|nghìn đồng|triệu đồng|Số dư đầu kỳ|Số dư cuối kỳ|Dân số|không có|Đơn giá|Số lượng|Dự toán đầu năm|Dự toán điều chỉnh|Bảng cân đối kế toán|Cấp",
    ),
    "hi": _speech(
        "प्राथमिक विद्यालय|सड़कें|आंगनवाड़ी|उद्यान|पथ प्रकाश|पुस्तकालय|अग्निशमन|कचरा प्रबंधन|संग्रहालय|आवास",
        "अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर|अक्टूबर|नवंबर|दिसंबर|जनवरी|फरवरी|मार्च",
        "विवरण|कोड|राशि|कुल योग|व्यय|आय|प्रकार|जिसमें से|बजट|वास्तविक|अंतर|₹|हजार रुपये में|मिलियन रुपये में|प्रारंभिक शेष|अंतिम शेष|जनसंख्या|लागू नहीं|इकाई मूल्य|मात्रा|मूल बजट|संशोधित बजट|तुलन पत्र|स्तर",
        continental=False,
    ),
}
