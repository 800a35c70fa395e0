import type { Log } from "#app/core/log.server.ts";
import type { Place } from "#app/core/seal.server.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Says in the log that somebody changed a sealed value, or moved it to another row: where it is, never what. */
export const brokenAlarm =
  (log: Log) =>
  ({ table, column, row }: Place): void =>
    log.error("a sealed value does not open", { table, column, ...(UUID.test(row) ? { row } : {}) });
