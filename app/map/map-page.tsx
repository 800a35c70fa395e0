import { useText } from "#app/i18n/use-text.ts";
import { EmptyState, FilterLinks, LinkButton } from "#app/ui/index.ts";
import { middleOf } from "./cells.ts";
import { MapPicture } from "./map-picture.tsx";
import type { MapScreen } from "./map-screen.server.ts";
import { boardHref, mapHref, type MapView } from "./map-view.ts";
import { LEAST_ZOOM, makeFrame, MOST_ZOOM, moved, SIDE, type Frame } from "./projection.ts";
import { useCellWords } from "./use-cell-words.ts";

type Named = { slug: string; name: string };
export type MapPageProps = {
  view: MapView;
  screen: MapScreen;
  groups: Named[];
  categories: Named[];
  /** Where pictures of streets come from, and whose they are; null: none are drawn. */
  tiles: { url: string; credit: string | null } | null;
};

/** Where needs and offers are, as squares of the grid and as a list that says the same. */
export function MapPage(props: MapPageProps) {
  const t = useText();
  const { view, screen, tiles } = props;
  return (
    <div className="stack">
      <h1>{t("map.title")}</h1>
      <p className="lede">{t("map.intro", { km: screen.km })}</p>
      <Filters {...props} />
      {!view.kind && <p className="meta">{t("map.legend")}</p>}
      <div className="map-and-list">
        <div className="stack tight">
          <MapPicture screen={screen} view={view} tiles={tiles?.url ?? null} />
          {tiles?.credit && (
            <p className="meta">
              <bdi>{tiles.credit}</bdi>
            </p>
          )}
          <Moves view={view} frame={screen.frame} />
        </div>
        <CellList view={view} screen={screen} />
      </div>
    </div>
  );
}

const SHOWN = 40;

function CellList({ view, screen }: Pick<MapPageProps, "view" | "screen">) {
  const t = useText();
  const words = useCellWords();
  const rest = screen.cells.length - SHOWN;
  return (
    <section aria-labelledby="map-list" className="stack tight">
      <h2 id="map-list">{t("map.list")}</h2>
      {screen.cells.length === 0 && (
        <EmptyState title={t("map.empty")} action={<LinkButton href={boardHref(view)}>{t("map.board")}</LinkButton>}>
          {t("map.empty.more")}
        </EmptyState>
      )}
      <ul className="lines">
        {screen.cells.slice(0, SHOWN).map((cell) => (
          <li key={`${cell.row}:${cell.column}`}>
            <a href={boardHref(view, { ...middleOf(cell), km: Math.min(100, cell.km) })}>
              <bdi>{words.name(cell)}</bdi> <span className="meta">{words.counts(cell)}</span>
            </a>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="meta">{t("map.rest", { n: rest })}</p>}
      {screen.unplaced > 0 && (
        <p>
          {t("map.unplaced", { n: screen.unplaced })} <a href={boardHref(view)}>{t("map.board")}</a>
        </p>
      )}
    </section>
  );
}

const STEP = SIDE / 2;

/** Moving about without script: each is a link, so each view has an address. */
function Moves({ view, frame }: { view: MapView; frame: Frame }) {
  const t = useText();
  const to = (text: string, next: Frame | null) => ({ text, href: mapHref(view, { frame: next }) });
  const zoom = (by: number) => makeFrame(frame.middle, frame.z + by);
  return (
    <FilterLinks
      label={t("map.moves")}
      items={[
        ...(frame.z < MOST_ZOOM ? [to(t("map.in"), zoom(1))] : []),
        ...(frame.z > LEAST_ZOOM ? [to(t("map.out"), zoom(-1))] : []),
        to(t("map.north"), moved(frame, 0, -STEP)),
        to(t("map.south"), moved(frame, 0, STEP)),
        to(t("map.west"), moved(frame, -STEP, 0)),
        to(t("map.east"), moved(frame, STEP, 0)),
        to(t("map.all"), null),
      ]}
    />
  );
}

function Filters({ view, groups, categories }: MapPageProps) {
  const t = useText();
  const { frame } = view;
  const choice = (text: string, change: Partial<MapView>, pressed: boolean) => ({
    text,
    href: mapHref(view, { frame, ...change }),
    pressed,
  });
  return (
    <>
      <FilterLinks
        label={t("posts.board.kinds")}
        items={[
          choice(t("posts.board.all"), { kind: null }, !view.kind),
          choice(t("posts.board.needs"), { kind: "need" }, view.kind === "need"),
          choice(t("posts.board.offers"), { kind: "offer" }, view.kind === "offer"),
        ]}
      />
      <FilterLinks
        label={t("posts.board.groups")}
        items={[
          choice(t("posts.board.all_groups"), { group: null, category: null }, !view.group),
          ...groups.map(({ slug, name }) => choice(name, { group: slug, category: null }, view.group === slug)),
        ]}
      />
      {categories.length > 0 && (
        <FilterLinks
          label={t("posts.board.categories")}
          items={[
            choice(t("posts.board.all_categories"), { category: null }, !view.category),
            ...categories.map(({ slug, name }) => choice(name, { category: slug }, view.category === slug)),
          ]}
        />
      )}
    </>
  );
}
