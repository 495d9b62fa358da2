import { describe, expect, it } from 'vitest';
import { few } from '#insights/cells';
import { draw } from '#insights/draw';
import { type Look, looks, type Panel, pictureOf } from '#insights/picture';

const bars = [
  { label: 'Ideas came early', cell: 45, shown: '45' },
  { label: 'A name that is much longer than any name of ours would ever be', cell: few, shown: '<5' },
  { label: 'Nothing', cell: 0, shown: '0' },
] as const;
const rows: Panel = { title: 'Notes sent', shape: 'rows', tint: 'cool', bars };
const columns: Panel = { title: 'Thanks, by week', shape: 'columns', tint: 'warm', bars };
const twelve: Panel = { ...columns, bars: [...bars, ...bars, ...bars, ...bars] };

/** Width and height, as a PNG says in its head. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)];
const drawn = async (panel: Panel, look: Look = 'dark') => (await draw([pictureOf(panel, look)]))[0] as Buffer;

describe('a picture', () => {
  it('is a PNG, as wide as every other, dark or light', async () => {
    const all = looks.flatMap((look) => [rows, columns, twelve].map((panel) => pictureOf(panel, look)));
    const pngs = await draw(all);
    expect(pngs).toHaveLength(6);
    for (const png of pngs) {
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(sizeOf(png)[0]).toBe(2 * 344);
    }
    expect(new Set(pngs.map((png) => png.toString('base64'))).size).toBe(6);
  });

  it('has its words in it: the font came along', async () => {
    const silent = { ...rows, title: ' ', bars: bars.map((bar) => ({ ...bar, label: '', shown: '' })) };
    const [spoken, mute] = [await drawn(rows), await drawn(silent)];
    expect(sizeOf(spoken)).toEqual(sizeOf(mute));
    expect(spoken.length).toBeGreaterThan(2 * mute.length);
  });

  it('other words in other alphabets are other pictures', async () => {
    const named = (label: string) => drawn({ ...rows, bars: [{ label, cell: 5, shown: '5' }] });
    const all = await Promise.all(['Ähnlich', 'Похоже', 'Όμοιο', 'دائما'].map(named));
    expect(new Set(all.map((png) => png.toString('base64'))).size).toBe(4);
  });

  it('nothing to draw is no picture', async () => expect(await draw([])).toEqual([]));

  it('one that cannot be drawn is an error, and the next one is drawn all the same', async () => {
    const broken = draw([{ marks: 5 } as never]);
    const next = drawn(rows);
    await expect(broken).rejects.toThrow('not drawn');
    expect(await next).toBeInstanceOf(Buffer);
  });
});
