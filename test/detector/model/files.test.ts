import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCard } from '#detector/model/open';

/** What is in data/model/, and what docs/model-card.md says of it. */
describe('the files of the model', () => {
  it('multiply in int8, and are small', () => {
    // Weights that are only stored as int8 are folded back to floats when they are loaded: twice the time and memory.
    expect(readFileSync('data/model/encoder.onnx').includes('MatMulInteger')).toBe(true);
    const sizes = readdirSync('data/model').map((file) => statSync(`data/model/${file}`).size);
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(30 * 2 ** 20);
  });

  it('are those of the model card', () => {
    const page = readFileSync('docs/model-card.md', 'utf8');
    const { figures } = JSON.parse(readFileSync('data/model/card.json', 'utf8'));
    expect(page).toContain(`# Model card: ${readCard('data/model').version}\n`);
    for (const { name, lines, both } of figures.tasks)
      expect(page).toMatch(new RegExp(`\\| ${name} \\| ${lines} \\|.* ${both.toFixed(2)} \\|\n`));
  });
});
