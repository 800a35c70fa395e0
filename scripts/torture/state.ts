import type { Sql } from "postgres";
import type { Taken } from "./provider.ts";

/** What the database holds when all is over; ids and codes only. */
export type State = {
  posts: {
    id: string;
    code: string;
    kind: "need" | "offer";
    title: string;
    quantity: number;
    remaining: number;
    confirmed: number;
    author: string;
  }[];
  claims: {
    id: string;
    post: string;
    offer: string | null;
    person: string;
    key: string;
    quantity: number;
    delivered: number | null;
    status: string;
  }[];
  /** In the order of their ids. */
  events: { id: string; type: string; post: string | null; claim: string | null; told: boolean }[];
  outbox: { id: string; event: string | null; person: string; template: string; state: string; sid: string | null }[];
  /** The last word of each person who ever said STOP or START. */
  consent: { person: string; action: "in" | "out" }[];
  sessions: string[];
  said: string[];
  heard: { sid: string; handled: boolean }[];
  /** People who have said STOP at least once: nobody owes them a text meanwhile. */
  fickle: string[];
  /** Every text that the provider took. */
  taken: Pick<Taken, "outboxId" | "sid">[];
};

/** Reads it all, after the last kill. */
export async function readState(sql: Sql, taken: Taken[], fickle: string[]): Promise<State> {
  const posts = await sql<State["posts"]>`
    select id, code, kind, title, quantity, remaining, confirmed, author_id as author from posts`;
  const claims = await sql<State["claims"]>`
    select id, post_id as post, offer_id as offer, person_id as person, idempotency_key as key, quantity,
      delivered_quantity as delivered, status from claims`;
  const events = await sql<State["events"]>`
    select id::text as id, type, post_id as post, claim_id as claim, fanned_out_at is not null as told from events order by events.id`;
  const outbox = await sql<State["outbox"]>`
    select id, event_id::text as event, person_id as person, template, state, provider_sid as sid from outbox`;
  const consent = await sql<State["consent"]>`
    select distinct on (c.phone_lookup) p.id as person, c.action from consent_events c
    join people p on p.phone_lookup = c.phone_lookup order by c.phone_lookup, c.id desc`;
  const sessions = await sql<{ hash: string }[]>`select token_hash as hash from sessions`;
  const said = await sql<{ key: string }[]>`select say_key as key from relay_texts where say_key is not null`;
  const heard = await sql<State["heard"]>`
    select message_sid as sid, handled_at is not null as handled from inbound_texts`;
  return {
    posts,
    claims,
    events,
    outbox,
    consent,
    sessions: sessions.map(({ hash }) => hash),
    said: said.map(({ key }) => key),
    heard,
    fickle,
    taken,
  };
}
