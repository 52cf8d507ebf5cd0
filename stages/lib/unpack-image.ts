import { readStage, run } from "./step.ts";

// The engine runs this in a container like a stage's, to unpack a container image that a pipeline starts from: links in
// it lead nowhere but into the tree. Its input is a layout of OCI's image specification. Like container runtimes, umoci
// preserves no access control lists.
const { tree, inputs, options } = await readStage<{ readonly tag: string }>();
run(["umoci", "--log=error", "raw", "unpack", "--keep-dirlinks", `--image=${inputs.image}:${options.tag}`, tree]);
