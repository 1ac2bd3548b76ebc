import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force';
import type { Point } from '../scene.ts';
import { hashText, type LayoutRequest, seededRandom, sortById, sortEdges } from './layout.ts';
import { packIslands } from './pack-islands.ts';

type Body = SimulationNodeDatum & { readonly id: string; readonly reach: number; degree: number };

const SPREAD = 420;
const SEED = 20_261_123;

/** Overview layout: springs and charges, seeded and stopped after a fixed number of steps, so it is the same on every machine. */
export function layoutByForce(request: LayoutRequest): Map<string, Point> {
  const fixed = new Map(request.fixed.map(([id, x, y]) => [id, { x, y }]));
  const bodies = sortById(request.nodes).map((node): Body => {
    const held = fixed.get(node.id);
    const reach = Math.max(node.radius + 12, Math.min(node.labelWidth / 2, 50));
    return { id: node.id, reach, degree: 0, ...(held ?? startOf(node.id)), ...(held ? { fx: held.x, fy: held.y } : {}) };
  });
  const bodyOf = new Map(bodies.map((body) => [body.id, body]));
  const links = sortEdges(request.edges)
    .filter((edge) => edge.from !== edge.to && bodyOf.has(edge.from) && bodyOf.has(edge.to))
    .map((edge) => ({ source: bodyOf.get(edge.from)!, target: bodyOf.get(edge.to)! }));
  for (const { source, target } of links) {
    source.degree++;
    target.degree++;
  }
  simulate(bodies, links);
  const positions = new Map(bodies.map((body) => [body.id, { x: body.x!, y: body.y! }]));
  return packIslands(positions, request.edges, new Set(fixed.keys()));
}

function startOf(id: string): Point {
  const angle = (hashText(id) / 4_294_967_296) * 2 * Math.PI;
  const distance = SPREAD * Math.sqrt(hashText(`${id}#`) / 4_294_967_296);
  return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance };
}

function simulate(bodies: Body[], links: { source: Body; target: Body }[]): void {
  const simulation = forceSimulation(bodies)
    .randomSource(seededRandom(SEED))
    .force('link', forceLink<Body, (typeof links)[number]>(links).distance(linkDistance).strength(linkStrength).iterations(2))
    .force(
      'charge',
      forceManyBody<Body>()
        .strength((body) => -380 - 40 * Math.min(body.degree, 24))
        .distanceMax(1_400),
    )
    .force(
      'collide',
      forceCollide<Body>((body) => body.reach)
        .strength(0.9)
        .iterations(2),
    )
    // The canvas is wider than high, so the pull to the middle is stronger from above and below.
    .force('x', forceX<Body>(0).strength(0.03))
    .force('y', forceY<Body>(0).strength(0.11))
    .stop();
  const steps = bodies.length > 1_000 ? 180 : 320;
  for (let step = 0; step < steps; step++) simulation.tick();
}

function linkDistance({ source, target }: { source: Body; target: Body }): number {
  return 70 + source.reach + target.reach + 8 * Math.sqrt(Math.min(source.degree, target.degree));
}

function linkStrength({ source, target }: { source: Body; target: Body }): number {
  return 0.9 / Math.max(1, Math.min(source.degree, target.degree));
}
