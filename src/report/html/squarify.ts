/** A rectangle. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Fills a box with boxes whose areas are proportional to these sizes, which come largest first. It works row by row
 * along the shorter side and adds boxes to a row as long as its least square box gets squarer (Bruls, Huizing and van
 * Wijk, 2000).
 *
 * Its text goes into the report, so it can't use anything from outside.
 */
export function squarify(sizes: readonly number[], box: Box): readonly Box[] {
  const boxes: Box[] = [];
  let { x, y, width, height } = box;
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const areas = sizes.map((size) => (total === 0 ? 0 : (size / total) * width * height));
  while (boxes.length < areas.length) {
    const side = Math.min(width, height);
    const row = nextRow(areas.slice(boxes.length), side);
    const sum = row.reduce((all, area) => all + area, 0);
    const depth = side === 0 ? 0 : sum / side;
    const across = width >= height;
    let offset = 0;
    for (const area of row) {
      const length = depth === 0 ? 0 : area / depth;
      if (across) boxes.push({ x, y: y + offset, width: depth, height: length });
      else boxes.push({ x: x + offset, y, width: length, height: depth });
      offset += length;
    }
    if (across) {
      x += depth;
      width -= depth;
    } else {
      y += depth;
      height -= depth;
    }
  }
  return boxes;

  function nextRow(rest: readonly number[], side: number): readonly number[] {
    const largest = rest[0] ?? 0;
    let sum = 0;
    let worst = Number.POSITIVE_INFINITY;
    for (const [index, area] of rest.entries()) {
      const square = (sum + area) ** 2;
      const ratio = Math.max((side ** 2 * largest) / square, square / (side ** 2 * area));
      if (ratio > worst) return rest.slice(0, index);
      worst = ratio;
      sum += area;
    }
    return rest;
  }
}
