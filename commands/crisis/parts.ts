import type { CrisisWords } from '#content/crisis';
import type { Source } from '#content/source';
import { sourcesLine } from '#panels/sources';

/** What somebody may need to know further, a page each. Pure. */

/** When one is worried about somebody; and when it is about oneself. */
export const partsFor = {
  somebody: [
    ...(['whenYes', 'whenItHasBegun', 'whenNo', 'whenUnsure', 'whenSilent', 'whenYoung', 'whenItIsAFriend'] as const),
    ...(['whenSomebodyHurtsThem', 'whenItIsTooMuchForYou', 'rather', 'questions'] as const),
  ],
  oneself: ['tonight', 'young', 'hurt', 'questions'],
} as const;
export type WhatIf = (typeof partsFor)['somebody' | 'oneself'][number];
export const parts = [...new Set<WhatIf>([...partsFor.somebody, ...partsFor.oneself])] as unknown as readonly [
  WhatIf,
  ...WhatIf[],
];

type Words = { not: (values: { not: string; why: string }) => string } & Parameters<typeof sourcesLine>[0];

export function sentences(part: WhatIf, crisis: CrisisWords, words: Words): string {
  const { somebody, oneself, questions } = crisis;
  const list = (lines: readonly string[]) => lines.map((one) => `- ${one}`).join('\n');
  switch (part) {
    case 'tonight':
      return list(oneself.tonight);
    case 'young':
      return list(oneself.whenYoung);
    case 'hurt':
      return list(oneself.whenSomebodyHurtsYou);
    case 'questions':
      return questions.map(({ ask, answer }) => `**${ask}**\n${answer}`).join('\n');
    case 'rather':
      return `${list(somebody.rather.map(words.not))}\n${sourcesLine(words, crisis.sources as readonly Source[])}`;
    default:
      // What one can write, a line each.
      return somebody[part].map((one) => `> ${one}`).join('\n\n');
  }
}
