import { jsonFile } from "#app/mine/json-file.ts";
import { postData } from "#app/mine/post-data.server.ts";
import { guarded } from "#app/web/guarded.server.ts";

export const loader = guarded("link", async ({ ctx, params }) =>
  jsonFile("manyhands-post.json", await postData(ctx, params["token"] ?? "")),
);
