"""Codes as in schools' returns: I01 is income and E01 expenditure.

Longer codes may begin with I or E for another reason (E1001 is Eastfield and I1001 is Infant), so the words of the lines
must say the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from budget_model.intake.files.cells import present
from budget_model.intake.files.reading_limits import count, limit
from budget_model.intake.rules.body import Body
from budget_model.intake.rules.settled import Settled
from budget_model.intake.rules.side_named import side_of
from budget_model.intake.rules.verdict import Proof, Verdict, every_row
from budget_model.intake.sheet.reason import Reason
from budget_model.intake.sheet.roles import Direction, Role

FIRST: Final = count("sides", "first")
CODES_SAY: Final = limit("sides", "codes_say")
FEWEST_CODES: Final = count("sides", "fewest_codes")
LONGEST_KNOWN: Final = count("sides", "longest_known")
_CODED_SIDE = re.compile(r"(?P<side>[IE])\d{2,5}[A-Z]?\b")
_LETTERS = {"I": Direction.INCOME, "E": Direction.EXPENDITURE}


def codes_of_sides(body: Body, _settled: Settled) -> Iterator[Verdict]:
    """The side of every row by the first column of such codes."""
    for column in body.of_role(Role.WORDS):
        texts, codes = body.coded(column.index)
        sides = _sides_of(texts, codes)
        if set(sides.values()) != set(_LETTERS.values()):
            continue
        if not any(_is_long(texts[code]) for code in sides) or _words_agree(body.labels, codes, sides):
            of_row = np.zeros(body.height, np.uint8)
            for code, side in sides.items():
                of_row[codes == code] = side
            yield from every_row(of_row, Reason.CODES_SAY_SIDE.of(column.letter), Proof.FORMAT)
            return


def _is_long(text: str) -> bool:
    match = _CODED_SIDE.match(text)
    return match is not None and sum(map(str.isdigit, match[0])) > LONGEST_KNOWN


def _words_agree(labels: Sequence[str], codes: NDArray[np.int32], sides: Mapping[int, Direction]) -> bool:
    """Whether the words of lines name the side of their codes, some at least and none the other."""
    coded = (
        (sides[int(code)], side_of(label))
        for label, code in zip(labels, codes, strict=True)
        if int(code) in sides
    )
    named = [side is direction for side, direction in coded if direction]
    return bool(named) and all(named)


def _sides_of(texts: Sequence[str], codes: NDArray[np.int32]) -> dict[int, Direction]:
    """The side of each text, if most of them begin with a code."""
    few = [texts[code] for code in codes[:FIRST] if code]
    if sum(bool(_CODED_SIDE.match(text)) for text in few) < CODES_SAY * len(few):
        return {}
    matches = {int(code): _CODED_SIDE.match(texts[code]) for code in present(codes) if code}
    sides = {code: _LETTERS[match["side"]] for code, match in matches.items() if match}
    return sides if len(sides) >= max(FEWEST_CODES, CODES_SAY * len(matches)) else {}
