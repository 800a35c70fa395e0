import type { z } from "zod";
import type { PostView } from "#app/posts/post.ts";
import type { Post } from "./shapes.ts";

/** A post as the API writes it. */
export function postJson(post: PostView, publicUrl: string): z.input<typeof Post> {
  return {
    code: post.code,
    kind: post.kind,
    group: post.group.slug,
    category: post.category?.slug ?? null,
    title: post.title,
    details: post.details,
    quantity: post.quantity,
    remaining: post.remaining,
    unit: post.unit,
    urgency: post.urgency,
    window_start: post.windowStart?.toISOString() ?? null,
    window_end: post.windowEnd?.toISOString() ?? null,
    place: post.place,
    lat: post.lat,
    lng: post.lng,
    status: post.status,
    closed_reason: post.closedReason,
    languages: post.languages,
    answers: post.answers,
    created_at: post.createdAt.toISOString(),
    expires_at: post.expiresAt.toISOString(),
    url: `${publicUrl}/p/${post.code}`,
  };
}
