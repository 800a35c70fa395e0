import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The whole client costs 22 MB and a third of a second; the web process may load its signature module only. */
test("the text provider's client is loaded by its adapter alone", () => {
  const files = ["app", "scripts", "db"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(ts|tsx)$/.test(file))
      .map((file) => `${folder}/${file}`),
  );
  const importing = files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/^(?!import type).*(?:from |import\()"(twilio[^"]*)"/gm)].map(
      ([, name]) => `${file}: ${name}`,
    ),
  );
  expect(importing.toSorted()).toEqual([
    "app/sms/signature.server.ts: twilio/lib/webhooks/webhooks.js",
    "app/sms/simulator/signed-post.server.ts: twilio/lib/webhooks/webhooks.js",
    "app/sms/twilio.server.ts: twilio",
    "scripts/bench/hooks.ts: twilio/lib/webhooks/webhooks.js",
  ]);
  const products = files.filter((file) => !file.startsWith("scripts/bench/"));
  const adapters = products.filter((file) => readFileSync(file, "utf8").includes("sms/twilio.server.ts"));
  expect(adapters).toEqual(["scripts/worker.ts"]);
});
