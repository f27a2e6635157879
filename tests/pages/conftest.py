"""Riverton's dashboard as a person at the front door sees it, without a browser."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from budget_model.access import OF_BODIES, Asker, Grant, Role
from budget_model.sign_in import Way
from pages.shared import asking, components, frame, signing
from pages.shared.components import JOINER
from pages.shared.navigation import ROOT as ROOT_ADDRESS
from pages.shared.navigation import SECTIONS
from tests.made import made_once
from tests.pages import riverton
from tools.check_wording import found_in

ROOT = Path(__file__).parents[2]

# A server reads once which packages bring components of their own; each session of a test would read them all again.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(autouse=True)
def every_figure_is_one_that_plotly_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are checked against plotly's schema here, so that pages need not do it on every run."""
    monkeypatch.setattr("pages.shared.style.CHECKED", True)


@pytest.fixture(autouse=True)
def no_fault_is_hidden_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that fails makes its test fail."""

    def raised(fault: Exception, page: str = "") -> None:
        raise fault

    monkeypatch.setattr("pages.shared.frame.say_fault", raised)


@pytest.fixture(scope="session")
def riverton_path(riverton_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Riverton, for all tests that only read."""
    return Path(shutil.copy(riverton_made, tmp_path_factory.mktemp("riverton") / "store.duckdb"))


@pytest.fixture(scope="session")
def crowded_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = made_once(tmp_path_factory, "crowded", lambda path: riverton.build_crowded(path, bodies=30))
    return Path(shutil.copy(made, tmp_path_factory.mktemp("crowded") / "store.duckdb"))


@pytest.fixture(scope="session")
def years_path(several_years_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anytown over four years, for tests that only read."""
    return Path(shutil.copy(several_years_made, tmp_path_factory.mktemp("years") / "store.duckdb"))


@pytest.fixture
def visit_years(years_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(years_path, monkeypatch)


@pytest.fixture(scope="session")
def joined_city(joined_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city whose bodies meet, for all tests that only read."""
    return Path(shutil.copy(joined_made, tmp_path_factory.mktemp("joined") / "store.duckdb"))


@pytest.fixture
def own_visit(joined_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page of a copy of that city, for a test that writes."""
    return opened(Path(shutil.copy(joined_made, tmp_path / "store.duckdb")), monkeypatch)


def follow(app: AppTest, page: str, /, **query: str | list[str]) -> AppTest:
    """Open a page in a session as a link does: at once, without a look at the first page on the way."""
    entry = next(entry for entries in SECTIONS.values() for entry in entries if entry.path == page)
    app._page_hash = calc_hash(ROOT_ADDRESS if entry.first else entry.address)
    for key, value in query.items():
        app.query_params[key] = value
    return app.run()


def unfold(app: AppTest, *parts: str) -> AppTest:
    """Open parts of a page that are made when somebody opens them, by their keys."""
    for part in parts:
        app.session_state[part] = True
    return app.run()


@pytest.fixture
def unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every part of every page stands open, as if somebody had opened each."""

    @contextmanager
    def part(label: str, key: str) -> Iterator[bool]:
        with st.expander(label, key=key):
            yield True

    @contextmanager
    def over(label: str, key: str, icon: str | None = None) -> Iterator[bool]:
        with st.popover(label, key=key, icon=icon):
            yield True

    monkeypatch.setattr(components, "unfolding", part)
    monkeypatch.setattr(components, "popping", over)


def opened(path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))

    def visit(page: str = "overview", /, **query: str | list[str]) -> AppTest:
        """Open a page as a link does, in a session of its own."""
        app = follow(AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=180), page, **query)
        assert [exception.value for exception in app.exception] == []
        assert [f"{words}: write {write}" for _, words, write in found_in(seen_on(app))] == []
        return app

    return visit


def of(role: Role) -> Asker:
    """Somebody of one role, for the council where it is held for a body."""
    return Asker("Pat", "pat@x.example", (Grant(role, "council" if role in OF_BODIES else ""),), "10.0.0.7")


@pytest.fixture
def visit_as(riverton_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    visit = opened(riverton_path, monkeypatch)
    for module in (asking, frame, signing):
        monkeypatch.setattr(module, "way", lambda: Way.ACCOUNTS)
    monkeypatch.setattr(asking, "may_stay", lambda: True)

    def as_role(role: Role, page: str, **query: str) -> AppTest:
        monkeypatch.setattr(asking, "_asker", lambda _: of(role))
        return visit(page, **query)

    return as_role


@pytest.fixture
def visit(riverton_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(riverton_path, monkeypatch)


@pytest.fixture
def visit_crowded(crowded_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(crowded_path, monkeypatch)


def seen_on(app: AppTest) -> str:
    """Every word that the page sets, labels and helps of what can be used on it included."""
    used = (
        *app.button,
        *app.checkbox,
        *app.date_input,
        *app.multiselect,
        *app.number_input,
        *app.radio,
        *app.selectbox,
        *app.text_area,
        *app.text_input,
        *app.toggle,
    )
    labels = [f"{one.label}\n{one.help or ''}" for one in used]
    read = re.sub(r"<(style|script).*?</\1>", "", said(app), flags=re.DOTALL)
    return "\n".join([read, *labels, *(caption.value for caption in app.caption)])


def said(app: AppTest) -> str:
    """Every word that the page sets as HTML, text or title, one after the other, without what no one sees."""
    words = [one.proto.body for one in app.get("html")] + [
        one.value for one in (*app.title, *app.info, *app.markdown)
    ]
    return as_read("\n".join(words))


def as_read(html: str) -> str:
    """Markup without what only keeps signs apart and financial years on one line."""
    return re.sub(r'<bdi class="year">([^<]*)</bdi>', r"\1", html.replace(JOINER, ""))
