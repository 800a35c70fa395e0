import { Problem } from "#app/core/problems.ts";
import { listGroups } from "#app/groups/queries.server.ts";
import { LOCALES, type Locale } from "#app/i18n/locales.ts";
import type { GroupView } from "#app/groups/group.ts";
import { limitPosting } from "#app/posts/limit-posting.server.ts";
import { windowOf } from "#app/posts/new-post.server.ts";
import { publishPost, type NewPost } from "#app/posts/publish-post.server.ts";
import { shownChoices } from "../choices.ts";
import { converse, type Effect, type Input, type Moved } from "../converse.ts";
import { EMPTY, type Choice, type Conversation, type Draft, type Step } from "../conversation.ts";
import { isAddress } from "../read-answers.ts";
import { amount, cut } from "../say.ts";
import type { Answer, Texter } from "../texter.ts";
import { titleOf } from "../title.ts";

/** Takes the text as the next step of the conversation that makes a post; null when it is none. */
export async function takeStep(texter: Texter, input: Input, outcome: string): Promise<Answer | null> {
  const { ctx, conversation } = texter;
  const groups = await readGroups(texter);
  const moved = converse(conversation, input, { now: ctx.now.getTime(), choices: choicesOf(groups) });
  const [effect] = moved.effects;
  if (!effect) return null;
  const answer =
    effect.kind === "forgotten"
      ? { outcome: "", say: [texter.t("texting.forgotten", { kind: effect.post })] }
      : effect.kind === "ask"
        ? asking(texter, groups, moved, effect)
        : await publish(texter, groups, effect.draft);
  return {
    ...answer,
    outcome,
    change: { ...moved.state, ...answer.change },
    unread: moved.handOver || answer.unread === true,
  };
}

/** A new id for the draft that a text begins; the same text begins the same draft. */
export const draftId = ({ heard }: Texter) => heard.sid;

type Groups = Record<Locale, GroupView[]>;

async function readGroups({ ctx }: Texter): Promise<Groups> {
  const [en, es, ar] = await Promise.all(LOCALES.map((locale) => listGroups(ctx, locale, "uncounted")));
  return { en: en!, es: es!, ar: ar! };
}

/** Every category, then every group for whatever has none. The order is the same in every language. */
function choicesOf(groups: Groups): Choice[] {
  const named = (one: (list: GroupView[]) => string[]) => LOCALES.flatMap((locale) => one(groups[locale]));
  const categories = groups.en.flatMap((group, g) =>
    group.categories.map((category, c) => ({
      groupId: group.id,
      categoryId: category.id,
      group: group.slug,
      label: category.slug,
      names: [
        category.slug.replaceAll("-", " "),
        ...named((list) => {
          const one = list[g]?.categories[c];
          return one ? [one.name, one.unit, one.unitOne] : [];
        }),
      ],
    })),
  );
  const others = groups.en.map(({ id, slug }) => ({
    groupId: id,
    categoryId: null,
    group: slug,
    label: slug,
    names: [],
  }));
  return [...categories, ...others];
}

function asking(texter: Texter, groups: Groups, { state }: Moved, effect: Extract<Effect, { kind: "ask" }>): Answer {
  const { t } = texter;
  const draft = state.draft!;
  const question = questionFor(texter, groups, state, effect.step);
  const values = { question, title: cut(draft.what, 30) };
  const say = effect.again
    ? t("texting.again", values)
    : effect.kept && draft.what !== null && effect.step !== "check"
      ? t("texting.went_on", values)
      : question;
  return { outcome: "", say: [say] };
}

function questionFor(texter: Texter, groups: Groups, { draft, flow }: Conversation, step: Step): string {
  const { t, locale } = texter;
  const { kind, about } = draft!;
  const mine = groups[locale];
  const category = mine.flatMap(({ categories }) => categories).find(({ id }) => id === about?.categoryId);
  switch (step) {
    case "what":
      return t("texting.ask_what", { kind });
    case "about": {
      const shown = shownChoices(flow!, choicesOf(groups));
      const lines = shown.map((choice, at) => `${at + 1} ${nameOf(texter, mine, choice)}`).join(", ");
      return t("texting.ask_about", { lines });
    }
    case "quantity":
      return t("texting.ask_quantity", {
        unit: category ? cut(category.unit, 20) : "",
        united: category ? "yes" : "no",
      });
    case "when":
      return t("texting.ask_when", { kind });
    case "where":
      return t("texting.ask_where", { kind });
    default:
      return summary(texter, groups, draft!);
  }
}

function nameOf({ t }: Texter, groups: GroupView[], { groupId, categoryId }: Choice): string {
  const group = groups.find(({ id }) => id === groupId);
  const category = group?.categories.find(({ id }) => id === categoryId);
  return category ? cut(category.name, 22) : t("texting.other_of", { group: cut(group?.name ?? "", 16) });
}

function summary({ t, locale }: Texter, groups: Groups, draft: Draft): string {
  const category = groups[locale]
    .flatMap(({ categories }) => categories)
    .find(({ id }) => id === draft.about?.categoryId);
  const { title } = titleFor(groups, draft, category?.name ?? cut(draft.what, 40));
  const units = category ? { one: category.unitOne, many: category.unit } : null;
  return t("texting.ask_check", {
    kind: draft.kind,
    title: cut(title, 40),
    amount: amount(t, draft.quantity ?? 1, units),
    when: draft.when ?? "open",
    where: draft.place ? "place" : draft.address ? "address" : "none",
    place: cut(draft.place ?? draft.address, 30),
    more: draft.more.length,
  });
}

/** The same post as by web: its receipt, with the code, is told by the event. */
async function publish(texter: Texter, groups: Groups, draft: Draft): Promise<Answer> {
  const { ctx, t, locale, heard } = texter;
  const group = groups[locale].find(({ id }) => id === draft.about?.groupId);
  const category = group?.categories.find(({ id }) => id === draft.about?.categoryId) ?? null;
  if (!group) throw new Problem("invalid-input", { field: "group" });
  const { title, aside: notForTitle } = titleFor(groups, draft, category?.name ?? group.name);
  const [aside, open] = [draft.more.filter(isAddress), draft.more.filter((words) => !isAddress(words))];
  try {
    await limitPosting(ctx, { address: null, phone: null });
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== "too-many") throw error;
    return { outcome: "", say: [t("texting.too_many")], change: { ...EMPTY, draft }, unread: true };
  }
  const post: NewPost = {
    kind: draft.kind,
    groupId: group.id,
    categoryId: category?.id ?? null,
    title,
    details: open.length > 0 ? open.join("\n").slice(0, 2_000) : null,
    quantity: draft.quantity ?? 1,
    ...windowOf(draft.kind, draft.when ?? "open", heard.receivedAt),
    place: draft.place,
    lat: null,
    lng: null,
    address: draft.address,
    privateNote: [notForTitle, ...aside].filter(Boolean).join("\n").slice(0, 1_000) || null,
    visibility: category?.defaultVisibility ?? "everyone",
    languages: [],
    locale,
    contact: { name: null, phone: null, email: null },
    submitKey: `text ${draft.id}`,
  };
  return { outcome: "", say: [], postId: await publishOnce(texter, post) };
}

const titleFor = (groups: Groups, { what, about }: Draft, plain: string) =>
  titleOf(what, {
    names:
      choicesOf(groups).find(({ categoryId }) => categoryId !== null && categoryId === about?.categoryId)?.names ?? [],
    plain,
  });

/** A text that is handled again finds its post, even where the map changed meanwhile. */
async function publishOnce({ ctx }: Texter, post: NewPost): Promise<string | null> {
  try {
    return (await publishPost(ctx, post)).id;
  } catch (error) {
    if (error instanceof Problem && error.kind === "key-reused") return null;
    throw error;
  }
}
