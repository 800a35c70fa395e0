import { json, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { acceptMember } from "#app/groups/accept-member.server.ts";
import { declineMember } from "#app/groups/decline-member.server.ts";
import { MembersPage } from "#app/groups/members-page.tsx";
import { getGroup, listMembers } from "#app/groups/queries.server.ts";
import { setRole } from "#app/groups/set-role.server.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { isUuid } from "#app/people/uuid.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";
import { requireFresh } from "#app/web/require-fresh.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", async ({ ctx, params, locale }) => {
  const group = await getGroup(ctx, params["slug"]!, locale);
  if (!group) throw new Problem("not-found");
  const members = await listMembers(ctx, group.id);
  const title = textFor(locale)("groups.members.title", { name: group.name });
  return json({ title, group: { slug: group.slug, name: group.name }, members, me: ctx.person.id });
});

export const action = guarded("coordinator", async ({ ctx, request, params, locale }) => {
  const group = await getGroup(ctx, params["slug"]!, locale);
  if (!group) throw new Problem("not-found");
  const form = await readForm(request);
  const personId = form["person"] ?? "";
  if (!isUuid(personId)) throw new Problem("invalid-input");
  const about = { groupId: group.id, personId };
  switch (form["do"]) {
    case "accept":
      await acceptMember(ctx, about);
      break;
    case "decline":
    case "remove":
      await declineMember(ctx, about);
      break;
    case "coordinator":
    case "volunteer":
      requireFresh(ctx, `/groups/${group.slug}/members`);
      await setRole(ctx, { ...about, role: form["do"] });
      break;
    default:
      throw new Problem("invalid-input");
  }
  return redirect(`/groups/${group.slug}/members`, 303);
});

export default function Members() {
  return <MembersPage {...useLoaderData<typeof loader>()} />;
}
