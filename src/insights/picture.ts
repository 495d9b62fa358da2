import type { Spec } from 'vega';
import { type Cell, few, sizeOf } from './cells.ts';

/** What a picture of figures looks like, as Vega takes it: as wide as a phone, and low enough not to be made smaller there; what is hidden is drawn faintly, always alike. Pure. */

/** One picture: rows with their names above them, or columns side by side. */
export type Panel = {
  title: string;
  shape: 'rows' | 'columns';
  tint: 'cool' | 'warm';
  bars: readonly { label: string; cell: Cell; shown: string }[];
};

export const looks = ['dark', 'light'] as const;
export type Look = (typeof looks)[number];

const colours = {
  dark: { ground: '#2b2d31', text: '#f2f3f5', quiet: '#b5bac1', cool: '#8fb3d1', warm: '#dfae79' },
  light: { ground: '#ffffff', text: '#1e1f22', quiet: '#4e5058', cool: '#3f6f98', warm: '#a8661d' },
} as const;
type Colours = (typeof colours)[Look];

const width = 320;
const margin = 12;
/** Below columns for their labels, behind rows for their numbers. */
const room = { labels: 26, numbers: 56 };
const size = { title: 17, label: 16, small: 14 };
const lineHeight = 22;
const rowHeight = 50;
const columns = { height: 120, widest: 80 };
const faint = 0.4;

type Drawn = Pick<Spec, 'scales' | 'axes' | 'marks'> & { height: number; below: number };

/** A title in lines that are not wider than the picture. */
const linesOf = (title: string): string[] => title.match(/\S.{0,26}(?=\s|$)|\S+/gu) ?? [title];

/** One panel, as wide as all others. */
export function pictureOf(panel: Panel, look: Look): Spec {
  const { ground, text } = colours[look];
  const title = linesOf(panel.title);
  const { below, ...drawn } = (panel.shape === 'rows' ? rowsOf : columnsOf)(panel, colours[look]);
  return {
    $schema: 'https://vega.github.io/schema/vega/v6.json',
    autosize: 'none',
    width,
    background: ground,
    padding: { top: margin + title.length * lineHeight, left: margin, right: margin, bottom: margin + below },
    title: {
      text: title,
      lineHeight,
      anchor: 'start',
      frame: 'group',
      color: text,
      fontSize: size.title,
      limit: reach,
      offset: 8,
    },
    data: [
      {
        name: 'bars',
        values: panel.bars.map(({ label, cell, shown }, at) => {
          return { at, label, shown, size: sizeOf(cell), isFew: cell === few };
        }),
      },
    ],
    ...drawn,
  };
}

/** Vega takes letters for wider than they are. */
const reach = width * 1.4;

/** The bar of what is hidden is as faint as it is unsure. */
const look = (tint: string) => ({
  fill: { value: tint },
  fillOpacity: [{ test: 'datum.isFew', value: faint }, { value: 1 }],
});
const writing = (text: string, fontSize: number) => ({ fill: { value: text }, fontSize: { value: fontSize } });
const places = (length: number) => Array.from({ length }, (_, at) => at);

function rowsOf(panel: Panel, chosen: Colours): Drawn {
  const height = panel.bars.length * rowHeight;
  const y = (offset: number) => ({ scale: 'y', field: 'at', offset });
  return {
    height,
    below: 0,
    scales: [
      { name: 'y', type: 'band', domain: places(panel.bars.length), range: [0, height] },
      {
        name: 'x',
        type: 'linear',
        domain: { data: 'bars', field: 'size' },
        range: [0, width - room.numbers],
        zero: true,
      },
    ],
    marks: [
      {
        type: 'text',
        from: { data: 'bars' },
        encode: {
          enter: {
            ...writing(chosen.text, size.label),
            ...{ x: { value: 0 }, y: y(18), text: { field: 'label' }, limit: { value: reach } },
          },
        },
      },
      {
        type: 'rect',
        from: { data: 'bars' },
        encode: {
          enter: {
            ...look(chosen[panel.tint]),
            ...{ x: { value: 0 }, x2: { scale: 'x', field: 'size' }, y: y(24), height: { value: 15 } },
            cornerRadius: { value: 2 },
          },
        },
      },
      {
        type: 'text',
        from: { data: 'bars' },
        encode: {
          enter: {
            ...writing(chosen.text, size.label),
            ...{ x: { scale: 'x', field: 'size', offset: 6 }, y: y(37), text: { field: 'shown' } },
          },
        },
      },
    ],
  };
}

function columnsOf(panel: Panel, chosen: Colours): Drawn {
  const { length } = panel.bars;
  const { height, widest } = columns;
  const across = Math.min(width, length * widest);
  // As many labels as there is room for.
  const each = Math.ceil(length / 4);
  const labels = panel.bars.map(({ label }) => label);
  return {
    height,
    below: room.labels,
    scales: [
      { name: 'x', type: 'band', domain: places(length), range: [0, across], padding: 0.25 },
      { name: 'y', type: 'linear', domain: { data: 'bars', field: 'size' }, range: [height, 18], zero: true },
      { name: 'label', type: 'ordinal', domain: places(length), range: labels },
    ],
    axes: [
      {
        ...{ orient: 'bottom', scale: 'x', values: places(length).filter((at) => at % each === 0) },
        ...{ domainColor: chosen.quiet, ticks: false, labelPadding: 6 },
        ...{ labelColor: chosen.quiet, labelFontSize: size.small },
        encode: { labels: { update: { text: { scale: 'label', field: 'value' } } } },
      },
    ],
    marks: [
      {
        type: 'rect',
        from: { data: 'bars' },
        encode: {
          enter: {
            ...look(chosen[panel.tint]),
            ...{ x: { scale: 'x', field: 'at' }, width: { scale: 'x', band: 1 } },
            ...{ y: { scale: 'y', field: 'size' }, y2: { scale: 'y', value: 0 } },
          },
        },
      },
      {
        type: 'text',
        from: { data: 'bars' },
        encode: {
          enter: {
            ...writing(chosen.text, size.small),
            ...{ x: { scale: 'x', field: 'at', band: 0.5 }, y: { scale: 'y', field: 'size', offset: -4 } },
            ...{ align: { value: 'center' }, text: { field: 'shown' } },
          },
        },
      },
    ],
  };
}
