import { jsonFile } from "#app/mine/json-file.ts";
import { myData } from "#app/mine/my-data.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { requireFresh } from "#app/web/require-fresh.server.ts";

export const loader = guarded("signed-in", async ({ ctx }) => {
  requireFresh(ctx, "/me/data");
  return jsonFile("manyhands-my-data.json", await myData(ctx));
});
