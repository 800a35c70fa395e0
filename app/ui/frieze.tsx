/** Where each raised hand stands: x, y, and the ink it is printed in. Beyond the frame's edges they are cut off. */
const HANDS = [
  [0, 14, "ask"],
  [36, 4, "offer"],
  [74, 18, "act"],
  [110, 8, "match"],
  [150, 0, "ask"],
  [188, 16, "ink"],
  [224, 6, "act"],
  [262, 12, "offer"],
  [300, 2, "ask"],
  [338, 18, "match"],
  [374, 8, "act"],
  [412, 14, "offer"],
  [448, 3, "ink"],
  [486, 16, "ask"],
  [524, 7, "act"],
  [562, 13, "offer"],
] as const;

/** Raised hands growing out of the page's end: a picture without words, last in `main`. */
export function Frieze() {
  return (
    <svg className="frieze" viewBox="0 0 608 72" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <defs>
        <path id="frieze-hand" d="M14 2h5v18h2V0h5v20h2V4h5v20h2V12h5v18l-6 9v50H17V42L3 26l4-5 7 6z" />
      </defs>
      {HANDS.map(([x, y, ink]) => (
        <use key={x} href="#frieze-hand" x={x} y={y} className={ink} />
      ))}
    </svg>
  );
}
