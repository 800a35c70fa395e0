import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { reassignClaim } from "#app/claims/reassign-claim.server.ts";
import { withUndo } from "#app/core/ctx.ts";
import { Problem } from "#app/core/problems.ts";
import { ReassignPage } from "#app/dashboard/reassign-page.tsx";
import { readReassignable } from "#app/dashboard/reassign.server.ts";
import { notifyWorker } from "#app/events/wake-worker.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, params, locale }) => {
  const claim = await readReassignable(ctx, params["id"] ?? "");
  return json({ title: textFor(locale)("acts.reassign"), claim }, { headers: { "Cache-Control": "no-store" } });
});

export const action = guarded("coordinator", async ({ ctx, request, params }) => {
  const { person } = await readForm(request);
  const pick: MessageId = "acts.error.person";
  if (!person) return json({ error: pick }, { status: 422 });
  const done = await reassignClaim(withUndo(ctx), { id: params["id"] ?? "", personId: person }).then(
    () => "reassigned",
    (problem: unknown) => {
      if (problem instanceof Problem && problem.kind === "wrong-step") return "gone";
      throw problem;
    },
  );
  notifyWorker(ctx.db);
  throw redirect(`/coordinate/promises?done=${done}`, 303);
});

export default function Reassign() {
  return <ReassignPage claim={useLoaderData<typeof loader>().claim} error={useActionData<typeof action>()?.error} />;
}
