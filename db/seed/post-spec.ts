import type { FieldAnswers } from "../../app/groups/category-field.ts";
import type { PlaceKey } from "./places.ts";

type Status = "promised" | "on_the_way" | "delivered" | "confirmed" | "released" | "lapsed";
type Closed = "fulfilled" | "withdrawn" | "expired" | "met_for_now";

/** A promise of the demo: who, how many, how it stands, and how many hours after the post it was made. */
export type ClaimSpec = { by: string; quantity: number; status: Status; after: number };

/** A post of the demo. `ago`: hours since it was posted; `until`: its window ends in so many hours. */
export type PostSpec = {
  kind: "need" | "offer";
  group: string;
  category: string;
  by: string;
  title: string;
  quantity: number;
  ago: number;
  place: PlaceKey | null;
  details?: string;
  urgency?: "soon" | "urgent";
  until?: number;
  visibility?: "everyone" | "volunteers" | "team";
  languages?: string[];
  /** By the fields of its category. */
  answers?: FieldAnswers;
  /** Sealed when loaded. */
  address?: string;
  note?: string;
  closed?: Closed;
  claims?: ClaimSpec[];
};

type Extra = Partial<Omit<PostSpec, "kind" | "group" | "category" | "by" | "title" | "quantity" | "ago" | "place">>;
type Make = (
  about: string,
  by: string,
  quantity: number,
  title: string,
  ago: number,
  place: PlaceKey | null,
  extra?: Extra,
) => PostSpec;

const make =
  (kind: PostSpec["kind"]): Make =>
  (about, by, quantity, title, ago, place, extra = {}) => {
    const [group, category] = about.split("/");
    return { kind, group: group!, category: category!, by, quantity, title, ago, place, ...extra };
  };

export const need = make("need");
export const offer = make("offer");
export const claim = (by: string, quantity: number, status: Status, after: number): ClaimSpec => ({
  by,
  quantity,
  status,
  after,
});
