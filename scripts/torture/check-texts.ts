import { groupBy, type Fault } from "./faults.ts";
import type { State } from "./state.ts";

/** States in which the provider has the text. */
const WITH_PROVIDER = new Set(["submitted", "sent", "delivered", "undelivered", "failed"]);
/** States that a text must not stay in. */
const ON_THE_WAY = new Set(["queued", "claimed", "submitting", "uncertain"]);
/** More texts of a kind than this in an hour are not written to one person: `notifications/owed-texts.server.ts`. */
const OF_A_KIND = 20;

/** Event against outbox, outbox against what the provider took. */
export function checkTexts(state: State): Fault[] {
  return [...checkTold(state), ...checkTaken(state)];
}

/** The author of a post hears of each claim, once; at most once where they get too many, or said STOP now and then. */
function checkTold({ events, posts, outbox, fickle }: State): Fault[] {
  const faults: Fault[] = [];
  const byPost = new Map(posts.map((post) => [post.id, post]));
  const known = new Set(events.map(({ id }) => id));
  const rows = groupBy(outbox, ({ event, person, template }) => `${event} ${person} ${template}`);
  for (const [key, same] of rows) {
    if (same[0]!.event === null) continue;
    if (same.length > 1) faults.push({ rule: "outbox", what: `${same.length} texts for ${key}` });
    if (!known.has(same[0]!.event)) faults.push({ rule: "outbox", what: `a text for no event: ${same[0]!.id}` });
  }
  const claimed = events.filter(({ type, post }) => type === "post.claimed" && post !== null && byPost.has(post));
  const owed = groupBy(claimed, ({ post }) => `${byPost.get(post!)!.author} ${templateOf(byPost.get(post!)!.kind)}`);
  const unsteady = new Set(fickle);
  for (const [reader, theirs] of owed) {
    const [person = "", template = ""] = reader.split(" ");
    if (unsteady.has(person)) continue;
    const told = theirs.filter(({ id }) => rows.has(`${id} ${person} ${template}`)).length;
    const least = Math.min(theirs.length, OF_A_KIND);
    if (told < least) faults.push({ rule: "outbox", what: `${person} was told of ${told} of ${theirs.length} claims` });
  }
  for (const { id, type, told } of events) {
    if (!told) faults.push({ rule: "unsettled", what: `event ${id} (${type}) was not told` });
  }
  return faults;
}

const templateOf = (kind: "need" | "offer") => (kind === "need" ? "claimed" : "offer_claimed");

function checkTaken({ outbox, taken }: State): Fault[] {
  const faults: Fault[] = [];
  const byRow = groupBy(taken, ({ outboxId }) => outboxId);
  const rows = new Map(outbox.map((row) => [row.id, row]));
  for (const [id, texts] of byRow) {
    if (!rows.has(id)) faults.push({ rule: "provider", what: `a text of no row ${id}` });
    if (texts.length > 1) faults.push({ rule: "provider", what: `${id} was sent ${texts.length} times` });
  }
  for (const { id, state, sid } of outbox) {
    const texts = byRow.get(id) ?? [];
    if (WITH_PROVIDER.has(state) && !texts.some((text) => text.sid === sid)) {
      faults.push({ rule: "provider", what: `${id} is ${state}, but nobody took it` });
    }
    if (ON_THE_WAY.has(state)) faults.push({ rule: "unsettled", what: `${id} is still ${state}` });
  }
  return faults;
}
