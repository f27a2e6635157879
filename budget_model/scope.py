"""Which money is being asked about: the one choice that every page, export and finding shares.

A scope is a value. It goes into a link and comes back the same, so that a colleague who opens the
link sees exactly the same figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import parse_qsl, urlencode

from budget_model.vocabulary import Basis, Phase, Served, Switch, View


@dataclass(frozen=True, slots=True)
class Scope:
    """What to count, and how.

    The four switches restate everything at once: with `schools` off, no schools money is in any
    figure, and a transfer is eliminated only when both of its ends are still in. `organisations`
    and `themes` select within the place's total without restating it; empty means all.
    """

    year: str = ""
    phase: Phase | None = None
    """None takes each organisation's best phase of the year: outturn before forecast before budget."""
    basis: Basis = Basis.NET
    view: View = View.COMMISSIONER
    schools: bool = True
    transfers_to_individuals: bool = True
    capital: bool = True
    housing_revenue_account: bool = True
    organisations: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    per_head: bool = False
    served: Served = Served.RESIDENTS
    """Whom pounds are divided among where they are shown `per_head`."""
    real_terms: bool = False
    version: int = 0
    """The number of the published map that is asked about; 0 is today's."""

    @property
    def off(self) -> frozenset[Switch]:
        """The kinds of money that the scope leaves out."""
        kept = {
            Switch.SCHOOLS: self.schools,
            Switch.BENEFITS: self.transfers_to_individuals,
            Switch.CAPITAL: self.capital,
            Switch.HOUSING_REVENUE_ACCOUNT: self.housing_revenue_account,
        }
        return frozenset(switch for switch, on in kept.items() if not on)

    def switched(self, **changes: object) -> "Scope":
        """The same scope with some choices changed; where it is not per head, it is among nobody in particular."""
        changed = replace(self, **changes)  # type: ignore[arg-type]  # the names are checked by replace itself
        return changed if changed.per_head else replace(changed, served=Served.RESIDENTS)


_KEYS = {
    "year": "year",
    "phase": "phase",
    "basis": "basis",
    "view": "view",
    "schools": "schools",
    "transfers_to_individuals": "benefits",
    "capital": "capital",
    "housing_revenue_account": "hra",
    "organisations": "org",
    "themes": "theme",
    "per_head": "per_head",
    "served": "among",
    "real_terms": "real",
    "version": "version",
}
"""How each choice is called in a link; short, and never changed once links are out."""

MOST_DIGITS = 9
"""Digits of the largest version that a link may name."""

SWITCHES = {
    _KEYS[field]: field
    for field in ("schools", "transfers_to_individuals", "capital", "housing_revenue_account")
}
"""The field of each switch, by its short name in a link and on the command line."""


def to_query(scope: Scope) -> dict[str, str | list[str]]:
    """The scope as query parameters, leaving out whatever is at its default.

    >>> to_query(Scope(year="2016-17", schools=False, organisations=("derby-city-council",)))
    {'year': '2016-17', 'schools': 'no', 'org': ['derby-city-council']}
    """
    default = Scope()
    query: dict[str, str | list[str]] = {}
    for choice in fields(Scope):
        value = getattr(scope, choice.name)
        if value == getattr(default, choice.name):
            continue
        key = _KEYS[choice.name]
        if isinstance(value, bool):
            query[key] = "yes" if value else "no"
        elif isinstance(value, tuple):
            query[key] = list(value)
        else:
            query[key] = str(value)
    return query


def from_query(query: dict[str, list[str]]) -> Scope:
    """The scope that a link names; whatever it does not name, or names wrongly, is at its default.

    A link is hostile until read: unknown keys and values are left out, never an error.

    >>> from_query({"year": ["2016-17"], "schools": ["no"], "view": ["nonsense"]}).schools
    False
    """
    chosen: dict[str, object] = {}
    default = Scope()
    for choice in fields(Scope):
        values = [value for value in query.get(_KEYS[choice.name], []) if value and len(value) <= 200]
        if not values:
            continue
        chosen[choice.name] = _chosen(choice.name, getattr(default, choice.name), values)
    return Scope().switched(**chosen)


def _chosen(name: str, usual: object, values: Sequence[str]) -> object:
    """What a link chooses of one field; the usual where it names nothing that there is."""
    if isinstance(usual, bool):
        return {"yes": True, "no": False}.get(values[0], usual)
    if isinstance(usual, tuple):
        return tuple(dict.fromkeys(values[:200]))
    if name in ("version", "year"):
        return digits(values[0], MOST_DIGITS) or 0 if name == "version" else values[0]
    kind = {"phase": Phase, "basis": Basis, "view": View, "served": Served}[name]
    return kind(values[0]) if values[0] in {str(member) for member in kind} else usual


def digits(text: str, most: int = 15) -> int | None:
    """The whole number that a link writes; None for anything else, and for more digits than any number here has.

    >>> digits("12"), digits("1.5"), digits("²"), digits("9" * 5000)
    (12, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most else None


def to_link(scope: Scope) -> str:
    """The scope as the part of a link after the question mark."""
    return urlencode(to_query(scope), doseq=True)


def from_link(text: str) -> Scope:
    """The scope that `to_link` wrote."""
    query: dict[str, list[str]] = {}
    for key, value in parse_qsl(text):
        query.setdefault(key, []).append(value)
    return from_query(query)
