import { Samples } from "#app/ui/samples/samples.tsx";
import "#app/ui/styles/desk.css";

/** The same components at the dense sizes of the coordinators' desk. */
export const handle = { hydrate: false, desk: true, wide: true };
export { loader, meta } from "./dev.ui.tsx";

export default Samples;
