import { describe, expect, it } from "vitest";
import { claimsSuite } from "./claims-suite.ts";
import { dashboardSuite } from "./dashboard-suite.ts";
import { groupsSuite } from "./groups-suite.ts";
import { call, document, seen } from "./harness.ts";
import { limitWritingSuite } from "./limit-writing-suite.ts";
import { matchesSuite } from "./matches-suite.ts";
import { meSuite } from "./me-suite.ts";
import { publishSuite } from "./publish-suite.ts";
import { postsSuite } from "./posts-suite.ts";
import { testCtx } from "#tests/setup/context.ts";
import { connect } from "#db/client.server.ts";

groupsSuite();
postsSuite();
publishSuite();
matchesSuite();
claimsSuite();
meSuite();
dashboardSuite();
limitWritingSuite();

const each = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, described]) => ({ op: `${method.toUpperCase()} ${path}`, path, described })),
);
const filled = (path: string) => path.replace("{code}", "2222").replace("{id}", "00000000-0000-7000-8000-000000000000");

describe("every operation", () => {
  it.each(each)("$op refuses a token that opens nothing", async ({ op, path }) => {
    const answer = await call(op, filled(path), { token: "mh_nobody" });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain(`error="invalid_token"`);
    expect(await call(op, filled(path), { headers: { Authorization: "Basic YTpi" } })).toMatchObject({ status: 401 });
  });

  it.each(each)("$op says 503 when the database is out of reach", async ({ op, path }) => {
    const away = connect("postgres://nobody@127.0.0.1:1/none", { max: 1 });
    try {
      const answer = await call(op, filled(path), { token: "mh_somebody", services: { db: away, log: testCtx().log } });
      expect(answer.status).toBe(503);
    } finally {
      await away.end();
    }
  });
});

describe("the document", () => {
  it("promises no answer and no problem that no test has seen", () => {
    const promised = each.flatMap(({ op, described }) =>
      Object.entries(described.responses).flatMap(([status, { description }]) => {
        if (status === "default") return [];
        return Number(status) < 400
          ? [`${op} ${status}`]
          : description.split(" · ").map((type) => `${op} ${status} ${type}`);
      }),
    );
    // `too-busy` needs a database that loses the same race over and over.
    const provable = promised.filter((answer) => !answer.endsWith("/too-busy"));
    expect(provable.filter((answer) => !seen.has(answer))).toEqual([]);
  });
});
