/**
 * `npm run bench`: one run, a table of ratios, and the same as JSON in bench-results/. Machines are noisy, so every figure
 * stands beside a floor measured in the same run; read the ratio. `-- claims pages` runs only those areas;
 * `--small` stops at 200,000 posts.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { benchBroadcast } from "./broadcast.ts";
import { benchClaims } from "./claims.ts";
import { benchCoordinate } from "./coordinate.ts";
import { benchLive } from "./live.ts";
import type { Line } from "./measure.ts";
import { benchMatching } from "./matching.ts";
import { benchPages, benchPosting } from "./pages.ts";
import { benchPlan } from "./plan.ts";
import { benchSignIn } from "./sign-in.ts";
import { benchTexts } from "./texts.ts";
import { benchWeights } from "./weights.ts";
import { fill, makeBenchWorld, settle } from "./world.ts";

const wanted = process.argv.slice(2).filter((word) => !word.startsWith("--"));
const small = process.argv.includes("--small");
const chosen = (area: string) => wanted.length === 0 || wanted.includes(area);

const world = await makeBenchWorld();
const lines: Line[] = [];
const measure = async (area: string, bench: () => Promise<Line[]>) => {
  if (!chosen(area)) return;
  process.stderr.write(`measuring ${area} …\n`);
  lines.push(...(await bench()));
};
try {
  const hood = await settle(world);
  await fill(world, 20_000);
  await measure("claims", () => benchClaims(world, hood));
  await measure("posting", () => benchPosting(world, hood));
  await measure("sign-in", () => benchSignIn(world));
  await measure("live", () => benchLive(world, hood));
  await measure("texts", () => benchTexts(world, hood));
  await measure("broadcast", () => benchBroadcast(world));
  await measure("plan", () => benchPlan());
  await measure("weights", () => benchWeights(world));
  await measure("pages", () => benchPages(world, small ? [200_000] : undefined));
  await measure("coordinate", () => benchCoordinate(small ? [10_000, 100_000] : undefined));
  await measure("matching", () => benchMatching(world, small ? [100_000] : undefined));
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await world.stop();
}

const width = Math.max(...lines.map((line) => line.what.length));
for (const { area, what, value, floor, ratio, note } of lines) {
  console.log(
    `${area.padEnd(12)} ${what.padEnd(width)}  ${value.padEnd(38)} | ${floor.padEnd(38)} ${ratio?.toFixed(2) ?? ""}  ${note ?? ""}`,
  );
}
const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model, load: loadavg() };
mkdirSync("bench-results", { recursive: true });
const file = `bench-results/${new Date().toISOString().replaceAll(":", "-")}.json`;
writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), machine, lines }, null, 2)}\n`);
console.log(`\nwritten to ${file}`);
