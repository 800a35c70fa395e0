import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { groupInView } from "#app/dashboard/scope.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import type { MessageId } from "#app/i18n/compiled/message-id.ts";
import { InPage, type InFault, type InProps } from "#app/imports/in-page.tsx";
import { listImports, startImport } from "#app/imports/imports.server.ts";
import { momentWords } from "#app/posts/post-words.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { mistake, screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const { groups, chosen } = await groupInView(ctx, new URL(request.url).searchParams.get("group"), locale);
  const before = await listImports(
    ctx,
    groups.map(({ id }) => id),
  );
  const data: InProps & { title: string } = {
    title: textFor(locale)("in.title"),
    groups: groups.map(({ slug, name }) => ({ slug, name })),
    group: chosen?.slug ?? groups[0]?.slug ?? "",
    before: before.map(({ id, groupId, state, createdAt, good, total }) => ({
      id,
      state,
      good,
      total,
      when: momentWords(locale, createdAt),
      group: groups.find((group) => group.id === groupId)?.name ?? "",
    })),
  };
  return json(data, { headers: { "Cache-Control": "no-store" } });
});

export const action = guarded("coordinator", async ({ ctx, request, locale }) => {
  const form = await request.formData().catch(() => {
    throw new Problem("invalid-input");
  });
  const words = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value.replaceAll("\0", "") : "";
  };
  const { groups, chosen } = await groupInView(ctx, words("group") || null, locale);
  const group = chosen ?? groups[0];
  if (!group) throw new Problem("not-found");
  const file = form.get("file");
  const bytes =
    file instanceof Blob && file.size > 0
      ? new Uint8Array(await file.arrayBuffer())
      : new TextEncoder().encode(words("pasted"));
  try {
    const kind = words("kind") === "offer" ? "offer" : "need";
    const id = await startImport(ctx, { groupId: group.id, kind, bytes });
    return redirect(`/coordinate/in/${id}`, 303);
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== "invalid-input") throw error;
    const message: MessageId = error.facts["field"] === "rows" ? "in.error.rows" : "in.error.file";
    const values = { group: words("group"), kind: words("kind"), pasted: words("pasted") };
    return json<InFault>({ values, errors: { file: message } }, { status: 422, headers: mistake });
  }
});

export default function In() {
  return (
    <InPage
      {...useLoaderData<typeof loader>()}
      fault={useActionData<typeof action>()}
      nav={<CoordinatorNav at="in" />}
    />
  );
}
