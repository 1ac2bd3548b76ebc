import type { Page } from 'playwright';
import { expect } from 'playwright/test';

export type DrawnElement = {
  readonly id: string;
  readonly kind: 'node' | 'line';
  /** Middle of the element, in pixels of the window. */
  readonly x: number;
  readonly y: number;
  readonly source: string;
  readonly target: string;
  readonly classes: readonly string[];
};

/**
 * What the graph's canvas shows and where. A picture has no elements that a test could find by role, so the places are asked of the drawing
 * library; what is done there is done with the real pointer.
 */
export async function drawnElements(page: Page): Promise<DrawnElement[]> {
  return page.evaluate(() => {
    type Point = { x: number; y: number };
    type Element = {
      id(): string;
      isNode(): boolean;
      data(name: string): unknown;
      classes(): string[];
      renderedPosition(): Point | undefined;
      renderedMidpoint(): Point | undefined;
    };
    type Drawing = { elements(): { toArray(): Element[] } };
    const frame = document.querySelector('[role="application"]');
    const holder = [...(frame?.querySelectorAll('div') ?? [])].find((element) => '_cyreg' in element) as
      | (HTMLElement & { _cyreg: { cy: Drawing } })
      | undefined;
    if (!holder) return [];
    const box = holder.getBoundingClientRect();
    return holder._cyreg.cy
      .elements()
      .toArray()
      .map((element) => {
        // What is taken out of the picture for the moment has no middle.
        const at = (element.isNode() ? element.renderedPosition() : element.renderedMidpoint()) ?? { x: Number.NaN, y: Number.NaN };
        return {
          id: element.id(),
          kind: element.isNode() ? ('node' as const) : ('line' as const),
          x: box.left + at.x,
          y: box.top + at.y,
          source: String(element.data('source') ?? ''),
          target: String(element.data('target') ?? ''),
          classes: [...element.classes()],
        };
      });
  });
}

export async function drawnNodes(page: Page): Promise<DrawnElement[]> {
  return (await drawnElements(page)).filter(({ kind }) => kind === 'node');
}

/** The element once it is drawn and has come to rest. */
export async function restingElement(page: Page, choose: (element: DrawnElement) => boolean): Promise<DrawnElement> {
  let before: DrawnElement | undefined;
  await expect
    .poll(
      async () => {
        const found = (await drawnElements(page)).find(choose);
        const rests = found !== undefined && before !== undefined && Math.hypot(found.x - before.x, found.y - before.y) < 0.5;
        before = found;
        return rests;
      },
      { intervals: [150] },
    )
    .toBe(true);
  return before!;
}

/** Presses the pointer in the middle of an element. */
export async function pressElement(page: Page, choose: (element: DrawnElement) => boolean): Promise<DrawnElement> {
  const element = await restingElement(page, choose);
  await page.mouse.click(element.x, element.y);
  return element;
}
