/** Discord's markdown as a tree: the parser's rules, with those that it lacks or that differ from what Discord draws. */
import { rules as given, SimpleMarkdown } from 'discord-markdown-parser';
import { list } from './markdown-list.ts';

type Inner = { content: Markdown[] };

export type Markdown =
  | { type: 'text'; content: string }
  | ({ type: 'heading'; level: 1 | 2 | 3 } & Inner)
  | ({ type: 'subtext' | 'blockQuote' | 'em' | 'strong' | 'underline' | 'strikethrough' | 'spoiler' } & Inner)
  | { type: 'list'; ordered: boolean; start: number; items: Markdown[][] }
  | { type: 'codeBlock'; lang: string; content: string }
  | { type: 'inlineCode'; content: string }
  | ({ type: 'link'; target: string; masked: boolean } & Inner)
  | { type: 'user'; id: string }
  | { type: 'channel'; id: string }
  | { type: 'role'; id: string }
  | { type: 'everyone' | 'here' }
  | { type: 'emoji'; name: string; id: string; animated: boolean }
  | { type: 'twemoji'; name: string }
  | { type: 'timestamp'; timestamp: string; format?: string }
  | { type: 'slashCommand'; id: string; fullName: string; name: string }
  | { type: 'guildNavigation'; id: string; navigation: string };

const { defaultRules } = SimpleMarkdown;
type Rule = (typeof given)[string];

const must = (name: string): Rule => {
  const rule = given[name];
  if (!rule) throw new Error(`The parser has no rule "${name}".`);
  return rule;
};

/** What begins a line: nothing, or a line's end, was read before it. */
const lineBegins = (before: string) => before === '' || before.endsWith('\n');

const onLine = (rule: Rule, pattern: RegExp): Rule => ({
  ...rule,
  match: (source, _, before) => (lineBegins(before) ? pattern.exec(source) : null),
});

/** Inside of `**bold**` no line begins, so that `**# a**` is no heading. */
const inside = (rule: Rule): Rule => ({
  ...rule,
  parse(capture, parse, state) {
    state.prevCapture = capture;
    return rule.parse(capture, parse, state);
  },
});

const quote: Rule = {
  ...must('blockQuote'),
  parse(capture, parse, state) {
    const all = String(capture[0]);
    const rest = /^ *>>> /.test(all) ? all.replace(/^ *>>> /, '') : all.replace(/^ *> /gm, '');
    return { content: parse(rest.replace(/\n$/, ''), { ...state, prevCapture: null, inQuote: true }) };
  },
};

const masked: Rule = {
  ...defaultRules.link,
  match(source, state, before) {
    const found = state.inLink ? null : defaultRules.link.match(source, state, before);
    return found && safeTarget(String(found[2])) ? found : null;
  },
  parse(capture, parse, state) {
    const content = parse(String(capture[1]), { ...state, prevCapture: capture, inLink: true });
    return { content, target: safeTarget(String(capture[2])), masked: true };
  },
};

const bare = (rule: Rule): Rule => ({
  ...rule,
  match(source, state, before) {
    const found = state.inLink ? null : rule.match(source, state, before);
    return found && safeTarget(String(found[1])) ? found : null;
  },
  parse: (capture) => ({
    type: 'link',
    content: [{ type: 'text', content: String(capture[1]) }],
    target: safeTarget(String(capture[1])),
    masked: false,
  }),
});

/** The address when it is one that Discord makes a link of. */
export function safeTarget(target: string): string | undefined {
  if (!/^(https?|discord):\/\//i.test(target)) return undefined;
  return URL.canParse(target) ? target : undefined;
}

const rules: Record<string, Rule> = {
  ...given,
  list,
  blockQuote: quote,
  heading: onLine(must('heading'), /^(#{1,3}) +([^\n]+?)(?:\n|$)/),
  subtext: onLine(must('subtext'), /^-# +([^\n]+?)(?:\n|$)/),
  strong: inside(must('strong')),
  em: inside(must('em')),
  underline: inside(must('underline')),
  strikethrough: inside(must('strikethrough')),
  spoiler: inside(must('spoiler')),
  link: masked,
  url: bare(must('url')),
  autolink: bare(must('autolink')),
  timestamp: { ...must('timestamp'), match: (source) => /^<t:(-?\d{1,17})(?::([tTdDfFRsS]))?>/.exec(source) },
  slashCommand: {
    ...must('slashCommand'),
    match: (source, state, before) =>
      source.startsWith('</:') ? null : must('slashCommand').match(source, state, before),
  },
};

const parser = SimpleMarkdown.parserFor(rules);

/** Blocks stand on lines of their own: the line's end beside one is not drawn again. */
const blocks = new Set(['heading', 'subtext', 'blockQuote', 'list', 'codeBlock']);

function tidy(nodes: readonly Markdown[]): Markdown[] {
  const made: Markdown[] = [];
  for (const node of nodes as readonly (Markdown | { type: 'br' })[]) {
    const before = made.at(-1);
    if (node.type === 'br' && before?.type === 'codeBlock') {
      made.push({ type: 'text', content: '' });
    } else if (node.type === 'text' || node.type === 'br') {
      const content = node.type === 'br' ? '\n' : node.content;
      if (before?.type === 'text') before.content += content;
      else made.push({ type: 'text', content });
    } else {
      if (blocks.has(node.type) && before?.type === 'text') before.content = before.content.replace(/\n$/, '');
      made.push(tidyInside(node));
    }
  }
  return made.filter((node) => node.type !== 'text' || node.content !== '');
}

function tidyInside(node: Markdown): Markdown {
  if (node.type === 'list') return { ...node, items: node.items.map(tidy) };
  return hasInner(node) ? { ...node, content: tidy(node.content) } : node;
}

export const hasInner = (node: Markdown): node is Extract<Markdown, Inner> =>
  'content' in node && Array.isArray(node.content);

export function parseMarkdown(text: string): Markdown[] {
  return tidy(parser(text, { inline: true }) as unknown as Markdown[]);
}

/** A message of up to thirty emoji and nothing else is drawn large. */
export function isOnlyEmoji(nodes: readonly Markdown[]): boolean {
  const emoji = nodes.filter((node) => node.type === 'twemoji' || node.type === 'emoji').length;
  const rest = nodes.filter((node) => node.type !== 'twemoji' && node.type !== 'emoji');
  return emoji > 0 && emoji <= 30 && rest.every((node) => node.type === 'text' && node.content.trim() === '');
}
