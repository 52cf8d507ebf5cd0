import { basename } from "node:path";
import { kernelPoints, runPoint, temporaryPoints } from "../../stages/lib/mount-points.ts";
import type { Bind } from "./container.ts";
import { isLoader, librariesOf } from "./node-runtime.ts";

/** The container's directory of the two named pipes through which a program asks for mounts. */
export const mountsDirectory = "/run/osbuild/mounts";

/**
 * Serves a program's requests for mounts, and runs the program without CAP_SYS_ADMIN. Each request is a line in `ask`;
 * each answer, in `reply`, is empty or says what went wrong. docs/writing-stages.md describes the requests.
 *
 * A mount can, whatever a program does to the tree meanwhile, only be in its tree or in its own /tmp and /var/tmp, and
 * only mounts in the tree are lifted: both the checks and the mount use the directory that the request has entered. A
 * mount shows only what the container shows already, with everything mounted below it.
 */
const script = `
tree=$1 pipes=$2 tools=$3 loader=$4
shift 4

tool() { name=$1; shift; "$loader" --library-path "$tools/lib" "$tools/$name" "$@"; }

enter() {
  cd -P "$1" && { [ "$PWD" = "$1" ] || { echo "$1 is not where the request says"; return 1; }; }
}

is_mounted() {
  while read -r _ _ _ _ place _; do [ "$place" = "$1" ] && return; done < /proc/self/mountinfo
  return 1
}

over() {
  for name; do
    enter "$tree/$name" || return
    case $name in
      ${kernelPoints.join(" | ")}) tool mount -c --rbind "/$name" . || return ;;
      ${runPoint}) tool mount -c -t tmpfs -o nodev,mode=755 tmpfs . || return ;;
      ${temporaryPoints.join(" | ")}) tool mount -c -t tmpfs -o nodev,mode=1777 tmpfs . || return ;;
      *) echo "nothing goes over $name"; return 1 ;;
    esac
  done
}

# Mounts a part of the program's state over a directory of the tree.
keep() { enter "$tree/$2" && tool mount -c --rbind "/run/osbuild/state/$1" .; }

lift() {
  for name; do
    is_mounted "$tree/$name" || continue
    # This is lazy, because a program may have left a process behind, which ends with the container.
    enter "$tree/$name" && tool umount -c --lazy . || return
  done
}

# Mounts an overlay of the tree without the contents of some directories. It lists files in the same order as the tree.
uncover() {
  upper=$1/overlay/upper
  mkdir "$1/overlay" && tool mount -c -t tmpfs -o nodev,mode=755 tmpfs "$1/overlay" && mkdir "$upper" "$1/tree" || return
  # First copy the directories themselves and their parents, with all attributes.
  tool tar --create --file="$1/overlay/tar" --directory="$2" --acls --xattrs "--xattrs-include=*" \\
    --no-recursion --format=pax --null --verbatim-files-from --files-from="$1/directories" &&
  tool tar --extract --file="$1/overlay/tar" --directory="$upper" --acls --xattrs "--xattrs-include=*" \\
    --same-owner --preserve-permissions &&
  while IFS= read -r covered; do
    tool setfattr --name=trusted.overlay.opaque --value=y "$upper$covered" || return
  done < "$1/covered" &&
  tool mount -c -t overlay -o "lowerdir=$upper:$2,redirect_dir=nofollow,metacopy=off,xino=on,uuid=off" overlay "$1/tree"
}

serve() {
  while read -r request arguments < "$pipes/ask"; do
    case $request in
      over | keep | lift | uncover) said=$("$request" $arguments 2>&1) && said= || said=\${said:-$request failed} ;;
      *) said="no such request: $request" ;;
    esac
    printf '%s\\n' "$said" > "$pipes/reply"
  done
}

tool mount --make-rprivate /
serve < /dev/null > /dev/null 2>&1 &
exec "$loader" --library-path "$tools/lib" "$tools/setpriv" --bounding-set=-sys_admin --inh-caps=-sys_admin -- "$@"
`;

/** The host's programs that make mounts in a container. Those of the build root can't be trusted. */
export interface MountTools {
  readonly binds: readonly Bind[];
  /** The command line that serves requests for mounts of `tree` while the program `argv` runs. */
  readonly serve: (tree: string, argv: readonly string[]) => readonly string[];
}

const names = ["mount", "setfattr", "setpriv", "sh", "tar", "umount"];
const directory = "/run/osbuild/tools";

/** Finds the programs that make mounts, with their libraries. */
export async function mountTools(): Promise<MountTools> {
  const programs = names.map((name) => `/usr/bin/${name}`);
  const libraries = await librariesOf(programs);
  const loader = `${directory}/lib/${basename(libraries.find(isLoader) as string)}`;
  const binds = [
    ...programs.map((from) => ({ from, to: `${directory}/${basename(from)}` })),
    ...libraries.map((from) => ({ from, to: `${directory}/lib/${basename(from)}` })),
  ];
  const shell = [loader, "--library-path", `${directory}/lib`, `${directory}/sh`];
  return {
    binds,
    serve: (tree, argv) => [...shell, "-c", script, "sh", tree, mountsDirectory, directory, loader, ...argv],
  };
}
