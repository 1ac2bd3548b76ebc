import { Popover } from '@base-ui/react/popover';
import { Briefcase, PanelLeft, Plus, RefreshCw, Route, SlidersHorizontal, Table2, Tag, X } from 'lucide-react';
import type { GraphView } from '../../../shared/model/graph.ts';
import { Button } from '../../ui/button.tsx';
import type { LabelMode } from '../../ui/graph-canvas/overlay.ts';
import styles from './graph-header.module.css';
import type { PathMode } from './graph-pane.tsx';
import { GraphSlicers } from './graph-slicers.tsx';
import type { Board } from './state.ts';
import { adjust, change, changeBoard, closeBoard, openBoard } from './store.ts';

type Props = {
  readonly board: Board;
  readonly boards: readonly Board[];
  readonly view: GraphView | null;
  readonly isRailOpen: boolean;
  readonly labelMode: LabelMode;
  readonly pathMode: PathMode;
  readonly isTable: boolean;
  onRail(): void;
  onLabels(): void;
  onPathMode(mode: PathMode): void;
  onTable(): void;
  onRelayout(): void;
  onAddToCase(): void;
};

const LABEL_WORDS: Readonly<Record<LabelMode, string>> = {
  important: 'Labels: as room allows (B)',
  all: 'Labels: all (B)',
  none: 'Labels: none (B)',
};

export function GraphHeader(props: Props) {
  const { board, boards, pathMode } = props;
  return (
    <header className={styles.header}>
      <Button
        look="quiet"
        size="small"
        isIcon
        aria-label={props.isRailOpen ? 'Hide the list of entities' : 'Show the list of entities'}
        aria-pressed={props.isRailOpen}
        onClick={props.onRail}
      >
        <PanelLeft />
      </Button>
      <BoardTabs boards={boards} active={board.id} />
      <div className={styles.tools} role="toolbar" aria-label="Graph tools">
        <LayoutChoice board={board} />
        <Button look="quiet" size="small" isIcon aria-label="Lay out anew (Shift+R)" onClick={props.onRelayout}>
          <RefreshCw />
        </Button>
        <span className={styles.rule} />
        <Popover.Root>
          <Popover.Trigger render={<Button look="quiet" size="small" isIcon aria-label="Filters of the graph" />}>
            <SlidersHorizontal />
          </Popover.Trigger>
          <Popover.Portal>
            <Popover.Positioner className={styles.positioner} sideOffset={4} align="end">
              <Popover.Popup className={styles.popup} aria-label="Filters of the graph">
                <GraphSlicers board={board} view={props.view} />
              </Popover.Popup>
            </Popover.Positioner>
          </Popover.Portal>
        </Popover.Root>
        <Button
          look="quiet"
          size="small"
          isIcon
          aria-label="Fade all but the path of the selection (F, Shift+F hides)"
          aria-pressed={pathMode !== 'off'}
          onClick={(event) => props.onPathMode(pathMode !== 'off' ? 'off' : event.shiftKey ? 'remove' : 'fade')}
        >
          <Route />
        </Button>
        <Button
          look="quiet"
          size="small"
          isIcon
          aria-label={LABEL_WORDS[props.labelMode]}
          aria-pressed={props.labelMode !== 'none'}
          onClick={props.onLabels}
        >
          <Tag />
        </Button>
        <span className={styles.rule} />
        <Button look="quiet" size="small" isIcon aria-label="Show as table (V)" aria-pressed={props.isTable} onClick={props.onTable}>
          <Table2 />
        </Button>
        <Button look="quiet" size="small" isIcon aria-label="Add this graph to the case (A)" onClick={props.onAddToCase}>
          <Briefcase />
        </Button>
      </div>
    </header>
  );
}

function LayoutChoice({ board }: { readonly board: Board }) {
  return (
    <fieldset className={styles.choice} aria-label="Layout">
      {(['force', 'layered'] as const).map((layout) => (
        <button key={layout} type="button" aria-pressed={board.layout === layout} onClick={() => changeBoard({ layout })}>
          {layout === 'force' ? 'Overview' : 'Left to right'}
        </button>
      ))}
    </fieldset>
  );
}

function BoardTabs({ boards, active }: { readonly boards: readonly Board[]; readonly active: string }) {
  return (
    <div className={styles.tabs} role="toolbar" aria-label="Boards">
      {boards.map((board) => (
        <div key={board.id} className={styles.tab} data-active={board.id === active || undefined}>
          <button
            type="button"
            aria-pressed={board.id === active}
            title={`${board.name}\nDouble-click renames`}
            onClick={() => showBoard(board.id)}
            onDoubleClick={(event) => renameInPlace(event.currentTarget, board)}
          >
            {board.name}
          </button>
          {boards.length > 1 && (
            <button type="button" className={styles.close} aria-label={`Close board ${board.name}`} onClick={() => closeBoard(board.id)}>
              <X size={12} />
            </button>
          )}
        </div>
      ))}
      <Button look="quiet" size="small" isIcon aria-label="New board" onClick={() => openBoard(`Board ${boards.length + 1}`, {})}>
        <Plus />
      </Button>
    </div>
  );
}

function showBoard(id: string): void {
  change((state) => (state.activeBoard === id ? state : { ...state, activeBoard: id }));
}

/** The tab itself becomes the field; Enter or leaving it keeps the name, Escape the old one. */
function renameInPlace(tab: HTMLButtonElement, board: Board): void {
  tab.contentEditable = 'plaintext-only';
  tab.focus();
  getSelection()?.selectAllChildren(tab);
  const finish = (keeps: boolean) => {
    tab.contentEditable = 'false';
    tab.removeEventListener('keydown', onKey);
    const name = keeps ? (tab.textContent ?? '').trim().slice(0, 60) : '';
    tab.textContent = board.name;
    if (name !== '')
      adjust((state) => ({ ...state, boards: state.boards.map((other) => (other.id === board.id ? { ...other, name } : other)) }));
  };
  const onKey = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    finish(event.key === 'Enter');
  };
  tab.addEventListener('keydown', onKey);
  tab.addEventListener('blur', () => finish(true), { once: true });
}
