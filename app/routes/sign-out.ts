import { redirect } from "@remix-run/node";
import { endSession } from "#app/people/sessions.server.ts";
import { cookieHeader, readCookie } from "#app/web/cookies.server.ts";
import { guarded } from "#app/web/guarded.server.ts";

/** Signing out is a POST; whoever opens the address by hand lands at home, still signed in. */
export const loader = guarded("anyone", () => redirect("/", 303));

export const action = guarded("anyone", async ({ ctx, request, context }) => {
  const { env } = context.services;
  const token = readCookie(env, request, "sid");
  if (token) await endSession(ctx, token);
  // What this browser kept of pages goes with the session: https://www.w3.org/TR/clear-site-data/
  const headers = { "Set-Cookie": cookieHeader(env, "sid", null), "Clear-Site-Data": '"cache", "storage"' };
  return redirect("/", { status: 303, headers });
});
