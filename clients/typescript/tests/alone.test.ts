// What needs no Connects: when a call is sent again, and whose deliveries are believed.

import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import { Connects, Refused, Unanswered } from "../src/index.ts";
import { verifiedEvent, WebhookVerificationError } from "../src/webhooks.ts";

/** A client whose calls are answered with these, one after the other; what it sent, and how it waited. */
function answeredWith(...answers: (Response | Error)[]) {
  const sent: Request[] = [];
  const waits: number[] = [];
  const connects = new Connects("https://connects.example", "csk_test_1", {
    fetch: async (input, init) => {
      sent.push(new Request(input, init));
      const answer = answers[sent.length - 1];
      if (answer === undefined || answer instanceof Error) throw answer;
      return answer;
    },
    retries: { draw: () => 0.5, sleep: async (ms) => void waits.push(ms) },
  });
  return { connects, sent, waits };
}

const wallet = () => Response.json({ balance: 5 });
const busy = (status: number, headers: Record<string, string> = {}) =>
  Response.json({ code: "in_progress", message: "Wait.", parameters: {} }, { status, headers });

test("what is named is sent again, after what the server asks, else after longer and longer", async () => {
  const { connects, sent, waits } = answeredWith(
    new TypeError("broken"),
    busy(503),
    busy(503, { "Retry-After": "7" }),
    wallet(),
  );

  const found = await connects.getWallet({ path: { id: "u-7" } });

  assert.equal(found.balance, 5);
  assert.deepEqual(waits, [100, 200, 7_000]);
  assert.equal(sent[3]?.headers.get("Authorization"), "Bearer csk_test_1");
});

test("what would happen twice is sent again only if it was refused before it was done", async () => {
  const rotate = { path: { id: "shop" } };
  const broken = answeredWith(busy(503));
  await assert.rejects(broken.connects.rotateWebhookSecret(rotate), Refused);
  assert.equal(broken.sent.length, 1);
  for (const status of [429, 409]) {
    const early = answeredWith(busy(status, { "Retry-After": "1" }), Response.json({ id: "shop" }));
    await early.connects.rotateWebhookSecret(rotate);
    assert.equal(early.sent.length, 2);
  }
});

test("what is refused, takes too long, or is not from Connects is not sent again", async () => {
  const answers = [busy(409), busy(503, { "Retry-After": "3600" })];
  for (const answer of answers) {
    const { connects, sent } = answeredWith(answer);
    await assert.rejects(connects.getWallet({ path: { id: "u-7" } }), Refused);
    assert.equal(sent.length, 1);
  }
  const { connects } = answeredWith(new Response("<h1>Bad</h1>", { status: 500 }));
  await assert.rejects(connects.getWallet({ path: { id: "u-7" } }), Unanswered);
});

test("a POST that makes something keeps one name through all tries", async () => {
  const { connects, sent } = answeredWith(busy(503), Response.json({ id: "g" }));

  await connects.postGrant({ body: { account: "u-7", credits: 5, reason: "A delay" } });

  const names = new Set(sent.map((request) => request.headers.get("Idempotency-Key")));
  assert.equal(names.size, 1);
  assert(!names.has(null));
});

test("only deliveries that were signed with the endpoint's secret are believed", () => {
  const body = JSON.stringify({ id: "evt_1", type: "wallet.entry", timestamp: "", data: {} });
  const now = new Date();
  const moment = String(Math.floor(now.getTime() / 1000));
  const named = { "Webhook-Id": "evt_1", "Webhook-Timestamp": moment };
  const secret = `whsec_${Buffer.from("k".repeat(32)).toString("base64")}`;
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "jwk" }).x ?? "";
  const whpk = `whpk_${Buffer.from(raw, "base64url").toString("base64")}`;
  const v1a = sign(null, Buffer.from(`evt_1.${moment}.${body}`), privateKey).toString("base64");
  const signatures: [string, string][] = [
    [secret, new Webhook(secret).sign("evt_1", now, body)],
    [whpk, `v1a,${v1a}`],
  ];

  for (const [key, signature] of signatures) {
    const headers = { ...named, "Webhook-Signature": signature };
    assert.equal(verifiedEvent(key, body, headers).id, "evt_1");
    for (const [spoilt, with_] of [
      [`${body} `, headers],
      [body, { ...headers, "Webhook-Timestamp": "1" }],
      [body, named],
    ] as const) {
      assert.throws(() => verifiedEvent(key, spoilt, with_), WebhookVerificationError);
    }
  }
});
