import { layoutByForce } from './force-layout.ts';
import { layoutInLayers } from './layered-layout.ts';
import { answerOf, type LayoutAnswer, type LayoutRequest } from './layout.ts';
import { placeNew } from './place-new.ts';

export function runLayout(request: LayoutRequest): LayoutAnswer {
  if (request.mode === 'layered') return answerOf(layoutInLayers(request));
  if (request.mode === 'place-new') return answerOf(placeNew(request));
  return answerOf(layoutByForce(request));
}
