import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { MyPage } from "#app/claims/my-page.tsx";
import { listMyClaims } from "#app/claims/my-claims.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { listOwnPosts } from "#app/posts/list-own-posts.server.ts";
import { haveSecondStep } from "#app/people/second-step/second-steps.server.ts";
import { StepAdvice } from "#app/people/second-step/step-pages.tsx";
import { answeredWords } from "#app/questions/answered-words.ts";
import { openQuestions } from "#app/questions/open-questions.server.ts";
import { AnswerDone, Questions } from "#app/questions/questions.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

/** My promises with the next action first, and my own posts. */
export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("signed-in", async ({ ctx, request, locale }) => {
  const search = new URL(request.url).searchParams;
  const past = search.get("tab") === "past";
  const coordinates = ctx.person.isAdmin || Object.values(ctx.person.roles).includes("coordinator");
  const [claims, posts, questions, safe] = await Promise.all([
    listMyClaims(ctx, locale, { past }),
    listOwnPosts(ctx, locale, { past }),
    openQuestions(ctx, ctx.person.id),
    !coordinates || haveSecondStep(ctx),
  ]);
  const done = answeredWords(search.get("answered"));
  return json({ title: textFor(locale)("claims.mine.title"), past, claims, posts, questions, done, safe });
});

export default function Me() {
  const { questions, done, safe, ...page } = useLoaderData<typeof loader>();
  return (
    <MyPage
      {...page}
      questions={
        <>
          <AnswerDone done={done} />
          <Questions questions={questions} />
          {!safe && <StepAdvice />}
        </>
      }
    />
  );
}
