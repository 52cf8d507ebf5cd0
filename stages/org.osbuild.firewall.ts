import { readStage } from "./lib/step.ts";
import { openChroot } from "./lib/system/chroot.ts";

interface Options {
  readonly ports?: readonly string[];
  readonly enabled_services?: readonly string[];
  readonly disabled_services?: readonly string[];
}

const { tree, options } = await readStage<Options>();
const { ports = [], enabled_services = [], disabled_services = [] } = options;

const changes = [
  ...ports.map((port) => `--port=${port}`),
  ...enabled_services.map((service) => `--service=${service}`),
  ...disabled_services.map((service) => `--remove-service=${service}`),
];
if (changes.length > 0) {
  using chroot = openChroot(tree);
  chroot.run(["firewall-offline-cmd", ...changes]);
}
