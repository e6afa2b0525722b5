"""PayPal's published schemas of what the stand-in is asked and answers, cut down to these.

    python -m tests.servers.paypal.published FOLDER

reads the OpenAPI files of github.com/paypal/paypal-rest-api-specifications (Apache 2.0) from a folder
and writes `schemas.json` anew: of the operations below, without texts, and of the many ways to pay only
PayPal.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).with_name("schemas.json")

OPERATIONS = {
    "checkout_orders_v2": [
        ("post", "/v2/checkout/orders"),
        ("get", "/v2/checkout/orders/{id}"),
        ("patch", "/v2/checkout/orders/{id}"),
        ("post", "/v2/checkout/orders/{id}/capture"),
    ],
    "payments_payment_v2": [
        ("get", "/v2/payments/captures/{capture_id}"),
        ("post", "/v2/payments/captures/{capture_id}/refund"),
    ],
    "vault_payment_tokens_v3": [
        ("post", "/v3/vault/setup-tokens"),
        ("get", "/v3/vault/setup-tokens/{id}"),
        ("post", "/v3/vault/payment-tokens"),
    ],
    "notifications_webhooks_v1": [("post", "/v1/notifications/verify-webhook-signature")],
    "reporting_transactions_v1": [("get", "/v1/reporting/transactions")],
    "customer_disputes_v1": [
        ("get", "/v1/customer/disputes"),
        ("get", "/v1/customer/disputes/{id}"),
    ],
}

KEPT = {
    "$ref", "additionalProperties", "allOf", "anyOf", "enum", "items", "maxItems", "maxLength",
    "minItems", "minLength", "oneOf", "pattern", "properties", "required", "type",
}  # fmt: skip
WAYS_TO_PAY = {"paypal", "token"}


def without_texts(schema: Any) -> Any:
    """The schema with nothing but what values are checked by."""
    if isinstance(schema, list):
        return [without_texts(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: schema[key] for key in schema if key in KEPT}
    if "properties" in kept:
        several = {"card", "paypal"} <= kept["properties"].keys()
        kept["properties"] = {
            name: without_texts(each)
            for name, each in kept["properties"].items()
            if not several or name in WAYS_TO_PAY
        }
    return {
        key: value if key in ("properties", "required", "enum") else without_texts(value)
        for key, value in kept.items()
    }


def named(schema: Any) -> Iterator[str]:
    """The names of the schemas that a schema refers to."""
    if isinstance(schema, list):
        for each in schema:
            yield from named(each)
    elif isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for each in schema.values():
            yield from named(each)


def body_of(specification: Any, described: Any) -> Any:
    """The schema of a request's or a reply's JSON."""
    if "$ref" in described:
        described = specification["components"]["requestBodies"][
            described["$ref"].rpartition("/")[2]
        ]
    return next((each.get("schema") for each in described.get("content", {}).values()), None)


def query_of(specification: Any, described: Any) -> Iterator[str]:
    """What may be asked for in the address."""
    for each in described.get("parameters", []):
        name = each.get("$ref", "").rpartition("/")[2]
        parameter = specification["components"]["parameters"][name] if name else each
        if parameter["in"] == "query":
            yield parameter["name"]


def cut_down(specification: Any, operations: list[tuple[str, str]]) -> dict[str, Any]:
    """Of one file: what each operation is asked and answers, and all schemas that these need."""
    found: dict[str, Any] = {}
    for method, path in operations:
        described = specification["paths"][path][method]
        replies = described["responses"]
        good: Any = next((replies[code] for code in ("201", "200") if code in replies), {})
        found[f"{method.upper()} {path}"] = {
            "query": list(query_of(specification, described)),
            "request": without_texts(body_of(specification, described.get("requestBody", {}))),
            "reply": without_texts(body_of(specification, good)),
        }
    schemas: dict[str, Any] = {}
    open_names = set(named(list(found.values())))
    while open_names:
        name = open_names.pop()
        schemas[name] = without_texts(specification["components"]["schemas"][name])
        open_names |= set(named(schemas[name])) - schemas.keys()
    return {"operations": found, "schemas": dict(sorted(schemas.items()))}


def mended(cut: dict[str, Any]) -> dict[str, Any]:
    """What PayPal's guide to saving accounts says and its schema of February 2024 forgets."""
    tokens = cut["vault_payment_tokens_v3"]["schemas"]["token_id_request"]
    tokens["properties"]["type"]["enum"].append("SETUP_TOKEN")
    return cut


def main(folder: str) -> None:
    cut = {
        name: cut_down(json.loads((Path(folder) / f"{name}.json").read_text()), operations)
        for name, operations in OPERATIONS.items()
    }
    lines = [f"{json.dumps(name)}: {json.dumps(each)}" for name, each in mended(cut).items()]
    SCHEMAS.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main(sys.argv[1])
