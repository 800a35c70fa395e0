import { useText } from "#app/i18n/use-text.ts";
import { BOARD_STATES, type BoardState } from "#app/posts/board-filter.ts";
import { PostCard } from "#app/posts/post-card.tsx";
import type { PostCardView } from "#app/posts/post-words.ts";
import { Button, Disclosure, EmptyState, FilterLinks, LinkButton, Pager, TextField } from "#app/ui/index.ts";

export type BoardPageProps = {
  posts: PostCardView[];
  /** What is asked for now, by the names the address uses. */
  asked: Record<"kind" | "group" | "category" | "q" | "place" | "status", string | null>;
  groups: { slug: string; name: string }[];
  categories: { slug: string; name: string }[];
  nextCursor: string | null;
  later: boolean;
  filtered: boolean;
};

type Asked = BoardPageProps["asked"];

/** The board's address with some of it changed; always from the first page unless told. */
function hrefOf(asked: Asked, change: Partial<Asked> & { page?: string | null }, path = "/board"): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, ...change })) if (value) query.set(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

export function BoardPage(props: BoardPageProps) {
  const t = useText();
  const { asked, posts, nextCursor } = props;
  const state = (asked.status ?? "open") as BoardState;
  const newest = state === "closed" || state === "all";
  return (
    <div className="stack">
      <h1>{t("posts.board.title")}</h1>
      <div className="row">
        <LinkButton look="ask" href="/needs/new">
          {t("posts.home.need")}
        </LinkButton>
        <LinkButton look="offer" href="/offers/new">
          {t("posts.home.offer")}
        </LinkButton>
      </div>
      <Filters {...props} />
      <p>
        <a href={hrefOf(asked, {}, "/map")}>{t("map.link")}</a>
      </p>
      <SearchForm asked={asked} />
      {posts.length === 0 ? (
        <Empty filtered={props.filtered} />
      ) : (
        <>
          <p className="meta">{t(newest ? "posts.board.order_newest" : "posts.board.order_waiting")}</p>
          <div className="cards">
            {posts.map((post) => (
              <PostCard key={post.code} post={post} />
            ))}
          </div>
        </>
      )}
      <Pager
        label={t("posts.board.pages")}
        previous={props.later ? { href: hrefOf(asked, {}), text: t("posts.board.first") } : null}
        next={nextCursor ? { href: hrefOf(asked, { page: nextCursor }), text: t("posts.board.next") } : null}
      />
    </div>
  );
}

function Filters({ asked, groups, categories }: BoardPageProps) {
  const t = useText();
  const kinds = [null, "need", "offer"] as const;
  const words = { need: t("posts.board.needs"), offer: t("posts.board.offers") };
  return (
    <>
      <FilterLinks
        label={t("posts.board.kinds")}
        items={kinds.map((kind) => ({
          href: hrefOf(asked, { kind }),
          text: kind ? words[kind] : t("posts.board.all"),
          pressed: asked.kind === kind,
        }))}
      />
      <FilterLinks
        label={t("posts.board.groups")}
        items={[
          {
            href: hrefOf(asked, { group: null, category: null }),
            text: t("posts.board.all_groups"),
            pressed: !asked.group,
          },
          ...groups.map(({ slug, name }) => ({
            href: hrefOf(asked, { group: slug, category: null }),
            text: name,
            pressed: asked.group === slug,
          })),
        ]}
      />
      {categories.length > 0 && (
        <FilterLinks
          label={t("posts.board.categories")}
          items={[
            {
              href: hrefOf(asked, { category: null }),
              text: t("posts.board.all_categories"),
              pressed: !asked.category,
            },
            ...categories.map(({ slug, name }) => ({
              href: hrefOf(asked, { category: slug }),
              text: name,
              pressed: asked.category === slug,
            })),
          ]}
        />
      )}
    </>
  );
}

function SearchForm({ asked }: { asked: Asked }) {
  const t = useText();
  const kept = (["kind", "group", "category", "status"] as const).filter((name) => asked[name]);
  return (
    <Disclosure summary={t("posts.board.more_filters")} open={Boolean(asked.q || asked.place || asked.status)}>
      <form method="get" action="/board" role="search">
        {kept.map((name) => (
          <input key={name} type="hidden" name={name} value={asked[name] ?? ""} />
        ))}
        <TextField name="q" type="search" label={t("posts.board.q")} defaultValue={asked.q ?? ""} maxLength={200} />
        <TextField
          name="place"
          type="search"
          label={t("posts.board.place")}
          defaultValue={asked.place ?? ""}
          maxLength={80}
        />
        <Button look="plain">{t("posts.board.search")}</Button>
      </form>
      <FilterLinks
        label={t("posts.board.states")}
        items={BOARD_STATES.map((state) => ({
          href: hrefOf(asked, { status: state === "open" ? null : state }),
          text: t(`posts.board.state_${state}`),
          pressed: (asked.status ?? "open") === state,
        }))}
      />
    </Disclosure>
  );
}

function Empty({ filtered }: { filtered: boolean }) {
  const t = useText();
  if (filtered) {
    return (
      <EmptyState
        title={t("posts.board.filtered_empty")}
        action={<LinkButton href="/board">{t("posts.board.clear")}</LinkButton>}
      >
        {t("posts.board.filtered_words")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={t("posts.board.empty")}
      action={
        <div className="row">
          <LinkButton href="/needs/new">{t("posts.home.need")}</LinkButton>
          <LinkButton look="offer" href="/offers/new">
            {t("posts.home.offer")}
          </LinkButton>
        </div>
      }
    >
      {t("posts.board.empty_words")}
    </EmptyState>
  );
}
