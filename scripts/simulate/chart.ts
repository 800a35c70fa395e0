import { interval, type Figures } from "./figures.ts";

/** A scenario and what came of it by policy, one figure a seed. */
export type Told = { name: string; about: string; figures: ReadonlyMap<string, Figures[]> };

const ROW = 20;
const LEFT = 90;
const BAR = 260;
const GAP = 110;

/** Bars of needs met and of texts for each met need, for every scenario: an SVG in light and dark, without a script. */
export function chartOf(scenarios: readonly Told[]): string {
  const rows: string[] = [];
  let y = 34;
  for (const { about, figures } of scenarios) {
    rows.push(`<text x="0" y="${y}" class="b">${escaped(about)}</text>`);
    y += 10;
    const most = Math.max(...[...figures.values()].map((runs) => interval(runs.map((one) => one.textsPerMet)).mean));
    for (const [policy, runs] of figures) {
      const met = interval(runs.map((one) => one.met));
      const texts = interval(runs.map((one) => one.textsPerMet)).mean;
      const off = Number.isNaN(met.off) ? "" : ` ±${(100 * met.off).toFixed(1)}`;
      rows.push(
        `<text x="0" y="${y + 13}">${escaped(policy)}</text>`,
        bar(LEFT, y, met.mean, `${(100 * met.mean).toFixed(1)} %${off}`, policy === "ours"),
        bar(LEFT + BAR + GAP, y, texts / most, texts.toFixed(texts < 10 ? 1 : 0), policy === "ours"),
      );
      y += ROW;
    }
    y += 26;
  }
  const width = LEFT + 2 * (BAR + GAP);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 0 ${width} ${y}" width="${width}" height="${y}" font-family="sans-serif" font-size="12">
<style>text{fill:#222}.b{font-weight:bold}.o{fill:#1f6f54}.p{fill:#b9b4a8}@media(prefers-color-scheme:dark){text{fill:#eee}.o{fill:#5cc39d}.p{fill:#6b675e}}</style>
<text x="${LEFT}" y="14">needs met in time</text><text x="${LEFT + BAR + GAP}" y="14">texts for each met need</text>
${rows.join("\n")}
</svg>
`;
}

const bar = (x: number, y: number, share: number, words: string, ours: boolean) =>
  `<rect x="${x}" y="${y + 2}" width="${Math.max(1, share * BAR).toFixed(0)}" height="14" class="${ours ? "o" : "p"}"/>` +
  `<text x="${(x + Math.max(1, share * BAR) + 4).toFixed(0)}" y="${y + 13}">${words}</text>`;

const escaped = (words: string) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
