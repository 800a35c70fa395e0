import type { PendingQuery, Row } from "postgres";
import type { Ctx } from "#app/core/ctx.ts";
import { hashToken, newToken } from "#app/core/ids.server.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import { LIVES } from "./session-life.server.ts";

type Fragment = PendingQuery<Row[]>;

const DEVICE_LENGTH = 60;

/** Whose browser it is now. */
export type SignedInNow = {
  /** 256 bits, base64url: goes into the browser's cookie and nowhere else. */
  sessionToken: string;
  person: { id: string; locale: Locale; hasName: boolean; firstTime: boolean };
};
export type PersonRow = { id: string; locale: string; has_name: boolean; first_time: boolean };

/**
 * The end of every statement that signs somebody in: CTEs `session` (the new one), `renewed` (the one it takes the place of)
 * and `proved`, and the columns of `PersonRow` out of `people p`.
 *
 * @param of SQL of what names the person as `person_id`, with no row where nobody is signed in.
 * @param renews the token of the session that ends with it.
 */
export function newSession(ctx: Ctx, given: { device: string; of: Fragment; renews?: string | undefined }) {
  const { sql } = ctx.db;
  const now = sql`${ctx.now}::timestamptz`;
  const token = newToken(32);
  const expiresAt = new Date(ctx.now.getTime() + LIVES.asks.days * 86_400_000);
  const ctes = sql`
    session as (
      insert into sessions (token_hash, person_id, device, created_at, seen_on, expires_at)
      select ${hashToken(token)}, person_id, ${given.device.slice(0, DEVICE_LENGTH)}, ${now}, ${now}::date, ${expiresAt}::timestamptz
      from (${given.of}) who
      returning person_id
    ), renewed as (
      update sessions s set revoked_at = ${now} from session
      where s.token_hash = ${given.renews ? hashToken(given.renews) : null}::text and s.person_id = session.person_id
    ), proved as (
      update people set verified_at = ${now} from session where people.id = session.person_id and people.verified_at is null
    )`;
  const columns = sql`p.id, p.locale, p.name_sealed is not null as has_name, p.verified_at is null as first_time`;
  const signedIn = ({ id, locale, has_name: hasName, first_time: firstTime }: PersonRow): SignedInNow => ({
    sessionToken: token,
    person: { id, locale: isLocale(locale) ? locale : "en", hasName, firstTime },
  });
  return { ctes, columns, signedIn };
}
