import { useCallback, useEffect, useState } from "react";
import { HERE_MS } from "#app/live/here.ts";

/** Who else is on which post, by its code; null: who gave no name. */
export type WhoIsHere = ReadonlyMap<string, { name: string | null; until: number }>;

const LOOK_MS = 2_000;
/** The reader's own place is said again so often while they stay. */
const SAY_MS = 15_000;

/** Keeps who was heard of lately, and says on which row of the table the reader is. */
export function useHere() {
  const [here, setHere] = useState<WhoIsHere>(new Map());
  const heard = useCallback((code: string, name: string | null) => {
    setHere((before) => new Map([...before, [code, { name, until: Date.now() + HERE_MS }]]));
  }, []);
  const any = here.size > 0;
  useEffect(() => {
    if (!any) return;
    const timer = window.setInterval(() => {
      const now = Date.now();
      setHere((before) => {
        const kept = [...before].filter(([, { until }]) => until > now);
        return kept.length === before.size ? before : new Map(kept);
      });
    }, LOOK_MS);
    return () => window.clearInterval(timer);
  }, [any]);
  useEffect(saying, []);
  return { here, heard };
}

function saying(): () => void {
  let last = "";
  let at = 0;
  const say = () => {
    const code = document.activeElement?.closest<HTMLElement>("#posts tbody tr")?.dataset["code"] ?? "";
    if (!code || document.hidden || (code === last && Date.now() - at < SAY_MS)) return;
    [last, at] = [code, Date.now()];
    void fetch("/coordinate/posts/here", { method: "POST", body: new URLSearchParams({ code }) }).catch(
      () => undefined,
    );
  };
  document.addEventListener("focusin", say);
  const timer = window.setInterval(say, SAY_MS);
  return () => {
    document.removeEventListener("focusin", say);
    window.clearInterval(timer);
  };
}
