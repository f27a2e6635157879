"""Every rule about which column names the body, the line and its code, in the order in which they are heard.

To add one, write a function in a file of its own in `on_names` and name it here.
"""

from collections.abc import Mapping

from budget_model.intake.rules.named_columns import NamedColumns, NamingRule
from budget_model.intake.rules.on_names.codes_the_line import codes_the_line
from budget_model.intake.rules.on_names.describes_the_line import codes_for_want_of_words, describes_the_line
from budget_model.intake.rules.on_names.names_the_body import called_as_bodies, headed_as_bodies
from budget_model.intake.rules.settled import Spoken
from budget_model.intake.rules.verdict import AnyRole
from budget_model.intake.sheet.reason import Reason

NAMING_RULES: tuple[NamingRule, ...] = (
    NamingRule("headed as bodies", headed_as_bodies, (Reason.HEADED_AS_BODIES,)),
    NamingRule("called as bodies", called_as_bodies, (Reason.CALLED_AS_BODIES,)),
    NamingRule("describes the line", describes_the_line, (Reason.HEADED_AS_DESCRIPTION, Reason.SAYS_MOST)),
    NamingRule("codes for want of words", codes_for_want_of_words, (Reason.CODES_ONLY,)),
    NamingRule("codes the line", codes_the_line, (Reason.HEADED_AS_CODES, Reason.HOLDS_CODES)),
)


def names_heard(columns: NamedColumns) -> list[Spoken]:
    """All that is said of which column names what, in the order of the rules."""
    return [Spoken(rule.name, verdict) for rule in NAMING_RULES for verdict in rule.find(columns)]


def names_settled(heard: list[Spoken]) -> Mapping[AnyRole, Spoken]:
    """The column that holds each name: by the stronger proof, of equal proofs the one heard first."""
    settled: dict[AnyRole, Spoken] = {}
    for spoken in heard:
        holds = settled.setdefault(spoken.verdict.role, spoken)
        if spoken.verdict.proof > holds.verdict.proof:
            settled[spoken.verdict.role] = spoken
    return settled
