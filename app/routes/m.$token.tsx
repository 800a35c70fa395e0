import type { Units } from "#app/posts/post.ts";
import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { confirmClaim } from "#app/claims/confirm-claim.server.ts";
import { listPostClaims, type PostClaim } from "#app/claims/post-claims.server.ts";
import { PostClaims } from "#app/claims/post-claims.tsx";
import { Problem } from "#app/core/problems.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { getManagedPost } from "#app/posts/get-post.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { actOnPost, doneWords, managePage } from "#app/posts/manage-post.server.ts";
import { ManagePage, type ManageAnswer, type ManagePageProps } from "#app/posts/manage-page.tsx";
import { authorByToken, readThreads, type Thread } from "#app/relay/read-threads.server.ts";
import { authorsThreadUrl, Threads } from "#app/relay/thread.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;
/** The address is the permission: no cache keeps the page, and no search engine lists it. */
export const headers = screenHeaders;

export const loader = guarded("link", async ({ ctx, params, locale, request }) => {
  const token = params["token"] ?? "";
  const managed = await getManagedPost(ctx, token, locale);
  if (!managed) throw new Problem("not-found");
  const t = textFor(locale);
  const search = new URL(request.url).searchParams;
  const author = await authorByToken(ctx, token);
  return json<
    ManagePageProps & { title: string; units: Units | null; claims: PostClaim[]; threads: Thread[]; token: string }
  >({
    ...(await managePage(ctx, t, locale, managed)),
    claims: await listPostClaims(ctx, { postId: managed.post.id, token }, locale),
    threads: author ? await readThreads(ctx, author, locale) : [],
    token,
    units: managed.post.units,
    title: managed.post.title,
    fresh: search.has("new"),
    done: doneWords(search.get("done")),
  });
});

export const action = guarded("link", async ({ ctx, params, locale, request }) => {
  const token = params["token"] ?? "";
  const managed = await getManagedPost(ctx, token, locale);
  if (!managed) throw new Problem("not-found");
  const values = await readForm(request);
  const act = values["act"] ?? "";
  if (act === "confirm") {
    const id = values["claim"] ?? "";
    if (!isUuid(id)) throw new Problem("not-found");
    await confirmClaim(ctx, { id, token });
  } else {
    const answer = await actOnPost(ctx, { token, kind: managed.post.kind, values });
    if (answer) return json<ManageAnswer>(answer, { status: 422, headers: mistake });
  }
  notifyWorker(ctx.db);
  throw redirect(`/m/${token}?done=${act}`, 303);
});

export default function Manage() {
  const { claims, units, threads, token, ...page } = useLoaderData<typeof loader>();
  const helpers =
    claims.length > 0 || threads.length > 0 ? (
      <>
        <PostClaims post={{ kind: page.post.kind, units }} claims={claims} action="?" />
        <Threads threads={threads} action={({ claimId }) => authorsThreadUrl(token, claimId)} />
      </>
    ) : null;
  return <ManagePage {...page} helpers={helpers} answer={useActionData<typeof action>()} />;
}
