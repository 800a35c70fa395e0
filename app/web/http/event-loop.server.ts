import { performance } from "node:perf_hooks";

export type Lag = {
  /** How long, in milliseconds, whoever comes now waits before anybody looks at them. */
  now(): number;
  close(): void;
};

const EVERY_MS = 100;
const SAMPLES = 3;

/**
 * How late the event loop is. One pause (a collection, a machine that slept, a burst that is dealt with) says nothing: the
 * least of the last three looks counts, as a queue is bad only when it does not empty (CoDel, RFC 8289).
 */
export function feelLag(clock: () => number = () => performance.now()): Lag {
  const late = Array<number>(SAMPLES).fill(0);
  let expected = clock() + EVERY_MS;
  const timer = setInterval(() => {
    const now = clock();
    late.push(Math.max(0, now - expected));
    late.shift();
    expected = now + EVERY_MS;
  }, EVERY_MS);
  timer.unref();
  return { now: () => Math.min(...late), close: () => clearInterval(timer) };
}
