const NUMBER = new Intl.NumberFormat('en-US');

/** `12,345` */
export function formatCount(count: number): string {
  return NUMBER.format(count);
}

/** `1 record`, `12,345 records` */
export function formatCounted(count: number, one: string, many = `${one}s`): string {
  return `${NUMBER.format(count)} ${count === 1 ? one : many}`;
}

/** `12.3k`, for places with little room. */
export function formatShort(count: number): string {
  if (count < 10_000) return NUMBER.format(count);
  return count < 1_000_000 ? `${(count / 1000).toFixed(count < 100_000 ? 1 : 0)}k` : `${(count / 1_000_000).toFixed(1)}M`;
}

const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `4.2 MiB` */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let size = 0;
  while (value >= 1024 && size < SIZES.length - 1) {
    value /= 1024;
    size += 1;
  }
  return `${size === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${SIZES[size]}`;
}
