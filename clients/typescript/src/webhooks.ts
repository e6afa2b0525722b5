// Checking that a delivery is Connects' own, by Standard Webhooks, and reading what it tells.

import { createPublicKey, verify } from "node:crypto";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import type { EventDocument } from "./generated/types.gen.ts";

export { WebhookVerificationError };

const PUBLIC_KEY = "whpk_";
const TOLERANCE_MS = 5 * 60_000;

/** The event of a delivery. `secret` is one of the endpoint's `secrets`: `whsec_…`, or `whpk_…`.
 *
 * Give the body as it came, not read and written again. Throws `WebhookVerificationError`. */
export function verifiedEvent(
  secret: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): EventDocument {
  const told = new Map(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value ?? "")]),
  );
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  if (secret.startsWith(PUBLIC_KEY)) {
    checkEd25519(secret, text, told);
  } else {
    new Webhook(secret).verify(text, Object.fromEntries(told), { jsonParse: false });
  }
  return JSON.parse(text) as EventDocument;
}

function checkEd25519(key: string, text: string, headers: ReadonlyMap<string, string>): void {
  const [id, moment] = [headers.get("webhook-id"), headers.get("webhook-timestamp")];
  if (!(Math.abs(Date.now() - Number(moment) * 1000) <= TOLERANCE_MS)) {
    throw new WebhookVerificationError("Message timestamp too old or too new");
  }
  const x = Buffer.from(key.slice(PUBLIC_KEY.length), "base64").toString("base64url");
  const jwk = { kty: "OKP", crv: "Ed25519", x };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  const signed = Buffer.from(`${id}.${moment}.${text}`);
  const isOurs = (headers.get("webhook-signature") ?? "")
    .split(" ")
    .filter((signature) => signature.startsWith("v1a,"))
    .some((signature) => verify(null, signed, publicKey, Buffer.from(signature.slice(4), "base64")));
  if (!isOurs) throw new WebhookVerificationError("No matching signature found");
}
