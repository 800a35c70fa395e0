import { useActionData, useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { ThreadPage } from "#app/messages/thread-page.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { actOnThread, openThread } from "#app/web/messages.server.ts";
import { screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/messages/messages.css";

export const handle = { desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("coordinator", openThread);
export const action = guarded("coordinator", actOnThread);

export default function Thread() {
  const page = useLoaderData<typeof loader>();
  const again = useActionData<typeof action>() as { answer: Partial<typeof page.answer> } | undefined;
  return (
    <ThreadPage {...page} answer={{ ...page.answer, error: undefined, ...again?.answer }}>
      <CoordinatorNav at="messages" />
    </ThreadPage>
  );
}
