import { oneOf, whole, type Random } from "#scripts/torture/random.ts";

const HOST = "Host: localhost\r\n";

/** What no browser sends: requests that are none, that contradict themselves, or that never end. */
const BROKEN = [
  "",
  "\r\n\r\n",
  "\0\0\0\0",
  "GET",
  "GET /",
  "GET / HTTP/9.9\r\n\r\n",
  "GET / HTTP/1.1\r\n\r\n",
  "GET  /  HTTP/1.1\r\n\r\n",
  "get / http/1.1\r\n\r\n",
  `GET / HTTP/1.1\r\n${HOST}${HOST}\r\n`,
  `GET http://evil.example/ HTTP/1.1\r\n${HOST}\r\n`,
  `GET //evil.example HTTP/1.1\r\n${HOST}\r\n`,
  `GET * HTTP/1.1\r\n${HOST}\r\n`,
  `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`,
  `CONNECT evil.example:443 HTTP/1.1\r\n${HOST}\r\n`,
  `GET /\x00 HTTP/1.1\r\n${HOST}\r\n`,
  `GET / HTTP/1.1\r\n${HOST}A: \0\r\n\r\n`,
  `GET / HTTP/1.1\n${HOST}\n`,
  `GET / HTTP/1.1\r\n${HOST} folded\r\n\r\n`,
  `GET / HTTP/1.1\r\n${HOST}no colon\r\n\r\n`,
  `GET / HTTP/1.1\r\n${HOST}: nameless\r\n\r\n`,
  `GET / HTTP/1.1\r\n${HOST}${"a: b\r\n".repeat(3_000)}\r\n`,
  `GET / HTTP/1.1\r\n${HOST}cookie: ${"x".repeat(100_000)}\r\n\r\n`,
  `GET /${"x".repeat(100_000)} HTTP/1.1\r\n${HOST}\r\n`,
  `POST / HTTP/1.1\r\n${HOST}Content-Length: -1\r\n\r\n`,
  `POST / HTTP/1.1\r\n${HOST}Content-Length: 1e3\r\n\r\n`,
  `POST / HTTP/1.1\r\n${HOST}Content-Length: 99999999999999999999\r\n\r\n`,
  `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`,
  `POST / HTTP/1.1\r\n${HOST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx`,
  `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: gzip, chunked, identity\r\n\r\n0\r\n\r\n`,
  `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`,
  `POST / HTTP/1.1\r\n${HOST}Expect: 100-continue\r\nContent-Length: 10\r\n\r\n`,
  `POST / HTTP/1.1\r\n${HOST}Expect: the unexpected\r\nContent-Length: 0\r\n\r\n`,
  `GET / HTTP/1.1\r\n${HOST}Upgrade: websocket\r\nConnection: Upgrade\r\n\r\n`,
  `GET / HTTP/1.1\r\n${HOST}Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAA\r\n\r\n`,
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
  `GET /healthz HTTP/1.1\r\n${HOST}\r\n`.repeat(200),
];

/** One of them, or a real request with bytes flipped or cut off. @param host as it is served */
export function brokenHttp(random: Random, host: string, whole_: Buffer): { bytes: Buffer; how: string } {
  const dice = random();
  if (dice < 0.5) {
    const text = oneOf(random, BROKEN)!.replaceAll(HOST, `Host: ${host}\r\n`);
    return { bytes: Buffer.from(text, "latin1"), how: `broken: ${text.slice(0, 60)}` };
  }
  if (dice < 0.75) return { bytes: whole_.subarray(0, whole(random, 1, whole_.length - 1)), how: "a request cut off" };
  const bytes = Buffer.from(whole_);
  for (let n = 0; n < 4; n += 1) bytes[whole(random, 0, Math.min(bytes.length, 400) - 1)]! ^= whole(random, 1, 255);
  return { bytes, how: "a request with flipped bytes" };
}
