"""What somebody types into a form, held in the session until it is saved, also where saving is refused."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pages.shared.components import as_typed

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


class Typed:
    """What is typed into one form and not saved yet, over what was saved."""

    def __init__(self, name: str) -> None:
        """Begin with what the session still holds of the form of this name."""
        self.name = name
        self.held: dict[str, Any] = st.session_state.setdefault(self.name, {})

    def key(self, field: str, saved: Any) -> str:
        """The key of one box, showing what was typed last, else what was saved."""
        key = f"{self.name}_{field}"
        st.session_state[key] = self.held.get(field, saved)
        return key

    def keep(self, field: str) -> None:
        """Hold what was typed into one box."""
        self.held[field] = st.session_state[f"{self.name}_{field}"]

    def forget(self) -> None:
        """Let go of everything typed, once it is saved or put away."""
        st.session_state[self.name] = {}

    def text(self, where: Any, label: str, field: str, saved: str, most: int = 300) -> str:
        """A box for words."""
        key = self.key(field, saved)
        return str(
            where.text_input(as_typed(label), key=key, max_chars=most, on_change=self.keep, args=(field,))
        )

    def day(self, where: Any, label: str, field: str, saved: date | None) -> date | None:
        """A box for a day."""
        key = self.key(field, saved)
        typed: date | None = where.date_input(
            as_typed(label),
            key=key,
            format="DD/MM/YYYY",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            on_change=self.keep,
            args=(field,),
        )
        return typed

    def words(self, where: Any, label: str, field: str, saved: str, most: int, hint: str = "") -> str:
        """A box for several lines."""
        key = self.key(field, saved)
        return str(
            where.text_area(
                as_typed(label), key=key, max_chars=most, on_change=self.keep, args=(field,), placeholder=hint
            )
        )

    def chosen(
        self,
        where: Any,
        label: str,
        field: str,
        saved: str,
        options: Sequence[str],
        named: Callable[[str], str] = str,
    ) -> str:
        """One of some options."""
        key = self.key(field, saved)
        return str(
            where.selectbox(
                as_typed(label), options, key=key, format_func=named, on_change=self.keep, args=(field,)
            )
        )

    def several(
        self,
        where: Any,
        label: str,
        field: str,
        saved: Sequence[str],
        options: Sequence[str],
        named: Callable[[str], str] = str,
    ) -> tuple[str, ...]:
        """Some of some options."""
        key = self.key(field, [option for option in saved if option in options])
        st.session_state[key] = [option for option in st.session_state[key] if option in options]
        return tuple(
            where.multiselect(
                as_typed(label), options, key=key, format_func=named, on_change=self.keep, args=(field,)
            )
        )
