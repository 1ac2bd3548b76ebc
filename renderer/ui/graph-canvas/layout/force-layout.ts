import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force';
import type { Point } from '../scene.ts';
import { hashText, type LayoutRequest, seededRandom, sortById, sortEdges } from './layout.ts';

type Body = SimulationNodeDatum & { id: string; reach: number; degree: number };

const SPREAD = 420;

/** Overview layout: springs and charges, seeded and stopped after a fixed number of steps, so it is the same on every machine. */
export function layoutByForce(request: LayoutRequest): Map<string, Point> {
  const fixed = new Map(request.fixed.map(([id, x, y]) => [id, { x, y }]));
  const bodies: Body[] = sortById(request.nodes).map((node) => {
    const held = fixed.get(node.id);
    const angle = (hashText(node.id) / 4_294_967_296) * 2 * Math.PI;
    const distance = SPREAD * Math.sqrt(hashText(`${node.id}#`) / 4_294_967_296);
    const start = held ?? {
      x: Math.cos(angle) * distance,
      y: Math.sin(angle) * distance,
    };
    return {
      id: node.id,
      reach: Math.max(node.radius + 10, Math.min(node.labelWidth / 2, 46)),
      degree: 0,
      ...start,
      ...(held ? { fx: held.x, fy: held.y } : {}),
    };
  });
  const bodyOf = new Map(bodies.map((body) => [body.id, body]));
  const links = sortEdges(request.edges)
    .filter((edge) => edge.from !== edge.to && bodyOf.has(edge.from) && bodyOf.has(edge.to))
    .map((edge) => ({
      source: bodyOf.get(edge.from)!,
      target: bodyOf.get(edge.to)!,
      weight: edge.weight,
    }));
  for (const { source, target } of links) {
    source.degree++;
    target.degree++;
  }
  const simulation = forceSimulation(bodies)
    .randomSource(seededRandom(20_261_123))
    .force('link', forceLink<Body, (typeof links)[number]>(links).distance(linkDistance).strength(linkStrength).iterations(2))
    .force(
      'charge',
      forceManyBody<Body>()
        .strength((body) => -190 - 26 * Math.min(body.degree, 24))
        .distanceMax(900),
    )
    .force(
      'collide',
      forceCollide<Body>((body) => body.reach)
        .strength(0.9)
        .iterations(2),
    )
    // The canvas is wider than high, so the pull to the middle is stronger from above and below.
    .force('x', forceX<Body>(0).strength(0.035))
    .force('y', forceY<Body>(0).strength(0.075))
    .stop();
  const steps = bodies.length > 1_000 ? 180 : 320;
  for (let step = 0; step < steps; step++) simulation.tick();
  return new Map(bodies.map((body) => [body.id, { x: body.x!, y: body.y! }]));
}

function linkDistance({ source, target }: { source: Body; target: Body }): number {
  return 62 + source.reach + target.reach + 5 * Math.sqrt(Math.min(source.degree, target.degree));
}

function linkStrength({ source, target }: { source: Body; target: Body }): number {
  return 1 / Math.max(1, Math.min(source.degree, target.degree));
}
