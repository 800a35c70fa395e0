import type { PersonCtx } from "#app/core/ctx.ts";
import { acceptMember } from "#app/groups/accept-member.server.ts";
import { declineMember } from "#app/groups/decline-member.server.ts";
import { noteMember } from "#app/groups/member-note.server.ts";
import { pauseMember } from "#app/groups/pause-member.server.ts";
import { setRole } from "#app/groups/set-role.server.ts";
import { vetMember } from "#app/groups/vet-member.server.ts";
import { Problem } from "#app/core/problems.ts";
import type { PersonAct } from "./person-acts.ts";

const DAY_MS = 24 * 3_600_000;
const inDays = (ctx: PersonCtx, days: number) => new Date(ctx.now.getTime() + days * DAY_MS);

/** The verb behind a coordinator's button. Nobody takes themselves off or changes their own role here. @throws Problem as the verb does. */
export async function actOnPerson(
  ctx: PersonCtx,
  about: { groupId: string; personId: string },
  { act, note }: { act: PersonAct; note: string | null },
): Promise<void> {
  const own = about.personId === ctx.person.id;
  if (own && (act === "remove" || act === "volunteer")) throw new Problem("wrong-step");
  switch (act) {
    case "accept":
      return acceptMember(ctx, about);
    case "decline":
    case "remove":
      return declineMember(ctx, about);
    case "coordinator":
    case "volunteer":
      return setRole(ctx, { ...about, role: act });
    case "vet":
    case "unvet":
      return vetMember(ctx, { ...about, vetted: act === "vet" });
    case "note":
      return noteMember(ctx, { ...about, note });
    case "rest_week":
      return pauseMember(ctx, { ...about, until: inDays(ctx, 7) });
    case "rest_month":
      return pauseMember(ctx, { ...about, until: inDays(ctx, 28) });
    case "rest_end":
      return pauseMember(ctx, { ...about, until: null });
  }
}
