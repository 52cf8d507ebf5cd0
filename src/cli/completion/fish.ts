import { type Completed, flatten, type Values } from "./words.ts";

/** The completion script for fish. */
export function fish(program: Completed): string {
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
        `complete -c osbuild -n ${quote(`__fish_seen_subcommand_from ${path}`)} -f`,
        ...subcommands.map((command) => word(command, isNext)),
      ];
    }),
    ...commands.flatMap((command) => completions(command, conditionOf(command, groups, first))),
  ];
  return `# fish completion for osbuild: osbuild completion fish > ~/.config/fish/completions/osbuild.fish
${lines.join("\n")}
`;
}

const quote = (text: string) => `'${text.replace(/[\\']/g, "\\$&")}'`;

const nameOf = ({ path }: Completed) => path.slice(path.lastIndexOf(" ") + 1);

const word = (command: Completed, condition: string) =>
  `complete -c osbuild -n ${quote(condition)} -a ${nameOf(command)} -d ${quote(command.description)}`;

/** The condition under which a command is meant. Names in a group may be those of commands, too. */
function conditionOf({ path }: Completed, groups: readonly Completed[], first: string): string {
  const seen = path.split(" ").map((name) => `__fish_seen_subcommand_from ${name}`);
  if (path.includes(" ")) return seen.join("; and ");
  const inGroups = groups.map((group) => `not __fish_seen_subcommand_from ${group.path}`);
  const own = [...seen, ...inGroups].join("; and ");
  return path === "build" ? `${first}; or ${own}` : own;
}

function completions({ options, operands }: Completed, condition: string): readonly string[] {
  const start = `complete -c osbuild -n ${quote(condition)}`;
  const words = operands.flatMap(({ values }) => (typeof values === "string" ? [] : values));
  return [
    ...options.map(({ flags, description, value }) => {
      const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
      return `${start} ${names.join(" ")}${value === undefined ? "" : argument(value)} -d ${quote(description)}`;
    }),
    ...(words.length === 0 ? [] : [`${start} -f -a ${quote(words.join(" "))}`]),
  ];
}

function argument(value: Values): string {
  if (value === "file") return " -r -F";
  if (value === "directory") return " -x -a '(__fish_complete_directories)'";
  return value === "text" ? " -x" : ` -x -a ${quote(value.join(" "))}`;
}
