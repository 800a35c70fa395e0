import { endOfDay, addDays } from "date-fns";
import { TZDate } from "@date-fns/tz";
import type { Ctx } from "#app/core/ctx.ts";
import { newToken } from "#app/core/ids.server.ts";
import { Problem } from "#app/core/problems.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { checkAnswers, saidOnly, type FieldView } from "#app/groups/field-answers.ts";
import type { GroupView } from "#app/groups/group.ts";
import { isLocale, type Locale } from "#app/i18n/locales.ts";
import type { Proof } from "#app/people/human/pass.server.ts";
import { parsePhone } from "#app/people/phone.server.ts";
import { limitPosting } from "#app/posts/limit-posting.server.ts";
import { firstOpenStep, pathOf, STEPS, type Answers, type Step, type WhenAnswer } from "#app/posts/answers.ts";
import { readDraft, saveDraft, wipeDraft } from "#app/posts/draft.server.ts";
import { manageToken } from "#app/posts/manage-token.server.ts";
import { homeZone } from "#app/core/time-zone.ts";
import type { PostKind, Visibility } from "#app/posts/post.ts";
import { publishPost, type NewPost } from "#app/posts/publish-post.server.ts";
import { Quantity } from "#app/posts/step-input.ts";

type Where = { kind: PostKind; step: Step; token: string | null };

/** What a screen shows, or where to go instead: to the first unanswered screen, or to the receipt of what was sent. */
export type OpenStep = { go: string } | { answers: Answers; groups: GroupView[] };

export async function openStep(ctx: Ctx, { kind, step, token }: Where, locale: Locale): Promise<OpenStep> {
  const draft = await readDraft(ctx, token, kind);
  if (draft?.postId) {
    return step === "what"
      ? { answers: {}, groups: await listGroups(ctx, locale, "uncounted") }
      : { go: receiptOf(ctx, draft.postId) };
  }
  const answers = draft?.answers ?? {};
  const first = firstOpenStep(answers);
  if (STEPS.indexOf(step) > STEPS.indexOf(first)) return { go: pathOf(kind, first) };
  return { answers, groups: await listGroups(ctx, locale, "uncounted") };
}

/** What the kind of thing chosen so far asks beside how many. */
export async function fieldsOfDraft(
  ctx: Ctx,
  { kind, token }: Pick<Where, "kind" | "token">,
  locale: Locale,
): Promise<{ what: string | undefined; fields: FieldView[] }> {
  const what = (await readDraft(ctx, token, kind))?.answers.what;
  return { what, fields: fieldsOf(await listGroups(ctx, locale, "uncounted"), what) };
}

/** What the kind of thing that was chosen asks beside how many. */
export const fieldsOf = (groups: GroupView[], what: string | undefined): FieldView[] =>
  placeOf(groups, what)?.category?.fields ?? [];

/** "Today" is urgent, and may end within the hour; "the next days" are three. Only times these words fit are ticked beforehand. */
const [TODAY_HOURS, DAYS_HOURS] = [12, 96];

/** When it is needed, as things of this kind usually are; null where the category does not say, or neither answer fits. */
export function usualTime(groups: GroupView[], what: string | undefined): WhenAnswer | null {
  const hours = placeOf(groups, what)?.category?.neededWithinHours ?? null;
  if (hours === null || hours > DAYS_HOURS) return null;
  return hours <= TODAY_HOURS ? "today" : "days";
}

/** Keeps what a screen was answered. @returns the draft's token, a new one where the last draft was sent already. */
export async function keepAnswers(ctx: Ctx, { kind, step, token }: Where, given: Answers): Promise<string> {
  const draft = await readDraft(ctx, token, kind);
  const fresh = !token || draft?.postId || (!draft && step === "what");
  const kept = fresh ? newToken() : token;
  await saveDraft(ctx, kept, kind, { ...(fresh ? {} : draft?.answers), ...given });
  return kept;
}

/**
 * Sends the draft: publishes it once however often it is sent, wipes the answers, and says where the receipt is.
 *
 * @param peer where the request came from; only the key of a rate limit.
 * @param proof set where a limit was met and the browser proved to be a person's; by waiting alone, the post is read first.
 * @throws Problem `too-many`, and those of `publishPost`.
 */
export async function sendDraft(
  ctx: Ctx,
  { kind, token, peer, proof }: { kind: PostKind; token: string | null; peer: string; proof?: Proof },
  visibility: Visibility,
): Promise<string> {
  const draft = await readDraft(ctx, token, kind);
  if (!token || !draft) return `${pathOf(kind, "what")}?lost=1`;
  if (draft.postId) return receiptOf(ctx, draft.postId);
  const first = firstOpenStep(draft.answers);
  if (first !== "check") return pathOf(kind, first);
  const input = await toPost(ctx, kind, draft.answers, visibility);
  if (!proof) await limitPosting(ctx, { address: peer, phone: input.contact.phone });
  const post = await publishPost(ctx, { ...input, unproved: proof === "waited", submitKey: `draft ${kind} ${token}` });
  await wipeDraft(ctx, token, kind, post.id);
  return `/m/${post.manageToken}?new=1`;
}

const receiptOf = (ctx: Ctx, postId: string) => `/m/${manageToken(ctx.seal, postId)}?new=1`;

/** The group and category an answer names, in the reader's words; `null` when they are gone. */
export function placeOf(groups: GroupView[], what: string | undefined) {
  const [groupSlug, categorySlug] = (what ?? "").split("/");
  const group = groups.find((one) => one.slug === groupSlug);
  const category = group?.categories.find((one) => one.slug === categorySlug) ?? null;
  return group && (category || !categorySlug) ? { group, category } : null;
}

async function toPost(ctx: Ctx, kind: PostKind, answers: Answers, visibility: Visibility): Promise<NewPost> {
  const locale = isLocale(answers.textLocale) ? answers.textLocale : "en";
  const at = placeOf(await listGroups(ctx, locale, "uncounted"), answers.what);
  if (!at) throw new Problem("invalid-input", { field: "what" });
  const said = (words: string | undefined) => words?.trim() || null;
  return {
    kind,
    groupId: at.group.id,
    categoryId: at.category?.id ?? null,
    title: said(answers.title) ?? at.category?.name ?? at.group.name,
    details: said(answers.details),
    quantity: Quantity.parse(answers.quantity),
    ...windowOf(kind, answers.when as WhenAnswer, ctx.now),
    place: said(answers.place),
    lat: null,
    lng: null,
    address: said(answers.address),
    privateNote: said(answers.privateNote),
    visibility,
    languages: [],
    answers: saidOnly(checkAnswers(at.category?.fields ?? [], answers.fields ?? {}).answers),
    locale,
    contact: {
      name: said(answers.name),
      phone: parsePhone(answers.phone ?? ""),
      email: null,
      discreet: Boolean(answers.discreet),
    },
    submitKey: null,
  };
}

const URGENCY = { today: "urgent", days: "soon", open: "normal" } as const;
const DAYS = { today: 0, days: 3, open: null } as const;

/** "Today" ends with the neighbourhood's day, "the next days" three days later; "it can wait" has no end. */
export function windowOf(
  kind: PostKind,
  when: WhenAnswer,
  now: Date,
): Pick<NewPost, "urgency" | "windowStart" | "windowEnd" | "canWait"> {
  const days = DAYS[when];
  const end = days === null ? null : endOfDay(addDays(new TZDate(now.getTime(), homeZone()), days));
  return {
    urgency: kind === "need" ? URGENCY[when] : "normal",
    windowStart: null,
    windowEnd: end && new Date(end.getTime()),
    canWait: when === "open",
  };
}
