"""The pages that payers see: Stripe's checkout, and their bank's question whether it is really them."""

from html import escape
from urllib.parse import parse_qsl

from tests.servers.stripe.checkout import complete, enter_card
from tests.servers.stripe.payments import fail_authentication, succeed
from tests.servers.stripe.shapes import Resource
from tests.servers.stripe.world import Refused, World
from tests.servers.web_server import Reply, Request, page_reply, redirect_reply

PAGES = ("/pay/", "/authenticate/")


def answer_page(world: World, request: Request) -> Reply:
    """Show a page, or take in its form."""
    name = request.path.rpartition("/")[2]
    fields = dict(parse_qsl(request.body.decode())) if request.method == "POST" else {}
    if request.path.startswith("/pay/"):
        return checkout_page(world, world.get("checkout.session", name), fields)
    return bank_page(world, world.get("payment_intent", name), fields)


def checkout_page(world: World, session: Resource, fields: dict[str, str]) -> Reply:
    if session["status"] != "open":
        return page_reply("<title>Stripe</title><h1>This page is no longer active</h1>", 410)
    if not fields:
        return page_reply(card_form(session, ""))
    if fields["action"] == "cancel":
        return redirect_reply(session["cancel_url"])
    try:
        return redirect_reply(enter_card(world, session, fields["card"]))
    except Refused as problem:
        return page_reply(card_form(session, problem.error["message"]))


def card_form(session: Resource, problem: str) -> str:
    total = session["amount_total"]
    pay = "Save card" if total is None else f"Pay ${total / 100:,.2f}"
    return form_page(
        "Checkout",
        f'<p role="alert">{escape(problem)}</p>'
        '<label>Card number <input name="card" autocomplete="off"></label>'
        f'<button name="action" value="pay">{pay}</button>'
        '<button name="action" value="cancel">Back</button>',
    )


def form_page(title: str, fields: str) -> str:
    return (
        f'<!doctype html><html lang="en"><title>{title}</title><h1>{title}</h1>'
        f'<form method="post">{fields}</form></html>'
    )


def bank_page(world: World, intent: Resource, fields: dict[str, str]) -> Reply:
    if not fields:
        buttons = (
            '<button name="action" value="complete">Complete</button>'
            '<button name="action" value="fail">Fail</button>'
        )
        return page_reply(form_page("Your bank asks whether it is you", buttons))
    if intent["status"] != "requires_action":
        return page_reply("<title>Bank</title><h1>Nothing is asked</h1>", 410)
    back = intent["next_action"]["redirect_to_url"]["return_url"]
    session = next(
        (s for s in world.of_kind("checkout.session") if s["payment_intent"] == intent["id"]), None
    )
    if fields["action"] != "complete":
        fail_authentication(world, intent)
        return redirect_reply(session["url"] if session else returned(back, intent, "failed"))
    succeed(world, intent)
    if session:
        return redirect_reply(complete(world, session))
    return redirect_reply(returned(back, intent, "succeeded"))


def returned(back: str, intent: Resource, status: str) -> str:
    said = f"payment_intent={intent['id']}&redirect_status={status}"
    return f"{back}{'&' if '?' in back else '?'}{said}"
