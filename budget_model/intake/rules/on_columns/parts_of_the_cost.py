"""Columns that say who pays for a part of a cost which stands in another column: they are no further money."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from budget_model.intake.files.cells import CellKind
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.verdict import Proof, Verdict, column
from budget_model.intake.sheet import words
from budget_model.intake.sheet.columns import Column
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Role

A_PENNY: Final = limit("parts_of_the_cost", "a_penny")
FEWEST_ROWS: Final = count("parts_of_the_cost", "fewest_rows")
WITHIN: Final = limit("parts_of_the_cost", "within")
_WHOLE_COST = words.any_of(
    r"\b(?:total|eligible|overall|full|gross|project)\b.{0,25}\b(?:costs?|expenditure|value|spend|budget|investment)\b",
    r"\bcosts? total\b",
    r"\btotal\b.{0,20}\bd[ée]penses\b",
    r"\bd[ée]penses?\b.{0,20}\b(?:totales?|[ée]ligibles?)\b",
    r"\bco[ûu]t (?:total|[ée]ligible)\b",
    r"\bmontant total\b",
    r"\bgesamt(?:kosten|ausgaben|investition)",
    r"\b(?:zuwendungs|förder)fähige\b.{0,12}\b(?:kosten|ausgaben)\b",
    r"\btotale? projectkost",
    r"\btotale kosten\b",
    r"\bprojectkosten\b",
    r"\bcosto totale\b",
    r"\bcosto ammesso\b",
    r"\bspesa ammessa\b",
    r"\bcoste total\b",
    r"\bgasto (?:total|elegible|subvencionable)\b",
    r"\bcusto total\b",
    r"\bdespesa elegível\b",
    r"\bwartość (?:całkowita|ogółem|projektu|kwalifikowalna)\b",
    r"\bwydatki kwalifikowalne\b",
    r"\bcelkové\b.{0,14}\b(?:náklady|výdaje)\b",
    r"\bzpůsobilé výdaje\b",
    r"\bösszköltség\b",
    r"\bukupn[ai] vrijednost\b",
    r"\bобща стойност\b",
    r"\bзагальна вартість\b",
    r"\bобщая стоимость\b",
    r"\bvaloare totală\b",
    r"\btotal(?:a)? kostnad",
    r"\bsamlede? (?:udgift|omkostning)",
    r"\bkokonaiskustannu",
)
_PAYS_A_PART = words.any_of(
    r"\bco-?\s?financ",
    r"\bcofinan",
    r"\bmatch\b",
    r"\bgrants?\b",
    r"\bcontribution\b",
    r"\bfunding\b",
    r"\bfunded\b",
    r"\b(?:eu|ue|erdf|esf|feder|fse|efre|efro|fesr|ewg|efrr|eafrd|fondo)\b",
    r"\bmontant (?:ue|union|feder|fse)\b",
    r"\bsubvention",
    r"\bbijdrage\b",
    r"\bsubsidie\b",
    r"\bzuwendung\b",
    r"\bförder(?:ung|betrag|summe|mittel)",
    r"\bzuschuss\b",
    r"\beigenmittel\b",
    r"\beigenanteil\b",
    r"\bcontributo\b",
    r"\bquota\b",
    r"\bayuda\b",
    r"\bsubvención\b",
    r"\baportación\b",
    r"\bcomparticipação\b",
    r"\bapoio\b",
    r"\bdofinansowani",
    r"\bwkład\b",
    r"\bpříspěvek\b",
    r"\bpodpora\b",
    r"\bdotace\b",
    r"\btámogatás\b",
    r"\bбфп\b",
    r"\bпомощ\b",
    r"\bспівфінансування\b",
    r"\bgrant\b",
    r"\btilskud\b",
    r"\btilskudd\b",
    r"\bstöd\b",
    r"\btuki\b",
    r"\bavustus\b",
)


def parts_of_the_cost(body: Body, settled: Settled) -> Iterator[Verdict]:
    """Leave out, beside the whole cost of each row, the columns that say who pays a part of it."""
    amounts = body.of_role(Role.AMOUNT)
    paying = [amount for amount in amounts if _PAYS_A_PART.search(amount.said)]
    whole = next(
        (amount for amount in amounts if amount not in paying and _WHOLE_COST.search(amount.said)), None
    )
    if whole is None or body.height < FEWEST_ROWS:
        return
    related = settled.related()
    for one in paying:
        if one.index not in related and _within(body, one, whole):
            yield column(one.index, Role.MEMO, Reason.PAYS_PART_OF.of(whole.letter), Proof.FORMAT)


def _within(body: Body, part: Column, whole: Column) -> bool:
    """Whether a part is no more than the whole on nearly every row, and less on some."""
    both = np.isfinite(body.numbers[:, part.index]) & np.isfinite(body.numbers[:, whole.index])
    both &= body.kinds[:, part.index] == CellKind.NUMBER
    if both.sum() < FEWEST_ROWS:
        return False
    own, all_of_it = np.abs(body.numbers[both, part.index]), np.abs(body.numbers[both, whole.index])
    return bool((own <= all_of_it + A_PENNY).mean() >= WITHIN and (own < all_of_it).any())
