export { Connects, type Settings, type Wanted } from "./connects.ts";
export type * from "./generated/types.gen.ts";
export { Refused, Unanswered } from "./refused.ts";
export type { Retries } from "./retries.ts";
