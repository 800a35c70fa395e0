const INKS = ["ask", "offer", "act", "match", "ask", "ink", "act", "offer"] as const;
const HEIGHTS = [14, 4, 18, 8, 0, 16, 6, 12, 2, 17, 9];
const COUNT = 31;
const STEP = 38;

/** Raised hands growing out of the page's end: a picture without words, last in `main`. */
export function Frieze() {
  return (
    <svg className="frieze" viewBox={`0 0 ${COUNT * STEP} 72`} preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <defs>
        <path id="frieze-hand" d="M14 2h5v18h2V0h5v20h2V4h5v20h2V12h5v18l-6 9v50H17V42L3 26l4-5 7 6z" />
      </defs>
      {Array.from({ length: COUNT }, (_, at) => (
        <use
          key={at}
          href="#frieze-hand"
          x={at * STEP}
          y={HEIGHTS[at % HEIGHTS.length]}
          className={INKS[at % INKS.length]}
        />
      ))}
    </svg>
  );
}
