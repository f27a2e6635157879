"""Many words looked for at once: in a text of plain letters only those that such a text can hold."""

import re
from collections.abc import Sequence
from functools import cached_property

_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\ud7af]")
_PLAIN_WORD = re.compile(r"(?:\\b|\(\?<![\\\w]+\))?(?:\\[ .'/-]|[\w .'’/-])+(?:\\w\*)?(?:\\b|\(\?!\\w\))?")


class Words:
    r"""Some regular expressions as one, in small or capital letters; most texts are spared the words of other scripts.

    >>> both = Words([r"\btotal\b", r"\bσύνολο\b"])
    >>> bool(both.search("Total")), bool(both.search("ΣΎΝΟΛΟ")), bool(both.search("Parks"))
    (True, True, False)
    """

    def __init__(self, alternatives: Sequence[str]) -> None:
        self.alternatives = tuple(alternatives)

    @cached_property
    def _all(self) -> re.Pattern[str]:
        return re.compile("|".join(self.alternatives), re.IGNORECASE)

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        kept = [alternative for alternative in self.alternatives if not _needs_more(alternative)]
        return re.compile("|".join(kept) or r"(?!)", re.IGNORECASE)

    def _for(self, text: str) -> re.Pattern[str]:
        return self._plain if text.isascii() else self._all

    def search(self, text: str) -> re.Match[str] | None:
        """Where one of them first stands in a text."""
        return self._for(text).search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """Whether a text begins with one of them."""
        return self._for(text).match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """Whether a text is one of them and nothing else."""
        return self._for(text).fullmatch(text)

    def without(self, text: str) -> str:
        """A text with a space in place of each of them."""
        return self._for(text).sub(" ", text)


def _needs_more(alternative: str) -> bool:
    r"""Whether a regular expression can be found in no text of plain letters.

    >>> _needs_more(r"\bpříjmy\b"), _needs_more("支出"), _needs_more("[£€$]"), _needs_more(r"d[ée]but")
    (True, True, False, False)
    """
    if alternative.isascii():
        return False
    return bool(_OTHER_SCRIPT.search(alternative) or _PLAIN_WORD.fullmatch(alternative))
