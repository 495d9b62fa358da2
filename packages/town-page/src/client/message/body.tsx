import { type APIMessageSnapshot, MessageFlags, MessageType } from 'discord-api-types/v10';
import { whole } from '../moment.ts';
import { isThinking } from './about.ts';
import { Attachments } from './attachments.tsx';
import { Components } from './components.tsx';
import { Embed } from './embed.tsx';
import { Forwarded } from './forwarded.tsx';
import { Markdown } from './markdown.tsx';
import { useScene } from './scene.ts';
import { Thinking } from './thinking.tsx';

/** Everything that a message holds. */
export function Body() {
  const { message } = useScene();
  if (isThinking(message)) return <Thinking />;
  const [snapshot] = message.message_snapshots ?? [];
  if (snapshot)
    return (
      <Forwarded snapshot={snapshot}>
        <Parts parts={snapshot.message} />
      </Forwarded>
    );
  // A thread that began with a message shows that message in its own place.
  const shown = message.type === MessageType.ThreadStarterMessage ? message.referenced_message : message;
  if (!shown) return <i class="md-missing">The message that this began with was deleted.</i>;
  return (
    <div class="message-body">
      <Parts parts={shown} editedAt={shown.edited_timestamp} />
    </div>
  );
}

type PartsOf = Pick<APIMessageSnapshot['message'], 'content' | 'embeds' | 'attachments' | 'components' | 'flags'>;

function Parts({ parts, editedAt }: { parts: PartsOf; editedAt?: string | null }) {
  const { content, embeds, attachments, components = [], flags = 0 } = parts;
  const isLaidOut = (flags & MessageFlags.IsComponentsV2) !== 0;
  const hidesEmbeds = (flags & MessageFlags.SuppressEmbeds) !== 0;
  return (
    <>
      {content !== '' && (
        <div class="message-text">
          <Markdown text={content} jumbo />
          {editedAt && <Edited at={editedAt} />}
        </div>
      )}
      {!isLaidOut && <Attachments files={attachments} />}
      {!hidesEmbeds && embeds.map((embed, at) => <Embed key={at} embed={embed} />)}
      {components.length > 0 && <Components list={components} />}
    </>
  );
}

function Edited({ at }: { at: string }) {
  const { locale } = useScene().world.me;
  return (
    <time class="edited" dateTime={at} title={whole(Date.parse(at), locale)}>
      (edited)
    </time>
  );
}
