import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { claimForm } from "#app/claims/claim-form.server.ts";
import { ClaimFormInput } from "#app/claims/claim-input.ts";
import { ClaimPanel } from "#app/claims/claim-panel.tsx";
import { claimPost } from "#app/claims/claim-post.server.ts";
import { limitClaiming } from "#app/claims/limit-claiming.server.ts";
import { LostRace } from "#app/claims/lost-race.tsx";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import type { Locale } from "#app/i18n/locales.ts";
import { useText } from "#app/i18n/use-text.ts";
import { AnswerList } from "#app/posts/answer-list.tsx";
import { getPost } from "#app/posts/get-post.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { postAnswers } from "#app/posts/post-fields.server.ts";
import { BackLink, Dots, ErrorSummary, UserText } from "#app/ui/index.ts";
import { wantAsk } from "#app/waves/want-ask.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { parseForm, readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

/** The claim sheet of a post, and where its form goes. */
export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("signed-in", async ({ ctx, params, locale }) =>
  json(await sheet(ctx, params["code"], locale)),
);

export const action = guarded("signed-in", async ({ ctx, request, params, locale }) => {
  const { post, title } = await sheet(ctx, params["code"], locale);
  const parsed = parseForm(ClaimFormInput, await readForm(request));
  if (!parsed.ok) return json({ title, ...parsed.fault, lost: null }, { status: 422 });
  const { key, offer, ...wish } = parsed.data;
  await limitClaiming(ctx);
  try {
    const claim = await claimPost(ctx, { code: post.code, offerCode: offer, idempotencyKey: key, ...wish });
    notifyWorker(ctx.db);
    return redirect(`/claims/${claim.id}`, 303);
  } catch (problem) {
    if (!(problem instanceof Problem) || !["already-covered", "not-open"].includes(problem.kind)) throw problem;
    await wantAsk(ctx, { personId: ctx.person.id, code: post.code });
    const { items } = await listPosts(ctx, { kind: post.kind, group: post.group.slug, limit: 4 }, locale);
    const others = items.filter(({ code }) => code !== post.code).slice(0, 3);
    const remaining = Number(problem.facts["remaining"] ?? 0);
    return json({ title, values: {}, errors: {}, lost: { remaining, others } }, { status: problem.status });
  }
});

async function sheet(ctx: PersonCtx, code: string | undefined, locale: Locale) {
  const post = await getPost(ctx, code ?? "", locale);
  if (!post) throw new Problem("not-found");
  const form = await claimForm(ctx, post.id, locale);
  const answers = await postAnswers(ctx, post, locale);
  return { post, form, answers, title: textFor(locale)(`claims.${post.kind}.title`) };
}

export default function ClaimSheet() {
  const t = useText();
  const { post, form, answers } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const errors: Record<string, MessageId> = answer?.errors ?? {};
  const problems = Object.entries(errors).map(([field, id]) => ({
    field,
    message: t(id, { remaining: post.remaining }),
  }));
  return (
    <div className="stack">
      <BackLink href={`/p/${post.code}`}>{t("web.back")}</BackLink>
      {answer?.lost ? (
        <LostRace post={post} lost={answer.lost} form={form} />
      ) : (
        <>
          <ErrorSummary title={t("web.errors")} errors={problems} />
          <h1>
            <bdi>{post.title}</bdi>
          </h1>
          <p className="meta">
            <Dots
              items={[<bdi key="group">{post.group.name}</bdi>, post.place && <bdi key="place">{post.place}</bdi>]}
            />
          </p>
          {post.details && <UserText>{post.details}</UserText>}
          <AnswerList answers={answers} />
          {form.own ? (
            <p>{t("problem.own-post")}</p>
          ) : (
            <ClaimPanel post={post} form={form} values={answer?.values} errors={errors} />
          )}
        </>
      )}
    </div>
  );
}
