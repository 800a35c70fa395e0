import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Problem } from "#app/core/problems.ts";
import { GroupPage, type Done } from "#app/groups/group-page.tsx";
import { can } from "#app/groups/membership.ts";
import { countAsking, getGroup } from "#app/groups/queries.server.ts";
import { listPosts } from "#app/posts/list-posts.server.ts";
import { useText } from "#app/i18n/use-text.ts";
import { LinkButton } from "#app/ui/index.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false, wide: true };
export const meta = titleFromLoader;

const DONE = ["joined", "asked", "left", "saved"];
const SHOWN = 5;

export const loader = guarded("anyone", async ({ ctx, params, request, locale }) => {
  const group = await getGroup(ctx, params["slug"]!, locale);
  if (!group) throw new Problem("not-found");
  const coordinates = can(ctx.person, "coordinate", { groupId: group.id });
  const open = await listPosts(ctx, { group: group.slug, kind: "need", limit: SHOWN }, locale);
  const done = new URL(request.url).searchParams.get("done");
  return json({
    title: group.name,
    group,
    coordinates,
    asking: coordinates ? await countAsking(ctx, group.id) : 0,
    signedIn: ctx.person !== null,
    done: DONE.includes(done ?? "") ? (done as Done) : null,
    open: open.items.map(({ code, title, remaining, quantity, place }) => ({
      code,
      title,
      remaining,
      quantity,
      place,
    })),
  });
});

export default function Group() {
  const { open, ...page } = useLoaderData<typeof loader>();
  const t = useText();
  return (
    <GroupPage {...page}>
      {open.length > 0 && (
        <section className="stack tight">
          <h2>{t("groups.open_now")}</h2>
          <ul className="lines">
            {open.map((post) => (
              <li key={post.code}>
                <a href={`/p/${post.code}`}>
                  <bdi>{post.title}</bdi>
                  <span className="meta">{t("groups.still_needed", { n: post.remaining, of: post.quantity })}</span>
                </a>
              </li>
            ))}
          </ul>
          <p>
            <LinkButton look="plain" href={`/board?group=${page.group.slug}`}>
              {t("groups.all_open")}
            </LinkButton>
          </p>
        </section>
      )}
    </GroupPage>
  );
}
