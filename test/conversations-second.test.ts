import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { nameOf, play } from './conversations/play.ts';
import { lastOf, readTranscripts, type Spoken } from './conversations/transcript.ts';
import { openTown } from './town.ts';

it('x', async () => {
  const town = await openTown({ sharesClock: true, settleMs: 20 });
  const out: string[] = [];
  const pairs = new Map<string, boolean>();
  let right = 0;
  const talks = readTranscripts('second/');
  for (const talk of talks) {
    const { decision: d, noted, about } = await play(town, talk);
    const want = talk.expect === 'silence' ? `silence ${talk.because ?? ''}` : `note ${nameOf(talk.turns.find((t) => 'as' in t && t.as === talk.about) as Spoken)}`;
    const got = noted.length ? `note ${about}` : `silence ${d.reason}`;
    const ok = talk.expect === 'note' ? got === want : !noted.length && (!talk.because || d.reason === talk.because);
    const end = talk.expect === 'note' ? noted.length > 0 : !noted.length;
    right += +ok;
    pairs.set(talk.pair, (pairs.get(talk.pair) ?? true) && ok);
    if (!ok) out.push(`${end ? 'reason ' : talk.expect === 'note' ? 'MISSED ' : 'WRONG NOTE '}${talk.file} ${talk.id}: want ${want}; got ${got} (${d.kind ?? ''})  | ${lastOf(talk).text}`);
  }
  writeFileSync('/tmp/second.txt', `${right}/${talks.length} pairs ${[...pairs.values()].filter(Boolean).length}/${pairs.size}\n${out.sort().join('\n')}\n`);
  await town[Symbol.asyncDispose]();
}, 120_000);
