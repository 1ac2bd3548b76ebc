import type { CompiledTest, EventTest, Probe } from './sigma-event.ts';

/** More alternatives than these let so much through that asking them first is not worth it. */
const PROBES_ALLOWED = 10_000;

/** Passes where all do. Of what they must hold, the part that fewest events have is kept. */
export function allOf(parts: readonly CompiledTest[]): CompiledTest {
  if (parts.length === 1) return parts[0];
  const tests = parts.map((part) => part.test);
  let probes: readonly Probe[] | null = null;
  for (const part of parts)
    if (part.probes !== null && (probes === null || commonness(part.probes) < commonness(probes))) probes = part.probes;
  return { test: everyTest(tests), probes };
}

/** Passes where one does: it must hold what one of them must hold. */
export function anyOf(parts: readonly CompiledTest[]): CompiledTest {
  if (parts.length === 1) return parts[0];
  const tests = parts.map((part) => part.test);
  return { test: someTest(tests), probes: joined(parts) };
}

/** Passes where the other does not; nothing is known of what it must hold. */
export function noneOf(part: CompiledTest): CompiledTest {
  return { test: (event) => !part.test(event), probes: null };
}

function joined(parts: readonly CompiledTest[]): readonly Probe[] | null {
  const probes: Probe[] = [];
  for (const part of parts) {
    if (part.probes === null) return null;
    probes.push(...part.probes);
  }
  return probes.length > PROBES_ALLOWED ? null : probes;
}

/** A guess at how many events satisfy one of them: short texts and long lists more. */
function commonness(probes: readonly Probe[]): number {
  return probes.reduce((sum, { how, text }) => sum + (how === 'equals' ? 0.7 : 1) / text.length ** 2, 0);
}

function everyTest(tests: readonly EventTest[]): EventTest {
  return (event) => {
    for (const test of tests) if (!test(event)) return false;
    return true;
  };
}

function someTest(tests: readonly EventTest[]): EventTest {
  return (event) => {
    for (const test of tests) if (test(event)) return true;
    return false;
  };
}
