import { expect, test } from "@jest/globals";
import { squarify } from "../../src/report/html/squarify.ts";

test("boxes are laid out as in the algorithm's paper", () => {
  const boxes = squarify([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
  const rounded = boxes.map(({ x, y, width, height }) =>
    [x, y, width, height].map((value) => Number(value.toFixed(2))),
  );
  expect(rounded).toEqual([
    [0, 0, 3, 2],
    [0, 2, 3, 2],
    [3, 0, 1.71, 2.33],
    [4.71, 0, 1.29, 2.33],
    [3, 2.33, 1.2, 1.67],
    [4.2, 2.33, 1.2, 1.67],
    [5.4, 2.33, 0.6, 1.67],
  ]);
});

test("areas are proportional to sizes, in any box", () => {
  const sizes = Array.from({ length: 200 }, (_, index) => 1.07 ** (200 - index));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  for (const [width, height] of [
    [1000, 400],
    [300, 900],
    [5000, 3],
  ] as const) {
    const boxes = squarify(sizes, { x: 10, y: 20, width, height });
    for (const [index, box] of boxes.entries()) {
      expect(box.width * box.height).toBeCloseTo(((sizes[index] as number) / total) * width * height, 5);
      expect(box.x + box.width).toBeLessThanOrEqual(10 + width + 1e-6);
      expect(box.y + box.height).toBeLessThanOrEqual(20 + height + 1e-6);
    }
  }
});

test("no items, and items without a size, fit into any box", () => {
  expect(squarify([], { x: 0, y: 0, width: 10, height: 10 })).toEqual([]);
  const flat = squarify([3, 2, 0], { x: 0, y: 0, width: 10, height: 0 });
  expect(flat.every(({ width, height }) => width * height === 0)).toBe(true);
  expect(squarify([0, 0], { x: 0, y: 0, width: 10, height: 10 })).toHaveLength(2);
});
