import { useActionData, useLoaderData } from "@remix-run/react";
import { NeedPage } from "#app/messages/need-page.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { openNeedOfThread, sendNeedOfThread } from "#app/web/need-of-thread.server.ts";
import { screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

export const handle = { hydrate: false, desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("coordinator", openNeedOfThread);
export const action = guarded("coordinator", sendNeedOfThread);

export default function NeedOfThread() {
  const page = useLoaderData<typeof loader>();
  const fault = useActionData<typeof action>();
  const again = fault && { ...fault, formKey: fault.values["key"] ?? page.formKey, call: fault.values["call"] ?? "" };
  return <NeedPage {...page} {...again} />;
}
