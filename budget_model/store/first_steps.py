"""Where each person stands in the first steps through the product."""

from budget_model.access import Act
from budget_model.partnership.first_steps import BY_KEY, GuidePosition
from budget_model.problem import Refusal
from budget_model.store.store import Store, now

ANYBODY = ""
"""The account of whoever works on the machine itself, where nobody signs in."""


def _account(store: Store) -> str:
    return ANYBODY if store.asker.is_local else store.asker.account


def first_steps(store: Store) -> GuidePosition | None:
    """Where whoever asks stands; None where they never began, or where their guide is no longer there."""
    account = _account(store)
    return store.once(("first steps", account), lambda: _position(store, account))


def _position(store: Store, account: str) -> GuidePosition | None:
    for guide, step, left in store.ask("first_steps", {"account": account}):
        if guide in BY_KEY and 0 <= step <= len(BY_KEY[guide].steps):
            return GuidePosition(guide, step, left=bool(left))
    return None


def keep_first_steps(store: Store, position: GuidePosition) -> None:
    """Keep where whoever asks stands now; raises `Refusal` for a guide or a step that there is none of."""
    if position.guide not in BY_KEY or not 0 <= position.step <= len(BY_KEY[position.guide].steps):
        raise Refusal("There is no such step. Begin the first steps again.")
    account = _account(store)
    with store.writing(Act.FOLLOW, audited=False) as writer:
        writer.execute("delete from first_steps where account = $account", {"account": account})
        writer.execute(
            "insert into first_steps values ($account, $guide, $step, $left, $at)",
            {
                "account": account,
                "guide": position.guide,
                "step": position.step,
                "left": position.left,
                "at": now(),
            },
        )
