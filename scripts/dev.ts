/** `npm run dev`: the same as `npm start`, built and restarted again after each change under app/, db/ or scripts/. */
import { spawn, spawnSync } from "node:child_process";
import { watch } from "node:fs";

const supervisor = spawn(process.execPath, ["--import", "tsx", "scripts/start.ts"], { stdio: "inherit" });
supervisor.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => supervisor.kill(signal));

let timer: NodeJS.Timeout | undefined;
for (const folder of ["app", "db", "public", "scripts"]) {
  watch(folder, { recursive: true }, (_event, file) => {
    if (file?.includes("compiled")) return;
    clearTimeout(timer);
    timer = setTimeout(rebuild, 200);
  });
}

function rebuild(): void {
  const built = spawnSync(process.execPath, ["scripts/setup.mjs"], { stdio: "inherit" });
  if (built.status === 0) supervisor.kill("SIGHUP");
}
