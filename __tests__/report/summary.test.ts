import { expect, test } from "@jest/globals";
import type { PipelineReport } from "../../src/report/pipeline-report.ts";
import { summaryMarkdown } from "../../src/report/summary.ts";
import { built, cached, contentsOf, reportOf, stepsOf } from "../support/reports.ts";

const day = 24 * 3_600_000;

const image = {
  path: "disk.qcow2",
  bytes: 300 * 1024 * 1024,
  sha256: "ab".repeat(32),
  disk: {
    format: "qcow2",
    virtualSize: 2 * 1024 ** 3,
    table: "gpt",
    partitions: [
      { number: 1, start: 1024 ** 2, size: 64 * 1024 ** 2, type: "EFI system", name: "esp", bootable: false },
      { number: 2, start: 65 * 1024 ** 2, size: 1024 ** 3, type: "Linux", name: null, bootable: true },
    ],
  },
  boot: { passed: true, seconds: 34, said: ["active", "osbuild-test: passed"], evidenceUrl: null },
  artifactUrl: "https://github.com/o/r/actions/runs/1/artifacts/2",
  uploadedBefore: false,
  notUploaded: null,
  attestationUrl: null,
  pushed: [],
} as const;

test("a pipeline's summary has its steps, its image, and the changes", () => {
  const report = reportOf({
    treeId: "1".repeat(64),
    outputId: "2".repeat(64),
    times: { build: 16, verification: 0, bootTest: 34, upload: 1 },
    links: { report: "https://github.com/o/r/actions/runs/1/artifacts/3", log: null, tree: null },
    steps: stepsOf([
      ["debootstrap", cached("not needed", null, { ran: Date.now() - 38 * day, isUnpinned: true })],
      ["apt", cached("same tree", 5000, { ran: Date.now() - 1.5 * day, isUnpinned: true })],
      ["users", built(0.5, 12, 4096)],
      [":qemu", built(12.5, 3.25, 300 * 1024 * 1024)],
    ]),
    image,
    contents: contentsOf({ "/bin/bash": { size: 2048, package: 0 }, "/etc/hostname": 4 }, [["bash", "5.2"]]),
    previous: {
      label: "3f2a91c",
      contents: contentsOf({ "/bin/bash": { size: 1024, package: 0 } }, [["bash", "5.1"]]),
      image: { bytes: 299 * 1024 * 1024, sha256: "cd".repeat(32) },
    },
  });
  const traffic = { fetched: { entries: 2, bytes: 132 * 1024 ** 2 }, saved: { entries: 1, bytes: 4096 } };
  expect(summaryMarkdown([report], traffic)).toBe(`<h2>✅ <code>web.json</code> in 51.0 s</h2>

<p>Built 2 of 4 steps; 2 cached; packages of 38 days ago, not pinned. Download: <a href="https://github.com/o/r/actions/runs/1/artifacts/2">image</a>, <a href="https://github.com/o/r/actions/runs/1/artifacts/3">report</a>.</p>

<h3>Changes since <code>3f2a91c</code></h3>

<p>1 package upgraded; 1 other file added. Contents +1.0 KiB, the image +1.0 MiB.</p>

<details open><summary>1 package</summary>
<table>
<tr><th>Package</th><th>From</th><th>To</th><th align="right">Size</th></tr>
<tr><td><code>bash:amd64</code></td><td><code>5.1</code></td><td><code>5.2</code></td><td align="right">±0</td></tr>
</table>
</details>

<details open><summary>1 other file</summary>
<table>
<tr><th>File</th><th>Change</th><th align="right">Size</th></tr>
<tr><td><code>/etc/hostname</code></td><td>added</td><td align="right">+4 B</td></tr>
</table>
</details>

<h3>Image</h3>
<table>
<tr><th align="left">Image</th><td><code>disk.qcow2</code> <a href="https://github.com/o/r/actions/runs/1/artifacts/2">download</a></td></tr>
<tr><th align="left">Format</th><td>qcow2</td></tr>
<tr><th align="left">Size</th><td>300 MiB (a 2.0 GiB disk)</td></tr>
<tr><th align="left">Partitions</th><td>1: EFI system <code>esp</code>, 64 MiB<br>2: Linux, 1.0 GiB, bootable</td></tr>
<tr><th align="left">Boot test</th><td>✅ passed after 34.0 s: <code>osbuild-test: passed</code></td></tr>
<tr><th align="left">SHA-256</th><td><code>${"ab".repeat(32)}</code></td></tr>
<tr><th align="left">Packages</th><td>1</td></tr>
<tr><th align="left">Contents</th><td>2.0 KiB in 2 files</td></tr></table>

<h3>Steps</h3>

<details open><summary>4 steps</summary>
<table>
<tr><th></th><th>Step</th><th>Result</th><th>Why</th><th align="right">Time</th><th align="right">Size</th></tr>
<tr><td>1</td><td><code>debootstrap</code></td><td>not needed</td><td>packages of 38 days ago, not pinned</td><td align="right"></td><td align="right"></td></tr>
<tr><td>2</td><td><code>apt</code></td><td>cached (same tree)</td><td>packages of 1 day ago, not pinned</td><td align="right"></td><td align="right">4.9 KiB</td></tr>
<tr><td>3</td><td><code>users</code></td><td>built</td><td>not in the store</td><td align="right">12.0 s</td><td align="right">4.0 KiB</td></tr>
<tr><td>4</td><td><code>qemu</code></td><td>built</td><td>not in the store</td><td align="right">3.25 s</td><td align="right">300 MiB</td></tr>
</table>
</details>

<details open><summary>Timeline (░ is the engine’s part)</summary>
<pre>3 users    ██████████████████████████████████████████               12.0 s
4 qemu                                               ███████████    3.25 s
         └─────────────────┴────────────────┴─────────────────┴───
         0 s               5 s              10 s              15 s</pre></details>

<details><summary>Where the time went</summary>
<table>
<tr><th>Part</th><th align="right">Time</th><th align="right">Share</th></tr>
<tr><td>Planning and fetching</td><td align="right">0.50 s</td><td align="right">1 %</td></tr>
<tr><td>Programs of the steps</td><td align="right">15.3 s</td><td align="right">30 %</td></tr>
<tr><td>Storing and exporting</td><td align="right">0.25 s</td><td align="right">0 %</td></tr>
<tr><td>Boot test</td><td align="right">34.0 s</td><td align="right">67 %</td></tr>
<tr><td>Uploading</td><td align="right">1.00 s</td><td align="right">2 %</td></tr>
</table>
</details>

<details><summary>Ids</summary>
<table>
<tr><th>Of</th><th>Id</th></tr>
<tr><td>Tree</td><td><code>${"1".repeat(64)}</code></td></tr>
<tr><td>Image</td><td><code>${"2".repeat(64)}</code></td></tr>
${["debootstrap", "apt", "users", "qemu"].map((name, index) => `<tr><td>${index + 1} <code>${name}</code></td><td><code>${String(index + 1).padStart(64, "0")}</code></td></tr>\n`).join("")}</table>
</details>

<p>Cache: 132 MiB in 2 entries fetched, 4.0 KiB in 1 entry saved.</p>

`);
});

test("a reason that all steps have is said once, and steps that didn't run share a row with their neighbours", () => {
  const rows = (results: Parameters<typeof stepsOf>[0]) =>
    summaryMarkdown([reportOf({ steps: stepsOf(results) })])
      .split("\n")
      .filter((line) => line.startsWith("<tr><td>") || line.startsWith("<p>"))
      .filter((line) => !line.includes("0".repeat(60)))
      .map((line) =>
        line
          .replace(/<[^>]*>/g, " ")
          .replace(/ +/g, " ")
          .trim(),
      );
  expect(
    rows([
      ["apt", built(0, 1)],
      [":tar", built(1, 1)],
    ]),
  ).toEqual(["Built 2 of 2 steps: first build.", "1 apt built 1.00 s", "2 tar built 1.00 s"]);
  const old = { ran: Date.now() - 9 * day, isUnpinned: true };
  const failed = { type: "failed", reason: "options changed", start: 0, seconds: 2, end: 2, exitCode: 1 } as const;
  expect(
    rows([
      ["debootstrap", cached("not needed", 0, old)],
      ["locale", cached("not needed", 0)],
      ["users", cached("cache", 4096)],
      ["apt", failed],
      ["fstab", { type: "not reached" }],
      [":tar", { type: "not reached" }],
    ]),
  ).toEqual([
    "apt failed, step 4 of 6; 2 steps not reached.",
    "1–3 debootstrap … users cached packages of 9 days ago, not pinned",
    "4 apt ❌ failed with exit code 1 options changed 2.00 s",
    "5–6 fstab , tar not reached",
  ]);
});

test("a failure is shown with the last lines of its log, before everything else", () => {
  const log = "first\n\n\x1b[31mE: no such package\x1b[0m\n";
  const failed = { type: "failed", reason: "files changed", start: 0, seconds: 2, end: 2, exitCode: 100 } as const;
  const steps = stepsOf([
    ["locale", built(0, 1)],
    ["apt", failed, log],
    [":tar", { type: "not reached" }],
  ]);
  const text = summaryMarkdown([reportOf({ steps })]);
  expect(text.startsWith("<h2>❌ <code>web.json</code></h2>\n\n")).toBe(true);
  expect(text).toContain("<p><code>apt</code> failed, step 2 of 3; 1 step not reached.</p>");
  expect(text).toContain("<pre>first\n\nE: no such package</pre>");
  expect(text).toContain("<td>❌ failed with exit code 100</td><td>files changed</td>");
  expect(text).toMatch(/^2 apt .*█ +failed after 2\.00 s$/m);
});

test("the timeline stands times that don't fit together, and none at all", () => {
  const late = { type: "built", reason: "new", start: 2, seconds: 3, end: 4, bytes: null, ran: null } as const;
  const drawn = (...results: Parameters<typeof stepsOf>[0][number][1][]) =>
    /<pre>(.*) [\d.]+ s$/m.exec(
      summaryMarkdown([reportOf({ steps: stepsOf(results.map((result) => ["apt", result])) })]),
    )?.[1];
  expect(drawn(late)).toMatch(/^1 apt {2} {28}█{28} +$/);
  expect(drawn({ ...late, start: 0, seconds: 0, end: 0 })).toMatch(/^1 apt {2}▌ +$/);
});

test("an unchanged image is reported as such", () => {
  const contents = contentsOf({ "/a": 1 });
  const text = summaryMarkdown([reportOf({ image, contents, previous: { label: "main", contents, image } })]);
  expect(text).toContain("<p>None: the images are identical, bit for bit.</p>");
});

test("packages that can't be read are reported as unknown, not as none", () => {
  const contents = { ...contentsOf({}), database: "rpm, unread" } as const;
  expect(summaryMarkdown([reportOf({ image, contents })])).toContain(
    "<td>unknown: this machine has no <code>rpm</code>",
  );
});

const hostile = [
  "</code></table><img src=x onerror=alert(1)>",
  "`a` | b | *c* [d](javascript:e)",
  "two\n\nlines # of @everyone #1",
  "```\n```mermaid\ngantt",
];

test("foreign text stays text", () => {
  for (const text of hostile) {
    const summary = summaryMarkdown([hostileReport(text)]);
    expect(summary).not.toContain("<img");
    // Nothing of it is left when our own elements and the content of <code> and <pre> are removed.
    const rest = summary.replace(
      /<code>[^<\n]*<\/code>|<pre>[^<]*<\/pre>|<\/?(h[23]|p|table|tr|t[hd]|br|pre|details|summary)( align="\w+"| open)?>/g,
      "",
    );
    expect(rest).not.toMatch(/[<>`|*@]/);
  }
});

test("a pipeline that isn't built says why, and one without steps says so", () => {
  const at = { file: "web.json", line: 3, column: 5, length: 3, text: "    bad" };
  const problems = [{ message: "this is wrong", at, hint: "write it right" }, { message: "<b> too" }];
  expect(summaryMarkdown([reportOf({ problems })])).toBe(`<h2>❌ <code>web.json</code></h2>

<p>Not built: 2 problems.</p>

<pre>web.json:3:5: error: this is wrong
  3 |     bad
    |     ^^^
  hint: write it right
error: &lt;b&gt; too</pre>

`);
  expect(summaryMarkdown([reportOf({})])).toContain("Nothing to build: the pipeline has no steps");
  const many = Array.from({ length: 1000 }, (_, index) => ({ message: `problem ${index}` }));
  expect(summaryMarkdown([reportOf({ problems: many })])).toContain("error: problem 199\n… and 800 more");
});

function hostileReport(text: string): PipelineReport {
  const contents = contentsOf({ [`/${text}`]: 1 }, [[text, text]]);
  return reportOf({
    pipeline: text,
    treeId: text,
    outputId: text,
    steps: stepsOf([[text, built(0, 1)]]),
    image: { ...image, path: text, sha256: text, artifactUrl: "javascript:alert(1)" },
    contents,
    previous: { label: text, contents: contentsOf({}), image: { bytes: 1, sha256: "" } },
  });
}

test("5,000 stages and 50,000 changed files fit, and omitted ones are counted", () => {
  const name = "a-rather-long-name-of-a-file-ünïcödé-".repeat(3);
  const files = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`/${name}${index}`, index]));
  const steps = stepsOf(Array.from({ length: 5000 }, (_, index) => [name, built(index, 1), "x".repeat(1000)]));
  const previous = { label: "main", contents: contentsOf({}), image: { bytes: 1, sha256: "" } };
  const text = summaryMarkdown([reportOf({ steps, image, contents: contentsOf(files), previous })]);
  expect(Buffer.byteLength(text)).toBeLessThan(960 * 1024);
  const told = [
    "<summary>50,000 files</summary>",
    "… and 49,800 more",
    "… and 4,800 more",
    "Timeline of the 50 longest of 5,000 steps",
  ];
  expect(told.filter((words) => !text.includes(words))).toEqual([]);
});

test("many pipelines share the space, and those that don't fit are counted", () => {
  const steps = stepsOf(Array.from({ length: 300 }, (_, index) => ["apt", built(index, 1)]));
  const some = summaryMarkdown(Array.from({ length: 100 }, () => reportOf({ steps, image })));
  expect(Buffer.byteLength(some)).toBeLessThan(960 * 1024);
  expect(some.match(/<h2>/g)).toHaveLength(100);
  const many = summaryMarkdown(
    Array.from({ length: 20_000 }, () => reportOf({ pipeline: "x".repeat(200), steps: [] })),
  );
  expect(Buffer.byteLength(many)).toBeLessThan(960 * 1024);
  expect(many).toMatch(/<p>… and [\d,]+ more pipelines\.<\/p>\n\n$/);
});
