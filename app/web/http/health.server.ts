import { readdir } from "node:fs/promises";
import type { RequestHandler } from "express";
import type { Services } from "../services.server.ts";

const WORKER_SILENCE_S = 15;
const ANSWER_WITHIN_MS = 1_500;

/** `/healthz`: this process turns its event loop. */
export const healthz: RequestHandler = (_req, res) => {
  res.setHeader("Cache-Control", "no-store");
  res.json({ ok: true });
};

/** `/readyz`: the database answers, every migration is applied, a worker was seen lately. 503 says which is missing. */
export function readyz({ db, env }: Services, isStopping: () => boolean): RequestHandler {
  return async (_req, res) => {
    const checks = { database: false, migrations: false, worker: false, serving: !isStopping() };
    try {
      const files = (await readdir("db/migrations")).filter((name) => name.endsWith(".sql")).length;
      const [row] = await Promise.race([
        db.sql<{ applied: number; worker: boolean }[]>`
          select (select count(*)::int from drizzle.__drizzle_migrations) as applied,
                 exists (select from workers where seen_at > now() - ${WORKER_SILENCE_S} * interval '1 second') as worker`,
        tooLate(),
      ]);
      checks.database = true;
      checks.migrations = row!.applied >= files;
      checks.worker = row!.worker || !env.ROLES.includes("worker");
    } catch {
      // The answer itself says that the database is away.
    }
    const ok = Object.values(checks).every(Boolean);
    res.setHeader("Cache-Control", "no-store");
    res.status(ok ? 200 : 503).json({ ok, ...checks });
  };
}

/** A database that is busy for this long is not ready either. */
const tooLate = () =>
  new Promise<never>((_resolve, late) => setTimeout(() => late(new Error("no answer")), ANSWER_WITHIN_MS).unref());
