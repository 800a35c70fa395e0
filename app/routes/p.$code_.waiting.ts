import { redirect } from "@remix-run/node";
import { joinWaitingList } from "#app/claims/join-waiting-list.server.ts";
import { leaveWaitingList } from "#app/claims/leave-waiting-list.server.ts";
import { plainCode } from "#app/posts/post.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";

/** The waiting list of a covered post: its form goes here and leads back to the post. */
export const loader = guarded("signed-in", ({ params }) =>
  redirect(`/p/${encodeURIComponent(plainCode(params["code"] ?? ""))}`, 303),
);

export const action = guarded("signed-in", async ({ ctx, request, params }) => {
  const code = plainCode(params["code"] ?? "");
  const { act } = await readForm(request);
  if (act === "leave") await leaveWaitingList(ctx, { code });
  else await joinWaitingList(ctx, { code, quantity: 1 });
  return redirect(`/p/${code}`, 303);
});
