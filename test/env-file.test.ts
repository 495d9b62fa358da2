import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig, settingsIn } from '#config';
import { readEnvFile } from '#env-file';

describe('the .env file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'attune-env-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
  /** The settings with this folder's files, started in `cwd`. */
  const read = (env: Record<string, string> = {}, cwd = folder) => readConfig(env, readEnvFile(folder, cwd));

  const text = 'DISCORD_TOKEN=abc.def\r\n# a comment: ü\r\nLOG_LEVEL=debug\r\n';
  const utf16be = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();

  it.each([
    ['as it comes', Buffer.from(text)],
    ['with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['in UTF-16, as Notepad writes it', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['in UTF-16, the other way round', utf16be],
    ['in UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['in UTF-16 without a mark, the other way round', utf16be.subarray(2)],
  ])('is read %s', (_, content) => {
    write('.env', content);
    expect(read()).toMatchObject({ token: 'abc.def', logLevel: 'debug', hint: undefined });
  });

  it('stands back behind the environment, also where that is empty', () => {
    write('.env', text);
    expect(read({ LOG_LEVEL: 'warn' })).toMatchObject({ token: 'abc.def', logLevel: 'warn' });
    expect(read({ DISCORD_TOKEN: '' })).toMatchObject({ token: undefined });
  });

  it('need not be there, and a folder of that name is none', () => {
    expect(read()).toEqual(readConfig({}));
    mkdirSync(join(folder, '.env'));
    expect(read()).toEqual(readConfig({}));
  });

  it.skipIf(process.getuid?.() === 0)('stops the start when it may not be read', () => {
    write('.env', text);
    chmodSync(join(folder, '.env'), 0);
    expect(() => settingsIn(folder)).toThrow(/\.env cannot be read \(EACCES\)/);
  });

  describe('when there is no token', () => {
    it.each(['.env.txt', 'env', 'env.txt', '.env.example', '.env.local', 'bot.env'])(
      'one that looks like it is named: %s',
      (name) => {
        write(name, Buffer.from(`\uFEFF${text}`, 'utf16le'));
        expect(read().hint).toEqual({ found: join(folder, name), wanted: join(folder, '.env') });
      },
    );

    it('a .env is named that has none', () => {
      write('.env', 'DISCORD_TOKEN=\n');
      const wanted = join(folder, '.env');
      expect(read()).toMatchObject({ token: undefined, hint: { found: wanted, wanted } });
      write('.env.txt', text);
      expect(read().hint).toEqual({ found: join(folder, '.env.txt'), wanted });
    });

    it('a .env is named that lies where it was started, and not where it is looked for', () => {
      const elsewhere = join(folder, 'elsewhere');
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, '.env'), text);
      expect(read({}, elsewhere)).toMatchObject({
        token: undefined,
        hint: { found: join(elsewhere, '.env'), wanted: join(folder, '.env') },
      });
    });

    it('nothing is named that only resembles it', () => {
      write('.env.example', readFileSync('.env.example', 'utf8'));
      write('.env.txt', 'my notes');
      write('environment.yaml', text);
      write('.envrc', 'export PATH=x');
      mkdirSync(join(folder, 'env'));
      mkdirSync(join(folder, '.env'));
      expect(read().hint).toBeUndefined();
    });
  });

  it('is not spoken of where there is a token', () => {
    write('.env.txt', text);
    expect(read({ DISCORD_TOKEN: 'abc' }).hint).toBeUndefined();
    write('.env', text);
    expect(read().hint).toBeUndefined();
  });
});
