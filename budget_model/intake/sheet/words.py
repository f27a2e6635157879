"""Which words in a header, a label or a title hint at what a column, a row or a table is.

Words are hints and never proofs: arithmetic decides where it can, and where it cannot the officer is
asked. English first; the commonest German, Spanish and French words too.
"""

import re
import tomllib

from budget_model.intake.files.marks import DATA
from budget_model.intake.sheet.header_words import amount_patterns
from budget_model.intake.sheet.phase_words import phase_patterns
from budget_model.intake.sheet.side_words import Said, part_patterns, patterns, total_patterns


def any_of(*alternatives: str) -> re.Pattern[str]:
    """A pattern that finds any of some words, in small or capital letters."""
    return re.compile("|".join(alternatives), re.IGNORECASE)


def listed(kind: str) -> tuple[str, ...]:
    """Patterns for the words of one kind in `data/intake/money.toml`, in all languages.

    A star stands for any ending; where a script puts no spaces between words, a word is found anywhere.
    """
    told = tomllib.loads((DATA / "money.toml").read_text(encoding="utf-8"))
    words = dict.fromkeys(word for some in told.values() for word in some.get(kind, ()))
    return tuple(_whole(word) for word in words)


def _whole(word: str) -> str:
    """A pattern for a whole word, in whatever script."""
    stem, star, _ = word.partition("*")
    if re.match(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af\u0e00-\u0e7f]", word):
        return re.escape(stem)
    return rf"(?<!\w){re.escape(stem)}" + (r"\w*" if star else r"(?!\w)")


TOTAL = any_of(
    r"\b(?:sub|grand)?[\s-]*totals?\b", r"\bsum(?:me|a)? (?:of|der|de)\b", r"^\s*summe\b", r"\binsgesamt\b",
    r"\bgesamt", r"\btotaal\b", r"\btotale?\b", r"\btotaux\b", r"^\s*suma\b", r"^\s*(?:all|overall)\s*$", r"^\s*\d+\s*=",
    *total_patterns(),
)  # fmt: skip
GRAND_TOTAL = any_of(
    r"\bgrand\b.*\btotal\b", r"^\W*(?:overall )?totals?\W*$", r"\btotal general\b", *total_patterns("grand")
)
NET = any_of(
    r"\bnet\b", r"\bsurplus\b", r"\bdeficit\b", r"\bshortfall\b", r"\bbalance\b", r"\bergebnis\b", r"\bsaldo\b",
    r"\bresult(?:ado)?\b", r"\b(?:budget|council tax|precept|funding|tax|levy) requirement\b", r"\brequirement (?:before|after|from|to be)\b", r"\bgap\b", r"^\s*\d+\s*=",
)  # fmt: skip
SURPLUS = any_of(
    r"\bsurplus\b", r"\bshortfall\b", r"\bergebnis\b", r"\bprofit\b", r"\bnet income\b", r"\bresultado\b"
)
INCOME = any_of(
    r"\bincomes?\b", r"\brevenues?\b(?! (?:account|budget|expenditure|spend|outturn|contribution|support|estimate|monitoring|programme|position|forecast|plan|cost|book|services?|summary|commitment))",
    r"\breceipts?\b", r"\bgrants? (?:received|income)\b", r"\bertr(?:ä|ae)ge\b", r"\bfinanzertr", r"\bingresos?\b",
    r"\bfees (?:and|&) charges\b", r"\brecettes\b", r"\bfunded by\b", r"\bfinanced by\b", r"\bfinancing\b(?! cost)",
    r"\bfunding\b", r"\bprecept\b", r"\bbaten\b", r"\binkomsten\b", r"\bentrate\b", r"\binntekter\b", r"\bintäkter\b", r"\beinnahmen\b", r"\beinzahlungen\b",
    *patterns(Said.INCOME),
)  # fmt: skip
INCOME_WITH_A_MINUS = any_of(
    r"\bgrants?\b", r"\bfees\b", r"\bsales\b", r"\brents?\b", r"\bcouncil tax\b", r"\b(?:business|non-domestic) rates\b", r"\bnndr\b",
    r"\bcontributions? from\b", r"\bother contributions?\b", r"\breimbursements?\b", r"\brecharges?\b", r"\bcollection fund\b", r"\bsurplus\b",
    r"\bfrom reserves\b", r"\buse of (?:reserves|balances)\b", r"\binterest receivable\b", r"\bdividends?\b", r"\bturnover\b",
    r"^\W*less\b(?!.*\bsavings?\b)", r"\bgrant$",
)  # fmt: skip
"""What speaks of income only where it is printed with a minus: a grant may be given as well as received."""
EXPENDITURE = any_of(
    r"\bexpenditures?\b", r"\bexpenses?\b", r"\bspend(?:ing)?\b", r"\bcosts?\b", r"\baufwend", r"\bgastos?\b",
    r"\blasten\b", r"\buitgaven\b", r"\bspese\b", r"\butgifter\b", r"\bkostnader\b",
    r"\bpayments?\b", r"\bobligations?\b", r"\bdépenses\b", r"\bausgaben\b", r"\bauszahlungen\b", r"\bappropriations?\b",
    *patterns(Said.EXPENDITURE),
)  # fmt: skip
DIFFERENCE = any_of(
    r"\bvarianc", r"\bvariation", r"\bchange", r"\bincrease\b", r"\bdecrease\b", r"\bdifference\b", r"\bmovement\b",
    r"\bgrowth\b", r"\bover[\s/(-]*under", r"\bunder[\s/(-]*over", r"\(over\)|\(under\)", r"\bdiff\b", r"\babweichung\b",
    r"\bunderspend|\boverspend", r"\bremaining\b", r"\bunspent\b", r"\bleft to spend\b", r"\bavailable\b",
)  # fmt: skip
MOVEMENT = any_of(
    r"\bvirements?\b", r"\btransfers?\b", r"\badjust", r"\bamend", r"\bmovements?\b", r"\bsupplement", r"\bcarr(?:y|ied)[\s-]?forwards?\b", r"\bin[\s-]year\b",
    r"\bchanges?\b", r"\bgrowth\b", r"\bsavings?\b", r"\bpressures?\b", r"\binflation\b", r"\brebas", r"\brevisions?\b", r"\bslippage\b", r"\bre-?profil",
    r"\bone[\s-]off", r"\breductions?\b", r"\bincreases?\b", r"\bdecreases?\b", r"\bpay award\b", r"\bdevelopments?\b", r"\befficienc",
)  # fmt: skip
"""What leads from one budget to the next."""
TAX_ON_TOP = any_of(
    r"^\W*(?:total )?vat(?: amount)?(?: \W*(?:£|gbp)?)?\W*$",
    r"\b(?<!un)(?<!ir)recoverable vat\b",
    r"\bvat amount\b",
    r"\bamount of vat\b",
    r"^\W*sales tax\W*$",
)
RATE = any_of(
    r"%", r"\bper[\s-]?cent(?:age)?\b", r"\bperc", r"\brates?\b(?! retention)(?!\s*(?:support|relief|income))", r"\bratio\b",
    r"\bper (?:head|capita|pupil|student|resident|person|household|dwelling|night|week|hour|unit|case|\d)",
    r"\baverage\b", r"\bmean\b", r"\bgrowth\b", r"\bindex\b", r"\bproportion\b", r"\bshare\b", r"\bweight(?:ing)?\b",
    r"\bbcr\b", r"\bdft\b", r"\bdistance from\b", r"\bschools with\b", r"\bband d\b",
)  # fmt: skip
RATE_IN_POUNDS = any_of(
    r"\b(?:£ )?per (?:head|capita|pupil|student|resident|person|household|dwelling|night|week|hour|case|place|1,?000)\b",
    r"\bband d\b", r"^\W*(?:valuation )?band [a-h]\W*$", r"\baverage (?:cost|price|amount)\b", r"\bunit cost\b", r"\bcost per\b",
)  # fmt: skip
COUNT = any_of(
    r"\bdays\W*$",
    r"\bnor\b", r"\b(?:number )?on roll\b", r"\btax[\s-]?base\b", r"\bband d equivalents?\b",
    r"\bftes?\b", r"\bwtes?\b", r"\bheadcount\b", r"\b(?:established |no\.? of |number of )?posts\b", r"\bpupils?\b", r"\bstudents?\b", r"\bdwellings?\b",
    r"\bhouseholds?\b", r"\bpopulation\b", r"\bnumber of\b", r"^\s*(?:no|nr|num)\.? (?:of )?[a-z]", r"\bquantity\b",
    r"\bqty\b", r"\bunits?\b(?! cost)", r"\bhours?\b", r"\bpatients?\b", r"\bbeds?\b", r"^\s*schools?\s*$", r"\bstaff numbers\b",
    r"\bcases\b", r"\bvisits\b", r"\bin post\b", r"\bvacanc(?:y|ies)\b", r"\bturnout\b", r"\b(?:full|part)[\s-]time\b", r"\bscp\b",
    r"\bspinal (?:column )?point\b", r"\bduration\b", r"\((?:months|weeks|days|years|yrs)\)", r"^\W*(?:months|weeks|days)\W*$", r"\bdays (?:in hand|lost)\b", r"\bproperties\b", r"\bplaces\b", r"\bmiles\b", r"\bkm\b", r"\bfull[\s-]time equivalents?\b",
    r"\bfloor area\b", r"\bmileage\b", r"\belectorate\b", r"\bvotes\b", r"\(ha\)", r"\bhectares\b", r"\bacres\b", r"\bstore?ys\b", r"\bsq\.? ?(?:m|ft)\b", r"\bm2\b", r"\btonn(?:es?|age)\b", r"\btotal no\b", r"^\s*count\b", r"\brows?\b$", r"\bjobs\b", r"\bemployees? \(?(?:no|number|fte)", r"\bhc\b",
)  # fmt: skip
CLASSIFICATION = any_of(r"\bcofog\b", r"\bcpv\b", r"\bsic\b", r"\bnace\b", r"\bproclass\b")
"""Whose codes may have a point: 10.2."""
CODE = any_of(
    r"^\W*pages?\W*$",
    r"\bcodes?\b", r"\bids?\b", r"\brecid\b", r"\bref(?:s|erence)?\b", r"\bnumber\b(?! of)", r"\bnos?\.?(?=\W|$)", r"\bnum\b",
    r"\bukprn\b", r"\bupin\b", r"\buprn\b", r"^\W*eastings?\W*$", r"^\W*northings?\W*$", r"\bline\b$", r"\border\b", r"\bclave\b", r"\bnúmero\b", r"\bn[ºr]\b", r"\bcentro\b$",
    r"\bsecci[oó]n\b$", r"\bprograma?\b$", r"\bcap[ií]tulo\b$", r"\becon[oó]mico\b$", r"^\s*account\s*$", r"\bpostcode\b",
    r"\btrans(?:action)?(?: (?:no|number|ref\w*|id))?\s*$", r"\bvoucher\b", r"\binvoice\b(?!.*(?:amount|value|total))", r"\bkey\b",
    r"\bdoc(?:ument)?\s*no", r"\bcost element\b", r"\bgl (?:account|code)\b", r"\bcompany (?:no|number|reg)", r"\bcharity (?:no|number|reg)", r"\b[a-z]+(?:ID|Id)\b", r"[a-z](?:Code|ID|No)\b", r"\bunit\b$", r"\bproduktbereich\b", r"\bnote\b",
    r"\bphone\b", r"\btelephone\b", r"\bvat reg", r"\bcost ?cent(?:re|er)\b$", r"\bsubjective\b$", r"\bledger\b$", r"\bnominal\b$",
)  # fmt: skip
SURELY_CODE = any_of(
    r"\W*(?:(?:account|budget|service|line|row|item|cost cent(?:re|er)|hierarchy|structure) )?"
    r"(?:codes?|levels?|ref(?:erence|\.)?|lines?|keys?|nos?\.?|ids?|#)(?: (?:code|no\.?|ref\.?|number))?\W*",
    r"\W*#\W*",
)
"""What by itself is never the header of money, whatever its figures look like: 1, 1.1, 1.2."""
MONEY = any_of(
    r"[£€$]", r"\bgbp\b", r"\beur\b", r"\busd\b", r"\bamounts?\b", r"\bbudgets?\b", r"\bactuals?\b", r"\bforecasts?\b",
    r"\bestimates?d?\b", r"\bout-?turn\b", r"\bexpenditures?\b", r"\bincome\b", r"\brevenues?\b", r"\bspend(?:ing)?\b",
    r"\bcosts?\b", r"\bvalue\b", r"\bnet\b", r"\bgross\b", r"\btotal\b", r"\ballocations?\b", r"\bfunding\b", r"\bgrants?\b",
    r"\bbalance\b", r"\bimporte\b", r"\bmonto\b", r"\bergebnis\b", r"\bplan\b", r"\bbetrag\b", r"\bloans?\b", r"\binterest\b",
    r"\bpaid\b", r"\bpayments?\b", r"\bapprop(?:riatio)?ns?\b", r"\bappn\b", r"\bobligations?\b", r"\bprice\b", r"\bproposed\b",
    r"\badopted\b", r"\boriginal\b", r"\brevised\b", r"\bapproved\b", r"\bprojection\b", r"\bytd\b", r"\bdebt\b", r"\bvat\b",
    r"\bansatz\b", r"\bsalar(?:y|ies)\b", r"\bprecepts?\b", r"\bfees?\b",
    *amount_patterns(), *listed("columns"),
)  # fmt: skip
SAYS_MONEY = any_of(
    r"[£€$₹]", r"\b(?:gbp|eur|euros?|usd|chf|mxn|inr|pounds?|pence)\b", r"\bbudgets?\b", r"\bestimates?\b", r"\bexpenditures?\b", r"\bexpenses?\b",
    r"\bspen(?:d|ding|t)\b", r"\bcost(?:s|ings?)?\b", r"\bincome\b", r"\brevenues?\b", r"\breceipts\b", r"\bpayments?\b", r"\bpaid\b", r"\bpayroll\b",
    r"\bgrants?\b", r"\bfunds?\b", r"\bfund(?:ed|ing)\b", r"\ballocations?\b", r"\bsalar(?:y|ies)\b", r"\bwages\b", r"\bpay\b", r"\bfees?\b", r"\bcharges\b",
    r"\bprecepts?\b", r"\blev(?:y|ies)\b", r"\bprices?\b", r"\bamounts?\b", r"\bout-?turn\b", r"\bdebits?\b", r"\bcredits?\b", r"\bdr\b", r"\bcr\b",
    r"\bbalances?\b", r"\breserves?\b", r"\bcapital\b", r"\bturnover\b", r"\bsurplus\b", r"\bdeficit\b", r"\bfinanc(?:e|es|ed|ial|ing)\b(?! years?)",
    r"\baccounts?\b", r"\bmtf[sp]\b", r"\bdsg\b", r"\bhra\b", r"\binvoices?\b", r"\bpurchas", r"\bsuppliers?\b", r"\bvendors?\b", r"\bledger\b", r"\bsubjective\b",
    r"\bcost ?cent(?:re|er)s?\b", r"\bnominal\b", r"\bdebt\b", r"\bloans?\b", r"\binterest\b", r"\bappropriat", r"\bapprop\b", r"\bappn\b", r"\bobligations?\b", r"\bvat\b", r"\bnet\b",
    r"\bgross\b", r"\bsavings?\b", r"\bpremises\b", r"\bsupplies\b", r"\bthird[\s-]party\b", r"\bpensions?\b", r"\bdepreciation\b", r"\binsurance\b", r"\boverheads?\b",
    r"\brecharges?\b", r"\bprocurement\b", r"\bcontracts?\b", r"\btax(?:es|ation)?\b(?! base)", r"\bvariances?\b", r"\bwarrants?\b", r"\bexpense\b", r"\bloss\b", r"\bprofit\b",
    r"aufwend", r"ertr(?:ä|ae)g", r"\bergebnis", r"\bhaushalt", r"\bbetrag\b", r"\bansatz\b", r"\bkosten\b", r"\bimporte\b", r"\bpresupuest", r"\bgastos?\b", r"\bingresos?\b",
    r"\bmonto\b", r"\blasten\b", r"\bbaten\b", r"\bbegroting\b", r"\bdépenses\b", r"\brecettes\b", r"\bspese\b", r"\bentrate\b", r"\butgifter\b", r"\bkostnader\b",
    r"\bausgaben\b", r"\beinnahmen\b", r"auszahlung", r"einzahlung",
    *amount_patterns(), *listed("speaks"),
)  # fmt: skip
"""Words that nobody uses of anything but money; 'total', 'plan', 'actual' and 'forecast' are used of all sorts."""
BALANCE = any_of(
    r"\bopening\b", r"\bclosing\b", r"\breserves? (?:level )?at\b", r"\bbalance (?:at|brought|carried|b/f|c/f)", r"\blevel at\b",
    r"\bbalances? (?:on )?(?:the )?\d{1,2}(?:st|nd|rd|th)? ?[a-z]", r"\bbalances? (?:on )?\d{1,2}[/.-]\d", r"\bas at\b", r"\bat 1 april\b", r"\bat 31 march\b",
)  # fmt: skip
BALANCE_LINE = any_of(
    r"\bfund balance\W+(?:beginning|ending|opening|closing)", r"\b(?:opening|closing|beginning|ending) (?:fund |reserves? |bank |cash )?balance",
    r"\bbalances? (?:at|as at|brought|carried|b/?f\b|c/?f\b)", r"\b[bc]/f\b", r"\bbrought forward\b", r"\bcarried forward\b",
)  # fmt: skip
"""Lines that say what is held at a date, not what is spent over a year."""
STATISTIC = re.compile(
    r"\W*(?:the )?(?:(?:overall|simple|arithmetic|group|national|county|district|class) )?"
    r"(?P<what>average|avg\.?|mean|median|max(?:imum|\.)?|highest|min(?:imum|\.)?|lowest)"
    r"(?: (?:value|figure|amount|budget|spend|per \w+|of the above|across \w+(?: \w+)?))?\W*",
    re.IGNORECASE,
)
"""A row that says what its lines are on average, or the largest or smallest of them."""
BROUGHT_FORWARD = any_of(r"\bbrought (?:forward|over)\b", r"\bbrought fwd\b", r"\bb/?f(?:wd)?\b")
CARRIED_FORWARD = any_of(r"\bcarried (?:forward|over)\b", r"\bcarried fwd\b", r"\bc/?f(?:wd)?\b")
ROW_WITHOUT_MONEY = any_of(
    r"\btax[\s-]?base\b(?!.*£)", r"\bband d (?:equivalents?|properties|council tax|charge|tax|amount)\b", r"^\W*(?:council tax at )?band [a-h]\W*$",
    r"\bdays (?:in hand|cash|lost)\b", r"\bcash days\b", r"^\W*(?:total )?(?:ftes?|wtes?|headcount|staff numbers|number of (?:staff|posts|employees))\b",
    r"^\W*(?:number|no\.?) of\b", r"\bfull[\s-]time equivalents?\b", r"^\W*(?:pupil|student|learner|population|dwelling|household) numbers?\b",
    r"^\W*(?:population|pupils|students|learners|dwellings|electorate)\W*$", r"^\W*%|\b(?:as a?|a) (?:%|percentage|per cent|proportion) of\b|\bas % of\b", r"\bratio\b",
    r"\b(?:£ )?per (?:head|capita|pupil|student|resident|person|household|dwelling|unit|week)\b", r"\baverage (?:rent|salary|cost|price)\b",
    r"\(\W*(?:fte|wte|no\.?|number|headcount|%|miles|km|tonnes|hectares)\W*\)\W*$",
)  # fmt: skip
"""Rows among amounts that say a count, a rate or a ratio."""
PART_OF = any_of(
    r"^\W*of which\b", r"\bof which[:\s]", r"^\W*includ(?:ed|ing|es)\b", r"\(included (?:in|above)", r"\bincluded in\b", r"^\W*incl\.?\b",
    r"^\W*memo(?:randum)?\b", r"^\W*thereof\b", r"^\W*davon\b", r"\balready included\b",
    *part_patterns(),
)  # fmt: skip
NOTE = any_of(
    r"^\W*(?:notes?|source|footnotes?|figures?|please|this|these|the|data|e&oe|prepared|produced|contact|revised|updated|https?:|www\.|page \d+)\b",
    r"^\s*(?:\(?[a-z0-9ivx]{1,3}[).]|\*+|†)\s*\S.{12,}", r"^\s*\[\w+\]\s", r"https?://", r"@\w+\.",
)  # fmt: skip
PHASE = any_of(
    r"\b(?:original|revised|approved|adopted|proposed|draft|final|latest|current|indicative|base|opening)\b.{0,20}\b(?:budget|estimate)",
    r"\bbudgets?\b", r"\bestimates?d?\b", r"\bforecasts?\b", r"\bactuals?\b", r"\bout-?turn\b", r"\bprojected\b", r"\bproposed\b",
    r"\badopted\b", r"\bplan\b", r"\brequest\b", r"\best\b", r"\bergebnis\b", r"\bansatz\b", r"\bapproved\b", r"\bytd\b",
    r"\brevised\b", r"\boriginal\b", r"\bspent\b", r"\bspending\b", r"\bprofiled?\b",
    *phase_patterns(),
)  # fmt: skip
NOT_MONEY_TOPIC = any_of(
    r"\bnumber of dwellings\b", r"\bdwellings by\b", r"\btax[\s-]?base\b", r"\bvacant dwellings\b", r"\bhousing stock\b",
    r"\broads? (?:condition|lengths?)\b", r"\bcondition of roads\b", r"\bcasualt", r"\bpopulation (?:estimates|projections)\b",
    r"\bpupil numbers\b", r"\bheadcount by\b", r"\bnumber of (?:households|people|pupils|jobs|staff)\b", r"\bfootfall\b",
    r"\bnumber of properties\b", r"\bworkforce statistics\b", r"\(tonnes\)", r"\btonnages?\b", r"\bcrimes? recorded\b", r"\brecorded crime\b", r"\bemissions\b",
)  # fmt: skip
PRICES = any_of(
    r"\b(?:pay|salary|grading) (?:scales?|spine)\b", r"\bfees (?:and|&) charges (?:schedule|register|booklet|(?:for )?\d{4})", r"\bschedule of (?:fees|charges|rates)\b",
    r"\bprice list\b", r"\btariffs?\b", r"\b(?:allowance|mileage|subsistence) rates\b", r"\bcouncil tax (?:bands?|by band|levels?|charges)\b",
)  # fmt: skip
"""Titles of lists of prices, which are in pounds and no budget."""
BODY = any_of(
    r"\bcouncils?\b", r"\blocal authorit", r"\bboroughs?\b", r"\b(?:ua|ccg|icb|nhs|trust)\b", r"\bpolice\b", r"\bfire\b",
    r"\bcounty\b", r"\bdistrict\b",
)  # fmt: skip
BODY_HEADER = any_of(
    r"^\W*(?:local )?authorit(?:y|ies)\b(?: \(?(?:la|name)?\)?)?\W*$", r"^\W*(?:name of )?local authority(?: \(la\))?(?: name)?\W*$",
    r"\bla \(name\)", r"^\W*la name\W*$", r"^\W*ccg(?: name)?\W*$", r"^\W*(?:trust|provider|org(?:anisation)?|body|council|institution|school|force)(?: name)?\W*$",
    r"^\W*organisation\W*$", r"^\W*body name\W*$", r"\bauthority name\b", r"\bcouncil name\b",
)  # fmt: skip
BODY_CODE = re.compile(r"E\d{4}|[EWSN]\d{8}|R[A-Z0-9]{2}|\d{2}[A-Z]|Q[A-Z0-9]{2}|[WNS]\d{4}", re.IGNORECASE)
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
PERIOD_HEADER = any_of(r"^\W*(?:accounting |ledger |financial |fiscal )?period(?: (?:no|number))?\W*$")
DATE_HEADER = any_of(r"\bdate\b", r"\bfecha\b", r"\bdatum\b", r"\bpaid on\b", r"\bwhen\b")
LABEL_HEADER = any_of(
    r"^\W*(?:services?|departments?|directorates?|divisions?|descriptions?|categor(?:y|ies)|cost cent(?:re|er)s?|codes?|heads?|items?"
    r"|budget heads?|functions?|programmes?|portfolios?|authority|local authority|year|financial year|account|£.*)\W*$",
)
YEAR_HEADER = any_of(
    r"^\W*(?:financial |fiscal |budget |accounting )?years?(?: name)?\W*$",
    r"^\W*a[ñn]o\W*$",
    r"^\W*jahr\W*$",
    r"^\W*fy\W*$",
    r"^\W*ejercicio\W*$",
)
SIDE_HEADER = any_of(
    r"\baccount type\b",
    r"\bincome[\s/]*(?:or|and|&|/)?\s*expenditure\b",
    r"\btype\b",
    r"\bi/?e\b",
    r"\bside\b",
    r"\bcategory\b",
    r"\bdirection\b",
    r"\bdr/?cr\b",
)

SPENDING = any_of(
    r"\bspend\b", r"\bbudgets?\b", r"\bexpenditure\b", r"\bgrants?\b", r"\bfunding\b", r"\ballocations?\b", r"\bout-?turn\b", r"\bcosts?\b",
    r"\bpayments?\b",
)  # fmt: skip
"""What heads amounts of money whatever else a file is about."""
SERVICES = any_of(
    r"\bsocial care\b", r"\bchildren'?s (?:services|social)", r"\bhighways?\b", r"\bwaste\b", r"\brefuse\b", r"\blibrar(?:y|ies)\b", r"\bleisure\b",
    r"\bpublic health\b", r"\bplanning\b", r"\bhousing\b", r"\bparks?\b", r"\bpolice\b", r"\bfire\b", r"\beducation\b", r"\bschools\b",
    r"\bcorporate services\b", r"\bfinance\b", r"\btransport\b", r"\benvironment", r"\bcultur", r"\bregeneration\b", r"\btreasury\b", r"\bdefence\b",
    r"\bcapital financing\b", r"\bstreet lighting\b", r"\bparking\b", r"\bhomelessness\b", r"\bmuseums?\b", r"\badministration\b", r"\bdepartment of\b",
)  # fmt: skip
"""Services that public bodies pay for: a list of them with figures is as a rule a budget."""
