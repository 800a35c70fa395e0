import type { SignedIn } from "#app/core/ctx.ts";

/** What a decision is about. Give what the act needs; what is left out counts against the asker. */
export type About = {
  groupId: string;
  visibility?: "everyone" | "volunteers" | "team";
  /** Waits for a coordinator before anybody else may see it. */
  inReview?: boolean;
  authorId?: string | null;
  /** The asker holds a live promise on this post, or delivered it in the last 48 hours. */
  hasLiveClaim?: boolean;
  /** A coordinator has accepted the asker as a helper, or gave them this very promise. */
  isTrusted?: boolean;
};

/**
 * `see` a post · `claim` it · `see-contact`: number, exact address, private note · `edit` and close it ·
 * `coordinate`: the group's dashboard and everybody's posts and promises · `accept-members` · `moderate`.
 */
export type Act = "see" | "claim" | "see-contact" | "edit" | "coordinate" | "accept-members" | "moderate";

/**
 * Who may do what, in one place. PURE: the database scopes its own queries by the same rules.
 *
 * @param person null for a visitor.
 */
export function can(person: SignedIn | null, act: Act, about: About): boolean {
  switch (act) {
    case "see":
      return canSee(person, about);
    case "claim":
      return person !== null && !about.inReview && canSee(person, about);
    case "see-contact":
      return coordinates(person, about.groupId) || isAuthor(person, about) || isExpected(person, about);
    case "edit":
      return coordinates(person, about.groupId) || isAuthor(person, about);
    case "coordinate":
    case "accept-members":
    case "moderate":
      return coordinates(person, about.groupId);
  }
}

/** Admins coordinate every group. */
const coordinates = (person: SignedIn | null, groupId: string): boolean =>
  person !== null && (person.isAdmin || person.roles[groupId] === "coordinator");

const isAuthor = (person: SignedIn | null, about: About): boolean =>
  person !== null && !!about.authorId && about.authorId === person.id;

/** A promise alone opens nothing: anybody can sign in and make one. */
const isExpected = (person: SignedIn | null, about: About): boolean =>
  person !== null && about.hasLiveClaim === true && about.isTrusted === true;

/** `volunteers` means an active member of any group. */
function canSee(person: SignedIn | null, about: About): boolean {
  if (coordinates(person, about.groupId) || isAuthor(person, about)) return true;
  if (about.inReview) return false;
  switch (about.visibility) {
    case "everyone":
      return true;
    case "volunteers":
      return person !== null && Object.keys(person.roles).length > 0;
    default:
      return false;
  }
}

/** The groups somebody coordinates; `"all"` for an admin. For scoping queries. */
export function coordinatedGroups(person: SignedIn | null): string[] | "all" {
  if (!person) return [];
  if (person.isAdmin) return "all";
  return Object.entries(person.roles).flatMap(([id, role]) => (role === "coordinator" ? [id] : []));
}

/** Who may know what has to fit (a diet, a size) of open posts they did not write: accepted members of any group. */
export const knowsAnswers = (person: SignedIn | null): boolean =>
  person !== null && (person.isAdmin || (person.accepted === true && Object.keys(person.roles).length > 0));

/** Does this person coordinate anything at all? */
export const isCoordinator = (person: SignedIn | null): boolean =>
  person !== null && (person.isAdmin || Object.values(person.roles).includes("coordinator"));
