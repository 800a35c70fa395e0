/** Socket errors, the driver's own codes, and PostgreSQL's (appendix A): shutdown, crash, too many, cancelled, lock timeout. */
const AWAY = new Set(
  (
    "ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT ENOTFOUND CONNECTION_CLOSED CONNECTION_ENDED CONNECTION_DESTROYED " +
    "CONNECT_TIMEOUT 57P01 57P02 57P03 53300 57014 55P03 08006 08001 08003"
  ).split(" "),
);

/** True when the database could not answer for now, so that trying again later is the right advice. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (AWAY.has(String((cause as { code?: unknown }).code))) return true;
    if (cause instanceof AggregateError && cause.errors.some(isDatabaseAway)) return true;
  }
  return false;
}
