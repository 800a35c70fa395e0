import type { PersonCtx } from "#app/core/ctx.ts";
import type { EventType } from "#app/events/event.ts";
import { openName } from "#app/people/person.server.ts";
import type { OutboxState } from "#app/notifications/outbox-states.ts";
import { fateOf } from "./fate.ts";
import type { Thread } from "./get-thread.server.ts";
import type { LineOf } from "./line.ts";
import { meantForOther, openHeard } from "./open-phone.server.ts";
import { saidByUs, saidToUs } from "./scope.server.ts";

/** One line of a thread, as it is read. */
export type Line = LineOf<Date> & { at: Date };

const MOST = 100;
/** Within one moment: they spoke first. */
const ORDER: Line["kind"][] = ["heard", "call", "said", "act"];

/**
 * The latest of what was said in a thread, by them and by us, and what coordinators did with it, oldest first; `before`
 * a moment for what came earlier.
 */
export async function threadLines(
  ctx: PersonCtx,
  thread: Pick<Thread, "id" | "phoneLookup" | "personId">,
  before: Date | null,
): Promise<{ lines: Line[]; earlier: Date | null; elsewhere: number }> {
  const end = before ?? new Date("9999-01-01T00:00:00Z");
  const [heard, said, calls, acts, elsewhere] = await Promise.all([
    heardLines(ctx, thread.phoneLookup, end),
    saidLines(ctx, thread, end),
    callLines(ctx, thread.phoneLookup, end),
    actLines(ctx, thread.id, end),
    countElsewhere(ctx, thread.personId),
  ]);
  const all = [...heard, ...said, ...calls, ...acts].toSorted(
    (a, b) =>
      a.at.getTime() - b.at.getTime() || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.key.localeCompare(b.key),
  );
  const lines = all.slice(-MOST);
  return { lines, earlier: all.length > MOST ? lines[0]!.at : null, elsewhere };
}

async function heardLines(ctx: PersonCtx, phoneLookup: string, end: Date): Promise<Line[]> {
  type Row = {
    message_sid: string;
    body_sealed: string | null;
    media: number;
    received_at: Date;
    outcome: string | null;
  };
  const rows = await ctx.db.sql<Row[]>`
    select i.message_sid, i.body_sealed, i.media, i.received_at, i.outcome from inbound_texts i
    where i.phone_lookup = ${phoneLookup} and ${saidToUs(ctx)} and i.received_at < ${end}::timestamptz
    order by i.received_at desc limit ${MOST + 1}`;
  return rows.map((row) => {
    const words = openHeard(ctx, row);
    const ofOthers = words !== null && meantForOther(words);
    const { message_sid: key, received_at: at, media, outcome: understood } = row;
    return { kind: "heard", key, at, words: ofOthers ? null : words, ofOthers, media, understood };
  });
}

async function saidLines(ctx: PersonCtx, thread: Pick<Thread, "id" | "personId">, end: Date): Promise<Line[]> {
  type Row = {
    id: string;
    body_sealed: string | null;
    state: OutboxState;
    error_code: string | null;
    created_at: Date;
    not_before: Date;
    actor_id: string | null;
    name_sealed: string | null;
  };
  const rows = await ctx.db.sql<Row[]>`
    select o.id, o.body_sealed, o.state, o.error_code, o.created_at, o.not_before, e.actor_id, a.name_sealed
    from outbox o
    left join lateral (select actor_id from events e where e.data->>'threadId' = ${thread.id} and e.data ? 'threadId'
      and e.type = 'thread.answered' and e.data->>'textId' = o.id::text limit 1) e on o.template = 'reply'
    left join people a on a.id = e.actor_id
    where o.person_id = ${thread.personId}::uuid and ${saidByUs(ctx)} and o.created_at < ${end}::timestamptz
    order by o.created_at desc, o.id desc limit ${MOST + 1}`;
  return rows.map((row) => {
    const held = row.not_before > ctx.now;
    const fate = fateOf({ state: row.state, errorCode: row.error_code, held });
    return {
      kind: "said",
      key: row.id,
      at: row.created_at,
      words: ctx.seal.read(row.body_sealed, { table: "outbox", column: "body_sealed", row: row.id }),
      fate,
      goesAt: fate === "later" ? row.not_before : null,
      by: row.actor_id && openName(ctx.seal, { id: row.actor_id, name_sealed: row.name_sealed }),
    };
  });
}

async function callLines(ctx: PersonCtx, phoneLookup: string, end: Date): Promise<Line[]> {
  type Row = {
    call_sid: string;
    state: string;
    recording_sid: string | null;
    recording_seconds: number | null;
    transcript_sealed: string | null;
    received_at: Date;
    handled_at: Date | null;
  };
  const rows = await ctx.db.sql<Row[]>`
    select call_sid, state, recording_sid, recording_seconds, transcript_sealed, received_at, handled_at
    from voice_calls where phone_lookup = ${phoneLookup} and received_at < ${end}::timestamptz
    order by received_at desc limit ${MOST + 1}`;
  return rows.map(
    (row) =>
      ({
        kind: "call",
        key: row.call_sid,
        at: row.received_at,
        seconds: row.recording_sid && (row.recording_seconds ?? 0),
        transcript: ctx.seal.read(row.transcript_sealed, {
          table: "voice_calls",
          column: "transcript_sealed",
          row: row.call_sid,
        }),
        handled: row.handled_at !== null,
        state: row.state,
      }) as Line,
  );
}

const ACTS = ["thread.handed_over", "thread.put_away", "thread.need_made", "thread.number_seen"] satisfies EventType[];

async function actLines(ctx: PersonCtx, id: string, end: Date): Promise<Line[]> {
  type Row = {
    id: string;
    type: (typeof ACTS)[number];
    actor_id: string;
    name_sealed: string | null;
    code: string | null;
    at: Date;
  };
  const rows = await ctx.db.sql<Row[]>`
    select e.id, e.type, e.actor_id, p.name_sealed, e.data->>'code' as code, e.at
    from events e left join people p on p.id = e.actor_id
    where e.data->>'threadId' = ${id} and e.data ? 'threadId' and e.type = any(${ACTS}) and e.at < ${end}::timestamptz
    order by e.id desc limit ${MOST + 1}`;
  return rows.map((row) => ({
    kind: "act",
    key: `act ${row.id}`,
    at: row.at,
    act: row.type.replace("thread.", "") as "put_away",
    by: openName(ctx.seal, { id: row.actor_id, name_sealed: row.name_sealed }),
    code: row.code,
  }));
}

/** Texts of ours to this person that are about other groups: that there are some, not what they say. */
async function countElsewhere(ctx: PersonCtx, personId: string | null): Promise<number> {
  if (!personId) return 0;
  const [row] = await ctx.db.sql<{ n: number }[]>`
    select count(*)::int as n from outbox o
    where o.person_id = ${personId}::uuid and o.template not in ('relay', 'sign_in_code') and not ${saidByUs(ctx)}`;
  return row!.n;
}
