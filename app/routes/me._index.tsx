import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { MyPage } from "#app/claims/my-page.tsx";
import { listMyClaims } from "#app/claims/my-claims.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { listOwnPosts } from "#app/posts/list-own-posts.server.ts";
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
  const [claims, posts, questions] = await Promise.all([
    listMyClaims(ctx, locale, { past }),
    listOwnPosts(ctx, locale, { past }),
    openQuestions(ctx, ctx.person.id),
  ]);
  const done = answeredWords(search.get("answered"));
  return json({ title: textFor(locale)("claims.mine.title"), past, claims, posts, questions, done });
});

export default function Me() {
  const { questions, done, ...page } = useLoaderData<typeof loader>();
  return (
    <MyPage
      {...page}
      questions={
        <>
          <AnswerDone done={done} />
          <Questions questions={questions} />
        </>
      }
    />
  );
}
