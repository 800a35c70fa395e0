import { checkClaims, checkPosts } from "./check-promises.ts";
import { checkTexts } from "./check-texts.ts";
import { groupBy, type Fault } from "./faults.ts";
import type { Done } from "./history.ts";
import type { State } from "./state.ts";

/**
 * Holds what the clients were told against what the database and the provider hold. Pure.
 *
 * @returns every fault; none where all promises were kept.
 */
export function check(done: Done[], state: State): Fault[] {
  return [...checkPosts(done, state), ...checkClaims(done, state), ...checkOthers(done, state), ...checkTexts(state)];
}

/** Sessions, words to each other, STOP and START, and texts that came in. */
function checkOthers(done: Done[], state: State): Fault[] {
  const faults: Fault[] = [];
  const sessions = new Set(state.sessions);
  const said = groupBy(state.said, (key) => key);
  const heard = new Map(state.heard.map((one) => [one.sid, one]));
  const consent = new Map(state.consent.map(({ person, action }) => [person, action]));
  const words = new Map<string, Done[]>();
  for (const act of done) {
    if (act.f === "sign_in" && act.got && !sessions.has(String(act.got))) {
      faults.push({ rule: "lost", what: `the session of ${act.key}` });
    }
    if (act.f === "say") {
      const times = said.get(`${act.person}:web:${act.key}`)?.length ?? 0;
      if (act.ending === "ok" && times === 0) faults.push({ rule: "lost", what: `the words of ${act.key}` });
      if (act.ending === "fail" && times > 0) faults.push({ rule: "phantom", what: `the words of ${act.key}` });
      if (times > 1) faults.push({ rule: "twice", what: `the words of ${act.key}` });
    }
    if (act.f === "text_claim" && act.ending === "ok") {
      const text = heard.get(String(act.wish));
      if (!text) faults.push({ rule: "lost", what: `the text ${act.key}` });
      else if (!text.handled) faults.push({ rule: "unsettled", what: `the text ${act.key} was never handled` });
    }
    if (act.f === "consent") words.set(act.person!, [...(words.get(act.person!) ?? []), act]);
  }
  for (const [person, acts] of words) {
    const last = acts.at(-1)!;
    if (last.ending !== "ok") continue;
    const now = consent.get(person) ?? "in";
    if (now !== (last.wish === "STOP" ? "out" : "in")) {
      faults.push({ rule: "lost", what: `${last.wish} of ${last.key}: it is ${now}` });
    }
  }
  return faults;
}
