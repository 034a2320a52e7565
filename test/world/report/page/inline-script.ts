import { readFileSync } from 'node:fs';
import path from 'node:path';
import { transformSync } from '@swc/core';

const FOLDER = path.resolve('test', 'world', 'report');

/** What runs in the page, each file before those that import it; the last one starts it all. */
const FILES = [
  'page/html.ts',
  'timeline/axis.ts',
  'timeline/frame.ts',
  'timeline/draw-ground.ts',
  'timeline/draw-spans.ts',
  'timeline/draw-arrows.ts',
  'timeline/draw-marks.ts',
  'timeline/draw-timeline.ts',
  'page/timeline-view.ts',
  'page/item-at.ts',
  'page/timeline-page.ts',
];

let script: string | null = null;

/** The page's own script: each file without its types, as a function that is called with what it imports. */
export function inlineScript(): string {
  script ??= [
    "'use strict';",
    'const modules = {};',
    "const require = (path) => modules[path.slice(path.lastIndexOf('/') + 1)];",
    ...FILES.map((file) => {
      const name = path.basename(file, '.ts');
      return `(function (exports) {\n${withoutTypes(file)}\n})((modules['${name}'] = {}));`;
    }),
  ]
    .join('\n')
    /* The only text that could end the element before its time. */
    .replaceAll('</script', '<\\/script');
  return script;
}

const withoutTypes = (file: string): string =>
  transformSync(readFileSync(path.join(FOLDER, file), 'utf8'), {
    configFile: false,
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs', noInterop: true },
  }).code;
