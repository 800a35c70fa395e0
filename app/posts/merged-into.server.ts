import type { Ctx } from "#app/core/ctx.ts";
import { plainCode } from "#app/posts/post.ts";

/** The code of the post that goes on for this one since they were joined; null when it stands for itself. */
export async function mergedInto({ db: { sql } }: Ctx, code: string): Promise<string | null> {
  const [row] = await sql<{ code: string }[]>`
    select kept.code from posts p join posts kept on kept.id = p.merged_into where p.code = ${plainCode(code)}`;
  return row?.code ?? null;
}
