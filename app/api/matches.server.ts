import { z } from "zod";
import { Problem } from "#app/core/problems.ts";
import { DISMISS_REASONS } from "#app/events/event.ts";
import { textFor } from "#app/i18n/catalogues.server.ts";
import { dismissMatch } from "#app/matching/dismiss-match.server.ts";
import { findMatches } from "#app/matching/find-matches.server.ts";
import { getPost } from "#app/posts/get-post.server.ts";
import { code } from "./fields.ts";
import { matchJson } from "./match-json.ts";
import { operation } from "./operation.ts";
import { PostPath } from "./posts-input.ts";
import { Dismissal, MatchList } from "./shapes.ts";

const DismissalBody = z.strictObject({
  other_code: code.describe(
    "The match not to be suggested: an offer where the post is a need, a need where it is an offer",
  ),
  reason: z.enum(DISMISS_REASONS),
});

export const matchOperations = [
  operation({
    id: "listMatches",
    method: "GET",
    path: "/posts/{code}/matches",
    summary: "Offers that fit a need, or needs that an offer fits; the best first",
    description:
      "Never more than ten. What is too far away, at another time or without what must be there comes only where nothing is " +
      "within those limits; `relaxed` says which were let go of.",
    auth: "optional",
    params: PostPath,
    problems: [],
    answers: { 200: MatchList },
    async handle(ctx, { params: { code } }) {
      const { items, relaxed } = await findMatches(ctx, { code }, ctx.locale);
      const t = textFor(ctx.locale);
      const body = {
        items: items.map((match) => matchJson(match, { t, locale: ctx.locale, publicUrl: ctx.publicUrl })),
        relaxed: [...relaxed],
        next_cursor: null,
      };
      return { status: 200, body };
    },
  }),
  operation({
    id: "dismissMatch",
    method: "POST",
    path: "/posts/{code}/dismissals",
    summary: "Not this match: it is not suggested again for two weeks, to nobody",
    description:
      "For the authors of the two posts and the coordinators of their groups. Said again, the two weeks begin anew.",
    auth: "required",
    params: PostPath,
    body: DismissalBody,
    problems: [],
    answers: { 201: Dismissal },
    async handle(ctx, { params, body: { other_code: other, reason } }) {
      const post = await getPost(ctx, params.code, ctx.locale);
      if (!post) throw new Problem("not-found");
      const [needCode, offerCode] = post.kind === "need" ? [post.code, other] : [other, post.code];
      const until = await dismissMatch(ctx, { needCode, offerCode, reason });
      return { status: 201, body: { need: needCode, offer: offerCode, reason, until: until.toISOString() } };
    },
  }),
];
