import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';

/** The `.env` file: read however an editor wrote it, and missed aloud when it is where nobody looks for it. */
export type EnvFile = {
  /** The folder of the project, where it is looked for. */
  folder: string;
  values: Readonly<Record<string, string>>;
  /** Where it may be instead: a file that looks like one and holds a token, or a `.env` that holds none. */
  lookalike?: string;
};

/**
 * @param folder the folder of the project
 * @param cwd where Attune was started
 * @throws the system's error when the file is there and may not be read
 */
export function readEnvFile(folder: string, cwd = process.cwd()): EnvFile {
  const path = join(folder, '.env');
  const values = readValues(path);
  const file = { folder, values: values ?? {} };
  if (hasToken(values)) return file;
  const others = [...filesLike(folder), join(cwd, '.env')];
  const lookalike = others.find((other) => hasToken(readIfPossible(other))) ?? (values && path);
  return lookalike === undefined ? file : { ...file, lookalike };
}

type Values = Record<string, string> | undefined;
const hasToken = (values: Values) => Boolean(values?.DISCORD_TOKEN?.trim());

/** What editors and file managers make of ".env": ".env.txt", "env", ".ENV", "bot.env", and the example, filled in. */
const filesLike = (folder: string) =>
  readdirSync(folder)
    .filter((name) => /^\.?env(\.|$)|\.env$/i.test(name))
    .sort()
    .map((name) => join(folder, name));

/** `undefined` when there is no such file. */
function readValues(path: string): Values {
  try {
    return parse(decoded(readFileSync(path)));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(code)) return undefined;
    throw error;
  }
}

function readIfPossible(path: string): Values {
  try {
    return readValues(path);
  } catch {
    return undefined;
  }
}

/** Text in UTF-8 or UTF-16, with or without the mark at its beginning: Windows' editors write all of these. */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  return new TextDecoder(isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8').decode(bytes);
}
