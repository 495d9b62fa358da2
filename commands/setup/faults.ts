import { z } from 'zod';
import { plainly } from '#panels/ui';
import type { Fault, FaultKind } from '#settings/faults';
import { clip, counted, filled, line } from '#words';

/** What is wrong with a file, a line each: where in it, and what to do. */

const sentence = line(200);
export const faultWords = {
  wrong: filled(400, 'at', 'what'),
  everything: line(40),
  faults: z.strictObject({
    ...{ unknown: sentence, text: sentence, list: sentence, section: sentence },
    ...{ id: sentence, language: sentence, https: sentence, empty: sentence },
    ...{ oneLine: sentence, twice: sentence, danger: sentence, other: sentence },
    choice: filled(300, 'choices'),
    ...{ tooLong: counted(200), tooMany: counted(200) },
  } satisfies Record<FaultKind, z.ZodType>),
};
const schema = z.object(faultWords);
type Words = z.output<typeof schema>;

export const saidOf = (faults: readonly Fault[], words: Words): string[] =>
  faults.map((one) => {
    const at = one.at === '' ? words.everything : plainly(clip(one.at, 120));
    return `- ${words.wrong({ at, what: whatIs(one, words) })}`;
  });

function whatIs({ what, most = 0, choices = [] }: Fault, { faults }: Words): string {
  switch (what) {
    case 'choice':
      return faults.choice({ choices: choices.join(', ') });
    case 'tooLong':
    case 'tooMany':
      return faults[what]({ n: most });
    default:
      return faults[what];
  }
}
