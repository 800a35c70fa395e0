import fc from "fast-check";

/**
 * One seed for all property tests of a file, said at the start. `FC_SEED=<seed>` runs the same cases again, `FC_TIMES=20`
 * looks at twenty times as many.
 */
export const seed = Number(process.env.FC_SEED ?? Math.floor(Math.random() * 0x7fffffff));
const times = Number(process.env.FC_TIMES ?? 1);
export const runs = (cases: number) => ({ numRuns: cases * times });
fc.configureGlobal({ seed, ...runs(300) });
process.stdout.write(`property tests: FC_SEED=${seed} FC_TIMES=${times}\n`);
