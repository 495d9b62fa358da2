import { hasPart } from '#panels/sent';
import { type Part, text } from '#panels/ui';
import type { Press } from './section.ts';

/** What somebody typed into a form, kept in the panel itself and nowhere else until it is mended. */

/** Beyond the ids that Discord gives to the parts of a message, forty at most. */
const firstId = 51;

const fence = '```';

/** The fields with their labels, in their order. */
export const keptParts = (fields: readonly { label: string; typed: string }[]): Part[] =>
  fields.map(({ label, typed }, at) => {
    // A fence in what was typed would end it.
    const shown = typed.replaceAll('`', '`\u200b');
    return text(`${label}\n${fence}\n${shown}\n${fence}`, firstId + at);
  });

/** What was typed, field by field; '' where nothing is kept. */
export function keptIn({ message }: Pick<Press, 'message'>, count: number): string[] {
  const typed = Array.from({ length: count }, () => '');
  if (message)
    hasPart(message, ({ id = 0, content }) => {
      const at = id - firstId;
      if (at >= 0 && at < count && typeof content === 'string') {
        const [, , ...lines] = content.split('\n');
        typed[at] = lines.slice(0, -1).join('\n').replaceAll('\u200b', '');
      }
      return false;
    });
  return typed;
}
