export const id = 71;
export const ids = [71];
export const modules = {

/***/ 2071:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  completionCommand: () => (/* binding */ completionCommand)
});

// EXTERNAL MODULE: ./out/src/pipeline/load.js + 7 modules
var load = __webpack_require__(5070);
// EXTERNAL MODULE: ./out/src/programs/library.js + 2 modules
var library = __webpack_require__(1373);
// EXTERNAL MODULE: ./out/src/cli/arguments.js + 11 modules
var cli_arguments = __webpack_require__(2847);
;// CONCATENATED MODULE: ./out/src/cli/completion/words.js
/** Describes a command and those below it. `programs` are the names of stages and assemblers. */
function completed(command, programs, path = "") {
    const help = { flags: ["-h", "--help"], description: "show this help message and exit", value: undefined };
    const options = command.options.filter(({ hidden }) => !hidden).map((option) => optionOf(option, programs));
    return {
        path,
        description: command.description(),
        options: [...options, ...(options.some(({ flags }) => flags.includes("--help")) ? [] : [help])],
        operands: command.registeredArguments.map((argument) => operandOf(argument, programs)),
        subcommands: command.commands.map((below) => completed(below, programs, `${path} ${below.name()}`.trim())),
    };
}
function optionOf({ short, long, description, required, flags, argChoices }, programs) {
    const [, name = ""] = /<([^>.]+)/.exec(flags) ?? [];
    const value = required ? (argChoices ?? valuesOf(name, programs)) : undefined;
    return { flags: [short, long].filter((flag) => flag !== undefined), description, value };
}
const operandOf = (argument, programs) => ({
    name: argument.name(),
    values: argument.argChoices ?? valuesOf(argument.name(), programs),
    isVariadic: argument.variadic,
});
/** The names in the usage say what a word is. */
function valuesOf(name, programs) {
    if (["DIR", "BEFORE", "AFTER"].includes(name))
        return "directory";
    if (["PIPELINE", "FILE", "IMAGE", "ENV", "P", "ARCHIVE", "OLD", "NEW"].includes(name))
        return "file";
    return ["STEP", "NAME"].includes(name) ? programs : "text";
}
/** A command and all below it. */
const flatten = (command) => [command, ...command.subcommands.flatMap(flatten)];
/** Options whose next word is their value. */
const valued = ({ options }) => options.flatMap(({ flags, value }) => (value === undefined ? [] : [{ flags, value }]));

;// CONCATENATED MODULE: ./out/src/cli/completion/bash.js

/** The completion script for bash. Descriptions aren't shown there. */
function bash(program) {
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
const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const flagsOf = ({ options }) => options.flatMap(({ flags }) => flags).join(" ");
const names = ({ subcommands }) => subcommands.map(({ path }) => path.slice(path.lastIndexOf(" ") + 1)).join(" ");
/** The command so far, and the word that leads on to this one. */
function entry(path) {
    const space = path.lastIndexOf(" ");
    return `${path.slice(0, Math.max(space, 0))}|${path.slice(space + 1)}`;
}
function values(command) {
    return valued(command).map(({ flags, value }) => {
        const patterns = flags.map((flag) => quote(`${command.path} ${flag}`)).join("|");
        return `    ${patterns}) ${complete(value)}; return ;;`;
    });
}
function operands(command) {
    if (command.subcommands.length > 0)
        return [`    ${quote(`${command.path} 0`)}) _osbuild_words ${quote(names(command))} "$word" ;;`];
    return command.operands.map(({ values: kind, isVariadic }, index) => {
        const place = isVariadic ? `${quote(`${command.path} `)}*` : quote(`${command.path} ${index}`);
        return `    ${place}) ${complete(kind)} ;;`;
    });
}
function complete(kind) {
    if (kind === "text")
        return "COMPREPLY=()";
    if (kind === "file" || kind === "directory")
        return `_osbuild_paths ${kind === "file" ? "-f" : "-d"} "$word"`;
    return `_osbuild_words ${quote(kind.join(" "))} "$word"`;
}

;// CONCATENATED MODULE: ./out/src/cli/completion/fish.js

/** The completion script for fish. */
function fish(program) {
    const all = program.subcommands.map(({ path }) => path);
    const commands = flatten(program).filter(({ path, subcommands }) => path !== "" && subcommands.length === 0);
    const first = `not __fish_seen_subcommand_from ${all.join(" ")}`;
    const groups = program.subcommands.filter(({ subcommands }) => subcommands.length > 0);
    const lines = [
        ...program.subcommands.map((command) => word(command, first)),
        ...groups.flatMap(({ path, subcommands }) => {
            const names = subcommands.map(nameOf).join(" ");
            const isNext = `__fish_seen_subcommand_from ${path}; and not __fish_seen_subcommand_from ${names}`;
            return [
                `complete -c osbuild -n ${fish_quote(`__fish_seen_subcommand_from ${path}`)} -f`,
                ...subcommands.map((command) => word(command, isNext)),
            ];
        }),
        ...commands.flatMap((command) => completions(command, conditionOf(command, groups, first))),
    ];
    return `# fish completion for osbuild: osbuild completion fish > ~/.config/fish/completions/osbuild.fish
${lines.join("\n")}
`;
}
const fish_quote = (text) => `'${text.replace(/[\\']/g, "\\$&")}'`;
const nameOf = ({ path }) => path.slice(path.lastIndexOf(" ") + 1);
const word = (command, condition) => `complete -c osbuild -n ${fish_quote(condition)} -a ${nameOf(command)} -d ${fish_quote(command.description)}`;
/** The condition under which a command is meant. Names in a group may be those of commands, too. */
function conditionOf({ path }, groups, first) {
    const seen = path.split(" ").map((name) => `__fish_seen_subcommand_from ${name}`);
    if (path.includes(" "))
        return seen.join("; and ");
    const inGroups = groups.map((group) => `not __fish_seen_subcommand_from ${group.path}`);
    const own = [...seen, ...inGroups].join("; and ");
    return path === "build" ? `${first}; or ${own}` : own;
}
function completions({ options, operands }, condition) {
    const start = `complete -c osbuild -n ${fish_quote(condition)}`;
    const words = operands.flatMap(({ values }) => (typeof values === "string" ? [] : values));
    return [
        ...options.map(({ flags, description, value }) => {
            const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
            return `${start} ${names.join(" ")}${value === undefined ? "" : argument(value)} -d ${fish_quote(description)}`;
        }),
        ...(words.length === 0 ? [] : [`${start} -f -a ${fish_quote(words.join(" "))}`]),
    ];
}
function argument(value) {
    if (value === "file")
        return " -r -F";
    if (value === "directory")
        return " -x -a '(__fish_complete_directories)'";
    return value === "text" ? " -x" : ` -x -a ${fish_quote(value.join(" "))}`;
}

;// CONCATENATED MODULE: ./out/src/cli/completion/zsh.js

/** The completion script for zsh: the file `_osbuild` in a directory of $fpath. */
function zsh(program) {
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
const describe = ({ subcommands }) => `commands=(${subcommands.map(described).join(" ")}); _describe command commands`;
const group = (command) => `    ${command.path})
      if (( CURRENT == 3 )); then ${describe(command)}; return; fi
      command="$words[2] $words[3]" ;;`;
const zsh_quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const described = ({ path, description }) => zsh_quote(`${path.slice(path.lastIndexOf(" ") + 1)}:${description.replaceAll(":", "\\:")}`);
function branch({ path, operands, options }) {
    const specs = [
        ...options.flatMap(optionSpecs),
        ...operands.map(({ name, values, isVariadic }) => zsh_quote(`${isVariadic ? "*" : ""}:${name}:${action(values)}`)),
    ];
    return `    ${zsh_quote(path)})
      ${shift(path)}
      _arguments ${specs.join(" ")} ;;`;
}
/** Takes the command's words away: _arguments expects the operands after the first word. */
function shift(path) {
    const count = path.split(" ").length;
    const taken = `shift ${count} words; (( CURRENT -= ${count} ))`;
    return path === "build" ? `if [[ "$words[2]" == build ]]; then ${taken}; fi` : taken;
}
function optionSpecs({ flags, description, value }) {
    const text = `[${description.replace(/[[\]:]/g, "\\$&")}]`;
    return flags.map((flag) => {
        const isLong = flag.startsWith("--");
        return zsh_quote(`*${flag}${value === undefined ? "" : isLong ? "=" : "+"}${text}${value === undefined ? "" : `:value:${action(value)}`}`);
    });
}
function action(values) {
    if (values === "text")
        return " ";
    if (values === "file")
        return "_files";
    return values === "directory" ? "_files -/" : `(${values.join(" ")})`;
}

;// CONCATENATED MODULE: ./out/src/cli/completion/command.js







const scripts = { bash: bash, zsh: zsh, fish: fish };
/** `osbuild completion`: prints the script with which a shell completes the command line. */
async function completionCommand({ shell }) {
    const programs = (await (0,library/* allPrograms */.n9)((0,load/* libraryOf */.vT)([]))).map(({ name }) => name);
    process.stdout.write(scripts[shell](completed((0,cli_arguments/* declareAll */.i)(), [...new Set(programs)])));
}


/***/ })

};
