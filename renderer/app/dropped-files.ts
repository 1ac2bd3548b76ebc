import { BOUNDS } from '../../shared/contract/bounds.ts';
import { bridge } from '../data/bridge.ts';

/**
 * The files of a drop. A folder is handed on as one item where the runtime tells its path (the engine walks it), else its files are
 * gathered here, up to the bound of one import.
 */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly File[]> {
  const files = [...transfer.files];
  // Entries must be asked for before the first await: the list is emptied when the event ends.
  const entries = [...transfer.items].map((item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const found: File[] = [];
  for (const [index, file] of files.entries()) {
    const entry = entries[index];
    if (entry?.isDirectory && !bridge().pathForFile(file)) await gather(entry as FileSystemDirectoryEntry, found);
    else found.push(file);
  }
  return found.slice(0, BOUNDS.pathsPerImport);
}

async function gather(folder: FileSystemDirectoryEntry, found: File[]): Promise<void> {
  const reader = folder.createReader();
  while (found.length < BOUNDS.pathsPerImport) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return;
    for (const entry of entries) {
      if (entry.isDirectory) await gather(entry as FileSystemDirectoryEntry, found);
      else found.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
    }
  }
}
