"""The return of a pooled fund as a director sees it: what is to be settled, read back, signed in order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.board.fund_workbook import write_return
from budget_model.store import joint, returns
from budget_model.store.store import Store
from budget_model.together.pools import Contribution, Pool
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow


def test_a_return_is_read_back_and_signed_in_its_order(
    joined_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store.duckdb"
    path.write_bytes(joined_made.read_bytes())
    puts = (
        Contribution("council", Decimal(3_000_000), "learning-disability"),
        Contribution("health", Decimal(1_000_000), "learning-disability", minimum=Decimal(900_000)),
    )
    with Store(path) as store:
        joint.keep_pool(store, Pool("pool", "Care together", "2016-17", contributions=puts), by="Dee")
        (fresh,) = returns.returns(store)
    schemes = tuple(replace(each, provider="A trust") for each in fresh.found.schemes)
    visit: Callable[..., AppTest] = opened(path, monkeypatch)
    app = visit("fund_return")
    assert "Care together, 2016-17: £4.0m from two bodies for two schemes" in said(app)
    assert "Two schemes do not say who provides." in said(app)
    assert "the sheets of income and expenditure were not found" in said(app)
    app.text_input(key="signed_return").set_value("Dee").run()
    app.file_uploader(key="return_file").upload("r.xlsx", b"no workbook", "application/octet-stream").run()
    app.button(key="return_keep").click().run()
    assert app.warning
    filled = write_return(replace(fresh.found, schemes=schemes))
    app.file_uploader(key="return_file").upload("r.xlsx", filled, "application/octet-stream").run()
    app.button(key="return_keep").click().run()
    assert "do not say who provides" not in said(app)
    assert said(app).count("A trust") == 2
    assert "Last kept by Dee" in said(app)
    app.button(key="return_signed").click().run()
    assert "Write who signed" in "\n".join(warning.value for warning in app.warning)
    app.text_input(key="return_signer_name").set_value("C. Finance").run()
    app.date_input(key="return_signed_on").set_value(date(2026, 5, 1)).run()
    app.button(key="return_signed").click().run()
    assert "1 of " in said(app)
    assert "C. Finance" in said(app)
