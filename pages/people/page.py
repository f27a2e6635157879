"""Who may come in, and as what; and how does somebody get in, or out?"""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from budget_model.access import GIVEN, MAY, OF_BOARDS, OF_BODIES, Act, Asker, Grant, Role
from budget_model.count.saying import counted, listed
from budget_model.dates import moment
from budget_model.exhibits.tables import Column, Table
from budget_model.place.model import ThemeKind
from budget_model.problem import Refusal
from budget_model.sign_in import Way, invitation_link, way
from budget_model.store import people
from budget_model.store.others import Thing
from budget_model.store.people import Person, RoleChange
from budget_model.store.store import Store
from pages.shared import chart, components, kept, others, signing, tables
from pages.shared.components import as_typed
from pages.shared.navigation import SECTIONS

LINK: Final = "invitation_made"
# Where the session keeps a link that was just made: it is shown until the next act on this page.

everybody = kept.kept(people.people, today=True)
role_changes = kept.kept(people.role_changes, today=True)


def show() -> None:
    """Who holds which role; giving a role; a link to choose a password; and taking roles away."""
    st.title("People")
    components.standfirst(
        "A role says what a person may see and change. It is for the whole place, for one body or for one board, and a person "
        "may have several. Every change here is recorded in the audit with its reason; a person who is removed loses access at once."
    )
    if way() is Way.DEMO:
        components.info(
            "Nobody has to sign in yet: whoever opens this dashboard may do everything. The roles that you give here "
            "take effect when whoever runs the server switches on accounts or single sign-on (its setting BUDGET_MODEL_SIGN_IN)."
        )
    _link_made()
    known = everybody()
    if known:
        components.section(f"{counted(len(known), 'person holds', 'people hold').capitalize()} a role")
        tables.show(_by_person(known))
        chart.files(_table(known), "people")
    else:
        components.empty("Nobody holds a role yet.", "Give the first administrator a role below.")
    _give()
    if known:
        _one(known)
    _changes()


def _link_made() -> None:
    made = st.session_state.get(LINK)
    if made:
        account, link = made
        components.done(
            f"Send this link to {account}, and to nobody else: it lets them choose a password. It works once, within one week."
        )
        st.code(link, language=None)


def _give() -> None:
    names = {body.id: body.name for body in kept.place().organisations}
    boards = {theme.id: theme.name for theme in kept.place().themes if theme.kind is ThemeKind.DELIVERY_BOARD}
    components.section("Give a role")
    role = Role(
        st.selectbox(
            "Role",
            [str(literal) for literal in GIVEN],
            key="give_role",
            format_func=lambda one: one.capitalize(),
        )
    )
    components.note(what_a_role_may(role))
    with st.form("give", border=False, clear_on_submit=False):
        with st.container(horizontal=True, key="controls_give", vertical_alignment="bottom"):
            account = st.text_input("Email address", key="give_account", max_chars=people.LONGEST)
            called = st.text_input("Name", key="give_name", max_chars=people.LONGEST)
            of = _of(role, names, boards)
            why = st.text_input("Why (kept in the audit)", key="give_why", max_chars=500)
        given = st.form_submit_button("Give the role", type="primary", icon=":material/person_add:")
    if given:
        _do(lambda by: _given(account, role, of, called, why, by), why)


def _of(role: Role, names: dict[str, str], boards: dict[str, str]) -> str:
    """For which body or board a role is held; empty for the whole place."""
    if role in OF_BODIES:
        return str(
            st.selectbox("For which body", list(names), key="give_body", format_func=names.__getitem__) or ""
        )
    if role in OF_BOARDS:
        every = {"": "Every board", **boards}
        return str(
            st.selectbox("For which board", list(every), key="give_board", format_func=every.__getitem__)
            or ""
        )
    return ""


def what_a_role_may(role: Role) -> str:
    """What whoever is given a role could then do and open, in a sentence: what giving it would change."""
    could = Asker("", "", (Grant(role),))
    acts = [str(act) for act in Act if role in MAY[act]]
    opens = [
        entry.title for entries in SECTIONS.values() for entry in entries if could.may_open(entry.address)
    ]
    shut = [
        entry.title for entries in SECTIONS.values() for entry in entries if not could.may_open(entry.address)
    ]
    pages = f"opens {counted(len(opens), 'page', 'pages')}" + (
        f", all but {listed(shut, most=len(shut))}" if shut else ""
    )
    may = f"may {listed(acts, most=len(acts))}" if acts else "may change nothing"
    return f"A person with this role {pages}, and {may}."


def _given(account: str, role: Role, of: str, called: str, why: str, by: str) -> None:
    store = kept.live()
    person = people.give(store, account, role, of, name=called, by=by, reason=why)
    if way() is Way.ACCOUNTS and len(person.grants) == 1:
        st.session_state[LINK] = (
            person.account,
            invitation_link(people.invite(store, person.account, by=by)),
        )
    st.toast(as_typed(f"{person.name} is {role} now."))


def _one(known: tuple[Person, ...]) -> None:
    by_account = {person.account: person for person in known}
    components.section("Change one person’s roles")
    account = st.selectbox(
        "Person",
        list(by_account),
        index=None,
        key="person",
        placeholder="Choose or type a person",
        format_func=lambda account: f"{by_account[account].name} ({account})",
    )
    if account is None:
        return
    person = by_account[account]
    components.note(
        "When the last role of a person is removed, their access ends at once; their password, their "
        "first steps and their unfinished drafts of a place are deleted."
    )
    store = others.at(account, Thing.ROLE, Thing.PERSON)
    why = st.text_input("Why (kept in the audit)", key=f"why_{account}", max_chars=500)
    with st.container(horizontal=True, gap="small"):
        for number, grant in enumerate(person.grants):
            words = f"Remove the role: {grant.role}, {_whose(grant)}"
            if st.button(as_typed(words), key=f"take_{account}_{number}", icon=":material/person_remove:"):
                _do(partial(_take_away, store, account, grant, why), why)
        if st.button("Remove the person with all roles", key=f"remove_{account}", icon=":material/block:"):
            _do(lambda by: people.remove(store, account, by=by, reason=why), why)
        if way() is Way.ACCOUNTS and st.button("A new link to choose a password", key=f"invite_{account}"):
            _do(lambda by: _invite(account, by, why), why)


def _changes() -> None:
    """The latest roles that were given and taken, and the way to undo one."""
    latest = role_changes()
    if not latest:
        return
    by_number = {change.number: change for change in latest}
    with st.expander("Roles given and removed, and undoing one", key="role_changes"):
        tables.show(_history(latest))
        number = st.selectbox(
            "Change",
            list(by_number),
            index=None,
            key="role_change",
            placeholder="Choose a change",
            format_func=lambda number: _called(by_number[number]),
        )
        if number is None:
            return
        store = others.at(by_number[number].account, Thing.ROLE, Thing.PERSON)
        why = st.text_input("Why undo it", key=f"why_role_{number}", max_chars=500)
        if st.button("Undo this change", key=f"undo_role_{number}", icon=":material/undo:"):
            _do(lambda by: people.undo(store, number, by=by, reason=why), why)


def _called(change: RoleChange) -> str:
    return f"{change.name}: {change.grant.role}, {_whose(change.grant)}, {'removed' if change.removed else 'given'}"


def _history(latest: tuple[RoleChange, ...]) -> Table:
    columns = (Column("When"), Column("Who"), Column("Change"), Column("Why"))
    rows = tuple((moment(change.at), change.by, _called(change), change.reason) for change in latest)
    return Table("Roles given and removed", columns, rows)


def _take_away(store: Store, account: str, grant: Grant, why: str, by: str) -> None:
    people.remove(store, account, by=by, role=grant.role, body=grant.body, reason=why)


def _invite(account: str, by: str, why: str) -> None:
    made = people.invite(kept.live(), account, by=by, reason=why)
    st.session_state[LINK] = (account, invitation_link(made))


def _do(act: Callable[[str], None], why: str) -> None:
    """Do it in the name of whoever looks, and say why where it cannot be done, as where no reason is given."""
    st.session_state.pop(LINK, None)
    if not why.strip():
        components.error("Say in a sentence why: the change is kept with its reason.")
        return
    try:
        act(signing.known() or kept.live().asker.name)
    except Refusal as refusal:
        components.error(refusal.sentence)
        return
    st.rerun()


def _whose(grant: Grant) -> str:
    """For whom a role is held, in words."""
    place = kept.place()
    names = {organisation.id: organisation.name for organisation in place.organisations} | {
        theme.id: theme.name for theme in place.themes
    }
    return names.get(grant.body, grant.body) or "the whole place"


def _by_person(known: tuple[Person, ...]) -> Table:
    """Every person once, with all their roles, as the page shows them."""
    columns = (Column("Name"), Column("Account"), Column("Roles"))
    rows = tuple((person.name, person.account, _roles_of(person)) for person in known)
    return Table("Who has access", columns, rows)


def _roles_of(person: Person) -> str:
    """All roles of one person, each with the body or board that it is for."""
    return "; ".join(
        f"{grant.role} for {_whose(grant)}" if grant.body else str(grant.role) for grant in person.grants
    )


def _table(known: tuple[Person, ...]) -> Table:
    """Every role with its person, for files."""
    columns = (Column("Name"), Column("Account"), Column("Role"), Column("For"))
    rows = tuple(
        (person.name, person.account, str(grant.role), _whose(grant))
        for person in known
        for grant in person.grants
    )
    return Table("Who has access", columns, rows)


show()
