import { ids, section } from '#settings/section';

/** What tags of forums say of those who use them; a tag that is in no list is read by its name. */
export const tags = section(
  'tags',
  {
    /** Ideas are welcome: no notes. */
    ideas: ids(1000),
    /** Only to be heard: a vague question is no wish for ideas. */
    heard: ids(1000),
    /** Nothing, whatever the name sounds like. */
    nothing: ids(1000),
  },
  { ideas: [], heard: [], nothing: [] },
  { ideas: 'tag', heard: 'tag', nothing: 'tag' },
);

export const tagMeanings = ['ideas', 'heard', 'nothing'] as const satisfies readonly (keyof (typeof tags)['default'])[];
/** What a tag says. */
export type TagMeaning = (typeof tagMeanings)[number];

export const meaningOf = (all: (typeof tags)['default'], tag: string): TagMeaning | undefined =>
  tagMeanings.find((meaning) => all[meaning].includes(tag));
