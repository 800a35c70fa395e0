import { hashToken } from "#app/core/ids.server.ts";
import { newSid } from "#app/sms/simulator/sid.server.ts";
import { INBOUND_PATH } from "#app/sms/provider.server.ts";
import { insist, type Ask, type Request, type Told, type Untold } from "./ask.ts";
import type { Neighbour, Place } from "./crowd.ts";
import type { Act, Done } from "./history.ts";
import { pause } from "./installation.ts";
import type { Provider } from "./provider.ts";
import { oneOf, whole, type Random } from "./random.ts";

/** A post that clients know of, and what they saw of it last. */
export type Known = {
  code: string;
  /** Key of the act that published it; its title begins with it. */
  key: string;
  kind: "need" | "offer";
  author: Neighbour;
  manage: string;
  /** Claims that were acknowledged. */
  claims: string[];
};

export type Mine = { id: string; person: Neighbour; post: Known; status: string };

/** What one client works with. */
export type Hands = {
  ask: Ask;
  provider: Provider;
  home: string;
  place: Place;
  random: Random;
  /** Posts that everybody claims from; few, so that they are fought over. */
  open: Known[];
  own: Known[];
  mine: Mine[];
  cookies: Map<string, string>;
  giveUpAt: () => number;
};

/** What an act adds to its line: nothing when there was nothing to do it with. */
export type Outcome = Partial<Pick<Done, "post" | "claim" | "wish" | "got" | "person">> & { said: Told | Untold };
export type Doing = (
  hands: Hands,
  who: Neighbour,
  key: string,
  begin: (about: Partial<Done>) => void,
) => Promise<Outcome | null>;

const MOST_OPEN = 40;
const json = (who: Neighbour, key?: string): Record<string, string> => ({
  "content-type": "application/json",
  authorization: `Bearer ${who.token}`,
  ...(key ? { "idempotency-key": key } : {}),
});
const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
const FORM = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };
const send = ({ ask, giveUpAt }: Hands, wish: Request) => insist(ask, wish, giveUpAt());
const read = <T>(said: Told): T => JSON.parse(said.answer.body) as T;

const publish: Doing = async (hands, who, key, begin) => {
  const { random, place, open, own } = hands;
  const kind = random() < 0.8 ? "need" : "offer";
  const quantity = whole(random, 1, 12);
  begin({ wish: quantity });
  const body = JSON.stringify({
    kind,
    group: place.group,
    category: oneOf(random, place.categories),
    title: `${key} Soup`,
    quantity,
    urgency: oneOf(random, ["normal", "soon"]),
    contact: { name: "Neighbour" },
  });
  const said = await send(hands, { method: "POST", path: "/api/v1/posts", headers: json(who, key), body });
  if (said.ending !== "ok") return { said, wish: quantity };
  const { code, manage_url: manage } = read<{ code: string; manage_url: string }>(said);
  const known: Known = { code, key, kind, author: who, manage: new URL(manage).pathname, claims: [] };
  own.push(known);
  open.push(known);
  if (open.length > MOST_OPEN) open.splice(whole(random, 0, MOST_OPEN - 1), 1);
  return { said, wish: quantity, post: code };
};

const claim: Doing = async (hands, who, key, begin) => {
  const { random, open, own } = hands;
  const post = oneOf(random, open);
  if (!post || post.author === who) return null;
  const wish = random() < 0.1 ? null : whole(random, 1, 3);
  const offer =
    post.kind === "need" && random() < 0.1 ? own.find((one) => one.kind === "offer" && one.author === who) : null;
  begin({ post: post.code, wish });
  const body = JSON.stringify({ quantity: wish, ...(offer ? { offer_code: offer.code } : {}) });
  const path = `/api/v1/posts/${post.code}/claims`;
  const said = await send(hands, { method: "POST", path, headers: json(who, key), body });
  if (said.ending === "ok") {
    const { id, quantity, remaining } = read<{ id: string; quantity: number; remaining: number }>(said);
    post.claims.push(id);
    hands.mine.push({ id, person: who, post, status: "promised" });
    if (remaining === 0) retire(hands, post);
    return { said, post: post.code, wish, claim: id, got: quantity, person: who.id };
  }
  if (said.answer && [404, 409, 410].includes(said.answer.status)) retire(hands, post);
  return { said, post: post.code, wish, person: who.id };
};

/** What is gone leaves the board mostly; some go on asking for it. */
function retire({ random, open }: Hands, post: Known): void {
  const at = open.indexOf(post);
  if (at >= 0 && random() < 0.7) open.splice(at, 1);
}

const NEXT: Record<string, string[]> = {
  promised: ["on_the_way", "delivered", "released", "released"],
  on_the_way: ["delivered", "delivered", "released"],
};

const move: Doing = async (hands, _who, _key, begin) => {
  const { random, mine, open } = hands;
  const at = whole(random, 0, mine.length - 1);
  const one = mine[at];
  if (!one) return null;
  const to = one.post.kind === "offer" ? "released" : oneOf(random, NEXT[one.status] ?? []);
  if (!to) {
    mine.splice(at, 1);
    return null;
  }
  begin({ claim: one.id, wish: to, post: one.post.code });
  const said = await send(hands, {
    method: "PATCH",
    path: `/api/v1/claims/${one.id}`,
    headers: json(one.person),
    body: JSON.stringify({ status: to }),
  });
  if (said.ending === "ok" && to !== "delivered" && to !== "released") one.status = to;
  else mine.splice(mine.indexOf(one), 1);
  if (said.ending === "ok" && to === "released" && !open.includes(one.post)) open.push(one.post);
  return { said, claim: one.id, wish: to, post: one.post.code };
};

const confirm: Doing = async (hands, _who, _key, begin) => {
  const post = oneOf(
    hands.random,
    hands.own.filter(({ claims, kind }) => kind === "need" && claims.length > 0),
  );
  const id = post && oneOf(hands.random, post.claims);
  if (!post || !id) return null;
  begin({ claim: id, post: post.code });
  const body = form({ act: "confirm", claim: id });
  const said = await send(hands, { method: "POST", path: post.manage, headers: FORM, body });
  post.claims.splice(post.claims.indexOf(id), 1);
  return { said, claim: id, post: post.code };
};

const edit: Doing = async (hands, _who, key, begin) => {
  const post = oneOf(hands.random, hands.own);
  if (!post) return null;
  const title = `${post.key} Soup ${key}`;
  const quantity = hands.random() < 0.3 ? { quantity: whole(hands.random, 1, 15) } : {};
  begin({ post: post.code, wish: title });
  const said = await send(hands, {
    method: "PATCH",
    path: `/api/v1/posts/${post.code}`,
    headers: json(post.author),
    body: JSON.stringify({ title, ...quantity }),
  });
  return { said, post: post.code, wish: title };
};

const close: Doing = async (hands, _who, _key, begin) => {
  const post = oneOf(hands.random, hands.own);
  if (!post) return null;
  const reason = oneOf(hands.random, ["withdrawn", "fulfilled", "met_for_now"])!;
  begin({ post: post.code, wish: reason });
  const said = await send(hands, {
    method: "PATCH",
    path: `/api/v1/posts/${post.code}`,
    headers: json(post.author),
    body: JSON.stringify({ status: "closed", closed_reason: reason }),
  });
  hands.own.splice(hands.own.indexOf(post), 1);
  retire(hands, post);
  return { said, post: post.code, wish: reason };
};

/** Texts in, as the provider does: the same hook again until we take it. */
async function text(hands: Hands, phone: string, words: string, sid: string): Promise<Told | Untold> {
  const { simulator } = hands.provider;
  const { accountSid, from } = simulator.settings;
  const params = { MessageSid: sid, SmsSid: sid, AccountSid: accountSid, From: phone, To: from, Body: words };
  const more = { NumMedia: "0", NumSegments: "1", ApiVersion: "2010-04-01" };
  const ask: Ask = async () => {
    const { status, body } = await simulator.hook(hands.home + INBOUND_PATH, { ...params, ...more });
    return typeof status === "number" ? { status, body, cookies: [], location: "" } : null;
  };
  return insist(ask, { method: "POST", path: INBOUND_PATH }, hands.giveUpAt());
}

const consent: Doing = async (hands, who, _key, begin) => {
  if (!who.fickle) return null;
  const wish = hands.random() < 0.5 ? "STOP" : "START";
  begin({ wish, person: who.id });
  return { said: await text(hands, who.phone, wish, newSid("SM")), wish, person: who.id };
};

const textClaim: Doing = async (hands, who, _key, begin) => {
  const post = oneOf(hands.random, hands.open);
  if (!post || post.author === who || who.fickle) return null;
  const sid = newSid("SM");
  begin({ post: post.code, person: who.id, wish: sid });
  const said = await text(hands, who.phone, `CLAIM ${post.code} 1`, sid);
  return { said, post: post.code, person: who.id, wish: sid };
};

const signIn: Doing = async (hands, who, _key, begin) => {
  if (hands.cookies.has(who.id) || who.fickle) return null;
  begin({ person: who.id });
  const asked = await send(hands, {
    method: "POST",
    path: "/sign-in",
    headers: FORM,
    body: form({ phone: who.phone }),
  });
  if (asked.ending !== "ok") return { said: asked, person: who.id };
  const cookie = asked.answer.cookies.join("; ");
  const end = Date.now() + 30_000;
  while (!hands.provider.codeFor(who.phone) && Date.now() < end) await pause(100);
  const code = hands.provider.codeFor(who.phone);
  if (!code) return { said: { ...asked, ending: "fail" }, person: who.id };
  const said = await send(hands, {
    method: "POST",
    path: "/sign-in/code",
    headers: { ...FORM, cookie },
    body: form({ code }),
  });
  const sid = said.answer?.cookies.find((one) => /^(__Host-)?sid=./.test(one));
  if (said.ending !== "ok" || !sid) return { said, person: who.id };
  hands.cookies.set(who.id, sid);
  return { said, person: who.id, got: hashToken(sid.slice(sid.indexOf("=") + 1)) };
};

const say: Doing = async (hands, _who, key, begin) => {
  const one = oneOf(
    hands.random,
    hands.mine.filter(({ person, post }) => post.kind === "need" && hands.cookies.has(person.id)),
  );
  if (!one) return null;
  begin({ claim: one.id, person: one.person.id });
  const headers = { ...FORM, cookie: hands.cookies.get(one.person.id)! };
  const body = form({ act: "say", words: "I come at six.", key });
  const said = await send(hands, { method: "POST", path: `/claims/${one.id}/messages`, headers, body });
  return { said, claim: one.id, person: one.person.id };
};

const look: Doing = async (hands, who, _key, begin) => {
  const code = oneOf(hands.random, hands.open)?.code ?? "";
  const path = oneOf(hands.random, ["/board", `/p/${code}`, "/api/v1/posts", `/api/v1/posts/${code}`, "/"])!;
  begin({});
  return { said: await send(hands, { method: "GET", path, headers: path.startsWith("/api") ? json(who) : {} }) };
};

/** Each act with how often it is done, of 100. */
export const ACTS: { f: Act; share: number; run: Doing }[] = [
  { f: "publish", share: 10, run: publish },
  { f: "claim", share: 36, run: claim },
  { f: "move", share: 22, run: move },
  { f: "confirm", share: 5, run: confirm },
  { f: "edit", share: 6, run: edit },
  { f: "close", share: 2, run: close },
  { f: "text_claim", share: 4, run: textClaim },
  { f: "consent", share: 2, run: consent },
  { f: "sign_in", share: 2, run: signIn },
  { f: "say", share: 3, run: say },
  { f: "read", share: 8, run: look },
];
