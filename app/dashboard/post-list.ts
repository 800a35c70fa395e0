import type { PostKind, ShownState, Urgency } from "#app/posts/post.ts";

/** A post as one row of the coordinators' list. Times are Unix milliseconds, so that a row is cheap to send. */
export type PostRow = {
  code: string;
  createdAt: number;
  kind: PostKind;
  state: ShownState;
  urgency: Urgency;
  title: string;
  quantity: number;
  remaining: number;
  /** In the reader's language; null where the post has no category. */
  unit: string | null;
  /** The group's short name, and what it is called. */
  group: string;
  groupName: string;
  category: string | null;
  place: string | null;
  /** First names of those with a promise on it that was not given back. */
  promisedBy: string[];
  /** Counts what people changed; an act on an older one than there is changes nothing. */
  revision: number;
};

export const STATES = [
  "in_review",
  "open",
  "partly_covered",
  "covered",
  "fulfilled",
  "met_for_now",
  "withdrawn",
  "expired",
  "declined",
] as const satisfies ShownState[];

/** What the state filter offers besides single states. */
export const STATE_SETS = {
  /** Everything that is not closed. */
  current: ["in_review", "open", "partly_covered", "covered"],
  /** Something is still missing. */
  waiting: ["open", "partly_covered"],
  all: STATES,
} as const satisfies Record<string, readonly ShownState[]>;

export type StateFilter = keyof typeof STATE_SETS | ShownState;

export const statesOf = (filter: StateFilter): readonly ShownState[] =>
  filter in STATE_SETS ? STATE_SETS[filter as keyof typeof STATE_SETS] : [filter as ShownState];

const HOUR = 3_600_000;
/** Waited at least so many milliseconds. The last step but one is where the headline begins to count. */
export const MIN_AGES = { "4h": 4 * HOUR, "1d": 24 * HOUR, "2d": 48 * HOUR, "4d": 96 * HOUR } as const;
export type MinAge = keyof typeof MIN_AGES;

export const COLUMNS = [
  "title",
  "age",
  "state",
  "urgency",
  "left",
  "group",
  "category",
  "place",
  "promised",
  "kind",
] as const;
export type ColumnId = (typeof COLUMNS)[number];
/** Shown unless the reader chooses otherwise. The title cannot be hidden: it is the link to the post. */
export const USUAL_COLUMNS: readonly ColumnId[] = COLUMNS.filter((id) => id !== "category");

export const PAGE_SIZE = 50;
/** More rows than this are not loaded at once; the page then asks to narrow down. */
export const MOST_ROWS = 5000;

/** What one URL of the list asks for. */
export type ListView = {
  q: string;
  state: StateFilter;
  kind: PostKind | "";
  group: string;
  age: MinAge | "";
  /** What was answered to a question of the category: `diet=halal`, or `floor=*` for anything. */
  answer: string;
  sort: ColumnId;
  descending: boolean;
  columns: readonly ColumnId[];
  /** Counts from 1. */
  page: number;
};

export const USUAL_VIEW: ListView = {
  q: "",
  state: "current",
  kind: "",
  group: "",
  age: "",
  answer: "",
  sort: "age",
  descending: true,
  columns: USUAL_COLUMNS,
  page: 1,
};

const isIn = <T extends string>(list: readonly T[], value: string | null): value is T => list.includes(value as T);

const ANSWER = /^[a-z][a-z-]{0,39}=(\*|[a-z][\w-]{0,59})$/;

/** Reads a URL's query; whatever it does not understand falls back to the usual view. */
export function parseView(query: URLSearchParams): ListView {
  const state = query.get("state");
  const kind = query.get("kind");
  const age = query.get("age");
  const sort = query.get("sort") ?? "";
  const column = sort.replace(/^-/, "");
  const columns = COLUMNS.filter((id) => id === "title" || query.getAll("col").includes(id));
  const page = Number(query.get("page") ?? 1);
  return {
    q: (query.get("q") ?? "").trim().slice(0, 100),
    state: isIn([...Object.keys(STATE_SETS), ...STATES] as StateFilter[], state) ? state : USUAL_VIEW.state,
    kind: isIn(["need", "offer"] as const, kind) ? kind : "",
    group: query.get("group") ?? "",
    age: isIn(Object.keys(MIN_AGES) as MinAge[], age) ? age : "",
    answer: ANSWER.test(query.get("answer") ?? "") ? query.get("answer")! : "",
    sort: isIn(COLUMNS, column) ? column : USUAL_VIEW.sort,
    descending: isIn(COLUMNS, column) ? sort.startsWith("-") : USUAL_VIEW.descending,
    columns: query.has("col") ? columns : USUAL_COLUMNS,
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** The shortest query that asks for a view: what is usual is left out. Starts with `?`, or is empty. */
export function queryOf(view: ListView): string {
  const query = new URLSearchParams();
  for (const key of ["q", "state", "kind", "group", "age", "answer"] as const) {
    if (view[key] !== USUAL_VIEW[key]) query.set(key, view[key]);
  }
  if (view.sort !== USUAL_VIEW.sort || view.descending !== USUAL_VIEW.descending) {
    query.set("sort", `${view.descending ? "-" : ""}${view.sort}`);
  }
  const usual = view.columns.length === USUAL_COLUMNS.length && USUAL_COLUMNS.every((id) => view.columns.includes(id));
  if (!usual) for (const id of view.columns) query.append("col", id);
  if (view.page > 1) query.set("page", String(view.page));
  const text = query.toString();
  return text && `?${text}`;
}

/** Where the list of those who wait stands; the headline leads here and counts exactly these rows. */
export const lateListHref = (group: string | null): string =>
  `/coordinate/posts${queryOf({ ...USUAL_VIEW, kind: "need", state: "waiting", age: "2d", group: group ?? "" })}`;

/** A need that misses something for longer than anybody should wait. */
export const isLate = (row: PostRow, now: number): boolean =>
  row.kind === "need" && KEEPS.state(row, "waiting", now) && KEEPS.age(row, "2d", now);

/** What each filter keeps. The database narrows by the same rules (`post-rows.server.ts`); a test holds them together. */
export const KEEPS: Record<"state" | "kind" | "group" | "age", (row: PostRow, wanted: string, now: number) => boolean> =
  {
    state: (row, wanted) => statesOf(wanted as StateFilter).includes(row.state),
    kind: (row, wanted) => row.kind === wanted,
    group: (row, wanted) => row.group === wanted,
    age: (row, wanted, now) => now - row.createdAt >= MIN_AGES[wanted as MinAge],
  };
