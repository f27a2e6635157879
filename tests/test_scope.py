"""A scope goes into a link and comes back the same; a hostile link is only ever a scope."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from budget_model.scope import Scope, from_link, from_query, to_link, to_query
from budget_model.vocabulary import Basis, Phase, Served, View

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
several = st.lists(words, max_size=4, unique=True).map(tuple)
scopes = st.builds(
    Scope,
    year=st.from_regex(r"20[0-9]{2}-[0-9]{2}", fullmatch=True),
    phase=st.one_of(st.none(), st.sampled_from(Phase)),
    basis=st.sampled_from(Basis),
    view=st.sampled_from(View),
    schools=st.booleans(),
    transfers_to_individuals=st.booleans(),
    capital=st.booleans(),
    housing_revenue_account=st.booleans(),
    organisations=several,
    themes=several,
    real_terms=st.booleans(),
).flatmap(lambda scope: st.builds(scope.switched, per_head=st.booleans(), served=st.sampled_from(Served)))


@given(scopes)
def test_a_scope_comes_back_from_its_link_the_same(scope: Scope) -> None:
    assert from_link(to_link(scope)) == scope


@given(st.dictionaries(words, st.lists(st.text(max_size=300), max_size=3), max_size=6))
def test_a_hostile_link_is_only_ever_a_scope(query: dict[str, Any]) -> None:
    assert isinstance(from_query(query), Scope)


@given(
    st.dictionaries(
        st.sampled_from(["year", "phase", "basis", "view", "schools", "hra", "org", "per_head", "among"]),
        st.lists(st.text(max_size=20), max_size=3),
    )
)
def test_a_value_that_is_none_of_the_choices_is_left_at_its_default(query: dict[str, Any]) -> None:
    scope = from_query(query)
    assert scope.view in View
    assert scope.basis in Basis
    assert isinstance(scope.schools, bool)


def test_pounds_that_are_divided_among_nobody_are_not_divided_among_children() -> None:
    each_child = from_link("per_head=yes&among=children")
    assert (each_child.per_head, each_child.served) == (True, Served.CHILDREN)
    assert from_link("among=children") == Scope() == each_child.switched(per_head=False)


def test_a_link_at_its_defaults_is_short() -> None:
    assert to_query(Scope()) == {}
    assert to_link(Scope(year="2016-17")) == "year=2016-17"
