import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { Trouble } from "#scripts/environment.ts";

/**
 * Makes sure that we could listen there.
 *
 * @param waitMs how long the web process of a killed start gets to disappear.
 * @throws Trouble with one line when somebody else listens, or the address is not ours.
 */
export async function needPort(port: number, host: string, waitMs = 2_500): Promise<void> {
  for (let waited = 0; ; waited += 250) {
    const code = await tryPort(port, host);
    if (code === null) return;
    if (code === "EACCES") throw new Trouble(`PORT ${port} is reserved: choose one above 1023.`);
    if (code !== "EADDRINUSE") throw new Trouble(`HOST ${host} is not an address of this machine (${code}).`);
    if (waited >= waitMs) {
      throw new Trouble(`PORT ${port} is in use. Stop what runs there, or choose another: PORT=${port + 1} npm start`);
    }
    await pause(250);
  }
}

function tryPort(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? "unknown"));
    server.listen(port, host, () => server.close(() => resolve(null)));
  });
}
