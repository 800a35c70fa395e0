import type { FieldView } from "./field-answers.ts";

export type Visibility = "everyone" | "volunteers" | "team";
export type Joining = "open" | "ask";
export type Role = "volunteer" | "coordinator";

/** A category in the reader's language: "12 meals", "1 meal". */
export type CategoryView = {
  id: string;
  slug: string;
  name: string;
  unit: string;
  unitOne: string;
  expiryHours: number;
  defaultVisibility: Visibility;
  /** Needed within so many hours unless its author says otherwise. */
  neededWithinHours: number | null;
  fields: FieldView[];
};

/** The asker's own membership; `asked` waits for a coordinator. */
export type MyMembership = {
  role: Role;
  state: "asked" | "active";
  alerts: boolean;
  hearsClaims: boolean;
  /** Only needs of these categories; empty means all of the group's. */
  categoryIds: string[];
};

/** A working group in the reader's language. Counts are of open posts the asker may see. */
export type GroupView = {
  id: string;
  slug: string;
  name: string;
  blurb: string;
  joining: Joining;
  moderates: boolean;
  categories: CategoryView[];
  openNeeds: number;
  openOffers: number;
  mine: MyMembership | null;
};

/** Somebody in a group, as its coordinators see them. No number: texts reach people by their id. */
export type MemberView = {
  personId: string;
  name: string | null;
  role: Role;
  state: "asked" | "active";
  alerts: boolean;
  hearsClaims: boolean;
  since: Date;
};
