import { claimPost } from "#app/claims/claim-post.server.ts";
import { releaseClaim } from "#app/claims/release-claim.server.ts";
import type { PersonCtx } from "#app/core/ctx.ts";
import { newId, newToken } from "#app/core/ids.server.ts";
import { EVERYBODY } from "#app/broadcasts/audience.ts";
import { saveDraft, saveWords } from "#app/broadcasts/save-draft.server.ts";
import { groupsInView } from "#app/dashboard/scope.server.ts";
import { leaveNote } from "#app/dashboard/shift/shift.server.ts";
import { saveView } from "#app/dashboard/views/save-view.server.ts";
import { noteMember } from "#app/groups/member-note.server.ts";
import { startImport } from "#app/imports/imports.server.ts";
import { relayText } from "#app/relay/relay-text.server.ts";
import { reportRelay } from "#app/relay/report-relay.server.ts";
import {
  aCategory,
  aField,
  aGroup,
  aMember,
  aPerson,
  aPhone,
  aPost,
  signedInAs,
  type MadePerson,
} from "#tests/factories.ts";
import { aCall, aHeardText, aSaidText, aThread } from "#tests/messages/rows.ts";
import { sessionOf } from "#tests/setup/ask-route.ts";
import { testCtx, testDb } from "#tests/setup/context.ts";

/**
 * Who asks. `applied` asked to join and waits; `unchecked` joined by themselves, holds promises, and no coordinator knows them;
 * `claimer` is known and holds promises, `released` is known and handed theirs back; `foreign` coordinates another group.
 */
export const ROLES = [
  "visitor",
  "stranger",
  "applied",
  "unchecked",
  "volunteer",
  "claimer",
  "released",
  "author",
  "coordinator",
  "foreign",
  "admin",
] as const;
export type Role = (typeof ROLES)[number];

/** What is asked for: posts of one group by who may see them and how far they are, one of another group, and none at all. */
export const OBJECTS = ["everyone", "volunteers", "team", "review", "closed", "purged", "other", "gone"] as const;
export type ObjectName = (typeof OBJECTS)[number];
type Made = Exclude<ObjectName, "gone">;
const MADE = OBJECTS.filter((name): name is Made => name !== "gone");

/** Words that are searched for in every answer: which, and of what. */
export const canary = (field: string, of: string) => `zq-${field}-${of}`;
/** A name must look like one, or it is hidden as a number in disguise would be. */
export const nameOf = (of: string) => `Zqname${of}`;

export type Post = { id: string; code: string; token: string };
export type Scene = {
  groups: { ours: { id: string; slug: string }; theirs: { id: string; slug: string } };
  people: Record<Exclude<Role, "visitor">, MadePerson>;
  /** Somebody who only ever texted and called. */
  caller: MadePerson;
  sessions: Record<Role, string | null>;
  posts: Record<Made, Post>;
  offer: Post;
  /** Whose promise: on `everyone`, but `other` on the post of the other group. */
  claims: Record<"unchecked" | "claimer" | "released" | "released, of the team" | "other", string>;
  thread: string;
  call: string;
  broadcast: string;
  import: string;
  view: string;
  /** A conversation that its author reported. */
  report: string;
  /** To the author, about `everyone`. */
  question: string;
};

/** Every kind of thing the routes are about, with a canary in each field that is not for everybody. */
export async function aScene(): Promise<Scene> {
  const ctx = testCtx();
  const { sql } = testDb();
  const [ours, theirs] = [await aGroup(ctx), await aGroup(ctx)];
  const person = (role: string, given = {}) => aPerson(ctx, { name: nameOf(role), ...given });
  const member = (role: string, groupId: string, given = {}) => aMember(ctx, groupId, { name: nameOf(role), ...given });
  const people: Scene["people"] = {
    stranger: await person("stranger", { accepted: false }),
    applied: await member("applied", ours.id, { state: "asked", accepted: false }),
    unchecked: await member("unchecked", ours.id, { accepted: false }),
    volunteer: await member("volunteer", ours.id),
    claimer: await member("claimer", ours.id),
    released: await member("released", ours.id),
    author: await person("author", { accepted: false }),
    coordinator: await member("coordinator", ours.id, { role: "coordinator", accepted: false }),
    foreign: await member("foreign", theirs.id, { role: "coordinator", accepted: false }),
    admin: await person("admin", { isAdmin: true, accepted: false }),
  };
  const sessions = { visitor: null } as Scene["sessions"];
  // From an hour ahead: nobody is asked for a fresh code, however long the walk takes.
  const signedInAt = new Date(Date.now() + 3_600_000);
  for (const [role, { id }] of Object.entries(people)) sessions[role as Role] = await sessionOf(ctx, id, signedInAt);

  const email = ctx.seal.seal(`${canary("email", "author")}@example.org`, {
    table: "people",
    column: "email_sealed",
    row: people.author.id,
  });
  await sql`update people set email_sealed = ${email} where id = ${people.author.id}::uuid`;

  const posts = {} as Scene["posts"];
  for (const name of MADE) posts[name] = await aPostOf(name, name === "other" ? theirs.id : ours.id, people.author.id);
  const as = async (role: Exclude<Role, "visitor">): Promise<PersonCtx> => signedInAs(ctx, people[role]);
  const offerer = await person("offerer");
  const offer = await aPost(ctx, {
    groupId: ours.id,
    kind: "offer",
    quantity: 50,
    authorId: offerer.id,
    title: "Bread",
  });

  const claims = {} as Scene["claims"];
  for (const role of ["unchecked", "claimer", "released"] as const) {
    for (const name of ["volunteers", "team", "everyone"] as const) {
      claims[role] = await claimOn(posts[name], role);
      if (role === "released" && name === "team") claims["released, of the team"] = claims[role];
    }
    for (const name of ["closed", "purged"] as const)
      await claimOnClosed(posts[name].id, people[role].id, role === "released");
  }
  claims.other = await claimFor(posts.other.code, (await person("helper")).id);
  const releaser = await as("released");
  for (const { id } of await sql<{ id: string }[]>`
    select id from claims where person_id = ${people.released.id}::uuid and status = 'promised'`)
    await releaseClaim(releaser, { id, reason: null });

  const talk = { personId: people.claimer.id, claimId: claims.claimer, code: null, toNumber: null };
  await relayText(ctx, { ...talk, words: canary("message", "everyone"), sayKey: newToken() });
  const report = await aReport(claims.unchecked, people);
  const question = newId();
  await sql`
    insert into questions (id, kind, person_id, post_id, asked_at, expires_at)
    values (${question}::uuid, 'still_needed', ${people.author.id}::uuid, ${posts.everyone.id}::uuid, now(), now() + interval '1 day')`;

  const coordinator = await as("coordinator");
  const [group] = await groupsInView(coordinator, ours.id);
  await leaveNote(coordinator, group!, canary("shift", "ours"));
  await noteMember(coordinator, {
    groupId: ours.id,
    personId: people.volunteer.id,
    note: canary("membernote", "volunteer"),
  });
  await saveView(coordinator, { name: "Mine", query: "state=open", group: null });
  const [view] = await sql<
    { id: string }[]
  >`select id from saved_views where person_id = ${people.coordinator.id}::uuid`;
  const broadcast = newId();
  await saveDraft(coordinator, { id: broadcast, groupId: ours.id, audience: EVERYBODY });
  await saveWords(coordinator, { id: broadcast, words: { en: canary("broadcast", "ours") } });
  const bytes = new TextEncoder().encode(`title,phone\n${canary("import", "ours")},+15550142233\n`);
  const imported = await startImport(coordinator, { groupId: ours.id, kind: "need", bytes });
  const caller = await person("caller", { accepted: false });
  const thread = await aThread(ctx, { groupId: ours.id, phone: caller.phone });
  await aSaidText(ctx, caller.id, canary("said", "ours"), { groupId: ours.id });
  await aHeardText(ctx, thread, canary("heard", "ours"));
  const call = await aCall(ctx, thread, { transcript: canary("transcript", "ours") });
  await sql`update events set fanned_out_at = now() where fanned_out_at is null`;
  return {
    groups: { ours, theirs },
    people,
    caller,
    sessions,
    posts,
    offer: { id: offer.id, code: offer.code, token: offer.manageToken },
    claims,
    thread: thread.id,
    call,
    broadcast,
    import: imported,
    view: view!.id,
    report,
    question,
  };

  async function claimFor(code: string, personId: string): Promise<string> {
    const key = newToken();
    const admin = { id: personId, isAdmin: true, locale: "en", roles: {} } as const;
    const given = {
      code,
      quantity: 2,
      eta: null,
      note: canary("claimnote", "someone"),
      offerCode: null,
      idempotencyKey: key,
    };
    return (await claimPost({ ...ctx, person: admin }, given)).id;
  }

  async function claimOn(post: Post, role: "unchecked" | "claimer" | "released"): Promise<string> {
    return claimFor(post.code, people[role].id);
  }
}

/** A need with everything in it that could hurt its author. */
async function aPostOf(name: Made, groupId: string, authorId: string): Promise<Post> {
  const ctx = testCtx();
  const { sql } = testDb();
  const option = canary("answer", name);
  const category = await aCategory(ctx, groupId, { fields: [aField("diet", [option])] });
  const visibility = name === "volunteers" || name === "team" ? name : name === "other" ? "team" : "everyone";
  const contact = { name: nameOf(`contact${name}`), phone: null, email: null };
  const post = await aPost(ctx, {
    groupId,
    authorId,
    categoryId: category.id,
    quantity: 40,
    title: `Soup for ${name}`,
    details: canary("details", name),
    address: canary("address", name),
    privateNote: canary("note", name),
    answers: { diet: [option] },
    place: "Elm and 3rd",
    visibility,
    contact,
  });
  // Its options stand on no form any more, so that what is found was said by somebody.
  await sql`update categories set archived_at = now() where id = ${category.id}::uuid`;
  if (name === "review")
    await sql`update posts set status = 'in_review', unapproved = true where id = ${post.id}::uuid`;
  if (name === "closed" || name === "purged")
    await sql`update posts set status = 'closed', closed_reason = 'fulfilled', closed_at = now() - interval '40 days' where id = ${post.id}::uuid`;
  if (name === "purged")
    await sql`update posts set address_sealed = null, note_sealed = null, contact_name_sealed = null where id = ${post.id}::uuid`;
  return { id: post.id, code: post.code, token: post.manageToken };
}

/** The claimer of `claimId` wrote something that the author reported. */
async function aReport(claimId: string, people: Scene["people"]): Promise<string> {
  const ctx = testCtx();
  const words = { words: canary("reported", "everyone"), sayKey: newToken(), toNumber: null };
  await relayText(ctx, { personId: people.unchecked.id, claimId, code: null, ...words });
  await reportRelay(ctx, { personId: people.author.id, claimId, code: null });
  const [relay] = await testDb().sql<{ id: string }[]>`select id from relays where claim_id = ${claimId}::uuid`;
  return relay!.id;
}

/** A promise of long ago on a post that is closed. */
async function claimOnClosed(postId: string, personId: string, released: boolean): Promise<void> {
  await testDb().sql`
    insert into claims (id, post_id, person_id, quantity, status, due_at, lapses_at, idempotency_key, request_hash, created_at, updated_at)
    values (${newId()}::uuid, ${postId}::uuid, ${personId}::uuid, 1, ${released ? "released" : "confirmed"}, now() - interval '41 days',
      now() - interval '41 days', ${newToken()}, '', now() - interval '42 days', now() - interval '40 days')`;
}

export const NOWHERE = { code: "ZZZZ", id: "00000000-0000-4000-8000-000000000000", phone: aPhone() };
