import { setupServer } from "msw/node";

/** The outside world in tests: empty until a test adds handlers with `network.use(…)`; they last for that test. */
export const network = setupServer();
