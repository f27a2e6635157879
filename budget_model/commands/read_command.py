"""Look at a spreadsheet and say what was understood; writes nothing."""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

from budget_model.intake.reading import Reading, to_json
from budget_model.problem import Refusal


def arguments(parser: argparse.ArgumentParser) -> None:
    """What may be said after `read`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a workbook, a CSV or a Fiscal Data Package")
    parser.add_argument("--sheet", help="only the tables of this sheet")
    parser.add_argument("--json", action="store_true", help="one JSON document instead of a picture")
    parser.add_argument(
        "--explain", action="store_true", help="which rules spoke of each row and column, and which holds"
    )
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="answer one of the questions; may be repeated",
    )


def run(options: argparse.Namespace) -> int:
    """Read the file in a process of its own and print what was understood."""
    from budget_model.intake.guard import read_guarded

    reading = read_guarded(bytes_of(options.file), options.file.name, answers_of(options.answer))
    if options.sheet is not None:
        reading = of_sheet(reading, options.sheet)
    if options.json:
        sys.stdout.write(json.dumps(to_json(reading), ensure_ascii=False) + "\n")
    else:
        from budget_model.intake.picture import as_text

        sys.stdout.write(as_text(reading, colour=sys.stdout.isatty()))
    if options.explain:
        from budget_model.intake.picture import explained

        # beside the one document of --json what explains it goes with the errors
        out = sys.stderr if options.json else sys.stdout
        out.write(explained(reading, colour=out.isatty()))
    return 1 if reading.refused else 0


def bytes_of(file: Path) -> bytes:
    """A file's bytes; those of a package's folder, packed. Raises `Refusal` where there is nothing to read."""
    if file.is_dir():
        from budget_model.intake.files.fiscal_package import folder_as_zip

        return folder_as_zip(file)
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise Refusal(f"There is no file {file}. Check the name and the folder.") from None
    except OSError as reason:
        raise Refusal(f"{file} cannot be opened: {reason.strerror or reason}.") from None


def answers_of(said: list[str]) -> dict[str, str]:
    """Answers as they are typed, KEY=VALUE.

    >>> answers_of(["unit:ab12=GBP thousand"])
    {'unit:ab12': 'GBP thousand'}
    """
    answers = {}
    for one in said:
        key, sign, value = one.partition("=")
        if not sign:
            raise Refusal(f"'{one}' is no answer: write KEY=VALUE, with a key from the questions.")
        answers[key.strip()] = value.strip()
    return answers


def of_sheet(reading: Reading, sheet: str) -> Reading:
    """The reading with the tables of one sheet alone."""
    wanted = [
        k
        for k, table in enumerate(reading.tables)
        if table.sheet.strip().casefold() == sheet.strip().casefold()
    ]
    if not wanted:
        names = ", ".join(dict.fromkeys(f"'{table.sheet}'" for table in reading.tables))
        raise Refusal(
            f"There is no table on a sheet '{sheet}'. The sheets with tables are: {names or 'none'}."
        )
    return replace(
        reading,
        tables=tuple(reading.tables[k] for k in wanted),
        chosen=tuple(wanted.index(k) for k in reading.chosen if k in wanted),
    )
