"""What kind of public body an organisation is, from its id, its name, or a name nobody has entered yet."""

from collections.abc import Mapping, Sequence

from budget_model.mapping.tables import KindOfBody, Lists
from budget_model.mapping.wording import plain
from budget_model.vocabulary import OrganisationType

CENTRAL = OrganisationType.CENTRAL_DEPARTMENT


class Bodies:
    """Tells the kind of any organisation that a line names."""

    def __init__(self, lists: Lists, known: Mapping[str, str] | None = None) -> None:
        self._kinds = lists.kinds
        self._known = {_name(name): kind for name, kind in (known or {}).items()}
        self._called = lists.departments
        self._departments = {plain(name.department) for name in lists.treasury_names}
        self._told: dict[tuple[str, str], str] = {}

    def named(self, organisation: str) -> str:
        """An organisation by the name the lists have it under, where that is another."""
        return self._called.get(_name(organisation), organisation)

    def kind(self, organisation: str, said: str = "") -> str:
        """The kind that was said, else that of a known organisation, else the one that its name tells.

        An empty answer means that nothing tells.
        """
        if said:
            return said
        told = self._told.get((organisation, said))
        if told is None:
            told = self._told[organisation, said] = self._kind(_name(self.named(organisation)))
        return told

    def _kind(self, name: str) -> str:
        if name in self._known:
            return self._known[name]
        if name in self._departments:
            return CENTRAL
        padded = f" {name} "
        for kind in self._kinds:
            if any(f" {word} " in padded or f" {word}s " in padded for word in kind.words):
                return kind.kind
        return ""

    def leaning(self, kind: str) -> Sequence[KindOfBody]:
        """Where the money of such a body mostly goes, where that is known."""
        return [
            kind_of_body
            for kind_of_body in self._kinds
            if kind_of_body.kind == kind and kind_of_body.cofog and kind_of_body.weight != 1
        ]


def _name(organisation: str) -> str:
    return plain(organisation.replace("-", " "))
