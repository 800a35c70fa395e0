import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Sql } from "postgres";

/** A small site with two holes, in front of the same database: whoever does not find them finds nothing anywhere. */
export async function openHoles(sql: Sql): Promise<{ url: string; host: string; close(): void }> {
  const server = createServer(async (req, res) => {
    const asked = new URL(`${req.url}`, "http://localhost").searchParams;
    const code = new URLSearchParams(await bodyOf(req)).get("code") ?? asked.get("code") ?? "";
    const found = await sql.unsafe(`select title from posts where code = '${code}'`).catch((error: Error) => error);
    res.setHeader("content-type", "text/html; charset=utf-8");
    const words = found instanceof Error ? found.message : found.map((row) => row["title"]).join();
    res.end(`<!doctype html><title>Holes</title><p>${asked.get("q") ?? ""}</p><p>${words}</p>
      <form method="post" action="/?code=1"><input name="code" value="A"><button>Go</button></form><a href="/?q=soup">Soup</a>`);
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, close: () => void (server.close(), server.closeAllConnections()) };
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of req) body += String(part);
  return body;
}
