import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { boundWaiting } from "#app/web/http/bound-waiting.server.ts";

let server: Server;
let sockets: Socket[] = [];
let held: ServerResponse[] = [];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets = [];
  held = [];
  server.closeAllConnections();
  server.close();
});

type Asker = (address: string | undefined) => string | null;

async function serve(askerOf: Asker, bounds: { perAsker?: number; altogether?: number }): Promise<void> {
  server = createServer((req, res) => {
    if (req.url === "/held") held.push(res);
    else req.resume().on("end", () => res.end("here"));
  });
  boundWaiting(server, { askerOf, ...bounds });
  await new Promise<void>((ready) => server.listen(0, ready));
}

/** Connects and sends what is given; `from` is one of the addresses of this machine. */
async function knock(words: string, from = "127.0.0.1"): Promise<Socket> {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: from, localAddress: from }).on("error", () => undefined);
  sockets.push(socket);
  await once(socket, "connect");
  socket.write(words);
  return socket.resume();
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: here\r\n\r\n`;
const POST = "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\n";
const byAddress: Asker = (address) => address ?? null;
const gone = (list: Socket[]) => list.map(({ closed }) => closed);

test("who holds more than their share of connections loses the oldest of them, and nobody else does", async () => {
  await serve(byAddress, { perAsker: 3 });
  const other = await knock("GET", "127.0.0.2");
  const answering = await knock(get("/held"));
  await vi.waitFor(() => expect(held).toHaveLength(1));
  const slow = [await knock("GET / HTTP/1.1\r\nX-"), await knock(POST), await knock(POST), await knock("")];
  await vi.waitFor(() => expect(gone(slow)).toEqual([true, false, false, false]));
  expect(gone([other, answering])).toEqual([false, false]);

  held[0]!.end("here");
  const [answer] = await once(answering, "data");
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
});

test("behind one address of a shelter everybody is answered, however many keep their connections", async () => {
  await serve(byAddress, { perAsker: 20 });
  const people = await Promise.all(
    Array.from({ length: 200 }, async () => {
      const socket = await knock(get("/"));
      const [answer] = await once(socket, "data");
      return String(answer).slice(0, 12);
    }),
  );
  expect(people).toEqual(Array(200).fill("HTTP/1.1 200"));
});

test("a body that arrives is answered, and its connection waits its turn again", async () => {
  await serve(byAddress, { perAsker: 2 });
  const slow = await knock(POST);
  slow.write("0123456789");
  await once(slow, "data");
  const later = [await knock(""), await knock("")];
  await vi.waitFor(() => expect(gone([slow, ...later])).toEqual([true, false, false]));
});

test("who passes on the requests of others is bounded only by what all may hold", async () => {
  await serve(() => null, { perAsker: 1, altogether: 4 });
  const waiting: Socket[] = [];
  for (let n = 0; n < 5; n += 1) waiting.push(await knock(""));
  await vi.waitFor(() => expect(gone(waiting)).toEqual([true, false, false, false, false]));
});
