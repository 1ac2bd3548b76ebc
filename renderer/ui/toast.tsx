import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { Button } from './button.tsx';
import styles from './toast.module.css';

const toasts = Toast.createToastManager();

type Message = {
  readonly title: string;
  readonly description?: string;
  readonly tone?: 'plain' | 'danger';
  /** An action such as Undo or Open. */
  readonly action?: { readonly label: string; readonly run: () => void };
};

/** A short message in the corner; it can be reached with F6 and stays while it is hovered. */
export function showToast({ title, description, tone = 'plain', action }: Message): void {
  const id = toasts.add({
    title,
    type: tone,
    timeout: action || tone === 'danger' ? 9_000 : 4_000,
    priority: tone === 'danger' ? 'high' : 'low',
    ...(description ? { description } : {}),
    ...(action
      ? {
          actionProps: {
            children: action.label,
            onClick: () => {
              action.run();
              toasts.close(id);
            },
          },
        }
      : {}),
  });
}

export function showProblem(error: unknown): void {
  showToast({ title: error instanceof Error ? error.message : String(error), tone: 'danger' });
}

/** Where toasts appear; once, in the frame. */
export function ToastArea() {
  return (
    <Toast.Provider toastManager={toasts} limit={2}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport}>
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts: shown } = Toast.useToastManager();
  return shown.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles.toast} swipeDirection={[]}>
      <div className={styles.words}>
        <Toast.Title className={styles.title} />
        <Toast.Description className={styles.description} />
      </div>
      <Toast.Action className={styles.action} />
      <Toast.Close render={<Button look="quiet" size="small" isIcon aria-label="Dismiss" />}>
        <X />
      </Toast.Close>
    </Toast.Root>
  ));
}
