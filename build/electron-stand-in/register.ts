import { register } from 'node:module';

/** Loaded before the program (`node --import`): from here on `electron` means the stand-in that lies beside this file. */
const STAND_IN = new URL('./electron.js', import.meta.url).href;

const HOOKS = `export function resolve(specifier, context, next) {
  return specifier === 'electron' ? { url: ${JSON.stringify(STAND_IN)}, shortCircuit: true } : next(specifier, context);
}`;

register(`data:text/javascript,${encodeURIComponent(HOOKS)}`);
