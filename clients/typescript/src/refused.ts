import type { Problem } from "./generated/types.gen.ts";

/** Connects says no: `code` for programs, which never changes, and `message` for people. */
export class Refused extends Error {
  readonly code: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  readonly status: number;

  constructor(status: number, problem: Problem, requestId: string) {
    super(`${problem.code}: ${problem.message}`);
    this.name = "Refused";
    this.status = status;
    this.code = problem.code;
    this.parameters = problem.parameters;
    this.requestId = requestId;
  }
}

/** Something else than Connects answered, or it broke: nobody knows whether the call had an effect.
 *
 * To send the same again is safe wherever a name is in the address. */
export class Unanswered extends Error {
  readonly status: number;

  constructor(status: number, text: string) {
    super(`${status}: ${text.slice(0, 200)}`);
    this.name = "Unanswered";
    this.status = status;
  }
}

/** What is thrown instead of what the generated client throws. */
export function errorFor(thrown: unknown, response: Response | undefined): unknown {
  if (response === undefined || response.ok) return thrown;
  if (isProblem(thrown)) {
    return new Refused(response.status, thrown, response.headers.get("Connects-Request-Id") ?? "");
  }
  return new Unanswered(response.status, typeof thrown === "string" ? thrown : "");
}

function isProblem(told: unknown): told is Problem {
  return typeof told === "object" && told !== null && "code" in told && "message" in told;
}
