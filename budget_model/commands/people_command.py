"""`people`: who may come in and as what; give and take roles, and make the link by which a password is chosen."""

import argparse
import json

from budget_model.access import GIVEN, Role
from budget_model.sign_in import Way, invitation_link, way
from budget_model.store.people import Person, give, invite, make_service, people, person_of, remove
from budget_model.store.store import Store


def arguments(parser: argparse.ArgumentParser) -> None:
    """Say what may be asked for."""
    doing = parser.add_subparsers(dest="doing", required=True, metavar="add|list|invite|remove|service")
    add = doing.add_parser("add", help="give somebody a role")
    add.add_argument("account", metavar="EMAIL")
    add.add_argument("--role", required=True, choices=[str(role) for role in GIVEN])
    add.add_argument(
        "--organisation",
        default="",
        metavar="ID",
        help="of which body an officer or approver is, of which board a theme lead",
    )
    add.add_argument("--name", default="", help="what the person is called")
    service = doing.add_parser(
        "service", help="a name and token for a program on the command line; told once"
    )
    service.add_argument("account", metavar="NAME")
    service.add_argument("--role", required=True, choices=[str(role) for role in GIVEN])
    service.add_argument("--organisation", default="", metavar="ID", help="of which body or board")
    invited = doing.add_parser(
        "invite", help="a new link to choose a password; the old password holds until then"
    )
    invited.add_argument("account", metavar="EMAIL")
    gone = doing.add_parser("remove", help="take every role away, or one; sessions end at once")
    gone.add_argument("account", metavar="EMAIL")
    gone.add_argument("--role", choices=[str(role) for role in GIVEN])
    gone.add_argument("--organisation", default="", metavar="ID")
    listed = doing.add_parser("list", help="everybody who holds a role")
    for one in (add, gone):
        one.add_argument("--why", default="", metavar="REASON", help="kept with the change, in the audit")
    for one in (add, service, invited, gone, listed):
        one.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: argparse.Namespace) -> int:
    """Do it, and say who may come in now."""
    with Store.existing() as store:
        if options.doing == "list":
            _say(people(store), options.json)
            return 0
        by = store.asker.name
        if options.doing == "service":
            account, token = make_service(
                store, options.account, Role(options.role), options.organisation, by=by
            )
            said = {"account": account, "token": token}
            lines = f"BUDGET_MODEL_ACCOUNT={account}\nBUDGET_MODEL_TOKEN={token}"
            print(json.dumps(said) if options.json else lines)
            return 0
        if options.doing == "remove":
            role = Role(options.role) if options.role else None
            remove(store, options.account, by=by, role=role, body=options.organisation, reason=options.why)
            left = person_of(store, options.account)
            _say((left,) if left else (), options.json)
            return 0
        if options.doing == "add":
            given = give(
                store,
                options.account,
                Role(options.role),
                options.organisation,
                name=options.name,
                by=by,
                reason=options.why,
            )
            if way() is not Way.ACCOUNTS or len(given.grants) > 1:
                _say((given,), options.json)
                return 0
        link = invitation_link(invite(store, options.account, by=by))
        print(json.dumps({"account": options.account, "link": link}) if options.json else link)
    return 0


def _say(found: tuple[Person, ...], as_json: bool) -> None:
    if as_json:
        print(json.dumps({"people": [_plain(person) for person in found]}))
        return
    for person in found:
        held = ", ".join(f"{grant.role} {grant.body}".strip() for grant in person.grants)
        print(f"{person.account}  {person.name}: {held}")
    if not found:
        print("Nobody.")


def _plain(person: Person) -> dict[str, object]:
    grants = [{"role": str(grant.role), "organisation": grant.body} for grant in person.grants]
    return {"account": person.account, "name": person.name, "roles": grants}
