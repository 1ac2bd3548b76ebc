/** A label that wants to be drawn, centered under `x`, its top at `y`, in screen pixels. */
export type LabelWish = {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly importance: number;
  /** Top of the place above the node, taken where there is no room below. */
  readonly above: number;
  /** Drawn whatever lies under it: hovered, selected. */
  readonly isForced: boolean;
};

export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

const CELL = 64;

/** What of the screen is taken already. */
export class Space {
  readonly #taken = new Map<number, Box[]>();

  take(box: Box): void {
    for (const cell of cellsOf(box)) {
      const boxes = this.#taken.get(cell);
      if (boxes) boxes.push(box);
      else this.#taken.set(cell, [box]);
    }
  }

  isFree(box: Box): boolean {
    return !cellsOf(box).some((cell) => this.#taken.get(cell)?.some((other) => overlap(box, other)));
  }
}

/** Which labels can be drawn without covering one another or what is taken; the more important one wins, ties by id, so a picture is stable. Answers their tops. */
export function placeLabels(wishes: readonly LabelWish[], space: Space, most: number): Map<string, number> {
  const placed = new Map<string, number>();
  const order = [...wishes].sort((a, b) => +b.isForced - +a.isForced || b.importance - a.importance || (a.id < b.id ? -1 : 1));
  for (const wish of order) {
    if (placed.size >= most && !wish.isForced) break;
    const boxAt = (y: number) => ({ x: wish.x - wish.width / 2, y, width: wish.width, height: wish.height });
    const top = [wish.y, wish.above].find((y) => space.isFree(boxAt(y))) ?? (wish.isForced ? wish.y : null);
    if (top === null) continue;
    space.take(boxAt(top));
    placed.set(wish.id, top);
  }
  return placed;
}

function cellsOf(box: Box): number[] {
  const cells: number[] = [];
  for (let column = Math.floor(box.x / CELL); column <= Math.floor((box.x + box.width) / CELL); column++)
    for (let row = Math.floor(box.y / CELL); row <= Math.floor((box.y + box.height) / CELL); row++) cells.push(column * 100_003 + row);
  return cells;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
