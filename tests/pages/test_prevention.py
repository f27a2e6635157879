"""Prevention as an officer sees it: the share, what is unknown, and a line agreed in front of the page."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import said

pytestmark = pytest.mark.slow


def test_an_officer_splits_a_line_and_the_finding_follows(own_visit: Callable[..., AppTest]) -> None:
    app = own_visit("prevention", body="health")
    assert "is for prevention and early help" in said(app)
    assert "no officer has agreed a stage yet" in said(app)
    steps = [said(app).find(f"Step {number}: ") for number in (1, 2, 3, 4)]
    assert 0 < steps[0] < steps[1] < steps[2] < steps[3]
    assert "the text of its steps was not, so nothing here is promised to be the same as theirs" in said(app)
    app.text_input(key="signed_stages").set_value("Ann").run()
    line = next(
        number_input.key.removesuffix("_treatment")
        for number_input in app.number_input
        if number_input.key.endswith("_treatment")
    )
    for stage in ("universal", "prevention", "early help", "treatment", "crisis", "income maintenance"):
        app.number_input(key=f"{line}_{stage}").set_value(
            {"early help": 40.0, "treatment": 50.0}.get(stage, 0.0)
        )
    button = f"stage_agree_{line.removeprefix('stage_')}"
    app.button(key=button).click().run()
    assert "The percentages make 90" in "\n".join(warning.value for warning in app.warning)
    assert app.number_input(key=f"{line}_early help").value == 40.0
    app.number_input(key=f"{line}_crisis").set_value(10.0).run()
    app.button(key=button).click().run()
    assert "Officers agreed or stated the stage of" in said(app)
