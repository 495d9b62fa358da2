import { z } from 'zod';
import { by, customIds } from '#panels/custom-ids';
import { choose, row } from '#panels/ui';
import { line } from '#words';
import { panelState, section } from '../section.ts';

/** In which language notes are written, and what is shown to everybody. */

const ids = customIds('setup', { language: by('choice', panelState) });

/** Stands for the language that the server has in Discord. */
const asInDiscord = 'auto';

const nameOf = (language: string, locale: string) =>
  new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? language;

export default section({
  id: 'language',
  order: 75,
  page: 'log',
  words: z.strictObject({
    heading: line(80),
    hint: line(300),
    onlyOne: line(300),
    asInDiscord: line(80),
  }),
  ids,
  uses: ['content'],
  view({ asked, state, settings: { language } }, { words, content }) {
    const { languages } = content.kinds;
    if (languages.length === 1) return [`### ${words.heading}\n${words.onlyOne}`];
    const options = [asInDiscord, ...languages].slice(0, 25).map((value) => ({
      label: value === asInDiscord ? words.asInDiscord : nameOf(value, asked.locale),
      value,
      default: value === (language.locale ?? asInDiscord),
    }));
    return [`### ${words.heading}\n${words.hint}`, row(choose(ids.to.language(state), words.heading, options))];
  },
  tells: ({ asked, settings: { language } }, { words }) => [
    {
      name: words.heading,
      value: language.locale === null ? words.asInDiscord : nameOf(language.locale, asked.locale),
    },
  ],
  on: {
    language(choice, state, { change, content }) {
      const [chosen = asInDiscord] = choice.values;
      // What the list does not offer is no choice.
      if (chosen !== asInDiscord && !content.kinds.languages.includes(chosen)) return change(choice, state, () => ({}));
      return change(choice, state, () => ({ language: { locale: chosen === asInDiscord ? null : chosen } }));
    },
  },
});
