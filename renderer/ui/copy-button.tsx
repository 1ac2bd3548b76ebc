import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';
import { showProblem } from './toast.tsx';

type Props = { readonly text: string | (() => string); readonly label: string; readonly children?: string };

/** Copies a text and says so in place. */
export function CopyButton({ text, label, children }: Props) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), 1_500);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = () => copyText(typeof text === 'string' ? text : text()).then(() => setIsCopied(true), showProblem);
  return (
    <Button look="quiet" size="small" isIcon={!children} aria-label={isCopied ? 'Copied' : label} onClick={copy}>
      {isCopied ? <Check /> : <Copy />}
      {children}
    </Button>
  );
}
