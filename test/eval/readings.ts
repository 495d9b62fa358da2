import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { locate } from '#detector/locate';
import { readCard } from '#detector/model/open';
import { logOdds, lookedTwice, nothing, together } from '#detector/model/vote';
import { loadSigns, openDetector } from '#detector/open';
import type { Reading } from '#detector/reading';
import { readBy } from '#detector/rules/read';
import { isEnglish, ownText } from '#detector/text/clean';
import { Mendable } from '#mendable';
import type { Labelled } from './labelled.ts';

/** What the detector reads in labelled lines: by itself, or on folds of the corpus. */

export type Row = Labelled & { reading: Reading };

/** As the bot reads. `by` says whether the encoder did run. */
export async function readByDetector(lines: readonly Labelled[]): Promise<{ rows: Row[]; by: string }> {
  const detector = await openDetector();
  const rows: Row[] = [];
  for (const line of lines) rows.push({ ...line, reading: await detector.read(line.reply, line.post) });
  const by = detector.by();
  await detector.close();
  return { rows, by };
}

/** Where the model is. */
export const model = fileURLToPath(new URL('../../data/model', import.meta.url));
/** `post`: the flags of the post, by a look at the post alone. */
type Logits = { id: string; logits: readonly number[]; post: readonly number[] };

/**
 * Lines of the corpus, each as a network says that was trained without anything by its hand; no encoder is run here.
 * @throws Folds where the file and the corpus do not belong together.
 */
export async function readOnFolds(lines: readonly Labelled[]): Promise<Row[]> {
  const said = new Map(readLogits().map((row) => [row.id, row]));
  const rules = loadSigns();
  const signs = readBy(rules);
  const { votes } = readCard(model);

  /** What `openDetector` does with what the encoder says. */
  async function read({ reply, post }: Labelled, { logits, post: ofPost }: Logits): Promise<Reading> {
    const bySigns = signs.read(reply, post);
    const [own, theirs] = [ownText(reply), ownText(post)];
    if (!isEnglish(own) || !isEnglish(theirs)) return nothing(bySigns);
    const alone = [...logits.slice(0, -ofPost.length), ...ofPost];
    const both = together(bySigns, lookedTwice(logits, alone), votes);
    // Which sentence is shown is for the encoder to say. The signs stand in for it: whether there is a note is the same.
    return locate(both, reply, rules.spelling, async (rest) => logOdds(signs.read(rest, post).fixit));
  }

  const rows: Row[] = [];
  for (const line of lines) {
    const logits = said.get(line.id);
    if (!logits) throw new Folds(`data/model/folds.jsonl has no line for ${line.id}: ${anew}`);
    rows.push({ ...line, reading: await read(line, logits) });
  }
  return rows;
}

export class Folds extends Mendable {
  override name = 'Folds';
}
const anew = 'train the model anew (training/README.md), or name a file of labelled lines';

function readLogits(): Logits[] {
  const file = `${model}/folds.jsonl`;
  if (!existsSync(file)) throw new Folds(`data/model/folds.jsonl is not there: ${anew}`);
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Logits);
}
