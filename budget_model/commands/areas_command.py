"""`areas`: what is spent in each part of the place, for each resident, by which rung that is known, and how sure."""

import argparse
import json

from budget_model.answers import Answers
from budget_model.commands.asked import scope_arguments, scope_of
from budget_model.count.by_area import AreaFigure, ByArea
from budget_model.exhibits import by_area
from budget_model.exhibits.by_area import Choice
from budget_model.money import PENNY, decimal_text, exact_pounds
from budget_model.place.model import Area
from budget_model.problem import Refusal
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    scope_arguments(parser)
    parser.add_argument(
        "--kind", default="", help="'ward', 'area panel', 'priority neighbourhood'; else wards"
    )
    parser.add_argument("--area", default="", help="one area by its name or id")


def run(options: argparse.Namespace) -> int:
    """Share the money out, and print each area; or one area in a sentence."""
    with Store.existing() as store:
        answers = Answers(store, scope_of(store, options))
        areas = answers.areas()
        if areas is None:
            raise Refusal(f"{by_area.NO_AREAS.sentence} {by_area.NO_AREAS.remedy}")
        if options.area:
            area = _named(areas, options.area)
            figures: tuple[AreaFigure, ...] = (areas.figure(area),)
            sentence = by_area.sentence_of(answers, areas, area)
        else:
            choice = by_area.read_choice(options.kind, areas.kinds)
            if options.kind and choice.kind != options.kind:
                raise Refusal(
                    f"There are no areas of the kind '{options.kind}'. Write one of: {', '.join(areas.kinds)}."
                )
            figures = by_area.figures_of(areas, Choice(choice.kind))
            sentence = by_area.how_known(areas, figures, {})
    if options.json:
        print(json.dumps(as_json(answers.scope.year, areas, figures, sentence), ensure_ascii=False))
        return 0
    print(sentence)
    for each in figures:
        heads = f"£{each.per_head:,.2f}" if each.per_head else "no residents"
        print(f"  {each.area.name:<28}{exact_pounds(each.amount):>20}{heads:>14} a head  grade {each.grade}")
    return 0


def _named(areas: ByArea, words: str) -> Area:
    """The area that words mean; raises `Refusal` with those there are."""
    shown = [area for kind in areas.kinds for area in areas.areas(kind)]
    area = next((area for area in shown if words.casefold() in (area.id, area.name.casefold())), None)
    if area is None:
        raise Refusal(f"There is no area '{words}'. There are: {', '.join(one.name for one in shown)}.")
    return area


def as_json(year: str, areas: ByArea, figures: tuple[AreaFigure, ...], sentence: str) -> dict[str, object]:
    """The areas as other programs read them: amounts in decimal words, pounds."""
    return {
        "year": year,
        "sentence": sentence,
        "not_placed": decimal_text(areas.left()),
        "areas": [
            {
                "id": each.area.id,
                "name": each.area.name,
                "kind": each.area.kind,
                "amount": decimal_text(each.amount),
                "low": decimal_text(each.low.quantize(PENNY)),
                "high": decimal_text(each.high.quantize(PENNY)),
                "residents": decimal_text(each.residents),
                "per_resident": None
                if each.per_head is None
                else decimal_text(each.per_head.quantize(PENNY)),
                "in_most_deprived_fifth": None if each.deprived is None else decimal_text(each.deprived),
                "by": {str(basis): decimal_text(amount) for basis, amount in each.by_basis.items()},
                "grade": each.grade,
                "source": each.area.source,
            }
            for each in figures
        ],
    }
