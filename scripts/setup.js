// Installs what is missing, and says what and why: npm packages (Node.js 24 among them), and Linux tools through the
// machine's package manager. Any Node.js that can run npm can run this.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages } from "../src/host/install.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command with its output at the terminal; its failure ends the script. */
export function run(command, args, options = {}) {
  try {
    execFileSync(command, args, { cwd: root, stdio: "inherit", ...options });
  } catch (error) {
    if (error.status === undefined || error.status === null) console.error(`${command}: ${error.message}`);
    process.exit(error.status ?? 1);
  }
}

/** Makes everything ready. `isWanted` is asked for each program of packages.json, with the part that it is in. */
export async function setUp(isWanted) {
  installNpmPackages();
  await installPrograms(isWanted);
}

/** The Node.js 24 that came with the npm packages. */
export const node = join(root, "node_modules/.bin/node");

function installNpmPackages() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules/.package-lock.json");
  if (existsSync(installed) && existsSync(node) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log("Installing npm packages, Node.js 24 among them, into node_modules.");
  // Its warnings are that some packages want a newer Node.js than npm's own: they get it, from one of the others.
  run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
}

async function installPrograms(isWanted) {
  const catalogue = JSON.parse(readFileSync(join(root, "packages.json"), "utf8"));
  const missing = Object.entries(catalogue)
    .flatMap(([part, programs]) => Object.entries(programs).filter(([program]) => isWanted(part, program)))
    .filter(([program, { also }]) => !isInstalled(program) && !(also && isInstalled(also)));
  if (missing.length === 0) return;
  const manager = isInstalled("apt-get") ? "apt" : isInstalled("dnf") ? "dnf" : undefined;
  console.log("These programs are missing:");
  for (const [program, { why }] of missing) console.log(`  ${program}: ${why}`);
  if (manager === undefined) {
    console.error("Neither apt-get nor dnf is here: install them yourself, please.");
    process.exit(1);
  }
  const packages = [...new Set(missing.flatMap(([, entry]) => entry[manager] ?? []))];
  console.log(`Installing ${packages.join(" ")}`);
  const complaint = await installPackages(manager, packages, asRoot, (message) => console.log(message));
  if (complaint === undefined) return;
  console.error("The programs could not be installed.");
  process.exit(1);
}

function isInstalled(program) {
  // Some are files rather than programs.
  if (program.startsWith("/")) return existsSync(program);
  const directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
  return directories.some((directory) => existsSync(join(directory, program)));
}

/** Runs a command as root, with its output at the terminal, and returns what it complained of if it failed. */
function asRoot(argv) {
  const settings = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"];
  const [command, ...args] = [...(process.getuid() === 0 ? [] : ["sudo"]), ...settings, ...argv];
  const child = spawn(command, args, { cwd: root, stdio: ["inherit", "inherit", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text) => {
    process.stderr.write(text);
    complaint += text;
  });
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(error.message);
    });
    child.on("close", (code) => resolve(code === 0 ? undefined : complaint));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setUp((part) => part === "engine" || part === "steps");
