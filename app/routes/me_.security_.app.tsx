import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { newToken } from "#app/core/ids.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { addApp, appToAdd } from "#app/people/second-step/app.server.ts";
import { newPaper } from "#app/people/second-step/paper.server.ts";
import { listSecondSteps } from "#app/people/second-step/second-steps.server.ts";
import { AppPage, PaperPage } from "#app/people/second-step/security-page.tsx";
import type { Fault } from "#app/people/sign-in-pages.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { requireFresh } from "#app/web/require-fresh.server.ts";
import { stepFault } from "#app/web/shown-step.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

const HERE = "/me/security/app";

export const loader = guarded("signed-in", ({ ctx, locale }) => {
  requireFresh(ctx, HERE);
  const seed = newToken();
  return json({ title: textFor(locale)("steps.app.title"), seed, ...appToAdd(ctx, seed) });
});

export const action = guarded("signed-in", async ({ ctx, request }) => {
  requireFresh(ctx, HERE);
  const { seed = "", code = "" } = await readForm(request);
  try {
    await addApp(ctx, { seed, code });
  } catch (error) {
    const { fault, status } = stepFault(error, { code });
    // The same secret again: the app has it already.
    return json({ fault, seed, ...appToAdd(ctx, seed) }, { status });
  }
  const { paper } = await listSecondSteps(ctx);
  return paper === 0 ? json({ codes: await newPaper(ctx) }) : redirect("/me/security", 303);
});

type Answer = { codes: string[] } | { fault: Fault; seed: string; secret: string; uri: string } | undefined;

export default function App() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as Answer;
  if (answer && "codes" in answer) return <PaperPage codes={answer.codes} />;
  return <AppPage {...page} {...answer} />;
}
