import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Ctx } from "#app/core/ctx.ts";
import { auditHead, type Head } from "./chain.server.ts";

const fileIn = (dataDir: string) => join(dataDir, "audit-head.json");

/** Notes the newest row down outside of the database, and says it in the log, which others may keep. */
export async function keepHead(ctx: Ctx, dataDir: string): Promise<void> {
  const head = await auditHead(ctx);
  if (head.n === (readHead(dataDir)?.n ?? 0)) return;
  writeFileSync(`${fileIn(dataDir)}.new`, JSON.stringify(head), { mode: 0o600 });
  renameSync(`${fileIn(dataDir)}.new`, fileIn(dataDir));
  ctx.log.info("audit head", { count: head.n, head: head.hash });
}

export const readHead = (dataDir: string): Head | null =>
  existsSync(fileIn(dataDir)) ? (JSON.parse(readFileSync(fileIn(dataDir), "utf8")) as Head) : null;
