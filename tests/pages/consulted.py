"""A consultation that small towns have held: six answers of two sectors, closed yesterday."""

from dataclasses import replace
from datetime import timedelta

from budget_model import dates
from budget_model.partnership.consultations import Consultation, Kind, Member, Question, Sector
from budget_model.store import consultations as register
from budget_model.store.store import Store

QUESTIONS = (Question("Shall we pool equipment?", Kind.CHOICE, ("yes", "no")), Question("Why?", Kind.TEXT))


def closed_consultation(store: Store, decision: str = "") -> Consultation:
    """Five public members and one private; four say yes, two no, and one says why."""
    on = dates.today()
    asked = register.keep(
        store,
        Consultation("", "Equipment", "", QUESTIONS, on - timedelta(days=3), on, decision),
        by="Ann",
    )
    members = [Member(f"M{n}", f"m{n}@x.example", Sector.PUBLIC if n else Sector.PRIVATE) for n in range(6)]
    for number, secret in enumerate(register.make_links(store, asked.id, members, by="Ann").values()):
        why = {} if number else {1: "It is cheaper."}
        register.answer(store, secret, {0: "yes" if number < 4 else "no", **why})
    return register.keep(store, replace(asked, closes=on - timedelta(days=1)), by="Ann")
