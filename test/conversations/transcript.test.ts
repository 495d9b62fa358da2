import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { judge } from '#detector/judge';
import { openDetector } from '#detector/open';
import { defaultTerms } from '#detector/terms';
import { notYet } from './not-yet.ts';
import { lastOf, parseTranscripts, readTranscripts, textOf } from './transcript.ts';

/** Are the transcripts good ones? What the bot makes of them is asked in test/conversations.test.ts. */

const talks = [...readTranscripts(), ...readTranscripts('second/')];
const notes = talks.filter((talk) => talk.expect === 'note');
const detector = await openDetector();

const grouped = (key: 'id' | 'pair') =>
  Object.values(Object.groupBy(talks, (talk) => talk[key])).map((all) => all ?? []);

describe('the transcripts', () => {
  it('are many, and about as many silences as notes', () => {
    expect(talks.length).toBeGreaterThanOrEqual(80);
    expect(notes.length / talks.length).toBeGreaterThan(0.45);
    expect(notes.length / talks.length).toBeLessThan(0.55);
  });

  it('have names of their own', () => {
    expect(grouped('id').filter((all) => all.length > 1)).toEqual([]);
  });

  it('come in pairs of one file that do not end the same', () => {
    const bad = grouped('pair').filter(
      (all) => new Set(all.map((talk) => talk.expect)).size < 2 || new Set(all.map((talk) => talk.file)).size > 1,
    );
    expect(bad.map((all) => all.map(({ id }) => id))).toEqual([]);
  });

  it('end in words that look like a fix by themselves, so that a silence has another reason', async () => {
    const fine: string[] = [];
    for (const talk of talks) if (!(await detector.screen(lastOf(talk).text))) fine.push(talk.id);
    expect(fine).toEqual([]);
  });

  it('with a note end in words that are a fix when they are read alone under what they answer', async () => {
    const missed: string[] = [];
    for (const talk of notes.filter(({ id }) => !notYet.has(id))) {
      const reading = await detector.read(lastOf(talk).text, textOf(talk, talk.about ?? ''));
      if (!judge(reading, defaultTerms).flag) missed.push(talk.id);
    }
    // These are with what stands around them: a name, a title.
    expect(missed).toEqual(['somebody-elses-forum-post', 'two-at-once-mention']);
  });
});

describe('a transcript that is not one', () => {
  const talk = (change: object, turns: object[] = [{ ana: 'my dog died', as: 'dog' }, { ben: 'stay strong' }]) => ({
    about: 'Trying.',
    conversations: [
      { id: 'one', pair: 'p', why: 'So.', turns, expect: 'note', about: 'dog', ...change },
      { id: 'two', pair: 'p', why: 'So.', turns, expect: 'silence' },
    ],
  });
  it.each([
    ['a turn by nobody', talk({}, [{ zoe: 'hello', as: 'dog' }, { ben: 'stay strong' }]), /a turn is/],
    ['a label that nothing has', talk({ about: 'cat' }), /no turn is called "cat"/],
    [
      'a reference to what comes later',
      talk({}, [{ ana: 'x', to: 'dog' }, { ana: 'y', as: 'dog' }, { ben: 'z' }]),
      /"dog"/,
    ],
    ['a note about nothing', talk({ about: undefined }), /a note needs "about"/],
    ['a last turn by somebody without notes', talk({ notes: ['cleo'] }), /ben has no notes on/],
    ['a reason that is none', talk({ because: 'bad mood' }), /because/],
    [
      'a tag that the post does not have room for',
      talk({ place: { forum: 'x', tags: ['1', '2', '3', '4', '5', '6'] } }),
      /tags/,
    ],
  ])('%s', (_, file, fault) => {
    expect(() => parseTranscripts('trying.yaml', file)).toThrow(fault);
    expect(() => parseTranscripts('trying.yaml', file)).toThrow('trying.yaml');
  });

  it('but the one that README.md shows is one', () => {
    const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
    const [, example = ''] = /```yaml\n(.*?)```/s.exec(readme) ?? [];
    expect(parseTranscripts('README.md', parse(example))).toHaveLength(2);
  });

  it('but this is one', () => {
    expect(parseTranscripts('trying.yaml', talk({}))).toHaveLength(2);
  });
});
