import type { Ctx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { isPersonBlocked } from "#app/people/blocked/is-blocked.server.ts";
import { hideInName } from "#app/people/hiding/hide.ts";
import { plainCode } from "#app/posts/post.ts";
import { isKept, isTrusted } from "#app/posts/reach.server.ts";

/** How to reach a post's author, and what they told only those who come. Phones are E.164. */
export type Contact = {
  name: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  privateNote: string | null;
  /** There is a number or an address, which is shown to this person only when both sides shared theirs. */
  hidden: boolean;
};

type ContactRow = {
  id: string;
  author_id: string;
  contact_name_sealed: string | null;
  address_sealed: string | null;
  note_sealed: string | null;
  name_sealed: string | null;
  phone_sealed: string | null;
  email_sealed: string | null;
  is_own: boolean;
  in_full: boolean;
};

/**
 * Opens the contact of a post to somebody entitled: its author, whoever a coordinator has accepted and who has a live
 * promise on it or delivered it within 48 hours (unless the group blocks them), and the group's coordinators. Each look but the author's own is recorded as
 * `contact.seen` by the statement that reads.
 *
 * Whoever promised sees neither number nor e-mail until both sides said SHARE: until then the two write to each other
 * through us.
 *
 * Name and e-mail of the author's own row are opened only where the author wrote this post signed in, or the row was made
 * with it: anybody can type a neighbour's number, and must not learn from that what else we hold about them.
 *
 * @throws Problem `sign-in-needed`, or `not-found` when there is no such post or it is not theirs to see.
 */
export async function getContact(ctx: Ctx, code: string): Promise<Contact> {
  const { sql } = ctx.db;
  const { person } = ctx;
  if (!person) throw new Problem("sign-in-needed");
  const coordinated = Object.keys(person.roles).filter((id) => person.roles[id] === "coordinator");
  const inFull = sql`(${person.isAdmin}::boolean or p.author_id = ${person.id}::uuid or p.group_id = any(${coordinated}::uuid[]))`;
  const [row] = await sql<ContactRow[]>`
    with seen as (
      select p.id, p.group_id, p.author_id, p.contact_name_sealed, p.address_sealed, p.note_sealed, a.name_sealed,
             a.phone_sealed, a.email_sealed, a.created_at = p.created_at or exists (select from events e
                where e.post_id = p.id and e.type = 'post.published' and e.actor_id = p.author_id) as is_own,
             ${inFull} or exists (select from relays r join claims c on c.id = r.claim_id
                where r.post_id = p.id and c.person_id = ${person.id}::uuid and ${isKept(ctx)}
                  and 2 = (select count(*) from relay_parties rp where rp.relay_id = r.id and rp.shared_at is not null)) as in_full
        from posts p join people a on a.id = p.author_id
       where p.code = ${plainCode(code)}
         and (${inFull} or exists (select 1 from claims c where c.post_id = p.id and c.person_id = ${person.id}::uuid
                and ${isKept(ctx)} and ${isTrusted(ctx)}
                and not ${isPersonBlocked(ctx, sql`${person.id}::uuid`, sql`p.group_id`)}))
    ), happened as (
      insert into events (type, group_id, post_id, actor_id, at)
      select 'contact.seen', group_id, id, ${person.id}::uuid, ${ctx.now}::timestamptz
        from seen where author_id <> ${person.id}::uuid
    )
    select * from seen`;
  if (!row) throw new Problem("not-found");
  const ofPost = (sealed: string | null, column: string) =>
    ctx.seal.read(sealed, { table: "posts", column, row: row.id });
  const ofAuthor = (sealed: string | null, column: string) =>
    ctx.seal.read(sealed, { table: "people", column, row: row.author_id });
  const name =
    ofPost(row.contact_name_sealed, "contact_name_sealed") ??
    (row.is_own ? ofAuthor(row.name_sealed, "name_sealed") : null);
  const phone = ofAuthor(row.phone_sealed, "phone_sealed");
  const email = row.is_own ? ofAuthor(row.email_sealed, "email_sealed") : null;
  return {
    name: row.in_full ? name : hideInName(name, [phone, email]),
    phone: row.in_full ? phone : null,
    email: row.in_full ? email : null,
    address: ofPost(row.address_sealed, "address_sealed"),
    privateNote: ofPost(row.note_sealed, "note_sealed"),
    hidden: !row.in_full && (phone !== null || email !== null),
  };
}
