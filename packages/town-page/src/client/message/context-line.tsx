import { MessageType } from 'discord-api-types/v10';
import { Avatar } from '../avatar.tsx';
import type { Message, Pointed } from '../types.ts';
import { authorOf } from './about.ts';
import { AppTag } from './header.tsx';
import { Plain } from './markdown.tsx';
import { colourOf, useScene } from './scene.ts';

type Kind = 'reply' | 'command';

/** What stands above a message: whom it answers, or who used which command. */
export function contextOf(message: Message): Kind | undefined {
  if (message.interaction !== undefined) return 'command';
  return message.type === MessageType.Reply ? 'reply' : undefined;
}

export function Context({ message, kind, onJump }: { message: Message; kind: Kind; onJump(message: Pointed): void }) {
  return (
    <div class="context">
      <span class="context-hook" aria-hidden="true" />
      {kind === 'command' ? <Used message={message} /> : <Answered message={message} onJump={onJump} />}
    </div>
  );
}

function Used({ message: { interaction, type } }: { message: Message }) {
  const { world } = useScene();
  if (!interaction) return null;
  const author = authorOf(world, { author: interaction.user });
  const isMenu = type === MessageType.ContextMenuCommand;
  return (
    <span class="context-text">
      <Avatar person={author} size={16} />
      <b style={nameStyle(colourOf(world, author.id))}>{author.name}</b> used{' '}
      <span class="context-command">{isMenu ? interaction.name : `/${interaction.name}`}</span>
    </span>
  );
}

const nameStyle = (colour: string | undefined) => (colour ? { '--role': colour } : undefined);

function Answered({ message, onJump }: { message: Message; onJump(message: Pointed): void }) {
  const { world } = useScene();
  const answered = message.referenced_message;
  if (!answered) return <i class="context-text">Original message was deleted</i>;
  const author = authorOf(world, answered);
  const pings = message.mentions.some(({ id }) => id === author.id);
  return (
    <button type="button" class="context-text context-press" onClick={() => onJump(answered)}>
      <span class="sr-only">Answers </span>
      <Avatar person={author} size={16} />
      {author.bot && <AppTag />}
      <b style={nameStyle(colourOf(world, author.id))}>{`${pings ? '@' : ''}${author.name}`}</b>
      <span class="context-preview">{preview(answered as Message)}</span>
    </button>
  );
}

function preview(answered: Message) {
  if (answered.content !== '') return <Plain text={answered.content} />;
  return <i>{answered.attachments.length > 0 ? 'Click to see attachment' : 'Click to see message'}</i>;
}
