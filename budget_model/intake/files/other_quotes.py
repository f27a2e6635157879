"""Cells that stand in other quotation marks than the usual ones: 'Parks','75,209' or «Parks»;«75 209»."""

from typing import Final

from budget_model.intake.files.reading_limits import count, limit

FEWEST_LINES: Final = count("other_quotes", "fewest_lines")
QUOTED: Final = limit("other_quotes", "quoted")
LINES_LOOKED_AT: Final = count("other_quotes", "lines_looked_at")

_MARKS: Final = (("'", "'"), ("‘", "’"), ("“", "”"), ("„", "“"), ("«", "»"), ("`", "`"), ("´", "´"))
_SEPARATORS: Final = (",", ";", "\t", "|")


def with_usual_quotes(text: str) -> tuple[str, list[str]]:
    r"""A text file whose cells all stand in other quotation marks, with the usual ones in their place.

    >>> with_usual_quotes("'Service','Budget'\n'Parks','75,209'\n'Children''s care','900'\n")[0].split("\n")[1:3]
    ['"Parks","75,209"', '"Children\'s care","900"']
    """
    lines = text.split("\n")
    sample = [line.strip() for line in lines[:LINES_LOOKED_AT] if line.strip()]
    for opened, closed in _MARKS:
        for separator in _SEPARATORS:
            between = f"{closed}{separator}{opened}"
            quoted = sum(line[:1] == opened and line[-1:] == closed and between in line for line in sample)
            if quoted >= FEWEST_LINES and quoted >= QUOTED * len(sample):
                usual = (_usual(line, opened, closed, separator) for line in lines)
                return "\n".join(usual), [f"The cells stand in {opened}{closed}; these were taken off."]
    return text, []


def _usual(line: str, opened: str, closed: str, separator: str) -> str:
    """A line with the usual quotation marks around its cells."""
    bare = line.strip()
    if len(bare) < 2 or bare[0] != opened or bare[-1] != closed:
        return line
    cells = bare[1:-1].split(f"{closed}{separator}{opened}")
    plain = (cell.replace(closed * 2, closed).replace('"', '""') for cell in cells)
    return separator.join(f'"{cell}"' for cell in plain)
