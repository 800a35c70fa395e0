import { useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { InboxPage } from "#app/messages/list-page.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { answerInbox, openInbox } from "#app/web/messages.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/messages/messages.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", openInbox);
export const action = guarded("coordinator", answerInbox);

export default function Inbox() {
  return <InboxPage {...useLoaderData<typeof loader>()} nav={<CoordinatorNav at="messages" />} />;
}
