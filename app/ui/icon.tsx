/**
 * Pictures on a 24 × 24 block, cut as one path each so that they cost a hundred bytes and need no request.
 * A leading "~" means the path is drawn as a line. They never stand alone: a word is always beside them.
 */
const PATHS = {
  hands:
    "M2 0h20a2 2 0 0 1 2 2v20a2 2 0 0 1-2 2H2a2 2 0 0 1-2-2V2a2 2 0 0 1 2-2zm4 6.5V13l-1.6-1.4-1.6 1.6L8 19.8V22h8.5v-2.6l2.2-4.4V7.5h-2.2V12h-.7V4.5h-2.2V12h-.7V3h-2.2v9h-.7V6.5z",
  hand: "M9.6 2h2.2v9h.8V3h2.3v8h.8V5H18v8h.8V8.5H21V16l-3 4v2H9v-2L3 12l2-2 2.4 2.6V4h2.2z",
  soup: "M2 11h20c0 4-2.2 7.2-5.5 8.8V22h-9v-2.2C4.2 18.2 2 15 2 11zM7 2h2c0 2 1.5 2.5 1.5 4.5S9 9 9 9H7s1.5-1 1.5-2.5S7 4 7 2zm5 0h2c0 2 1.5 2.5 1.5 4.5S14 9 14 9h-2s1.5-1 1.5-2.5S12 4 12 2z",
  shirt: "M8 2.5c1 2.5 7 2.5 8 0l6 3.5-2.5 5.5L17 10.5V22H7V10.5l-2.5 1L2 6z",
  pill: "M4.2 12.2 8.5 7.9l7.6 7.6-4.3 4.3a5.4 5.4 0 0 1-7.6-7.6zM9.9 6.5l2.3-2.3a5.4 5.4 0 0 1 7.6 7.6l-2.3 2.3zM14 5.2l4.8 4.8c1.5-1.8 1.3-3.6.2-4.8-1.3-1.3-3.4-1.3-5 0z",
  book: "M2 4c3.5-1.2 6.5-1 9 .8V20.5c-2.5-1.8-5.5-2-9-.8zm20 0c-3.5-1.2-6.5-1-9 .8V20.5c2.5-1.8 5.5-2 9-.8zM15 8v1.6c1.5-.8 3-1 5-.8V7.2c-2-.2-3.5 0-5 .8zm0 4v1.6c1.5-.8 3-1 5-.8v-1.6c-2-.2-3.5 0-5 .8z",
  wifi: "~M2 9.5a14.5 14.5 0 0 1 20 0M5.8 13.8a9 9 0 0 1 12.4 0M12 17.5v3.5",
  bike: "~M5.5 20.5a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zm13 0a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6zM5.5 16.7 8.5 9h7l3 7.7M8.5 9l4 7.7L15.5 9 14.5 5H18M6.5 7h4",
  hammer: "M6 2h9l4 3v3h-4.5l-1-1.5V22H9.5V8H6z",
  house: "M12 2 1.5 11H4v11h6v-7h4v7h6V11h2.5z",
  pin: "M12 1.5a8 8 0 0 1 8 8c0 5-8 13-8 13s-8-8-8-13a8 8 0 0 1 8-8zm0 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  clock: "~M12 21.5a9.5 9.5 0 1 0 0-19 9.5 9.5 0 0 0 0 19zM12 7v5.5l4 2.5",
  phone: "M6 1h12v22H6zm2.5 3v13h7V4zM11 19v2h2v-2z",
  lock: "M5 10h2V7a5 5 0 0 1 10 0v3h2v12H5zm4.5 0h5V7a2.5 2.5 0 0 0-5 0z",
  open: "~M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17z",
  part: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20zm0 2.8v14.4A7.2 7.2 0 0 0 12 4.8z",
  full: "M12 2a10 10 0 1 1 0 20 10 10 0 0 1 0-20z",
  moving: "M2 9.5h10V4l10 8-10 8v-5.5H2z",
  check: "~M3 13l6 6.5L21 5",
  loop: "~M5 9a8 8 0 1 1-.8 5M4 3v7h7",
  dash: "~M3 12h18",
  cross: "~M4.5 4.5l15 15m0-15-15 15",
  bang: "M10 2h4.5l-.8 13h-2.9zM10 18h4.5v4H10z",
  info: "M10 2h4.5v4H10zM10 9h4.5v13H10z",
  link: "~M4 12h15M13 5l7 7-7 7",
  back: "~M20 12H5m6-7-7 7 7 7",
  up: "M12 4l9 14H3z",
  down: "M12 20 3 6h18z",
} as const;

export type IconName = keyof typeof PATHS;

const FLIPS = new Set<IconName>(["moving", "link", "back"]);

export function Icon({ name }: { name: IconName }) {
  const path = PATHS[name];
  const line = path.startsWith("~");
  const className = `i${line ? " s" : ""}${FLIPS.has(name) ? " flip" : ""}`;
  return (
    <svg className={className} viewBox="0 0 24 24" aria-hidden="true">
      <path fillRule={line ? undefined : "evenodd"} d={line ? path.slice(1) : path} />
    </svg>
  );
}
