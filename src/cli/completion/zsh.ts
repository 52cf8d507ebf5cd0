import { type Completed, type CompletedOption, flatten, type Values } from "./words.ts";

/** The completion script for zsh: the file `_osbuild` in a directory of $fpath. */
export function zsh(program: Completed): string {
  const commands = flatten(program).filter(({ path, subcommands }) => path !== "" && subcommands.length === 0);
  const groups = program.subcommands.filter(({ subcommands }) => subcommands.length > 0);
  const plain = program.subcommands.filter(({ subcommands }) => subcommands.length === 0);
  return `#compdef osbuild
# zsh completion for osbuild: osbuild completion zsh > "\${fpath[1]}/_osbuild"
_osbuild() {
  local command=build
  local -a commands
  if (( CURRENT == 2 )) && [[ "$words[2]" != -* ]]; then
    ${describe(program)}
    _files
    return
  fi
  case "$words[2]" in
    ${plain.map(({ path }) => path).join("|")}) command="$words[2]" ;;
${groups.map(group).join("\n")}
  esac
  case "$command" in
${commands.map(branch).join("\n")}
  esac
}
_osbuild "$@"
`;
}

const describe = ({ subcommands }: Completed) =>
  `commands=(${subcommands.map(described).join(" ")}); _describe command commands`;

const group = (command: Completed) => `    ${command.path})
      if (( CURRENT == 3 )); then ${describe(command)}; return; fi
      command="$words[2] $words[3]" ;;`;

const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

const described = ({ path, description }: Completed) =>
  quote(`${path.slice(path.lastIndexOf(" ") + 1)}:${description.replaceAll(":", "\\:")}`);

function branch({ path, operands, options }: Completed): string {
  const specs = [
    ...options.flatMap(optionSpecs),
    ...operands.map(({ name, values, isVariadic }) => quote(`${isVariadic ? "*" : ""}:${name}:${action(values)}`)),
  ];
  return `    ${quote(path)})
      ${shift(path)}
      _arguments ${specs.join(" ")} ;;`;
}

/** Takes the command's words away: _arguments expects the operands after the first word. */
function shift(path: string): string {
  const count = path.split(" ").length;
  const taken = `shift ${count} words; (( CURRENT -= ${count} ))`;
  return path === "build" ? `if [[ "$words[2]" == build ]]; then ${taken}; fi` : taken;
}

function optionSpecs({ flags, description, value }: CompletedOption): readonly string[] {
  const text = `[${description.replace(/[[\]:]/g, "\\$&")}]`;
  return flags.map((flag) => {
    const isLong = flag.startsWith("--");
    return quote(
      `*${flag}${value === undefined ? "" : isLong ? "=" : "+"}${text}${value === undefined ? "" : `:value:${action(value)}`}`,
    );
  });
}

function action(values: Values): string {
  if (values === "text") return " ";
  if (values === "file") return "_files";
  return values === "directory" ? "_files -/" : `(${values.join(" ")})`;
}
