/** What needs a coordinator right now, the gravest first. Each kind has one act that settles a line of it. */
export const WORRIES = [
  "waiting",
  "unread",
  "late",
  "soon",
  "silent",
  "nobody",
  "review",
  "undelivered",
  "gave_up",
  "watched",
] as const;
export type Worry = (typeof WORRIES)[number];

/** What the button of a line does; `see` is a link. */
export const NOW_ACTS = {
  waiting: "ask",
  unread: "see",
  late: "nudge",
  soon: "nudge",
  silent: "nudge",
  nobody: "ask",
  review: "approve",
  undelivered: "see",
  gave_up: "reopen",
  watched: "see",
} as const satisfies Record<Worry, string>;
export type NowAct = Exclude<(typeof NOW_ACTS)[Worry], "see">;

/** So many lines of a kind are shown; the rest is behind its link. */
export const LINES = 5;

/** One thing that needs somebody. `seconds`: since when, or until when it is due. */
export type NowLine = {
  key: string;
  code: string | null;
  /** The promise it is about. */
  claim: string | null;
  title: string;
  /** A first name, where the coordinator has to know who. */
  who: string | null;
  group: string;
  seconds: number;
  /** Why a text did not arrive. */
  why: string | null;
  /** They were reminded, or people were asked, so many seconds ago. */
  done: number | null;
  /** How often a post that waits to be read had been changed: only the words that are shown get onto the board. */
  revision: number | null;
  /** People were asked so lately that asking again would wear them out. */
  rests: boolean;
  /** An offer fits it well: somebody is there who need not be looked for. */
  fits: boolean;
};

/** `total` counts all of them, also those not shown. */
export type WorryList = { worry: Worry; total: number; lines: NowLine[] };
