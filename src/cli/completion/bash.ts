import { type Completed, flatten, type Values, valued } from "./words.ts";

/** The completion script for bash. Descriptions aren't shown there. */
export function bash(program: Completed): string {
  const commands = flatten(program).filter(({ path }) => path !== "");
  const takingValue = [...new Set(commands.flatMap(valued).flatMap(({ flags }) => flags))];
  return `# bash completion for osbuild: source <(osbuild completion bash)
_osbuild() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= operands=0 options= index
  # bash makes words of their own of the "=" in --store=DIR and of what is before and after it.
  if [[ $word == "=" ]]; then word=; elif [[ $before == "=" ]]; then before=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for (( index = 1; index < COMP_CWORD; index++ )); do
    case \${COMP_WORDS[index]} in
      ${takingValue.join("|")}) [[ \${COMP_WORDS[index+1]} == "=" ]] && index=$((index + 1)); index=$((index + 1)) ;;
      -*) ;;
      *)
        case "$command|\${COMP_WORDS[index]}" in
${commands.map(({ path }) => `          ${quote(entry(path))}) command=${quote(path)} ;;`).join("\n")}
          *) operands=$((operands + 1)); command=\${command:-build} ;;
        esac ;;
    esac
  done
  case "\${command:-build} $before" in
${flatten(program).flatMap(values).join("\n")}
  esac
  case "\${command:-build}" in
${commands.map((command) => `    ${quote(command.path)}) options=${quote(flagsOf(command))} ;;`).join("\n")}
  esac
  if [[ $word == -* ]]; then _osbuild_words "$options" "$word"; return; fi
  case "$command $operands" in
    " 0") _osbuild_paths -f "$word"; COMPREPLY+=($(compgen -W ${quote(names(program))} -- "$word")) ;;
${commands.flatMap(operands).join("\n")}
  esac
}
_osbuild_words() { COMPREPLY=($(compgen -W "$1" -- "$2")); }
_osbuild_paths() {
  # Names may contain spaces, and a directory's name isn't the end.
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}
complete -F _osbuild osbuild
`;
}

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const flagsOf = ({ options }: Completed) => options.flatMap(({ flags }) => flags).join(" ");

const names = ({ subcommands }: Completed) =>
  subcommands.map(({ path }) => path.slice(path.lastIndexOf(" ") + 1)).join(" ");

/** The command so far, and the word that leads on to this one. */
function entry(path: string): string {
  const space = path.lastIndexOf(" ");
  return `${path.slice(0, Math.max(space, 0))}|${path.slice(space + 1)}`;
}

function values(command: Completed): readonly string[] {
  return valued(command).map(({ flags, value }) => {
    const patterns = flags.map((flag) => quote(`${command.path} ${flag}`)).join("|");
    return `    ${patterns}) ${complete(value)}; return ;;`;
  });
}

function operands(command: Completed): readonly string[] {
  if (command.subcommands.length > 0)
    return [`    ${quote(`${command.path} 0`)}) _osbuild_words ${quote(names(command))} "$word" ;;`];
  return command.operands.map(({ values: kind, isVariadic }, index) => {
    const place = isVariadic ? `${quote(`${command.path} `)}*` : quote(`${command.path} ${index}`);
    return `    ${place}) ${complete(kind)} ;;`;
  });
}

function complete(kind: Values): string {
  if (kind === "text") return "COMPREPLY=()";
  if (kind === "file" || kind === "directory") return `_osbuild_paths ${kind === "file" ? "-f" : "-d"} "$word"`;
  return `_osbuild_words ${quote(kind.join(" "))} "$word"`;
}
