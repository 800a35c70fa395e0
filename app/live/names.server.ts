import type { Seal } from "#app/core/seal.server.ts";
import { openName } from "#app/people/person.server.ts";
import type { Db } from "#db/client.server.ts";

const KEPT_MS = 60_000;
const MOST = 500;

/** First names by person, read once a minute at most: somebody who types is heard of again and again. */
export function makeNames({ db, seal }: { db: Db; seal: Seal }) {
  const known = new Map<string, { name: Promise<string | null>; at: number }>();
  const read = async (id: string) => {
    const [row] = await db.sql<{ id: string; name_sealed: string | null }[]>`
      select id, name_sealed from people where id = ${id}::uuid`;
    return row ? (openName(seal, row)?.trim().split(/\s+/)[0] ?? null) : null;
  };
  return (id: string): Promise<string | null> => {
    const before = known.get(id);
    if (before && Date.now() - before.at < KEPT_MS) return before.name;
    if (known.size >= MOST) known.clear();
    const name = read(id).catch(() => null);
    known.set(id, { name, at: Date.now() });
    return name;
  };
}
