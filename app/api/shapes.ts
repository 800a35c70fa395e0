import { FIELD_TYPES } from "#app/groups/category-field.ts";
import { z } from "zod";
import { PROBLEM_KINDS } from "#app/core/problems.ts";
import { DISMISS_REASONS } from "#app/events/event.ts";
import { LIMITS } from "#app/matching/match.ts";
import { at } from "./fields.ts";

/** Shapes that answers are made of. Each has a name, under which the document keeps it as a component. */
export const shapes = z.registry<{ id: string; description?: string; examples?: unknown[] }>();

export const named = <S extends z.ZodType>(id: string, description: string, schema: S): S => {
  shapes.add(schema, { id, description });
  return schema;
};

const Field = named(
  "Field",
  "A question of a category, in the language of the answer.",
  z.object({
    key: z.string().describe("Its name in `answers`"),
    label: z.string(),
    type: z
      .enum(FIELD_TYPES)
      .describe(
        "choice: keys of `options`; text: up to 200 characters; number; yes_no: yes or no; date: 2026-11-23. Only choice weighs",
      ),
    weighs: z
      .enum(["must", "wish"])
      .describe("must: what a need asks for, an offer has to have; wish: the more the better"),
    several: z.boolean().describe("Whether more than one option may be chosen"),
    options: z.array(z.object({ key: z.string(), label: z.string() })),
  }),
);

export const Group = named(
  "Group",
  "A working group, in the language of the answer.",
  z.object({
    slug: z.string(),
    name: z.string(),
    blurb: z.string(),
    categories: z.array(
      z.object({
        slug: z.string(),
        name: z.string(),
        unit: z.string().describe("What is counted: meals, blankets"),
        fields: z.array(Field).describe("What else is asked when posting; nobody has to answer"),
      }),
    ),
    open_needs: z.int().min(0).describe("Open needs the caller may see"),
    open_offers: z.int().min(0),
  }),
);

const post = {
  code: z.string().describe("The post's public name, unique for ever"),
  kind: z.enum(["need", "offer"]),
  group: z.string().describe("Slug of the working group"),
  category: z.string().nullable().describe("Slug of the category"),
  title: z.string(),
  details: z.string().nullable(),
  quantity: z.int().min(1),
  remaining: z.int().min(0).describe("What is left to claim; 0 means covered"),
  unit: z.string().nullable().describe("What is counted, in the language of the answer"),
  urgency: z.enum(["normal", "soon", "urgent"]),
  window_start: at.nullable(),
  window_end: at.nullable(),
  place: z.string().nullable(),
  lat: z.number().nullable().describe("Middle of a fixed grid cell of about 1 km, never the exact spot"),
  lng: z.number().nullable(),
  status: z.enum(["in_review", "open", "closed"]),
  closed_reason: z.enum(["fulfilled", "withdrawn", "expired", "met_for_now", "declined"]).nullable(),
  languages: z.array(z.string()),
  answers: z
    .record(z.string(), z.array(z.string()))
    .describe(
      "What was answered to the category's `fields`; empty unless the caller is its author, helps with it or is in a group",
    ),
  created_at: at,
  expires_at: at,
  url: z.url(),
};

export const Post = named("Post", "A need or an offer, without anything private.", z.object(post));

export const PublishedPost = named(
  "PublishedPost",
  "What was put up, with the author's private link. Whoever holds the link can edit and close the post.",
  z.object({ ...post, manage_url: z.url() }),
);

export const PostInFull = named(
  "PostInFull",
  "A post. The last three members are there only for its author, people with a live promise on it and the group's " +
    "coordinators; each look is recorded. People with a promise get neither phone nor email until both sides shared " +
    "theirs: they write to each other through the app.",
  z.object({
    ...post,
    contact: z
      .object({
        name: z.string().nullable(),
        phone: z.string().nullable().describe("E.164"),
        email: z.string().nullable(),
      })
      .optional(),
    address: z.string().nullable().optional(),
    private_note: z.string().nullable().optional(),
  }),
);

export const Claim = named(
  "Claim",
  "One person's promise on a post.",
  z.object({
    id: z.guid(),
    post: z.string().describe("Code of the post"),
    quantity: z.int().min(1),
    delivered_quantity: z.int().min(0).nullable(),
    status: z.enum(["promised", "on_the_way", "delivered", "confirmed", "released", "lapsed"]),
    eta: at.nullable(),
    due_at: at.describe("When it should be done; the claimer is then asked whether it still holds"),
    lapses_at: at.describe("When the promise goes back to the board if nothing is heard"),
    note: z.string().nullable(),
    reason: z.string().nullable().describe("Why it was handed back; `closed` where its post was closed"),
    remaining: z.int().min(0).describe("What is left to claim on the post"),
    created_at: at,
    updated_at: at,
    url: z.url().describe("The post's page"),
  }),
);

const listOf = <S extends z.ZodType>(id: string, item: S) =>
  named(
    id,
    "One page of a list.",
    z.object({
      items: z.array(item),
      next_cursor: z.string().nullable().describe("Give it as `cursor` for the next page; null on the last one"),
    }),
  );

export const GroupList = listOf("GroupList", Group);
export const PostList = listOf("PostList", Post);

export const Match = named(
  "Match",
  "A post that fits, how well, and why.",
  z.object({
    post: Post,
    score: z.number().min(0).max(1),
    strength: z.enum(["strong", "fair", "weak"]),
    reasons: z.array(z.string()).describe("Why, in the language of the answer; those that decided first"),
    reason_kinds: z.array(z.string()).describe("The same for programs: same_category, near, part …"),
    quantity: z
      .int()
      .min(1)
      .nullable()
      .describe(
        "How much one could give the other now; null for another kind of thing, which cannot be counted against it",
      ),
  }),
);
export const MatchList = named(
  "MatchList",
  "What fits a post, the best first, at most ten.",
  z.object({
    items: z.array(Match),
    relaxed: z
      .array(z.enum(LIMITS))
      .describe("Limits that were let go of because nothing is within them: far apart, another time, lacking a must"),
    next_cursor: z.null(),
  }),
);

export const Dismissal = named(
  "Dismissal",
  "Two posts that are not suggested to each other for a time.",
  z.object({ need: z.string(), offer: z.string(), reason: z.enum(DISMISS_REASONS), until: at }),
);

/** RFC 9457. */
named(
  "Problem",
  "What went wrong (RFC 9457). `type` is stable; tell problems apart by it, and read `detail` to people.",
  z.object({
    type: z.url().describe(`Ends with one of: ${PROBLEM_KINDS.join(", ")}`),
    title: z.string().describe("Short, in English, the same for every problem of this type"),
    status: z.int().min(400).max(599),
    detail: z.string().describe("A kind sentence in the language of the answer"),
    remaining: z.int().min(0).optional().describe("already-covered: what is still left to claim"),
    retry_after: z.int().min(1).optional().describe("Seconds to wait; also in the Retry-After header"),
    errors: z
      .array(
        z.object({
          pointer: z.string().optional().describe("JSON Pointer into the body, as a fragment: #/contact/phone"),
          parameter: z.string().optional().describe("Name of a query parameter or header"),
          detail: z.string(),
        }),
      )
      .optional()
      .describe("invalid-input: each thing to mend"),
  }),
);

export const Me = named(
  "Me",
  "The caller's own settings and groups.",
  z.object({
    id: z.guid(),
    name: z.string().nullable(),
    phone: z.string().nullable().describe("E.164"),
    locale: z.string(),
    time_zone: z.string(),
    quiet_from: z.int().min(0).max(23),
    quiet_to: z.int().min(0).max(23),
    monthly_cap: z.int().min(0).nullable(),
    languages: z.array(z.string()).describe("What they speak beside `locale`"),
    lat: z.number().nullable().describe("Middle of the grid cell of about 1 km they are usually in"),
    lng: z.number().nullable(),
    urgent_at_night: z.boolean().describe("Urgent needs may come in quiet hours"),
    paused_until: at.nullable().describe("No texts about new needs until then"),
    stopped: z.boolean().describe("They said STOP: only texting START from the phone itself takes it back"),
    is_admin: z.boolean(),
    groups: z.array(
      z.object({
        slug: z.string(),
        name: z.string(),
        role: z.enum(["volunteer", "coordinator"]),
        state: z.enum(["asked", "active"]),
        alerts: z.boolean().describe("Texts about new needs"),
        categories: z.array(z.string()).describe("Only needs of these; empty means all of the group's"),
        hears_claims: z.boolean().describe("Texts when somebody claims one"),
      }),
    ),
  }),
);
