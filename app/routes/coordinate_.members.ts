import { redirect } from "@remix-run/node";
import { z } from "zod";
import { Problem } from "#app/core/problems.ts";
import { acceptMember } from "#app/groups/accept-member.server.ts";
import { declineMember } from "#app/groups/decline-member.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";

const Answer = z.object({ personId: z.uuid(), groupId: z.uuid(), answer: z.enum(["accept", "decline"]) });

export const loader = guarded("coordinator", () => redirect("/coordinate", 303));

/** A coordinator's answer to somebody who asks to join; back to the dashboard afterwards. */
export const action = guarded("coordinator", async ({ ctx, request }) => {
  const parsed = Answer.safeParse(await readForm(request));
  if (!parsed.success) throw new Problem("invalid-input");
  const { answer, ...who } = parsed.data;
  if (answer === "accept") await acceptMember(ctx, who);
  else await declineMember(ctx, who);
  return redirect(`/coordinate?done=${answer === "accept" ? "accepted" : "declined"}`, 303);
});
