import { readStage } from "./lib/step.ts";
import { writeFile } from "./lib/tree.ts";

const { tree, options } = await readStage<{ network?: string[] }>();
const { network = [] } = options;

const setting = network.length > 0 ? `set ignition_network_kcmdline='${network.join(" ")}'\n` : "";
writeFile(tree, "/boot/ignition.firstboot", setting);
