import type { Source } from '#content/source';
import { small } from '#panels/ui';
import { filled } from '#words';

/** The words of a unit that shows where something comes from. */
export const sourceWords = {
  sources: filled(3_400, 'list'),
  /** One source, and one without a year. */
  source: filled(500, 'by', 'title', 'year'),
  undated: filled(500, 'by', 'title'),
  /** Two of them, the second may be several. */
  further: filled(3_400, 'source', 'more'),
};
type SourceWords = {
  sources: (values: { list: string }) => string;
  source: (values: { by: string; title: string; year: string }) => string;
  undated: (values: { by: string; title: string }) => string;
  further: (values: { source: string; more: string }) => string;
};

/** Sources as one small line. */
export function sourcesLine(words: SourceWords, sources: readonly Source[]): string {
  const cited = sources.map(({ title, by, year, link }) => {
    const said = year === undefined ? words.undated({ by, title }) : words.source({ by, title, year: String(year) });
    return link ? `[${said}](<${link}>)` : said;
  });
  return small(words.sources({ list: cited.reduceRight((more, source) => words.further({ source, more })) }));
}
