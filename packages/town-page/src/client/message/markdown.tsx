import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { Link } from './link.tsx';
import { hasInner, isOnlyEmoji, type Markdown as Node, parseMarkdown } from './markdown-rules.ts';
import { ChannelMention, CommandMention, PlaceMention, RoleMention, UserMention } from './mention.tsx';
import { Spoiler } from './spoiler.tsx';
import { Timestamp } from './time.tsx';

/** A text as Discord draws it. */
export function Markdown({ text, jumbo = false }: { text: string; jumbo?: boolean }) {
  const nodes = useMemo(() => parseMarkdown(text), [text]);
  return <div class={`md ${jumbo && isOnlyEmoji(nodes) ? 'md-jumbo' : ''}`}>{drawAll(nodes)}</div>;
}

const drawAll = (nodes: readonly Node[]): ComponentChildren =>
  // A text never changes its order: it is drawn anew as a whole.
  nodes.map((node, at) => <Drawn key={at} node={node} />);

function Drawn({ node }: { node: Node }) {
  switch (node.type) {
    case 'text':
      return <>{node.content}</>;
    case 'heading':
      // One level for all: a message may begin with its third, and the page's own headings end with the second.
      return <h3 class={`md-h${node.level}`}>{drawAll(node.content)}</h3>;
    case 'subtext':
      return <small class="md-small">{drawAll(node.content)}</small>;
    case 'blockQuote':
      return <blockquote class="md-quote">{drawAll(node.content)}</blockquote>;
    case 'list':
      return <List node={node} />;
    case 'codeBlock':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        <pre class="md-block" tabIndex={0} {...(node.lang && { 'data-language': node.lang })}>
          <code>{node.content}</code>
        </pre>
      );
    case 'inlineCode':
      return <code class="md-code">{node.content}</code>;
    case 'em':
      return <em>{drawAll(node.content)}</em>;
    case 'strong':
      return <strong>{drawAll(node.content)}</strong>;
    case 'underline':
      return <u>{drawAll(node.content)}</u>;
    case 'strikethrough':
      return <s>{drawAll(node.content)}</s>;
    case 'spoiler':
      return <Spoiler>{drawAll(node.content)}</Spoiler>;
    case 'link':
      return (
        <Link target={node.target} isMasked={node.masked}>
          {drawAll(node.content)}
        </Link>
      );
    case 'user':
      return <UserMention id={node.id} />;
    case 'role':
      return <RoleMention id={node.id} />;
    case 'channel':
      return <ChannelMention id={node.id} />;
    case 'everyone':
    case 'here':
      return <span class="mention">@{node.type}</span>;
    case 'slashCommand':
      return <CommandMention id={node.id} name={node.fullName} />;
    case 'guildNavigation':
      return <PlaceMention navigation={node.navigation} />;
    case 'emoji':
      return <span class="md-emoji-name">:{node.name}:</span>;
    case 'twemoji':
      return <span class="emoji">{node.name}</span>;
    case 'timestamp':
      return <Timestamp seconds={Number(node.timestamp)} format={node.format} />;
  }
}

function List({ node }: { node: Extract<Node, { type: 'list' }> }) {
  const items = node.items.map((item, at) => <li key={at}>{drawAll(item)}</li>);
  return node.ordered ? (
    <ol class="md-list" start={node.start}>
      {items}
    </ol>
  ) : (
    <ul class="md-list">{items}</ul>
  );
}

/** One line without blocks, links and anything to press: for the answered message above a reply. */
export function Plain({ text }: { text: string }) {
  return <>{plainOf(parseMarkdown(text)).map((part, at) => drawPlain(part, at))}</>;
}

type PlainPart = Exclude<Node, { content: Node[] } | { type: 'list' }>;

function plainOf(nodes: readonly Node[]): PlainPart[] {
  return nodes.flatMap((node): PlainPart[] => {
    if (node.type === 'spoiler') return [{ type: 'text', content: '▮▮▮▮' }];
    if (node.type === 'list') return node.items.flatMap((item) => [...plainOf(item), space]);
    if (hasInner(node)) return [...plainOf(node.content), ...(isBlock(node) ? [space] : [])];
    return [node as PlainPart];
  });
}

const space = { type: 'text', content: ' ' } as const;
const isBlock = (node: Node) => ['heading', 'subtext', 'blockQuote'].includes(node.type);

function drawPlain(node: PlainPart, key: number) {
  if (node.type === 'text' || node.type === 'codeBlock' || node.type === 'inlineCode')
    return <span key={key}>{node.content.replaceAll('\n', ' ')}</span>;
  if (node.type === 'channel' || node.type === 'slashCommand') return <PlainMention key={key} node={node} />;
  return <Drawn key={key} node={node} />;
}

function PlainMention({ node }: { node: Extract<Node, { type: 'channel' | 'slashCommand' }> }) {
  const inner =
    node.type === 'channel' ? <ChannelMention id={node.id} /> : <CommandMention id={node.id} name={node.fullName} />;
  return <span inert>{inner}</span>;
}
