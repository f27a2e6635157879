"""What of a finding stands on top of a slide: two lines at most, which can be said aloud; the rest follows below."""

import re
from collections.abc import Callable

from budget_model.count.saying import opened

Fits = Callable[[str], bool]
SENTENCES = re.compile(r"(?<=[a-z0-9%)’”]\.)\s+(?=[A-Z0-9‘“£])")
JOINTS = ("; ", ": ", ", and ", ", from ", ", with ", " on ")
"""Where a sentence may be parted in two, the clearest first."""
BEGINNINGS = {", from ": "From ", " on ": "On "}
"""How what is left begins, where the joint is a word of it."""
SHORTEST = 26
"""Characters that the first part has at least: “It is clear:” says nothing alone."""


def sentences(text: str) -> list[str]:
    """A text in sentences.

    >>> sentences("It rose by 4.1%. S. Derbyshire CCG pays £2m.")
    ['It rose by 4.1%.', 'S. Derbyshire CCG pays £2m.']
    """
    return SENTENCES.split(text.strip())


def whole_sentences(text: str, fits: Fits) -> str:
    """As many whole sentences as fit, and the first in any case: nothing stops in the middle of a thought.

    >>> whole_sentences("Two pay. Three do not. One may.", lambda text: len(text) < 24)
    'Two pay. Three do not.'
    """
    first, *others = sentences(text)
    kept = first
    for sentence in others:
        if not fits(f"{kept} {sentence}"):
            break
        kept = f"{kept} {sentence}"
    return kept


def headline(finding: str, fits: Fits) -> tuple[str, str]:
    """The part of a finding that fits on top, and what is left to be said below; all of it where nothing parts it.

    >>> headline("Five bodies spend 80% of it: Health, Council and three others.", lambda text: len(text) < 40)
    ('Five bodies spend 80% of it.', 'Health, Council and three others.')
    >>> headline("Money for care passes to the council, from the commissioners.", lambda text: len(text) < 50)
    ('Money for care passes to the council.', 'From the commissioners.')
    >>> headline("Council and Health could plan £3m together on care.", lambda text: len(text) < 48)
    ('Council and Health could plan £3m together.', 'On care.')
    """
    if fits(finding):
        return finding, ""
    whole = whole_sentences(finding, fits)
    if fits(whole):
        return whole, finding[len(whole) :].strip()
    for joint in JOINTS:
        for at in reversed([match.start() for match in re.finditer(re.escape(joint), finding)]):
            head, rest = f"{finding[:at]}.", finding[at + len(joint) :]
            if at >= SHORTEST and not _quoted(finding, at) and fits(head):
                return head, f"{BEGINNINGS[joint]}{rest}" if joint in BEGINNINGS else opened(rest)
    return finding, ""


def _quoted(text: str, at: int) -> bool:
    """Whether a place in a text is inside quotation marks."""
    return text.count("“", 0, at) > text.count("”", 0, at)
