import type { Locale } from "#app/i18n/locales.ts";
import type { Text } from "#app/i18n/text.ts";
import { momentWords } from "#app/posts/post-words.ts";
import { actsOn, STAGES, stageOf, type PromiseRow, type Stage } from "./promises.ts";
import type { ShownPromise } from "./promises-page.tsx";

/** The promises by stage, in the reader's words; stages without any are left out. */
export function shownPromises(t: Text, locale: Locale, promises: PromiseRow[], now: Date) {
  const all = promises.map((row) => shownPromise(t, locale, row, now));
  const stages = STAGES.map((stage) => ({ stage, promises: all.filter((promise) => promise.stage === stage) }));
  return {
    stages: stages.filter((one) => one.promises.length > 0),
    shown: all.length,
    late: all.filter(({ stage }) => stage === "late").length,
  };
}

function shownPromise(t: Text, locale: Locale, row: PromiseRow, now: Date): ShownPromise {
  const stage = stageOf(row, now);
  const since = (at: Date) => Math.floor(Math.abs(now.getTime() - at.getTime()) / 1000);
  return {
    id: row.id,
    who: row.who,
    stage,
    quantity: row.quantity,
    group: row.group,
    unknown: row.unknown,
    person: row.person,
    post: row.post,
    seconds: since(row.dueAt),
    next: nextWords(t, locale, row, stage),
    nudged: row.nudgedAt && since(row.nudgedAt),
    acts: actsOn(row),
  };
}

function nextWords(t: Text, locale: Locale, row: PromiseRow, stage: Stage): string | null {
  if (stage === "came") return t("promises.next.settles", { when: momentWords(locale, row.settlesAt) });
  return stage === "late" ? t("promises.next.lapses", { when: momentWords(locale, row.lapsesAt) }) : null;
}
