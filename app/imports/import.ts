import type { FieldAnswers } from "#app/groups/category-field.ts";
import type { Locale } from "#app/i18n/locales.ts";
import type { PostKind, Urgency, Visibility } from "#app/posts/post.ts";
import type { ImportField, Mapping } from "./columns.ts";
import type { DateOrder } from "./dates.ts";

/** How a file is to be read. */
export type Reading = {
  mapping: Mapping;
  /** What a line is that does not say. */
  kind: PostKind;
  order: DateOrder;
  /** An empty cell of kind, category or place means the same as the one above it. */
  fillDown: boolean;
};

/** A line that can be brought in. Moments are ISO 8601; the phone is E.164. It is sealed wherever it is kept. */
export type ImportedPost = {
  line: number;
  kind: PostKind;
  categoryId: string | null;
  title: string;
  details: string | null;
  quantity: number;
  urgency: Urgency;
  windowStart: string | null;
  windowEnd: string | null;
  createdAt: string | null;
  place: string | null;
  lat: number | null;
  lng: number | null;
  name: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  privateNote: string | null;
  visibility: Visibility;
  languages: string[];
  locale: Locale | null;
  answers: FieldAnswers;
};

/** Why a line cannot be brought in. */
export const REASONS = [
  "empty",
  "formula",
  "too_long",
  "quantity",
  "date",
  "past",
  "phone",
  "email",
  "kind",
  "group",
  "category",
  "urgency",
  "visibility",
  "language",
  "spot",
  "answers",
  "closed",
  "same_line",
  "same_post",
] as const;
export type Reason = (typeof REASONS)[number];

/** `other`: the line or the code of the post that is the same. */
export type Fault = { field: ImportField | null; reason: Reason; other?: string };
export type BadLine = { line: number; faults: Fault[]; cells: string[] };

export type ImportState = "mapping" | "checked" | "running" | "done" | "undoing" | "undone";

/** What a group is, as the lines of a file speak of it. Names are in every language. */
export type GroupFacts = {
  names: string[];
  categories: {
    id: string;
    names: string[];
    defaultVisibility: Visibility;
    fields: { key: string; several: boolean; options: { key: string }[] }[];
  }[];
};
