import type { Ctx } from "#app/core/ctx.ts";
import { whyNotTexted } from "#app/core/countries.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { askingAddress, networkOf } from "./asking-address.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { parsePhone } from "./phone.server.ts";
import { secondsLeft, takeFromLimit } from "./rate-limit.server.ts";

/** How long a code is good for, and how often one may guess: OWASP ASVS 5.0 V6.5.5 and V6.6.3. */
export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;

const HOUR = 3600;
const DAY = 86_400;
const PHONE_LIMITS = [
  { max: 1, perSeconds: 30 },
  { max: 3, perSeconds: 600 },
  { max: 5, perSeconds: DAY },
];
/** Who is signed in asks for their own number alone, and may have several things to confirm in a day. */
const OWN_LIMITS = [
  { max: 1, perSeconds: 30 },
  { max: 4, perSeconds: 600 },
  { max: 20, perSeconds: DAY },
];
/** What nobody gets past: a bill that a pumper of texts could run up. */
const SITE_LIMIT = { max: 5_000, perSeconds: DAY };
/**
 * Past one of these a browser shows that somebody is behind it, and goes on: a shelter's phones share one address, and Tor's users many.
 * Numbers that differ in the last four digits only are what text pumping is made of.
 */
const SOFT = {
  address: { max: 60, perSeconds: HOUR },
  network: { max: 120, perSeconds: HOUR },
  prefix: { max: 20, perSeconds: HOUR },
  site: { max: 1_000, perSeconds: DAY },
};
/** Of the last hour's codes fewer than a fifth were typed in: most of them went to nobody who asked. */
const FEW_TYPED = { share: 0.2, of: 50 };

/**
 * Sends a code to a number. Known and unknown numbers take the same path and get the same answer; an unknown one
 * becomes a person who has proved nothing yet.
 *
 * @param input `phone` in any format, `address` the asker's network address (kept only as a keyed hash), `locale` for
 *   somebody new, `human`: they have shown that they are one, `own`: it is the number of who is signed in already.
 * @returns the id of the challenge, which only the asking browser may hold: a code works with its own challenge.
 * @throws Problem `invalid-input` with `field: "phone"` and, where it is a number that is not texted, `why`; `too-many` with `seconds` to wait, and with
 *   `proof` where showing that one is human is enough.
 */
export async function startSignIn(
  ctx: Ctx,
  input: { phone: string; address?: string | null; locale?: Locale; human?: boolean; own?: boolean },
): Promise<{ challengeId: string }> {
  const phone = parsePhone(input.phone);
  if (!phone) throw new Problem("invalid-input", { field: "phone" });
  const why = whyNotTexted(phone, ctx.textsTo);
  if (why) throw new Problem("invalid-input", { field: "phone", why });
  if (!input.human && !input.own) await takeSoftLimits(ctx, phone, askingAddress(input.address));
  await takeHardLimits(ctx, phone, input.own);

  const personId = newId(ctx.now);
  const challengeId = newId(ctx.now);
  const expiresAt = new Date(ctx.now.getTime() + CODE_MINUTES * 60_000);
  await ctx.db.sql`
    with person as (
      insert into people as p (id, phone_sealed, phone_lookup, locale, time_zone, created_at)
      values (
        ${personId}::uuid,
        ${ctx.seal.seal(phone, { table: "people", column: "phone_sealed", row: personId })},
        ${ctx.seal.lookup("phone", phone)},
        ${input.locale ?? "en"},
        ${homeZone()},
        ${ctx.now}::timestamptz
      )
      on conflict (phone_lookup) do update set phone_lookup = p.phone_lookup
      returning id
    ), code as (
      insert into sign_in_codes (id, person_id, created_at, expires_at)
      select ${challengeId}::uuid, id, ${ctx.now}::timestamptz, ${expiresAt}::timestamptz from person
      returning id, person_id
    )
    insert into events (type, actor_id, data, at)
    select 'sign_in.asked', person_id, jsonb_build_object('challengeId', id), ${ctx.now}::timestamptz from code`;
  return { challengeId };
}

async function takeHardLimits(ctx: Ctx, phone: string, own = false): Promise<void> {
  const key = own ? `confirming by ${phone}` : `sign-in to ${phone}`;
  for (const limit of own ? OWN_LIMITS : PHONE_LIMITS) await take(ctx, key, limit);
  await take(ctx, "sign-in anywhere", SITE_LIMIT).catch((problem: unknown) => {
    ctx.log.error("no more codes today: somebody asks for too many");
    throw problem;
  });
}

async function takeSoftLimits(ctx: Ctx, phone: string, address: string | null): Promise<void> {
  const proof = { proof: 1 };
  if (address) {
    await take(ctx, `sign-in from ${address}`, SOFT.address, proof);
    await take(ctx, `sign-in from net ${networkOf(address)}`, SOFT.network, proof);
  }
  await take(ctx, `sign-in to like ${phone.slice(0, -4)}`, SOFT.prefix, proof);
  await take(ctx, "sign-in anywhere, unproved", SOFT.site, proof);
  if (await fewAreTyped(ctx)) throw new Problem("too-many", { seconds: HOUR, ...proof });
}

type Limit = { max: number; perSeconds: number };

async function take(ctx: Ctx, key: string, limit: Limit, facts: Record<string, number> = {}): Promise<void> {
  if (await takeFromLimit(ctx, { key, ...limit })) return;
  throw new Problem("too-many", { seconds: secondsLeft(ctx.now, limit.perSeconds), ...facts });
}

/** Codes of the last minutes may still be typed in. */
async function fewAreTyped({ db: { sql }, now, rateLimits }: Ctx): Promise<boolean> {
  if (rateLimits === false) return false;
  const [row] = await sql<{ sent: number; typed: number }[]>`
    select count(*)::int as sent, count(used_at)::int as typed from sign_in_codes
    where created_at > ${now}::timestamptz - interval '70 minutes' and created_at < ${now}::timestamptz - interval '10 minutes'`;
  return row!.sent >= FEW_TYPED.of && row!.typed < row!.sent * FEW_TYPED.share;
}
