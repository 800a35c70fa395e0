import { describe, expect, test } from "vitest";
import type { SignedIn } from "#app/core/ctx.ts";
import { can, coordinatedGroups, isCoordinator, knowsAnswers, type About, type Act } from "#app/groups/membership.ts";

const person = (id: string, roles: SignedIn["roles"] = {}, isAdmin = false): SignedIn => ({
  id,
  isAdmin,
  locale: "en",
  roles,
});
const ASKERS = {
  visitor: null,
  neighbour: person("neighbour"),
  author: person("author"),
  volunteer: person("volunteer", { kitchen: "volunteer" }),
  elsewhere: person("elsewhere", { library: "volunteer" }),
  coordinator: person("coordinator", { kitchen: "coordinator" }),
  foreign: person("foreign", { library: "coordinator" }),
  admin: person("admin", {}, true),
};
type Asker = keyof typeof ASKERS;
const ALL = Object.keys(ASKERS) as Asker[];
const post = (about: Partial<About> = {}): About => ({
  groupId: "kitchen",
  authorId: "author",
  visibility: "everyone",
  ...about,
});
const allowed = (act: Act, about: About) => ALL.filter((asker) => can(ASKERS[asker], act, about));

/** Written down, not computed: whoever changes a rule changes this table. */
const TEAM: Asker[] = ["coordinator", "admin"];
const TABLE: [string, Act, About, Asker[]][] = [
  ["everybody sees what is for everyone", "see", post(), ALL],
  [
    "a member of any group sees what is for volunteers",
    "see",
    post({ visibility: "volunteers" }),
    ["author", "volunteer", "elsewhere", "coordinator", "foreign", "admin"],
  ],
  ["the group's coordinators see what is for the team", "see", post({ visibility: "team" }), ["author", ...TEAM]],
  ["nobody else sees what waits for review", "see", post({ inReview: true }), ["author", ...TEAM]],
  ["without a visibility nothing is open", "see", { groupId: "kitchen" }, TEAM],
  ["whoever is signed in and sees it may claim it", "claim", post(), ALL.filter((asker) => asker !== "visitor")],
  [
    "claiming follows seeing",
    "claim",
    post({ visibility: "volunteers" }),
    ["author", "volunteer", "elsewhere", "coordinator", "foreign", "admin"],
  ],
  ["claiming follows seeing, for the team", "claim", post({ visibility: "team" }), ["author", ...TEAM]],
  ["nothing in review is claimed", "claim", post({ inReview: true }), []],
  ["contact is for the author and the group's coordinators", "see-contact", post(), ["author", ...TEAM]],
  ["a promise alone opens no contact", "see-contact", post({ hasLiveClaim: true }), ["author", ...TEAM]],
  ["nor does being accepted", "see-contact", post({ isTrusted: true }), ["author", ...TEAM]],
  [
    "both together do",
    "see-contact",
    post({ hasLiveClaim: true, isTrusted: true }),
    ALL.filter((asker) => asker !== "visitor"),
  ],
  ["the author and the group's coordinators edit", "edit", post(), ["author", ...TEAM]],
  ["coordinating is by group", "coordinate", { groupId: "kitchen" }, TEAM],
  ["so is accepting members", "accept-members", { groupId: "kitchen" }, TEAM],
  ["so is moderating", "moderate", { groupId: "kitchen" }, TEAM],
];

describe("who may do what", () => {
  test.each(TABLE)("%s", (_rule, act, about, expected) => {
    expect(allowed(act, about).toSorted()).toEqual(expected.toSorted());
  });

  test("a post without an author belongs to no visitor", () => {
    expect(can(null, "edit", post({ authorId: null }))).toBe(false);
  });

  test("what somebody coordinates", () => {
    expect(coordinatedGroups(null)).toEqual([]);
    expect(coordinatedGroups(ASKERS.volunteer)).toEqual([]);
    expect(coordinatedGroups(ASKERS.coordinator)).toEqual(["kitchen"]);
    expect(coordinatedGroups(ASKERS.admin)).toBe("all");
    expect([ASKERS.visitor, ASKERS.volunteer, ASKERS.foreign, ASKERS.admin].map(isCoordinator)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  test("what has to fit is for admins, and for members who are accepted", () => {
    const accepted = (who: SignedIn) => ({ ...who, accepted: true });
    const knowing = [ASKERS.admin, accepted(ASKERS.volunteer), accepted(ASKERS.coordinator), accepted(ASKERS.admin)];
    expect(knowing.map(knowsAnswers)).toEqual(knowing.map(() => true));
    const others = [ASKERS.visitor, ASKERS.volunteer, ASKERS.coordinator, accepted(ASKERS.neighbour)];
    expect(others.map(knowsAnswers)).toEqual(others.map(() => false));
  });

  test("an unknown visibility opens nothing to a member", () => {
    expect(can(ASKERS.volunteer, "see", { groupId: "kitchen" })).toBe(false);
    expect(can(ASKERS.volunteer, "see", post({ visibility: "team" }))).toBe(false);
  });
});
