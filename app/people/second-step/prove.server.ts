import type { PendingQuery, Row } from "postgres";
import type { Ctx, PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { newSession, type PersonRow, type SignedInNow } from "#app/people/new-session.server.ts";
import { secondsLeft, takeFromLimit } from "#app/people/rate-limit.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { readAppCode } from "./app.server.ts";
import { paperHash } from "./paper.server.ts";
import { readPasskey } from "./passkeys.server.ts";

type Fragment = PendingQuery<Row[]>;
/** What somebody shows: what a passkey signed (JSON), or a code of an app or from paper as typed. */
export type Shown = { passkey?: string | undefined; code?: string | undefined };

/** So long after a right code by text the second step can follow. */
const MINUTES = 10;
const TRIES = 5;
/** Whoever has somebody's number guesses no more often than this. */
const GUESSES = { max: 10, perSeconds: 3600 };

/**
 * The second step after a right code by text. One statement counts the try, uses up what was shown and begins the session.
 *
 * @param input `challengeId` as for `finishSignIn`, from the browser that typed the code.
 * @throws Problem `invalid-code` or `invalid-passkey`, whatever the reason; `too-many` with `seconds`.
 */
export async function finishSecondStep(
  ctx: Ctx,
  { challengeId, shown, device }: { challengeId: string; shown: Shown; device: string },
): Promise<SignedInNow> {
  const { sql } = ctx.db;
  const personId = await whoWaits(ctx, challengeId);
  if (!personId) throw new Problem("invalid-code");
  const { used } = await useOf(ctx, personId, shown);
  const begins = newSession(ctx, { device, of: sql`select person_id from attempt where stepped` });
  const [made] = await sql<PersonRow[]>`
    with used as (${used}), attempt as (
      update sign_in_codes c set step_tries = c.step_tries + 1, stepped_at = case when exists (select from used) then ${ctx.now}::timestamptz end
      where ${isWaiting(ctx, challengeId)} returning c.person_id, c.stepped_at is not null as stepped
    ), ${begins.ctes}
    select ${begins.columns} from session join people p on p.id = session.person_id`;
  if (!made) throw new Problem(shown.passkey ? "invalid-passkey" : "invalid-code");
  return begins.signedIn(made);
}

/** Whether this browser has typed a right code, and the second step is still to come. */
export const awaitsSecondStep = async (ctx: Ctx, challengeId: string | null): Promise<boolean> =>
  challengeId !== null && (await whoWaits(ctx, challengeId)) !== null;

/** Signs in with a passkey alone: it is something one has, and opens to its owner only. @throws Problem `invalid-passkey`. */
export const signInByPasskey = (
  ctx: Ctx,
  { passkey, device }: { passkey: string; device: string },
): Promise<SignedInNow> => begin(ctx, { personId: null, shown: { passkey }, device });

/** Proves anew who is at a signed-in browser; the session gets a new token. @throws Problem as `finishSecondStep` does. */
export const renewBySecondStep = (
  ctx: PersonCtx,
  given: { token: string; shown: Shown; device: string },
): Promise<SignedInNow> =>
  begin(ctx, { personId: ctx.person.id, shown: given.shown, device: given.device, renews: given.token });

async function begin(
  ctx: Ctx,
  { personId, shown, device, renews }: { personId: string | null; shown: Shown; device: string; renews?: string },
): Promise<SignedInNow> {
  const { sql } = ctx.db;
  const { used } = await useOf(ctx, personId, shown);
  const begins = newSession(ctx, { device, of: sql`select person_id from used`, renews });
  const [made] = await sql<PersonRow[]>`
    with used as (${used}), ${begins.ctes}
    select ${begins.columns} from session join people p on p.id = session.person_id`;
  if (!made) throw new Problem(shown.passkey ? "invalid-passkey" : "invalid-code");
  return begins.signedIn(made);
}

/**
 * SQL that uses up what was shown and says whose it was; no row where it is wrong, not this person's, or was used before. A passkey
 * says itself whose it is, where nobody else did. In an object, as a query that is returned by itself would be awaited.
 */
const useOf = (ctx: Ctx, personId: string | null, { passkey, code }: Shown): Promise<{ used: Fragment }> =>
  passkey || !personId ? usePasskey(ctx, personId, passkey ?? "") : useCode(ctx, personId, code ?? "");

async function usePasskey(ctx: Ctx, personId: string | null, answer: string): Promise<{ used: Fragment }> {
  const { sql } = ctx.db;
  const { id, counter } = await readPasskey(ctx, answer);
  const owner = personId ? sql`p.id = ${personId}::uuid` : sql`p.phone_lookup is not null`;
  // WebAuthn §6.1.1: a counter that does not grow, unless it stays 0, may be a copy's.
  const used = sql`
    update second_steps t set counter = ${counter}::bigint, used_on = ${ctx.now}::timestamptz::date
    from people p where t.id = ${id} and p.id = t.person_id and ${owner}
      and (t.counter < ${counter}::bigint or t.counter = 0 and ${counter}::bigint = 0)
    returning t.person_id`;
  return { used };
}

async function useCode(ctx: Ctx, personId: string, typed: string): Promise<{ used: Fragment }> {
  const { sql } = ctx.db;
  if (!(await takeFromLimit(ctx, { key: `second step of ${personId}`, ...GUESSES })))
    throw new Problem("too-many", { seconds: secondsLeft(ctx.now, GUESSES.perSeconds) });
  const step = await readAppCode(ctx, personId, typed);
  const used =
    step === null
      ? sql`delete from second_steps t where t.id = ${paperHash(ctx, personId, typed)} and t.person_id = ${personId}::uuid
          and t.kind = 'paper' returning t.person_id`
      : sql`update second_steps t set counter = ${step}::bigint, used_on = ${ctx.now}::timestamptz::date
          where t.person_id = ${personId}::uuid and t.kind = 'app' and t.counter < ${step}::bigint returning t.person_id`;
  return { used };
}

async function whoWaits(ctx: Ctx, challengeId: string): Promise<string | null> {
  if (!isUuid(challengeId)) return null;
  const [row] = await ctx.db.sql<{ person_id: string }[]>`
    select c.person_id from sign_in_codes c where ${isWaiting(ctx, challengeId)}`;
  return row?.person_id ?? null;
}

const isWaiting = ({ db: { sql }, now }: Ctx, challengeId: string): Fragment => sql`
  c.id = ${challengeId}::uuid and c.used_at > ${now}::timestamptz - make_interval(mins => ${MINUTES}) and c.stepped_at is null
  and c.step_tries < ${TRIES}::int`;
