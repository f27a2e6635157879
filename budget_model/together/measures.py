"""The measures of overlap: what each says, how it is worked out, and the caution in reading it.

The words stand beside every figure on the screen, so that nobody meets a number without its caution.
Formulas and sources: method page, section 7.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its name, formula, plain reading and caution. `unit` is 'bodies', 'pounds' or 'share'."""

    id: str
    name: str
    formula: str
    says: str
    caution: str
    unit: str


MEASURES: tuple[Measure, ...] = (
    Measure(
        "effective_funders",
        "Equal payers",
        "1 / Σ s²",
        "The money is split as evenly as it would be among this many payers of equal size.",
        "It has no value where nothing is spent; one payer alone gives 1.",
        "bodies",
    ),
    Measure(
        "fragmentation",
        "Fragmentation",
        "(1 − Σ s²) / (1 − 1/n)",
        "How evenly the money is split among its payers: 0 is one payer, 1 is all alike.",
        "It describes and does not judge: evidence that many payers do harm is weak.",
        "share",
    ),
    Measure(
        "common",
        "Common pounds",
        "Σ least of the two on each service",
        "Money that two bodies both spend on the same things.",
        "It depends on how fine the list of services is: coarser services overlap more.",
        "pounds",
    ),
    Measure(
        "overlap",
        "Overlap",
        "common pounds / the smaller body’s total",
        "The part of the smaller body’s money that goes where the other’s goes too.",
        "Made for bodies of unequal size; a small body inside a large one reaches 100%.",
        "share",
    ),
    Measure(
        "cosine",
        "Likeness of mix",
        "a·b / (‖a‖ ‖b‖)",
        "How alike two budgets are in their mix, whatever their size.",
        "It has no value for a body that spends nothing; one large common service can hide all else.",
        "share",
    ),
    Measure(
        "location_quotient",
        "Specialism",
        "(£ on it / the body’s £) / (all £ on it / all £)",
        "Above 1, the body gives this service a larger part of its money than the place does.",
        "Unsteady for small sums: a few thousand pounds can look like a specialism.",
        "share",
    ),
    Measure(
        "target_linked",
        "Linked to a target",
        "£ on services linked to a target / £ on services",
        "The part of the money that works towards something the partnership set out to change.",
        "Benefits and pensions are left out. Money that is linked to none may still be worthwhile: Birmingham could not tie £7.5bn to its 19 outcomes.",
        "share",
    ),
    Measure(
        "planned_together",
        "Planned together",
        "(pooled + aligned + partnership grants) / all £",
        "The part of the money that the partnership moves, and not one body alone.",
        "It was under 2% in Warwickshire (Audit Commission, Working better together?, 2009).",
        "share",
    ),
    Measure(
        "prevention",
        "Prevention",
        "(prevention + early help) / £ on services",
        "The part of service money that acts before a need is acute.",
        "Benefits and pensions are left out; services of no known stage are in what it is a part of.",
        "share",
    ),
    Measure(
        "coverage",
        "Coverage",
        "£ included / (benchmark per resident × population)",
        "How much of the money that one would expect is included.",
        "The benchmark has a year and a region of its own; both are named beside it.",
        "share",
    ),
    Measure(
        "small_grants",
        "Small-grant tail",
        "number and £ of grants under the threshold",
        "How many small grants there are to apply for, account for and report on.",
        "A small grant can be the right size; the number shows work, not waste.",
        "pounds",
    ),
)
"""Every measure, in the order in which the pages show them."""

BY_ID = {measure.id: measure for measure in MEASURES}
