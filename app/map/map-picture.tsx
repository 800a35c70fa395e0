import { useLocale, useText } from "#app/i18n/use-text.ts";
import { gridPath, middleOf, rectangleOf, scaleOf, shadeOf } from "./cells.ts";
import { placeLabels } from "./map-labels.ts";
import type { MapScreen } from "./map-screen.server.ts";
import { boardHref, mapHref, type MapView } from "./map-view.ts";
import { makeFrame, MOST_ZOOM, SIDE, tilesOf } from "./projection.ts";
import { useCellWords } from "./use-cell-words.ts";

type Cell = MapScreen["cells"][number];
type Props = { screen: MapScreen; view: MapView; tiles: string | null };

/** So much nearer one press on a square goes. */
const NEARER = 2;

/** A press on a square goes nearer; where squares are the grid itself, to the board around it. */
function hrefOfCell(view: MapView, screen: MapScreen, cell: Cell): string {
  const middle = middleOf(cell);
  if (cell.km === 1 || screen.frame.z >= MOST_ZOOM) return boardHref(view, { ...middle, km: cell.km });
  return mapHref(view, { frame: makeFrame(middle, screen.frame.z + NEARER) });
}

/** The map as a picture without script. It is never mirrored: east stays on the right in every language. */
export function MapPicture({ screen, view, tiles }: Props) {
  const t = useText();
  const { frame, km, cells } = screen;
  const labels = placeLabels(
    screen.labels,
    cells.map((cell) => rectangleOf(cell, frame)),
  );
  return (
    <svg className="map" viewBox={`0 0 ${SIDE} ${SIDE}`} role="group" aria-label={t("map.picture")} direction="ltr">
      <rect className="ground" width={SIDE} height={SIDE} />
      {tiles &&
        tilesOf(frame).map(({ tileX, tileY, x, y }) => (
          <image
            key={`${tileX}/${tileY}`}
            href={tileHref(tiles, frame.z, tileX, tileY)}
            x={Math.round(x)}
            y={Math.round(y)}
            width="256"
            height="256"
          />
        ))}
      <path className="grid" d={gridPath(frame, km)} />
      {cells.map((cell) => (
        <CellLink key={`${cell.row}:${cell.column}`} cell={cell} screen={screen} view={view} />
      ))}
      {!tiles &&
        labels.map(({ name, x, y }) => (
          <text key={name} className="place" x={x} y={y} aria-hidden="true">
            {name}
          </text>
        ))}
      <Scale screen={screen} />
    </svg>
  );
}

const tileHref = (template: string, z: number, x: number, y: number) =>
  template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));

function CellLink({ cell, screen, view }: { cell: Cell; screen: MapScreen; view: MapView }) {
  const words = useCellWords();
  const { x, y, width, height } = rectangleOf(cell, screen.frame);
  const middle = x + width / 2;
  const number = y + height / 2 + (cell.places.length > 0 ? -2 : 7);
  return (
    <a href={hrefOfCell(view, screen, cell)} aria-label={words.full(cell)}>
      {view.kind ? (
        <>
          <rect className={`q${shadeOf(cell.needs + cell.offers)}`} x={x} y={y} width={width} height={height} />
          <Count
            n={cell.needs + cell.offers}
            x={middle}
            y={number}
            className={`on${shadeOf(cell.needs + cell.offers)}`}
          />
        </>
      ) : (
        <>
          <rect className="needs" x={x} y={y} width={width / 2} height={height} />
          <rect className="offers" x={middle} y={y} width={width / 2} height={height} />
          <rect className="edge" x={x} y={y} width={width} height={height} />
          <Count n={cell.needs} x={x + width / 4} y={number} className="need" />
          <Count n={cell.offers} x={x + (width * 3) / 4} y={number} className="offer" />
        </>
      )}
    </a>
  );
}

function Count({ n, x, y, className }: { n: number; x: number; y: number; className: string }) {
  const locale = useLocale();
  if (n === 0) return null;
  const short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 0 }).format(n);
  return (
    <text className={`count ${className}`} x={Math.round(x)} y={Math.round(y)}>
      {short}
    </text>
  );
}

function Scale({ screen }: { screen: MapScreen }) {
  const t = useText();
  const { km, length } = scaleOf(screen.frame);
  return (
    <g className="scale" aria-hidden="true">
      <path d={`M12 ${SIDE - 22}v10h${length}v-10`} />
      <text x={18} y={SIDE - 18}>
        {km < 1 ? t("map.metres", { n: Math.round(km * 1000) }) : t("map.km", { n: km })}
      </text>
    </g>
  );
}
