"""How figures are put into sentences: numbers in words, lists with 'and', shares as people say them."""

from collections.abc import Sequence

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(how_many: int) -> str:
    """A count as it is written in a sentence: words below ten, figures above.

    >>> number(2), number(14), number(1400)
    ('two', '14', '1,400')
    """
    return WORDS[how_many] if 0 <= how_many < len(WORDS) else f"{how_many:,}"


def number_alone(how_many: int) -> str:
    """A count without the noun that it counts, which came before or comes later.

    >>> number_alone(0), number_alone(2)
    ('none', 'two')
    """
    return number(how_many) if how_many else "none"


def illustrative_beside(made_up: int, whole: int) -> str:
    """How many of some measures are made up, to stand beside a count of the others; empty where none is.

    >>> illustrative_beside(0, 3), illustrative_beside(2, 3)
    ('', 'two more are illustrative, made up to show the screen')
    >>> illustrative_beside(3, 3), illustrative_beside(1, 1)
    ('all are illustrative, made up to show the screen', 'it is illustrative, made up to show the screen')
    """
    if not made_up:
        return ""
    if made_up == whole:
        which = "it is" if whole == 1 else "all are"
    else:
        which = counted(made_up, "more is", "more are")
    return f"{which} illustrative, made up to show the screen"


def counted(how_many: int, one: str, many: str) -> str:
    """A count with its noun.

    >>> counted(1, "body", "bodies"), counted(12, "body", "bodies")
    ('one body', '12 bodies')
    """
    return f"{number(how_many)} {one if how_many == 1 else many}"


def listed(things: Sequence[str], most: int = 4) -> str:
    """Things one after the other, the last with 'and'; past `most` the rest are only counted.

    >>> listed(["police"]), listed(["police", "fire", "NHS"]), listed(list("abcdef"), most=3)
    ('police', 'police, fire and NHS', 'a, b, c and three others')
    """
    if len(things) > most + 1:
        things = [*things[:most], f"{number(len(things) - most)} others"]
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"


def possessive(name: str) -> str:
    """Whose something is.

    >>> possessive("Derby"), possessive("St Helens")
    ('Derby’s', 'St Helens’')
    """
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def in_sentence(name: str) -> str:
    """A name as it stands within a sentence: a small first letter, unless it is a proper name.

    >>> in_sentence("Adult social care"), in_sentence("Universal Credit"), in_sentence("NHS dentists")
    ('adult social care', 'Universal Credit', 'NHS dentists')
    """
    proper = any(word[:1].isupper() for word in name.split()[1:]) or name[1:2].isupper()
    return name if proper else name[:1].lower() + name[1:]


def opened(sentence: str) -> str:
    """A sentence with its first letter large and the rest as it was.

    >>> opened("two NHS bodies pay.")
    'Two NHS bodies pay.'
    """
    return sentence[:1].upper() + sentence[1:]
