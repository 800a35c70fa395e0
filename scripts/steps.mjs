/** What a start shows of itself: one line a step with its time; on a terminal the seconds tick. Needs no package. */
const live = process.stdout.isTTY === true;

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/**
 * Runs `work` as a named step.
 *
 * @template T
 * @param {string} name what is being done, as people say it: "Installing packages"
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(name, work) {
  const since = performance.now();
  if (!live) console.log(`  ${name} …`);
  const ticking = live ? setInterval(() => process.stdout.write(`\r  … ${name}  ${seconds(since)} `), 100) : undefined;
  try {
    const result = await work();
    clearInterval(ticking);
    console.log(live ? `\r  ✓ ${name}  ${seconds(since)}   ` : `  ${name}: done in ${seconds(since)}`);
    return result;
  } catch (error) {
    clearInterval(ticking);
    if (live) process.stdout.write("\n");
    throw error;
  }
}
