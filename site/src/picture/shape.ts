/** A shape as a signed distance: negative inside, zero on the edge. Coordinates run from −1 to 1, y downwards. */
export type Shape = (x: number, y: number) => number;

export type Point = readonly [x: number, y: number];

export function circle(cx: number, cy: number, radius: number): Shape {
  return (x, y) => Math.hypot(x - cx, y - cy) - radius;
}

/** Exact only on the edge, which is where coverage is decided. */
export function ellipse(cx: number, cy: number, rx: number, ry: number): Shape {
  return (x, y) => (Math.hypot((x - cx) / rx, (y - cy) / ry) - 1) * Math.min(rx, ry);
}

export function box(cx: number, cy: number, halfWidth: number, halfHeight: number, round = 0): Shape {
  return (x, y) => {
    const dx = Math.abs(x - cx) - halfWidth + round;
    const dy = Math.abs(y - cy) - halfHeight + round;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
  };
}

/** A line of a thickness with round ends. */
export function stroke([ax, ay]: Point, [bx, by]: Point, radius: number): Shape {
  const [dx, dy] = [bx - ax, by - ay];
  const length2 = dx * dx + dy * dy;
  return (x, y) => {
    const along = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length2));
    return Math.hypot(x - ax - along * dx, y - ay - along * dy) - radius;
  };
}

export function polygon(...points: readonly Point[]): Shape {
  const edges = points.map((point, i) => [point, points[(i + 1) % points.length]!] as const);
  return (x, y) => {
    let distance = Infinity;
    let inside = false;
    for (const [[ax, ay], [bx, by]] of edges) {
      distance = Math.min(distance, stroke([ax, ay], [bx, by], 0)(x, y));
      if (ay > y !== by > y && x < (bx - ax) * (y - ay) / (by - ay) + ax) inside = !inside;
    }
    return inside ? -distance : distance;
  };
}

export function union(...shapes: readonly Shape[]): Shape {
  return (x, y) => Math.min(...shapes.map((shape) => shape(x, y)));
}

export function intersection(...shapes: readonly Shape[]): Shape {
  return (x, y) => Math.max(...shapes.map((shape) => shape(x, y)));
}

export function without(shape: Shape, hole: Shape): Shape {
  return (x, y) => Math.max(shape(x, y), -hole(x, y));
}

/** A shape made thicker by a distance, its corners rounded. */
export function grown(shape: Shape, by: number): Shape {
  return (x, y) => shape(x, y) - by;
}
