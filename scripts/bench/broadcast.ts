import { EVERYBODY } from "#app/broadcasts/audience.ts";
import { countAudience } from "#app/broadcasts/audience.server.ts";
import { expandBroadcasts } from "#app/broadcasts/expand-broadcasts.server.ts";
import { holdTexts } from "#app/broadcasts/hold-texts.server.ts";
import { pauseBroadcast, resumeBroadcast, stopBroadcast } from "#app/broadcasts/steer-broadcast.server.ts";
import { saveDraft, saveWords } from "#app/broadcasts/save-draft.server.ts";
import { newId } from "#app/core/ids.server.ts";
import type { Line } from "./measure.ts";
import type { BenchWorld } from "./world.ts";

const PEOPLE = 50_000;
const GOAL_SECONDS = 10;

/** A broadcast to 50,000: counted, written out, written out again, held, let go on, stopped. */
export async function benchBroadcast(world: BenchWorld): Promise<Line[]> {
  const { sql } = world.db;
  const groupId = await aBigGroup(world);
  const author = { ...world.ctx(), now: new Date() };
  const [person] = await sql<
    { id: string }[]
  >`select person_id as id from memberships where group_id = ${groupId} limit 1`;
  const ctx = { ...author, person: { ...author.person, id: person!.id } };
  const to = { groupId, audience: EVERYBODY };

  const [count, counting] = await timed(() => countAudience(ctx, to));
  const id = newId();
  await saveDraft(ctx, { id, ...to });
  await saveWords(ctx, { id, words: { en: "Closed today.", es: "Hoy cerrado.", ar: "مغلق اليوم." } });
  await sql`update broadcasts set state = 'sending', approved_at = now() where id = ${id}`;
  const [written, writing] = await timed(() => expandBroadcasts(ctx));
  await sql`update broadcasts set expanded_at = null, expanded_upto = null where id = ${id}`;
  const [again, repeating] = await timed(() => expandBroadcasts(ctx));
  const press = async (verb: typeof pauseBroadcast) => {
    const [, pressed] = await timed(() => verb(ctx, { id }));
    const [, moved] = await timed(() => holdTexts(ctx));
    return { pressed, moved: pressed + moved };
  };
  const pausing = await press(pauseBroadcast);
  const resuming = await press(resumeBroadcast);
  const stopping = await press(stopBroadcast);
  await sql`update senders set enabled = false`;
  const [row] = await sql<{ canceled: number }[]>`
    select count(*)::int as canceled from outbox where broadcast_id = ${id} and state = 'canceled'`;
  if (count.people !== PEOPLE || written !== PEOPLE || again !== 0 || row!.canceled !== PEOPLE) {
    throw new Error(`not everybody was reached once: ${count.people}, ${written}, ${again}, ${row!.canceled}`);
  }
  const line = (what: string, seconds: number, goal: number): Line => ({
    area: "broadcast",
    what,
    value: `${seconds.toFixed(2)} s, ${(PEOPLE / seconds).toFixed(0)}/s`,
    floor: `goal: ${goal} s`,
    ratio: seconds / goal,
  });
  return [
    line(`${PEOPLE} people: count the audience`, counting, 1),
    line(`${PEOPLE} people: write their texts`, writing, GOAL_SECONDS),
    line(`${PEOPLE} people: again, 0 written`, repeating, GOAL_SECONDS),
    line("of these, pause: until the page answers", pausing.pressed, 1),
    line("of these, pause: until every text is moved", pausing.moved, GOAL_SECONDS),
    line("of these, go on: until every text is moved", resuming.moved, GOAL_SECONDS),
    line("of these, stop: until every text is moved", stopping.moved, GOAL_SECONDS),
  ];
}

async function timed<Done>(work: () => Promise<Done>): Promise<[Done, number]> {
  const began = performance.now();
  const done = await work();
  return [done, (performance.now() - began) / 1000];
}

async function aBigGroup({ owner: sql }: BenchWorld): Promise<string> {
  const groupId = newId();
  await sql`insert into groups (id, slug, name, blurb, created_at)
    values (${groupId}, ${`big-${groupId}`}, 'Everybody', 'All of us.', now())`;
  await sql`
    with made as (
      insert into people (id, phone_sealed, phone_lookup, locale, quiet_from, quiet_to, verified_at, created_at)
      select gen_random_uuid(), 'v1.none.' || n, 'broadcast ' || n, (array['en', 'en', 'es', 'ar'])[1 + n % 4], 0, 0,
        now(), now()
      from generate_series(1, ${PEOPLE}::int) n
      returning id
    )
    insert into memberships (person_id, group_id, created_at) select id, ${groupId}, now() from made`;
  await sql`
    insert into senders (id, address, rate, burst, time_zone, tokens, refilled_at, created_at)
    select gen_random_uuid(), '+1555010' || n, 20, 20, 'UTC', 20, now(), now() from generate_series(1001, 1002) n`;
  await sql`analyze people, memberships, outbox`;
  return groupId;
}
