import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isUuid } from "#app/people/uuid.ts";
import { blockRelay } from "./block-relay.server.ts";
import { LONGEST_WORDS, relayText } from "./relay-text.server.ts";
import type { RelayOutcome } from "./relay.ts";
import { reportRelay } from "./report-relay.server.ts";
import { shareNumber } from "./share-number.server.ts";
import type { ThreadFault } from "./thread.tsx";

/** Does what a form of a conversation says, for one of its two sides. @returns what to mend, or null when it is done. */
export async function actOnThread(
  ctx: Ctx,
  { personId, claimId, values }: { personId: string; claimId: string; values: Record<string, string> },
): Promise<ThreadFault | null> {
  if (!isUuid(claimId)) throw new Problem("not-found");
  const which = { personId, claimId, code: null };
  switch (values["act"]) {
    case "say":
      return sayTyped(ctx, { ...which, toNumber: null }, values);
    case "share":
      return done(await shareNumber(ctx, which));
    case "block":
      return done(await blockRelay(ctx, which));
    case "report":
      return done(await reportRelay(ctx, which));
    default:
      throw new Problem("invalid-input");
  }
}

async function sayTyped(
  ctx: Ctx,
  which: { personId: string; claimId: string; code: null; toNumber: null },
  values: Record<string, string>,
): Promise<ThreadFault | null> {
  const words = values["words"] ?? "";
  const sayKey = values["key"] ?? "";
  const length = words.trim().length;
  if (length === 0) return { words, message: "relay.error.words" };
  if (length > LONGEST_WORDS) return { words, message: "relay.error.long" };
  if (sayKey === "" || sayKey.length > 100) throw new Problem("invalid-input");
  try {
    const said = await relayText(ctx, { ...which, words, sayKey: `web:${sayKey}` });
    return said.kind === "closed" ? { words, message: "relay.thread.ended" } : done(said);
  } catch (error) {
    if (error instanceof Problem && error.kind === "too-many") return { words, message: "relay.error.many" };
    throw error;
  }
}

/** A second tap finds it done. Whoever is no side of it finds nothing. */
function done({ kind }: RelayOutcome): null {
  if (kind === "none" || kind === "which") throw new Problem("not-found");
  return null;
}
