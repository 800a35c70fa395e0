import type { PersonCtx } from "#app/core/ctx.ts";
import { notesAboutMe } from "#app/groups/member-note.server.ts";
import { whatWeHold } from "#app/people/what-we-hold.server.ts";
import { readsOf, type Read } from "./reads-of.server.ts";

type Opened = Record<string, unknown>;
/** Everything we hold about somebody, opened, in plain JSON: GDPR Art. 15 and 20 ask for a commonly used, machine-readable form. */
export type MyData = {
  about: Opened;
  groups: Opened[];
  notes: { group: string; note: string }[];
  posts: Opened[];
  promises: Opened[];
  talks: Opened[];
  texts_to_me: Opened[];
  texts_from_me: Opened[];
  calls: Opened[];
  shift_notes: Opened[];
  devices: Opened[];
  numbers_before: Opened[];
  second_steps: Opened[];
  stop_ledger: Opened[];
  looked_at_by: Read[];
};

/** Of the asker themselves. Reads only. */
export async function myData(ctx: PersonCtx): Promise<MyData> {
  const { id } = ctx.person;
  const read = (table: keyof typeof MINE) => readRows(ctx, table);
  const [held, groups, notes, posts, promises, talks, to, from, calls, shifts, devices, numbers, steps, ledger, reads] =
    await Promise.all([
      whatWeHold(ctx),
      read("groups"),
      notesAboutMe(ctx),
      read("posts"),
      read("claims"),
      read("relay_texts"),
      read("outbox"),
      read("inbound_texts"),
      read("voice_calls"),
      read("shift_notes"),
      read("sessions"),
      read("number_changes"),
      read("second_steps"),
      read("consent_events"),
      readsOf(ctx, id),
    ]);
  return {
    about: held,
    groups,
    notes,
    posts,
    promises,
    talks,
    texts_to_me: to,
    texts_from_me: from,
    calls,
    shift_notes: shifts,
    devices,
    numbers_before: numbers,
    second_steps: steps,
    stop_ledger: ledger,
    looked_at_by: reads,
  };
}

/**
 * Each kind of thing as one query over `me (id, phone_lookup)`; `place` is where its sealed columns were sealed, and what is opened is
 * called as its column without `_sealed`.
 */
const MINE = {
  groups: `select g.name, m.role, m.state, m.alerts, m.vetted_at, m.created_at from memberships m join groups g on g.id = m.group_id
    join me on m.person_id = me.id order by m.created_at`,
  posts: `select p.id as place, p.code, p.kind, p.title, p.details, p.quantity, p.urgency, p.place as place_name, p.lat, p.lng,
    p.window_start, p.window_end, p.answers, p.languages, p.visibility, p.status, p.closed_reason, p.created_at, p.closed_at,
    p.address_sealed, p.note_sealed, p.contact_name_sealed from posts p join me on p.author_id = me.id order by p.created_at`,
  claims: `select c.id as place, p.code, c.quantity, c.status, c.eta, c.due_at, c.created_at, c.updated_at, c.note_sealed
    from claims c join posts p on p.id = c.post_id join me on c.person_id = me.id order by c.created_at`,
  relay_texts: `select t.id as place, p.code, case when rp.side = t.side then 'me' else 'them' end as "from", t.created_at, t.body_sealed
    from relay_parties rp join me on rp.person_id = me.id join relays r on r.id = rp.relay_id join posts p on p.id = r.post_id
    join relay_texts t on t.relay_id = r.id order by t.created_at`,
  outbox: `select o.id as place, o.template, o.state, o.created_at, o.body_sealed from outbox o join me on o.person_id = me.id
    where o.template <> 'sign_in_code' order by o.created_at`,
  inbound_texts: `select i.message_sid as place, i.received_at, i.outcome, i.body_sealed from inbound_texts i
    join me on i.phone_lookup = me.phone_lookup order by i.received_at`,
  voice_calls: `select v.call_sid as place, v.received_at, v.recording_seconds, v.transcript_sealed from voice_calls v
    join me on v.phone_lookup = me.phone_lookup order by v.received_at`,
  shift_notes: `select n.id as place, n.created_at, n.words_sealed from shift_notes n join me on n.person_id = me.id order by n.created_at`,
  sessions: `select s.device, s.created_at, s.seen_on, s.expires_at from sessions s join me on s.person_id = me.id order by s.created_at`,
  number_changes: `select n.at, n.undone_at from number_changes n join me on n.person_id = me.id order by n.at`,
  second_steps: `select t.kind, t.device, t.created_at, t.used_on from second_steps t join me on t.person_id = me.id order by t.created_at`,
  consent_events: `select e.action, e.source, e.at from consent_events e join me on e.phone_lookup = me.phone_lookup order by e.id`,
} as const;

async function readRows(ctx: PersonCtx, table: keyof typeof MINE): Promise<Opened[]> {
  const { sql } = ctx.db;
  const rows = await sql<Opened[]>`
    with me as (select id, phone_lookup from people where id = ${ctx.person.id}::uuid) ${sql.unsafe(MINE[table])}`;
  return rows.map(({ place, ...row }) =>
    Object.fromEntries(
      Object.entries(row).map(([column, value]) => {
        if (!column.endsWith("_sealed")) return [column, value];
        const sealed = value === null ? null : String(value);
        return [column.replace("_sealed", ""), ctx.seal.read(sealed, { table, column, row: String(place) })];
      }),
    ),
  );
}
