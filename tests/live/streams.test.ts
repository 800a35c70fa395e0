import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readChanges } from "#app/live/changes.server.ts";
import { makeHub, type Hub } from "#app/live/hub.server.ts";
import type { Services } from "#app/web/services.server.ts";
import { checkStreams, mountLive } from "#app/web/http/live-stream.server.ts";
import { closePost } from "#app/posts/close-post.server.ts";
import { aGroup, aMember, aPost, signedInAs } from "#tests/factories.ts";
import { action as here } from "#app/routes/coordinate_.posts_.here.ts";
import { askRoute, sessionOf } from "#tests/setup/ask-route.ts";
import { testCtx } from "#tests/setup/context.ts";

const ctx = testCtx();
const services = {
  db: ctx.db,
  seal: ctx.seal,
  log: ctx.log,
  env: { PUBLIC_URL: "http://localhost:3000", SESSION_SECRET: "x".repeat(32) },
} as unknown as Services;
let hub: Hub;
let server: Server;
let url: string;
beforeAll(async () => {
  const app = express();
  hub = mountLive(app, services);
  server = createServer(app).listen(0, "127.0.0.1");
  await new Promise((ready) => server.once("listening", ready));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/coordinate/live`;
});
afterAll(() => {
  hub.close();
  server.closeAllConnections();
  server.close();
});

/** A stream as a browser has it: what it said so far, and whether it was ended. */
async function watch(personId: string, after?: number) {
  const token = await sessionOf(ctx, personId);
  const answer = await fetch(after === undefined ? url : `${url}?after=${after}`, {
    headers: { cookie: `sid=${token}` },
  });
  const heard = { status: answer.status, said: "", ended: false, token };
  const reader = answer.body!.getReader();
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      heard.said += Buffer.from(value).toString();
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => (heard.ended = true));
  return heard;
}
const room = async () => {
  const group = await aGroup(ctx);
  const coordinator = await aMember(ctx, group.id, { role: "coordinator" });
  return { group, coordinator };
};

test("ends with the session, and with the role; who runs another group then is told of that one alone", async () => {
  const [one, two] = [await room(), await room()];
  const [out, demoted, moved] = [
    await aMember(ctx, one.group.id, { role: "coordinator" }),
    await aMember(ctx, one.group.id, { role: "coordinator" }),
    await aMember(ctx, one.group.id, { role: "coordinator" }),
  ];
  const streams = await Promise.all([out, demoted, moved, one.coordinator].map(({ id }) => watch(id)));
  await ctx.db.sql`update sessions set revoked_at = now() where person_id = ${out.id}::uuid`;
  await ctx.db.sql`update memberships set role = 'volunteer' where person_id = ${demoted.id}::uuid`;
  await ctx.db.sql`update memberships set state = 'left' where person_id = ${moved.id}::uuid`;
  await aMember(ctx, two.group.id, { personId: moved.id, role: "coordinator" });
  await checkStreams(services, hub);
  await vi.waitFor(() => expect(streams.map(({ ended }) => ended)).toEqual([true, true, false, false]));
  const [here, there] = [await aPost(ctx, { groupId: one.group.id }), await aPost(ctx, { groupId: two.group.id })];
  await vi.waitFor(() => expect([streams[2]!.said, streams[3]!.said].join()).toContain(here.code), { timeout: 5_000 });
  await vi.waitFor(() => expect(streams[2]!.said).toContain(there.code));
  expect(streams[2]!.said).not.toContain(here.code);
  expect(streams[3]!.said).not.toContain(there.code);
});

test("whoever does not read is let go at 64 KB, and the others go on", async () => {
  const { coordinator } = await room();
  const token = await sessionOf(ctx, coordinator.id);
  const before = new Set(hub.watchers());
  const browser = new AbortController();
  await fetch(url, { headers: { cookie: `sid=${token}` }, signal: browser.signal });
  const added = () => hub.watchers().find((one) => !before.has(one));
  await vi.waitFor(() => expect(added()).toBeDefined());
  const stream = added();
  expect(stream!.write("x".repeat(60 * 1024)), "so much may wait").toBe(true);
  // More than the kernel's own buffers hold, so that the rest waits in ours.
  stream!.write("x".repeat(32 * 1024 * 1024));
  expect(stream!.write("x")).toBe(false);
  browser.abort();
  await vi.waitFor(() => expect(added()).toBeUndefined(), { timeout: 5_000 });

  const lone = makeHub(ctx);
  const [slow, quick] = [
    { groups: "all" as const, write: vi.fn(() => false), close: vi.fn() },
    { groups: "all" as const, write: vi.fn(() => true), close: vi.fn() },
  ];
  await lone.add(slow, null);
  await lone.add(quick, null);
  const post = await aPost(ctx, { groupId: (await room()).group.id });
  await vi.waitFor(() => expect(quick.write.mock.calls.join()).toContain(post.code), { timeout: 5_000 });
  expect(slow.close).toHaveBeenCalledOnce();
  expect(lone.watchers()).toEqual([quick]);
  lone.close();
});

test("after two thousand the next is told to come back later", async () => {
  const { coordinator } = await room();
  const crowd = Array.from({ length: 2_000 - hub.size }, () => ({
    groups: [],
    write: () => true,
    close: () => undefined,
  }));
  for (const one of crowd) await hub.add(one, null);
  const refused = await watch(coordinator.id);
  expect(refused.status).toBe(503);
  for (const one of crowd) hub.remove(one);
  expect((await watch(coordinator.id)).status).toBe(200);
});

test("an event of a lower id that is committed later is told all the same", async () => {
  const { group, coordinator } = await room();
  const post = await aPost(ctx, { groupId: group.id });
  const lone = makeHub(ctx);
  // Its id is taken now, its row comes to light only when the other has long been read.
  const [row] = await ctx.db.sql<{ id: string }[]>`select nextval(pg_get_serial_sequence('events', 'id')) as id`;
  await closePost(await signedInAs(ctx, coordinator), {
    code: (await aPost(ctx, { groupId: group.id })).code,
    reason: "withdrawn",
  });
  const { upTo } = await readChanges(ctx.db, Number(row!.id));
  const watcher = { groups: [group.id], write: vi.fn((_text: string) => true), close: vi.fn() };
  await lone.add(watcher, upTo);
  await ctx.db.sql`
    insert into events (id, type, group_id, post_id, at) overriding system value
    values (${row!.id}, 'post.edited', ${group.id}::uuid, ${post.id}::uuid, now())`;
  const told = () => watcher.write.mock.calls.map(([text]) => text).join("");
  await vi.waitFor(() => expect(told()).toContain(`["${post.code}","post.edited"]`), { timeout: 5_000 });
  const later = { groups: [group.id], write: vi.fn((_text: string) => true), close: vi.fn() };
  await lone.add(later, upTo);
  expect(later.write.mock.calls.join()).toContain(post.code);
  lone.close();
});

test("who is on a post is told to those who run its group, by first name, and not to the one who is", async () => {
  const { group } = await room();
  const [sam, lee] = [
    await aMember(ctx, group.id, { role: "coordinator", name: "Sam Okafor" }),
    await aMember(ctx, group.id, { role: "coordinator" }),
  ];
  const stranger = (await room()).coordinator;
  const post = await aPost(ctx, { groupId: group.id });
  const streams = await Promise.all([sam, lee, stranger].map(({ id }) => watch(id)));
  const [own, other, foreign] = streams as [(typeof streams)[0], (typeof streams)[0], (typeof streams)[0]];
  const say = (as: { id: string }) =>
    askRoute(ctx, here, { as, path: "/coordinate/posts/here", form: { code: post.code } });
  await vi.waitFor(
    async () => {
      expect((await say(sam)).status).toBe(204);
      expect(other.said).toContain(`event: here\ndata: ["${post.code}","Sam"]`);
    },
    { timeout: 5_000, interval: 200 },
  );
  await say(stranger);
  await say(lee);
  await vi.waitFor(() => expect(own.said).toContain("event: here"));
  expect(own.said).not.toContain('"Sam"');
  expect(foreign.said).not.toContain(post.code);
  expect(other.said).not.toContain("Okafor");
});
