/** Lists, which the parser does not know: `- a`, `* a` and `1. a`, deeper ones by their indentation. */
import { type rules, SimpleMarkdown } from 'discord-markdown-parser';

type Rule = (typeof rules)[string];

const bullet = /^( *)([-*]|\d{1,9}\.) +(?=\S)/;
/** A line with a bullet, and the indented lines below it. */
const block = /^(?: *(?:[-*]|\d{1,9}\.) +\S[^\n]*(?:\n+ {2,}(?!(?:[-*]|\d{1,9}\.) )\S[^\n]*)*(?:\n|$))+/;

type Item = { indent: number; lines: string[] };

/** Lines that are indented deeper than the first bullet belong to the item above them. */
function itemsOf(text: string): Item[] {
  const items: Item[] = [];
  let outermost: number | undefined;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const found = bullet.exec(line);
    const indent = found?.[1]?.length ?? 0;
    outermost ??= indent;
    if (found && indent <= outermost + 1) items.push({ indent: indent + 2, lines: [line.slice(found[0].length)] });
    else items.at(-1)?.lines.push(line);
  }
  return items;
}

function contentOf({ indent, lines }: Item): string {
  const [first = '', ...rest] = lines;
  const least = Math.min(...rest.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return [first, ...rest.map((line) => line.slice(Math.min(Number.isFinite(least) ? least : 0, 2 * indent)))].join(
    '\n',
  );
}

/** Numbers below dashes are a list of their own. */
function ofOneKind(text: string): string {
  const kindOf = (line: string) => {
    const found = bullet.exec(line);
    return found ? { indent: found[1]?.length ?? 0, isNumber: /\d/.test(found[2] ?? '') } : undefined;
  };
  const lines = text.split('\n');
  const first = kindOf(lines[0] ?? '');
  const end = lines.findIndex((line) => {
    const kind = kindOf(line);
    return kind && first && kind.indent <= first.indent + 1 && kind.isNumber !== first.isNumber;
  });
  return end < 0 ? text : `${lines.slice(0, end).join('\n')}\n`;
}

export const list: Rule = {
  order: SimpleMarkdown.defaultRules.list.order,
  // `-# small` is no list, and neither is a dash in the middle of a line.
  match(source, _, before) {
    if (before !== '' && !before.endsWith('\n')) return null;
    const found = block.exec(source);
    return found && [ofOneKind(found[0])];
  },
  parse(capture, parse, state) {
    const all = String(capture[0]);
    const sign = bullet.exec(all)?.[2] ?? '-';
    const ordered = /\d/.test(sign);
    return {
      ordered,
      start: ordered ? Number.parseInt(sign, 10) : 1,
      items: itemsOf(all).map((item) => parse(contentOf(item), { ...state, prevCapture: null })),
    };
  },
};
