import type { Ctx } from "#app/core/ctx.ts";
import { answerWords, type FieldView } from "#app/groups/field-answers.ts";
import { sayAnswer } from "#app/groups/typed-answers.ts";
import type { GroupView } from "#app/groups/group.ts";
import { LOCALE_NAMES, isLocale, type Locale } from "#app/i18n/locales.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Text } from "#app/i18n/text.ts";
import type { Answers, Step } from "#app/posts/answers.ts";
import { placeOf } from "#app/posts/new-post.server.ts";
import type { PostKind } from "#app/posts/post.ts";
import type { Choices, Summary } from "#app/posts/step-props.ts";

/** Only what the radios need: names and slugs. A group that came by link (`?group=`) stands first. */
export function choicesOf(groups: GroupView[], preset: string | null): Choices {
  const choices = groups.map(({ slug, name, categories }) => ({
    slug,
    name,
    categories: categories.map((category) => ({ slug: category.slug, name: category.name })),
  }));
  return choices.toSorted((a, b) => Number(b.slug === preset) - Number(a.slug === preset));
}

/** Optional lines that only make the last screen longer while nothing was said. */
const MAY_BE_LEFT_OUT = new Set<MessageId>(["posts.check.words", "posts.check.more", "posts.check.note"]);

/** The answers in words, for the last screen. */
export function summaryOf(
  ctx: Ctx,
  t: Text,
  locale: Locale,
  { kind, answers, groups }: { kind: PostKind; answers: Answers; groups: GroupView[] },
): Summary {
  const at = placeOf(groups, answers.what);
  const about = at && (at.category?.name ?? `${at.group.name}: ${t("posts.what.other")}`);
  const said = (words: string | undefined) => words?.trim() || null;
  const when = answers.when as "today" | "days" | "open";
  const language: Locale = isLocale(answers.textLocale) ? answers.textLocale : "en";
  const quantity = said(answers.quantity) ?? "1";
  const unit = Number(quantity) === 1 ? at?.category?.unitOne : at?.category?.unit;
  const amount = unit ? t("posts.check.amount", { quantity, unit }) : quantity;
  const phone = said(answers.phone);
  const rows: { step: Step; term: MessageId; value: string | null; typed?: boolean }[] = [
    { step: "what", term: "posts.check.what", value: about },
    { step: "what", term: "posts.check.quantity", value: amount },
    { step: "what", term: "posts.check.words", value: said(answers.title), typed: true },
    { step: "what", term: "posts.check.more", value: said(answers.details), typed: true },
    { step: "when", term: "posts.check.when", value: t(`posts.when.${when}_choice_${kind}`) },
    { step: "when", term: "posts.check.where", value: said(answers.place) ?? t("posts.check.not_sure"), typed: true },
    { step: "when", term: "posts.check.address", value: said(answers.address), typed: true },
    { step: "when", term: "posts.check.note", value: said(answers.privateNote), typed: true },
    { step: "reach", term: "posts.check.phone", value: phone, typed: true },
    { step: "reach", term: "posts.check.name", value: said(answers.name), typed: true },
    { step: "reach", term: "posts.check.language", value: LOCALE_NAMES[language] },
  ];
  const shown = rows.filter((row) => row.value !== null || !MAY_BE_LEFT_OUT.has(row.term));
  const inWords = shown.map((row) => ({ ...row, term: t(row.term) }));
  const afterWhen = shown.findLastIndex(({ step }) => step === "when") + 1;
  return {
    rows: inWords.toSpliced(afterWhen, 0, ...fieldRows(t, locale, at?.category?.fields ?? [], answers)),
    visibility: at?.category?.defaultVisibility ?? "everyone",
    waits: Boolean(at?.group.moderates) && !(at && ctx.person?.roles[at.group.id] === "coordinator"),
    texts: phone !== null || ctx.person !== null,
  };
}

/** What was chosen of what the category asks; what was left open is not listed. */
function fieldRows(t: Text, locale: Locale, fields: readonly FieldView[], answers: Answers): Summary["rows"] {
  return answerWords(fields, answers.fields ?? {}).map((answer) => ({
    step: "when",
    term: answer.label,
    value: sayAnswer(t, locale, answer),
  }));
}
