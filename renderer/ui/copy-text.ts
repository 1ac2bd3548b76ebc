/** Puts text on the clipboard, also where the window has no permission for the clipboard interface. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    return;
  } catch {
    // Denied permissions: the older way works from within a click or a key press.
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'only-read';
  area.setAttribute('aria-hidden', 'true');
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  if (!isDone) throw new Error('The text could not be copied: the window may not use the clipboard.');
}

/** Lets the window save `text` as a file in the folder for downloads, or where its dialog says. */
export function saveText(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
