import { STEPS, type ClaimStatus } from "#app/claims/claim.ts";
import { groupBy, type Fault } from "./faults.ts";
import type { Done } from "./history.ts";
import type { State } from "./state.ts";

const HELD = new Set(["promised", "on_the_way", "delivered", "confirmed"]);
const AFTER: Record<string, ClaimStatus> = {
  "post.claimed": "promised",
  "claim.on_the_way": "on_the_way",
  "claim.delivered": "delivered",
  "claim.confirmed": "confirmed",
  "claim.released": "released",
  "claim.lapsed": "lapsed",
};
type Claim = State["claims"][number];
const heldBy = (claim: Claim) => (HELD.has(claim.status) ? (claim.delivered ?? claim.quantity) : 0);
const keyOfTitle = (title: string) => title.split(" ")[0] ?? "";

/** Published once each, edited and closed as acknowledged, and their figures add up. */
export function checkPosts(done: Done[], state: State): Fault[] {
  const faults: Fault[] = [];
  const byKey = groupBy(state.posts, ({ title }) => keyOfTitle(title));
  const asked = new Map(done.filter(({ f }) => f === "publish").map((act) => [act.key, act]));
  for (const act of asked.values()) {
    const found = byKey.get(act.key) ?? [];
    if (found.length > 1) faults.push({ rule: "twice", what: `post ${act.key}` });
    if (act.ending === "ok" && !found.some(({ code }) => code === act.post)) {
      faults.push({ rule: "lost", what: `post ${act.key}` });
    }
    if (act.ending === "fail" && found.length > 0) faults.push({ rule: "phantom", what: `post ${act.key}` });
  }
  for (const key of byKey.keys()) if (!asked.has(key)) faults.push({ rule: "phantom", what: `post ${key}` });
  return [...faults, ...checkChanges(done, state), ...checkBalance(state)];
}

/** Only one client edits a post, one edit after the other: the last acknowledged title stands, or one nobody knows of. */
function checkChanges(done: Done[], state: State): Fault[] {
  const faults: Fault[] = [];
  const posts = new Map(state.posts.map((post) => [post.code, post]));
  const happened = groupBy(
    state.events.filter(({ type }) => type === "post.edited" || type === "post.closed"),
    ({ type, post }) => `${type} ${post}`,
  );
  const edits = groupBy(
    done.filter(({ f, ending }) => f === "edit" && ending !== "fail"),
    ({ post }) => post!,
  );
  for (const [code, acts] of edits) {
    const post = posts.get(code);
    if (!post) continue;
    const sure = acts.filter(({ ending }) => ending === "ok");
    const maybe = acts.filter(({ ending }) => ending === "info").map(({ wish }) => wish);
    const last = sure.at(-1);
    if (last && post.title !== last.wish && !maybe.includes(post.title)) {
      faults.push({ rule: "lost", what: `edit ${last.key} of ${code}` });
    }
    const events = happened.get(`post.edited ${post.id}`)?.length ?? 0;
    if (events < sure.length) faults.push({ rule: "event", what: `${sure.length} edits of ${code}, ${events} events` });
  }
  for (const act of done) {
    if (act.f !== "close" || act.ending !== "ok") continue;
    const post = posts.get(act.post!);
    if (!post || !happened.has(`post.closed ${post.id}`)) faults.push({ rule: "lost", what: `closing ${act.post}` });
  }
  return faults;
}

function checkBalance({ posts, claims, events }: State): Fault[] {
  const faults: Fault[] = [];
  const held = new Map<string, number>();
  const confirmed = new Map<string, number>();
  const add = (sums: Map<string, number>, id: string | null, more: number) =>
    id && sums.set(id, (sums.get(id) ?? 0) + more);
  for (const claim of claims) {
    add(held, claim.post, heldBy(claim));
    add(held, claim.offer, heldBy(claim));
    if (claim.status === "confirmed") add(confirmed, claim.post, heldBy(claim));
  }
  const reopened = new Set(events.filter(({ type }) => type === "post.reopened").map(({ post }) => post));
  for (const post of posts) {
    const taken = held.get(post.id) ?? 0;
    if (taken > post.quantity) {
      faults.push({ rule: "oversubscribed", what: `${post.code}: ${taken} promised of ${post.quantity}` });
    }
    if (post.remaining !== post.quantity - taken) {
      faults.push({
        rule: "balance",
        what: `${post.code}: ${post.remaining} left, ${taken} promised of ${post.quantity}`,
      });
    }
    const settled = confirmed.get(post.id) ?? 0;
    if (post.kind === "need" && !reopened.has(post.id) && post.confirmed !== settled) {
      faults.push({ rule: "balance", what: `${post.code}: ${post.confirmed} confirmed, ${settled} by its claims` });
    }
  }
  return faults;
}

/** Each acknowledged claim is stored, each stored one was asked for; it went legal ways, and each step has its event. */
export function checkClaims(done: Done[], state: State): Fault[] {
  const faults: Fault[] = [];
  const asked = new Map<string, Done>();
  for (const act of done) {
    if (act.f === "claim") asked.set(`${act.person} ${act.key}`, act);
    if (act.f === "text_claim") asked.set(`${act.person} text:${act.wish}`, act);
  }
  const stored = groupBy(state.claims, ({ person, key }) => `${person} ${key}`);
  const byId = new Map(state.claims.map((claim) => [claim.id, claim]));
  for (const [key, act] of asked) {
    const rows = stored.get(key) ?? [];
    if (rows.length > 1) faults.push({ rule: "twice", what: `claim ${act.key}` });
    if (act.ending === "fail" && rows.length > 0) faults.push({ rule: "phantom", what: `claim ${act.key}` });
    if (act.f !== "claim" || act.ending !== "ok") continue;
    const row = rows.find(({ id }) => id === act.claim);
    if (!row) faults.push({ rule: "lost", what: `claim ${act.key}` });
    else if (row.quantity !== act.got)
      faults.push({ rule: "lost", what: `claim ${act.key}: ${act.got} became ${row.quantity}` });
  }
  for (const [key, rows] of stored) {
    // With an offer the promise is its author's, who is the one who asked.
    if (!asked.has(key)) faults.push({ rule: "phantom", what: `claim ${rows[0]!.id}` });
  }
  return [...faults, ...checkSteps(done, state, byId)];
}

function checkSteps(done: Done[], state: State, byId: Map<string, Claim>): Fault[] {
  const faults: Fault[] = [];
  const kinds = new Map(state.posts.map(({ id, kind }) => [id, kind]));
  const steps = groupBy(
    state.events.filter(({ type, claim }) => claim !== null && type in AFTER),
    ({ claim }) => claim!,
  );
  for (const id of steps.keys()) if (!byId.has(id)) faults.push({ rule: "event", what: `events of no claim ${id}` });
  for (const claim of byId.values()) {
    const path = (steps.get(claim.id) ?? []).map(({ type }) => AFTER[type]!);
    const begun = path.filter((status) => status === "promised").length;
    if (begun !== 1) faults.push({ rule: "event", what: `claim ${claim.id} was told ${begun} times` });
    const legal = path.every((to, at) => at === 0 || to in STEPS[kinds.get(claim.post)!][path[at - 1]!]);
    if (!legal || path[0] !== "promised") faults.push({ rule: "path", what: `claim ${claim.id}: ${path.join(", ")}` });
    if (path.at(-1) !== claim.status) {
      faults.push({ rule: "event", what: `claim ${claim.id} is ${claim.status}, its events say ${path.at(-1)}` });
    }
  }
  for (const act of done) {
    if (act.ending !== "ok" || (act.f !== "move" && act.f !== "confirm")) continue;
    const to = act.f === "confirm" ? "confirmed" : act.wish;
    const was = (steps.get(act.claim!) ?? []).some(({ type }) => AFTER[type] === to);
    if (!was) faults.push({ rule: "lost", what: `${act.key}: claim ${act.claim} was ${to}` });
  }
  return faults;
}
