/**
 * What can go wrong in the product's own words. Verbs throw these; `web/problem-to-response` and the API turn them
 * into a status and a kind sentence (the sentence lives in the catalogues under `problem.<kind>`).
 */
export type ProblemKind =
  | "not-found"
  | "not-allowed"
  | "sign-in-needed"
  | "already-covered"
  | "already-closed"
  | "changed-meanwhile"
  | "too-late-to-undo"
  | "not-open"
  | "wrong-step"
  | "own-post"
  | "ask-coordinators"
  | "too-many"
  | "invalid-input"
  | "invalid-code"
  | "invalid-passkey"
  | "second-step"
  | "key-reused"
  | "too-busy"
  | "unavailable"
  | "unexpected"
  | "malformed"
  | "method-not-allowed"
  | "too-large"
  | "unsupported-type";

const STATUS: Record<ProblemKind, number> = {
  "not-found": 404,
  "not-allowed": 403,
  "sign-in-needed": 401,
  "already-covered": 409,
  "already-closed": 409,
  "changed-meanwhile": 409,
  "too-late-to-undo": 409,
  "not-open": 409,
  "wrong-step": 409,
  "own-post": 409,
  "ask-coordinators": 409,
  "too-many": 429,
  "invalid-input": 422,
  "invalid-code": 422,
  "invalid-passkey": 422,
  "second-step": 403,
  "key-reused": 422,
  "too-busy": 503,
  unavailable: 503,
  unexpected: 500,
  malformed: 400,
  "method-not-allowed": 405,
  "too-large": 413,
  "unsupported-type": 415,
};

export const PROBLEM_KINDS = Object.keys(STATUS) as ProblemKind[];
export const statusOf = (kind: ProblemKind): number => STATUS[kind];

export class Problem extends Error {
  override name = "Problem";
  readonly status: number;

  /** @param facts numbers and codes the sentence needs (`{ remaining: 3 }`); never anything sealed. */
  constructor(
    readonly kind: ProblemKind,
    readonly facts: Record<string, string | number> = {},
  ) {
    super(kind);
    this.status = STATUS[kind];
  }
}
