import { dateFormat } from "#app/i18n/date-format.ts";
import { sayAnswer } from "#app/groups/typed-answers.ts";
import { getContact } from "#app/posts/get-contact.server.ts";
import { getPost } from "#app/posts/get-post.server.ts";
import { postAnswers } from "#app/posts/post-fields.server.ts";
import type { PostView } from "#app/posts/post.ts";
import { findPromises } from "../my-things.server.ts";
import { amount, cut } from "../say.ts";
import type { Answer, Texter } from "../texter.ts";
import { list } from "./list.server.ts";

/** MORE alone: the next three of the list they see. */
export async function moreOfList(texter: Texter): Promise<Answer> {
  const { list: shown } = texter.conversation;
  return shown
    ? list(texter, shown.words, shown.next)
    : { outcome: "more", say: [texter.t("texting.more_what")], idle: true };
}

/**
 * MORE code: what there is to know about a post. Whoever holds a live promise on it also reads where to go and what the
 * author told only those who come, once a coordinator has accepted them; that look is recorded.
 */
export async function more(texter: Texter, code: string): Promise<Answer> {
  const { ctx, t, locale, timeZone } = texter;
  const post = await getPost(ctx, code, locale);
  if (!post || post.status === "in_review")
    return { outcome: "more", say: [t("texting.no_code", { code })], idle: true };
  const [mine] = await findPromises(texter, { code, states: ["promised", "on_the_way"] });
  const facts = { ...factsOf(texter, post, timeZone), details: await detailsOf(texter, post) };
  const say = [
    t(
      "texting.more",
      mine ? { ...facts, amount: amount(t, mine.quantity, post.units), mine: "yes" } : { ...facts, mine: "no" },
    ),
  ];
  if (mine) say.push(...(await whereExactly(texter, post)));
  return { outcome: "more", say, postId: post.id };
}

function factsOf({ t, locale }: Texter, post: PostView, timeZone: string) {
  const until =
    post.windowEnd &&
    dateFormat(locale, { timeZone, weekday: "short", hour: "numeric", minute: "2-digit" }).format(post.windowEnd);
  return {
    code: post.code,
    group: cut(post.group.name, 16),
    title: cut(post.title, 60),
    amount: amount(t, post.status === "open" ? post.remaining : post.quantity, post.units),
    placed: post.place ? "yes" : "no",
    place: cut(post.place, 24),
    timed: until ? "yes" : "no",
    until: until ?? "",
    state: post.status !== "open" ? "closed" : post.remaining === 0 ? "covered" : "open",
    kind: post.kind,
  };
}

/** What has to fit comes before the author's own words; only those who may know it read it. */
async function detailsOf({ ctx, t, locale }: Texter, post: PostView): Promise<string> {
  const answers = await postAnswers(ctx, post, locale);
  const said = answers.map((answer) => `${answer.label}: ${sayAnswer(t, locale, answer)}`);
  return cut([...said, post.details].filter(Boolean).join(". "), said.length > 0 ? 120 : 90);
}

/** Address and private note, if the author gave any. */
async function whereExactly({ ctx, t }: Texter, post: PostView): Promise<string[]> {
  const contact = await getContact(ctx, post.code).catch(() => null);
  if (!contact) return [t("access.text", { code: post.code, group: cut(post.group.name, 24) })];
  if (!contact.address && !contact.privateNote) return [];
  return [
    t("texting.more_address", {
      code: post.code,
      placed: contact.address ? "yes" : "no",
      address: cut(contact.address, 120),
      note: cut(contact.privateNote, 120),
    }),
  ];
}
