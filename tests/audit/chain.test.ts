import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { auditHead, chainAudit, verifyAudit } from "#app/audit/chain.server.ts";
import { keepHead, readHead } from "#app/audit/keep-head.server.ts";
import { setRole } from "#app/groups/set-role.server.ts";
import { makeApiToken } from "#app/people/make-api-token.server.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const { sql } = ctx.db;

type Row = {
  n: string;
  what: string;
  actor_id: string | null;
  subject_id: string | null;
  detail: Record<string, unknown>;
};
const rows = () => sql<Row[]>`select n, what, actor_id, subject_id, detail from audit_log order by n`;

/** As somebody who owns the database might. */
async function tamper(statement: () => Promise<unknown>): Promise<void> {
  await sql`alter table audit_log disable trigger user`;
  await statement();
  await sql`alter table audit_log enable trigger user`;
}

test("who read and who was given power is on record, each row bound to the one before", async () => {
  const group = await aGroup(ctx);
  const coordinator = await signedInAs(ctx, await aMember(ctx, group.id, { role: "coordinator" }));
  const volunteer = await aMember(ctx, group.id);
  const post = await aPost(ctx, { groupId: group.id, address: "7 Heron Road" });
  await getContact(coordinator, post.code);
  await setRole(coordinator, { groupId: group.id, personId: volunteer.id, role: "coordinator" });
  await makeApiToken(ctx, volunteer.id);
  await sql`update people set is_admin = true where id = ${volunteer.id}::uuid`;
  const many = await Promise.all([chainAudit(ctx), chainAudit(ctx), chainAudit(ctx)]);
  await chainAudit(ctx);
  expect(many.filter((n) => n > 0)).toHaveLength(1);

  const found = await rows();
  const author = (await sql<{ author_id: string }[]>`select author_id from posts where id = ${post.id}::uuid`)[0]!
    .author_id;
  expect(found).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ what: "contact.seen", actor_id: coordinator.person.id, subject_id: author }),
      expect.objectContaining({
        what: "member.role",
        actor_id: coordinator.person.id,
        subject_id: volunteer.id,
        detail: { role: "coordinator" },
      }),
      expect.objectContaining({ what: "token.made", subject_id: volunteer.id }),
      expect.objectContaining({ what: "admin.changed", subject_id: volunteer.id, detail: { admin: true } }),
    ]),
  );
  expect(found.map(({ n }) => Number(n))).toEqual(found.map((_row, at) => at + 1));
  expect(JSON.stringify(found)).not.toContain("Heron");
  const verdict = await verifyAudit(ctx);
  expect(verdict).toMatchObject({ rows: found.length, bad: null });
  expect(await auditHead(ctx)).toEqual(verdict.head);
});

test("nothing in it can be changed, deleted or emptied", async () => {
  for (const act of [sql`update audit_log set what = 'x'`, sql`delete from audit_log`, sql`truncate audit_log`])
    await expect(act).rejects.toThrow(/only ever added to/);
});

test("whoever gets around that is found out, by the row", async () => {
  const before = await rows();
  const [first] = await sql<{ actor_id: string }[]>`select actor_id from audit_log where n = 1`;
  await tamper(() => sql`update audit_log set actor_id = null, detail = '{"x": 1}' where n = 1`);
  expect((await verifyAudit(ctx)).bad).toEqual({ n: 1, why: "changed" });
  await tamper(
    () =>
      sql`update audit_log set actor_id = ${first!.actor_id}::uuid, detail = ${sql.json(before[0]!.detail as never)} where n = 1`,
  );
  expect((await verifyAudit(ctx)).bad).toBeNull();

  await tamper(() => sql`update audit_log set n = case n when 2 then -3 when 3 then -2 end where n in (2, 3)`);
  await tamper(() => sql`update audit_log set n = -n where n < 0`);
  expect((await verifyAudit(ctx)).bad).toEqual({ n: 2, why: "changed" });
  await tamper(() => sql`update audit_log set n = case n when 2 then -3 when 3 then -2 end where n in (2, 3)`);
  await tamper(() => sql`update audit_log set n = -n where n < 0`);
  expect((await verifyAudit(ctx)).bad).toBeNull();

  await tamper(() => sql`delete from audit_log where n = 2`);
  expect((await verifyAudit(ctx)).bad).toEqual({ n: 2, why: "missing" });
});

test("an end that was cut off shows against the head that was noted down", async () => {
  await tamper(() => sql`truncate audit_log`);
  const group = await aGroup(ctx);
  for (let n = 0; n < 3; n++) await makeApiToken(ctx, (await aMember(ctx, group.id)).id);
  await chainAudit(ctx);
  const dir = mkdtempSync(join(tmpdir(), "manyhands-audit-"));
  expect(readHead(dir)).toBeNull();
  await keepHead(ctx, dir);
  expect(await verifyAudit(ctx, readHead(dir))).toMatchObject({ rows: 3, bad: null });
  await tamper(() => sql`delete from audit_log where n = 3`);
  expect((await verifyAudit(ctx)).bad).toBeNull();
  expect((await verifyAudit(ctx, readHead(dir))).bad).toEqual({ n: 3, why: "cut off" });
});
