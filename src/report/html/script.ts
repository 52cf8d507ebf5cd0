/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import type { squarify } from "./squarify.ts";
import type { Tile } from "./tiles.ts";

/** The functions that the script uses. Its text goes into the report, so it can't use anything else from outside. */
interface Tools {
  readonly squarify: typeof squarify;
  readonly formatBytes: (bytes: number) => string;
}

/** The script of the report's page. It draws the map of the image's contents and makes tables sort and search. */
export function script({ squarify, formatBytes }: Tools): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-sortable]")) {
    sortable(table);
    searchable(table);
  }
  const map = document.querySelector<HTMLElement>(".map");
  const data = document.querySelector("#tiles")?.textContent;
  if (map && data) treemap(map, JSON.parse(data));

  function element<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    properties: Partial<HTMLElementTagNameMap[Name]>,
    ...children: readonly (Node | string)[]
  ): HTMLElementTagNameMap[Name] {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  /** Turns the column headings into buttons that sort. */
  function sortable(table: HTMLTableElement): void {
    const heads = [...table.querySelectorAll<HTMLElement>("thead th")];
    const body = table.tBodies[0] as HTMLTableSectionElement;
    const { compare } = new Intl.Collator("en", { numeric: true });
    for (const [index, head] of heads.entries()) {
      const keyOf = (row: HTMLTableRowElement) => {
        const cell = row.cells[index] as HTMLTableCellElement;
        return cell.dataset.value ?? cell.textContent ?? "";
      };
      const button = element("button", { type: "button" }, ...head.childNodes);
      button.addEventListener("click", () => {
        // People want the largest sizes first, but names from A to Z.
        const first = head.classList.contains("number") ? "descending" : "ascending";
        const other = first === "ascending" ? "descending" : "ascending";
        const order = head.getAttribute("aria-sort") === first ? other : first;
        for (const each of heads) each.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        body.append(...[...body.rows].sort((a, b) => sign * compare(keyOf(a), keyOf(b))));
      });
      head.append(button);
    }
  }

  /** Puts a search field above a table. Only rows that contain all its words stay visible. */
  function searchable(table: HTMLTableElement): void {
    const rows = [...(table.tBodies[0] as HTMLTableSectionElement).rows];
    const texts = rows.map((row) => (row.textContent ?? "").toLowerCase());
    const field = element("input", { type: "search", placeholder: "Search", ariaLabel: "Search this table" });
    const count = element("output", { textContent: `${rows.length}` });
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/);
      let found = 0;
      for (const [index, row] of rows.entries()) {
        row.hidden = !words.every((word) => texts[index]?.includes(word));
        if (!row.hidden) found++;
      }
      count.textContent = found === rows.length ? `${found}` : `${found} of ${rows.length}`;
    });
    (table.parentElement as HTMLElement).before(element("div", { className: "search" }, field, count));
  }

  /** Draws the parts of a tile and, inside them, their parts. A click on a tile that has parts opens it. */
  function treemap(place: HTMLElement, { views }: { views: readonly { title: string; root: Tile }[] }): void {
    /** More tiles than this on one level would be too small to tell apart, so the rest becomes one tile. */
    const most = 120;
    const canvas = element("div", { className: "canvas" });
    const trail = element("nav", { ariaLabel: "Place in the map" });
    const said = element("p", { className: "said", ariaLive: "polite" });
    let path: Tile[] = [];

    const choices = views.map(({ title, root }) => {
      const button = element("button", { type: "button", textContent: title });
      button.addEventListener("click", () => {
        for (const { button: each } of choices) each.ariaPressed = String(each === button);
        go([root]);
      });
      return { button, root };
    });
    place.replaceChildren(
      element(
        "div",
        { className: "bar" },
        trail,
        element("div", { className: "choices" }, ...choices.map(({ button }) => button)),
      ),
      canvas,
      said,
    );
    place.addEventListener("keydown", onKey);
    new ResizeObserver(draw).observe(canvas);
    choices[0]?.button.click();

    function go(to: Tile[]): void {
      const inside = canvas.contains(document.activeElement);
      path = to;
      draw();
      if (inside) (canvas.firstElementChild as HTMLElement | null)?.focus();
    }

    function draw(): void {
      const here = path.at(-1) as Tile;
      const [, total] = path[0] as Tile;
      trail.replaceChildren(
        ...path.flatMap(([name], index) => {
          const last = index === path.length - 1;
          const link = element("button", { type: "button", textContent: name, disabled: last });
          link.addEventListener("click", () => go(path.slice(0, index + 1)));
          return index === 0 ? [link] : [element("span", { textContent: "›", ariaHidden: "true" }), link];
        }),
      );
      say(here, total);
      const tiles = grouped(here[2] ?? []);
      const focused = [...canvas.children].indexOf(document.activeElement as Element);
      const boxes = squarify(
        tiles.map(([, bytes]) => bytes),
        { x: 0, y: 0, width: canvas.clientWidth, height: canvas.clientHeight },
      );
      canvas.replaceChildren(
        ...tiles.map((tile, index) => {
          const box = boxes[index] as (typeof boxes)[number];
          const [name, bytes, parts] = tile;
          const label = `${name}, ${formatBytes(bytes)}, ${share(bytes, total)}`;
          const button = element("button", { type: "button", ariaLabel: label, title: label });
          button.className = `tile hue${index % 8}`;
          button.ariaDisabled = String(parts === undefined);
          // The Tab key stops once at the map; the arrow keys move within it.
          button.tabIndex = index === 0 ? 0 : -1;
          put(button, box);
          if (box.width > 34 && box.height > 18) button.append(element("b", { textContent: name }));
          if (box.width > 60 && box.height > 34 && (parts === undefined || box.height < 60))
            button.append(element("i", { textContent: formatBytes(bytes) }));
          if (parts !== undefined && box.width > 40 && box.height >= 60) button.append(...inner(parts, box));
          if (parts !== undefined) button.addEventListener("click", () => go([...path, tile]));
          button.addEventListener("focus", () => say(tile, total));
          button.addEventListener("pointerenter", () => say(tile, total));
          return button;
        }),
      );
      (canvas.children[focused] as HTMLElement | undefined)?.focus();
    }

    /** Draws the parts of a part, and their parts. They can't be clicked. */
    function inner(parts: readonly Tile[], { width, height }: { width: number; height: number }): HTMLElement[] {
      const boxes = squarify(
        parts.map(([, bytes]) => bytes),
        { x: 3, y: 20, width: width - 7, height: height - 24 },
      );
      return parts.flatMap(([name, , further], index) => {
        const box = boxes[index] as (typeof boxes)[number];
        if (box.width < 5 || box.height < 5) return [];
        const part = element("span", { ariaHidden: "true" });
        if (box.width > 40 && box.height > 15) part.append(name);
        if (further !== undefined && box.width > 40 && box.height > 44) part.append(...inner(further, box));
        put(part, box);
        return [part];
      });
    }

    function grouped(parts: readonly Tile[]): readonly Tile[] {
      if (parts.length <= most) return parts;
      const rest = parts.slice(most - 1);
      const bytes = rest.reduce((sum, [, size]) => sum + size, 0);
      return [...parts.slice(0, most - 1), [`${rest.length} smaller`, bytes, rest]];
    }

    function put(
      { style }: HTMLElement,
      { x, y, width, height }: { x: number; y: number; width: number; height: number },
    ) {
      style.left = `${x}px`;
      style.top = `${y}px`;
      style.width = `${Math.max(0, width - 1)}px`;
      style.height = `${Math.max(0, height - 1)}px`;
    }

    function say([name, bytes]: Tile, total: number): void {
      said.textContent = `${name}: ${formatBytes(bytes)}, ${share(bytes, total)}`;
    }

    function onKey(event: KeyboardEvent): void {
      const tiles = [...canvas.children] as HTMLElement[];
      const index = tiles.indexOf(document.activeElement as HTMLElement);
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if ((event.key === "Escape" || event.key === "Backspace") && path.length > 1) go(path.slice(0, -1));
      else if (step !== undefined && index !== -1) tiles[(index + step + tiles.length) % tiles.length]?.focus();
      else return;
      event.preventDefault();
    }
  }

  function share(bytes: number, total: number): string {
    const percent = total === 0 ? 0 : (100 * bytes) / total;
    return `${percent.toFixed(percent < 10 ? 1 : 0)} %`;
  }
}
