/** Runs the code that a README shows, as it stands there. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * What its first TypeScript example prints and exports. `readme`: its address; `change`: what a test must have
 * otherwise, such as a port that is free.
 */
export async function runExample(readme: URL, change: (code: string) => string = (code) => code) {
  const [, code = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(readFileSync(readme, 'utf8')) ?? [];
  const lines: string[] = [];
  const told = globalThis as { exampleSays?: (line: string) => void };
  told.exampleSays = (line) => lines.push(line);
  const file = fileURLToPath(new URL(`test/example-${process.pid}.ts`, readme));
  writeFileSync(file, change(code).replaceAll('console.log', 'globalThis.exampleSays'));
  try {
    const exported = (await import(/* @vite-ignore */ file)) as Record<string, unknown>;
    return { lines, exported };
  } finally {
    rmSync(file);
  }
}
