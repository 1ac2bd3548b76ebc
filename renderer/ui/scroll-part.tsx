import type { ReactNode } from 'react';

/** A part that scrolls by itself; it can be reached by keyboard, so that the arrow keys scroll it. */
export function ScrollPart({
  label,
  className,
  children,
}: {
  readonly label: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it nobody could scroll without a mouse.
    <section className={className} aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
