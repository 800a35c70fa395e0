import type { IconName } from "#app/ui/index.ts";

const ICONS: Record<string, IconName> = {
  kitchen: "soup",
  comfort: "shirt",
  medics: "pill",
  library: "book",
  "tech-ops": "wifi",
  rides: "bike",
  tools: "hammer",
  housing: "house",
};

/** The picture beside a group's name: its own where we have cut one, a hand for all others. */
export const groupIcon = (slug: string): IconName => (Object.hasOwn(ICONS, slug) ? ICONS[slug]! : "hand");
