import type { Sql } from "postgres";

/** What a client saw of one request: carried out, refused, or unknown because the connection was lost. */
export type Seen = { key: string; quantity: number; outcome: "ok" | "fail" | "unknown" };

const EVENT_OF: Record<string, string[]> = {
  promised: ["post.claimed"],
  on_the_way: ["post.claimed", "claim.on_the_way"],
  delivered: ["post.claimed", "claim.delivered"],
  confirmed: ["post.claimed", "claim.confirmed"],
  released: ["post.claimed", "claim.released"],
  lapsed: ["post.claimed", "claim.lapsed"],
};

/**
 * Everything that must hold of a post's claims, whatever happened; the answer lists what does not. In the shape of a
 * Jepsen set checker: acknowledged requests are there, refused ones are not, unknown ones may be.
 */
export async function faultsOf(sql: Sql, postId: string, history: Seen[] = []): Promise<string[]> {
  const [post] = await sql`select quantity, remaining, confirmed from posts where id = ${postId}::uuid`;
  const claims =
    await sql`select id, status, quantity, delivered_quantity, idempotency_key as key from claims where post_id = ${postId}::uuid`;
  // A promise can move to another post with its history: what happened to it is found by the promise.
  const events = await sql`
    select type, claim_id, data, claim_id is not null and not exists (select from claims c where c.id = e.claim_id) as lost
    from events e where post_id = ${postId}::uuid or claim_id in (select id from claims where post_id = ${postId}::uuid)`;
  const faults: string[] = [];
  const fault = (isOne: unknown, words: string) => isOne && faults.push(words);

  const held = (c: (typeof claims)[number]): number =>
    ["released", "lapsed"].includes(c["status"]) ? 0 : (c["delivered_quantity"] ?? c["quantity"]);
  const promised = claims.reduce((sum, c) => sum + held(c), 0);
  fault(promised > post!["quantity"], `${promised} promised of ${post!["quantity"]}`);
  fault(
    post!["remaining"] !== post!["quantity"] - promised,
    `remaining says ${post!["remaining"]}, claims say ${post!["quantity"] - promised}`,
  );
  const confirmed = claims.filter((c) => c["status"] === "confirmed").reduce((sum, c) => sum + held(c), 0);
  fault(post!["confirmed"] !== confirmed, `confirmed says ${post!["confirmed"]}, claims say ${confirmed}`);

  const times = (claimId: string, type: string) =>
    events.filter((e) => e["claim_id"] === claimId && e["type"] === type).length;
  for (const c of claims) {
    const passedOn = c["status"] === "released" && times(c["id"], "claim.reassigned") === 1;
    for (const type of passedOn ? [] : (EVENT_OF[c["status"]] ?? []))
      fault(times(c["id"], type) !== 1, `a claim ${c["status"]} has ${times(c["id"], type)} × ${type}`);
  }
  fault(
    events.some((e) => e["lost"]),
    "an event without its claim",
  );
  const made = new Set(claims.filter((c) => c["status"] !== "").map((c) => c["id"]));
  fault(
    events.filter((e) => e["type"] === "post.claimed" && made.has(e["claim_id"])).length !== made.size,
    "claims and their events differ in number",
  );

  const stored = claims.map((c) => c["key"]);
  fault(new Set(stored).size !== stored.length, "a key has two claims");
  for (const { key, outcome } of history) {
    fault(outcome === "ok" && !stored.includes(key), "an acknowledged claim is lost");
    fault(outcome === "fail" && stored.includes(key), "a refused claim was stored");
  }
  const asked = new Set(history.map((h) => h.key));
  fault(history.length > 0 && stored.some((key) => !asked.has(key)), "a claim nobody asked for");
  return faults;
}
