"""Look at a spreadsheet and say what was understood; writes nothing."""

import argparse
import json
import sys
from pathlib import Path

from budget_model.intake.reading import to_json, understand


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be said after `read`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a workbook, a CSV or a Fiscal Data Package")
    parser.add_argument("--sheet", help="only the tables of this sheet")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a picture")
    parser.add_argument("--answer", action="append", default=[], metavar="KEY=VALUE", help="answer a question")


def run(options: argparse.Namespace) -> int:
    """Read the file and print what was understood."""
    from budget_model.intake.formats import open_workbook

    reading = understand(open_workbook(options.file.read_bytes(), options.file.name))
    sys.stdout.write(json.dumps(to_json(reading), ensure_ascii=False) + "\n")
    return 1 if reading.refused else 0
