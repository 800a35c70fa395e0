import { useActionData, useLoaderData } from "@remix-run/react";
import { NewPostPage } from "#app/posts/new-post-page.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { answerScreen, openScreen } from "#app/web/new-post.server.ts";
import { screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";

export const handle = { hydrate: false };
export const meta = titleFromLoader;
export const headers = screenHeaders;
export const loader = guarded("anyone", (given) => openScreen("need", given));
export const action = guarded("anyone", (given) => answerScreen("need", given));

export default function NewNeed() {
  return <NewPostPage {...useLoaderData<typeof loader>()} {...useActionData<typeof action>()} />;
}
