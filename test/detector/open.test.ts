import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadSigns, readSignFiles } from '#detector/open';
import { lookFor, strength } from '#detector/rules/evidence';
import { labels, signsSchema } from '#detector/rules/signs';
import { plain } from '#detector/text/plain';

const signs = loadSigns();
const files = signsSchema.parse(readSignFiles());
const evidence = (text: string) =>
  [signs.forReply, signs.forPost].flatMap((index) => lookFor(signs, index, plain(text, signs.spelling)));

describe.each(labels)('data/en/signs/%s.yaml', (label) => {
  const file = files[label];
  it.each(file.signs.flatMap(({ hits }, entry) => hits.map((text) => [entry, text] as const)))(
    'entry %i finds "%s"',
    (entry, text) => {
      const found = evidence(text).filter(({ sign }) => sign.label === label);
      expect(found.map(({ sign }) => sign.entry)).toContain(entry);
    },
  );

  const leaves = [...file.signs.flatMap((entry) => entry.leaves ?? []), ...(file.leaves ?? [])];
  it.each(leaves)('leaves "%s" alone', (text) => {
    expect(strength(label, evidence(text))).toBeLessThan(0.35);
  });
});

describe('a folder of signs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signs-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('names the file that is no YAML, and the one that is no file of signs', () => {
    cpSync('data/en/signs', join(folder, 'en/signs'), { recursive: true });
    writeFileSync(join(folder, 'en/signs/advice.yaml'), 'about: "');
    expect(() => loadSigns(folder)).toThrow(/en\/signs\/advice\.yaml: /);
    writeFileSync(join(folder, 'en/signs/advice.yaml'), 'about: nothing');
    expect(() => loadSigns(folder)).toThrow('advice.signs');
    rmSync(join(folder, 'en/signs/advice.yaml'));
    expect(() => loadSigns(folder)).toThrow('advice: ');
  });
});
