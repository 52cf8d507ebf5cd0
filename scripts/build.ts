// `npm run build`: makes dist/ from src/. The bytes depend on the sources and on package-lock.json alone.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname.replace(/\/$/, "");

/** Compiles and bundles into a directory. */
export function buildInto(destination: string): void {
  // In a directory of its own: no path of the checkout gets into the bundle, and no half-made file stays in it.
  const work = mkdtempSync(`${tmpdir()}/osbuild-dist-`);
  try {
    for (const name of ["package.json", "packages.json", "tsconfig.json", "schema", "src"])
      cpSync(join(root, name), join(work, name), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(work, "node_modules"));
    const tsc = join(root, "node_modules/.bin/tsc");
    execFileSync(tsc, ["-p", ".", "--noEmit", "false", "--rootDir", ".", "--outDir", "out"], {
      cwd: work,
      stdio: "inherit",
    });
    rmSync(destination, { recursive: true, force: true });
    mkdirSync(destination, { recursive: true });
    for (const entry of ["action", "builder", "cli", "planner"]) {
      const ncc = [
        "build",
        `out/src/${entry}.js`,
        "--out",
        join(work, "dist", entry),
        "--license",
        "licenses.txt",
        "--no-cache",
      ];
      execFileSync(join(root, "node_modules/.bin/ncc"), [...ncc, "--quiet"], { cwd: work, stdio: "inherit" });
      cpSync(join(work, "dist", entry), join(destination, entry), { recursive: true });
      chmodSync(join(destination, entry, "index.js"), 0o644);
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.main) buildInto(join(root, "dist"));
