import { setTimeout as sleep } from "node:timers/promises";
import type { Ctx } from "#app/core/ctx.ts";
import type { SendSms } from "#app/sms/sms.ts";

type Run = { sendSms: SendSms; worker: string; concurrency: number; leaseSeconds: number; signal: AbortSignal };
type Row = { id: string; person: string; phone: string; body: string };

/**
 * What a queue with leases and retries does, the `submitting` step removed: a text is taken, sent, and noted as sent; when
 * the call fails or the worker dies it is sent again. Here to show that the crash test can fail.
 */
export async function naiveLoop(ctx: Ctx, run: Run): Promise<void> {
  while (!run.signal.aborted) {
    const rows = await take(ctx, run);
    await Promise.all(rows.map((row) => sendOne(ctx, run, row)));
    if (rows.length === 0) await sleep(100);
  }
}

async function take(ctx: Ctx, run: Run): Promise<Row[]> {
  return ctx.db.sql<Row[]>`
    update outbox o set state = 'claimed', lease_until = now() + ${run.leaseSeconds} * interval '1 second'
    from (select id from outbox where state = 'queued' and not_before <= now() or state = 'claimed' and lease_until < now()
      order by not_before, id limit ${run.concurrency} for update skip locked) chosen, people p
    where o.id = chosen.id and p.id = o.person_id
    returning o.id, p.id as person, p.phone_sealed as phone, o.body_sealed as body`;
}

async function sendOne(ctx: Ctx, run: Run, row: Row): Promise<void> {
  const outcome = await run.sendSms({
    to: ctx.seal.open(row.phone, { table: "people", column: "phone_sealed", row: row.person }),
    body: ctx.seal.open(row.body, { table: "outbox", column: "body_sealed", row: row.id }),
    from: null,
    outboxId: row.id,
    attempt: 1,
    validitySeconds: 600,
  });
  await ctx.db.sql`
    update outbox set state = ${outcome.kind === "accepted" ? "submitted" : "queued"},
      not_before = now() + interval '1 second' where id = ${row.id}::uuid`;
}
