import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { contexts, kinds, moves } from '#detector/reading';

type Run = { lines: Record<string, unknown>[]; errors: string; code: number | null };

/** Runs the door as a child process; `pieces` are written one by one. */
const run = (...pieces: (string | Buffer)[]) => runWith([], ...pieces);
function runWith(args: readonly string[], ...pieces: (string | Buffer)[]): Promise<Run> {
  const child = spawn(process.execPath, ['src/detector/cli.ts', ...args], { stdio: 'pipe' });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  for (const piece of pieces) child.stdin.write(piece);
  child.stdin.end();
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => {
      const lines = out.split('\n').filter(Boolean);
      resolve({ lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>), errors, code });
    });
  });
}
const line = (id: string, reply: string, post = 'my dog died and i cant stop crying') =>
  JSON.stringify({ id, post, reply });

describe('npm run read', () => {
  it('answers every line, in order, with whole maps', async () => {
    const { lines, errors, code } = await run(
      `${line('a', 'at least you had 14 good years!')}\n\n${line('b', 'what was his name?')}\r\n${line('c', 'stay strong', 'i want to die')}`,
    );
    expect(lines.map(({ id, flag, reason }) => [id, flag, reason])).toEqual([
      ['a', true, 'fix'],
      ['b', false, 'no fix'],
      ['c', false, 'danger'],
    ]);
    expect(lines.map(({ kind }) => kind)).toEqual(['silver-lining', undefined, undefined]);
    for (const answer of lines) {
      const { kind: _, ...always } = answer;
      expect(Object.keys(always)).toEqual(['id', 'score', 'fixit', 'kinds', 'attuned', 'post', 'flag', 'reason']);
      expect(Object.keys(answer.kinds as object)).toEqual([...kinds]);
      expect(Object.keys(answer.attuned as object)).toEqual([...moves]);
      expect(Object.keys(answer.post as object)).toEqual([...contexts]);
    }
    expect([errors, code]).toEqual(['', 0]);
  });

  it('says what the bot would do by default, and with all kinds what all of them would bring', async () => {
    const blame = line('a', 'stop whining, you brought this on yourself');
    const fix = line('b', 'at least you had 14 good years!');
    const byDefault = await runWith([], blame, '\n', fix);
    expect(byDefault.lines).toMatchObject([
      { flag: false, kind: 'criticising', reason: 'kind not in use' },
      { flag: true, kind: 'silver-lining' },
    ]);
    expect((await runWith(['--kinds', 'default'], blame, '\n', fix)).lines).toEqual(byDefault.lines);
    const all = await runWith(['--kinds', 'all'], blame, '\n', fix);
    expect(all.lines).toMatchObject([{ flag: true, kind: 'criticising' }, { flag: true }]);
  });

  it('is silent where the reply itself voices danger, as the bot is', async () => {
    const fix = 'you should get a new dog';
    const { lines } = await run(
      `${line('a', `i want to die too. ${fix}`)}\n${line('b', `> i want to die\n${fix}`)}\n${line('c', fix)}`,
    );
    expect(lines.map(({ id, flag, reason }) => [id, flag, reason])).toEqual([
      ['a', false, 'danger'],
      ['b', false, 'danger'],
      ['c', true, 'fix'],
    ]);
  });

  it.each([[['--kinds', 'some']], [['--kind', 'all']], [['all']]])('shows how it is used for %j', async (args) => {
    const { lines, errors, code } = await runWith(args, line('a', 'hi'));
    expect([lines, code]).toEqual([[], 2]);
    expect(errors).toMatch(/^usage: npm run --silent read \[-- --kinds all\|default\]/);
  });

  it('names a bad line by its number, without its text, and reads the rest', async () => {
    const { lines, errors, code } = await run(
      `${line('a', 'hi')}\nsecret words\n{"id":"b","post":"x"}\n[]\nnull\n{"id":{},"post":"","reply":""}\n${line('c', 'hi')}\n`,
    );
    expect(lines.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(
      errors
        .split('\n')
        .filter(Boolean)
        .map((error) => error.slice(0, 7)),
    ).toEqual(['line 2:', 'line 3:', 'line 4:', 'line 5:', 'line 6:']);
    expect(errors).toContain('line 2: not JSON');
    expect(errors).toMatch(/line 3: reply: /);
    expect(errors).not.toContain('secret');
    expect(code).toBe(1);
  });

  it('joins what arrives in pieces, also within a character', async () => {
    const bytes = Buffer.from(`${line('ü', 'du 🫂 you should go')}\n`);
    const { lines, code } = await run(...[...bytes].map((byte) => Buffer.from([byte])));
    expect(lines.map(({ id }) => id)).toEqual(['ü']);
    expect(code).toBe(0);
  });

  it('nothing in, nothing out', async () => expect(await run('')).toEqual({ lines: [], errors: '', code: 0 }));

  it('ends quietly when its reader goes', async () => {
    const child = spawn(process.execPath, ['src/detector/cli.ts'], { stdio: 'pipe' });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += String(text);
    });
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', () => child.stdout.destroy());
    child.stdin.write(`${line('a', 'hi')}\n`.repeat(5_000));
    child.stdin.end();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, errors]).toEqual([0, '']);
  });
});
