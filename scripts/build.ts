// `npm run build`: makes dist/ from src/. The bytes depend on the sources and on package-lock.json alone.
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = new URL("..", import.meta.url).pathname.replace(/\/$/, "");

/** Compiles and bundles into a directory. */
export function buildInto(destination: string): void {
  // In a directory of its own: no half-made file stays in the bundle. Always as deep below the checkout: the bundle numbers
  // its modules by their paths relative to here.
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
      chmodSync(join(work, "dist", entry, "index.js"), 0o644);
    }
    // The same bundle; a state that the main step has saved can't tell its post step from it: it may have saved none.
    writeFileSync(join(work, "dist/action/post.js"), 'process.argv[2] = "post";\nawait import("./index.js");\n');
    rmSync(destination, { recursive: true, force: true });
    cpSync(join(work, "dist"), destination, { recursive: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

if (import.meta.main) buildInto(join(root, "dist"));
