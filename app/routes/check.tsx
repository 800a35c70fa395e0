import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { newChallenge } from "#app/people/human/challenge.server.ts";
import { CheckPage } from "#app/people/human/check-page.tsx";
import { earnPass, newWait } from "#app/people/human/pass.server.ts";
import { cookieHeader } from "#app/web/cookies.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { useNonce } from "#app/web/nonce.tsx";
import { readForm } from "#app/web/parse-form.server.ts";
import { safePath } from "#app/web/safe-path.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("anyone", async ({ ctx, request, locale }) =>
  json({
    title: textFor(locale)("human.title"),
    challenge: JSON.stringify(await newChallenge(ctx)),
    wait: newWait(ctx),
    to: safePath(new URL(request.url).searchParams.get("to")),
  }),
);

export const action = guarded("anyone", async ({ ctx, request, context }) => {
  const { proof, wait, to } = await readForm(request);
  const earned = await earnPass(ctx, { proof, wait, address: context.peer });
  if (earned.failed) {
    const failed = { why: earned.failed, seconds: earned.seconds };
    // Who is only too early goes on waiting from where they were.
    return json({ failed, ...(earned.failed === "wait" && wait ? { wait } : {}) }, { status: 422 });
  }
  const cookie = cookieHeader(context.services.env, "human", earned.pass);
  return redirect(safePath(to), { status: 303, headers: { "Set-Cookie": cookie } });
});

export default function Check() {
  return (
    <CheckPage
      {...useLoaderData<typeof loader>()}
      failed={null}
      {...useActionData<typeof action>()}
      nonce={useNonce()}
    />
  );
}
