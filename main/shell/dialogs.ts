import type { BrowserWindow, Dialog, OpenDialogOptions } from 'electron';
import type { Answer, Input } from '../../shared/contract/operations.ts';
import { ok, problem, type Result } from '../../shared/result.ts';
import { hasNativeDialogs } from './runtime.ts';

const OPEN_OPTIONS: Readonly<Record<'evidence' | 'folder' | 'rules' | 'rules-folder', OpenDialogOptions>> = {
  evidence: {
    title: 'Choose evidence',
    buttonLabel: 'Import',
    properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
    filters: [
      { name: 'Event logs and archives', extensions: ['evtx', 'json', 'jsonl', 'ndjson', 'zip'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
  folder: {
    title: 'Choose a folder of evidence',
    buttonLabel: 'Import',
    properties: ['openDirectory', 'multiSelections', 'dontAddToRecent'],
  },
  'rules-folder': {
    title: 'Choose a folder of Sigma rules',
    buttonLabel: 'Add',
    properties: ['openDirectory', 'multiSelections', 'dontAddToRecent'],
  },
  rules: {
    title: 'Choose Sigma rules',
    buttonLabel: 'Add',
    properties: ['openFile', 'multiSelections', 'dontAddToRecent'],
    filters: [
      { name: 'Sigma rules and archives', extensions: ['yml', 'yaml', 'zip'] },
      { name: 'All files', extensions: ['*'] },
    ],
  },
};

/** The system's own file dialog. An empty list means that the person has cancelled. */
export async function pickFiles(
  dialog: Pick<Dialog, 'showOpenDialog' | 'showSaveDialog'>,
  window: BrowserWindow | null,
  input: Input<'files.pick'>,
): Promise<Result<Answer<'files.pick'>>> {
  if (window === null || !hasNativeDialogs())
    return problem('unsupported', 'There is no file dialog here; use the file browser of the console.');
  if (input.purpose === 'save-case') {
    const saved = await dialog.showSaveDialog(window, {
      title: 'Save the case file',
      defaultPath: input.suggestedName ?? 'case.zip',
      filters: [{ name: 'Case file', extensions: ['zip'] }],
      properties: ['showOverwriteConfirmation', 'createDirectory', 'dontAddToRecent'],
    });
    return ok({ paths: saved.canceled || saved.filePath === '' ? [] : [saved.filePath] });
  }
  const opened = await dialog.showOpenDialog(window, OPEN_OPTIONS[input.purpose]);
  return ok({ paths: opened.canceled ? [] : opened.filePaths });
}
