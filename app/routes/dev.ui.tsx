import { json } from "@remix-run/node";
import { Samples } from "#app/ui/samples/samples.tsx";
import { guarded } from "#app/web/guarded.server.ts";
import { titleFromLoader } from "#app/web/title.ts";
import "#app/ui/styles/desk.css";

/** Every component in every state, at the sizes of public pages. */
export const handle = { hydrate: false };
export const meta = titleFromLoader;
export const loader = guarded("developer", () => json({ title: "Components" }));

export default Samples;
