// The whole flow against a sandbox, whose address and key are in CONNECTS_URL and CONNECTS_KEY.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Connects, Refused } from "../src/index.ts";

const { CONNECTS_URL = "", CONNECTS_KEY = "" } = process.env;
const connects = new Connects(CONNECTS_URL, CONNECTS_KEY);

async function collected<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test("a proposal is quoted, held, charged and told, whatever is sent twice", async () => {
  await connects.putAccount({ path: { id: "ts-7" }, body: { kind: "freelancer" } });
  await connects.putAccount({ path: { id: "ts-c" }, body: { kind: "client" } });
  await connects.putJob({
    path: { id: "ts-9" },
    body: { client: "ts-c", kind: "fixed", budget_cents: 90_000 },
  });
  const { quotes } = await connects.quote({ body: { account: "ts-7", jobs: ["ts-9"] } });
  const cost = quotes[0]?.connects;
  assert(typeof cost === "number" && cost > 0);
  const before = await connects.getWallet({ path: { id: "ts-7" } });

  const body = { account: "ts-7", job: "ts-9", max_connects: cost, hold_seconds: 900 };
  await connects.putProposal({ path: { id: "ts-p" }, body });
  await connects.tellProposal({ path: { id: "ts-p", event: "submit" } });
  const sent = await connects.tellProposal({ path: { id: "ts-p", event: "submit" } });

  assert.equal(sent.status, "submitted");
  const after = await connects.getWallet({ path: { id: "ts-7" } });
  assert.equal(before.balance - after.balance, cost);
  const lines = await collected(connects.entries("ts-7", { order: "oldest", limit: 1 }));
  assert.deepEqual(
    lines.map((line) => line.sequence),
    lines.map((_, place) => place + 1),
  );
  assert.equal(lines.at(-1)?.balance, after.balance);
  const lots = await collected(connects.lots("ts-7"));
  assert.equal(
    lots.reduce((sum, lot) => sum + lot.credits, 0),
    after.balance,
  );
});

test("what is refused is thrown with its code, and nothing moves", async () => {
  const unknown = connects.getWallet({ path: { id: "ts-nobody" } });

  await assert.rejects(unknown, (error) => {
    assert(error instanceof Refused);
    assert.deepEqual([error.status, error.code], [404, "account_unknown"]);
    assert.notEqual(error.requestId, "");
    return true;
  });
});
