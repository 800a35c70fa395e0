import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from "@simplewebauthn/server";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { spend } from "#app/people/human/spend.server.ts";
import { readTicket, writeTicket } from "#app/people/human/ticket.server.ts";
import { isUuid } from "#app/people/uuid.ts";

/** So long a browser has for it; W3C WebAuthn Level 3 §15.1 recommends 5 to 10 minutes. */
const MINUTES = 5;
const LONGEST = 20_000;
const MOST = 10;

/** Whom a passkey is for: this installation's host, whatever its port (WebAuthn §4, "relying party identifier"). */
const partyOf = ({ publicUrl }: Ctx) => new URL(publicUrl).hostname;
const challengeOf = (ctx: Ctx): string => writeTicket(ctx, "passkey", ctx.now);

/** Counts a challenge of ours once, while it is not too old. */
async function isOurs(ctx: Ctx, challenge: string): Promise<boolean> {
  const ticket = readTicket(ctx, Buffer.from(challenge, "base64url").toString("utf8"));
  if (ticket?.kind !== "passkey") return false;
  const until = new Date(ticket.at.getTime() + MINUTES * 60_000);
  return until > ctx.now && spend(ctx, `passkey ${ticket.nonce}`, until);
}

/** What a browser needs to make a passkey for me. Says nobody's name or number: the device asks whose it is. */
export async function passkeyToMake(ctx: PersonCtx): Promise<object> {
  const mine = await ctx.db.sql<{ id: string }[]>`
    select id from second_steps where person_id = ${ctx.person.id}::uuid and kind = 'passkey'`;
  return generateRegistrationOptions({
    rpName: "Manyhands",
    rpID: partyOf(ctx),
    userName: partyOf(ctx),
    userID: new Uint8Array(Buffer.from(ctx.person.id.replaceAll("-", ""), "hex")),
    challenge: challengeOf(ctx),
    timeout: MINUTES * 60_000,
    excludeCredentials: [...mine],
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/**
 * Keeps the passkey that a browser made.
 *
 * @param input `answer` what the browser says, JSON; `device` a coarse label.
 * @throws Problem `invalid-passkey` for whatever is wrong with it; `too-many` beyond ten.
 */
export async function addPasskey(ctx: PersonCtx, input: { answer: string; device: string }): Promise<void> {
  const made = await verified(() =>
    verifyRegistrationResponse({
      response: parse<RegistrationResponseJSON>(input.answer),
      expectedChallenge: (challenge) => isOurs(ctx, challenge),
      expectedOrigin: ctx.publicUrl,
      expectedRPID: partyOf(ctx),
      requireUserVerification: true,
    }),
  );
  const { id, publicKey, counter } = made.registrationInfo!.credential;
  // A person's id names the row of their app: no authenticator makes such a one but to take that place.
  if (isUuid(id)) throw new Problem("invalid-passkey");
  const [kept] = await ctx.db.sql<{ is_full: boolean; added: boolean }[]>`
    with mine as (select count(*) >= ${MOST}::int as is_full from second_steps where person_id = ${ctx.person.id}::uuid and kind = 'passkey'),
    made as (
      insert into second_steps (id, person_id, kind, public_key, counter, device, created_at)
      select ${id}, ${ctx.person.id}::uuid, 'passkey', ${Buffer.from(publicKey).toString("base64url")}, ${counter}::bigint,
        ${input.device}, ${ctx.now}::timestamptz from mine where not is_full
      on conflict (id) do nothing returning person_id
    ), happened as (
      insert into events (type, actor_id, data, at)
      select 'second_step.added', person_id, jsonb_build_object('personId', person_id, 'kind', 'passkey'), ${ctx.now}::timestamptz from made
    )
    select is_full, exists (select from made) as added from mine`;
  if (kept?.is_full) throw new Problem("too-many");
  if (!kept?.added) throw new Problem("invalid-passkey");
}

/** What a browser needs to sign in with a passkey that it, or the person in front of it, chooses. */
export const passkeyToUse = (ctx: Ctx): Promise<object> =>
  generateAuthenticationOptions({
    rpID: partyOf(ctx),
    challenge: challengeOf(ctx),
    timeout: MINUTES * 60_000,
    userVerification: "required",
  });

/**
 * Which passkey signed our challenge.
 *
 * @returns its id and the counter it is at now, which is compared once more when it is counted.
 * @throws Problem `invalid-passkey`: unknown, forged, replayed, too late, for another place, or without its owner's consent.
 */
export async function readPasskey(ctx: Ctx, answer: string): Promise<{ id: string; counter: number }> {
  const response = parse<AuthenticationResponseJSON>(answer);
  const [known] = await ctx.db.sql<{ public_key: string; counter: string }[]>`
    select public_key, counter from second_steps where id = ${String(response.id)} and kind = 'passkey'`;
  if (!known) throw new Problem("invalid-passkey");
  const { authenticationInfo } = await verified(() =>
    verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => isOurs(ctx, challenge),
      expectedOrigin: ctx.publicUrl,
      expectedRPID: partyOf(ctx),
      requireUserVerification: true,
      credential: {
        id: response.id,
        publicKey: new Uint8Array(Buffer.from(known.public_key, "base64url")),
        counter: Number(known.counter),
      },
    }),
  );
  return { id: response.id, counter: authenticationInfo.newCounter };
}

function parse<T>(answer: string): T {
  if (answer.length > LONGEST) throw new Problem("invalid-passkey");
  try {
    const read: unknown = JSON.parse(answer);
    if (typeof read === "object" && read !== null) return read as T;
  } catch {
    // Falls through: whatever it was, it is no answer of a browser.
  }
  throw new Problem("invalid-passkey");
}

/** The library throws for most of what can be wrong, with words for developers. */
async function verified<T extends { verified: boolean }>(check: () => Promise<T>): Promise<T> {
  const result = await check().catch(() => null);
  if (!result?.verified) throw new Problem("invalid-passkey");
  return result;
}
