import { Search, X } from 'lucide-react';
import { type ComponentProps, type ReactNode, useEffect, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** A control with its label above. */
export function Field({ label, hint, children }: { readonly label: string; readonly hint?: ReactNode; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child.
    <label className={styles.field}>
      <span className={styles.label}>{label}</span>
      {children}
      {hint && <span className={styles.hint}>{hint}</span>}
    </label>
  );
}

export function TextField({ className, ...rest }: ComponentProps<'input'>) {
  return <input type="text" spellCheck={false} autoComplete="off" {...rest} className={classNames(styles.input, className)} />;
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea {...rest} className={classNames(styles.input, styles.area, className)} />;
}

/** The system's own list: keyboard and screen readers know it. */
export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select {...rest} className={classNames(styles.input, styles.select, className)} />;
}

type SearchProps = {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly label: string;
  readonly className?: string;
  readonly id?: string;
};

/** Text search that reports a moment after the last key, so that no key waits for an answer. */
export function SearchField({ value, onChange, label, className, id }: SearchProps) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text), 200);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <span className={classNames(styles.search, className)}>
      <Search size={14} aria-hidden="true" />
      <input
        id={id}
        type="search"
        className={styles.input}
        value={text}
        placeholder={label}
        aria-label={label}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text) {
            event.stopPropagation();
            setText('');
          }
        }}
      />
      {text && (
        <button type="button" className={styles.clear} aria-label="Clear search" onClick={() => setText('')}>
          <X size={13} />
        </button>
      )}
    </span>
  );
}
