import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a tool is; null when it is not installed. */
export function findTool(name: string): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** Runs a tool at the lowest priority and gives what it said. It is stopped after `seconds`. */
export function runTool(name: string, args: string[], seconds: number): Promise<{ said: string; inTime: boolean }> {
  return new Promise((done, failed) => {
    const child = spawn("nice", ["-n", "19", name, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let inTime = true;
    const stop = setTimeout(() => {
      inTime = false;
      child.kill("SIGKILL");
    }, seconds * 1000);
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (part: Buffer) => (said += part.toString("utf8")));
    child.once("error", failed);
    child.once("close", () => {
      clearTimeout(stop);
      done({ said, inTime });
    });
  });
}
