import { json } from "@remix-run/node";
import { readAudience } from "#app/broadcasts/audience.ts";
import { countInWords } from "#app/broadcasts/composer.server.ts";
import { guarded } from "#app/web/guarded.server.ts";

/** The count that follows the fields of "who gets it" while they change. */
export const loader = guarded("coordinator", async ({ ctx, request, locale }) => {
  const to = readAudience(new URL(request.url).searchParams);
  return json(await countInWords(ctx, to, locale), { headers: { "Cache-Control": "no-store" } });
});
