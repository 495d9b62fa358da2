import { type Conversation, conversationOf, type Said, type Speaker, type Tag, type Turn } from '#nudge/conversation';
import { alone } from './detector.ts';
import { minutes, snowflake } from './scene.ts';

/** Conversations as they are written down: "ana: my dog died". A name with a star was brought by a webhook. */

type More = {
  /** How long after the line before; a third of a minute unless said. */
  minutes?: number;
  /** The text of the line that it refers to. */
  to?: string;
  /** The names and the user of who speaks, where they are not simply the name before the colon. */
  names?: string[];
  user?: string;
};
export type Line = string | readonly [line: string, more: More];

export const start = Date.UTC(2026, 4, 1);

/** A person by the name before the colon. */
export function speakerOf(name: string, { names, user = name }: More = {}): Speaker {
  if (name.startsWith('*')) return { key: `brought:${name}`, names: names ?? [name.slice(1)] };
  return { key: `user:${user}`, user, names: names ?? [name] };
}

/** What was said, oldest first. */
export function talk(...lines: readonly Line[]): Said[] {
  const said: Said[] = [];
  let at = start;
  for (const one of lines) {
    const [line, more]: readonly [string, More] = typeof one === 'string' ? [one, {}] : one;
    const [, name = '', text = ''] = /^(\S+?): ?(.*)$/s.exec(line) ?? [];
    at += minutes(more.minutes ?? 1 / 3);
    const answers = more.to === undefined ? undefined : said.find((other) => other.text === more.to)?.id;
    if (more.to !== undefined && answers === undefined) throw new Error(`nobody said "${more.to}"`);
    said.push({ id: snowflake(at), at, text, speaker: speakerOf(name, more), ...(answers && { answers }) });
  }
  return said;
}

export type Opened = { title?: string; tags?: (string | Tag)[] };

/** The conversation as it is read when its last line is the reply; `opened`: by its first line. */
export async function upTo(
  lines: readonly Line[],
  opened?: Opened,
): Promise<{ conversation: Conversation; reply: Said; turn(text: string): Turn }> {
  const said = talk(...lines);
  const [starter, reply] = [said[0], said.at(-1)];
  if (!starter || !reply) throw new Error('nothing was said');
  const tags = (opened?.tags ?? []).map((tag) => (typeof tag === 'string' ? { name: tag } : tag));
  const around = { said, ...(opened && { opening: { ...opened, tags, starter } }) };
  const { id, at, answers } = reply;
  const conversation = await conversationOf(around, { messages: [id], at, answers }, alone);
  const turn = (text: string): Turn => {
    const found = conversation.before.find((one) => one.text === text);
    if (!found) throw new Error(`nobody said "${text}" before`);
    return found;
  };
  return { conversation, reply, turn };
}
