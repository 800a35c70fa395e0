import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const FOLDER = "app/ui/styles";
const sheets = readdirSync(FOLDER).map((file) => ({ file, css: readFileSync(`${FOLDER}/${file}`, "utf8") }));
const tokens = readFileSync(`${FOLDER}/tokens.css`, "utf8");

/** Physical sides and sizes: each has a logical twin that follows the direction of the script. */
const PHYSICAL =
  /(?<![\w-])(?:(?:margin|padding|border|scroll-margin)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|(?:min-|max-)?(?:width|height)|float|clear)\s*:(?!\s*[\d.]+rem\))/g;

describe("the sheets", () => {
  it.each(sheets)("$file names no side of the page", ({ css }) => {
    expect(css.match(PHYSICAL)).toBeNull();
    expect(css.match(/text-align:\s*(left|right)/g)).toBeNull();
  });

  it("weigh less than 6 KB on a public page", () => {
    const page = sheets.filter(({ file }) => file !== "desk.css").map(({ css }) => css.replace(/\s+/g, " "));
    expect(gzipSync(page.join("")).length).toBeLessThan(6_000);
  });

  it("ask no other host for anything", () => {
    for (const { css } of sheets) expect(css).not.toMatch(/https?:|@font-face|url\(/);
  });
});

type Theme = Record<string, string>;

function themeOf(block: string): Theme {
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, hex]) => [name!, hex!]));
}

const [lightBlock, darkBlock] = tokens.split("@media (prefers-color-scheme: dark)");
const light = themeOf(lightBlock!);
const dark = { ...light, ...themeOf(darkBlock!) };

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

/** WCAG 2.2's contrast ratio, 1 to 21. */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter! + 0.05) / (darker! + 0.05);
}

const TEXT: [ink: string, ground: string][] = [
  ...["paper", "card", "sunk"].flatMap((ground) => [
    ["ink", ground] as [string, string],
    ["ink-2", ground] as [string, string],
    ["info", ground] as [string, string],
    ["stop", ground] as [string, string],
  ]),
  ["act-ink", "act"],
  ["on-fill", "ask"],
  ["on-fill", "offer"],
  ["ask-deep", "ask-tint"],
  ["offer-deep", "offer-tint"],
  ["match", "match-tint"],
  ["info", "info-tint"],
  ["wait", "wait-tint"],
  ["stop", "stop-tint"],
  ...["info-tint", "offer-tint", "wait-tint", "stop-tint"].map((ground) => ["ink", ground] as [string, string]),
];

describe.each([
  ["light", light],
  ["dark", dark],
])("in %s", (_name, theme) => {
  it.each(TEXT)("%s can be read on %s", (ink, ground) => {
    expect(contrast(theme[ink]!, theme[ground]!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(["paper", "card"])("the edge of a field can be seen on %s", (ground) => {
    expect(contrast(theme["line-strong"]!, theme[ground]!)).toBeGreaterThanOrEqual(3);
  });
});
