"""`fund-return`: the return of a pooled fund, filled from the register; written as a workbook, or read back from one."""

import argparse
import json
from pathlib import Path

from budget_model.answers import Answers
from budget_model.board.fund_workbook import read_return, write_return
from budget_model.commands.asked import known
from budget_model.exhibits.fund_return import chosen_of, key_of
from budget_model.intake.plain_sheets import read_plain
from budget_model.plain_values import to_plain
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store.returns import keep_return
from budget_model.store.store import Store
from budget_model.together.fund_return import FundReturn, faults, sentence
from budget_model.vocabulary import Dimension


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    parser.add_argument(
        "--fund", default="", help="fund and year, such as care-pool~2016-17; else the latest"
    )
    parser.add_argument("--out", type=Path, help="write the return to this .xlsx file")
    parser.add_argument("--read", type=Path, help="read a return from this file, and keep it")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Print a return and what is still to be settled; write it, or read one."""
    with Store.existing() as store:
        if options.read:
            _keep(store, options.read)
        answers = Answers(store, Scope())
        one = chosen_of(
            answers, known(options.fund, [key_of(one.found) for one in answers.returns()], "return")
        )
        if one is None:
            raise Refusal("There is no such return. Enter a pool with its contributions first.")
        wrong = tuple(faults(one.found, answers.called(Dimension.ORGANISATION)))
    if options.out:
        options.out.write_bytes(write_return(one.found))
    if options.json:
        print(json.dumps(as_json(one.found, wrong), ensure_ascii=False))
        return 0
    print(sentence(one.found, wrong))
    for each in wrong:
        print(f"  {each}")
    return 0


def _keep(store: Store, file: Path) -> None:
    if not file.is_file():
        raise Refusal(f"There is no file {file}.")
    fund_return = read_return(read_plain(file.read_bytes(), file.name), file.name)
    before = chosen_of(Answers(store, Scope()), key_of(fund_return))
    keep_return(store, fund_return, by=store.asker.name, seen=before.wording if before else 0)


def as_json(fund_return: FundReturn, wrong: tuple[str, ...]) -> dict[str, object]:
    """A return with its sums, amounts in decimal words."""
    return {
        "income": str(fund_return.total),
        "expenditure": str(fund_return.spent),
        "by_source": {
            source.value: [str(given), str(spent)] for source, (given, spent) in fund_return.by_source.items()
        },
        "by_area": {area.value: str(amount) for area, amount in fund_return.by_area.items()},
        "signed": fund_return.signed,
        "to_settle": list(wrong),
        "return": to_plain(fund_return),
    }
