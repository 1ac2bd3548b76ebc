import cytoscape, { type Core, type ElementDefinition, type EventObject, type NodeSingular } from 'cytoscape';
import { canvasStyle } from './canvas-style.ts';
import { fanElements, lineElement, nodeElement } from './elements.ts';
import { type LabelMode, type OverlayState, paintOverlay } from './overlay.ts';
import { type Palette, readPalette } from './palette.ts';
import type { Point, Positions, Scene, SceneLine } from './scene.ts';

export type Hit = {
  readonly kind: 'node' | 'line' | 'edge';
  readonly id: string;
};

export type SurfaceEvents = {
  onPick(hit: Hit | null, adds: boolean): void;
  onPickMany(ids: readonly string[]): void;
  onOpen(hit: Hit): void;
  onMenu(hit: Hit | null, clientX: number, clientY: number): void;
  onMoved(moved: ReadonlyMap<string, Point>): void;
  onHover(hit: Hit | null): void;
};

/** Room for what lies over the canvas: chips above, the legend and the labels of the lowest nodes below. */
const FIT_INSET = { top: 54, bottom: 58, side: 44 } as const;

const STYLE_MARK = '__________cytoscape_stylesheet';

/** Cytoscape with our overlay on top. Knows scenes and positions, and nothing of where they come from. */
export class GraphSurface {
  readonly cy: Core;
  /** Pixels at the right that something else covers. */
  rightInset = 0;
  readonly #overlay: HTMLCanvasElement;
  readonly #frame: HTMLElement;
  readonly #events: SurfaceEvents;
  #palette: Palette;
  #scene: Scene = { nodes: [], lines: [] };
  #labelMode: LabelMode = 'important';
  #hovered = '';
  #chosen: ReadonlySet<string> = new Set();
  #lit: ReadonlySet<string> | null = null;
  #hidesRest = false;
  #drawn: ReadonlyMap<string, ElementDefinition> = new Map();
  #fanned: ReadonlySet<string> = new Set();
  #marks: ReadonlyMap<string, string> = new Map();
  #paintAsked = 0;
  readonly #resize: ResizeObserver;

  constructor(frame: HTMLElement, container: HTMLElement, overlay: HTMLCanvasElement, events: SurfaceEvents) {
    reserveStylesheet();
    this.#frame = frame;
    this.#overlay = overlay;
    this.#events = events;
    this.#palette = readPalette(frame);
    this.cy = cytoscape({
      container,
      style: canvasStyle(this.#palette),
      layout: { name: 'preset' },
      minZoom: 0.06,
      maxZoom: 3,
      boxSelectionEnabled: true,
      selectionType: 'additive',
      textureOnViewport: false,
      pixelRatio: Math.min(2, devicePixelRatio),
    });
    this.#listen();
    this.#resize = new ResizeObserver(() => this.#fitFrame());
    this.#resize.observe(frame);
    this.#fitFrame();
  }

  destroy(): void {
    this.#resize.disconnect();
    cancelAnimationFrame(this.#paintAsked);
    this.cy.destroy();
  }

  setScene(scene: Scene, positions: Positions, animates: boolean): void {
    this.#clearMarks();
    this.#scene = scene;
    const wanted = new Map([
      ...scene.nodes.map((node) => [node.id, nodeElement(node, this.#palette)] as const),
      ...scene.lines.map((line) => [line.id, lineElement(line, this.#palette)] as const),
    ]);
    this.cy.batch(() => {
      this.cy
        .elements()
        .filter((element) => !wanted.has(element.id()))
        .remove();
      for (const [id, element] of wanted) {
        const drawn = this.cy.getElementById(id);
        if (drawn.empty()) {
          const at = positions.get(id);
          this.cy.add(at ? { ...element, position: { ...at } } : element);
        } else if (!isSameElement(element, this.#drawn.get(id))) {
          drawn.data(element.data);
          drawn.classes((element.classes as string[] | undefined) ?? []);
        }
      }
    });
    this.#drawn = wanted;
    showPictureWhileMoving(this.cy, wanted.size > MANY_ELEMENTS);
    this.#move(positions, animates);
    this.#mark();
  }

  #move(positions: Positions, animates: boolean): void {
    const strayed = this.cy
      .nodes()
      .toArray()
      .filter((node) => {
        const at = positions.get(node.id());
        return at !== undefined && (Math.abs(at.x - node.position('x')) > 0.5 || Math.abs(at.y - node.position('y')) > 0.5);
      }) as NodeSingular[];
    if (strayed.length === 0) return;
    const mayAnimate = animates && strayed.length < 300 && !matchMedia('(prefers-reduced-motion: reduce)').matches;
    for (const node of strayed) {
      const at = { ...positions.get(node.id())! };
      if (mayAnimate) node.animate({ position: at }, { duration: 220 });
      else node.position(at);
    }
  }

  setLook(look: { labelMode: LabelMode; chosen: ReadonlySet<string>; lit: ReadonlySet<string> | null; hidesRest: boolean }): void {
    this.#labelMode = look.labelMode;
    this.#chosen = look.chosen;
    this.#lit = look.lit;
    this.#hidesRest = look.hidesRest;
    this.#mark();
  }

  refreshTheme(): void {
    this.#palette = readPalette(this.#frame);
    this.cy.style(canvasStyle(this.#palette));
    this.setScene(this.#scene, new Map(), false);
  }

  /** Brings everything into view, or only the given elements. */
  fit(ids?: readonly string[]): void {
    const wanted = new Set(ids);
    const elements = ids === undefined ? this.cy.elements() : this.cy.elements().filter((element) => wanted.has(element.id()));
    if (elements.empty() || this.cy.width() < 40) return;
    const box = elements.boundingBox({ includeLabels: false });
    const room = {
      x: Math.max(120, this.cy.width() - 2 * FIT_INSET.side - this.rightInset),
      y: this.cy.height() - FIT_INSET.top - FIT_INSET.bottom,
    };
    const zoom = Math.max(0.06, Math.min(1.15, room.x / Math.max(1, box.w), room.y / Math.max(1, box.h)));
    const middle = { x: FIT_INSET.side + room.x / 2, y: FIT_INSET.top + room.y / 2 };
    this.cy.viewport({ zoom, pan: { x: middle.x - (zoom * (box.x1 + box.x2)) / 2, y: middle.y - (zoom * (box.y1 + box.y2)) / 2 } });
  }

  /** Moves a node into view only when it is outside of it: the picture does not jump under the analyst. */
  reveal(id: string): void {
    const element = this.cy.getElementById(id);
    if (element.empty()) return;
    const at = element.isNode() ? element.renderedPosition() : (element as unknown as { renderedMidpoint(): Point }).renderedMidpoint();
    const isInside = at.x > 30 && at.y > 30 && at.x < this.cy.width() - 30 && at.y < this.cy.height() - 30;
    if (!isInside) this.cy.center(element);
  }

  zoomBy(factor: number): void {
    this.cy.zoom({
      level: this.cy.zoom() * factor,
      renderedPosition: { x: this.cy.width() / 2, y: this.cy.height() / 2 },
    });
  }

  panBy(x: number, y: number): void {
    this.cy.panBy({ x, y });
  }

  positions(): Map<string, Point> {
    return new Map(this.cy.nodes().map((node) => [node.id(), { ...node.position() }]));
  }

  #fitFrame(): void {
    const { clientWidth, clientHeight } = this.#frame;
    const ratio = Math.min(2, devicePixelRatio);
    this.#overlay.width = Math.max(1, Math.round(clientWidth * ratio));
    this.#overlay.height = Math.max(1, Math.round(clientHeight * ratio));
    this.cy.resize();
    this.#paint();
  }

  #listen(): void {
    const { cy } = this;
    cy.on('render', () => this.#paint());
    cy.on('tap', (event) => this.#events.onPick(hitOf(event), isAdding(event)));
    cy.on('dbltap', (event) => {
      const hit = hitOf(event);
      if (hit) this.#events.onOpen(hit);
    });
    cy.on('cxttap', (event) => this.#events.onMenu(hitOf(event), event.originalEvent.clientX, event.originalEvent.clientY));
    cy.on('mouseover', 'node, edge', (event) => this.#hover(hitOf(event)));
    cy.on('mouseout', 'node, edge', () => this.#hover(null));
    cy.on('dragfree', 'node', (event) => this.#events.onMoved(new Map([[event.target.id(), { ...event.target.position() }]])));
    let boxed: string[] = [];
    cy.on('boxselect', 'node', (event) => boxed.push(event.target.id()));
    cy.on('boxend', () => {
      queueMicrotask(() => {
        if (boxed.length > 0) this.#events.onPickMany(boxed);
        boxed = [];
        cy.elements(':selected').unselect();
      });
    });
    cy.on('select', (event) => event.target.unselect());
  }

  #hover(hit: Hit | null): void {
    const id = hit?.id ?? '';
    if (id === this.#hovered) return;
    this.#hovered = id;
    this.#frame.classList.toggle('is-over-element', id !== '');
    this.#mark();
    this.#events.onHover(hit);
  }

  /** Sets the classes that follow hover, selection and path mode. Only what changes is touched: a class costs a new style. */
  #mark(): void {
    const active = new Set(this.#drawn.size > MANY_ELEMENTS ? this.#chosen : [...this.#chosen, this.#hovered]);
    const isActive = (line: SceneLine) => active.has(line.id) || line.edges.some((edge) => active.has(edge.id));
    const fanned =
      active.size > 1 || !active.has('')
        ? this.#scene.lines.filter((line) => line.edges.length > 1 && isActive(line)).map((line) => line.id)
        : [];
    this.cy.batch(() => {
      this.#fan(new Set(fanned));
      const wanted = this.#wantedMarks();
      for (const [id, marks] of this.#marks) if (!wanted.has(id)) this.cy.getElementById(id).removeClass(marks);
      for (const [id, marks] of wanted) {
        const before = this.#marks.get(id) ?? '';
        if (before === marks) continue;
        const element = this.cy.getElementById(id);
        if (before !== '') element.removeClass(before);
        element.addClass(marks);
      }
      this.#marks = wanted;
    });
    this.#askPaint();
  }

  /** Takes fans and classes back, so that what is drawn is the scene again. */
  #clearMarks(): void {
    this.cy.batch(() => {
      this.#fan(new Set());
      for (const [id, marks] of this.#marks) this.cy.getElementById(id).removeClass(marks);
    });
    this.#marks = new Map();
  }

  #wantedMarks(): Map<string, string> {
    const marks = new Map<string, string>();
    const add = (id: string, mark: string) => marks.set(id, marks.has(id) ? `${marks.get(id)} ${mark}` : mark);
    // In a crowd every class would draw everything anew at each move of the pointer; there the overlay alone shows the name.
    if (this.#hovered !== '' && this.#drawn.size <= MANY_ELEMENTS) {
      add(this.#hovered, 'hovered');
      const hovered = this.cy.getElementById(this.#hovered);
      if (hovered.nonempty() && hovered.isNode()) for (const near of hovered.neighborhood().toArray()) add(near.id(), 'near');
    }
    for (const id of this.#chosen) add(id, 'chosen');
    // A line of one edge stands for it: no fan is drawn that could carry the mark.
    for (const line of this.#scene.lines) if (line.edges.length === 1 && this.#chosen.has(line.edges[0].id)) add(line.id, 'chosen');
    if (this.#lit !== null) {
      for (const element of this.cy.elements().toArray()) {
        if (!this.#lit.has(element.id()) && !this.#lit.has(String(element.data('lineId'))))
          add(element.id(), this.#hidesRest ? 'removed' : 'faded');
      }
    }
    return marks;
  }

  #fan(wanted: ReadonlySet<string>): void {
    for (const id of this.#fanned) {
      if (wanted.has(id)) continue;
      this.cy.getElementById(id).removeClass('fanned');
      this.cy
        .edges('.fan')
        .filter((edge) => edge.data('lineId') === id)
        .remove();
    }
    for (const line of this.#scene.lines) {
      if (!wanted.has(line.id) || this.#fanned.has(line.id) || this.cy.getElementById(line.id).empty()) continue;
      this.cy.getElementById(line.id).addClass('fanned');
      this.cy.add(fanElements(line, this.#palette));
    }
    this.#fanned = wanted;
  }

  #askPaint(): void {
    cancelAnimationFrame(this.#paintAsked);
    this.#paintAsked = requestAnimationFrame(() => this.#paint());
  }

  #paint(): void {
    const paint = this.#overlay.getContext('2d');
    if (!paint || this.cy.destroyed()) return;
    const ratio = Math.min(2, devicePixelRatio);
    paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    const state: OverlayState = {
      scene: this.#scene,
      palette: this.#palette,
      labelMode: this.#labelMode,
      hovered: this.#hovered,
      chosen: this.#chosen,
      lit: this.#lit,
      hidesRest: this.#hidesRest,
    };
    paintOverlay(paint, this.cy, state, this.#frame.clientWidth, this.#frame.clientHeight);
  }
}

function hitOf(event: EventObject): Hit | null {
  const { target, cy } = event;
  if (target === cy) return null;
  if (target.isNode()) return { kind: 'node', id: target.id() };
  return { kind: target.hasClass('fan') ? 'edge' : 'line', id: target.id() };
}

function isAdding(event: EventObject): boolean {
  const { originalEvent } = event;
  return originalEvent !== undefined && (originalEvent.shiftKey || originalEvent.ctrlKey || originalEvent.metaKey);
}

function isSameElement(one: ElementDefinition, other: ElementDefinition | undefined): boolean {
  if (other === undefined || String(one.classes) !== String(other.classes)) return false;
  return Object.entries(one.data).every(([name, value]) => other.data[name] === value);
}

/** Above this many elements a moving view shows a picture of itself and is drawn anew when it rests. */
const MANY_ELEMENTS = 900;

/** The option is read at every frame, but only the constructor takes it. */
function showPictureWhileMoving(cy: Core, isOn: boolean): void {
  const { renderer } = cy as unknown as { renderer(): { textureOnViewport: boolean } };
  renderer.call(cy).textureOnViewport = isOn;
}

/** Cytoscape writes a style element unless one with this id exists; our content policy refuses it, and our own style sheet says the same. */
function reserveStylesheet(): void {
  if (document.getElementById(STYLE_MARK)) return;
  const mark = document.createElement('meta');
  mark.id = STYLE_MARK;
  document.head.append(mark);
}
