import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Rule } from "./faults.ts";

type Break = { what: string; file: string; from: string; to: string; shows: Rule[] };

/**
 * Mistakes that somebody could make, each as a change of one place: the checker must see them. They are put into a copy
 * of the sources, never into the product.
 */
export const BREAKS = {
  race: {
    what: "what is left is computed from what was read before, without a lock",
    file: "app/claims/claim-post.server.ts",
    from: `      for update of p
    ), backing as (`,
    to: `    ), pause as (select pg_sleep(0.02) from wanted
    ), backing as (`,
    shows: ["oversubscribed", "balance"],
  },
  forgetful: {
    what: "one claim in a few is made without its event",
    file: "app/claims/claim-post.server.ts",
    from: "from made join taken on taken.id = made.post_id\n    )",
    to: "from made join taken on taken.id = made.post_id where made.quantity <> 2\n    )",
    shows: ["event"],
  },
  hasty: {
    what: "a yes is said before the disk has it",
    file: "db/client.server.ts",
    from: "statement_timeout: 5_000,",
    to: 'statement_timeout: 5_000, synchronous_commit: "off",',
    shows: ["lost"],
  },
  blind: {
    what: "a text whose fate nobody knows is sent again at once",
    file: "app/notifications/check-uncertain.server.ts",
    from: "when o.state = 'claimed' then 'queued' else 'uncertain' end",
    to: "when o.state = 'claimed' then 'queued' else 'queued' end",
    shows: ["provider"],
  },
} satisfies Record<string, Break>;

export type BreakName = keyof typeof BREAKS;

const COPIED = ["app", "db", "scripts", "package.json", "tsconfig.json", "public"];

/** A copy of the sources with that mistake in it. @throws when its place is not found: then the mistake must be told anew. */
export function breakCopy(name: BreakName): { root: string; remove(): void } {
  const root = mkdtempSync(join(tmpdir(), "manyhands-broken-"));
  for (const path of COPIED) cpSync(resolve(path), join(root, path), { recursive: true });
  for (const path of ["node_modules", "build"]) symlinkSync(resolve(path), join(root, path));
  const { file, from, to, ...rest }: Break = BREAKS[name];
  const before = readFileSync(join(root, file), "utf8");
  if (!before.includes(from)) throw new Error(`${file} no longer has the place that "${rest.what}" changes`);
  let after = before.replace(from, to);
  if (name === "race") after = overwriting(after);
  writeFileSync(join(root, file), after);
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Beside the missing lock: the number that was read is written back, where the row's own would be lowered. */
function overwriting(text: string): string {
  const changes = [
    ["select w.id, w.claimer_id,", "select w.id, w.remaining as seen, w.claimer_id,"],
    ["remaining = p.remaining - share.quantity", "remaining = greatest(0, share.seen - share.quantity)"],
    ["and p.remaining >= share.quantity", "and share.seen >= share.quantity and exists (select from pause)"],
  ] as const;
  return changes.reduce((sofar, [from, to]) => {
    if (!sofar.includes(from)) throw new Error(`claim-post no longer has "${from}"`);
    return sofar.replace(from, to);
  }, text);
}
