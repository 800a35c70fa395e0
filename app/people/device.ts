const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\/|Opera/, "Opera"],
  [/SamsungBrowser/, "Samsung Internet"],
  [/Firefox|FxiOS/, "Firefox"],
  [/Chrome|CriOS/, "Chrome"],
  [/Safari/, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/Android/, "Android"],
  [/KaiOS/, "KaiOS"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "Mac"],
  [/CrOS/, "Chromebook"],
  [/Linux/, "Linux"],
];

/** A coarse label for a browser, "Firefox, Android", so that people know which one to sign out. No versions: they would mark a person. */
export function deviceOf(userAgent: string | null): string {
  const name = (of: [RegExp, string][]) => of.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
  return [name(BROWSERS), name(SYSTEMS)].filter(Boolean).join(", ");
}
