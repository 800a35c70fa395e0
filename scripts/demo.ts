import { existsSync } from "node:fs";
import type { Ctx } from "#app/core/ctx.ts";

const SEED = new URL("../db/seed.server.ts", import.meta.url);

/** Loads the demo neighbourhood into a database without groups; false when there is something already. */
export async function seedDemo(ctx: Ctx): Promise<boolean> {
  const [row] = await ctx.db.sql<{ taken: boolean }[]>`select exists (select 1 from groups) as taken`;
  if (row?.taken || !existsSync(SEED)) return false;
  const { seed } = (await import(SEED.href)) as { seed: (ctx: Ctx) => Promise<unknown> };
  await seed(ctx);
  return true;
}

/** Somebody to sign in as while trying things out: who has run a group for longest. Null without any coordinator. */
export async function demoCoordinator({ db, seal }: Ctx): Promise<{ name: string; phone: string } | null> {
  const [row] = await db.sql<{ id: string; name: string; phone: string }[]>`
    select p.id, p.name_sealed as name, p.phone_sealed as phone
    from people p join memberships m on m.person_id = p.id
    where m.role = 'coordinator' and m.state = 'active' and p.name_sealed is not null and p.phone_sealed is not null
    order by m.created_at, p.id
    limit 1
  `;
  if (!row) return null;
  const open = (value: string, column: string) => seal.open(value, { table: "people", column, row: row.id });
  return { name: open(row.name, "name_sealed"), phone: open(row.phone, "phone_sealed") };
}
