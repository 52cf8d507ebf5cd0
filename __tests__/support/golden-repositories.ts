import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Layout } from "../../src/store/layout.ts";
import { type AptRepository, aptRepository, aptRepositoryFiles, debPackage } from "./apt-repository.ts";
import { ostreeRepository } from "./ostree-repository.ts";
import { rpmRepository } from "./rpm-repository.ts";
import { scratch } from "./store.ts";

export interface Repositories extends AsyncDisposable {
  /** The mirrors of the URLs in goldens, as in `--mirrors`. */
  readonly mirrors: Readonly<Record<string, string>>;
  /** The checksum of an RPM package, by its name. */
  readonly checksumOf: (name: string) => string;
}

/** The repositories of goldens. They are never public ones, because those change. */
export async function openRepositories(layout: Layout): Promise<Repositories> {
  await keepAptRepository(layout.state("test.apt-repository"), [hello, world, extra]);
  const debian = await serveDebian(layout.state("org.osbuild.debootstrap"));
  const [rpm, ostree] = [await rpmRepository(), await ostreeRepository()];
  return {
    mirrors: { "http://debian.test": debian.uri, "http://rpm.test": rpm.url, "http://ostree.test": ostree.url },
    checksumOf: (name) => rpm.package(name).checksum,
    async [Symbol.asyncDispose]() {
      for (const server of [debian, rpm, ostree]) await server[Symbol.asyncDispose]();
    },
  };
}

type MakePackage = (directory: string) => Promise<string>;

const hello: MakePackage = (directory) =>
  debPackage(directory, "hello", {
    fields: "Depends: world\nRecommends: extra\n",
    files: {
      "DEBIAN/conffiles": "/etc/hello.conf\n",
      "DEBIAN/postinst": "#!/bin/sh -e\ntouch /var/lib/hello\n",
      "etc/hello.conf": "greeting = hello\n",
    },
  });

const world: MakePackage = (directory) => debPackage(directory, "world");

const extra: MakePackage = (directory) => debPackage(directory, "extra");

/** The smallest base system that mmdebstrap accepts, because everything that it installs ends up in the tree. */
export const dpkg: MakePackage = async (directory) =>
  debPackage(directory, "dpkg", {
    fields: "Essential: yes\n",
    files: {
      "usr/bin/busybox": await readFile("/usr/bin/busybox"),
      "usr/bin/dpkg": `#!/usr/bin/busybox sh
for argument; do
  case $argument in *.deb) echo "$argument" ;; esac
done > /var/lib/dpkg/told-to-install
`,
    },
  });

/** Puts the key, which is new every time, at a path that the golden can name. */
async function serveDebian(state: string): Promise<AptRepository> {
  await using place = await scratch();
  const debian = await aptRepository("test", [await dpkg(place.path)]);
  await mkdir(state, { recursive: true });
  await writeFile(`${state}/key.asc`, debian.key);
  return debian;
}

async function keepAptRepository(directory: string, packages: readonly MakePackage[]): Promise<void> {
  await using place = await scratch();
  const { files, key } = aptRepositoryFiles("test", await Promise.all(packages.map((make) => make(place.path))));
  for (const [path, content] of [...files, ["/key.asc", key] as const]) {
    await mkdir(dirname(directory + path), { recursive: true });
    await writeFile(directory + path, content);
  }
}
