import { createHash } from "node:crypto";
import { changesBetween } from "../tree/changes.ts";
import { formatBytes } from "./format.ts";
import { changesSection } from "./html/changes.ts";
import { cards, imageSection, packagesSection } from "./html/image.ts";
import { script } from "./html/script.ts";
import { squarify } from "./html/squarify.ts";
import { stepsSection } from "./html/steps.ts";
import { style } from "./html/style.ts";
import { tilesSection } from "./html/tiles.ts";
import { timelineSection, timesSection } from "./html/timeline.ts";
import { html, type Markup } from "./markup.ts";
import { headline, type PipelineReport } from "./pipeline-report.ts";

/** The report of one pipeline, as a single HTML file that loads nothing else. */
export function htmlReport(report: PipelineReport): string {
  const { contents, previous, image } = report;
  const changes = previous === null || contents === null ? null : changesBetween(previous.contents, contents);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${report.pipeline}: image report</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>${report.pipeline}</h1>
<p>${headline(report)}.</p>
</header>
${cards(report, changes)}
${previous === null || changes === null ? null : changesSection(report, previous, changes)}
${contents === null ? null : tilesSection(contents)}
${timelineSection(report)}
${timesSection(report)}
${stepsSection(report)}
${contents === null ? null : packagesSection(contents)}
${image === null ? null : imageSection(report, image)}
</main>
<script>${code}</script>
</body>
</html>
`;
  return page.html;
}

const code: Markup = { html: `(${script})({ squarify: ${squarify}, formatBytes: ${formatBytes} });` };

const hashOf = ({ html: text }: Markup) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Only our own script runs and nothing is fetched, even if the name of a file in the image contains markup. */
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(code)}`,
  `style-src ${hashOf(style)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
