import type { Hands, Known } from "./acts.ts";
import { asker } from "./ask.ts";
import { unleash, type Kills } from "./chaos.ts";
import { client } from "./clients.ts";
import { gather } from "./crowd.ts";
import type { History } from "./history.ts";
import { pause, until, type Installation } from "./installation.ts";
import type { Provider } from "./provider.ts";
import { seeded } from "./random.ts";
import { say } from "./report.ts";
import { settle } from "./settle.ts";
import { readState, type State } from "./state.ts";

type Plan = { minutes: number; operations: number; clients: number; seed: number; quiet: boolean };
type Storm = { installation: Installation; provider: Provider; history: History; plan: Plan };

const SETTLE_WITHIN_S = 240;
/** So many operations a minute at most are expected: decides how many people there are. */
const A_MINUTE = 10_000;

/** Clients and kills until time or operations are over; then peace, and what is left when all is settled. */
export async function storm({ installation, provider, history, plan }: Storm): Promise<State> {
  const expected = Math.min(plan.operations, plan.minutes * A_MINUTE);
  const perClient = Math.max(6, Math.ceil(expected / plan.clients / 25));
  const { people, place } = await gather(installation.sql, perClient * plan.clients);
  const end = Date.now() + plan.minutes * 60_000;
  let begun = 0;
  const more = () => Date.now() < end && begun++ < plan.operations;
  const open: Known[] = [];
  const ask = asker(installation.port, plan.clients);
  const chaos = plan.quiet ? null : unleash(installation, seeded(plan.seed));
  const since = Date.now();
  const ticker = setInterval(() => say(line(since, history, chaos?.kills)), 30_000);
  await Promise.all(
    Array.from({ length: plan.clients }, (_, process) => {
      const random = seeded(plan.seed * 1_000 + process);
      const own = people.slice(process * perClient, (process + 1) * perClient);
      const giveUpAt = () => Math.max(end, Date.now()) + 30_000;
      const shared = { ask, provider, home: installation.url, place, open, giveUpAt };
      const hands: Hands = { ...shared, random, own: [], mine: [], cookies: new Map() };
      return client({ process, people: own, hands, history, more });
    }),
  );
  await chaos?.stop();
  clearInterval(ticker);
  say(line(since, history, chaos?.kills));
  say(`it ended by itself ${installation.crashes()} times`);
  await calm(installation);
  const left = await settle(installation.sql, provider, SETTLE_WITHIN_S);
  if (Object.values(left).some((count) => count > 0)) say(`left lying: ${JSON.stringify(left)}`);
  const fickle = people.filter((person) => person.fickle).map(({ id }) => id);
  return readState(installation.sql, provider.taken, fickle);
}

/** All is up again, and no connection of ours is one that was killed. */
async function calm({ url, sql }: Installation): Promise<void> {
  const ready = () => fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok);
  await until("it is ready again", () => ready().catch(() => false), 60);
  for (let good = 0; good < 8;) {
    good = await sql`select 1`.then(
      () => good + 1,
      () => 0,
    );
    await pause(20);
  }
}

function line(since: number, { done }: History, kills: Kills | undefined): string {
  const seconds = (Date.now() - since) / 1000;
  const killed = kills ? Object.entries(kills).map(([what, count]) => `${count} ${what}`) : ["nothing"];
  const rate = (done.length / seconds).toFixed(0);
  return `${seconds.toFixed(0)} s: ${done.length} operations (${rate} a second); killed ${killed.join(", ")}`;
}
