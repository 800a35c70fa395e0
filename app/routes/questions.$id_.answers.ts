import { redirect } from "@remix-run/node";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { answerQuestion } from "#app/questions/answer-question.server.ts";
import { answeredMark } from "#app/questions/answered-words.ts";
import { AnswerInput } from "#app/questions/question-input.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";

/** Where the two buttons of a question go; it leads back to one's own page, which says what came of it. */
export const loader = guarded("signed-in", () => redirect("/me", 303));

export const action = guarded("signed-in", async ({ ctx, request, params }) => {
  const parsed = AnswerInput.safeParse(await readForm(request));
  if (!parsed.success) throw new Problem("invalid-input");
  const { answer } = parsed.data;
  const answered = await answerQuestion(ctx, { id: params["id"] ?? "", personId: ctx.person.id, answer });
  notifyWorker(ctx.db);
  return redirect(`/me?answered=${answeredMark(answered)}`, 303);
});
