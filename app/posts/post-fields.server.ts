import type { Ctx } from "#app/core/ctx.ts";
import type { CategoryField } from "#app/groups/category-field.ts";
import { answerWords, fieldViews, type AnswerWords, type FieldView } from "#app/groups/field-answers.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { PostView } from "#app/posts/post.ts";

/** What the category of a post asks beside how many. The caller has checked that the post may be seen. */
export async function postFields(ctx: Ctx, postId: string, locale: Locale): Promise<FieldView[]> {
  const [row] = await ctx.db.sql<{ fields: CategoryField[] }[]>`
    select c.fields from posts p join categories c on c.id = p.category_id where p.id = ${postId}::uuid`;
  return fieldViews(row?.fields ?? [], locale);
}

/** The answers this asker may know, in their words; asks the database only where there are some. */
export async function postAnswers(
  ctx: Ctx,
  post: Pick<PostView, "id" | "answers">,
  locale: Locale,
): Promise<AnswerWords[]> {
  if (Object.keys(post.answers).length === 0) return [];
  return answerWords(await postFields(ctx, post.id, locale), post.answers);
}
