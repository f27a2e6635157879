"""The lists that ship are whole: every code and service they name exists, and what was learnt is current."""

from pathlib import Path

import pytest

from budget_model.mapping.suggestion import KEPT_GROUPS, KEPT_SERVICES, Suggester
from budget_model.mapping.tables import FOLDER, lists
from budget_model.mapping.wording import plain
from budget_model.place.model import Place


def test_every_service_that_a_list_names_is_in_the_service_list(place: Place) -> None:
    known = {service.id for service in place.services}
    assert {line.service for line in lists().revenue_lines} <= known
    assert set(lists().nearest_services.values()) <= known


def test_every_division_heading_leads_to_groups_of_the_service_list(place: Place) -> None:
    known = {service.group for service in place.services}
    named = {group for division in lists().divisions for group in division.service_groups}
    assert named <= known
    assert all(plain(words) == words for division in lists().divisions for words in division.wordings)


def test_every_group_that_a_list_names_is_in_cofog(place: Place) -> None:
    known = {code.code for code in place.cofog}
    named = {group for group, _ in lists().spending_words}
    named |= {group for groups in lists().un_groups.values() for group in groups}
    named |= {group for name in lists().treasury_names for group, _ in name.groups}
    assert named <= known


def test_every_group_the_treasury_uses_has_a_service_or_a_nearest_one(place: Place) -> None:
    own = {service.cofog_group for service in place.services}
    for code, groups in lists().un_groups.items():
        assert own & set(groups) or code in lists().nearest_services, code


def test_every_department_that_has_another_name_is_one_of_the_treasurys() -> None:
    assert set(lists().departments.values()) <= {name.department for name in lists().treasury_names}


def test_what_officers_call_services_is_for_services_of_the_list(place: Place) -> None:
    assert set(lists().service_words) <= {service.id for service in place.services}


def test_every_name_of_2010_may_be_in_groups_that_the_treasury_uses() -> None:
    assert all(name.groups and set(name.groups) <= set(lists().un_groups) for name in lists().earlier_names)


def test_each_code_of_the_revenue_return_is_listed_once() -> None:
    codes = [(line.code, line.line) for line in lists().revenue_lines]
    assert len(codes) == len(set(codes))


def test_what_is_kept_was_learnt_from_the_lists_as_they_are(place: Place, tmp_path: Path) -> None:
    # If this fails, a list was changed: run `python -m budget_model suggest --keep-learnt`.
    import numpy as np

    Suggester(place.services).keep_learnt(tmp_path)
    for kept in (KEPT_GROUPS, KEPT_SERVICES):
        with np.load(tmp_path / kept) as now, np.load(FOLDER / kept) as shipped:
            assert str(now["learnt_from"]) == str(shipped["learnt_from"])


@pytest.mark.shared
@pytest.mark.slow
def test_the_treasurys_names_are_those_of_its_published_workbook(shared: Path) -> None:
    from python_calamine import CalamineWorkbook

    file = shared / "examples/hmt-cra-2018/CRA_2018_Database_for_Publication_rvsd.xlsx"
    header, *rows = CalamineWorkbook.from_path(file).get_sheet_by_index(1).to_python()
    at = {str(name).strip(): column for column, name in enumerate(header)}
    published = {
        (str(row[at["Department Name"]]).strip(), str(row[at["CRA Segment Name"]]).strip())
        for row in rows
        if row[0]
    }
    assert {(name.department, name.name) for name in lists().treasury_names} == published
    assert sum(name.rows for name in lists().treasury_names) == len(rows)


@pytest.mark.shared
@pytest.mark.slow
def test_the_names_of_2010_are_those_of_the_published_database(shared: Path) -> None:
    from python_calamine import CalamineWorkbook

    file = shared / "examples/hmt-pesa-2010-ch9/pesa_2010_database_tables_chapter9.xlsx"
    header, *rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    body, name = header.index("Dept Name"), header.index("Programme Object Group Alias")
    published = {(str(row[body]).strip(), plain(str(row[name]))) for row in rows}
    for earlier_name in lists().earlier_names:
        words = plain(earlier_name.name)
        assert any(body == earlier_name.department and words in known for body, known in published), (
            earlier_name
        )
