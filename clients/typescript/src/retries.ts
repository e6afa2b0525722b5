// Sending the same again: safe, because the names in the addresses are the keys of what is done.
//
// A call that broke may have had its effect. Where the same again has no second one, it is sent again;
// where it would have (a rotated secret, a replay), only if it was refused before it was done.

/** How often a call is sent, and how long it waits before it is sent again. */
export interface Retries {
  /** How often a call is sent at most; 5 unless said otherwise. */
  tries?: number;
  /** Waits double from here on; each is drawn evenly between nothing and that. */
  firstMs?: number;
  mostMs?: number;
  /** `Retry-After` is honoured up to this; a longer one is not waited for. */
  longestMs?: number;
  draw?: () => number;
  sleep?: (ms: number) => Promise<void>;
}

type Fetch = typeof globalThis.fetch;

const TOO_MANY = 429;
const CONFLICT = 409;
const PASSING = new Set([502, 503, 504]);
const NAMED_BY_HEADER = /\/(grants|proposals|purchases)$/;
const SAFE_POSTS =
  /\/(quotes|prices|proposals\/[^/]+\/[a-z_]+|jobs\/[^/]+\/end|purchases\/[^/]+\/reverse)$/;

/** `fetch` with retries. */
export function retryingFetch(inner: Fetch, timeoutMs: number, retries: Retries): Fetch {
  const { tries = 5, firstMs = 200, mostMs = 10_000, longestMs = 60_000 } = retries;
  const { draw = Math.random, sleep = slept } = retries;

  function pause(request: Request, tried: number, response?: Response): number | undefined {
    if (tried >= tries || !mayRepeat(request, response)) return undefined;
    const asked = response && retryAfterMs(response);
    if (asked === undefined) return draw() * Math.min(mostMs, firstMs * 2 ** (tried - 1));
    return asked <= longestMs ? asked : undefined;
  }

  return async (input, init) => {
    const request = named(new Request(input, init));
    for (let tried = 1; ; tried++) {
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]);
      let ms: number | undefined;
      try {
        const response = await inner(new Request(request.clone(), { signal }));
        ms = pause(request, tried, response);
        if (ms === undefined) return response;
        await response.body?.cancel();
      } catch (error) {
        ms = request.signal.aborted ? undefined : pause(request, tried);
        if (ms === undefined) throw error;
      }
      await sleep(ms);
    }
  };
}

function slept(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A POST that makes something gets a name, so that it can be sent again. */
function named(request: Request): Request {
  const path = new URL(request.url).pathname;
  if (request.method === "POST" && NAMED_BY_HEADER.test(path) && !hasName(request)) {
    request.headers.set("Idempotency-Key", crypto.randomUUID());
  }
  return request;
}

function hasName(request: Request): boolean {
  return request.headers.has("Idempotency-Key");
}

function mayRepeat(request: Request, response?: Response): boolean {
  if (response === undefined) return isSameTwice(request);
  const { status, headers } = response;
  // Of all conflicts only `in_progress` names a time: another request is at it, and nothing was done.
  if (status === TOO_MANY || (status === CONFLICT && headers.has("Retry-After"))) return true;
  return PASSING.has(status) && isSameTwice(request);
}

function isSameTwice(request: Request): boolean {
  const path = new URL(request.url).pathname;
  return request.method !== "POST" || hasName(request) || SAFE_POSTS.test(path);
}

/** What the answer asks to wait: it says seconds, or names an instant. */
function retryAfterMs(response: Response): number | undefined {
  const told = response.headers.get("Retry-After");
  if (told === null) return undefined;
  if (/^\d+$/.test(told)) return Number(told) * 1000;
  const then = Date.parse(told);
  return Number.isNaN(then) ? undefined : Math.max(0, then - Date.now());
}
