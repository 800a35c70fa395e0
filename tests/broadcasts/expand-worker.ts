/** Writes broadcasts out in small portions, as a worker would, to be killed. Started by at-most-once.test.ts. */
import { expandBroadcasts } from "#app/broadcasts/expand-broadcasts.server.ts";
import type { Ctx } from "#app/core/ctx.ts";
import { makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { connect } from "#db/client.server.ts";

const { DATABASE_URL, DATA_KEY } = process.env as Record<string, string>;
const ctx: Ctx = {
  db: connect(DATABASE_URL!, { max: 2, applicationName: "expand worker" }),
  seal: makeSeal(DATA_KEY!),
  log: makeLog("error"),
  person: null,
  publicUrl: "http://localhost:3000",
  get now() {
    return new Date();
  },
};
process.send?.("working");
for (;;) {
  await expandBroadcasts(ctx, { portion: 150 });
  await new Promise((resolve) => setTimeout(resolve, 20));
}
