import { useActionData, useLoaderData } from "@remix-run/react";
import { Composer } from "#app/broadcasts/composer.tsx";
import type { StepData } from "#app/broadcasts/composer.server.ts";
import { answerBroadcast, openBroadcast } from "#app/web/broadcasts.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { screenHeaders } from "#app/web/screen-headers.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/broadcasts/broadcasts.css";

export const handle = { desk: true };
export const meta = titleFromLoader;
export const headers = screenHeaders;

export const loader = guarded("coordinator", openBroadcast);
export const action = guarded("coordinator", answerBroadcast);

export default function OneBroadcast() {
  const { data, ...rest } = useLoaderData<typeof loader>();
  const wrong = useActionData<typeof action>();
  return <Composer key={data.step} data={data as StepData} {...rest} wrong={wrong} />;
}
