"""Two people at one thing: tell whoever looks what others changed of it meanwhile, and let nothing be overwritten."""

import streamlit as st

from budget_model.store.others import Other, Seen, Thing, changed_since
from budget_model.store.store import Store
from pages.shared import components, kept

newest = kept.kept(Store.newest, today=True)


def _ask(store: Store, seen: Seen) -> tuple[Other, ...]:
    return changed_since(store.ask, seen)


changed = kept.kept(_ask, today=True)


def at(subject: str, *things: Thing, more: tuple[str, ...] = (), quiet: bool = False) -> Store:
    """The store for whoever is at a thing: a change that it makes is refused where others changed the thing meanwhile.

    What others did since the thing was opened is told here, where it is drawn. `subject`, with `more`, is what names it
    in the audit; `quiet` tells nothing, where another place of the page does.
    """
    subjects = (subject, *more)
    key = f"at_{'_'.join(things)}_{'|'.join(subjects)}"
    seen = Seen(things, subjects, int(st.session_state.setdefault(key, newest())))
    if not quiet and newest() > seen.number and (others := changed(seen)):
        components.caution("While you had this open, somebody else changed it. It is shown as it is now.")
        components.bullets(other.sentence for other in others)

    def know(number: int) -> None:
        st.session_state[key] = number

    return kept.store().since(seen, know)
