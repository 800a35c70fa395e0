import { newCode, newId } from "#app/core/ids.server.ts";
import type { Ctx, SignedIn } from "#app/core/ctx.ts";

/** Rows as the dashboard finds them, with every moment of their life chosen by the test. */
type Row = Record<string, string | number | boolean | Date | null>;

export async function person(ctx: Ctx, given: Row & { name?: string } = {}): Promise<SignedIn> {
  const { name, ...rest } = given;
  const id = newId();
  const sealed = name ? ctx.seal.seal(name, { table: "people", column: "name_sealed", row: id }) : null;
  const row = { id, name_sealed: sealed, created_at: ctx.now, ...rest };
  await ctx.db.sql`insert into people ${ctx.db.sql(row)}`;
  return { id, isAdmin: false, locale: "en", roles: {} };
}

export async function group(ctx: Ctx, given: Row = {}): Promise<string> {
  const id = newId();
  const row = { id, slug: `g-${id}`, name: "Kitchen", blurb: "We cook.", created_at: ctx.now, ...given };
  await ctx.db.sql`insert into groups ${ctx.db.sql(row)}`;
  return id;
}

export async function post(ctx: Ctx, author: SignedIn, groupId: string, given: Row = {}): Promise<string> {
  const id = newId();
  const quantity = given["quantity"] ?? 1;
  const row = {
    id,
    code: newCode(8),
    kind: "need",
    group_id: groupId,
    author_id: author.id,
    title: "Hot meals",
    quantity,
    remaining: quantity,
    manage_hash: id,
    created_at: ctx.now,
    updated_at: ctx.now,
    expires_at: new Date(ctx.now.getTime() + 30 * 86_400_000),
    ...given,
  };
  await ctx.db.sql`insert into posts ${ctx.db.sql(row)}`;
  return id;
}

export async function claim(ctx: Ctx, by: SignedIn, postId: string, given: Row = {}): Promise<void> {
  const id = newId();
  const row = {
    id,
    post_id: postId,
    person_id: by.id,
    quantity: 1,
    due_at: ctx.now,
    lapses_at: ctx.now,
    idempotency_key: id,
    request_hash: id,
    created_at: ctx.now,
    updated_at: ctx.now,
    ...given,
  };
  await ctx.db.sql`insert into claims ${ctx.db.sql(row)}`;
}

export async function text(ctx: Ctx, to: SignedIn, groupId: string | null, given: Row = {}): Promise<void> {
  const id = newId();
  const row = {
    id,
    dedupe_key: id,
    person_id: to.id,
    group_id: groupId,
    template: "need_published",
    lane: 5,
    not_before: ctx.now,
    expires_at: ctx.now,
    created_at: ctx.now,
    updated_at: ctx.now,
    ...given,
  };
  await ctx.db.sql`insert into outbox ${ctx.db.sql(row)}`;
}

/** Somebody who coordinates these groups. */
export const coordinates = (who: SignedIn, ...groupIds: string[]): SignedIn => ({
  ...who,
  roles: Object.fromEntries(groupIds.map((id) => [id, "coordinator" as const])),
});
