// @ts-check
// This is plain JavaScript, which any Node.js can run, because scripts/setup.js needs it before anything is installed.

/**
 * Runs a command as root, without the caller's locale, and returns its error message if it failed.
 * @typedef {(argv: readonly string[]) => Promise<string | undefined>} RunAsRoot
 */

const patienceSeconds = 600;

/**
 * Installs packages on a machine that others use, too: waits for other installations, and tolerates outdated lists and
 * unreachable repositories as long as the packages can be downloaded. Returns the reason if they can't.
 * @param {"apt" | "dnf"} manager
 * @param {readonly string[]} packages
 * @param {RunAsRoot} run
 * @param {(message: string) => void} say
 * @returns {Promise<string | undefined>}
 */
export async function installPackages(manager, packages, run, say) {
  // dnf itself waits for locks, refreshes its lists and skips repositories.
  if (manager === "dnf") return run(["dnf", "install", "-y", ...packages]);
  const install = ["apt-get", "install", "--yes", "--no-install-recommends", ...packages];
  if ((await unlocked(install, run, say)) === undefined) return undefined;
  const updating = await unlocked(["apt-get", "update"], run, say);
  // One broken or missing repository fails the update, but the lists of all others have been updated.
  if (updating !== undefined) say(`apt-get update failed; installing from the existing lists:\n${updating}`);
  return unlocked(install, run, say);
}

/**
 * Waits for apt's locks. Its own option (DPkg::Lock::Timeout) doesn't cover all locks and isn't in every release.
 * @param {readonly string[]} argv
 * @param {RunAsRoot} run
 * @param {(message: string) => void} say
 */
async function unlocked(argv, run, say) {
  const end = Date.now() + patienceSeconds * 1000;
  for (let said = ""; ; ) {
    const complaint = await run(argv);
    const holder = complaint?.match(/Could not get lock .*/)?.[0];
    if (holder === undefined || Date.now() > end) return complaint;
    if (holder !== said) say(`waiting for at most ${patienceSeconds / 60} minutes: ${holder}`);
    said = holder;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}
