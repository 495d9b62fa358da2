import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The lines that the encoder learned from, data/corpus/; the bot itself never reads them. */
export type CorpusLine = {
  id: string;
  hand: string;
  group: string;
  post: string;
  /** Empty: a post alone. */
  reply: string;
  nudge?: 'yes' | 'no' | 'unsure';
  kinds?: readonly string[];
  attuned?: readonly string[];
  postFlags?: readonly string[];
};

const folder = fileURLToPath(new URL('../../data/corpus/', import.meta.url));

/** In the order of the files' names, as training/corpus.py reads them. */
export function* corpusLines(): Generator<CorpusLine> {
  for (const file of globSync(`${folder}*.jsonl`).sort())
    for (const text of readFileSync(file, 'utf8').split('\n')) {
      if (text.trim() === '') continue;
      const row = JSON.parse(text) as Partial<CorpusLine> & Pick<CorpusLine, 'group' | 'post'>;
      yield { ...row, id: row.id ?? row.group, hand: row.hand ?? basename(file, '.jsonl'), reply: row.reply ?? '' };
    }
}
