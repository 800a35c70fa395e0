import type { SignedIn } from "#app/core/ctx.ts";
import { hashToken } from "#app/core/ids.server.ts";
import { isLocale } from "#app/i18n/locales.ts";
import { isAccepted } from "./accepted.server.ts";
import { isLive } from "./session-life.server.ts";
import type { Db } from "#db/client.server.ts";

type Row = { id: string; is_admin: boolean; locale: string; roles: SignedIn["roles"]; accepted: boolean };
const FINISH_MS = 3_600_000;
type SessionRow = Row & { created_at: Date };

/**
 * Who a session cookie belongs to, in one query; also notes the day it was last seen. Null when unknown, revoked or over:
 * what is over is not seen either, or asking twice would bring it back.
 *
 * @param token as the cookie holds it.
 * @param finishing a form is sent: what was begun while the session counted may be finished for an hour, so that nobody loses what
 *   they typed. That brings nothing back.
 */
export async function findSession(db: Db, token: string, now: Date, finishing = false): Promise<SignedIn | null> {
  const hash = hashToken(token);
  const begun = finishing ? new Date(now.getTime() - FINISH_MS) : now;
  const [row] = await db.sql<SessionRow[]>`
    with live as materialized (
      select s.* from sessions s where s.token_hash = ${hash} and ${isLive({ db }, begun)}
    ), seen as (
      update sessions s set seen_on = ${now}::timestamptz::date
      from live where s.token_hash = live.token_hash and live.seen_on < ${now}::timestamptz::date and not ${finishing}::boolean
    )
    select live.created_at, p.id, p.is_admin, p.locale, coalesce(
      (select jsonb_object_agg(m.group_id, m.role) from memberships m where m.person_id = p.id and m.state = 'active'),
      '{}'
    ) as roles, ${isAccepted({ db }, db.sql`p.id`)} as accepted
    from live join people p on p.id = live.person_id`;
  return row ? { ...signedIn(row), signedInAt: row.created_at } : null;
}

/** Who an API token belongs to; null when unknown or revoked. API tokens do not run out. */
export async function findApiToken(db: Db, token: string, _now: Date): Promise<SignedIn | null> {
  const [row] = await db.sql<Row[]>`
    select p.id, p.is_admin, p.locale, coalesce(
      (select jsonb_object_agg(m.group_id, m.role) from memberships m where m.person_id = p.id and m.state = 'active'),
      '{}'
    ) as roles, ${isAccepted({ db }, db.sql`p.id`)} as accepted
    from api_tokens t join people p on p.id = t.person_id
    where t.token_hash = ${hashToken(token)} and t.revoked_at is null`;
  return row ? signedIn(row) : null;
}

/** A person as if signed in, by id: for texts that come from their phone. Null when there is no such person. */
export async function findSignedIn(db: Db, personId: string): Promise<SignedIn | null> {
  const [row] = await db.sql<Row[]>`
    select p.id, p.is_admin, p.locale, coalesce(
      (select jsonb_object_agg(m.group_id, m.role) from memberships m where m.person_id = p.id and m.state = 'active'),
      '{}'
    ) as roles, ${isAccepted({ db }, db.sql`p.id`)} as accepted
    from people p where p.id = ${personId}::uuid`;
  return row ? signedIn(row) : null;
}

const signedIn = (row: Row): SignedIn => ({
  id: row.id,
  isAdmin: row.is_admin,
  locale: isLocale(row.locale) ? row.locale : "en",
  roles: row.roles,
  accepted: row.accepted,
});
