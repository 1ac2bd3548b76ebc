const widths = new Map<string, number>();

/** Width of a text in pixels; remembered, because a frame measures the same names again. */
export function measure(paint: CanvasRenderingContext2D, text: string, font: string): number {
  const key = font + text;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > 20_000) widths.clear();
  paint.font = font;
  const width = paint.measureText(text).width;
  widths.set(key, width);
  return width;
}

/** `1 234`, `12.3k`, `4.5M` */
export function compactCount(count: number): string {
  if (count < 10_000) return count.toLocaleString('en-US').replaceAll(',', '\u2009');
  return count < 1_000_000 ? `${Math.round(count / 100) / 10}k` : `${Math.round(count / 100_000) / 10}M`;
}
