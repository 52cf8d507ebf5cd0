// @ts-check
// In plain JavaScript, because scripts/setup.js needs it before it has installed anything: any Node.js runs it as it is.

/**
 * Runs a command as root, without a locale of the caller's, and returns what it complained of if it failed.
 * @typedef {(argv: readonly string[]) => Promise<string | undefined>} RunAsRoot
 */

const patienceSeconds = 600;

/**
 * Installs packages on a machine that others use too: waits for who else is installing, and needs neither lists that are
 * up to date nor repositories that are all there, as long as the packages can be had. Returns why they can't.
 * @param {"apt" | "dnf"} manager
 * @param {readonly string[]} packages
 * @param {RunAsRoot} run
 * @param {(message: string) => void} say
 * @returns {Promise<string | undefined>}
 */
export async function installPackages(manager, packages, run, say) {
  // dnf waits for its locks, and renews and leaves out what it has to, by itself.
  if (manager === "dnf") return run(["dnf", "install", "-y", ...packages]);
  const install = ["apt-get", "install", "--yes", "--no-install-recommends", ...packages];
  if ((await unlocked(install, run, say)) === undefined) return undefined;
  const updating = await unlocked(["apt-get", "update"], run, say);
  // One repository that is broken or gone fails the update, which has brought the lists of all others.
  if (updating !== undefined) say(`apt-get update failed; installing from the lists that there are:\n${updating}`);
  return unlocked(install, run, say);
}

/**
 * apt has an option to wait (DPkg::Lock::Timeout), but not for each of its locks, and not in every release.
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
    if (holder !== said) say(`waiting, for ${patienceSeconds / 60} minutes at most: ${holder}`);
    said = holder;
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}
