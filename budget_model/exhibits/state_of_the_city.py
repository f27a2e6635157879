"""One part of a State of the City as a table of sentences, published or as it would be today."""

from budget_model.answers import Answers
from budget_model.count.saying import counted, opened
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.partnership.state_of_the_city import Part, Statement, since
from budget_model.scope import digits


def state_of_the_city(answers: Answers, chosen: str) -> Shown:
    """The sentences of one part: `chosen` is the number of an edition and a part, '2/Money'; 0 is the next.

    Without a part it is every part: for an edition that has nothing to compare with.
    """
    number, _, named = chosen.partition("/")
    parts = [each for each in Part if named in ("", each)]
    edition = answers.state_edition(digits(number) or 0)
    if edition is None or not parts:
        return Gone("There is no such State of the City.", "Choose another.")
    words, before, dated = edition
    shown = tuple(statement for part in parts for statement in words.shown(part))
    if not shown:
        return Gone("Nothing is told of this: the editor left it out.", "Choose another part.")
    table = statements_table(named or "every part", shown)
    notes = filter(None, map(words.note, parts))
    return Exhibit(
        finding=finding(shown),
        figure=table,
        table=table,
        why=" ".join((since(before), *notes)),
        unit="Pounds, as the map counts them",
        left_out="",
        coverage=dated,
        source="; ".join(dict.fromkeys(each.source for each in shown)),
        scope=answers.scope,
    )


def finding(shown: tuple[Statement, ...]) -> str:
    """What a part is told under: how it stands, or its first change, and how many more there are."""
    changes = [each for each in shown if not each.standing]
    if not changes or changes[0].key.endswith("/unchanged"):
        return shown[0].sentence
    if len(changes) == 1:
        return changes[0].sentence
    return f"{opened(counted(len(changes), 'change', 'changes'))}, first: {changes[0].sentence}"


def statements_table(part: str, shown: tuple[Statement, ...]) -> Table:
    """Every sentence with the pounds that it is about and its source."""
    columns = (Column("What it says"), Column("Pounds it is about", Kind.POUNDS), Column("Where it is from"))
    rows = tuple((each.sentence, each.amount, each.source) for each in shown)
    return Table(f"State of the City: {part}", columns, rows)
