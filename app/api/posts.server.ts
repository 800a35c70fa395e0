import type { z } from "zod";
import { whyNotTexted } from "#app/core/countries.ts";
import { Problem } from "#app/core/problems.ts";
import type { FieldAnswers } from "#app/groups/category-field.ts";
import { checkAnswers, keepGone, saidOnly, type FieldView } from "#app/groups/field-answers.ts";
import type { GroupView } from "#app/groups/group.ts";
import { getGroup } from "#app/groups/queries.server.ts";
import { limitPosting } from "#app/posts/limit-posting.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { editPost, type PostChanges } from "#app/posts/edit-post.server.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { getManagedPost, getPost } from "#app/posts/get-post.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import type { PostView } from "#app/posts/post.ts";
import { postFields } from "#app/posts/post-fields.server.ts";
import { publishPost } from "#app/posts/publish-post.server.ts";
import { BadInput, pointerTo } from "./bad-input.ts";
import { operation, type ApiCtx } from "./operation.ts";
import { postJson } from "./post-json.ts";
import { NewPostBody, PostChangesBody, PostPath, PostsQuery } from "./posts-input.ts";
import { Post, PostInFull, PostList, PublishedPost } from "./shapes.ts";

/** A shelter's phones share one address, so it is generous; somebody signed in counts by themselves. */

export const postOperations = [
  operation({
    id: "listPosts",
    method: "GET",
    path: "/posts",
    summary: "The board: needs and offers the caller may see",
    description: "Open and covered posts come waiting longest first; closed ones and `all` newest first.",
    auth: "optional",
    query: PostsQuery,
    problems: [],
    answers: { 200: PostList },
    async handle(ctx, { query: { within_km: withinKm, near, ...filter } }) {
      const page = await listPosts(ctx, { ...filter, near: near ?? null, withinKm: withinKm ?? null }, ctx.locale);
      const items = page.items.map((post) => postJson(post, ctx.publicUrl));
      return { status: 200, body: { items, next_cursor: page.nextCursor } };
    },
  }),
  operation({
    id: "publishPost",
    method: "POST",
    path: "/posts",
    summary: "Put up a need or an offer, without signing in",
    description:
      "The author is whoever has the phone number, else who is signed in, else somebody new. Where the group moderates, " +
      "the post waits `in_review`. Everybody may see the post, unless its category starts out more private.",
    auth: "optional",
    takesIdempotencyKey: true,
    body: NewPostBody,
    problems: ["key-reused", "too-many", "too-busy"],
    answers: { 201: PublishedPost },
    async handle(ctx, { body, idempotencyKey }) {
      mustBeTexted(ctx, body.contact.phone ?? null);
      await limitPosting(ctx, { address: ctx.address, phone: body.contact.phone ?? null });
      const { group, category } = await findPlace(ctx, body);
      const published = await publishPost(ctx, {
        kind: body.kind,
        groupId: group.id,
        categoryId: category?.id ?? null,
        title: body.title,
        details: body.details ?? null,
        quantity: body.quantity ?? 1,
        urgency: body.urgency ?? "normal",
        windowStart: body.window_start ?? null,
        windowEnd: body.window_end ?? null,
        place: body.place ?? null,
        lat: body.lat ?? null,
        lng: body.lng ?? null,
        address: body.address ?? null,
        privateNote: body.private_note ?? null,
        visibility: category?.defaultVisibility ?? "everyone",
        languages: body.languages ?? [],
        answers: saidOnly(known(category?.fields ?? [], body.answers ?? {})),
        locale: body.locale ?? ctx.locale,
        contact: { name: body.contact.name, phone: body.contact.phone ?? null, email: body.contact.email ?? null },
        submitKey: idempotencyKey && `api ${idempotencyKey}`,
      });
      const made = await getManagedPost(ctx, published.manageToken, ctx.locale);
      if (!made) throw new Problem("not-found");
      const post = postJson(made.post, ctx.publicUrl);
      return {
        status: 201,
        headers: { Location: `${ctx.publicUrl}/api/v1/posts/${post.code}` },
        body: { ...post, manage_url: `${ctx.publicUrl}/m/${published.manageToken}` },
      };
    },
  }),
  operation({
    id: "getPost",
    method: "GET",
    path: "/posts/{code}",
    summary: "One post, with how to reach its author for those entitled",
    auth: "optional",
    params: PostPath,
    problems: [],
    answers: { 200: PostInFull },
    async handle(ctx, { params: { code } }) {
      const post = await getPost(ctx, code, ctx.locale);
      if (!post) throw new Problem("not-found");
      return { status: 200, body: { ...postJson(post, ctx.publicUrl), ...(await contactFor(ctx, code)) } };
    },
  }),
  operation({
    id: "changePost",
    method: "PATCH",
    path: "/posts/{code}",
    summary: "Edit a post, or close it; for its author and the group's coordinators",
    description: "What is left out stays; null empties. What is left follows the quantity.",
    auth: "required",
    params: PostPath,
    body: PostChangesBody,
    problems: ["not-allowed", "already-closed"],
    answers: { 200: Post },
    async handle(ctx, { params: { code }, body }) {
      const before = await getPost(ctx, code, ctx.locale);
      if (!before) throw new Problem("not-found");
      if (body.closed_reason) await closePost(ctx, { code, reason: body.closed_reason });
      else if (Object.keys(body).length > 0) {
        const answers = body.answers && (await changedAnswers(ctx, before, body.answers));
        await editPost(ctx, { code, changes: { ...changesOf(body, before), ...(answers && { answers }) } });
      }
      const after = await getPost(ctx, code, ctx.locale);
      return { status: 200, body: postJson(after ?? before, ctx.publicUrl) };
    },
  }),
];

/** @throws BadInput when the window would end before it starts, also together with what stays as it was. */
function changesOf(body: z.output<typeof PostChangesBody>, before: PostView): PostChanges {
  const { window_start: windowStart, window_end: windowEnd, private_note: privateNote, answers: _, ...same } = body;
  const start = windowStart === undefined ? before.windowStart : windowStart;
  const end = windowEnd === undefined ? before.windowEnd : windowEnd;
  if (start && end && end < start) throw new BadInput([{ pointer: "#/window_end", say: "ends_first" }]);
  const { status: _status, closed_reason: _reason, ...changes } = { ...same, windowStart, windowEnd, privateNote };
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** @throws BadInput that names each field that is not asked, or whose options are not these. */
function known(fields: FieldView[], given: FieldAnswers): FieldAnswers {
  const { answers, wrong } = checkAnswers(fields, given);
  const unasked = Object.keys(given).filter((key) => !fields.some((field) => field.key === key));
  const faults = [...unasked, ...wrong].map((key) => ({
    pointer: pointerTo(["answers", key]),
    say: "answer" as const,
  }));
  if (faults.length > 0) throw new BadInput(faults);
  return answers;
}

async function changedAnswers(ctx: ApiCtx, { id, answers }: PostView, given: FieldAnswers): Promise<FieldAnswers> {
  const fields = await postFields(ctx, id, ctx.locale);
  return keepGone(fields, answers, known(fields, given));
}

/** @throws BadInput that names the field whose slug is of nothing. */
async function findPlace(ctx: ApiCtx, body: z.output<typeof NewPostBody>) {
  const group: GroupView | null = await getGroup(ctx, body.group, ctx.locale, "uncounted");
  if (!group) throw new BadInput([{ pointer: "#/group", say: "group" }]);
  const category = group.categories.find(({ slug }) => slug === body.category);
  if (body.category && !category) throw new BadInput([{ pointer: "#/category", say: "category" }]);
  return { group, category };
}

type Private = Pick<z.input<typeof PostInFull>, "contact" | "address" | "private_note">;

/** What only those entitled may know; nothing for everybody else. Each look is recorded. */
async function contactFor(ctx: ApiCtx, code: string): Promise<Private> {
  if (!ctx.person) return {};
  try {
    const { name, phone, email, address, privateNote } = await getContact(ctx, code);
    return { contact: { name, phone, email }, address, private_note: privateNote };
  } catch (error) {
    if (error instanceof Problem && error.kind === "not-found") return {};
    throw error;
  }
}

/** @throws BadInput where strangers may have nothing sent to this number. */
function mustBeTexted({ textsTo }: ApiCtx, phone: string | null): void {
  const why = phone && whyNotTexted(phone, textsTo);
  if (why) throw new BadInput([{ pointer: pointerTo(["contact", "phone"]), say: `phone_${why}` }]);
}
