import type { Ctx } from "#app/core/ctx.ts";
import { askingAddress } from "#app/people/asking-address.ts";
import { takeFromLimit } from "#app/people/rate-limit.server.ts";
import { provesWork } from "./challenge.server.ts";
import { spend } from "./spend.server.ts";
import { readTicket, writeTicket } from "./ticket.server.ts";

const PASS_MINUTES = 30;
/** What a pass opens is counted for each kind of act, so that one sum is not good for a hundred texts. */
const USES = { max: 5, perSeconds: 3600 };
const WAIT_SECONDS = 60;
const WAITED_MINUTES = 15;
/** Waiting costs a program nothing, so it is for few: by address, and on the whole site. */
const WAITS = { address: { max: 20, perSeconds: 3600 }, site: { max: 200, perSeconds: 3600 } };

/** By a sum done, or, without scripts, by waiting. */
export type Proof = "work" | "waited";
export type Earned =
  | { pass: string; failed?: undefined }
  /** `wait`: so many seconds too early · `proof`: it did not count · `full`: too many wait already. */
  | { pass?: undefined; failed: "wait" | "proof" | "full"; seconds: number };

/** For whoever has no scripts: what the form hands back a minute later. */
export const newWait = (ctx: Ctx): string => writeTicket(ctx, "wait", ctx.now);

/** Makes a pass of a sum that was done, or of a minute that was waited. Either counts once. */
export async function earnPass(
  ctx: Ctx,
  given: { proof: string | undefined; wait: string | undefined; address: string | null },
): Promise<Earned> {
  if (given.proof) {
    if (!(await provesWork(ctx, given.proof))) return { failed: "proof", seconds: 0 };
    return { pass: passOf(ctx, "work") };
  }
  const waiting = readTicket(ctx, given.wait);
  if (waiting?.kind !== "wait") return { failed: "proof", seconds: 0 };
  const waited = Math.floor((ctx.now.getTime() - waiting.at.getTime()) / 1000);
  if (waited < WAIT_SECONDS) return { failed: "wait", seconds: WAIT_SECONDS - Math.max(0, waited) };
  const until = new Date(waiting.at.getTime() + WAITED_MINUTES * 60_000);
  if (until <= ctx.now || !(await spend(ctx, `wait ${waiting.nonce}`, until))) return { failed: "proof", seconds: 0 };
  const address = askingAddress(given.address);
  if (address && !(await takeFromLimit(ctx, { key: `waits from ${address}`, ...WAITS.address })))
    return { failed: "full", seconds: 0 };
  if (!(await takeFromLimit(ctx, { key: "waits", ...WAITS.site }))) return { failed: "full", seconds: 0 };
  return { pass: passOf(ctx, "waited") };
}

const passOf = (ctx: Ctx, how: Proof) => writeTicket(ctx, how, new Date(ctx.now.getTime() + PASS_MINUTES * 60_000));

/** What a pass says while it holds: how it was earned, and a number to count what it is used for. */
export function readPass(ctx: Ctx, token: string | null): { how: Proof; nonce: string } | null {
  const ticket = readTicket(ctx, token);
  if (!ticket || ticket.at <= ctx.now) return null;
  return ticket.kind === "work" || ticket.kind === "waited" ? { how: ticket.kind, nonce: ticket.nonce } : null;
}

/**
 * Uses a pass for an act such as `sign-in`.
 *
 * @returns how it was earned; null when there is none, it is over, or was used for this five times.
 */
export async function usePass(ctx: Ctx, token: string | null, what: string): Promise<Proof | null> {
  const pass = readPass(ctx, token);
  if (!pass || !(await takeFromLimit(ctx, { key: `pass ${pass.nonce} ${what}`, ...USES }))) return null;
  return pass.how;
}
