import { z } from 'zod';
import { fault } from '#settings/faults';
import { section } from '#settings/section';

/** In which language notes are written, and what is shown to everybody. */
export const language = section(
  'language',
  {
    /** As the folders of data/ are called; null: the language that the server has in Discord. */
    locale: z
      .string()
      .refine((locale) => /^[a-z]{2}(-[A-Z]{2})?$/.test(locale), fault('language'))
      .nullable(),
  },
  { locale: null },
  { locale: 'language' },
);
