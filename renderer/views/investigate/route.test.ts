import { expect, it } from 'vitest';
import type { PathHop } from '../../../shared/model/graph.ts';
import { routeOf } from './route.ts';

const hop = (from: string, to: string) => ({ edge: { from, to } }) as PathHop;

it('follows hops along and against their edges', () => {
  expect(routeOf([hop('alice', 'ws1'), hop('ws1', 'fs1'), hop('admin', 'fs1'), hop('admin', 'dc1')], 'alice')).toEqual([
    'alice',
    'ws1',
    'fs1',
    'admin',
    'dc1',
  ]);
});
