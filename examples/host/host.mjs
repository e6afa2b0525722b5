// The same marketplace in Node, without dependencies: its table of proposals is a file.
//
//   node host.mjs sync
//   node host.mjs propose ID FREELANCER JOB LETTER
//   node host.mjs settle

import { appendFileSync, existsSync, readFileSync } from "node:fs";

const ADDRESS = process.env.CONNECTS_URL ?? "http://127.0.0.1:8000";
const FILE = process.env.HOST_FILE ?? "proposals.jsonl";
const FREELANCERS = ["nora", "otto"];
const JOBS = [
  { id: "n-1", client: "northwind", budget_cents: 90000 },
  { id: "n-2", client: "northwind", budget_cents: 4000 },
];

class Refused extends Error {
  constructor(problem) {
    super(`${problem.code}: ${problem.message}`);
    this.code = problem.code;
  }
}

// Call until there is an answer. To send the same again is safe: the ids are the keys.
async function call(method, path, body) {
  for (let tried = 0; ; tried++) {
    try {
      const answer = await fetch(`${ADDRESS}/api/v1/${encodeURI(path)}`, {
        method,
        headers: {
          Authorization: `Bearer ${process.env.CONNECTS_KEY}`,
          "Content-Type": "application/json",
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      const told = await answer.json();
      if (answer.ok) return told;
      const passes = [429, 502, 503, 504].includes(answer.status) || told.code === "in_progress";
      if (!passes || tried === 4) throw new Refused(told);
    } catch (error) {
      if (error instanceof Refused) throw error;
      const message = `Nobody answers at ${ADDRESS}: ${error.cause?.message ?? error.message}`;
      if (tried === 4) throw new Refused({ code: "no_answer", message });
    }
    await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** tried));
  }
}

// The last line of each id is how its row stands.
function rows() {
  const lines = existsSync(FILE) ? readFileSync(FILE, "utf8").split("\n").filter(Boolean) : [];
  return new Map(lines.map((line) => JSON.parse(line)).map((row) => [row.id, row]));
}

function write(row) {
  appendFileSync(FILE, `${JSON.stringify(row)}\n`);
  return row;
}

async function sync() {
  for (const name of FREELANCERS) {
    await call("PUT", `accounts/${name}`, { kind: "freelancer", name });
  }
  for (const { id, client, budget_cents } of JOBS) {
    await call("PUT", `accounts/${client}`, { kind: "client" });
    await call("PUT", `jobs/${id}`, { client, kind: "fixed", budget_cents });
  }
  return `${FREELANCERS.length + JOBS.length} told`;
}

// Hold, write our own row, submit.
async function propose(id, account, job, letter) {
  let row = rows().get(id);
  if (row === undefined || row.over) {
    const { quotes: [quote] } = await call("POST", "quotes", { account, jobs: [job] });
    if (quote.problem !== null) throw new Refused(quote.problem);
    // A retry must send the same: a quote of its own would be another body.
    const hold = { account, job, max_connects: quote.connects, hold_seconds: 900 };
    const held = await call("PUT", `proposals/${id}`, hold);
    if (held.released) throw new Refused({ code: "hold_over", message: "It took too long." });
    row = write({ id, account, job, letter, sent: false, connects: held.connects });
  }
  await submit(row);
  return `${id} sent for ${row.connects} Connects`;
}

async function submit(row) {
  await call("POST", `proposals/${row.id}/submit`);
  if (!row.sent) write({ ...row, sent: true });
}

// Submit what was held when we stopped; run it at every start.
async function settle() {
  let submitted = 0;
  for (const row of [...rows().values()].filter((row) => !row.sent && !row.over)) {
    try {
      await submit(row);
      submitted++;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Only Connects knows what became of it: a wrong key, or a busy moment, refuses it, too.
      if (await isOver(row)) write({ ...row, over: true });
    }
  }
  return `${submitted} submitted`;
}

// Whether the proposal was never charged, and never will be.
async function isOver(row) {
  try {
    return (await call("GET", `proposals/${row.id}`)).released !== null;
  } catch (error) {
    if (error.code === "proposal_unknown") return true;
    throw error;
  }
}

const [, , command, ...words] = process.argv;
const run = { sync, propose, settle }[command];
if (run === undefined) {
  console.error("say sync, propose ID FREELANCER JOB LETTER, or settle");
  process.exit(2);
}
try {
  console.log(await run(...words));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
