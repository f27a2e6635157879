"""`settings`: the place's lists as the screen sets them: shown, changed with a reason, and changes undone."""

import argparse
import json
from collections.abc import Iterable, Mapping

from budget_model.dates import moment_in_table
from budget_model.place.editing import Edit, plain_text
from budget_model.place.lists import LISTS, Cells, SetList
from budget_model.problem import Refusal
from budget_model.store import settings
from budget_model.store.settings import Change
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    doing = parser.add_subparsers(
        dest="doing", required=True, metavar="lists|show|set|add|remove|history|undo"
    )
    lists = doing.add_parser("lists", help="every list that can be set")
    show = doing.add_parser("show", help="the rows of one list")
    change = doing.add_parser("set", help="change cells of one row")
    add = doing.add_parser("add", help="add a row")
    gone = doing.add_parser("remove", help="take a row away")
    history = doing.add_parser("history", help="every change that was kept")
    undo = doing.add_parser("undo", help="take a kept change back")
    for one in (show, change, add, gone):
        one.add_argument("list", choices=list(LISTS))
    for one in (change, gone):
        one.add_argument("row", help="what names the row: its id, or the columns that name it, joined by |")
    for one in (change, add):
        one.add_argument("cells", nargs="+", metavar="COLUMN=VALUE")
    undo.add_argument("number", type=int)
    for one in (change, add, gone, undo):
        one.add_argument("--reason", default="", help="why: kept with the change")
        one.add_argument("--preview", action="store_true", help="say what it would change, and keep nothing")
    for one in (lists, show, change, add, gone, history, undo):
        one.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Show the lists, or make one change."""
    with Store.existing() as store:
        if options.doing in ("lists", "show", "history"):
            _show(store, options)
            return 0
        if options.doing == "undo":
            number = settings.undo(store, options.number, by=store.asker.name, reason=options.reason)
            _tell(options, {"change": number}, f"Change {options.number} is undone by change {number}.")
            return 0
        edit = _edit(store, options)
        if options.preview:
            sentences = settings.preview(store, [edit]).sentences
            _tell(options, {"would_change": sentences}, *(sentences or ("No figure changes.",)))
            return 0
        number = settings.keep(store, [edit], by=store.asker.name, reason=options.reason)
        _tell(options, {"change": number}, f"{edit.of.title}, {edit.called}: {edit.what} by change {number}.")
    return 0


def _edit(store: Store, options: argparse.Namespace) -> Edit:
    of = LISTS[options.list]
    if options.doing == "add":
        return Edit(of.part, None, _typed(of, ("",) * len(of.columns), options.cells))
    before = _row(of, settings.rows(store)[of.part], options.row)
    return Edit(of.part, before, None if options.doing == "remove" else _typed(of, before, options.cells))


def _row(of: SetList, there: Iterable[Cells], named: str) -> Cells:
    rows = list(there)
    wanted = tuple(part.strip() for part in named.split("|"))
    found = [row for row in rows if of.single or of.key_of(row) == wanted]
    if not found:
        raise Refusal(f"{of.title} has no row {named}: a row is named by {' | '.join(of.key or of.names)}.")
    return found[0]


def _typed(of: SetList, before: Cells, cells: Iterable[str]) -> Cells:
    said = of.to_plain(before)
    for cell in cells:
        column, equals, value = cell.partition("=")
        if not equals or column not in said:
            raise Refusal(f"'{cell}' names no column of {of.title}, which has {', '.join(of.names)}.")
        said[column] = plain_text(value)
    return of.from_plain(said)


def _show(store: Store, options: argparse.Namespace) -> None:
    if options.doing == "lists":
        there = settings.rows(store)
        lists = [
            {
                "list": set_list.part,
                "title": set_list.title,
                "rows": len(there[set_list.part]),
                "columns": set_list.names,
            }
            for set_list in LISTS.values()
        ]
        _tell(
            options,
            {"lists": lists},
            *(f"{one['list']}: {one['title']}, {one['rows']} rows" for one in lists),
        )
    elif options.doing == "show":
        of = LISTS[options.list]
        rows = [of.to_plain(row) for row in settings.rows(store)[of.part]]
        _tell(
            options, {"list": of.part, "rows": rows}, *(json.dumps(row, ensure_ascii=False) for row in rows)
        )
    else:
        kept = settings.changes(store)
        lines = [
            f"{one.number}  {moment_in_table(one.made_at)}  {one.made_by}: {one.reason} ({len(one.edits)} rows)"
            for one in kept
        ]
        answer = {"changes": [_plain(change) for change in kept]}
        _tell(options, answer, *(lines or ["No setting was changed on the screen."]))


def _plain(change: Change) -> dict[str, object]:
    edits = [
        {
            "list": edit.part,
            "before": edit.of.to_plain(edit.before) if edit.before else None,
            "after": edit.of.to_plain(edit.after) if edit.after else None,
        }
        for edit in change.edits
    ]
    return {
        "number": change.number,
        "at": change.made_at.isoformat(timespec="seconds"),
        "by": change.made_by,
        "reason": change.reason,
        "undoes": change.undoes,
        "undone_by": change.undone_by,
        "edits": edits,
    }


def _tell(options: argparse.Namespace, answer: Mapping[str, object], *lines: str) -> None:
    print(json.dumps(answer, ensure_ascii=False) if options.json else "\n".join(lines))
