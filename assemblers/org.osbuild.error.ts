import { fail } from "../stages/lib/step.ts";

fail("Failing, as the pipeline asks");
