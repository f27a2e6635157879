"""Who received a grant or a payment: a voluntary body, another body, or a private person who is never named.

A name is kept only where it is surely no person's: a registered identifier says so, or a word of organisations
stands in it and no mark of a person does. Every other name is dropped when a file is read, and "an individual" is
what is kept. Whether a body is voluntary is known by its identifier; its words only suggest it to an officer.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from budget_model.shipped import rows_of_table

WORDS: Final = Path(__file__).parents[2] / "data" / "reference" / "recipient_words.csv"
INDIVIDUAL: Final = "an individual"
"""What is kept and shown in place of a name that is, or could be, a private person's."""
CHARITY: Final = ("GB-CHC-", "GB-SC-", "GB-NIC-", "GB-CASC-")
"""How the identifiers of the registers of charities and of amateur sports clubs begin."""
COMPANY: Final = ("GB-COH-", "GB-MPR-")
"""How those of companies and of mutual societies begin."""
PUBLIC: Final = (
    "GB-LA",
    "GB-NHS-",
    "GB-EDU-",
    "GB-UKPRN-",
    "GB-GOR-",
    "GB-GOV-",
    "GB-PLA-",
    "GB-POLICE-",
    "GB-SHE-",
)
"""How those of councils, the NHS, schools, universities and government begin."""
INTEREST_COMPANY: Final = re.compile(r"\bc\.?i\.?c\b|community interest company", re.IGNORECASE)
_PERSONS_ID: Final = re.compile(r"(^|[-:/ ])(ind|individual|person)s?([-:/ ]|$)", re.IGNORECASE)
_TRADER: Final = re.compile(r"\bt/a\b|\btrading as\b", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]+(?:[’'/-][^\W_]+)*")
_PERSON_IN_TEXT: Final = re.compile(
    r"\b(?i:mr|mrs|ms|miss|mx|dr|rev|prof|sir|dame|cllr)\b\.?(?:\s+[A-Z][\w’'-]*\.?){1,3}"
)
_ADDRESS_IN_TEXT: Final = re.compile(r"\S+@\S+|\b(?:\+44\s?|0)\d[\d\s]{8,11}\b")
_FORMS: Final = frozenset({"the", "ltd", "limited", "plc", "llp", "cic", "cio"})


class Recognised(StrEnum):
    """How it is known what a recipient is."""

    IDENTIFIER = "voluntary by its identifier"
    WORDS = "perhaps voluntary, by its words"
    UNKNOWN = "not recognised"
    OTHER = "a public body, by its identifier"
    INDIVIDUAL = "an individual"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient as it is kept: `key` is by what rows of different files are known to be of the same one."""

    name: str
    key: str
    recognised: Recognised


def recipient(name: str, identifier: str = "", *, is_person: bool = False) -> Recipient:
    """Who is meant; `is_person` where the file itself says that it is a private person.

    >>> recipient("Derby Hospice", "GB-CHC-1234567").recognised
    <Recognised.IDENTIFIER: 'voluntary by its identifier'>
    >>> recipient("Asha Patel").name, recipient("Asha Patel Community Fund").name
    ('an individual', 'Asha Patel Community Fund')
    """
    known = identifier.strip().upper()
    plain = " ".join(name.split())
    if is_person or may_be_a_person(plain, known):
        return Recipient(INDIVIDUAL, "", Recognised.INDIVIDUAL)
    key = known if _is_registered(known) else f"name:{same_name(plain)}"
    return Recipient(plain or known, key, _recognised(plain, known))


def may_be_a_person(name: str, identifier: str = "") -> bool:
    """Whether a name is, or could be, a private person's: then it is neither kept nor shown.

    >>> [may_be_a_person(each) for each in ("J Smith", "Smith, John", "SMITH J", "Mr & Mrs Roy", "Padley Centre")]
    [True, True, True, True, False]
    """
    words = [word.casefold() for word in _WORD.findall(name)]
    kinds = _kinds()
    marked = any(word in kinds["private"] for word in words) or bool(_TRADER.search(name))
    marked = marked or bool(words and words[0] in kinds["title"])
    named = _names_an_organisation(words)
    if _PERSONS_ID.search(identifier) and not _is_registered(identifier):
        return True
    if _is_registered(identifier):
        return marked and not named
    return marked or not named


def _names_an_organisation(words: list[str]) -> bool:
    """Whether a word of organisations stands in a name; one that is a surname too needs a second sign."""
    kinds = _kinds()
    known = kinds["voluntary"] | kinds["organisation"] | kinds["public"]
    if any(word in known or word.removesuffix("'s").removesuffix("’s") in known for word in words):
        return True
    place = (bool(words) and words[0] in ("the", "st")) or "of" in words
    return place and any(word in kinds["weak"] for word in words)


def _is_registered(identifier: str) -> bool:
    return identifier.startswith((*CHARITY, *COMPANY, *PUBLIC)) and any(map(str.isdigit, identifier))


def _recognised(name: str, identifier: str) -> Recognised:
    if identifier.startswith(CHARITY):
        return Recognised.IDENTIFIER
    if identifier.startswith(COMPANY) and INTEREST_COMPANY.search(name):
        return Recognised.IDENTIFIER
    if identifier.startswith(PUBLIC):
        return Recognised.OTHER
    words, kinds = {word.casefold() for word in _WORD.findall(name)}, _kinds()
    if words & kinds["voluntary"] and not words & kinds["public"]:
        return Recognised.WORDS
    return Recognised.UNKNOWN


def same_name(name: str) -> str:
    """A name without what is written now one way, now another.

    >>> same_name("The Derby Players (Ltd.)") == same_name("DERBY PLAYERS")
    True
    """
    words = (word.casefold().replace("’", "'") for word in _WORD.findall(name.replace("&", " and ")))
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept)


def without_persons(text: str) -> str:
    """A title or purpose without names that follow a form of address, mail addresses and telephone numbers.

    >>> without_persons("Wheelchair for Mrs Jane Roe, ring 01332 123456")
    'Wheelchair for a person, ring (left out)'
    """
    return _ADDRESS_IN_TEXT.sub("(left out)", _PERSON_IN_TEXT.sub("a person", text))


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    """The words of each kind: what names an organisation, and what marks a person."""
    kinds: dict[str, set[str]] = {}
    for row in rows_of_table(WORDS):
        kinds.setdefault(row["kind"], set()).add(row["word"])
    return {kind: frozenset(words) for kind, words in kinds.items()}
