import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { PersonCtx } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { deviceOf } from "#app/people/device.ts";
import { newPaper } from "#app/people/second-step/paper.server.ts";
import { addPasskey, passkeyToMake } from "#app/people/second-step/passkeys.server.ts";
import { listSecondSteps, removeSecondStep } from "#app/people/second-step/second-steps.server.ts";
import { PaperPage, SecurityPage } from "#app/people/second-step/security-page.tsx";
import type { Fault } from "#app/people/sign-in-pages.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { useNonce } from "#app/web/nonce.tsx";
import { readForm } from "#app/web/parse-form.server.ts";
import { requireFresh } from "#app/web/require-fresh.server.ts";
import { stepFault } from "#app/web/shown-step.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

const HERE = "/me/security";

export const loader = guarded("signed-in", async ({ ctx, locale }) => {
  requireFresh(ctx, HERE);
  const [mine, asked] = await Promise.all([listSecondSteps(ctx), passkeyToMake(ctx)]);
  return json({ title: textFor(locale)("steps.mine.title"), asked: JSON.stringify(asked), ...mine });
});

export const action = guarded("signed-in", async ({ ctx, request }) => {
  requireFresh(ctx, HERE);
  const values = await readForm(request);
  switch (values["act"]) {
    case "passkey":
      return keepPasskey(ctx, { answer: values["passkey"] ?? "", device: deviceOf(request.headers.get("user-agent")) });
    case "paper":
      return json({ codes: await newPaper(ctx) });
    case "remove":
      await removeSecondStep(ctx, { id: values["id"] ?? "" });
      return redirect(HERE, 303);
    default:
      throw new Problem("invalid-input");
  }
});

/** With the first one come the codes on paper: they are shown in the answer itself, as nothing keeps them. */
async function keepPasskey(ctx: PersonCtx, given: { answer: string; device: string }) {
  try {
    await addPasskey(ctx, given);
  } catch (error) {
    const { fault, status } = stepFault(error, { passkey: "shown" });
    return json<Fault>(fault, { status });
  }
  const { paper } = await listSecondSteps(ctx);
  return paper === 0 ? json({ codes: await newPaper(ctx) }) : redirect(HERE, 303);
}

export default function Security() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as { codes: string[] } | Fault | undefined;
  const nonce = useNonce();
  if (answer && "codes" in answer) return <PaperPage codes={answer.codes} />;
  return <SecurityPage {...page} nonce={nonce} fault={answer} />;
}
