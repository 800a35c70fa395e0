/**
 * Makes a clone ready: packages, catalogues, build; each only when its inputs changed. Runs before anything is
 * installed, so it uses nothing but Node. `--no-build` stops before the build.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { step } from "./steps.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const at = (...names) => join(root, ...names);

try {
  needNode();
  if (!installed()) await step("Installing packages (a minute or so the first time)", install);
  await makeOnce(
    "Compiling the catalogues",
    at("app/i18n/compiled"),
    ["app/i18n/catalogues", "lingui.config.mjs", "scripts/catalogues.mjs"],
    () => run(process.execPath, [at("scripts/catalogues.mjs")]),
  );
  if (!process.argv.includes("--no-build")) {
    const inputs = ["app", "db", "public", "vite.config.ts", "remix.config.js", "tsconfig.json", "package-lock.json"];
    await makeOnce("Building the pages", at(process.env.BUILD_DIR ?? "build"), inputs, () =>
      run(process.execPath, [at("node_modules/@remix-run/dev/dist/cli.js"), "vite:build"], { NODE_ENV: "production" }),
    );
  }
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

function needNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Manyhands needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  }
}

/** True when node_modules holds what the lock asks for, whoever put it there. A link is somebody's own arrangement. */
function installed() {
  if (lstatSync(at("node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) return true;
  const kept = at("node_modules/.package-lock.json");
  if (!existsSync(kept)) return false;
  const have = JSON.parse(readFileSync(kept, "utf8")).packages;
  const want = JSON.parse(readFileSync(at("package-lock.json"), "utf8")).packages;
  return Object.entries(want).every(
    ([path, entry]) => path === "" || entry.optional || have[path]?.version === entry.version,
  );
}

function install() {
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  return npm && /npm-cli\.[cm]?js$/.test(npm)
    ? run(process.execPath, [npm, ...args])
    : run(process.platform === "win32" ? "npm.cmd" : "npm", args);
}

/** Runs `make` unless `target` already carries the stamp of exactly these inputs. */
async function makeOnce(name, target, inputs, make) {
  const stamp = join(target, ".made-from");
  const hash = createHash("sha256");
  for (const input of inputs) addTo(hash, input);
  const wanted = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  await step(name, make);
  mkdirSync(target, { recursive: true });
  writeFileSync(stamp, wanted);
}

function addTo(hash, path) {
  if (path === "app/i18n/compiled" || !existsSync(at(path))) return;
  if (statSync(at(path)).isDirectory()) {
    for (const name of readdirSync(at(path)).sort()) addTo(hash, `${path}/${name}`);
  } else {
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(at(path)))
      .update("\0");
  }
}

/** Runs a program quietly; what it said is shown when it fails. npm's own variables would steer an npm inside npm. */
function run(program, args, extra = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|command|execpath|node_execpath)/.test(name),
  );
  const child = spawn(program, args, {
    cwd: root,
    env: { ...Object.fromEntries(inherited), ...extra },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  child.stderr.on("data", (chunk) => (said += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`${said.trim()}\nThis step failed: ${program} ${args.join(" ")}`)),
    );
  });
}
