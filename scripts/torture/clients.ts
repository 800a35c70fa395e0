import { ACTS, type Hands } from "./acts.ts";
import type { Neighbour } from "./crowd.ts";
import type { Done, History } from "./history.ts";
import { pause } from "./installation.ts";
import { oneOf, type Random } from "./random.ts";

type Run = {
  process: number;
  people: Neighbour[];
  hands: Hands;
  history: History;
  /** Takes one of the operations that are left; false when the run is over. */
  more: () => boolean;
};

/** One client: one act after the other, each insisted on until somebody says yes or no. */
export async function client({ process, people, hands, history, more }: Run): Promise<void> {
  for (let index = 0; more();) {
    const { f, run } = pick(hands.random);
    const who = oneOf(hands.random, people)!;
    const key = `k${process}-${index}`;
    const begun = Date.now();
    const begin = (about: Partial<Done>) => history.invoke({ process, index, f, key, ...about });
    const outcome = await run(hands, who, key, begin);
    if (!outcome) {
      await pause(1);
      continue;
    }
    const { said, ...about } = outcome;
    const status = said.answer?.status ?? (said as { status: number }).status;
    history.end({
      process,
      index,
      f,
      key,
      ...about,
      ending: said.ending,
      status,
      tries: said.tries,
      begun,
      ended: Date.now(),
    });
    index += 1;
  }
}

function pick(random: Random) {
  let at = random() * ACTS.reduce((sum, { share }) => sum + share, 0);
  return ACTS.find(({ share }) => (at -= share) < 0) ?? ACTS[0]!;
}
