import { describe, expect, it } from 'vitest';
import { examples as asRepRoasting } from './credential-access/as-rep-roasting.examples.ts';
import { examples as bruteForce } from './credential-access/brute-force.examples.ts';
import { examples as dcsync } from './credential-access/dcsync.examples.ts';
import { examples as honeytokenActivity } from './credential-access/honeytoken-activity.examples.ts';
import { examples as kerberoasting } from './credential-access/kerberoasting.examples.ts';
import { examples as passwordSpraying } from './credential-access/password-spraying.examples.ts';
import { examples as logCleared } from './defense-evasion/log-cleared.examples.ts';
import { type Example, eventOfExample, factsOfExample } from './example.ts';
import { examples as passTheHash } from './lateral-movement/pass-the-hash.examples.ts';
import { examples as psexec } from './lateral-movement/psexec.examples.ts';
import { examples as remoteServiceCreation } from './lateral-movement/remote-service-creation.examples.ts';
import { examples as scheduledTaskRemote } from './lateral-movement/scheduled-task-remote.examples.ts';
import { examples as sensitiveGroupChange } from './persistence/sensitive-group-change.examples.ts';
import { detectionRegistry } from './registry.ts';
import { runToEnd } from './run-to-end.ts';

const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  'as-rep-roasting': asRepRoasting,
  'brute-force': bruteForce,
  dcsync,
  'honeytoken-activity': honeytokenActivity,
  kerberoasting,
  'log-cleared': logCleared,
  'pass-the-hash': passTheHash,
  'password-spraying': passwordSpraying,
  psexec,
  'remote-service-creation': remoteServiceCreation,
  'scheduled-task-remote': scheduledTaskRemote,
  'sensitive-group-change': sensitiveGroupChange,
};

describe.each(detectionRegistry.map((detection) => [detection.id, detection] as const))('%s', (id, detection) => {
  it.each((EXAMPLES[id] ?? []).map((example) => [example.fires ? 'fires' : 'is quiet', example.name, example] as const))(
    '%s: %s',
    (_what, _name, example) => {
      const events = example.records.map(eventOfExample).sort((a, b) => a.at - b.at);
      const { alerts, failures } = runToEnd([detection], { events, facts: factsOfExample(example) });
      expect(failures).toEqual([]);
      expect(alerts.length > 0).toBe(example.fires);
      if (example.severity !== undefined) expect(alerts.at(-1)?.severity).toBe(example.severity);
      for (const alert of alerts) {
        expect(alert.id).toMatch(/^[0-9a-f]{32}$/);
        expect(alert.summary).toMatch(/^\S.*\.$/s);
        expect(alert.summary).not.toMatch(/undefined|NaN|unknown\b/);
        expect(alert.evidence.length).toBeGreaterThan(0);
        expect(alert.evidence[0].fields.length).toBeGreaterThan(0);
      }
    },
  );

  it('has at least two firing and three quiet examples', () => {
    const own = EXAMPLES[id] ?? [];
    expect(own.filter((example) => example.fires).length).toBeGreaterThanOrEqual(2);
    expect(own.filter((example) => !example.fires).length).toBeGreaterThanOrEqual(3);
  });
});
