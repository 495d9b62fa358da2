/**
 * What the encoder said of a few texts when it was trained. `npx node test/detector/model/answers.ts` writes it anew after
 * a training: look at what changed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { openModel } from '#detector/model/open';

type Answer = { reply: string; post: string; logits: readonly number[] };

const file = `${import.meta.dirname}/answers.json`;
export const answers = JSON.parse(readFileSync(file, 'utf8')) as readonly Answer[];

if (import.meta.main) {
  const model = openModel(`${import.meta.dirname}/../../../data/model`);
  const lines: string[] = [];
  for (const { reply, post } of answers) {
    const logits = (await model.ask(reply, post, 1)).map((logit) => Number(logit.toFixed(3)));
    lines.push(JSON.stringify({ reply, post, logits }));
  }
  writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
  await model.close();
}
