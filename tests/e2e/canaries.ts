/** Values that must appear nowhere in the clear: recognisable, and typed in the way people type them. */
export const CANARIES = {
  asker: { phone: "+15550193771", typed: "(555) 019-3771", name: "Quillonbert Zsazsa" },
  giver: { phone: "+15550193772", typed: "555.019.3772", name: "Xanthippe Okonjoji" },
  caller: { phone: "+15550193773", typed: "+1 555 019 3773", name: "Vexelbrax Tarnowitz" },
  stranger: { phone: "+15550193774", typed: "1-555-019-3774", name: "" },
  extension: { phone: "+15550193775", typed: "555 019 3775 ext. 9", name: "" },
  refused: { phone: "+15005550003", typed: "+1 (500) 555-0003", name: "Brumhilda Fjordsen" },
  address: "4711 Cormorant Hollow Road",
  laterAddress: "12 Bluebottle Mews, flat Z",
  note: "Door code 99017 pelican",
  word: "Wombat parsnip by the gate",
  heard: "Heron marmalade, please call me",
  email: "zz.canary.owl@nowhere.example",
  /** Public on purpose: the search must find it. */
  title: "Canary soup 8841",
};

const people = () => Object.values(CANARIES).filter((value) => typeof value === "object");
const words = () => [
  ...people().flatMap(({ name }) => (name ? [name, ...name.split(" ")] : [])),
  CANARIES.address,
  CANARIES.laterAddress,
  CANARIES.note,
  CANARIES.word,
  CANARIES.heard,
  CANARIES.email,
];

/** Every spelling that must not be found: of each number, and of each name, address and note. */
export const secretSpellings = (): string[] => [
  ...new Set([...people().flatMap(({ phone }) => phoneSpellings(phone)), ...words().flatMap(spellings)]),
];

/** The same as they were typed and as they are kept where nothing seals them. */
export const secretWords = (): string[] => [
  ...new Set([...people().flatMap(({ phone, typed }) => [phone, phone.slice(2), typed]), ...words()]),
];

/** The usual ways to write a North American number, and what encodings make of them. */
export function phoneSpellings(e164: string): string[] {
  const national = e164.slice(2);
  const [area, middle, last] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
  const written = [".", "-", " "].map((gap) => [area, middle, last].join(gap));
  return [e164, national, `(${area}) ${middle}-${last}`, ...written].flatMap(spellings);
}

/** As it is, in small letters, URL-encoded, in JSON, in base64 at each alignment, and in hex. */
export function spellings(text: string): string[] {
  return [
    text.toLowerCase(),
    encodeURIComponent(text).toLowerCase(),
    encodeURIComponent(text).replaceAll("%20", "+").toLowerCase(),
    Buffer.from(text).toString("hex"),
    ...[0, 1, 2].map((shift) => base64Core(text, shift).toLowerCase()),
  ];
}

/** The letters of base64 that do not depend on what stands before and after. */
function base64Core(text: string, shift: number): string {
  const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]).toString("base64");
  const untouched = Math.floor((shift + Buffer.byteLength(text)) / 3) * 4;
  return whole.slice(Math.ceil((shift * 8) / 6), untouched);
}

/** Which of `needles` occur in `haystack`, each with a little of what stands around it. */
export function found(haystack: string, needles: string[]): string[] {
  const small = haystack.toLowerCase();
  return needles.flatMap((needle) => {
    const at = small.indexOf(needle);
    return at < 0 ? [] : [`${needle} in …${haystack.slice(Math.max(0, at - 60), at + needle.length + 20)}…`];
  });
}
