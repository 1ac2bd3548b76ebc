// What may import what. Every rule says what to do instead; there is no list of tolerated violations. `boundaries.test.ts` breaks each rule once.

/** The stages of the pipeline; those that compose them are sync, operations, engine, cli and the program's entries. */
const STAGES = [
  'blind-spots',
  'sources',
  'store',
  'detections',
  'correlation',
  'posture',
  'graph',
  'exports',
  'identities',
  'sigma',
  'tuning',
];
const TEST = '\\.(test|examples)\\.tsx?$';
const BUILT_IN_OR_PACKAGE = '^node:|(^|/)node_modules/';

/** @param {string} stage */
const stageRule = (stage) => ({
  name: `stage-${stage}-stands-alone`,
  severity: 'error',
  comment:
    'A stage takes values and gives values; pass them from sync, operations or engine, or move a shared type to shared/model and a domain-free function to main/lib.',
  from: { path: `^main/${stage}/`, pathNot: TEST },
  to: { path: `^main/(${STAGES.filter((other) => other !== stage).join('|')}|sync|operations|engine|cli|shell|demo)/` },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Move what both files need into a third one that both import.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'imports-resolve',
      severity: 'error',
      comment: 'Correct the path (with its extension), or add the package to package.json.',
      from: {},
      // Virtual types of the bundler.
      to: { couldNotResolve: true, pathNot: '^vite/client$' },
    },
    {
      name: 'packages-are-declared',
      severity: 'error',
      comment: 'Name the package in package.json with its exact version; what another package happens to bring may go away.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'shared-stands-alone',
      severity: 'error',
      comment:
        'shared/ runs anywhere: it imports itself and zod/mini only. Move what needs Node to main/lib and what needs a page to renderer/.',
      from: { path: '^shared/', pathNot: TEST },
      to: { pathNot: ['^shared/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'renderer-knows-only-shared',
      severity: 'error',
      comment:
        'The window asks through renderer/data/client.ts; describe the question in shared/contract and answer it in main/operations.',
      from: { path: '^renderer/' },
      to: { path: '^(main|build|e2e)/' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      comment: 'The window has no Node; add an operation to the contract instead.',
      from: { path: '^renderer/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'main-knows-no-window',
      severity: 'error',
      comment: 'main answers questions and knows no view; put what both need into shared/.',
      from: { path: '^main/' },
      to: { path: '^(renderer|e2e)/' },
    },
    {
      name: 'build-is-not-shipped',
      severity: 'error',
      comment:
        'build/ is for development only and in no package; move what the product needs into main/. Tests may import build/corpus.ts.',
      from: { path: '^(main|shared|renderer)/', pathNot: TEST },
      to: { path: '^build/' },
    },
    {
      name: 'electron-only-in-shell',
      severity: 'error',
      comment:
        'Electron is spoken to in main/index.ts, main/preload.ts and main/shell/ alone; pass what you need as a value or a function.',
      from: { path: '^(shared|main|renderer)/', pathNot: '^main/(index\\.ts|preload\\.ts|shell/)' },
      to: { path: '(^|/)node_modules/electron/' },
    },
    {
      name: 'shell-knows-only-the-contract',
      severity: 'error',
      comment:
        'The shell opens the window and guards its door; the work belongs to the engine, which it asks through functions it is given.',
      from: { path: '^main/shell/' },
      to: { path: '^main/', pathNot: '^main/(shell|lib)/' },
    },
    {
      name: 'sql-only-in-store',
      severity: 'error',
      comment: 'Only main/store speaks SQL; add a function there that takes and gives rows.',
      from: { path: '^(shared|main|renderer)/', pathNot: '^main/store/' },
      to: { path: '(^|/)node_modules/(@types/)?sql\\.js/' },
    },
    ...STAGES.map(stageRule),
    {
      name: 'events-know-no-stage',
      severity: 'error',
      comment: 'main/events holds the values that the stages hand on; a stage imports it, never the other way round.',
      from: { path: '^main/events/', pathNot: TEST },
      to: { path: '^main/', pathNot: '^main/(events|lib)/' },
    },
    {
      name: 'lib-is-domain-free',
      severity: 'error',
      comment: 'main/lib knows nothing of the pipeline; move what does to the stage that owns it.',
      from: { path: '^main/lib/', pathNot: TEST },
      to: { path: '^main/', pathNot: '^main/lib/' },
    },
    {
      name: 'no-sibling-detections',
      severity: 'error',
      comment: 'Detections stand alone; move what two of them need beside detection.ts.',
      from: { path: '^main/detections/([^/]+)/([^/.]+)\\.' },
      to: { path: '^main/detections/[^/]+/', pathNot: '^main/detections/$1/$2\\.' },
    },
    {
      name: 'no-sibling-sources',
      severity: 'error',
      comment: 'Sources stand alone; move what two of them need beside source.ts, or to main/lib when it is domain-free.',
      from: { path: '^main/sources/([^/]+)/' },
      to: { path: '^main/sources/[^/]+/', pathNot: '^main/sources/$1/' },
    },
    {
      name: 'no-sibling-edges',
      severity: 'error',
      comment: 'Edges stand alone; move what two of them need beside edge.ts.',
      from: { path: '^main/graph/edges/([^/.]+)\\.' },
      to: { path: '^main/graph/edges/', pathNot: '^main/graph/edges/$1\\.' },
    },
    {
      name: 'no-sibling-assessments',
      severity: 'error',
      comment: 'Assessments stand alone; move what two of them need beside assessment.ts.',
      from: { path: '^main/posture/([^/]+)/([^/.]+)\\.' },
      to: { path: '^main/posture/[^/]+/', pathNot: '^main/posture/$1/$2\\.' },
    },
    {
      name: 'no-sibling-views',
      severity: 'error',
      comment: 'Views stand alone; link by address, move parts without data to renderer/ui and questions to renderer/data.',
      from: { path: '^renderer/views/([^/]+)/' },
      to: { path: '^renderer/views/[^/]+/', pathNot: '^renderer/views/$1/' },
    },
    {
      name: 'only-the-registry-gathers-detections',
      severity: 'error',
      comment: 'Take detections from detections/registry.ts, so that one list is the whole list.',
      from: { path: '^(main|build|e2e)/', pathNot: ['^main/detections/(registry\\.ts|[^/]+/)', TEST] },
      to: { path: '^main/detections/[^/]+/' },
    },
    {
      name: 'only-the-registry-gathers-sources',
      severity: 'error',
      comment: 'Take sources from sources/registry.ts, so that one list is the whole list.',
      from: { path: '^main/', pathNot: ['^main/sources/(registry\\.ts|[^/]+/)', TEST] },
      to: { path: '^main/sources/[^/]+/' },
    },
    {
      name: 'only-the-registry-gathers-views',
      severity: 'error',
      comment: 'Take views from views/registry.ts, so that one list is the whole list.',
      from: { path: '^renderer/', pathNot: ['^renderer/views/(registry\\.ts|[^/]+/)', TEST] },
      to: { path: '^renderer/views/[^/]+/' },
    },
    {
      name: 'ui-knows-no-data',
      severity: 'error',
      comment: 'Parts in renderer/ui get what they show as properties; ask in the view that uses them.',
      from: { path: '^renderer/ui/' },
      to: { path: '^(renderer/(data|views|app)/|.*node_modules/@tanstack/react-query/)' },
    },
    {
      name: 'data-knows-no-view',
      severity: 'error',
      comment: 'renderer/data asks and caches; what shows the answer lives in views/ or ui/.',
      from: { path: '^renderer/data/' },
      to: { path: '^renderer/(views|app|ui)/' },
    },
    {
      name: 'product-needs-no-development-package',
      severity: 'error',
      comment: 'What stays outside the bundles must be a dependency; what is bundled into the window may be a development one.',
      from: { path: '^main/', pathNot: [TEST, '/example-records\\.ts$', '^main/(index\\.ts|preload\\.ts|shell/)'] },
      to: { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/(@types/|zod/)' },
    },
    {
      name: 'nothing-unreachable',
      severity: 'error',
      comment: 'Use the file or remove it.',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '\\.config\\.(ts|mjs|cjs)$', '^build/boundaries\\.cjs$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: BUILT_IN_OR_PACKAGE },
    exclude: { path: '\\.module\\.css$|\\.css$' },
    tsPreCompilationDeps: true,
    detectJSDocImports: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
