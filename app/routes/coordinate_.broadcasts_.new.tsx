import { useLoaderData } from "@remix-run/react";
import { Composer } from "#app/broadcasts/composer.tsx";
import type { StepData } from "#app/broadcasts/composer.server.ts";
import { answerNew, openNew } from "#app/web/broadcasts.server.ts";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";
import "#app/broadcasts/broadcasts.css";

export const handle = { desk: true };
export const meta = titleFromLoader;

export const loader = guarded("coordinator", openNew);
export const action = guarded("coordinator", answerNew);

export default function NewBroadcast() {
  const { data, ...rest } = useLoaderData<typeof loader>();
  return <Composer data={data as StepData} {...rest} />;
}
