import type { Ctx } from "#app/core/ctx.ts";
import { newId } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { askingAddress } from "./asking-address.ts";
import { homeZone } from "#app/core/time-zone.ts";
import { parsePhone } from "./phone.server.ts";
import { secondsLeft, takeFromLimit } from "./rate-limit.server.ts";

/** How long a code is good for, and how often one may guess: OWASP ASVS 5.0 V6.5.5 and V6.6.3. */
export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;

const PHONE_LIMITS = [
  { max: 1, perSeconds: 30 },
  { max: 3, perSeconds: 600 },
  { max: 10, perSeconds: 86_400 },
];
/** Generous, because a shelter's phones share one address. */
const ADDRESS_LIMIT = { max: 60, perSeconds: 3600 };

/**
 * Sends a code to a number. Known and unknown numbers take the same path and get the same answer; an unknown one
 * becomes a person who has proved nothing yet.
 *
 * @param input `phone` in any format, `address` the asker's network address (kept only as a keyed hash), `locale` for
 *   somebody new.
 * @returns the id of the challenge, which only the asking browser may hold: a code works with its own challenge.
 * @throws Problem `invalid-input` with `field: "phone"`; `too-many` with `seconds` to wait.
 */
export async function startSignIn(
  ctx: Ctx,
  input: { phone: string; address?: string | null; locale?: Locale },
): Promise<{ challengeId: string }> {
  const phone = parsePhone(input.phone);
  if (!phone) throw new Problem("invalid-input", { field: "phone" });
  await takeSignInLimits(ctx, phone, askingAddress(input.address));

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

async function takeSignInLimits(ctx: Ctx, phone: string, address: string | null): Promise<void> {
  const limits = [
    ...(address ? [{ key: `sign-in from ${address}`, ...ADDRESS_LIMIT }] : []),
    ...PHONE_LIMITS.map((limit) => ({ key: `sign-in to ${phone}`, ...limit })),
  ];
  for (const limit of limits) {
    if (!(await takeFromLimit(ctx, limit))) {
      throw new Problem("too-many", { seconds: secondsLeft(ctx.now, limit.perSeconds) });
    }
  }
}
