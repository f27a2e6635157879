"""Write what the columns of a place's files say into `data/README.md`, after a field was added or reworded.

    python -m tools.describe_columns

The columns of each file stand between two remarks that a reader of the page does not see: the file's name,
and an end. All else on the page is left as it is.
"""

import re
from pathlib import Path

from budget_model.place.described import described
from budget_model.place.tables import PLACE, REFERENCE

README = Path(__file__).parents[1] / "data" / "README.md"


def described_anew(text: str) -> str:
    """A description of the data with the columns of each file as the model has them now."""
    tables = {table.file: table for table in (*REFERENCE, *PLACE)}
    return re.sub(
        r"(<!-- columns of (\S+) -->\n).*?(<!-- end -->)",
        lambda match: f"{match[1]}{described(tables[match[2]])}{match[3]}",
        text,
        flags=re.DOTALL,
    )


if __name__ == "__main__":
    README.write_text(described_anew(README.read_text(encoding="utf-8")), encoding="utf-8")
