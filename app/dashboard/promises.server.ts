import type { ClaimStatus } from "#app/claims/claim.ts";
import { SILENCE_HOURS } from "#app/claims/claim.ts";
import { extendClaim } from "#app/claims/extend-claim.server.ts";
import { nudgeNow } from "#app/claims/nudge-now.server.ts";
import { takeStep } from "#app/claims/take-step.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import { hideInName } from "#app/people/hiding/hide.ts";
import { openName } from "#app/people/person.server.ts";
import { isTrusted } from "#app/posts/reach.server.ts";
import type { PostKind } from "#app/posts/post.ts";
import type { PromiseAct, PromiseRow } from "./promises.ts";
import type { GroupInView } from "./scope.server.ts";

/** As many as one shift can settle; those further from their time come up as these are done. */
const MOST = 200;

type Row = {
  id: string;
  person_id: string;
  name_sealed: string | null;
  status: ClaimStatus;
  quantity: number;
  due_at: Date;
  lapses_at: Date;
  settles_at: Date;
  nudged_at: Date | null;
  unknown: boolean;
  is_member: boolean;
  group_id: string;
  code: string;
  kind: PostKind;
  title: string;
  unit: string | null;
  unit_one: string;
  translations: Translations;
  total: number;
};

/**
 * Every promise of these groups that is not over, by what is due first. The groups must come from `groupsInView`.
 *
 * @param by only those of this person.
 */
export async function listPromises(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
  locale: Locale,
  by: string | null = null,
): Promise<{ promises: PromiseRow[]; total: number }> {
  const rows = await ctx.db.sql<Row[]>`
    select k.id, k.person_id, who.name_sealed, k.status, coalesce(k.delivered_quantity, k.quantity) as quantity, k.due_at,
      k.lapses_at, greatest(k.ask_at, k.updated_at + make_interval(hours => ${SILENCE_HOURS})) as settles_at, k.nudged_at,
      k.status <> 'delivered' and not ${isTrusted(ctx, "k")} as unknown,
      exists (select from memberships m where m.person_id = k.person_id and m.group_id = p.group_id and m.state <> 'left') as is_member,
      p.group_id, p.code, p.kind, p.title, c.unit, c.unit_one, c.translations, count(*) over ()::int as total
    from claims k join posts p on p.id = k.post_id join people who on who.id = k.person_id
      left join categories c on c.id = p.category_id
    where (k.status in ('promised', 'on_the_way') or k.status = 'delivered') and p.status = 'open'
      and p.group_id = any(${groups.map(({ id }) => id)}::uuid[])
      and (${by}::uuid is null or k.person_id = ${by}::uuid)
    order by k.status = 'delivered', k.due_at, k.id limit ${MOST}`;
  return { promises: rows.map((row) => toPromise(ctx, row, groups, locale)), total: rows[0]?.total ?? 0 };
}

function toPromise(ctx: PersonCtx, row: Row, groups: readonly GroupInView[], locale: Locale): PromiseRow {
  const { name, slug } = groups.find((group) => group.id === row.group_id)!;
  const unit = row.unit !== null && { unit: row.unit, unit_one: row.unit_one, translations: row.translations };
  return {
    id: row.id,
    who: hideInName(openName(ctx.seal, { id: row.person_id, name_sealed: row.name_sealed })),
    status: row.status,
    quantity: row.quantity,
    dueAt: row.due_at,
    lapsesAt: row.lapses_at,
    settlesAt: row.settles_at,
    nudgedAt: row.nudged_at,
    unknown: row.unknown,
    person: row.is_member ? `/coordinate/people/${row.person_id}?group=${slug}` : null,
    group: name,
    post: {
      code: row.code,
      kind: row.kind,
      title: row.title,
      units: unit ? { one: inLocale(unit, "unit_one", locale), many: inLocale(unit, "unit", locale) } : null,
    },
  };
}

/** The verb behind a coordinator's button. @throws Problem as the verb does. */
export async function actOnPromise(ctx: PersonCtx, { id, act }: { id: string; act: PromiseAct }): Promise<void> {
  if (act === "nudge") await nudgeNow(ctx, { id });
  else if (act === "extend") await extendClaim(ctx, { id });
  else
    await takeStep(ctx, { id, status: act === "delivered" ? "delivered" : "released", quantity: null, reason: null });
}
