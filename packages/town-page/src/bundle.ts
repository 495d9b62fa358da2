/** Makes the page's script and style in memory, at the start; nothing is written anywhere. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as api from 'discord-api-types/v10';
import { type Plugin, rolldown } from 'rolldown';

const at = (path: string) => fileURLToPath(new URL(`client/${path}`, import.meta.url));

/** In the order in which they rule. */
const styles = [
  ...['theme', 'frame', 'sides', 'talk', 'forum', 'panel', 'tour'].map((name) => `${name}.css`),
  ...['message', 'context', 'text', 'files', 'cover', 'embed', 'layout', 'ephemeral', 'select', 'actions', 'small'].map(
    (name) => `message/${name}.css`,
  ),
  ...['composer', 'offers', 'command', 'menu', 'dialog', 'field', 'edit', 'small'].map((name) => `compose/${name}.css`),
  'narrow.css',
];

export type Bundle = { script: string; style: string };

let made: Promise<Bundle> | undefined;

/** Made once, for every page that this process serves. @throws when the page's code cannot be bundled. */
export function bundlePage(): Promise<Bundle> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<Bundle> {
  const [script, ...sheets] = await Promise.all([bundleScript(), ...styles.map((path) => readFile(at(path), 'utf8'))]);
  return { script, style: sheets.join('\n') };
}

/** The package of Discord's constants cannot be shaken: this hands out the same ones, each on its own. */
const constants: Plugin = {
  name: 'constants',
  resolveId: (id) => (id === 'discord-api-types/v10' ? { id: '\0constants', moduleSideEffects: false } : undefined),
  load: (id) =>
    id === '\0constants'
      ? Object.entries(api)
          .filter(([, value]) => isPlain(value))
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
          .join('\n')
      : undefined,
};

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && Object.values(value ?? {}).every((one) => ['string', 'number'].includes(typeof one));

async function bundleScript(): Promise<string> {
  const build = await rolldown({
    input: at('main.tsx'),
    platform: 'browser',
    plugins: [constants],
    treeshake: true,
    tsconfig: false,
    transform: { jsx: { runtime: 'automatic', importSource: 'preact' }, target: 'es2022' },
    logLevel: 'silent',
  });
  try {
    const { output } = await build.generate({ format: 'esm', codeSplitting: false });
    return output[0].code;
  } finally {
    await build.close();
  }
}
