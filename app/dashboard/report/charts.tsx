import { directionOf } from "#app/i18n/locales.ts";
import { useLocale } from "#app/i18n/use-text.ts";

/** Colours from light to dark, as in the sheet. */
export type Look = "q2" | "q3" | "q4" | "q5" | "q6";

const ROW = 52;
const BAR = 20;
/** Of the width, so that the words after the longest bar have room. */
const LONGEST = 60;

export type BarRow = {
  key: string;
  label: string;
  /** Between 0 and 1 of the longest a bar can be. */
  share: number;
  /** A darker part of the bar from its beginning. */
  inner?: number;
  look: Look;
  words: string;
};

type ChartProps = { id: string; title: string; about: string };

/** Where things stand across the width, from the side on which reading begins. */
function useAcross() {
  const mirrored = directionOf(useLocale()) === "rtl";
  const at = (share: number) => `${(mirrored ? 100 - share : share).toFixed(2)}%`;
  return { mirrored, at, from: (share: number) => at(mirrored ? share : 0) };
}

/** Bars with their names above and their words behind them, drawn on the server. Widths are in per cent and letters in pixels, so that a phone shows it unshrunk. */
export function BarChart({ id, title, about, rows }: ChartProps & { rows: readonly BarRow[] }) {
  const { mirrored, at, from } = useAcross();
  return (
    <svg
      className="age-bars"
      role="img"
      aria-labelledby={`${id}-name ${id}-about`}
      width="100%"
      height={rows.length * ROW}
    >
      <title id={`${id}-name`}>{title}</title>
      <desc id={`${id}-about`}>{about}</desc>
      {rows.map(({ key, label, share, inner, look, words }, row) => {
        const [y, width] = [row * ROW, share * LONGEST];
        const dark = (inner ?? 0) * LONGEST;
        return (
          <g key={key}>
            <text x={at(0)} y={y + 16}>
              {label}
            </text>
            <rect className={look} x={from(width)} y={y + 23} width={`${width.toFixed(2)}%`} height={BAR} />
            {dark > 0 && <rect className="q5" x={from(dark)} y={y + 23} width={`${dark.toFixed(2)}%`} height={BAR} />}
            <text className="count" x={at(width)} dx={mirrored ? -8 : 8} y={y + 38}>
              {words}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

/** `words` stand under the name: both in one line would be wider than a phone. */
export type DotRow = {
  key: string;
  label: string;
  words: string;
  share: number;
  low: number;
  high: number;
  under: boolean;
};

const DOT_ROW = 74;

/** Shares as dots with whiskers for where they may lie by chance, from 0 to 1 across the width; a dashed line at `all`. */
export function DotChart({ id, title, about, rows, all }: ChartProps & { rows: readonly DotRow[]; all: number }) {
  const { at } = useAcross();
  const height = rows.length * DOT_ROW;
  return (
    <svg className="age-bars dots" role="img" aria-labelledby={`${id}-name ${id}-about`} width="100%" height={height}>
      <title id={`${id}-name`}>{title}</title>
      <desc id={`${id}-about`}>{about}</desc>
      {rows.map(({ key, label, words, share, low, high, under }, row) => {
        const y = row * DOT_ROW;
        return (
          <g key={key}>
            <text x={at(0)} y={y + 16}>
              {label}
            </text>
            <text x={at(0)} y={y + 35}>
              {words}
            </text>
            <line className="track" x1={at(0)} x2={at(100)} y1={y + 54} y2={y + 54} />
            <line className="all" x1={at(all * 100)} x2={at(all * 100)} y1={y + 43} y2={y + 65} />
            <line className="whisker" x1={at(low * 100)} x2={at(high * 100)} y1={y + 54} y2={y + 54} />
            <circle className={under ? "q6" : "q3"} cx={at(share * 100)} cy={y + 54} r={7} />
          </g>
        );
      })}
    </svg>
  );
}

type PairBar = { n: number; look: Look; words: string };
export type PairRow = { key: string; label: string; pair: readonly [PairBar, PairBar] };

const PAIR_ROW = 72;
const PAIR_BAR = 16;
const PAIR_LONGEST = 50;

/** Two bars for each name, all on one scale, each with its words behind it. */
export function PairChart({ id, title, about, rows }: ChartProps & { rows: readonly PairRow[] }) {
  const { mirrored, at, from } = useAcross();
  const most = Math.max(1, ...rows.flatMap(({ pair }) => pair.map(({ n }) => n)));
  return (
    <svg
      className="age-bars pairs-chart"
      role="img"
      aria-labelledby={`${id}-name ${id}-about`}
      width="100%"
      height={rows.length * PAIR_ROW}
    >
      <title id={`${id}-name`}>{title}</title>
      <desc id={`${id}-about`}>{about}</desc>
      {rows.map(({ key, label, pair }, row) => (
        <g key={key}>
          <text x={at(0)} y={row * PAIR_ROW + 16}>
            {label}
          </text>
          {pair.map(({ n, look, words }, which) => {
            const [y, width] = [row * PAIR_ROW + 22 + which * (PAIR_BAR + 4), (n / most) * PAIR_LONGEST];
            return (
              <g key={which}>
                <rect className={look} x={from(width)} y={y} width={`${width.toFixed(2)}%`} height={PAIR_BAR} />
                <text className="count" x={at(width)} dx={mirrored ? -8 : 8} y={y + 13}>
                  {words}
                </text>
              </g>
            );
          })}
        </g>
      ))}
    </svg>
  );
}
