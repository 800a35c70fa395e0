import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { coordination } from "#app/claims/scope.server.ts";
import { inLocale, type Locale, type Translations } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { postHistory } from "#app/posts/post-history.server.ts";
import { historyLines } from "#app/posts/post-words.ts";
import {
  plainCode,
  shownState,
  type PostKind,
  type PostStatus,
  type Urgency,
  type Visibility,
} from "#app/posts/post.ts";
import type { ClosedReason } from "#app/events/event.ts";
import type { Desk } from "./desk.ts";
import { findDuplicates } from "./duplicates.server.ts";

type Row = {
  id: string;
  code: string;
  kind: PostKind;
  status: PostStatus;
  closedReason: ClosedReason | null;
  title: string;
  details: string | null;
  quantity: number;
  remaining: number;
  urgency: Urgency;
  place: string | null;
  visibility: Visibility;
  revision: number;
  createdAt: Date;
  entered: boolean;
  mergedInto: string | null;
  group_slug: string;
  group_name: string;
  translations: Translations;
};

/** A post of one of the coordinator's groups, with all that can be done with it. @throws Problem `not-found`. */
export async function readDesk(ctx: PersonCtx, code: string, t: Text, locale: Locale): Promise<Desk> {
  const { everywhere, groups } = coordination(ctx.person);
  const { sql } = ctx.db;
  const [row] = await sql<Row[]>`
    select p.id, p.code, p.kind, p.status, p.closed_reason as "closedReason", p.title, p.details, p.quantity, p.remaining, p.urgency,
      p.place, p.visibility, p.revision, p.created_at as "createdAt", p.entered_by is not null as entered, kept.code as "mergedInto",
      g.slug as group_slug, g.name as group_name, g.translations
    from posts p join groups g on g.id = p.group_id left join posts kept on kept.id = p.merged_into
    where p.code = ${plainCode(code)} and (${everywhere} or p.group_id = any(${groups}::uuid[]))`;
  if (!row) throw new Problem("not-found");
  const [events, duplicates, others] = await Promise.all([
    postHistory(ctx, row.id),
    row.status === "closed" ? [] : findDuplicates(ctx, row.code),
    sql<{ slug: string; name: string; translations: Translations }[]>`
      select slug, name, translations from groups where slug <> ${row.group_slug} order by position, name`,
  ]);
  const seconds = (at: Date) => Math.max(0, Math.floor((ctx.now.getTime() - at.getTime()) / 1000));
  const { code: known, kind, title, quantity, remaining, revision, mergedInto, entered } = row;
  return {
    code: known,
    kind,
    title,
    quantity,
    remaining,
    revision,
    mergedInto,
    entered,
    state: shownState(row),
    group: inLocale({ name: row.group_name, translations: row.translations }, "name", locale),
    seconds: seconds(row.createdAt),
    values: {
      title,
      details: row.details ?? "",
      quantity: String(quantity),
      urgency: row.urgency,
      place: row.place ?? "",
      visibility: row.visibility,
    },
    history: historyLines(t, locale, kind, events),
    duplicates: duplicates.map(({ createdAt, ...one }) => ({ ...one, seconds: seconds(createdAt) })),
    groups: others.map((group) => ({ value: group.slug, label: inLocale(group, "name", locale) })),
  };
}
