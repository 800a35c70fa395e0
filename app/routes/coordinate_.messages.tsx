import { useLoaderData } from "@remix-run/react";
import { CoordinatorNav } from "#app/dashboard/coordinator-nav.tsx";
import { InboxPage } from "#app/messages/list-page.tsx";
import { Reports } from "#app/messages/reports.tsx";
import { SendersPanel } from "#app/messages/senders-panel.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { answerInbox, openInbox } from "#app/web/messages.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/dashboard/dashboard.css";
import "#app/messages/messages.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", openInbox);
export const action = guarded("coordinator", answerInbox);

export default function Inbox() {
  const { reports, senders, mayPause, ...page } = useLoaderData<typeof loader>();
  return (
    <InboxPage
      {...page}
      nav={<CoordinatorNav at="messages" />}
      foot={<SendersPanel senders={senders} mayPause={mayPause} />}
    >
      {reports && <Reports reports={reports} />}
    </InboxPage>
  );
}
