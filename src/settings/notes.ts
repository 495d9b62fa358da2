import { z } from 'zod';
import { type Kind, kinds } from '#detector/reading';
import { defaultTerms, sensitivities } from '#detector/terms';
import { fault } from '#settings/faults';
import { paces } from '#settings/pace';
import { section } from '#settings/section';

/** All that notes can be about. */
export const noteKinds = kinds;

/** What notes are about, and how often they may come. */
export const notes = section(
  'notes',
  {
    sensitivity: z.enum(sensitivities),
    kinds: z
      .array(z.enum(kinds))
      .min(1)
      .refine((all) => new Set(all).size === all.length, fault('twice'))
      .readonly(),
    /** Members may choose this pace or a gentler one. */
    fastest: z.enum(paces),
  },
  { ...defaultTerms, kinds: [...defaultTerms.kinds] as Kind[], fastest: 'every' },
);
