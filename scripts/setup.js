// Installs what is missing, and says what and why: npm packages (including Node.js 24), and Linux tools through the
// system's package manager. Any Node.js that can run npm can run this.
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages } from "../src/host/install.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a command with its output at the terminal. If it fails, the script ends. */
export function run(command, args, options = {}) {
  try {
    execFileSync(command, args, { cwd: root, stdio: "inherit", ...options });
  } catch (error) {
    if (error.status === undefined || error.status === null) console.error(`${command}: ${error.message}`);
    process.exit(error.status ?? 1);
  }
}

/** Installs what is missing. `isWanted` is called for each program in packages.json, with the section that it is in. */
export async function setUp(isWanted) {
  installNpmPackages();
  await installPrograms(isWanted);
}

/** The Node.js 24 from the npm packages. */
export const node = join(root, "node_modules/.bin/node");

function installNpmPackages() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules/.package-lock.json");
  if (existsSync(installed) && existsSync(node) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log("Installing npm packages, including Node.js 24, into node_modules.");
  // npm only warns that some packages need a newer Node.js than its own. They get that from one of the other packages.
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
    console.error("Found neither apt-get nor dnf: please install these programs yourself.");
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
  // Some entries are files rather than programs.
  if (program.startsWith("/")) return existsSync(program);
  const directories = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];
  return directories.some((directory) => existsSync(join(directory, program)));
}

/** Runs a command as root with its output at the terminal, and returns its error message if it failed. */
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

if (process.argv[1] === fileURLToPath(import.meta.url))
  await setUp((part) => part === "engine" || part === "network" || part === "steps");
