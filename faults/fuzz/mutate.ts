import type { Random } from "../random.ts";

/** One of these texts, changed once or a few times, in ways of all kinds. */
export function mutate(random: Random, texts: readonly Buffer[]): Buffer {
  let text = random.pick(texts);
  // Half of them stay JSON, or the parser would refuse nearly all.
  const changes = random.below(2) === 0 ? ofValues : [...ofText, ...ofValues];
  for (let times = 1 + random.below(3); times > 0; times--) text = random.pick(changes)(random, text, texts);
  return text;
}

type Change = (random: Random, text: Buffer, texts: readonly Buffer[]) => Buffer;

/** The text with another in the place of what lies between two offsets. */
const replace = (text: Buffer, start: number, end: number, by: Buffer | string) =>
  Buffer.concat([text.subarray(0, start), Buffer.from(by), text.subarray(end)]);

const flipBit: Change = (random, text) => {
  const at = random.below(text.length);
  return replace(text, at, at + 1, Buffer.of((text[at] ?? 0) ^ (1 << random.below(8))));
};

const insertBytes: Change = (random, text) => {
  const at = random.below(text.length + 1);
  return replace(text, at, at, Buffer.from(Array.from({ length: 1 + random.below(8) }, () => random.below(256))));
};

const cut: Change = (random, text) => {
  const at = random.below(text.length);
  return replace(text, at, at + 1 + random.below(30), "");
};

const cutShort: Change = (random, text) => text.subarray(0, random.below(text.length + 1));

const repeat: Change = (random, text) => {
  const at = random.below(text.length);
  const slice = text.subarray(at, at + 1 + random.below(60));
  return replace(text, at, at, Buffer.concat(Array.from({ length: 1 + random.below(20) }, () => slice)));
};

const graft: Change = (random, text, texts) => {
  const other = random.pick(texts);
  const from = random.below(other.length);
  const at = random.below(text.length);
  return replace(text, at, at + random.below(40), other.subarray(from, from + random.below(200)));
};

const word = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[[\]{}:,]/g;

const words = (text: Buffer) =>
  [...text.toString("latin1").matchAll(word)].map((match) => ({ start: match.index, text: match[0] }));

const strange = [
  ...["", "null", "true", "[]", "{}", "0", "-1", "1e999", "-0", "1.0", "0x10", "01", "12345678901234567890", "NaN"],
  ...['""', '"\\u0000"', '"\\ud800"', '"../../etc"', '"/"', '"__proto__"', '"constructor"', '"valueOf"', '"toString"'],
  ...['"\u2028"', '"org.osbuild.noop"', '"org.osbuild.error"', '"*"', '"a\\nb"', "[[[[]]]]", '{"":{}}', "/* */", "//"],
  ...[
    "&a ",
    "*a",
    "&a [*a]",
    "<<",
    "<<: *a",
    "!!str ",
    "---\n",
    "|\n",
    "\t",
    "\n",
    "# ",
    "- ",
    "? ",
    ": ",
    "no",
    "0755",
  ],
  ...["{", "}", "[", "]", ",", ":", '"', '{"__proto__": {"a": 1}}', '{"a": 1, "a": 1}', `"${"x".repeat(300)}"`],
];

const changeToken: Change = (random, text) => {
  const found = words(text);
  if (found.length === 0) return text;
  const { start, text: old } = random.pick(found);
  return replace(text, start, start + old.length, random.pick(strange));
};

const swapTokens: Change = (random, text) => {
  const found = words(text);
  if (found.length === 0) return text;
  const [one, other] = [random.pick(found), random.pick(found)].toSorted((a, b) => a.start - b.start);
  if (one === undefined || other === undefined || one === other) return text;
  const later = replace(text, other.start, other.start + other.text.length, Buffer.from(one.text, "latin1"));
  return replace(later, one.start, one.start + one.text.length, Buffer.from(other.text, "latin1"));
};

/** Changes a value of the parsed text; a text that is no JSON any more stays as it is. */
const inValue =
  (change: (random: Random, value: unknown) => unknown): Change =>
  (random, text) => {
    try {
      return Buffer.from(JSON.stringify(changeWithin(random, JSON.parse(text.toString()), change)));
    } catch {
      return text;
    }
  };

function changeWithin(random: Random, value: unknown, change: (random: Random, value: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null || random.below(4) === 0) return change(random, value);
  const keys = Object.keys(value);
  if (keys.length === 0) return change(random, value);
  const key = random.pick(keys);
  const changed = (Array.isArray(value) ? [...value] : { ...value }) as { [key: string]: unknown };
  changed[key] = changeWithin(random, changed[key], change);
  return changed;
}

const values = [null, true, 0, -1, 1e300, 0.5, "", "text", "/etc/passwd", [], {}, [null], { name: "org.osbuild.noop" }];

const otherType = inValue((random) => random.pick(values));

const otherKey = inValue((random, value) => {
  const key = random.pick(["name", "options", "stages", "build", "pipeline", "runner", "base", "sources", "__proto__"]);
  const within = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  return JSON.parse(
    `${JSON.stringify(within).slice(0, -1)}${Object.keys(within).length > 0 ? "," : ""}"${key}":${JSON.stringify(random.pick(values))}}`,
  );
});

const deeper = inValue((random, value) => {
  let deep = value;
  const key = random.pick(["build", "pipeline", "options", "a"]);
  for (let depth = random.pick([1, 10, 100, 1000]); depth > 0; depth--)
    deep = random.below(2) === 0 ? { [key]: deep } : [deep];
  return deep;
});

const deepText: Change = (random, text) => {
  const at = random.below(text.length + 1);
  return replace(
    text,
    at,
    at,
    random.pick(["[", '{"build":', '{"pipeline":', "[{", '{"a":[']).repeat(random.pick([10, 1000, 20_000])),
  );
};

const asUtf16: Change = (random, text) =>
  random.below(2) === 0
    ? Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text.toString(), "utf16le")])
    : replace(text, 0, 0, "\ufeff");

const ofText: readonly Change[] = [
  ...[flipBit, insertBytes, cut, cutShort, repeat, graft, changeToken, changeToken, swapTokens, deepText, asUtf16],
];
const ofValues: readonly Change[] = [otherType, otherType, otherKey, deeper];
