// `npm run build`: makes dist/ from src/. The bytes depend only on the sources and on package-lock.json.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname.replace(/\/$/, "");

/** Compiles and bundles into a directory. */
export function buildInto(destination: string): void {
  // A new directory keeps leftovers of an earlier build out of the bundle. Its depth below the checkout is fixed, because
  // the bundle numbers its modules by their paths relative to here.
  mkdirSync(join(root, "build"), { recursive: true });
  const work = mkdtempSync(join(root, "build/dist-"));
  try {
    for (const name of ["package.json", "packages.json", "tsconfig.json", "schema", "src", "assemblers", "stages"])
      cpSync(join(root, name), join(work, name), { recursive: true });
    const tsc = join(root, "node_modules/.bin/tsc");
    execFileSync(tsc, ["-p", ".", "--noEmit", "false", "--rootDir", ".", "--outDir", "out"], {
      cwd: work,
      stdio: "inherit",
    });
    joinModules(join(work, "out"), join(work, "joined"));
    for (const entry of ["action", "builder", "cli", "locker", "planner"]) {
      bundle(work, `out/src/${entry}/index.js`, `dist/${entry}`);
      bundle(work, `joined/src/${entry}/index.js`, `licenses/${entry}`, "--license", "[name].licenses.txt");
      writeFileSync(join(work, "dist", entry, "licenses.txt"), licensesIn(join(work, "licenses", entry)));
      chmodSync(join(work, "dist", entry, "index.js"), 0o644);
    }
    // The post step is the same bundle. A state that the main step saves can't mark it, because there may be none.
    for (const entry of ["action", "locker"])
      writeFileSync(join(work, "dist", entry, "post.js"), 'process.argv[2] = "post";\nawait import("./index.js");\n');
    rmSync(destination, { recursive: true, force: true });
    cpSync(join(work, "dist"), destination, { recursive: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function bundle(work: string, module: string, destination: string, ...options: readonly string[]): void {
  const argv = ["build", module, "--out", join(work, destination), "--no-cache", "--quiet", ...options];
  execFileSync(join(root, "node_modules/.bin/ncc"), argv, { cwd: work, stdio: "inherit" });
}

/**
 * Copies modules so that ncc makes one file of each bundle. What a bundle loads only when it needs it is in files of its own,
 * and ncc forgets the licenses of those.
 */
function joinModules(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const path of readdirSync(to, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"))) {
    const text = readFileSync(join(to, path), "utf8");
    writeFileSync(join(to, path), text.replaceAll(/\bimport\((?=")/g, 'import(/* webpackMode: "eager" */ '));
  }
}

/** The licenses in a bundle. Packages that another package loads with `import()` are in a second file, with theirs. */
function licensesIn(directory: string): string {
  const names = readdirSync(directory).filter((name) => name.endsWith(".licenses.txt"));
  return names
    .sort()
    .map((name) => readFileSync(join(directory, name), "utf8"))
    .join("\n");
}

if (import.meta.main) buildInto(join(root, "dist"));
