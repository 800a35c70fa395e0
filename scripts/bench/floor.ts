/**
 * The floor for pages and lists: plain `node:http` around the same query, as JSON and as a string template; and for
 * hooks: the body read, one row kept.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { makeLog } from "#app/core/log.server.ts";
import { makeSeal } from "#app/core/seal.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { connect } from "#db/client.server.ts";

const db = connect(process.env["DATABASE_URL"]!, { applicationName: "floor" });
const seal = makeSeal(process.env["DATA_KEY"]!);
const log = makeLog("silent");

/** What any inbox must do: keep the text once. */
async function keep(req: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  await db.sql`insert into inbound_texts (message_sid, phone_lookup, from_sealed, received_at)
    values (${randomUUID()}, 'floor', ${Buffer.concat(chunks).toString("base64")}, now())`;
}

createServer(async (req, res) => {
  if (req.method === "POST") {
    await keep(req);
    return res.writeHead(200, { "Content-Type": "text/xml" }).end("<Response/>");
  }
  const ctx = { db, seal, log, now: new Date(), person: null, publicUrl: "http://localhost" };
  const { items } = await listPosts(ctx as Parameters<typeof listPosts>[0], { kind: "need", limit: 20 }, "en");
  const json = req.url!.startsWith("/json");
  res.setHeader("Content-Type", json ? "application/json" : "text/html; charset=utf-8");
  const card = (post: (typeof items)[number]) =>
    `<article><h2><a href="/p/${post.code}">${post.title}</a></h2><p>${post.place} · ${post.remaining} of ${post.quantity} ${post.unit}</p></article>`;
  res.end(json ? JSON.stringify(items) : `<!doctype html><main>${items.map(card).join("")}</main>`);
}).listen(Number(process.env["PORT"]), "127.0.0.1");
