import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { htmlReport } from "../../src/report/html.ts";
import { type Chromium, startChromium } from "../support/chromium.ts";
import { built, cached, contentsOf, reportOf, stepsOf } from "../support/reports.ts";

let chromium: Chromium;
beforeAll(async () => {
  chromium = await startChromium();
});
afterAll(async () => {
  await chromium[Symbol.asyncDispose]();
});

const mib = 1024 * 1024;

const files = {
  "/boot/vmlinuz": 8 * mib,
  "/usr/bin/bash": { size: 2 * mib, package: 0 },
  "/usr/lib/libc.so.6": { size: 4 * mib, package: 1 },
  "/usr/lib/locale/C": 2 * mib,
};

const report = reportOf({
  pipeline: "images/web.json",
  steps: stepsOf([
    [
      "debootstrap",
      cached("cache", 100 * mib, { ran: Date.now() - 38 * 24 * 3_600_000, isUnpinned: true }),
      "installing\nall of it\n",
    ],
    ["users", built(1, 3, 4096)],
    [":qemu", built(4, 6, 300 * mib)],
  ]),
  image: {
    path: "disk.qcow2",
    bytes: 300 * mib,
    sha256: "ab".repeat(32),
    disk: {
      format: "qcow2",
      virtualSize: 2048 * mib,
      table: "dos",
      partitions: [{ number: 1, start: mib, size: 1023 * mib, type: "Linux", name: null, bootable: true }],
    },
    boot: null,
    artifactUrl: "https://github.com/o/r/actions/runs/1/artifacts/2",
    uploadedBefore: false,
    notUploaded: null,
    attestationUrl: null,
    pushed: [],
  },
  contents: contentsOf(files, [
    ["bash", "5.2-10", 7 * mib],
    ["libc6", "2.36", 12 * mib],
    ["bash-doc", "5.2-9", mib],
  ]),
  previous: {
    label: "3f2a91c",
    contents: contentsOf({ ...files, "/boot/vmlinuz": 7 * mib }, [
      ["bash", "5.2-9", 7 * mib],
      ["libc6", "2.36"],
    ]),
    image: { bytes: 299 * mib, sha256: "cd".repeat(32) },
  },
});

const page = htmlReport(report);

const phone = { width: 390, height: 844, phone: true };
for (const [name, look] of Object.entries({
  "on a desk": {},
  "on a phone": phone,
  "on a dark phone": { ...phone, dark: true },
})) {
  test(`${name} the page fits, requests nothing from the network, and has no errors`, async () => {
    await using shown = await chromium.open(page, look);
    expect(await shown.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    expect(await shown.evaluate("document.querySelectorAll('.tile').length")).toBe(2);
    expect(shown.requests).toEqual([]);
    expect(shown.errors).toEqual([]);
  });
}

test("the timeline has an axis from zero, the time is divided, and the parts of the disk are named", async () => {
  const times = { build: 12, verification: 0, bootTest: 0, upload: 3 };
  await using shown = await chromium.open(htmlReport({ ...report, times }));
  const texts = (selector: string) =>
    shown.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((each) => each.textContent.trim())`,
    );
  expect(await texts(".axis text")).toEqual(["0 s", "2 s", "4 s", "6 s", "8 s", "10 s", "12 s"]);
  expect(await texts(".places li")).toEqual(["1: Linux, 1023 MiB", "free, 1.0 GiB"]);
  const parts = [
    "Planning and fetching1.00 s7 %",
    "Programs of the steps9.00 s60 %",
    "Storing and exporting2.00 s13 %",
  ];
  expect(await texts(".share")).toHaveLength(4);
  expect(await texts("tr:has(.share)")).toEqual([...parts, "Uploading3.00 s20 %"]);
});

test("text has enough contrast in light and dark mode", async () => {
  const deep = htmlReport({ ...report, contents: contentsOf({ "/a/b/c/d/e/f/g/h/i/j/file": mib }) });
  for (const dark of [false, true]) {
    await using shown = await chromium.open(deep, { dark });
    await shown.evaluate("for (const each of document.querySelectorAll('details')) each.open = true");
    expect(await shown.evaluate(`(${contrasts})()`)).toEqual([]);
    expect(await shown.evaluate("getComputedStyle(document.body).backgroundColor")).toBe(
      dark ? "rgb(14, 17, 22)" : "rgb(244, 245, 247)",
    );
  }
});

/** Runs in the page: finds texts with less contrast to their background than WCAG's level AA requires. */
const contrasts = `function () {
  const parts = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const over = ([r, g, b, a = 1], under) => [r, g, b].map((part, index) => part * a + under[index] * (1 - a));
  const ground = (element) => element === null ? [255, 255, 255] : over(parts(getComputedStyle(element).backgroundColor), ground(element.parentElement));
  const light = (color) => color.map((part) => part / 255).map((part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, index) => sum + part * [.2126, .7152, .0722][index], 0);
  return [...document.querySelectorAll("body *:not(script)")]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ""))
    .filter((element) => {
      const [back, front] = [ground(element), parts(getComputedStyle(element).color)];
      const [a, b] = [light(back), light(over(front, back))].sort();
      return (b + .05) / (a + .05) < 4.5;
    })
    .map((element) => element.outerHTML.slice(0, 200));
}`;

test("without JavaScript everything except the map is shown", async () => {
  await using shown = await chromium.open(page, { javascript: false });
  const text = await shown.evaluate("document.body.innerText");
  expect(text).toMatch(/bash-doc\s+amd64\s+5\.2-9\s+1\.0 MiB/);
  expect(text).toMatch(/bash amd64\s+5\.2-9 → 5\.2-10/);
  expect(text).toMatch(/usr\s+8\.0 MiB/);
  expect(text).toMatch(/debootstrap\s+000000000000\s+cached by Actions/);
  expect(text).toContain("1: Linux, 1023 MiB, bootable");
});

test("the area of every part of the map is proportional to its size", async () => {
  await using shown = await chromium.open(page);
  const areas =
    "[...document.querySelectorAll('.tile')].map((tile) => [tile.ariaLabel, tile.offsetWidth * tile.offsetHeight])";
  const [[boot, left], [usr, right]] = (await shown.evaluate(areas)) as [[string, number], [string, number]];
  expect([boot, usr]).toEqual(["boot, 8.0 MiB, 50 %", "usr, 8.0 MiB, 50 %"]);
  expect(left / right).toBeCloseTo(1, 1);
});

test("the map can be navigated with the keyboard", async () => {
  await using shown = await chromium.open(page);
  const place = "document.querySelector('.map nav').textContent + ' at ' + document.activeElement.ariaLabel";
  await shown.evaluate("document.querySelector('.tile').focus()");
  expect(await shown.evaluate(place)).toBe("/ at boot, 8.0 MiB, 50 %");
  await shown.press("ArrowRight");
  await shown.press("Enter");
  expect(await shown.evaluate(place)).toBe("/›usr at lib, 6.0 MiB, 38 %");
  await shown.press("Enter");
  expect(await shown.evaluate(place)).toBe("/›usr›lib at libc.so.6, 4.0 MiB, 25 %");
  await shown.press("Escape");
  expect(await shown.evaluate(place)).toBe("/›usr at lib, 6.0 MiB, 38 %");
});

test("the map also shows the sizes of packages, and of files in no package", async () => {
  await using shown = await chromium.open(page);
  await shown.evaluate("document.querySelector('.choices button:last-child').click()");
  expect(await shown.evaluate("[...document.querySelectorAll('.tile')].map((tile) => tile.ariaLabel)")).toEqual([
    "in no package, 10 MiB, 63 %",
    "libc6, 4.0 MiB, 25 %",
    "bash, 2.0 MiB, 13 %",
  ]);
});

test("column headers sort packages, sizes with the largest first, and a search finds them", async () => {
  await using shown = await chromium.open(page);
  const names =
    "[...document.querySelectorAll('[data-sortable] tbody tr:not([hidden]) th')].map((cell) => cell.textContent)";
  const click = (column: number) =>
    shown.evaluate(`document.querySelectorAll('[data-sortable] thead button')[${column}].click()`);
  await click(3);
  expect(await shown.evaluate(names)).toEqual(["libc6", "bash", "bash-doc"]);
  expect(
    await shown.evaluate(
      "document.querySelector('[aria-sort]').textContent + document.querySelector('[aria-sort]').ariaSort",
    ),
  ).toBe("Sizedescending");
  await click(2);
  expect(await shown.evaluate(names)).toEqual(["libc6", "bash-doc", "bash"]);
  await shown.evaluate("document.querySelector('input').focus()");
  await shown.type("5.2 doc");
  expect(await shown.evaluate(names)).toEqual(["bash-doc"]);
  expect(await shown.evaluate("document.querySelector('output').textContent")).toBe("1 of 3");
});

test("every control has a name, and every table headers", async () => {
  await using shown = await chromium.open(page);
  const unnamed =
    "[...document.querySelectorAll('button, input, a, summary')].filter((each) => !(each.ariaLabel || each.textContent.trim())).length";
  expect(await shown.evaluate(unnamed)).toBe(0);
  expect(
    await shown.evaluate(
      "[...document.querySelectorAll('table')].filter((each) => !each.querySelector('th[scope]')).length",
    ),
  ).toBe(0);
  expect(await shown.evaluate("document.documentElement.lang + document.title")).toBe(
    "enimages/web.json: image report",
  );
});

test("foreign names can't inject anything", async () => {
  const text = `</script></style></title></pre><img src="x" onerror="document.title='run'"><script>document.title="run"</script>\u202e'"\``;
  const contents = contentsOf({ [`/${text}`]: 10, [`/${text}/${text}`]: 5 }, [[text, text]]);
  const hostile = reportOf({
    pipeline: text,
    treeId: text,
    outputId: text,
    steps: stepsOf([
      [text, { type: "failed", reason: "base changed", start: 0, seconds: 1, end: 1, exitCode: 1 }, text],
    ]),
    image: {
      path: text,
      bytes: 1,
      sha256: text,
      disk: null,
      boot: null,
      artifactUrl: `javascript:document.title="run"`,
      uploadedBefore: false,
      notUploaded: null,
      attestationUrl: null,
      pushed: [],
    },
    contents,
    previous: { label: text, contents: contentsOf({}), image: { bytes: 1, sha256: "" } },
  });
  await using shown = await chromium.open(htmlReport(hostile));
  expect(await shown.evaluate("document.images.length + document.querySelectorAll('a').length")).toBe(0);
  expect(await shown.evaluate("document.scripts.length")).toBe(2);
  expect(
    await shown.evaluate("document.title.startsWith('</script>') && document.querySelectorAll('.tile').length"),
  ).toBe(1);
  expect([shown.errors, shown.requests]).toEqual([[], []]);
});

test("an injected script would not run", async () => {
  const broken = page.replace(
    "<main>",
    `<main><script>document.title = "run"</script><img src="https://example.com/" onerror="document.title = 'run'">`,
  );
  await using shown = await chromium.open(broken);
  expect(await shown.evaluate("document.title")).toBe("images/web.json: image report");
  expect(shown.errors.length).toBeGreaterThan(0);
});

test("50,000 files and 5,000 steps with long logs make a page that a phone can handle", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 50_000 }, (_, index) => [`/usr/${index % 100}/${index % 1000}/file-${index}`, index]),
  );
  const steps = stepsOf(Array.from({ length: 5000 }, (_, index) => ["apt", built(index, 1), "line\n".repeat(10_000)]));
  const text = htmlReport(reportOf({ ...report, steps, contents: contentsOf(many) }));
  expect(text.length).toBeLessThan(8 * mib);
  const data = /id="tiles">(.*?)<\/script>/.exec(text)?.[1] ?? "";
  expect(data.match(/\["/g)?.length).toBeLessThan(10_100);
  await using shown = await chromium.open(text, phone);
  expect(await shown.evaluate("document.querySelectorAll('.tile').length")).toBe(1);
  expect(shown.errors).toEqual([]);
});

test("a failed build shows its log, and no image", async () => {
  const failed = { type: "failed", reason: "files changed", start: 0, seconds: 2, end: 2, exitCode: 100 } as const;
  const steps = stepsOf([
    ["apt", failed, "Reading\nE: no such package"],
    [":tar", { type: "not reached" }],
  ]);
  await using shown = await chromium.open(htmlReport(reportOf({ steps })));
  expect(await shown.evaluate("document.querySelector('header p').textContent")).toBe(
    "apt failed, step 1 of 2; 1 step not reached.",
  );
  expect(await shown.evaluate("document.querySelector('details[open] pre').innerText")).toBe(
    "Reading\nE: no such package",
  );
  expect(await shown.evaluate("[...document.querySelectorAll('h2')].map((head) => head.textContent)")).toEqual([
    "Timeline",
    "Steps",
  ]);
});
