/** What is said in one channel, oldest first, and the box to write in. */
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { Composer } from './compose/composer.tsx';
import { EditBox } from './compose/edit-box.tsx';
import type { Part } from './go.ts';
import { startsAnew } from './grouping.ts';
import { MessageView } from './message/message-view.tsx';
import { dayNamed } from './moment.ts';
import { isDm, isPost, nameOf, titleOf, typingLine } from './names.ts';
import { Sendings } from './sendings.tsx';
import type { Channel, Message, Pointed } from './types.ts';

const typingMs = 9_000;
const markedMs = 2_000;
/** How near to the end one has to be to be taken along by what is new, in px. */
const near = 120;

export function Conversation({ channel, ...part }: Part & { channel: Channel }) {
  const { state, acts, go } = part;
  const { world, dismissed } = state;
  const all = state.messages.get(channel.id);
  const messages = useMemo(() => (all ?? []).filter(({ id }) => !dismissed.has(id)), [all, dismissed]);
  const scroller = useRef<HTMLElement>(null);
  const atEnd = useRef(true);

  const last = messages.at(-1);
  useLayoutEffect(() => {
    // What one said oneself, and what came of one's own command, is shown wherever one was.
    if (last && isOwn(last, world.me.id)) atEnd.current = true;
  }, [last?.id]);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && atEnd.current) box.scrollTop = box.scrollHeight;
  });
  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // Pictures that load and panels that unfold must not push the newest message out of sight.
    const watch = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    for (const one of [box, ...box.children]) watch.observe(one);
    return () => watch.disconnect();
  }, []);

  const typing = useTyping(part, channel);
  const { marked } = state;
  useEffect(() => {
    const there = marked === undefined ? null : document.getElementById(`message-${marked}`);
    if (!there) return;
    atEnd.current = false;
    there.scrollIntoView({ block: 'center' });
    there.querySelector<HTMLElement>('[data-message]')?.focus({ preventScroll: true });
    const timer = setTimeout(() => go.change({ t: 'mark' }), markedMs);
    return () => clearTimeout(timer);
  }, [marked]);
  const jump = ({ id }: Pointed) => go.change({ t: 'mark', message: id });
  const set = (change: Parameters<typeof go.change>[0] & { t: 'dialogs' }) => go.change(change);

  return (
    <>
      <section
        class="scroller"
        ref={scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse must be able to scroll it
        tabIndex={0}
        aria-label={`Messages in ${titleOf(world, channel)}`}
        onScroll={({ currentTarget: box }) => {
          atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < near;
        }}
      >
        <ol class="messages">
          <li class="beginning">
            <h3>
              {isDm(channel) ? nameOf(world, channel) : channel.thread ? channel.name : `Welcome to #${channel.name}`}
            </h3>
            <p>{beginningOf(part, channel)}</p>
          </li>
          {messages.map((message, at) => {
            const before = messages[at - 1];
            const day = dayNamed(Date.parse(message.timestamp), world.me.locale);
            const isNewDay = !before || dayNamed(Date.parse(before.timestamp), world.me.locale) !== day;
            return (
              <li key={message.id} id={`message-${message.id}`}>
                {isNewDay && (
                  <p class="day">
                    <span>{day}</span>
                  </p>
                )}
                <MessageView
                  message={message}
                  world={world}
                  acts={acts}
                  compact={!isNewDay && !startsAnew(before, message)}
                  marked={state.marked === message.id}
                  {...(state.editing === message.id && {
                    editor: (
                      <EditBox
                        message={message}
                        world={world}
                        acts={acts}
                        onDone={() => set({ t: 'dialogs', change: { editing: undefined } })}
                        onDelete={(one) => set({ t: 'dialogs', change: { editing: undefined, deleting: one } })}
                      />
                    ),
                  })}
                  onReply={(one) => set({ t: 'dialogs', change: { replyTo: one } })}
                  onEdit={(one) => set({ t: 'dialogs', change: { editing: one.id } })}
                  onDelete={(one) => set({ t: 'dialogs', change: { deleting: one } })}
                  onReact={(one, where) => set({ t: 'dialogs', change: { emoji: { message: one, at: where } } })}
                  onMenu={(one, where) => set({ t: 'dialogs', change: { menu: { message: one, at: where } } })}
                  onOpenChannel={(id) => world.channels.has(id) && go.to(id)}
                  onCommand={(_, text) => go.change({ t: 'insert', text })}
                  onJump={jump}
                />
              </li>
            );
          })}
        </ol>
        <Sendings {...part} channel={channel} />
      </section>
      <div class="foot">
        <Composer
          world={world}
          channel={channel}
          acts={acts}
          messages={messages}
          {...(state.replyTo && { replyTo: state.replyTo })}
          onCancelReply={() => set({ t: 'dialogs', change: { replyTo: undefined } })}
          onEdit={(one: Message) => set({ t: 'dialogs', change: { editing: one.id } })}
          {...(state.insert && { insert: state.insert })}
        />
        <p class="typing" aria-live="off">
          {typing}
        </p>
      </div>
    </>
  );
}

const isOwn = ({ author, ephemeral, interaction }: Message, me: string): boolean =>
  author.id === me || ephemeral || interaction?.user.id === me;

function beginningOf({ state }: Part, channel: Channel): string {
  const { world } = state;
  if (isDm(channel))
    return `What ${world.me.name} and ${nameOf(world, channel)} say to each other. Nobody else sees it.`;
  const owner = world.people.get(channel.thread?.owner ?? '')?.name ?? 'somebody';
  if (channel.thread) return `${isPost(world, channel) ? 'A post' : 'A thread'} that ${owner} began.`;
  return channel.topic ? `${channel.topic}.` : `This is the beginning of #${channel.name}.`;
}

/** Who is writing there; each is forgotten after a while without a sign. */
function useTyping({ state, go }: Part, channel: Channel): string {
  const signs = Object.entries(state.typing[channel.id] ?? {});
  const newest = Math.max(0, ...signs.map(([, at]) => at));
  useEffect(() => {
    const timers = signs.map(([person, at]) =>
      setTimeout(
        () => go.change({ t: 'typing ended', channel: channel.id, person }),
        Math.max(0, at + typingMs - Date.now()),
      ),
    );
    return () => timers.forEach(clearTimeout);
  }, [newest, signs.length]);
  return typingLine(signs.flatMap(([person]) => state.world.people.get(person) ?? []));
}
