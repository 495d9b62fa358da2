import type { Source } from '#content/source';
import { small } from '#panels/ui';

/** Sources as one small line. */
export const sourcesLine = (heading: string, sources: readonly Source[]) =>
  small(
    `${heading}: ${sources
      .map(({ title, by, year, link }) => {
        const cited = [by, `*${title}*`, year].filter(Boolean).join(', ');
        return link ? `[${cited}](<${link}>)` : cited;
      })
      .join('; ')}`,
  );
