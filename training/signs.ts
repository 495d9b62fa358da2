/** `node training/signs.ts`: what the signs alone say of each line of the corpus, as JSON lines {id, fixit, kinds, attuned, post}. */
import { corpusLines } from '#detector/corpus';
import { loadSigns } from '#detector/open';
import { readBy } from '#detector/rules/read';

const signs = readBy(loadSigns());
for (const { id, hand, post, reply } of corpusLines()) {
  const { fixit, kinds, attuned, post: read, shares } = signs.read(reply, post);
  process.stdout.write(
    `${JSON.stringify({ id: `${hand} ${id}`, fixit, kinds, attuned, post: { ...read, shares } })}\n`,
  );
}
