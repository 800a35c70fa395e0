import type { Ctx } from "#app/core/ctx.ts";
import { hashToken, newToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import { isUuid } from "./uuid.ts";
import { isSignInCode } from "./sign-in-code.server.ts";
import { LIVES } from "./session-life.server.ts";
import { spendCode } from "./spend-code.server.ts";

const DEVICE_LENGTH = 60;

export type SignedInNow = {
  /** 256 bits, base64url: goes into the browser's cookie and nowhere else. */
  sessionToken: string;
  expiresAt: Date;
  person: { id: string; locale: Locale; hasName: boolean; firstTime: boolean };
};

type Row = { id: string; locale: string; has_name: boolean; first_time: boolean };

/**
 * Turns a right code into a session. The update of the code row decides: one try is counted, a used, burnt, old or
 * superseded code gives no row, and the session is made by the same statement, so a code makes one session at most.
 *
 * @param input `challengeId` from the asking browser's cookie, `code` as typed, `device` a coarse label such as
 *   "Firefox on Android". `renews`: the code has to be of this person, who is signed in with this token, and the new
 *   session takes its place.
 * @throws Problem `invalid-code`, whatever the reason: the answer tells nothing about number or code.
 */
export async function finishSignIn(
  ctx: Ctx,
  input: { challengeId: string; code: string; device: string; renews?: { personId: string; token: string } },
): Promise<SignedInNow> {
  if (!isUuid(input.challengeId)) throw new Problem("invalid-code");
  const right = isSignInCode(ctx.seal, input.challengeId, input.code);
  const sessionToken = newToken(32);
  const expiresAt = new Date(ctx.now.getTime() + LIVES.asks.days * 86_400_000);
  const of = input.renews ? ctx.db.sql`c.person_id = ${input.renews.personId}::uuid` : ctx.db.sql`true`;
  const [made] = await ctx.db.sql<Row[]>`
    with attempt as (${spendCode(ctx, { ...input, right, of })}
    ), session as (
      insert into sessions (token_hash, person_id, device, created_at, seen_on, expires_at)
      select ${hashToken(sessionToken)}, person_id, ${input.device.slice(0, DEVICE_LENGTH)},
        ${ctx.now}::timestamptz, ${ctx.now}::timestamptz::date, ${expiresAt}::timestamptz
      from attempt where ${right}::boolean
      returning person_id
    ), renewed as (
      update sessions s set revoked_at = ${ctx.now}::timestamptz from session
      where s.token_hash = ${input.renews ? hashToken(input.renews.token) : null}::text and s.person_id = session.person_id
    ), proved as (
      update people set verified_at = ${ctx.now}::timestamptz
      from session where people.id = session.person_id and people.verified_at is null
    )
    select p.id, p.locale, p.name_sealed is not null as has_name, p.verified_at is null as first_time
    from session join people p on p.id = session.person_id`;
  if (!made) throw new Problem("invalid-code");
  const { id, locale, has_name: hasName, first_time: firstTime } = made;
  return { sessionToken, expiresAt, person: { id, locale: isLocale(locale) ? locale : "en", hasName, firstTime } };
}
