/**
 * An allow-list logger: one JSON line to standard error, and only fields that cannot name a person.
 * A field that is not listed here does not compile, and is dropped if it arrives anyway.
 */
export type LogFields = Partial<{
  route: string;
  method: string;
  status: number;
  ms: number;
  requestId: string;
  errorName: string;
  errorCode: string | number;
  /** Stack frames without the message, which may quote a value. */
  frames: string;
  outboxId: string;
  eventId: string | number;
  postId: string;
  claimId: string;
  personId: string;
  groupId: string;
  count: number;
  attempt: number;
  worker: string;
  port: number;
  pid: number;
  /** Where something is, never what. */
  table: string;
  column: string;
  /** A hash that stands for the audit log up to here. */
  head: string;
  row: string;
}>;

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent";
export type Log = Record<"debug" | "info" | "warn" | "error", (what: string, fields?: LogFields) => void>;

const LEVELS: LogLevel[] = ["debug", "info", "warn", "error", "silent"];
const ALLOWED: ReadonlySet<string> = new Set<keyof LogFields>([
  "route",
  "method",
  "status",
  "ms",
  "requestId",
  "errorName",
  "errorCode",
  "frames",
  "outboxId",
  "eventId",
  "postId",
  "claimId",
  "personId",
  "groupId",
  "count",
  "attempt",
  "worker",
  "port",
  "pid",
  "table",
  "column",
  "head",
  "row",
]);

/** @param write where a line goes; tests pass their own. */
export function makeLog(level: LogLevel = "info", write = (line: string) => void process.stderr.write(line)): Log {
  const at =
    (name: LogLevel) =>
    (what: string, fields: LogFields = {}) => {
      if (LEVELS.indexOf(name) < LEVELS.indexOf(level)) return;
      const safe = Object.entries(fields).filter(([key]) => ALLOWED.has(key));
      write(`${JSON.stringify({ at: new Date().toISOString(), level: name, what, ...Object.fromEntries(safe) })}\n`);
    };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}

/** The loggable part of an unknown error: its class, its code and where it was thrown. Never its message. */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const code = (error as { code?: unknown }).code;
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 6);
  return {
    errorName: error.name,
    frames: frames.map((line) => line.trim()).join(" | "),
    ...(typeof code === "string" || typeof code === "number" ? { errorCode: code } : {}),
  };
}
