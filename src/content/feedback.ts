import { z } from 'zod';
import { moves } from '#detector/reading';
import { filled, line, loadFile } from '#words';

/** What is said of a reply to the one who writes it: data/<language>/feedback.yaml. */

const words = z.strictObject({
  headings: z.strictObject({ stayed: line(60), moved: line(60) }),
  /** Why a sentence stays with the person, by what it does. */
  stays: z.record(z.enum(moves), line(160)),
  /** Said where no sentence was found that stays: true, and small. */
  small: z.strictObject({ echo: filled(240, 'words'), asks: line(160), short: line(160), nothing: line(160) }),
  /** Of the words that move away; the rest is in kinds/. */
  moved: filled(440, 'kind', 'does'),
  /** Why nothing is said against a reply. */
  left: z.strictObject({
    fine: line(200),
    unread: line(200),
    asked: line(200),
    permission: line(200),
    listened: line(200),
    smallTalk: line(200),
  }),
  honest: line(200),
  danger: z.strictObject({
    heading: line(80),
    /** In place of a reading. */
    lead: line(240),
    write: line(60),
    ifYes: line(60),
    oneself: line(80),
    /** Beside the button that leads to /crisis; it ends every answer about danger. */
    crisis: line(300),
  }),
  /** Words that everybody uses: to share one says nothing. In small letters, without apostrophes. */
  everyday: z.array(line(20)).min(1),
});
export type FeedbackWords = z.output<typeof words>;

export const loadFeedback = (data: string) => loadFile(data, 'feedback.yaml', words);
