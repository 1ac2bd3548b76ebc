import type { Micros } from '../../../shared/model/time.ts';
import type { Scene } from '../scene.ts';
import { type Session, subjectOf } from './logons.ts';

const READ = '%%4416\r\n\t\t\t\t';
const PIPE_RIGHTS =
  '%%1538\r\n\t\t\t\t%%1541\r\n\t\t\t\t%%4416\r\n\t\t\t\t%%4417\r\n\t\t\t\t%%4418\r\n\t\t\t\t%%4419\r\n\t\t\t\t%%4420\r\n\t\t\t\t%%4423\r\n\t\t\t\t%%4424\r\n\t\t\t\t';

function sourceOf(scene: Scene, session: Session): Record<string, string> {
  return { ObjectType: 'File', IpAddress: session.from?.address ?? '127.0.0.1', IpPort: scene.port() };
}

/** 5140: a share is opened. */
export function openShare(scene: Scene, at: Micros, session: Session, share: string): void {
  scene.record(session.host, 'shareAccess', at, {
    ...subjectOf(session),
    ...sourceOf(scene, session),
    ShareName: `\\\\*\\${share}`,
    ShareLocalPath: localPath(share),
    AccessMask: 0x1,
    AccessList: READ,
  });
}

/** 5145: a file of the share, or a pipe of `IPC$`, is asked for. */
export function openShareObject(
  scene: Scene,
  at: Micros,
  session: Session,
  share: string,
  name: string,
  mask = share === 'IPC$' ? 0x12019f : 0x1,
): void {
  scene.record(session.host, 'shareObjectAccess', at, {
    ...subjectOf(session),
    ...sourceOf(scene, session),
    ShareName: `\\\\*\\${share}`,
    ShareLocalPath: localPath(share),
    RelativeTargetName: name,
    AccessMask: mask,
    AccessList: mask === 0x1 ? READ : PIPE_RIGHTS,
  });
}

function localPath(share: string): string {
  if (share === 'IPC$') return '';
  if (share === 'ADMIN$') return '\\??\\C:\\Windows';
  if (share === 'SYSVOL') return '\\??\\C:\\Windows\\SYSVOL\\sysvol';
  return share === 'C$' ? '\\??\\C:\\' : `\\??\\D:\\Shares\\${share}`;
}
