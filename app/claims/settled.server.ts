import { Problem } from "#app/core/problems.ts";

/** Statements that lost a deadlock or met their own twin changed nothing, so asking again is safe. */
const AGAIN = new Set(["40P01", "40001"]);

/** The unique key that a request sent twice at the same moment runs into. */
const TWIN = "claims_idempotency";

/** Longer than PostgreSQL itself lets a statement run: past this, the driver has lost it with a dead connection. */
const LOST_AFTER_MS = 7_000;

/**
 * Runs one statement, and once more where PostgreSQL rolled it back for the sake of another: a deadlock, a
 * serialization failure, or the same request on another connection.
 *
 * @throws Problem `too-busy` when no answer comes at all; sent again with the same key, the request is safe.
 */
export async function settled<T>(statement: () => Promise<T>, tries = 4): Promise<T> {
  try {
    return await inTime(statement());
  } catch (error) {
    if (tries <= 1 || !mayRepeat(error)) throw error;
    return settled(statement, tries - 1);
  }
}

function mayRepeat(error: unknown): boolean {
  const { code, constraint_name: constraint } = error as { code?: string; constraint_name?: string };
  return AGAIN.has(code ?? "") || (code === "23505" && constraint === TWIN);
}

function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const lost = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem("too-busy")), LOST_AFTER_MS);
  });
  return Promise.race([work, lost]).finally(() => clearTimeout(timer));
}
