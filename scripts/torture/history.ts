import { createWriteStream } from "node:fs";

/** What a client can do to the installation. */
export type Act =
  | "publish"
  | "claim"
  | "text_claim"
  | "move"
  | "confirm"
  | "edit"
  | "close"
  | "consent"
  | "sign_in"
  | "say"
  | "read";

/**
 * What is known of one act when it is over. `ok`: acknowledged, so it must be found. `fail`: refused, and no try of it
 * was left without an answer, so it must not. `info`: nobody can know, it may have happened or not.
 */
export type Ending = "ok" | "fail" | "info";

/** One act from its first try to its last word. Every try was sent with the same `key`. */
export type Done = {
  process: number;
  index: number;
  f: Act;
  key: string;
  /** Code of the post. */
  post?: string;
  claim?: string;
  /** Who acted: the id of a person; for `consent` and texts their number is told by its place in the crowd. */
  person?: string;
  /** What was wished: a quantity, a state, a title, STOP or START, a reason. */
  wish?: string | number | null;
  /** What the answer said was done. */
  got?: string | number | null;
  ending: Ending;
  status: number;
  tries: number;
  begun: number;
  ended: number;
};

export type History = {
  done: Done[];
  /** Writes the line of the first try, so that a broken run too can be read. */
  invoke(act: Pick<Done, "process" | "index" | "f" | "key" | "post" | "claim" | "wish">): void;
  end(done: Done): void;
  close(): Promise<void>;
};

/** A history in memory and, line by line as JSON, in a file: `{type: invoke | ok | fail | info, process, index, f, key, …, t}`. */
export function openHistory(file: string): History {
  const out = createWriteStream(file, { flags: "w" });
  const done: Done[] = [];
  const start = Date.now();
  return {
    done,
    invoke: (act) => void out.write(`${JSON.stringify({ type: "invoke", t: Date.now() - start, ...act })}\n`),
    end(one) {
      done.push(one);
      const { ending, begun: _begun, ended, ...rest } = one;
      out.write(`${JSON.stringify({ type: ending, t: ended - start, ...rest })}\n`);
    },
    close: () => new Promise((closed) => out.end(() => closed())),
  };
}
