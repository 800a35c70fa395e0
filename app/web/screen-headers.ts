import type { HeadersFunction } from "@remix-run/node";

/**
 * Pages that hold what somebody typed are not kept by any cache. The answer to a form with a mistake is the exception:
 * without its own copy the browser cannot go Back to it and shows an error instead of what was typed.
 */
export const screenHeaders: HeadersFunction = ({ actionHeaders }) => ({
  "Cache-Control": actionHeaders.has(MISTAKE) ? "private, no-cache" : "no-store",
});

const MISTAKE = "X-Mistake";
export const mistake = { [MISTAKE]: "1" };
