import { newId } from "#app/core/ids.server.ts";
import { findOrMakePerson } from "#app/people/find-person.server.ts";
import { drive, figures, type Line } from "./measure.ts";
import type { BenchWorld } from "./world.ts";

const ASKED = 200;
const MOST_APART_MS = 5;

/**
 * Asking for a code with numbers that are known and with ones that nobody has seen, in turns: neither what is answered nor how long it
 * takes may tell which is which.
 */
export async function benchSignIn(world: BenchWorld): Promise<Line[]> {
  const web = await world.run("web");
  const known = (n: number) => `+1555${String(6_000_000 + n)}`;
  const unknown = (n: number) => `+1555${String(7_000_000 + n)}`;
  for (let n = -10; n < ASKED; n++) await aKnownPerson(world, known(n));
  const answers = new Set<string>();
  const times = { known: [] as number[], unknown: [] as number[] };
  const ask = async (kind: keyof typeof times, phone: string) => {
    const start = performance.now();
    answers.add(await askForCode(web.url, phone));
    times[kind].push(performance.now() - start);
  };
  const both = (n: number) => async () => {
    await ask("known", known(n));
    await ask("unknown", unknown(n));
  };
  for (let n = -10; n < 0; n++) await both(n)();
  times.known = [];
  times.unknown = [];
  await drive(ASKED, 1, (n) => both(n)());
  web.child.kill("SIGTERM");
  if (answers.size !== 1) throw new Error("known and unknown numbers are answered differently");
  const [ours, theirs] = [figures(times.known, 1), figures(times.unknown, 1)];
  const apart = Math.abs(ours.p50 - theirs.p50);
  const what = `asking for a code: known beside unknown numbers, ${ASKED} each, one after the other`;
  const [value, floor] = [ours, theirs].map(({ p50, p95 }) => `p50 ${p50.toFixed(2)}  p95 ${p95.toFixed(2)} ms`);
  const note = `medians ${apart.toFixed(2)} ms apart, ${apart < MOST_APART_MS ? "under" : "NOT UNDER"} ${MOST_APART_MS}; same bytes`;
  return [{ area: "sign-in", what, value: value!, floor: floor!, ratio: ours.p50 / theirs.p50, note }];
}

/** With what a person has who has been here for a while: a name, and a sign-in before. */
async function aKnownPerson(world: BenchWorld, phone: string): Promise<void> {
  const ctx = world.ctx();
  const { id } = await findOrMakePerson(ctx, { phone, name: "Somebody", verified: true });
  await world.db.sql`
    insert into sign_in_codes (id, person_id, created_at, expires_at, used_at)
    values (${newId(ctx.now)}::uuid, ${id}::uuid, now() - interval '1 day', now() - interval '1 day', now() - interval '1 day')`;
}

/** @returns what can be seen of the answer, without the challenge's own value and the time. */
async function askForCode(url: string, phone: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in`, {
    method: "POST",
    redirect: "manual",
    headers: { Origin: url },
    body: new URLSearchParams({ phone }),
  });
  const seen = [...answer.headers]
    .filter(([name]) => name !== "date")
    .map(([name, value]) => `${name}: ${value.replace(/challenge=[^;]+|nonce-[\w+/=-]+/g, "*")}`);
  return [answer.status, ...seen, await answer.text()].join("\n");
}
