import { createChallenge, randomInt, verifySolution, type Challenge, type Payload } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import type { Ctx } from "#app/core/ctx.ts";
import { spend } from "./spend.server.ts";

const MINUTES = 10;
/** A second or so on a phone of some years ago; for whoever sends thousands, hours. */
const WORK = { cost: 5_000, least: 150, most: 300 };
const LONGEST = 4_000;

/** A sum for a browser to do (ALTCHA, PBKDF2): signed, good for ten minutes, and about nobody. */
export function newChallenge(ctx: Ctx): Promise<Challenge> {
  return createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost: WORK.cost,
    counter: randomInt(WORK.most, WORK.least),
    expiresAt: new Date(ctx.now.getTime() + MINUTES * 60_000),
    deriveKey,
    ...secretsOf(ctx),
  });
}

/**
 * Whether a browser has done the sum. Each solution counts once, on whichever server it comes in first; one that is
 * forged, garbled, too late or not ours never does.
 *
 * @param payload what the widget hands in: base64 of `{ challenge, solution }`.
 */
export async function provesWork(ctx: Ctx, payload: string | undefined): Promise<boolean> {
  const read = readPayload(payload);
  if (!read) return false;
  const { expiresAt = 0, nonce } = read.challenge.parameters;
  if (expiresAt * 1000 <= ctx.now.getTime()) return false;
  try {
    const { challenge, solution } = read;
    const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secretsOf(ctx) });
    return verified && (await spend(ctx, `work ${nonce}`, new Date(expiresAt * 1000)));
  } catch {
    return false;
  }
}

const secretsOf = ({ seal }: Ctx) => ({
  hmacSignatureSecret: seal.lookup("limit", "challenge"),
  hmacKeySignatureSecret: seal.lookup("limit", "challenge key"),
});

function readPayload(payload: string | undefined): Payload | null {
  if (!payload || payload.length > LONGEST) return null;
  try {
    const read = JSON.parse(Buffer.from(payload, "base64").toString("utf8")) as Payload | null;
    const { algorithm, cost } = read?.challenge?.parameters ?? {};
    // What it would cost us to check is settled before the signature is: it must be a sum of ours.
    return algorithm === "PBKDF2/SHA-256" && cost === WORK.cost && read?.solution ? read : null;
  } catch {
    return null;
  }
}
