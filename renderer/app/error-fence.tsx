import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

type Props = { readonly what: string; readonly children: ReactNode };
type State = { readonly error: Error | null; readonly where: string };

/** Keeps a fault of one view from taking the window with it. */
export class ErrorFence extends Component<Props, State> {
  override state: State = { error: null, where: '' };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: Error, details: ErrorInfo): void {
    this.setState({ where: details.componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, where } = this.state;
    if (!error) return this.props.children;
    return (
      <EmptyState
        title={`${this.props.what} stopped because of a fault in the console`}
        actions={
          <>
            <Button look="primary" onClick={() => this.setState({ error: null, where: '' })}>
              Show it again
            </Button>
            <CopyButton label="Copy the details" text={() => `${error.stack ?? error.message}\n${where}`}>
              Copy details
            </CopyButton>
          </>
        }
      >
        {error.message} Your evidence and cases are safe: they live in the engine.
      </EmptyState>
    );
  }
}
