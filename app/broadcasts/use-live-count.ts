import { useEffect, useRef, useState } from "react";
import type { Counted } from "./composer.server.ts";

const WAIT_MS = 250;

/** The count follows the fields: the last change wins, and a failure leaves what stood there. */
export function useLiveCount(start: Counted) {
  const [shown, setShown] = useState<Counted>({ sentence: start.sentence, count: start.count });
  const [busy, setBusy] = useState(false);
  const turn = useRef<{ timer?: ReturnType<typeof setTimeout>; stop?: AbortController }>({});
  useEffect(() => () => cancel(turn.current), []);

  const count = (form: HTMLFormElement) => {
    const query = new URLSearchParams(new FormData(form) as never);
    cancel(turn.current);
    const stop = new AbortController();
    setBusy(true);
    turn.current = { stop, timer: setTimeout(() => void ask(query, stop), WAIT_MS) };
  };
  const ask = async (query: URLSearchParams, stop: AbortController) => {
    try {
      const { signal } = stop;
      const answer = await fetch(`/coordinate/broadcasts/audience?${query}`, { signal });
      if (answer.ok && !signal.aborted) setShown((await answer.json()) as Counted);
    } catch {
      // The button "Count again" is still there.
    }
    if (!stop.signal.aborted) setBusy(false);
  };
  return { sentence: shown.sentence, counted: shown.count, busy, count };
}

function cancel({ timer, stop }: { timer?: ReturnType<typeof setTimeout>; stop?: AbortController }): void {
  clearTimeout(timer);
  stop?.abort();
}
