import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLabelled } from './labelled.ts';
import { readOnFolds } from './readings.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'attune-eval-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['test/eval/run.ts', ...args], { encoding: 'utf8' });
  return { code: status, out: stdout, errors: stderr };
}
function file(name: string, ...rows: unknown[]): string {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'));
  return path;
}

const post = 'my dog died this morning and i cant stop crying';
const fix = { id: 'fix', post, reply: 'at least you had 14 good years!', nudge: 'yes', kinds: ['silver-lining'] };
const fine = { id: 'fine', post, reply: 'what was his name?', nudge: 'no', kinds: [], attuned: ['asks-openly'] };
/** Labelled against all sense, so that there are errors. */
const noted = { ...fix, id: 'noted', nudge: 'no', postFlags: [] };
const missed = { ...fine, id: 'missed', nudge: 'yes', kinds: ['changing-subject'] };
const danger = { id: 'danger', post: 'i want to die', reply: 'stay strong', nudge: 'yes', postFlags: ['crisis'] };
const unsure = { ...fine, id: 'unsure', nudge: 'unsure' };
const alone = { id: 'alone', post: 'what should i do about my landlord?', postFlags: ['asks-advice'] };

describe('npm run eval -- FILE', () => {
  it('prints what was right, and each error with its evidence', () => {
    const { code, out, errors } = run(file('all.jsonl', fix, fine, noted, missed, danger, unsure, alone));
    expect([errors, code]).toEqual(['', 0]);
    expect(out).toContain('6 replies: 4 judged for sure (2 fixes); 1 unsure and 1 under danger are left out.');
    expect(out).toMatch(/balanced \(0\.\d+\) +right in +50\.0% of its notes \(1 of 2\), finds +50\.0% of the fixes/);
    expect(out).toContain('under danger 0 of 1');
    expect(out).toContain('Noted, and was fine: 1\n- noted\n');
    expect(out).toMatch(
      /Missed: 1\n- missed\n {2}post: .*\n {2}reply: what was his name\?\n {2}label: yes, changing-sub/,
    );
    expect(out).toMatch(/read: {2}score 0\.\d\d, fix, silver-lining: "at least you had 14 good years/);
  });

  it('shows no more errors than asked for', () => {
    const path = file('errors.jsonl', noted, missed);
    const { out } = run(path, '--errors', '0');
    expect(out).toContain('Missed: 1\n');
    expect(out).not.toContain('what was his name');
  });

  it('notes only kinds in use, where these are asked for', () => {
    const blame = {
      post,
      reply: "you're so dramatic, grow up. this is your own fault",
      nudge: 'yes',
      kinds: ['criticising'],
    };
    const path = file('kinds.jsonl', blame, fine);
    expect(run(path, '--sensitivity', 'keen').out).toMatch(/keen .* finds +100\.0% of the fixes/);
    expect(run(path, '--kinds', 'default').out).toMatch(/keen .* finds +0\.0% of the fixes/);
  });

  it('says what others make of the same replies', () => {
    const { out } = run(file('beside.jsonl', fix, fine), '--beside');
    expect(out).toMatch(
      /Beside others\n {2}Attune +AUC 1\.00 .*\n {2}Attune, signs alone .*\n {2}list of phrases +AUC 1\.00/,
    );
    expect(out).toMatch(/\n {2}sentiment \(wink-nlp\) .*\n {2}alex +AUC 0\.00 .*notes 100\.0% of what is fine/);
  });

  it('gives numbers without any text, for plots', () => {
    const { out } = run(file('json.jsonl', fix, fine, danger, alone), '--json');
    const report = JSON.parse(out);
    expect(report).toMatchObject({ replies: 3, judgement: { rows: 2, auc: 1 }, errors: { sensitivity: 'balanced' } });
    expect(report.post.find(({ name }: { name: string }) => name === 'asks-advice')).toMatchObject({ rows: 1, auc: 1 });
    expect(out).not.toMatch(/dog|landlord|die/);
  });

  it('says which line is wrong, and does not repeat it', () => {
    const path = file('broken.jsonl', fix, 'secret words', { ...fine, nudge: 'maybe' }, { ...fine, kinds: ['secret'] });
    const { code, out, errors } = run(path);
    expect([code, out]).toEqual([1, '']);
    expect(errors).toMatch(/^line 2: the line: is not JSON\nline 3: nudge: .*\nline 4: kinds\.0: .*\n$/);
    expect(errors).not.toContain('secret');
  });

  it.each([[['a', 'b']], [['--errors', 'few']], [['--prior', '1']], [['--sensitivity', 'wild']], [['--what']]])(
    'shows how it is used for %j',
    (args) =>
      expect(run(...args)).toMatchObject({ code: 2, out: '', errors: expect.stringMatching(/^usage: npm run eval/) }),
  );

  it('says that a file cannot be read', () =>
    expect(run(join(folder, 'none'))).toMatchObject({
      code: 1,
      errors: expect.stringContaining('none cannot be read'),
    }));
});

describe('npm run eval, with no file', () => {
  it('measures on folds of the corpus, at the share of fixes of real life', () => {
    const { code, out, errors } = run('--json', '--hands', 'e');
    expect([errors, code]).toEqual(['', 0]);
    const { replies, sure, judgement, hands } = JSON.parse(out);
    expect(replies).toBeGreaterThan(1_000);
    expect(sure.prior).toBe(0.2);
    expect(judgement.auc).toBeGreaterThan(0.85);
    expect(hands).toMatchObject([{ name: 'e' }]);
  });

  it('says that nobody of that name wrote any of it', () =>
    expect(run('--hands', 'nobody')).toMatchObject({
      code: 1,
      out: '',
      errors: expect.stringContaining('no hands nobody'),
    }));
});

describe('folds', () => {
  it('name a line of the corpus that no network has read, and what to do', () =>
    expect(readOnFolds([{ id: 'x1 x1-1', post: 'a', reply: 'b' }])).rejects.toThrow(/no line for x1 x1-1: train/));
});

describe('labelled lines', () => {
  it.each([
    ['nothing', '\n\n', /no line/],
    ['a list', '[]', /^line 1: /],
    ['null', 'null', /^line 1: /],
    ['a reply without a judgement', '{"post":"a","reply":"b"}', /^line 1: nudge/],
    ['a flag nobody knows', '{"post":"a","postFlags":["happy"]}', /^line 1: postFlags.0/],
  ])('cannot be %s', (_, text, message) => expect(() => readLabelled(text)).toThrow(message));

  it('take what an editor may leave: a mark at the beginning, other ends of lines, numbers as ids', () => {
    const rows = readLabelled(
      '\uFEFF{"post":"a","reply":"b","nudge":"no","id":7}\r\n\r\n{"post":"c","strategy":"Other"}\r\n',
    );
    expect(rows.map(({ id, reply }) => [id, reply])).toEqual([
      ['7', 'b'],
      ['3', ''],
    ]);
  });

  it('names no more than ten lines', () => {
    const message = /line 10: .*\nand 2 more lines$/;
    expect(() => readLabelled('x\n'.repeat(12))).toThrow(message);
  });
});
