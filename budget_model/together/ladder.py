"""How far bodies can join up: the ladder of arrangements, from separate budgets to one body.

The rungs are those known in the field (Audit Commission, 2009), in the order in which control of the
money comes together (method page, section 8).
"""

from dataclasses import dataclass

SEPARATE, SHARE_INFORMATION, ALIGN, JOINT_PROCUREMENT = 0, 1, 2, 3
GRANT, LEAD_COMMISSIONING, POOL, INTEGRATED = 4, 5, 6, 7


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One rung: what it is called, and what becomes of the money."""

    level: int
    name: str
    money: str
    means: str


LADDER: tuple[Arrangement, ...] = (
    Arrangement(0, "Separate", "separate", "Each body plans and pays on its own."),
    Arrangement(1, "Share information", "separate", "Each body shows the others what it spends and finds."),
    Arrangement(2, "Align", "separate, joint plan", "One plan; each body pays for its own part of it."),
    Arrangement(
        3, "Joint procurement or shared service", "separate or recharged", "Bodies buy or run it together."
    ),
    Arrangement(4, "Grant or transfer", "moves", "One body pays another to do it."),
    Arrangement(5, "Lead commissioning", "one buys for both", "One body buys for all, with all their money."),
    Arrangement(6, "Pooled fund", "one fund, a host, a joint board", "All put money into one fund."),
    Arrangement(7, "Integrated provision", "one body", "One body provides the whole service."),
)


def arrangement_name(level: int) -> str:
    """What the arrangement of that level is called.

    >>> arrangement_name(2)
    'Align'
    """
    return LADDER[level].name
