import { z } from 'zod';
import { line, loadFile } from '#words';
import { families } from './prompts.ts';

/** Attuning to oneself, before an answer and when the feeling is one's own: data/<language>/oneself.yaml. */

const words = z.strictObject({
  /** One step for the listener before they type. */
  slow: z.array(line(160)).min(6).max(30),
  own: z.array(line(160)).min(4).max(30),
  about: z.record(z.enum(families), z.array(line(160)).min(2).max(6)),
  /** Under everything, and where danger was voiced; beside the button that leads to /crisis. */
  small: line(300),
  danger: line(300),
});

export const loadOneself = (data: string) => loadFile(data, 'oneself.yaml', words);
