import { useLoaderData } from "@remix-run/react";
import { ReportPage } from "#app/messages/reports.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { openReport } from "#app/web/message-reports.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/messages/messages.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", openReport);

export default function Report() {
  const { report } = useLoaderData<typeof loader>();
  return <ReportPage {...report} />;
}
