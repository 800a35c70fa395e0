/** The floor for pages and lists: plain `node:http` around the same query, as JSON and as a string template. */
import { createServer } from "node:http";
import { makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { connect } from "#db/client.server.ts";

const db = connect(process.env["DATABASE_URL"]!, { applicationName: "floor" });
const seal = makeSeal(process.env["DATA_KEY"]!);
const log = makeLog("silent");

createServer(async (req, res) => {
  const ctx = { db, seal, log, now: new Date(), person: null, publicUrl: "http://localhost" };
  const { items } = await listPosts(ctx as Parameters<typeof listPosts>[0], { kind: "need", limit: 20 }, "en");
  const json = req.url!.startsWith("/json");
  res.setHeader("Content-Type", json ? "application/json" : "text/html; charset=utf-8");
  const card = (post: (typeof items)[number]) =>
    `<article><h2><a href="/p/${post.code}">${post.title}</a></h2><p>${post.place} · ${post.remaining} of ${post.quantity} ${post.unit}</p></article>`;
  res.end(json ? JSON.stringify(items) : `<!doctype html><main>${items.map(card).join("")}</main>`);
}).listen(Number(process.env["PORT"]), "127.0.0.1");
