import { useEffect, useRef, useState } from "react";

export type LiveState = "quiet" | "live" | "lost";
type Heard = {
  changed: (codes: string[]) => void;
  missed: () => void;
  /** Somebody else is on a post; null: who gave no name. */
  here: (code: string, name: string | null) => void;
};

/** The server says something every 15 s; after so long without a word the connection is dead, whatever the browser thinks. */
const SILENT_MS = 40_000;
const AGAIN_MS = 5_000;

/**
 * Listens to what changes in the posts of one's groups. A hidden page does not listen (browsers open six connections to
 * one place at most) and catches up once it is looked at.
 *
 * @param after the newest event when the rows of the page were read.
 */
export function useLive(after: number, heard: Heard): LiveState {
  const [state, setState] = useState<LiveState>("quiet");
  const latest = useRef(heard);
  useEffect(() => {
    latest.current = heard;
  });
  const known = useRef(after);
  useEffect(() => {
    const line = openLine(known, () => latest.current, setState);
    const look = () => (document.hidden ? line.close() : line.open());
    const lost = () => (line.close(), setState("lost"));
    look();
    document.addEventListener("visibilitychange", look);
    window.addEventListener("online", line.open);
    window.addEventListener("offline", lost);
    return () => {
      document.removeEventListener("visibilitychange", look);
      window.removeEventListener("online", line.open);
      window.removeEventListener("offline", lost);
      line.close();
    };
  }, []);
  return state;
}

function openLine(known: { current: number }, heard: () => Heard, setState: (state: LiveState) => void) {
  let source: EventSource | null = null;
  let timer = 0;
  const close = () => {
    source?.close();
    source = null;
    window.clearTimeout(timer);
  };
  const retry = (ms: number) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      setState("lost");
      close();
      open();
    }, ms);
  };
  const alive = () => {
    setState("live");
    retry(SILENT_MS);
  };
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource(`/coordinate/live?after=${known.current}`);
    source.addEventListener("open", alive);
    source.addEventListener("beat", alive);
    source.addEventListener("reload", () => {
      alive();
      heard().missed();
    });
    source.addEventListener("message", ({ data, lastEventId }) => {
      alive();
      known.current = Number(lastEventId) || known.current;
      heard().changed([...new Set((JSON.parse(data) as [string, string][]).map(([code]) => code))]);
    });
    source.addEventListener("here", ({ data }) =>
      heard().here(...(JSON.parse(data as string) as [string, string | null])),
    );
    source.addEventListener("error", () => {
      setState("lost");
      retry(AGAIN_MS);
    });
    retry(SILENT_MS);
  };
  return { open, close };
}
