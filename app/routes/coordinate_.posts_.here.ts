import { Problem } from "#app/core/problems.ts";
import { sayHere } from "#app/live/say-here.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { readForm } from "#app/web/parse-form.server.ts";

/** The list's script says on which post its reader is; those who run its group see it for half a minute. */
export const action = guarded("coordinator", async ({ ctx, request }) => {
  const { code = "" } = await readForm(request);
  if (!/^[0-9A-Z]{4,10}$/.test(code)) throw new Problem("invalid-input");
  sayHere(ctx, code);
  return new Response(null, { status: 204 });
});
