import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import type { ExportReason } from "#app/events/event.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import type { GroupInView } from "../scope.server.ts";

/** A post as it leaves the house. Times are ISO 8601 with their offset; the last five are empty unless asked for. */
export type ExportedPost = {
  code: string;
  kind: string;
  group: string;
  category: string | null;
  title: string;
  details: string | null;
  quantity: number;
  remaining: number;
  urgency: string;
  status: string;
  closed_reason: string | null;
  window_start: string | null;
  window_end: string | null;
  place: string | null;
  lat: number | null;
  lng: number | null;
  visibility: string;
  languages: string;
  locale: string;
  answers: FieldAnswers;
  created_at: string;
  expires_at: string;
  name: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  private_note: string | null;
};
export const EXPORT_COLUMNS = [
  "code",
  "kind",
  "group",
  "category",
  "title",
  "details",
  "quantity",
  "remaining",
  "urgency",
  "status",
  "closed_reason",
  "window_start",
  "window_end",
  "place",
  "lat",
  "lng",
  "visibility",
  "languages",
  "locale",
  "answers",
  "created_at",
  "expires_at",
  "name",
  "phone",
  "email",
  "address",
  "private_note",
] as const satisfies (keyof ExportedPost)[];

/** More than this is for a backup. */
const MOST = 50_000;

type Row = Omit<
  ExportedPost,
  "window_start" | "window_end" | "created_at" | "expires_at" | "name" | "phone" | "email" | "address" | "private_note"
> & {
  id: string;
  author_id: string;
  window_start: Date | null;
  window_end: Date | null;
  created_at: Date;
  expires_at: Date;
  contact_name_sealed: string | null;
  address_sealed: string | null;
  note_sealed: string | null;
  phone_sealed: string | null;
  email_sealed: string | null;
};

/**
 * The posts of these groups, oldest first, for a file. That it was made is recorded by the same statement; with contacts, each is
 * recorded as a look that its author can see. The groups must come from `groupsInView`.
 *
 * @param input `open`: only what is not closed. `contacts`: what the file with names, numbers and addresses is for; null leaves them out.
 * @throws Problem `too-many` when there are more than 50,000.
 */
export async function exportPosts(
  ctx: PersonCtx,
  groups: readonly GroupInView[],
  { open, contacts: why }: { open: boolean; contacts: ExportReason | null },
): Promise<ExportedPost[]> {
  const contacts = why !== null;
  const { sql } = ctx.db;
  const ids = groups.map(({ id }) => id);
  const rows = await sql<Row[]>`
    with found as materialized (
      select p.id, p.author_id, p.group_id, p.code, p.kind, g.slug as "group", c.slug as category, p.title, p.details, p.quantity, p.remaining,
        p.urgency, p.status, p.closed_reason, p.window_start, p.window_end, p.place, p.lat, p.lng, p.visibility, p.locale, array_to_string(p.languages, ' ') as languages,
        p.answers, p.created_at, p.expires_at, a.phone_sealed, a.email_sealed, p.contact_name_sealed, p.address_sealed, p.note_sealed
      from posts p join groups g on g.id = p.group_id join people a on a.id = p.author_id left join categories c on c.id = p.category_id
      where p.group_id = any(${ids}::uuid[]) ${open ? sql`and p.status <> 'closed'` : sql``}
      order by p.created_at, p.id limit ${MOST + 1}
    ), noted as (
      insert into events (type, group_id, actor_id, data, at)
      select 'posts.exported', id, ${ctx.person.id}::uuid, jsonb_strip_nulls(jsonb_build_object('contacts', ${contacts}::boolean,
        'why', ${why}::text, 'posts', (select count(*) from found where found.group_id = one.id))), ${ctx.now}::timestamptz
      from unnest(${ids}::uuid[]) one (id) where (select count(*) from found) <= ${MOST}
    ), looked as (
      insert into events (type, group_id, post_id, actor_id, at)
      select 'contact.seen', group_id, id, ${ctx.person.id}::uuid, ${ctx.now}::timestamptz
      from found where ${contacts}::boolean and (select count(*) from found) <= ${MOST} and author_id <> ${ctx.person.id}::uuid
    )
    select * from found order by created_at, id`;
  if (rows.length > MOST) throw new Problem("too-many", { seconds: 0 });
  return rows.map((row) => exported(ctx, row, contacts));
}

function exported(ctx: PersonCtx, row: Row, contacts: boolean): ExportedPost {
  const of = (sealed: string | null, column: string) =>
    contacts ? ctx.seal.read(sealed, { table: "posts", column, row: row.id }) : null;
  const {
    id: _id,
    author_id,
    contact_name_sealed,
    address_sealed,
    note_sealed,
    phone_sealed,
    email_sealed,
    ...plain
  } = row;
  const ofAuthor = (sealed: string | null, column: string) =>
    contacts ? ctx.seal.read(sealed, { table: "people", column, row: author_id }) : null;
  return {
    ...plain,
    window_start: row.window_start?.toISOString() ?? null,
    window_end: row.window_end?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    name: of(contact_name_sealed, "contact_name_sealed"),
    phone: ofAuthor(phone_sealed, "phone_sealed"),
    email: ofAuthor(email_sealed, "email_sealed"),
    address: of(address_sealed, "address_sealed"),
    private_note: of(note_sealed, "note_sealed"),
  };
}
