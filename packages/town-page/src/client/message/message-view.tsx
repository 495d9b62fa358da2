import { MessageFlags } from 'discord-api-types/v10';
import { Avatar } from '../avatar.tsx';
import { clockTime, said } from '../moment.ts';
import type { Anchor, MessageViewProps } from '../types.ts';
import { authorOf, isSystem, mentions } from './about.ts';
import { Body } from './body.tsx';
import { Context, contextOf } from './context-line.tsx';
import { Ephemeral } from './ephemeral.tsx';
import { Header } from './header.tsx';
import { keyPressed } from './keys.ts';
import { Reactions } from './reactions.tsx';
import { SceneProvider } from './scene.ts';
import { SystemLine } from './system-line.tsx';
import { ThreadCard } from './thread-card.tsx';
import { Toolbar } from './toolbar.tsx';
import { usePresence } from './use-presence.ts';
import { usePresses } from './use-presses.ts';

/** A message as Discord draws it, with everything on it that can be pressed. */
export function MessageView(props: MessageViewProps) {
  const { message, world, acts, compact, marked = false, editor } = props;
  const { pending, failure, use } = usePresses();
  const { article, isHere, ...presence } = usePresence(message);
  const channel = world.channels.get(message.channel_id);
  const author = authorOf(world, message);
  const context = contextOf(message);
  const isCompact = compact && context === undefined && !isSystem(message);
  const at = Date.parse(message.timestamp);
  const { locale } = world.me;
  const isOwn = !message.ephemeral && ((message.flags ?? 0) & MessageFlags.Loading) === 0;

  const menuAt = (x: number, y: number): Anchor => ({ x, y, from: article.current ?? document.body });
  const openMenu = (x: number, y: number) => isOwn && props.onMenu(message, menuAt(x, y));
  const react = (x: number, y: number) => props.onReact(message, menuAt(x, y));

  const looks = [
    'message',
    isCompact && 'message-compact',
    isSystem(message) && 'message-system',
    mentions(world, message) && 'message-mentions',
    message.ephemeral && 'message-ephemeral',
    marked && 'message-marked',
    editor !== undefined && 'message-editing',
  ];

  return (
    <SceneProvider
      value={{
        world,
        acts,
        message,
        channel,
        pending,
        use,
        onOpenChannel: props.onOpenChannel,
        onJump: props.onJump,
        onCommand: props.onCommand,
      }}
    >
      <article
        ref={article}
        class={looks.filter(Boolean).join(' ')}
        data-message={message.id}
        aria-label={`${author.name}, ${said(at, Date.now(), locale)}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: messages have shortcuts and a menu of their own, as in Discord
        tabIndex={0}
        {...presence}
        onKeyDown={(event) => {
          const element = article.current;
          if (element && event.target === element)
            keyPressed(event, element, { ...props, channel, openMenu, react, isOwn });
        }}
        onContextMenu={(event) => {
          if (!isOwn || (event.target as Element).closest('a, input, textarea, [contenteditable]')) return;
          event.preventDefault();
          openMenu(event.clientX, event.clientY);
        }}
      >
        {context && <Context message={message} kind={context} onJump={props.onJump} />}
        {isSystem(message) ? (
          <SystemLine author={author} at={at} />
        ) : (
          <div class="message-row">
            <div class="message-side">
              {isCompact ? (
                <span class="message-aside" aria-hidden="true">
                  {clockTime(at, locale)}
                </span>
              ) : (
                <Avatar person={author} size={40} />
              )}
            </div>
            <div class="message-main">
              {!isCompact && <Header author={author} at={at} />}
              {editor ?? <Body />}
              {failure !== undefined && (
                <p class="failed" role="alert">
                  {failure}
                </p>
              )}
              <Reactions onAdd={react} />
              {message.thread && <ThreadCard thread={message.thread.id} name={message.thread.name ?? ''} />}
              {message.ephemeral && <Ephemeral />}
            </div>
          </div>
        )}
        {isHere && isOwn && editor === undefined && (
          <Toolbar
            onReact={react}
            onReply={() => props.onReply(message)}
            onEdit={() => props.onEdit(message)}
            onMore={openMenu}
          />
        )}
      </article>
    </SceneProvider>
  );
}
