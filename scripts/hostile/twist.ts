import { oneOf, whole, type Random } from "#scripts/torture/random.ts";
import type { Target } from "#scripts/scan/targets.ts";
import { anyJson } from "./strings.ts";

/** One request as its bytes are made of. */
export type Wish = { method: string; path: string; headers: [name: string, value: string][]; body: Buffer | null };
export type Dice = { random: Random; naughty: readonly string[]; routes: readonly string[] };
type Twist = (wish: Wish, dice: Dice) => Wish;

const FORM = "application/x-www-form-urlencoded";
const METHODS = ["HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "POST", "GET", "SEARCH"];
const QUERY = ["q", "lang", "cursor", "group", "page", "tab", "after", "near", "from", "to", "limit", "sort", "_data"];
const HEADERS = [
  "cookie",
  "accept",
  "accept-language",
  "accept-encoding",
  "authorization",
  "content-encoding",
  "content-type",
  "range",
  "if-none-match",
  "if-modified-since",
  "last-event-id",
  "idempotency-key",
  "origin",
  "referer",
  "host",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-http-method-override",
  "sec-fetch-site",
  "user-agent",
  "upgrade",
  "expect",
];
const TYPES = [
  "application/json",
  "application/json; charset=utf-16",
  "text/plain",
  "multipart/form-data",
  "multipart/form-data; boundary=",
  "application/x-www-form-urlencoded; charset=utf-7",
  "application/octet-stream",
  "",
  "/",
];
const COOKIES = ["sid", "challenge", "draft", "lang", "human", "__Host-sid", "second", "passkey"];

const word = ({ random, naughty }: Dice) => oneOf(random, naughty)!;
const typeOf = ({ headers }: Wish) => headers.find(([name]) => name === "content-type")?.[1] ?? "";
const typed = (wish: Wish, type: string, body: Buffer): Wish => ({
  ...wish,
  headers: [...wish.headers.filter(([name]) => name !== "content-type"), ["content-type", type]],
  body,
});
/** The document of a real request; nothing of one that was made hostile already. */
function documentIn({ body }: Wish): Record<string, unknown> {
  try {
    return Object(JSON.parse(`${body}`)) as Record<string, unknown>;
  } catch {
    return {};
  }
}
/** Only as a header goes over the wire: what ends a line would be another header. */
const onOneLine = (text: string) => text.replace(/[\r\n]/g, " ");
/** Percent-encodes anything; half a surrogate, which no address can hold, as what stands for it. */
const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString());

const withFields = (wish: Wish, change: (fields: [string, string][]) => [string, string][]): Wish => {
  const fields = change([...new URLSearchParams(wish.body?.toString("utf8") ?? "")]);
  return { ...wish, body: Buffer.from(fields.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join("&")) };
};

const ofForms: Record<string, Twist> = {
  "a field": (wish, dice) =>
    withFields(wish, (fields) => {
      const at = whole(dice.random, 0, fields.length - 1);
      return fields.map(([name, value], index) => [name, index === at ? word(dice) : value]);
    }),
  "all fields": (wish, dice) => withFields(wish, (fields) => fields.map(([name]) => [name, word(dice)])),
  "no field": (wish, { random }) => withFields(wish, (fields) => fields.filter(() => random() < 0.6)),
  "fields twice": (wish, dice) =>
    withFields(wish, (fields) => fields.flatMap((field) => [field, [field[0], word(dice)]])),
  "foreign fields": (wish, dice) =>
    withFields(wish, (fields) => [
      ...fields,
      ["__proto__", "1"],
      [`${fields[0]?.[0]}[]`, "1"],
      [word(dice), word(dice)],
    ]),
  "garbled fields": (wish) => ({ ...wish, body: Buffer.from(`${wish.body}&%=%&%zz=%e0%a4&=&&a=%00&%ff=%fe`) }),
  "many fields": (wish) => ({ ...wish, body: Buffer.from(`${wish.body}${"&a=1".repeat(9_000)}`) }),
  parts: (wish, dice) => {
    const fields = [...new URLSearchParams(wish.body?.toString("utf8") ?? "")];
    const broken = whole(dice.random, 0, 4);
    const parts = fields.map(([name, value], at) => {
      const bad = at === 0 && broken > 0;
      const file = bad && broken === 1 ? `; filename="${onOneLine(word(dice))}"` : "";
      const head = bad && broken === 2 ? "" : `Content-Disposition: form-data; name="${name}"${file}\r\n`;
      return `--edge\r\n${head}\r\n${bad ? word(dice) : value}\r\n`;
    });
    return typed(
      wish,
      "multipart/form-data; boundary=edge",
      Buffer.from(parts.join("") + (broken === 3 ? "" : "--edge--")),
    );
  },
};

const ofJson: Record<string, Twist> = {
  "a value": (wish, dice) => {
    const document = documentIn(wish);
    const name = oneOf(dice.random, Object.keys(document)) ?? "x";
    return { ...wish, body: Buffer.from(JSON.stringify({ ...document, [name]: anyJson(dice.random, dice.naughty) })) };
  },
  "all values": (wish, { random, naughty }) => {
    const names = Object.keys(documentIn(wish));
    const document = Object.fromEntries(names.map((name) => [name, anyJson(random, naughty)]));
    return { ...wish, body: Buffer.from(JSON.stringify(document)) };
  },
  "another document": (wish, { random, naughty }) => ({
    ...wish,
    body: Buffer.from(
      oneOf(random, [
        "[".repeat(20_000),
        `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`,
        '{"quantity":1e400}',
        `{"quantity":1${"0".repeat(400)}}`,
        '{"title":"\\ud800","title":"\\u0000"}',
        '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}',
        "\ufeff{}",
        "NaN",
        "{'a':1}",
        "",
        JSON.stringify(anyJson(random, naughty)),
      ])!,
    ),
  }),
};

const ofBodies: Record<string, Twist> = {
  "cut off": (wish, { random }) => ({ ...wish, body: wish.body!.subarray(0, whole(random, 0, wish.body!.length)) }),
  "flipped bytes": (wish, { random }) => {
    const body = Buffer.from(wish.body!);
    for (let n = 0; n < 3 && body.length > 0; n += 1) body[whole(random, 0, body.length - 1)]! ^= whole(random, 1, 255);
    return { ...wish, body };
  },
  "raw bytes": (wish, { random }) => ({
    ...wish,
    body: Buffer.from(Array.from({ length: whole(random, 0, 300) }, () => whole(random, 0, 255))),
  }),
  "another type": (wish, { random }) => typed(wish, oneOf(random, TYPES)!, wish.body!),
  "too much": (wish) => ({ ...wish, body: Buffer.from(`${wish.body}&a=${"x".repeat(1_000_000)}`) }),
};

const ofAddresses: Record<string, Twist> = {
  "a part of the path": (wish, dice) => {
    const [path = "", query] = wish.path.split("?");
    const parts = path.split("/");
    parts[whole(dice.random, 1, parts.length - 1)] = dice.random() < 0.9 ? encoded(word(dice)) : "%ff%fe";
    return { ...wish, path: parts.join("/") + (query ? `?${query}` : "") };
  },
  "a parameter": (wish, dice) => {
    const [path, query = ""] = wish.path.split("?");
    const own = [...new URLSearchParams(query).keys()];
    const name = oneOf(dice.random, own.length > 0 && dice.random() < 0.7 ? own : QUERY)!;
    const rest = [...new URLSearchParams(query)].filter(([one]) => one !== name || dice.random() < 0.1);
    return { ...wish, path: `${path}?${new URLSearchParams(rest)}&${name}=${encoded(word(dice))}` };
  },
  "garbled query": (wish) => ({ ...wish, path: `${wish.path.split("?")[0]}?%=%&&=&a[b][c]=1&%ff&q=%00&lang&_data` }),
  "another route's data": (wish, { random, routes }) => ({
    ...wish,
    path: `${wish.path}${wish.path.includes("?") ? "&" : "?"}_data=${encodeURIComponent(oneOf(random, routes)!)}`,
  }),
};

const ofAnything: Record<string, Twist> = {
  nothing: (wish) => wish,
  "the method": (wish, { random }) => ({ ...wish, method: oneOf(random, METHODS)! }),
  "a header": (wish, dice) => {
    const name = oneOf(dice.random, HEADERS)!;
    const rest = wish.headers.filter(([one]) => one !== name);
    return { ...wish, headers: [...rest, [name, onOneLine(word(dice)).slice(0, 8_000)]] };
  },
  "a cookie": (wish, dice) => {
    const name = oneOf(dice.random, COOKIES)!;
    const value = dice.random() < 0.5 ? encoded(word(dice)) : onOneLine(word(dice)).slice(0, 4_000);
    const rest = wish.headers.map(([one, old]): [string, string] => [
      one,
      one === "cookie"
        ? old
            .split("; ")
            .filter((cookie) => !cookie.startsWith(`${name}=`))
            .join("; ")
        : old,
    ]);
    return { ...wish, headers: [...rest, ["cookie", `${name}=${value}`]] };
  },
  ...ofAddresses,
};

/** What can be done to a request, by name. */
function twistsFor(wish: Wish): [string, Twist][] {
  const body = wish.body === null ? {} : { ...ofBodies, ...(typeOf(wish) === FORM ? ofForms : ofJson) };
  return Object.entries({ ...ofAnything, ...body });
}

/** A real request, made hostile in one way, now and then in two. */
export function twist(target: Target, origin: string, dice: Dice): { wish: Wish; how: string } {
  const { body, cookies, method, path } = target;
  const headers: Wish["headers"] = [["host", new URL(origin).host]];
  if (cookies) headers.push(["cookie", cookies]);
  if (method !== "GET") headers.push(["origin", origin]);
  if (body) headers.push(["content-type", body.type]);
  let wish: Wish = { method, path, headers, body: body && Buffer.from(body.text) };
  const hows: string[] = [];
  for (let left = dice.random() < 0.2 ? 2 : 1; left > 0; left -= 1) {
    const [how, change] = oneOf(dice.random, twistsFor(wish))!;
    hows.push(how);
    wish = change(wish, dice);
  }
  return { wish, how: hows.join(" + ") };
}
