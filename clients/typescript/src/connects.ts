import { createClient, createConfig } from "./generated/client/index.ts";
import { Operations } from "./generated/sdk.gen.ts";
import type {
  DeliveryDocument,
  EntryDocument,
  EventDocument,
  EventPage,
  ListEntriesData,
  LotDocument,
} from "./generated/types.gen.ts";
import { errorFor } from "./refused.ts";
import { type Retries, retryingFetch } from "./retries.ts";

/** What may be said of a client besides its address and key. */
export interface Settings {
  retries?: Retries;
  /** How long one try may take; 10 seconds unless said otherwise. */
  timeoutMs?: number;
  /** For a proxy or a stand-in. */
  fetch?: typeof globalThis.fetch;
}

/** What of the feed is asked for. */
export interface Wanted {
  after?: string;
  types?: readonly string[];
  account?: string;
}

interface Page<T> {
  items: T[];
  next: string | null;
}

/** Connects, asked with a server key: `new Connects("https://connects.example", "csk_live_…")`.
 *
 * One for the whole program. Each operation of the API is a method; refusals are thrown as `Refused`. */
export class Connects extends Operations {
  constructor(url: string, key: string, settings: Settings = {}) {
    const { retries = {}, timeoutMs = 10_000, fetch = globalThis.fetch } = settings;
    const client = createClient(
      createConfig({
        auth: key,
        baseUrl: url.replace(/\/+$/, ""),
        fetch: retryingFetch(fetch, timeoutMs, retries),
        throwOnError: true,
      }),
    );
    client.interceptors.error.use(errorFor);
    super({ client });
  }

  /** Each line of an account's history, newest first unless said otherwise. */
  entries(id: string, query: ListEntriesData["query"] = {}): AsyncGenerator<EntryDocument> {
    return each((cursor) => this.listEntries({ path: { id }, query: { ...query, cursor } }));
  }

  /** Each open lot, in the order in which they are spent. */
  lots(id: string): AsyncGenerator<LotDocument> {
    return each((cursor) => this.listLots({ path: { id }, query: { cursor } }));
  }

  /** Each delivery of the last 30 days, newest first. */
  webhookDeliveries(id: string): AsyncGenerator<DeliveryDocument> {
    return each((cursor) => this.listWebhookDeliveries({ path: { id }, query: { cursor } }));
  }

  /** What has happened since a cursor, until now. Keep a page's `next` with what you make of it. */
  async *eventPages({ after, types = [], account }: Wanted = {}): AsyncGenerator<EventPage> {
    const query = { types: types.join(","), account };
    for (;;) {
      const page: EventPage = await this.listEvents({ query: { ...query, after } });
      if (page.items.length > 0) yield page;
      after = page.next;
      if (!page.has_more) return;
    }
  }

  /** Each event since a cursor, until now. */
  async *events(wanted: Wanted = {}): AsyncGenerator<EventDocument> {
    for await (const page of this.eventPages(wanted)) yield* page.items;
  }
}

async function* each<T>(
  pageAfter: (cursor: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const page = await pageAfter(cursor);
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}
