import { expect, test } from "@jest/globals";
import type { PipelineReport } from "../../src/report/pipeline-report.ts";
import { summaryMarkdown } from "../../src/report/summary.ts";
import { built, contentsOf, reportOf, stepsOf } from "../support/reports.ts";

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
  boot: { passed: true, seconds: 34, said: ["active", "osbuild-test: passed"] },
  artifactUrl: "https://github.com/o/r/actions/runs/1/artifacts/2",
  notUploaded: null,
} as const;

test("a pipeline's summary says what was built, what came of it, and what has changed", () => {
  const report = reportOf({
    treeId: "1".repeat(64),
    outputId: "2".repeat(64),
    steps: stepsOf([
      ["debootstrap", { type: "cached", source: "below", bytes: null }],
      ["apt", { type: "cached", source: "cache", bytes: 5000 }],
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
  expect(summaryMarkdown([report])).toBe(`<h2><code>web.json</code></h2>

<p>Built 2 of 4 steps in 15.8 s; 2 cached.</p>

<table>
<tr><th align="left">Image</th><td><code>disk.qcow2</code> <a href="https://github.com/o/r/actions/runs/1/artifacts/2">download</a></td></tr>
<tr><th align="left">Format</th><td>qcow2</td></tr>
<tr><th align="left">Size</th><td>300 MiB, a disk of 2.0 GiB</td></tr>
<tr><th align="left">Partitions</th><td>1: EFI system <code>esp</code>, 64 MiB<br>2: Linux, 1.0 GiB, bootable</td></tr>
<tr><th align="left">Boot test</th><td>✅ passed after 34.0 s: <code>osbuild-test: passed</code></td></tr>
<tr><th align="left">SHA-256</th><td><code>${"ab".repeat(32)}</code></td></tr>
<tr><th align="left">Packages</th><td>1</td></tr>
<tr><th align="left">Contents</th><td>2.0 KiB in 2 files</td></tr>
<tr><th align="left">Tree id</th><td><code>${"1".repeat(64)}</code></td></tr>
<tr><th align="left">Output id</th><td><code>${"2".repeat(64)}</code></td></tr></table>

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

<details open><summary>4 steps</summary>
<table>
<tr><th></th><th>Step</th><th>Result</th><th>Why</th><th align="right">Time</th><th align="right">Size</th><th>Id</th></tr>
<tr><td>1</td><td><code>debootstrap</code></td><td>not needed</td><td></td><td align="right"></td><td align="right"></td><td><code>000000000000</code></td></tr>
<tr><td>2</td><td><code>apt</code></td><td>cached by Actions</td><td></td><td align="right"></td><td align="right">4.9 KiB</td><td><code>000000000000</code></td></tr>
<tr><td>3</td><td><code>users</code></td><td>built</td><td>not in the store</td><td align="right">12.0 s</td><td align="right">4.0 KiB</td><td><code>000000000000</code></td></tr>
<tr><td>4</td><td><code>qemu</code></td><td>built</td><td>not in the store</td><td align="right">3.25 s</td><td align="right">300 MiB</td><td><code>000000000000</code></td></tr>
</table>
</details>

\`\`\`mermaid
gantt
title Seconds since the start
dateFormat x
axisFormat %s
section Stages
3 users 12.0 s :active, 500, 12000ms
section Assembler
4 qemu 3.25 s :active, 12500, 3250ms
\`\`\`

`);
});

test("a failure comes with the last lines of its log, before everything else", () => {
  const log = "first\n\n\x1b[31mE: no such package\x1b[0m\n";
  const failed = { type: "failed", reason: "files changed", start: 0, seconds: 2, exitCode: 100 } as const;
  const steps = stepsOf([
    ["locale", built(0, 1)],
    ["apt", failed, log],
    [":tar", { type: "not reached" }],
  ]);
  const text = summaryMarkdown([reportOf({ steps })]);
  expect(text.startsWith("<h2>❌ <code>web.json</code></h2>\n\n")).toBe(true);
  expect(text).toContain("<p><code>apt</code> failed, step 2 of 3; 1 step not reached.</p>");
  expect(text).toContain("<pre>first\n\nE: no such package</pre>");
  expect(text).toContain("<td>❌ failed with code 100</td><td>files changed</td>");
  expect(text).toContain("2 apt 2.00 s :crit, 0, 2000ms");
});

test("the same image is told to be the same", () => {
  const contents = contentsOf({ "/a": 1 });
  const text = summaryMarkdown([reportOf({ image, contents, previous: { label: "main", contents, image } })]);
  expect(text).toContain("<p>None: the image is the same, bit for bit.</p>");
});

test("packages that can't be read are said to be unknown, not none", () => {
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

test("no text of somebody else's becomes anything but text", () => {
  for (const text of hostile) {
    const summary = summaryMarkdown([hostileReport(text)]);
    // Without our own elements and what is in <code>, nothing of it is left.
    const [html = "", chart = ""] = summary.split("```mermaid\n");
    expect(html).not.toContain("<img");
    const rest = html.replace(
      /<code>[^<\n]*<\/code>|<\/?(h[23]|p|table|tr|t[hd]|br|pre|details|summary)( align="\w+"| open)?>/g,
      "",
    );
    expect(rest).not.toMatch(/[<>`|*@]/);
    expect(
      chart
        .split("\n")
        .filter(
          (line) =>
            !/^(\d+ [\w.+-]+ [\d.]+ s :active, \d+, \d+ms|section \w+|gantt|title .*|dateFormat x|axisFormat %s|)$/.test(
              line,
            ),
        ),
    ).toEqual(["```"]);
  }
});

test("a pipeline that isn't built says why, and one without steps that it has none", () => {
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

test("5,000 stages and 50,000 changed files fit, and what is left out is counted", () => {
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
    "50 longest of 5,000 steps",
  ];
  expect(told.filter((words) => !text.includes(words))).toEqual([]);
});

test("many pipelines share the room, and more than fit are counted", () => {
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
