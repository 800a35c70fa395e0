import type { Locale } from "../../app/i18n/locales.ts";
import type { PlaceKey } from "./places.ts";

/** `groups`: slug, then `:c` for a coordinator, `:a` for somebody still asking; `!` hears of every promise. */
export type SeedPerson = { key: string; name: string; locale: Locale; groups: string; isAdmin?: boolean };

const person = (key: string, name: string, locale: Locale, groups = "", isAdmin = false): SeedPerson => ({
  key,
  name,
  locale,
  groups,
  isAdmin,
});

/** All of them are made up. The n-th has the number +1 555 010 0100 + n, from a range that is nobody's. */
export const PEOPLE: SeedPerson[] = [
  person("rosa", "Rosa Delgado", "en", "kitchen:c! comfort:c rides:c"),
  person("lee", "Lee Okafor", "en", "kitchen rides comfort"),
  person("ana", "Ana Morales", "es"),
  person("samir", "Samir Haddad", "ar", "comfort medics kitchen"),
  person("huda", "Huda Nasser", "ar"),
  person("jo", "Jo Lindqvist", "en", "tech-ops:c", true),
  person("priya", "Priya Raman", "en", "medics:c"),
  person("walt", "Walt Brennan", "en"),
  person("mei", "Mei Tanaka", "en", "library:c!"),
  person("diego", "Diego Fuentes", "es", "kitchen rides"),
  person("carmen", "Carmen Ibarra", "es", "kitchen"),
  person("tomas", "Tomás Quispe", "es", "tech-ops rides"),
  person("lupe", "Lupe Castellanos", "es"),
  person("fatima", "Fátima Belkacem", "ar", "kitchen library"),
  person("yusuf", "Yusuf Karimi", "ar", "rides tech-ops"),
  person("layla", "Layla Mansour", "ar"),
  person("omar", "Omar Saleh", "ar", "comfort"),
  person("dee", "Dee Washington", "en", "comfort! medics"),
  person("gus", "Gus Petrakis", "en", "rides kitchen"),
  person("nina", "Nina Kowalski", "en", "library"),
  person("abe", "Abe Feldman", "en"),
  person("ruth", "Ruth Adeyemi", "en", "medics library"),
  person("theo", "Theo Marchetti", "en", "kitchen"),
  person("ivy", "Ivy Nguyen", "en", "tech-ops library"),
  person("sol", "Sol Herrera", "es", "comfort"),
  person("marta", "Marta Quiroga", "es"),
  person("beto", "Beto Salinas", "es", "kitchen rides"),
  person("june", "June Sato", "en"),
  person("hank", "Hank Dufresne", "en", "rides"),
  person("zara", "Zara Siddiqui", "en", "medics:a"),
  person("paolo", "Paolo Ricci", "en", "kitchen"),
  person("esther", "Esther Mwangi", "en"),
  person("kofi", "Kofi Mensah", "en", "tech-ops"),
  person("greta", "Greta Olsen", "en", "comfort"),
  person("ray", "Ray Tsosie", "en", "medics:a rides"),
  person("bea", "Bea Lindgren", "en"),
  person("nour", "Nour Aziz", "ar", "library"),
  person("cruz", "Cruz Maldonado", "es", "rides"),
  person("fern", "Fern Whitaker", "en", "kitchen comfort"),
  person("otis", "Otis Grant", "en"),
];

/** Where some of them usually are, what else they speak, and whom an urgent need may wake. */
export const HABITS: Record<string, { area: PlaceKey; speaks?: string[]; urgentAtNight?: boolean }> = {
  rosa: { area: "hall", speaks: ["es"], urgentAtNight: true },
  lee: { area: "park", speaks: ["es", "fr"] },
  samir: { area: "gate", speaks: ["en", "fr"] },
  priya: { area: "library", speaks: ["hi"], urgentAtNight: true },
  diego: { area: "river", speaks: ["en"] },
  carmen: { area: "harbor" },
  fatima: { area: "depot", speaks: ["fr", "en"] },
  yusuf: { area: "gate", speaks: ["en", "so"], urgentAtNight: true },
  omar: { area: "mill" },
  dee: { area: "gym" },
  gus: { area: "depot" },
  ruth: { area: "library", speaks: ["sw", "am"] },
  theo: { area: "mill" },
  sol: { area: "river", speaks: ["en"] },
  beto: { area: "harbor", speaks: ["en"] },
  paolo: { area: "hall", speaks: ["pt"] },
  greta: { area: "gym" },
  nour: { area: "library", speaks: ["en"] },
};

export const demoPhone = (position: number): string => `+1555010${String(100 + position).padStart(4, "0")}`;

/** `"kitchen:c! rides"` taken apart. */
export function membershipsOf(groups: string) {
  return groups
    .split(" ")
    .filter(Boolean)
    .map((entry) => {
      const [slug, mark = ""] = entry.replace("!", "").split(":");
      return {
        slug: slug!,
        role: mark === "c" ? "coordinator" : "volunteer",
        state: mark === "a" ? "asked" : "active",
        hearsClaims: entry.endsWith("!"),
      };
    });
}

/** Whom a visitor of the demo can be: shown when the demo starts and as phones in the simulator. */
export const DEMO_PEOPLE = (
  [
    ["rosa", "coordinator"],
    ["lee", "volunteer"],
    ["ana", "requester"],
    ["samir", "volunteer"],
    ["huda", "requester"],
    ["jo", "admin"],
    ["priya", "coordinator"],
    ["walt", "requester"],
  ] as const
).map(([key, part]) => {
  const position = PEOPLE.findIndex((entry) => entry.key === key);
  const { name, locale, groups } = PEOPLE[position]!;
  return { key, part, name, locale, groups: membershipsOf(groups).map(({ slug }) => slug), phone: demoPhone(position) };
});

/** The person the start banner offers to sign in as. */
export const DEMO_COORDINATOR = DEMO_PEOPLE[0]!;
