import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const APPLICATIONS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Opens a real browser; `browser.newContext({ javaScriptEnabled: false, … })` makes a person in it.
 *
 * @param keepsPages as people's browsers do: going back shows the page as it was left, out of memory.
 */
export function launchBrowser({ keepsPages = false } = {}): Promise<Browser> {
  const ignoreDefaultArgs = keepsPages ? ["--disable-back-forward-cache"] : [];
  return chromium.launch({ executablePath: browserPath(), args: FLAGS, ignoreDefaultArgs });
}

/**
 * The browser of this machine: `$CHROMIUM_PATH`, else a Chromium or Chrome that is installed, else one that root gets
 * from the system's packages.
 *
 * @throws Error with one line that says what to install.
 */
export function browserPath(): string {
  const found = process.env["CHROMIUM_PATH"] || installed();
  if (found) return found;
  if (process.getuid?.() === 0 && onPath("apt-get")) {
    const apt = (...args: string[]) =>
      execFileSync("apt-get", args, { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    try {
      apt("update", "-q");
      apt("install", "-y", "-q", "--no-install-recommends", "chromium");
    } catch {
      // Said below, in one line.
    }
    const fresh = installed();
    if (fresh) return fresh;
  }
  throw new Error("No browser: install Chromium or Google Chrome, or set CHROMIUM_PATH to one.");
}

function installed(): string | undefined {
  return NAMES.map(onPath).find(Boolean) ?? APPLICATIONS.find(runnable);
}

function onPath(name: string): string | undefined {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];
  return folders.map((folder) => join(folder, name)).find(runnable);
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
